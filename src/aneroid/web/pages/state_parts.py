"""Parts of a state's page that other packages answer: guarantors, scenarios, forecasts, turns, the nearest states."""

from __future__ import annotations

from math import dist
from typing import TYPE_CHECKING

from aneroid.charts.chances import Chance, chances
from aneroid.charts.fan import Ahead, fan
from aneroid.charts.ridge import ridge
from aneroid.charts.timeline import Happening, timeline
from aneroid.charts.words import fixed, number, percent, range_text, with_article
from aneroid.digest.blocks import Bullets, Figure, Notice, Paragraph, Table
from aneroid.errors import InputError
from aneroid.record.readings import deals
from aneroid.web.blocks import Grid, Item, Link, Links, estimates_table, records
from aneroid.web.pages.realignments import turns, turns_grid
from aneroid.web.pages.shared import NARROW, WIDE, names, source_line

if TYPE_CHECKING:
    from aneroid.digest.finding import View
    from aneroid.states import State
    from aneroid.web.ask import Ask

_NEAREST = 8
_BEFORE, _HILLS = 10, 12  # years before a fan; hills in a ridge
_SHIFT = 0.5  # units whose probability is given


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


def turn_blocks(ask: Ask, who: State, seen: View) -> tuple[Item, ...]:
    """Detected turns of this state within the period."""
    given = seen.given
    rows = [row for row in turns(ask) if row["state"] == who.id and given.start <= row["year"] <= given.end]
    if not rows:
        return (Paragraph(f"No turn of {with_article(who.name)} in {given.start}–{given.end} is on record."),)
    return (turns_grid(ask, rows, f"Turns of {with_article(who.name)}"),)


def guarantor_figure(ask: Ask, who: State, year: int) -> tuple[Figure | None, tuple[Item, ...]]:
    """Shares of the powers in the state's security as a figure, and what would leave with each.

    Returns
    -------
    tuple
        The figure, None where the record does not reach, and what stands below it or instead of it.
    """
    from aneroid.guarantors import assess
    from aneroid.guarantors.ties import LAST

    try:
        with ask.store() as store:
            found = assess(store, who.id, on=ask.as_of or min(year, LAST))
    except InputError as refused:
        return None, (Notice("Not assessed", str(refused)),)
    rows = [Chance(p.name, p.share.mid, p.share.low, p.share.high) for p in found.provisions]
    wide, narrow = (
        chances(
            rows,
            name="guarantors",
            title=found.verdict,
            subtitle=f"Share in what ties to nine powers add to the chance that somebody comes, {found.on}",
            width=width,
        )
        for width in (WIDE, NARROW)
    )
    body = tuple(
        (
            p.name,
            f"{100 * p.share.mid:.0f} % ({100 * p.share.low:.0f}–{100 * p.share.high:.0f})",
            f"{100 * p.shows_up.mid:.0f} % ({100 * p.shows_up.low:.0f}–{100 * p.shows_up.high:.0f})",
            "; ".join(item.text for item in p.items if item.known) or "nothing on record",
        )
        for p in found.provisions
    )
    header = ("Power", "Share", "Comes in an episode", "What ties it")
    table = Table(f"What each power provides, {found.on}", header, body, frozenset({1, 2}))
    sources = sorted({item.source for p in found.provisions for item in p.items if item.source})
    leaves = tuple(
        f"With {with_article(p.name)} would go: {'; '.join(p.leaves)}."
        for p in found.provisions[:3]
        if p.leaves
    )
    below: list[Item] = [Paragraph(found.basis)]
    if leaves:
        below.append(Bullets(leaves))
    below += [Paragraph("What the record cannot show:"), Bullets(found.gaps)]
    return Figure(wide, table, "; ".join(sources), narrow), tuple(below)


def scenario_blocks(ask: Ask, who: State) -> tuple[Item, ...]:
    """Where to ask what followed when a guarantor left."""
    powers = [pole for pole in ("USA", "RUS", "FRA", "GBR") if pole != who.id]
    items = tuple(
        Link(f"if {with_article(names()[p])} left", ask.link("/scenario", host=who.id, guarantor=p))
        for p in powers
    )
    return (Links("Past cases", items),)


