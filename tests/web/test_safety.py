"""What the service refuses: markup that would run, addresses within, writes without leave, too much of anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aneroid.record.articles import articles
from aneroid.record.store import Store
from aneroid.web.app import create_app
from aneroid.web.guard import RateLimit, Refused

EVIL = "<script>alert(1)</script> Iraq bought tanks from Russia in 2014. <img src=x onerror=alert(2)>\n\nIraq thanked Russia."


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    """A strict policy without inline script stands on pages, data, files and errors."""
    for path in ("/", "/nothing", "/v1/states", "/static/style.css", "/state/IRQ?figure=dial&as=svg"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_markup_in_an_article_is_printed_and_never_run(client: TestClient) -> None:
    """Script and handlers in a pasted text come back escaped or not at all."""
    answer = client.post("/read", data={"text": EVIL, "published": "2014-06-01"})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    assert "claims" in answer.text


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8000/",
        "http://localhost/",
        "http://10.0.0.1/x",
        "http://192.168.1.1/",
        "http://[::1]/",
        "http://169.254.169.254/latest/meta-data",
        "http://0.0.0.0/",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "/etc/passwd",
    ],
)
def test_private_and_local_addresses_are_refused(client: TestClient, url: str) -> None:
    """An address of this machine or network, or another scheme, is refused before anything is fetched."""
    answer = client.post("/read", data={"url": url})
    assert answer.status_code == 400
    assert "root:" not in answer.text


def test_nothing_is_stored_unless_asked(client: TestClient, folder: Path) -> None:
    """Reading leaves the store as it was."""
    with Store.open(folder) as store:
        before = len(articles(store))
    assert (
        client.post("/read", data={"text": "Iraq signed a treaty with Turkey on 3 May 2013.\n"}).status_code
        == 200
    )
    with Store.open(folder) as store:
        assert len(articles(store)) == before


def test_a_page_of_another_origin_cannot_store(client: TestClient) -> None:
    """Without a token only this machine's own pages write."""
    answer = client.post(
        "/read", data={"text": "Iraq met Turkey.\n", "keep": "yes"}, headers={"origin": "http://evil.example"}
    )
    assert answer.status_code == 403


def test_a_caller_from_outside_cannot_store(folder: Path) -> None:
    """Over the network nothing is written unless the service has a token."""
    outside = TestClient(create_app(folder), base_url="http://127.0.0.1:8000", client=("203.0.113.9", 4000))
    answer = outside.post("/read", data={"text": "Iraq met Turkey.\n", "keep": "yes"})
    assert answer.status_code == 403


@pytest.mark.parametrize(("given", "status"), [("wrong", 401), ("", 401)])
def test_with_a_token_writes_need_it(folder: Path, given: str, status: int) -> None:
    """A wrong or missing token is 401, for storing and for refreshing alike."""
    guarded = TestClient(create_app(folder, token="right"), base_url="http://127.0.0.1:8000")
    headers = {"authorization": f"Bearer {given}"}
    assert guarded.post("/v1/refresh", headers=headers).status_code == status
    assert guarded.post("/read", data={"text": "x y.\n", "keep": "1"}, headers=headers).status_code == status


def test_bodies_have_a_limit(client: TestClient) -> None:
    """More than 20 MB is refused by its declared length; a body of undeclared length is refused too."""
    assert (
        client.post("/read", headers={"content-length": str(30 * 1024 * 1024)}, content=b"x").status_code
        == 413
    )
    assert client.post("/read", content=iter([b"text=", b"x"])).status_code == 411


def test_exactly_one_of_text_file_and_address(client: TestClient) -> None:
    """None or two of them is 400."""
    assert client.post("/read", data={}).status_code == 400
    both = client.post("/read", data={"text": "A met B.", "url": "https://example.org/"})
    assert both.status_code == 400


def test_a_file_name_leads_nowhere(client: TestClient) -> None:
    """The name of an upload is a label, never a path."""
    answer = client.post(
        "/read", files={"file": ("../../etc/passwd.txt", b"Iraq met Turkey in 2013.\n\nThey agreed.")}
    )
    assert answer.status_code == 200
    assert "root:" not in answer.text


def test_the_rate_limit_lets_a_burst_pass_and_then_says_when_to_return() -> None:
    """So many a minute, then 429 with the seconds to wait; another caller is not held up."""
    limit = RateLimit(5)
    for _ in range(5):
        limit.check("a")
    with pytest.raises(Refused) as refused:
        limit.check("a")
    assert (refused.value.status, refused.value.retry_after > 0) == (429, True)
    limit.check("b")


def test_too_many_requests_are_a_problem_document(folder: Path) -> None:
    """429 with Retry-After under /v1."""
    few = TestClient(create_app(folder, rate=2), base_url="http://127.0.0.1:8000")
    answers = [few.get("/v1/") for _ in range(4)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].headers["content-type"] == "application/problem+json"


def test_formulas_do_not_survive_in_csv() -> None:
    """A text that a spreadsheet would run is kept from it."""
    from aneroid.charts.model import Chart
    from aneroid.digest.blocks import Figure, Table
    from aneroid.web.figures import numbers

    chart = Chart("x", "T", "S", {}, ({"what": "=HYPERLINK(1)", "value": -1.0},), "alt")
    text = numbers(Figure(chart, Table("c", ("a",), ()), "none"))
    assert "'=HYPERLINK" in text
    assert "-1.000000" in text
