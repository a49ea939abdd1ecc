"""Parts of a state's page that other packages answer: guarantors, scenarios, forecasts, turns, the nearest states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.timeline import Happening, timeline
from aneroid.charts.words import number, with_article
from aneroid.digest.blocks import Block, Figure, Notice, Table
from aneroid.record.readings import deals
from aneroid.web.blocks import Grid, Link, records
from aneroid.web.pages.shared import NARROW, WIDE, names

if TYPE_CHECKING:
    from aneroid.digest.finding import View
    from aneroid.states import State
    from aneroid.web.ask import Ask

_NEAREST = 8


def timeline_figure(ask: Ask, who: State, seen: View) -> Figure | None:
    """Facts, deals and claims of the period on one line of time; None where there are none."""
    given = seen.given
    found = [Happening(str(r["date"])[:4], "fact", str(r["text"])) for r in records(given.facts)]
    with ask.store() as store:
        rows = records(deals(store, recipient=who.id))
    found += [
        Happening(
            str(row["order_year"]),
            "deal",
            f"{row['weapon']} from {names().get(row['supplier'], row['supplier'])}",
        )
        for row in rows
        if given.start <= int(row["order_year"]) <= given.end
    ]
    found += [
        Happening(str(row["date"])[:4], "claim", f"{row['source']} {row['event']} {row['target']}")
        for row in records(given.claims)
        if row["date"]
    ]
    if not found:
        return None
    wide, narrow = (
        timeline(found, state=given.name, start=given.start, end=given.end, width=width)
        for width in (WIDE, NARROW)
    )
    body = tuple((h.year, h.kind, h.text) for h in sorted(found, key=lambda h: (h.year, h.kind)))
    table = Table(f"Facts, deals and claims, {given.start}–{given.end}", ("Year", "Kind", "What"), body)
    return Figure(
        wide,
        table,
        "Dated facts and deals of the snapshot, each with its citation; articles in this store",
        narrow,
    )


def turn_blocks(ask: Ask, who: State, seen: View) -> tuple[Block, ...]:
    """Detected turns of this state within the period."""
    return ()


def guarantor_blocks(ask: Ask, who: State, year: int) -> tuple[Block | Grid, ...]:
    """Shares of the powers in the state's security, with what would leave with each."""
    return (Notice("Not assessed", "This release has no assessment of guarantors to show."),)


def scenario_blocks(ask: Ask, who: State) -> tuple[Block | Grid, ...]:
    """Where to ask what followed when a guarantor left."""
    return (Notice("Ask for a withdrawal", f"The page /scenario?host={who.id} counts past cases."),)


def forecast_blocks(ask: Ask, who: State) -> tuple[Block | Grid, ...]:
    """Open forecasts about this state."""
    return (
        Notice("No forecast on record", "The store holds no forecast about this state; none is made up."),
    )


def nearest_blocks(ask: Ask, who: State, seen: View) -> tuple[Block | Grid, ...]:
    """States whose closeness to the poles was most alike in the last year."""
    if seen.now is None:
        return ()
    year = seen.now.year
    frame = ask.fit.closeness(None, [pole.code for pole in seen.poles], year, year)
    wide = frame.pivot_table(index="state", columns="pole", values="closeness").dropna()
    if who.id not in wide.index:
        return ()
    apart = ((wide - wide.loc[who.id]) ** 2).sum(axis=1).pow(0.5).drop(who.id).sort_values().head(_NEAREST)
    rows = tuple(
        (
            Link(names()[str(s)], ask.link(f"/state/{s}")),
            number(float(d)),
            *(f"{wide.loc[s, p.code]:+.1f}".replace("-", "−") for p in seen.poles),
        )
        for s, d in apart.items()
    )
    header = ("State", "Apart", *(f"to {with_article(pole.name)}" for pole in seen.poles))
    caption = f"States most alike in closeness to these powers in {year}, in units"
    return (Grid(caption, header, rows, frozenset(range(1, len(header)))),)
