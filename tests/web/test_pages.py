"""Pages: every one answers, says the same as its data, and is honest where it knows nothing."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from fastapi.testclient import TestClient

PAGES = (
    *(
        "/",
        "/state/IRQ",
        "/state/USA",
        "/compare?s=IRQ,TUR,EGY",
        "/compare?region=Gulf",
        "/dyad/IRQ/RUS",
        "/dyad/EGY/SYR",
    ),
    *(
        "/map",
        "/map?year=1975&boundaries=administered",
        "/realignments",
        "/claims",
        "/read",
        "/forecasts",
        "/scenario",
    ),
    *("/audit", "/digest", "/data", "/methods", "/patterns"),
)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_with_a_heading_and_a_twin(client: TestClient, path: str) -> None:
    """A page has one h1, no script inside it, and the same title in its JSON twin."""
    answer = client.get(path)
    assert answer.status_code == 200
    assert len(re.findall(r"<h1[ >]", answer.text)) == 1
    assert not re.search(r"<script(?![^>]*src=)", answer.text)
    assert not re.search(r"\son\w+=|style=\"", answer.text)
    address, _, query = path.partition("?")
    twin = client.get(("/index" if address == "/" else address) + ".json" + (f"?{query}" if query else ""))
    assert twin.status_code == 200
    assert twin.headers["content-type"] == "application/json"
    assert twin.json()["title"]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_within_its_weight(client: TestClient, path: str) -> None:
    """150 KB compressed, 200 with the map."""
    heavy = path == "/" or path.startswith("/map")
    assert len(gzip.compress(client.get(path).content)) <= (200 if heavy else 150) * 1024


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/state/Burkina", 404, "Burkina Faso"),
        ("/nothing", 404, "no page"),
        ("/map?year=1066", 400, "whole number"),
        ("/?poles=USA", 400, "two poles"),
        ("/?as_of=yesterday", 400, "YYYY-MM-DD"),
        ("/claims/ffffffff", 404, "/claims"),
        ("/article/none", 404, "No article"),
        ("/dyad/IRQ/IRQ", 400, "two different"),
        ("/state/IRQ?figure=nothing", 404, "no figure"),
        ("/state/IRQ?figure=trajectory&as=gif", 400, "csv"),
        ("/audit/nothing", 400, "There are"),
        ("/find?q=Atlantis", 404, "Atlantis"),
    ],
)
def test_what_cannot_be_shown_is_said_in_one_sentence(
    client: TestClient, path: str, status: int, words: str
) -> None:
    """Unknown things are 404 with what there is instead, unusable ones 400; the twin says it as a problem document."""
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text
    address, _, query = path.partition("?")
    if address not in ("/", "/find"):
        twin = client.get(f"{address}.json?{query}")
        assert twin.status_code == status
        assert twin.headers["content-type"] == "application/problem+json"
        assert twin.json()["status"] == status


def test_a_state_goes_by_any_name_and_has_one_address(client: TestClient) -> None:
    """Names and codes lead to the id's page."""
    for name in ("Iraq", "645", "irq"):
        answer = client.get(f"/state/{name}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/state/IRQ")
    assert client.get("/find?q=Turkiye").headers["location"] == "/state/TUR"


@pytest.mark.parametrize("form", ["csv", "png", "svg", "spec"])
def test_every_figure_of_a_state_comes_as_a_file(client: TestClient, form: str) -> None:
    """CSV has the numbers, PNG and SVG the picture with its title, the specification its data."""
    for name in client.get("/state/IRQ.json").json()["figures"]:
        answer = client.get(f"/state/IRQ?figure={name}&as={form}")
        assert answer.status_code == 200
        assert f"{name}." in answer.headers["content-disposition"]
        if form == "spec":
            assert json.loads(answer.content)["marks"]
        if form == "png":
            assert answer.content.startswith(b"\x89PNG")


def test_the_table_of_a_figure_holds_what_the_page_says(client: TestClient) -> None:
    """The CSV of the trajectory ends with the lean that the twin states."""
    lines = client.get("/state/IRQ?figure=trajectory&as=csv").text.splitlines()
    rows = [line for line in lines if not line.startswith("#")]
    data = client.get("/state/IRQ.json").json()["figures"]["trajectory"]["data"]
    assert len(rows) == len(data) + 1
    assert float(rows[-1].split(",")[1]) == pytest.approx(data[-1]["lean"], abs=1e-5)


