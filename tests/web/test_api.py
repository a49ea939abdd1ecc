"""The interface for programs: paging, forms, tags, licences, problems."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest
from fastapi.testclient import TestClient

from aneroid.tables import read_parquet
from aneroid.web.tabular import negotiate, page_of

COLLECTIONS = (
    *(
        "states",
        "orientation?state=IRQ",
        "realignments",
        "claims",
        "events",
        "indicators",
        "forecasts",
        "sources",
    ),
    *(
        "indicators?indicator=arms_orders&state=IRQ",
        "contributions/IRQ?since=2003&until=2019",
        "guarantors/IRQ",
    ),
    *("orientation?state=IRQ&kind=closeness", "scenarios/withdrawal?host=IRQ&guarantor=USA"),
)


@pytest.mark.parametrize("path", COLLECTIONS)
def test_every_collection_has_rows_with_ids_licences_and_a_tag(client: TestClient, path: str) -> None:
    """Ids are unique, licence flags say what may be passed on."""
    answer = client.get(f"/v1/{path}")
    assert answer.status_code == 200, answer.text[:300]
    body = answer.json()
    ids = [row["id"] for row in body["data"]]
    assert len(ids) == len(set(ids))
    assert body["licences"]
    assert answer.headers["etag"]
    assert client.get(f"/v1/{path}", headers={"if-none-match": answer.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_pages_joined_are_the_whole(client: TestClient, limit: int) -> None:
    """Following the cursor to its end gives every row once, in order."""
    whole = [
        r["id"]
        for r in client.get("/v1/orientation?state=IRQ,TUR&since=1990&until=2005&limit=10000").json()["data"]
    ]
    found: list[str] = []
    cursor = ""
    while True:
        query = f"state=IRQ,TUR&since=1990&until=2005&limit={limit}"
        body = client.get(f"/v1/orientation?{query}&cursor={cursor}").json()
        found += [row["id"] for row in body["data"]]
        cursor = body["next"]
        if not cursor:
            break
    assert found == whole


def test_the_link_header_leads_on(client: TestClient) -> None:
    """The address in the Link header is the next page."""
    first = client.get("/v1/states?limit=5")
    address = first.headers["link"].split(";")[0].strip("<>")
    following = client.get(address).json()["data"]
    assert following[0]["id"] == client.get("/v1/states?limit=6").json()["data"][-1]["id"]


def test_the_same_rows_come_as_json_csv_and_parquet(client: TestClient, tmp_path: Path) -> None:
    """By the Accept header, or by format=."""
    path = "/v1/orientation?state=IRQ&since=2000&until=2010"
    rows = pd.DataFrame(client.get(path).json()["data"])
    text = client.get(path, headers={"accept": "text/csv"})
    assert text.headers["content-type"].startswith("text/csv")
    table = pd.read_csv(io.StringIO(text.text))
    (tmp_path / "rows.parquet").write_bytes(client.get(f"{path}&format=parquet").content)
    packed = read_parquet(tmp_path / "rows.parquet")
    for other in (table, packed):
        assert list(other["id"]) == list(rows["id"])
        assert other["lean"].to_numpy() == pytest.approx(rows["lean"].to_numpy(), abs=1e-5)


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/csv;q=0.9, application/json", "json"),
        ("text/csv, */*;q=0.1", "csv"),
    ],
)
def test_the_form_follows_the_callers_preference(accept: str, form: str) -> None:
    """Quality values decide, then order."""
    assert negotiate(accept) == form


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("orientation?state=Atlantis", 404),
        ("orientation?limit=0", 422),
        ("orientation?cursor=zzz", 400),
        ("orientation?since=2010&until=2000", 400),
        ("claims?standing=proven", 400),
        ("contributions/IRQ?since=2003&until=2003", 400),
        ("nothing", 404),
    ],
)
def test_problems_are_documents(client: TestClient, path: str, status: int) -> None:
    """RFC 9457: type, title, status, detail, instance."""
    answer = client.get(f"/v1/{path}")
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= answer.json().keys()


def test_what_is_not_acceptable_is_406(client: TestClient) -> None:
    """None of our forms is asked for."""
    assert client.get("/v1/states", headers={"accept": "image/png"}).status_code == 406


def test_contributions_say_the_movement_they_add_up_to(client: TestClient) -> None:
    """The rows add up to the movement that the note states."""
    body = client.get("/v1/contributions/IRQ?since=2003&until=2019&limit=10000").json()
    stated = float(body["notes"][0].split("movement of ")[1].split(" ")[0])
    assert sum(row["contribution"] for row in body["data"]) == pytest.approx(stated, abs=1e-6)


def test_claims_carry_offsets_and_no_text(client: TestClient) -> None:
    """No column holds words of an article beyond who speaks."""
    row = client.get("/v1/claims").json()["data"][0]
    assert row["sentence_end"] > row["sentence_start"]
    assert not {"sentence_text", "body", "text"} & row.keys()


def test_the_description_names_every_collection(client: TestClient) -> None:
    """OpenAPI lists what the index lists."""
    paths = client.get("/v1/openapi.json").json()["paths"]
    for name in client.get("/v1/").json()["collections"].values():
        assert name.replace("{state}", "{code}") in paths


def test_a_cursor_is_unmoved_by_rows_before_it() -> None:
    """Rows added before the last one seen do not shift the following page."""
    frame = pd.DataFrame({"id": list("bdf"), "n": [1, 2, 3]})
    page, cursor = page_of(frame, 2, "")
    assert list(page["id"]) == ["b", "d"]
    more = pd.DataFrame({"id": list("abdf"), "n": [0, 1, 2, 3]})
    following, end = page_of(more, 2, cursor)
    assert (list(following["id"]), end) == (["f"], "")
