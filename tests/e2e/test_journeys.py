"""The five users, each end to end: what each wants first can be had by clicking."""

from __future__ import annotations

import csv
import json
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

TEXT = (
    "Iraq signed a contract with Russia for attack helicopters worth 4.2 billion dollars in October 2012. "
    "The United States threatened sanctions.\n\nOfficials said that Iraq would buy from both."
)


def test_the_analyst_downloads_a_digest(opened: Callable[..., Page], tmp_path: Path) -> None:
    """From the first page to a state, to its digest, to a file."""
    page = opened("/")
    page.fill("#find", "Iraq")
    page.click("form.find button")
    page.wait_for_url("**/state/IRQ")
    page.click("text=Print it")
    page.fill("input[name=from]", "2003")
    page.fill("input[name=to]", "2020")
    with page.expect_download() as waiting:
        page.click("button:has-text('Download')")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name.startswith("IRQ-2003-2020")
    assert path.stat().st_size > 20_000


def test_the_scholar_exports_a_table(opened: Callable[..., Page], tmp_path: Path) -> None:
    """A comparison, its table, and the numbers as CSV with intervals."""
    page = opened("/compare?s=EGY,SYR,IRQ&from=1955&to=1980")
    figure = page.locator("#lean-strip")
    figure.locator("label", has_text="Table").click()
    assert figure.locator("tbody tr").count() == 3
    with page.expect_download() as waiting:
        figure.locator("a", has_text="CSV").click()
    path = tmp_path / "table.csv"
    waiting.value.save_as(path)
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    rows = list(csv.DictReader(lines))
    assert len(rows) == 3
    assert all(float(row["lo90"]) < float(row["lean"]) < float(row["hi90"]) for row in rows if row["lean"])


def test_the_journalist_pastes_an_article_and_opens_a_claims_evidence(opened: Callable[..., Page]) -> None:
    """Paste, keep, see the claims, open one in the store with its history."""
    page = opened("/read")
    page.fill("textarea", TEXT)
    page.fill("input[name=published]", "2012-10-15")
    page.check("input[name=keep]")
    page.click("button:has-text('Read it')")
    assert page.locator("mark").count() >= 1
    assert page.locator("#claims ol.claims > li").count() >= 1
    assert page.locator("#needle").is_visible()
    page.goto(page.url.replace("/read", "/claims?state=IRQ"))
    page.locator("tbody th a").first.click()
    assert page.locator("#history").is_visible()
    assert page.locator("dl.pairs").is_visible()


def test_the_engineer_pages_through_the_interface(address: str) -> None:
    """Follow `next` to the end; ids never repeat."""
    seen: set[str] = set()
    path, pages = "/v1/orientation?state=IRQ&since=1990&limit=9", 0
    cursor = ""
    while True:
        with urllib.request.urlopen(f"{address}{path}&cursor={cursor}", timeout=60) as answer:
            body = json.load(answer)
        ids = {row["id"] for row in body["data"]}
        assert not ids & seen
        seen |= ids
        pages += 1
        cursor = body["next"]
        if not cursor:
            break
    assert pages >= 3
    assert len(seen) == body["total"]


def test_the_scenario_lead_runs_a_withdrawal(opened: Callable[..., Page]) -> None:
    """A form, an answer with n and names, its caution, and questions that can be scored."""
    page = opened("/scenario")
    page.fill("input[name=host]", "Iraq")
    page.fill("input[name=guarantor]", "USA")
    page.click("form.options button")
    assert "cases" in page.locator("#answer h2").inner_text()
    assert page.locator("#rates svg:visible").count() == 1
    assert "ssociation, not effect" in page.locator("#cautions").inner_text()
    assert page.locator("#questions li").count() >= 1
