"""Every page at both widths: no error, no request to others, nothing wider than the screen, usable by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

PAGES = (
    *(
        "/",
        "/state/IRQ",
        "/state/DDR",
        "/compare?s=IRQ,TUR,EGY",
        "/compare?region=Gulf",
        "/dyad/IRQ/RUS",
        "/dyad/EGY/SYR",
    ),
    *(
        "/map",
        "/map?year=1975&boundaries=administered",
        "/realignments",
        "/realignments?state=IRQ",
        "/claims",
    ),
    *("/claims?standing=withdrawn", "/read", "/forecasts", "/scenario?host=IRQ&guarantor=USA", "/audit"),
    *("/audit/arms_orders", "/digest", "/data", "/methods", "/patterns"),
)
WIDTHS = {"desktop": 1280, "phone": 390}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("width", WIDTHS.values(), ids=WIDTHS.keys())
@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_its_screen_and_breaks_no_rule(
    opened: Callable[..., Page], path: str, width: int
) -> None:
    """No sideways scrolling of the page, one main heading, and no violation of WCAG 2.2 AA."""
    from axe_playwright_python.sync_playwright import Axe

    page = opened(path, width=width)
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert over <= 0, f"{over} pixels too wide"
    assert page.locator("h1").count() == 1
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    told = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found.response["violations"]]
    assert not told, told


@pytest.mark.parametrize("path", PAGES)
def test_a_page_works_without_script(opened: Callable[..., Page], path: str) -> None:
    """Heading, figures and tables stand without JavaScript; the tabs of a figure turn without it."""
    page = opened(path, script=False)
    assert page.locator("h1").inner_text().strip()
    figures = page.locator("figure.figure")
    if figures.count():
        first = figures.first
        assert first.locator("svg:visible").count() == 1
        first.locator("label", has_text="Table").click()
        assert first.locator("table").first.is_visible()
        first.locator("label", has_text="Sources").click()
        assert first.locator(".panel.sources").is_visible()


def test_what_is_unknown_is_told_kindly(opened: Callable[..., Page], address: str) -> None:
    """The search leads to a state, and an unknown name to near matches."""
    page = opened("/")
    page.fill("#find", "Turkiye")
    page.press("#find", "Enter")
    page.wait_for_url("**/state/TUR")
