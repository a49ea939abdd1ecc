"""`/dyad/IRQ/RUS`: everything on record between a state and another, and how close the estimate puts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.closeness import closeness_ribbon
from aneroid.charts.heat import heat
from aneroid.charts.model import poles as looks_of
from aneroid.charts.words import fixed, range_text, with_article
from aneroid.digest.blocks import Dated, DatedList, Figure, Notice, Table
from aneroid.errors import InputError
from aneroid.record.readings import deals, facts, last_years, reading, split_votes
from aneroid.states import pole_name, poles
from aneroid.web.blocks import Grid, Item, Link, Links, Section, cell, records
from aneroid.web.page import Page
from aneroid.web.pages.shared import NARROW, WIDE, facts_of, names, source_line

if TYPE_CHECKING:
    from aneroid.states import State
    from aneroid.web.ask import Ask

_SHOWN = 40  # years
_VOTES = 30  # roll calls listed


def dyad(ask: Ask) -> Page:
    """Make the page of two states; the second may be one of the powers, or any other."""
    one, other = ask.state(), ask.state("other")
    if one.id == other.id:
        raise InputError(f"{one.name} was given twice. A dyad needs two different states.")
    if other.id not in poles.ALL and one.id in poles.ALL:
        one, other = other, one
    start, end = ask.period(_SHOWN)
    close = _closeness(ask, one, other, start, end)
    grid = _heat(ask, one, start, end)
    with ask.store() as store:
        indicators = records(last_years(store))
        read = {
            row["indicator"]: records(reading(store, row["indicator"], one.id, other.id, (start, end)))
            for row in indicators
        }
        votes = split_votes(store, one.id, other.id, (start, end))
        trades = [
            r
            for a, b in ((one, other), (other, one))
            for r in records(deals(store, recipient=a.id, supplier=b.id))
        ]
        dated = [
            r
            for r in records(facts(store, state=one.id, years=(start, end)))
            if other.id in str(r["states"]).split(",")
        ]
    title = close.chart.title if close else f"{one.name} and {other.name}: what is on record between them"
    why = Notice(
        "No estimate of closeness",
        f"Closeness is estimated towards {', '.join(pole_name(p) for p in poles.ALL)}; {other.name} is none of them.",
    )
    sections = (
        Section("close", "How close", (close or why,)),
        *([Section("powers", f"{one.name} and every power", (grid,))] if grid else []),
        Section("readings", "What is on record", _readings(indicators, read)),
        Section("votes", "Votes in the General Assembly", _votes(votes, one, other)),
        Section("deals", "Arms deals in the snapshot", _deals(trades)),
        Section("facts", "Dated facts", _facts(dated)),
    )
    context = {
        "kicker": f"{one.name} and {other.name}",
        "lead": (),
        "form": (),
        "sections": (Section("go", "", (_go(ask, one, other),)), *sections),
    }
    data = {
        **facts_of(ask),
        "states": [one.id, other.id],
        "closeness": list(close.chart.data) if close else [],
        "readings": {name: rows for name, rows in read.items() if rows},
        "roll_calls": {"contested": len(votes), "agreed": int(votes.agrees.sum()) if len(votes) else 0},
        "deals": trades,
        "facts": dated,
    }
    return Page("page.html.j2", title, context, data, tuple(f for f in (close, grid) if f))


def _go(ask: Ask, one: State, other: State) -> Links:
    items = [Link(one.name, ask.link(f"/state/{one.id}")), Link(other.name, ask.link(f"/state/{other.id}"))]
    items += [
        Link(f"with {pole_name(p)}", ask.link(f"/dyad/{one.id}/{p}"))
        for p in poles.ALL
        if p not in (one.id, other.id)
    ]
    return Links("See also", tuple(items))


def _closeness(ask: Ask, one: State, other: State, start: int, end: int) -> Figure | None:
    if other.id not in ask.fit.poles or one.id not in ask.fit.states:
        return None
    frame = ask.fit.closeness([one.id], [other.id], start, end)
    if frame.empty:
        return None
    pole = looks_of([(other.id, pole_name(other.id))])[0]
    wide, narrow = (
        closeness_ribbon(frame, state=one.name, pole=pole, width=width) for width in (WIDE, NARROW)
    )
    rows = tuple(
        (
            str(r["date"]),
            fixed(r["closeness"], 2, signed=True),
            range_text(r["lo90"], r["hi90"]),
            str(r["n_indicators"]),
        )
        for r in records(frame)
    )
    table = Table(
        f"Closeness of {with_article(one.name)} to {with_article(other.name)}, in units",
        ("Year", "Closeness", "Likely range (9 in 10)", "Indicators"),
        rows,
        frozenset({1, 2, 3}),
    )
    return Figure(wide, table, source_line(ask), narrow)


def _heat(ask: Ask, one: State, start: int, end: int) -> Figure | None:
    frame = ask.fit.closeness([one.id], None, start, end) if one.id in ask.fit.states else None
    if frame is None or frame.empty:
        return None
    wide, narrow = (
        heat(frame, state=one.name, names={p: pole_name(p) for p in poles.ALL}, width=width)
        for width in (WIDE, NARROW)
    )
    last = str(frame.date.max())
    rows = tuple(
        (pole_name(str(r["pole"])), fixed(r["closeness"], 2, signed=True), range_text(r["lo90"], r["hi90"]))
        for r in records(frame[frame.date == last])
    )
    table = Table(
        f"Closeness in {last}", ("Power", "Closeness", "Likely range (9 in 10)"), rows, frozenset({1, 2})
    )
    return Figure(wide, table, source_line(ask), narrow)


def _readings(
    indicators: list[dict[str, object]], read: dict[str, list[dict[str, object]]]
) -> tuple[Item, ...]:
    rows = []
    for entry in indicators:
        mine = read[str(entry["indicator"])]
        if not mine:
            continue
        latest = mine[-1]
        positive = [r for r in mine if isinstance(r["value"], float) and r["value"] != 0]
        rows.append(
            (
                Link(str(entry["label"]), f"/audit/{entry['indicator']}"),
                f"{mine[0]['year']}–{latest['year']}",
                str(len(positive)),
                cell(latest["value"]),
                cell(latest["detail"]),
                str(entry["unit"]),
            )
        )
    if not rows:
        return (
            Notice(
                "Nothing read", "No indicator was read between these two in this period. Missing is not zero."
            ),
        )
    header = ("Indicator", "Years", "Years not zero", "Latest value", "Key", "Unit")
    return (Grid("Readings between the two", header, tuple(rows), frozenset({2, 3})),)


def _votes(votes: object, one: State, other: State) -> tuple[Item, ...]:
    import pandas as pd

    assert isinstance(votes, pd.DataFrame)
    if votes.empty:
        return (
            Notice(
                "No roll call",
                "The raw votes of this store hold no contested roll call of both in this period.",
            ),
        )
    apart = votes[~votes.agrees.astype(bool)].tail(_VOTES)
    rows = tuple(
        (
            str(r["date"])[:10],
            cell(r["symbol"]),
            cell(r["title"]),
            cell(r["state_vote"]),
            cell(r["pole_vote"]),
        )
        for r in records(apart.iloc[::-1])
    )
    agreed = int(votes.agrees.sum())
    note = (
        f"They agreed in {agreed} of {len(votes)} contested roll calls; the latest {len(rows)} in which they parted "
        "are listed."
    )
    return (
        Grid(
            "Roll calls in which they parted",
            ("Date", "Symbol", "Text", one.name, other.name),
            rows,
            note=note,
        ),
    )


def _deals(rows: list[dict[str, object]]) -> tuple[Item, ...]:
    if not rows:
        return (
            Notice(
                "None listed",
                "The register of the snapshot names notable deals only; this pair has none there.",
            ),
        )
    body = tuple(
        (
            str(row["order_year"]),
            names().get(str(row["supplier"]), str(row["supplier"])),
            names().get(str(row["recipient"]), str(row["recipient"])),
            str(row["weapon"]),
            str(row["status"]),
            str(row["citation"]),
        )
        for row in sorted(rows, key=lambda row: str(row["order_year"]))
    )
    return (
        Grid("Notable deals", ("Ordered", "Supplier", "Recipient", "System", "Status", "Citation"), body),
    )


def _facts(rows: list[dict[str, object]]) -> tuple[Item, ...]:
    if not rows:
        return (Notice("None listed", "No dated fact of the snapshot concerns both."),)
    return (DatedList(tuple(Dated(str(r["date"]), str(r["text"]), str(r["citation"])) for r in rows)),)
