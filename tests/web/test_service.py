"""What stands behind the pages: waiting honestly, reading beside a writer, past dates."""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from aneroid.record.store import Store
from aneroid.web.app import create_app
from aneroid.web.library import Library
from aneroid.web.marks import marked
from aneroid.web.service import NotReady, Service, Work


def test_while_nothing_is_computed_pages_say_so(tmp_path: Path) -> None:
    """A service that was never started answers 200 with no number on it; /v1 answers 503 with Retry-After."""
    cold = TestClient(create_app(tmp_path / "none"), base_url="http://127.0.0.1:8000")
    page = cold.get("/")
    assert page.status_code == 200
    assert "no number to show yet" in page.text
    assert "Look again" in page.text
    assert cold.get("/index.json").json()["state"] == "being computed"
    rows = cold.get("/v1/orientation")
    assert (rows.status_code, rows.headers["retry-after"]) == (503, "5")
    for path in ("/patterns", "/methods", "/data", "/claims", "/scenario", "/state/IRQ", "/audit/arms"):
        assert cold.get(path).status_code == 200


def test_readers_go_on_while_somebody_writes(folder: Path) -> None:
    """The copy is read although the store is held for writing, and renewed when the writer is done."""
    library = Library(folder)
    library.renew()
    before = library.version
    with Store.open(folder, write=True) as writer:
        writer.execute("CREATE TABLE IF NOT EXISTS scratch (n INTEGER)")
        with library.open() as store:
            assert store.value("SELECT count(*) FROM indicators") > 0
    library.renew()
    assert library.version != before
    library.close()


def test_equal_questions_are_answered_once(tmp_path: Path) -> None:
    """What is remembered is made once for a version; an error is not remembered."""
    service, calls = Service(tmp_path), []

    def make() -> int:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError
        return 7

    with pytest.raises(ValueError):
        service.remember("key", make)
    assert [service.remember("key", make) for _ in range(3)] == [7, 7, 7]
    assert len(calls) == 2


def test_after_a_change_readers_get_what_was_until_the_new_stands(client: TestClient, folder: Path) -> None:
    """A page is answered at once from the version before, and renewed behind it."""
    service = client.app.state.service  # type: ignore[attr-defined]  # the test client types its application loosely
    old = client.get("/data").headers["etag"]
    with service.library.alone, Store.open(folder, write=True) as writer:
        writer.execute("UPDATE sources SET title = title || ' (renewed)'")
    service.library.renew()
    assert client.get("/data").headers["etag"] == old
    until = time.monotonic() + 60
    while client.get("/data").headers["etag"] == old and time.monotonic() < until:
        time.sleep(0.1)
    assert "(renewed)" in client.get("/data").text


def test_a_past_date_waits_for_the_present(tmp_path: Path) -> None:
    """Nothing is begun for a past date while the store is not even there."""
    with pytest.raises(NotReady):
        Service(tmp_path).fitted(dt.date(2010, 1, 1))


def test_progress_keeps_its_last_lines() -> None:
    """A waiting page shows a handful of lines, the latest last."""
    work = Work("x")
    for n in range(20):
        work.tell(f"line {n}\n")
    assert work.lines[-1] == "line 19"
    assert len(work.lines) <= 6
    assert work.seconds <= round(time.monotonic())


def test_marked_text_is_the_text(folder: Path) -> None:
    """The pieces of a paragraph, joined, are the paragraph."""
    from aneroid.text import read_article, samples

    reading = read_article(samples()[-1])
    lines = [line for line in reading.article.text.splitlines() if line.strip()]
    joined = ["".join(piece.text for piece in paragraph) for paragraph in marked(reading)]
    assert joined == lines
    numbers = {n for paragraph in marked(reading) for piece in paragraph for n in piece.claims}
    assert numbers <= set(range(1, len(reading.claims) + 1))
