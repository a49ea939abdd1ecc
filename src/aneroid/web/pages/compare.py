"""`/compare`: several governments on one scale, side by side over the years, and between two dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.frames import at, estimates
from aneroid.charts.lean_strip import StripRow, lean_strip
from aneroid.charts.slope import slope
from aneroid.charts.trajectory import trajectory
from aneroid.charts.words import with_article
from aneroid.digest.blocks import Figure, Notice, Table
from aneroid.errors import InputError
from aneroid.states import REGIONS, members, resolve
from aneroid.web.blocks import ESTIMATE_HEADER, Link, Links, Section, estimate_cells, estimates_table
from aneroid.web.page import Page
from aneroid.web.pages.shared import NARROW, WIDE, facts_of, names, pole_links, source_line

if TYPE_CHECKING:
    from aneroid.charts.frames import Estimate
    from aneroid.web.ask import Ask

MOST = 24
_DEFAULT = "IRQ,TUR,EGY"
_SHOWN = 30  # years
_PLOTS = 8  # trajectories drawn one by one


def compare(ask: Ask) -> Page:
    """Make the page."""
    states = chosen(ask)
    start, end = ask.period(_SHOWN)
    a, b = ask.pair
    frame = ask.fit.lean([s for s in states if s not in (a, b)], a, b, start, end)
    found = {s: estimates(frame[frame.state == s]) for s in states}
    caption = f"Lean between {with_article(ask.looks[0].name)} (+) and {with_article(ask.looks[1].name)} (−)"
    strips = strip_figure(ask, found, end, caption)
    slopes = _slope_figure(ask, found, (start, end), caption)
    figures = [strips, *([slopes] if slopes else [])]
    lines = [figure for s in states[:_PLOTS] if (figure := _line(ask, s, found[s], frame))]
    missing = [names()[s] for s in states if not found[s]]
    notes = [Notice("No estimate", _why_missing(ask, missing, start, end))] if missing else []
    sections = [
        Section("strips", f"Where they stand in {end}", (*notes, strips)),
        *([Section("slope", f"From {start} to {end}", (slopes,))] if slopes else []),
        Section("lines", "Year by year", tuple(lines)),
    ]
    form = (
        {"label": "States", "name": "s", "value": ",".join(states), "size": 34, "hint": "IRQ,TUR,EGY"},
        {"label": "From", "name": "from", "value": start, "type": "number"},
        {"label": "To", "name": "to", "value": end, "type": "number"},
        {"label": "Poles", "name": "poles", "value": ",".join(ask.poles), "size": 16},
    )
    regions = Links("A region", tuple(Link(r, ask.link(s=None, region=r)) for r in _small_regions(end)))
    context = {
        "kicker": "Compare",
        "lead": (),
        "form": form,
        "sections": (*sections, Section("choose", "Other powers, other states", (pole_links(ask), regions))),
    }
    data = {**facts_of(ask), "rows": [{"state": s, **row.record()} for s in states for row in found[s]]}
    return Page("page.html.j2", strips.chart.title, context, data, tuple(figures + lines))


def chosen(ask: Ask) -> list[str]:
    """The states asked for, by name or region, without repeats."""
    region = ask.text("region")
    if region and not ask.text("s"):
        return [state.id for state in members(region)][:MOST]
    ids = list(dict.fromkeys(resolve(part).id for part in ask.text("s", _DEFAULT).split(",") if part.strip()))
    if len(ids) > MOST:
        raise InputError(
            f"{len(ids)} states are too many for one page; {MOST} fit. Choose fewer, or a region."
        )
    return ids


def _small_regions(year: int) -> list[str]:
    return [region for region in REGIONS if 2 <= len(members(region, year)) <= MOST]


def _why_missing(ask: Ask, missing: list[str], start: int, end: int) -> str:
    return (
        f"{', '.join(missing)}: no estimate in {start}–{end}, either for want of readings, or since it did not exist, or "
        "is one of the two poles."
    )


def strip_figure(
    ask: Ask, found: dict[str, tuple[Estimate, ...]], year: int, caption: str, name: str = "lean-strip"
) -> Figure:
    """One row a state, most towards the first pole on top."""
    a, b = ask.looks[:2]
    rows = []
    for state, series in found.items():
        before = at(series, year - 1)
        rows.append(StripRow(names()[state], a, b, at(series, year), before.lean if before else None))
    rows.sort(key=lambda row: (row.now is None, -row.now.lean if row.now else 0.0, row.label))
    wide, narrow = (lean_strip(rows, year=year, width=width, name=name) for width in (WIDE, NARROW))
    table = estimates_table(f"{caption} in {year}", "State", ((row.label, row.now) for row in rows))
    return Figure(wide, table, source_line(ask), narrow)


def _slope_figure(
    ask: Ask, found: dict[str, tuple[Estimate, ...]], years: tuple[int, int], caption: str
) -> Figure | None:
    ends = {
        names()[state]: (then, now)
        for state, series in found.items()
        if (then := at(series, years[0])) and (now := at(series, years[1]))
    }
    if not ends or years[0] == years[1]:
        return None
    wide, narrow = (
        slope(ends, pole_a=ask.looks[0], pole_b=ask.looks[1], years=years, width=width)
        for width in (WIDE, NARROW)
    )
    body = tuple(
        (label, *(cell for row in pair for cell in estimate_cells(row)[:2])) for label, pair in ends.items()
    )
    header = ("State", *(f"{head}, {year}" for year in years for head in ESTIMATE_HEADER[:2]))
    return Figure(wide, Table(caption, header, body, frozenset({1, 2, 3, 4})), source_line(ask), narrow)


def _line(ask: Ask, state: str, series: tuple[Estimate, ...], frame: object) -> Figure | None:
    import dataclasses

    import pandas as pd

    assert isinstance(frame, pd.DataFrame)
    if not series:
        return None
    a, b = ask.looks[:2]
    mine = frame[frame.state == state]
    wide, narrow = (
        dataclasses.replace(
            trajectory(mine, state=names()[state], pole_a=a, pole_b=b, width=width),
            name=f"trajectory-{state}",
        )
        for width in (WIDE, NARROW)
    )
    table = estimates_table(
        f"Lean of {with_article(names()[state])}", "Year", ((str(r.year), r) for r in series)
    )
    return Figure(wide, table, source_line(ask), narrow)