def forecast_blocks(ask: Ask, who: State, pair: tuple[str, str]) -> tuple[Item, ...]:
    """Where the lean may be in a year, with its range; what there is no forecast for is said."""
    from aneroid.forecasts.orientation_outlook import orientation_outlook

    if who.ended:
        return (Notice("No forecast", f"{who.name} has ended; nothing is expected of it."),)
    try:
        frame = orientation_outlook(ask.fit, [who.id], pair, (3, 6, 12), _SHIFT)
    except InputError as refused:
        return (Notice("No forecast", str(refused)),)
    rows = tuple(
        (
            str(row["date"])[:7],
            number(row["lean"], signed=True),
            range_text(row["lo90"], row["hi90"]),
            percent(row["p_rise"]),
            percent(row["p_fall"]),
        )
        for row in records(frame)
    )
    a, b = (with_article(names()[pole]) for pole in pair)
    header = ("Month", "Lean", "Likely range (9 in 10)", f"Moves {_SHIFT:g} or more to {a}", f"to {b}")
    note = "Movement counts from the last December with data; ranges widen with time."
    return (Grid("Where the lean may be", header, rows, frozenset({1, 2, 3, 4}), note=note),)


def outlook_figure(ask: Ask, who: State, seen: View) -> Figure | None:
    """The last years of the lean and its fan over the coming twelve months; None where nothing can be continued."""
    if who.ended or not seen.rows or seen.rows[-1].year != ask.fit.years[1]:
        return None
    frame = ask.fit.forecast_lean([who.id], seen.pole_a.code, seen.pole_b.code, 12, shift=_SHIFT)
    if frame.empty:
        return None
    names_of = ("lean", "lo50", "hi50", "lo90", "hi90")
    ahead = [
        Ahead(int(r["months_ahead"]), **{name: float(r[name]) for name in names_of}) for r in records(frame)
    ]
    wide, narrow = (
        fan(
            seen.rows[-_BEFORE:],
            ahead,
            state=seen.given.name,
            pole_a=seen.pole_a,
            pole_b=seen.pole_b,
            width=width,
        )
        for width in (WIDE, NARROW)
    )
    body = tuple(
        (str(a.months), fixed(a.lean, 2, signed=True), range_text(a.lo90, a.hi90), range_text(a.lo50, a.hi50))
        for a in ahead
    )
    header = ("Months ahead", "Lean", "Likely range (9 in 10)", "Middle half")
    table = Table("Forecast of the lean", header, body, frozenset({0, 1, 2, 3}))
    return Figure(wide, table, source_line(ask), narrow)


def ridge_figure(ask: Ask, seen: View) -> Figure | None:
    """The posterior in a dozen years of the period, to see when it moved; None where there are fewer than three."""
    if len(seen.rows) < 3:
        return None
    every = -(-len(seen.rows) // _HILLS)
    chosen = seen.rows[::-1][::every][::-1]  # the last year is always among them
    wide, narrow = (
        ridge(chosen, state=seen.given.name, pole_a=seen.pole_a, pole_b=seen.pole_b, width=width)
        for width in (WIDE, NARROW)
    )
    table = estimates_table("Lean by year", "Year", ((str(row.year), row) for row in chosen))
    return Figure(wide, table, source_line(ask), narrow)


def nearest_blocks(ask: Ask, who: State, seen: View) -> tuple[Item, ...]:
    """States whose closeness to the poles was most alike in the last year."""
    if seen.now is None:
        return ()
    year = seen.now.year
    frame = ask.fit.closeness(None, [pole.code for pole in seen.poles], year, year)
    places: dict[str, dict[str, float]] = {}
    for row in records(frame):
        places.setdefault(row["state"], {})[row["pole"]] = row["closeness"]
    home = places.get(who.id, {})
    apart = sorted(
        (dist([home[pole] for pole in home], [at[pole] for pole in home]), state)
        for state, at in places.items()
        if state != who.id and home.keys() <= at.keys()
    )
    if not home:
        return ()
    rows: list[list[str | Link]] = [
        [
            Link(names()[state], ask.link(f"/state/{state}")),
            number(distance),
            *(fixed(places[state][pole], 1, signed=True) for pole in home),
        ]
        for distance, state in apart[:_NEAREST]
    ]
    header = ("State", "Apart", *(f"to {with_article(names()[pole])}" for pole in home))
    caption = f"States most alike in closeness to these powers in {year}, in units"
    return (Grid(caption, header, rows, frozenset(range(1, len(header)))),)
