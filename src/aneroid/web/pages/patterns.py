"""`/patterns`: every element of these pages, each empty state and each error, on invented numbers that say so."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from aneroid.charts.frames import Estimate
from aneroid.charts.lean_strip import StripRow, lean_strip
from aneroid.charts.model import poles
from aneroid.digest.blocks import Bullets, Dated, DatedList, Figure, Notice, Paragraph
from aneroid.web.blocks import Grid, Link, Links, Section, estimates_table
from aneroid.web.page import Page
from aneroid.web.pages.claims import STANDINGS
from aneroid.web.pages.shared import NARROW, WIDE

if TYPE_CHECKING:
    from aneroid.web.ask import Ask

EMPTY = (
    Notice("No data yet", "The store is empty. Build and fit it with `aneroid demo`."),
    Notice(
        "Being computed", "No number is shown until there is one; the page turns by itself when it is done."
    ),
    Notice(
        "Not enough evidence",
        "Fewer than three indicators were read; the range is wide and no direction is named.",
    ),
    Notice("Stale", "The newest reading is four years old; earlier years speak for this one."),
    Notice(
        "Did not converge", "The model found no stable solution for this state; its estimate is withheld."
    ),
    Notice(
        "Unknown state",
        'Unknown state "Burkina". Did you mean "Burkina Faso" (BFA)? Use an ISO3 code to be exact.',
    ),
    Notice(
        "Source offline",
        "The source did not answer; what the store holds from before is shown with its date.",
    ),
    Notice(
        "Disputed territory",
        "Drawn hatched: nobody's estimate is coloured in. Choose “coloured as administered” to change that.",
    ),
    Notice("Nothing matches", "No row fits the filter. Take one away."),
    Notice("No reference class", "Fewer than eight past cases: no rate is given."),
    Notice(
        "Withheld by terms",
        "The terms of this source do not allow passing on its rows; the key and the citation are given.",
    ),
)


def patterns(ask: Ask) -> Page:
    """Make the page; it needs neither store nor fit."""
    figure = _figure()
    elements = (
        Paragraph("Running text with a `command`. Numbers keep two significant digits and a range."),
        Bullets(("A short statement", "Another of equal rank")),
        Links(
            "A choice",
            (
                Link("one", "/patterns?choice=one"),
                Link("shown now", ""),
                Link("three", "/patterns?choice=three"),
            ),
        ),
        Grid(
            "A table with links and numbers",
            ("State", "Lean", "Likely range (9 in 10)"),
            (
                (Link("Alpha", "/patterns"), "+1.10", "+0.40 to +1.80"),
                (Link("Beta", "/patterns"), "−0.60", "−1.40 to +0.20"),
            ),
            frozenset({1, 2}),
        ),
        DatedList((Dated("1999-12-31", "A dated fact in our own words.", "Citation, page 1."),)),
    )
    context = {
        "kicker": "Patterns",
        "lead": (
            "Every element once, with each empty and error state. The numbers on this page are invented.",
        ),
        "form": ({"label": "A field", "name": "choice", "value": "", "hint": "with a hint"},),
        "sections": (
            Section("elements", "Elements", elements),
            Section("figure", "A figure: chart, table, sources", (figure,)),
            Section(
                "standings",
                "Standings",
                (Grid("Standings of a claim", ("Standing",), tuple((word,) for word in STANDINGS)),),
            ),
            Section("empty", "Empty and error states", EMPTY),
        ),
    }
    data = {"states": {notice.title: notice.text for notice in EMPTY}}
    return Page("page.html.j2", "Every element of these pages", context, data, (figure,))


def _figure() -> Figure:
    a, b = poles([("P1", "First power"), ("P2", "Second power")])
    rows = [
        StripRow("Alpha", a, b, _estimate(1.1, 0.4), 0.6),
        StripRow("Beta", a, b, _estimate(-0.6, 0.5), -0.2),
        StripRow("Gamma", a, b, None),
    ]
    wide, narrow = (
        dataclasses.replace(lean_strip(rows, year=2000, width=width), name="pattern")
        for width in (WIDE, NARROW)
    )
    table = estimates_table("Invented leans", "State", ((row.label, row.now) for row in rows))
    return Figure(wide, table, "Invented numbers", narrow)


def _estimate(lean: float, sd: float) -> Estimate:
    half, wide = 0.674 * sd, 1.645 * sd
    return Estimate(2000, lean, lean - half, lean + half, lean - wide, lean + wide, 5, ())
