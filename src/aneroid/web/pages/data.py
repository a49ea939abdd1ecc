"""`/data`: sources with terms, how fresh the store is, and how much of the world each indicator covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.digest.blocks import Bullets, Paragraph
from aneroid.orientation.desk import limits
from aneroid.record.citations import cited
from aneroid.record.status import status
from aneroid.states import all_states
from aneroid.web.blocks import Grid, Link, Section, cell, records
from aneroid.web.page import Page

if TYPE_CHECKING:
    from aneroid.web.ask import Ask

_HEAD = ("Indicator", "Source", "From", "To", "Readings", "States", "Retrieved")
_COLUMNS = ("label", "source", "first_year", "last_year", "rows", "states", "retrieved")
_TERMS = {
    "yes": "rows may be passed on",
    "derived-only": "derived figures only",
    "no": "nothing may be passed on",
}


def data(ask: Ask) -> Page:
    """Make the page; it needs the store alone, no estimate."""
    with ask.store() as store:
        held, sources, ends = status(store), cited(store), limits(store)
    rows = records(held)
    fresh = Grid(
        "What the store holds",
        _HEAD,
        tuple(tuple(_thousands(row[name]) for name in _COLUMNS) for row in rows),
        frozenset({2, 3, 4, 5}),
        note="Years are those of the rows in the store. A year outside them is missing, not zero.",
    )
    terms = Grid(
        "Sources",
        ("Source", "Licence", "Passing on", "Commercial use", "Citation"),
        tuple(
            (
                Link(str(row["title"]), str(row["url"]))
                if str(row["url"]).startswith("http")
                else str(row["title"]),
                str(row["licence"]),
                _TERMS.get(str(row["redistribute"]), str(row["redistribute"])),
                str(row["commercial"]),
                str(row["citation"]),
            )
            for row in records(sources)
        ),
        note="Where rows may not be passed on, our own derived figures are given with the citation, or the key alone.",
    )
    states = Grid(
        "States",
        ("State", "Id", "Region", "Years"),
        tuple(
            (
                Link(s.name, f"/state/{s.id}"),
                s.id,
                s.region,
                f"{s.first.year}–{'' if s.ended is False else s.last.year}",
            )
            for s in sorted(all_states(), key=lambda s: s.name)
            if s.last.year >= 1946
        ),
    )
    files = Paragraph(
        "The same as data: `/v1/orientation`, `/v1/indicators`, `/v1/sources` and more, as JSON, CSV or Parquet; see `/v1/`."
    )
    context = {
        "kicker": "Data",
        "lead": (
            "Every number comes from a source with a citation, terms, and a date on which it was retrieved.",
        ),
        "form": (),
        "sections": (
            Section("fresh", "How fresh it is", (fresh,)),
            Section("terms", "Sources and terms", (terms, files)),
            Section("gaps", "What it cannot show", (Bullets(tuple(ends)),)),
            Section("states", "States since 1946", (states,)),
        ),
    }
    twin = {"indicators": rows, "sources": records(sources), "limits": list(ends)}
    return Page("page.html.j2", "What the estimates rest on", context, twin)


def _thousands(value: object) -> str:
    if isinstance(value, int) and value >= 10_000:
        return f"{value:,}"
    return cell(value)
