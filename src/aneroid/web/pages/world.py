"""`/map`: every government in one year, with a slider over the years and a choice of boundaries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.map import Boundaries, boundary_note, world_map
from aneroid.digest.blocks import Figure, Table
from aneroid.web.blocks import ESTIMATE_HEADER, Grid, Link, Links, estimate_cells
from aneroid.web.page import Page
from aneroid.web.pages.shared import NARROW, facts_of, leans, names, pole_links, source_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aneroid.charts.frames import Estimate
    from aneroid.web.ask import Ask

_MAP_WIDTH = 1032
_STEP = 10  # years between two links


def world(ask: Ask) -> Page:
    """Make the page of the map."""
    year = ask.year()
    known = leans(ask, ask.pair, year)
    figure = map_figure(ask, year, known)
    first, last = ask.fit.years
    marks = sorted({first, *range(-(-first // _STEP) * _STEP, last, _STEP), last})
    context = {
        "year": year,
        "first": first,
        "last": last,
        "before": ask.link(year=year - 1) if year > first else "",
        "after": ask.link(year=year + 1) if year < last else "",
        "years": Links("Years", tuple(Link(str(y), "" if y == year else ask.link(year=y)) for y in marks)),
        "boundaries": Links(
            "Disputed areas",
            tuple(
                Link(words, "" if _boundaries(ask) is kind else ask.link(boundaries=kind.value))
                for kind, words in (
                    (Boundaries.HATCHED, "hatched"),
                    (Boundaries.ADMINISTERED, "coloured as administered"),
                )
            ),
        ),
        "poles": pole_links(ask),
        "note": boundary_note(_boundaries(ask)),
        "states": states_grid(
            ask, known, f"All governments in {year}, most towards {ask.looks[0].name} first"
        ),
    }
    data = {**facts_of(ask), "year": year, "leans": list(figure.chart.data)}
    return Page("map.html.j2", figure.chart.title, context, data, (figure,))


def _boundaries(ask: Ask) -> Boundaries:
    return Boundaries(ask.choice("boundaries", tuple(kind.value for kind in Boundaries)))


def map_figure(ask: Ask, year: int, known: Mapping[str, Estimate]) -> Figure:
    """The map of a year, wide and narrow, with all estimates as its table."""
    a, b = ask.looks[:2]
    kind = _boundaries(ask)
    wide, narrow = (
        world_map(known, names=names(), pole_a=a, pole_b=b, year=year, boundaries=kind, width=width)
        for width in (_MAP_WIDTH, NARROW)
    )
    rows = tuple((names()[state], *estimate_cells(known[state])) for state in ranked(known))
    table = Table(f"Lean in {year}", ("State", *ESTIMATE_HEADER), rows, frozenset({1, 2, 3}))
    return Figure(wide, table, f"{source_line(ask)}. {boundary_note(kind)}", narrow)


def ranked(known: Mapping[str, Estimate]) -> list[str]:
    """States from the one most towards the first pole to the one most towards the second."""
    return sorted(known, key=lambda state: (-known[state].lean, state))


def states_grid(ask: Ask, known: Mapping[str, Estimate], caption: str) -> Grid:
    """A table of states that leads to their pages."""
    rows: list[tuple[str | Link, ...]] = [
        (Link(names()[state], ask.link(f"/state/{state}")), *estimate_cells(known[state]))
        for state in ranked(known)
    ]
    return Grid(caption, ("State", *ESTIMATE_HEADER), rows, frozenset({1, 2, 3}))