def test_contributions_of_a_state_add_up(client: TestClient) -> None:
    """What moved it adds up to the difference of the two leans."""
    page = client.get("/state/IRQ.json").json()
    data = page["figures"]["trajectory"]["data"]
    moved = sum(row["contribution"] for row in page["contributions"])
    assert moved == pytest.approx(data[-1]["lean"] - data[0]["lean"], abs=1e-3)


def test_a_link_holds_the_state_of_the_page(client: TestClient) -> None:
    """Poles and years in the address change the figure and stay in its links."""
    text = client.get("/state/IRQ?poles=USA,CHN&from=2000&to=2010").text
    assert "poles=USA,CHN" in text
    assert "from=2000" in text
    twin = client.get("/state/IRQ.json?poles=USA,CHN&from=2000&to=2010").json()
    assert (twin["period"], twin["poles"]) == ([2000, 2010], ["USA", "CHN"])


def test_swapping_the_poles_mirrors_the_map(client: TestClient) -> None:
    """The lean of every government changes its sign, nothing else."""
    one = {row["state"]: row["lean"] for row in client.get("/map.json?poles=USA,RUS").json()["leans"]}
    two = {row["state"]: row["lean"] for row in client.get("/map.json?poles=RUS,USA").json()["leans"]}
    assert one.keys() == two.keys()
    assert all(one[state] == pytest.approx(-two[state], abs=1e-9) for state in one)


def test_a_claim_shows_its_history_and_no_more_than_a_short_quotation(client: TestClient) -> None:
    """At most 25 words of the article stand on the page of a claim or an article, or in their data."""
    listed = client.get("/claims.json").json()["claims"]
    assert listed
    for row in listed[:5]:
        found = client.get(f"/claims/{row['claim']}.json").json()
        assert found["history"]
        assert len(found["quotation"].split()) <= 26
        assert client.get(f"/claims/{row['claim']}").status_code == 200
    assert client.get(f"/article/{listed[0]['article']}").status_code == 200
    assert "sentence_text" not in client.get("/claims.json").text


def test_equal_requests_have_equal_tags_and_are_answered_with_304(client: TestClient) -> None:
    """An ETag sent back spares the body."""
    first = client.get("/state/IRQ")
    again = client.get("/state/IRQ", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_digest_is_downloaded_with_the_sections_chosen(client: TestClient) -> None:
    """Sections left out are left out; sources always stand."""
    answer = client.get("/digest/file?state=IRQ&from=2003&to=2020&section=moved&section=claims&format=html")
    assert answer.status_code == 200
    assert "IRQ-2003-2020.html" in answer.headers["content-disposition"]
    assert 'id="moved"' in answer.text
    assert 'id="sources"' in answer.text
    assert 'id="indicators"' not in answer.text


def test_a_chart_can_be_embedded_and_a_page_cannot(client: TestClient) -> None:
    """Only /embed may be framed by others."""
    assert "frame-ancestors *" in client.get("/embed/state/IRQ").headers["content-security-policy"]
    assert "frame-ancestors 'none'" in client.get("/state/IRQ").headers["content-security-policy"]
    for path in (
        "/embed/state/IRQ.svg",
        "/embed/map.svg",
        "/embed/compare.svg?s=IRQ,TUR",
        "/embed/dyad/IRQ/RUS.svg",
    ):
        assert client.get(path).text.startswith("<svg")


def test_the_feed_is_atom(client: TestClient) -> None:
    """Atom, with a stable id, whether or not there is a turn."""
    import feedparser

    answer = client.get("/feed/realignments.atom")
    found = feedparser.parse(answer.content)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert (found.version, found.bozo) == ("atom10", 0)


def test_own_script_is_small() -> None:
    """At most 20 KB of JavaScript is ours."""
    from importlib.resources import files

    scripts = [path for path in (files("aneroid.web") / "static").iterdir() if path.name.endswith(".js")]
    assert sum(len(path.read_bytes()) for path in scripts) <= 20 * 1024
