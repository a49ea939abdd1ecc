"""`/audit/<indicator>`: whether one indicator by itself is a barometer of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.digest.blocks import Notice, Section
from aneroid.errors import InputError
from aneroid.record.readings import last_years
from aneroid.web.blocks import Grid, Link, records
from aneroid.web.page import Page

if TYPE_CHECKING:
    from aneroid.web.ask import Ask


def chooser(ask: Ask) -> Page:
    """Make the list of indicators."""
    with ask.store() as store:
        rows = records(last_years(store))
    body = tuple(
        (
            Link(str(row["label"]), f"/audit/{row['indicator']}"),
            str(row["unit"]),
            f"{row['first_year']}–{row['last_year']}",
        )
        for row in rows
    )
    grid = Grid("Indicators", ("Indicator", "Unit", "Source covers"), body)
    context = {
        "kicker": "Audit",
        "lead": (
            "“Who a government buys its air defence from is a barometer of its foreign policy” is a hypothesis to measure.",
        ),
        "form": (),
        "sections": (Section("indicators", "Choose an indicator", (grid,)),),
    }
    return Page(
        "page.html.j2", "How good a barometer is each indicator by itself?", context, {"indicators": rows}
    )


def audit(ask: Ask) -> Page:
    """Make the page of one indicator."""
    name = ask.names["indicator"]
    with ask.store() as store:
        rows = {str(row["indicator"]): row for row in records(last_years(store))}
    if name not in rows:
        raise InputError(f'No indicator "{name[:40]}". There are: {", ".join(rows)}.')
    none = Notice("Not audited yet", f"No audit of {name} is on record in this store.")
    context = {
        "kicker": "Audit",
        "lead": (str(rows[name]["note"] or ""),),
        "form": (),
        "sections": (Section("result", "Result", (none,)),),
    }
    return Page("page.html.j2", str(rows[name]["label"]), context, {"indicator": rows[name], "audit": None})
