"""A digest of several states: where they stand beside each other, which of them moved, then one short part for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aneroid.charts.frames import Estimate, at
from aneroid.charts.lean_strip import StripRow, lean_strip
from aneroid.charts.words import CLEAR, count, estimate_text, fixed, percent, with_article
from aneroid.digest.blocks import Bullets, DigestContent, Figure, Notice, Section, Table
from aneroid.digest.content import BRIEF, build_content, vintage_lines
from aneroid.digest.evidence import sources_blocks, sources_line
from aneroid.digest.figures import NARROW, WIDE
from aneroid.digest.finding import View, view
from aneroid.errors import InputError

if TYPE_CHECKING:
    from aneroid.digest.inputs import DigestInput
    from aneroid.orientation.fit import OrientationFit

SURE = 0.95
"""Probability of a movement from which "what moved" lists a state."""


def moved_states(
    fitted: OrientationFit, pole_a: str, pole_b: str, start: int, end: int, *, most: int = 12
) -> list[str]:
    """Return the states whose lean moved almost certainly between two years, the largest movement first.

    Parameters
    ----------
    fitted
        From the store.
    pole_a, pole_b
        The poles of the lean.
    start, end
        The two years.
    most
        At most so many states.

    Returns
    -------
    list of str
        State ids; the posterior probability that the lean moved in the direction it did is at least :data:`SURE`.
    """
    table = fitted.lean(None, pole_a, pole_b, start, end)
    ends = (
        table[table["date"].isin([str(start), str(end)])]
        .pivot(index="state", columns="date", values="lean")
        .dropna()
    )
    movement = (ends[str(end)] - ends[str(start)]).sort_values(key=abs, ascending=False)
    found: list[str] = []
    for state, amount in movement.items():
        later = fitted.probability(
            lean_greater=((str(state), end), (str(state), start)), pole_a=pole_a, pole_b=pole_b
        )
        if max(later, 1 - later) >= SURE and amount:
            found.append(str(state))
        if len(found) == most:
            break
    return found


def build_collection(
    given: Sequence[DigestInput],
    *,
    name: str,
    sections: Sequence[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> DigestContent:
    """Turn the inputs of several states into one digest.

    Parameters
    ----------
    given
        One input a state, all of the same poles and period.
    name
        What the states have in common, for the title: "Middle East".
    sections
        Keys of the sections for each state; a short choice by default.
    progress
        Called with states done and states in all.

    Returns
    -------
    DigestContent
        With one member a state, in the order given.

    Raises
    ------
    InputError
        No state was given.
    """
    if not given:
        raise InputError(f"No state to report on: {name}. Widen the period or choose another region.")
    members, views = [], [view(each) for each in given]
    for place, each in enumerate(given, start=1):
        made = build_content(each, sections=sections or BRIEF)
        # Sources and versions stand once, at the end of the whole.
        members.append(
            replace(made, sections=tuple(s for s in made.sections if s.key != "sources"), bibliography="")
        )
        if progress:
            progress(place, len(given))
    first, whole = views[0], build_content(given[0])
    a, b = (with_article(pole.name) for pole in (first.pole_a, first.pole_b))
    return DigestContent(
        title=f"{name} between {a} and {b}",
        period=f"{first.given.start}–{first.given.end}",
        finding=_finding(views, a, b),
        standfirst=(),
        notices=_notices(views),
        dial=None,
        sections=(
            Section("overview", "Where they stand", _overview(views, name)),
            Section(
                "method", "Method and limits", next(s.blocks for s in whole.sections if s.key == "method")
            ),
            Section("sources", "Sources and terms", sources_blocks(first)),
        ),
        vintage=vintage_lines(first.given),
        bibliography=whole.bibliography,
        members=tuple(members),
    )


def _sure(seen: View) -> Estimate | None:
    """The estimate of the last year where the direction is very likely."""
    p, now = seen.given.p_towards_a, seen.now
    return now if now and p is not None and max(p, 1 - p) >= CLEAR and now.year == seen.given.end else None


def _finding(views: Sequence[View], a: str, b: str) -> str:
    sure = [now for seen in views if (now := _sure(seen))]
    towards_a = sum(now.lean > 0 for now in sure)
    moved = sum(_moved(seen) != "" for seen in views)
    return (
        f"Of {count(len(views), 'government')}, {towards_a} very likely leaned towards {a} in {views[0].given.end}, "
        f"{len(sure) - towards_a} towards {b}, and of {len(views) - len(sure)} no side can be named; "
        f"{moved} very likely moved since {views[0].given.start}."
    )


def _moved(seen: View) -> str:
    movement = seen.given.movement
    if movement is None or movement.p_towards_a is None or movement.start == movement.end:
        return ""
    side, p = (
        (seen.pole_a, movement.p_towards_a)
        if movement.amount > 0
        else (seen.pole_b, 1 - movement.p_towards_a)
    )
    return (
        f"{fixed(movement.amount, 2, signed=True)}, towards {side.name} ({percent(p)})" if p >= CLEAR else ""
    )


def _notices(views: Sequence[View]) -> tuple[Notice, ...]:
    without = [seen.given.name for seen in views if seen.now is None]
    if not without:
        return ()
    return (
        Notice("No estimate", f"There is none in the period for {', '.join(without)}; nothing is filled in."),
    )


def _overview(views: Sequence[View], name: str) -> tuple[Figure | Table | Bullets, ...]:
    end = max((seen.now.year for seen in views if seen.now), default=views[0].given.end)
    ordered = sorted(
        views, key=lambda seen: (seen.now is None, -seen.now.lean if seen.now else 0.0, seen.given.name)
    )
    rows = [_strip_row(seen, end) for seen in ordered]
    wide, narrow = (lean_strip(rows, year=end, width=width, name="overview") for width in (WIDE, NARROW))
    header = ("State", f"Lean in {end}", "Moved very likely", "Indicators")
    body = tuple(_row(seen) for seen in ordered)
    a, b = views[0].pole_a.name, views[0].pole_b.name
    table = Table(
        f"{name}: lean between {a} (+) and {b} (−), in units, with likely ranges (9 in 10)",
        header,
        body,
        numeric=frozenset({3}),
        note=f"Moved: change since {views[0].given.start} where its direction is at least very likely, with the probability.",
    )
    return (Figure(wide, table, sources_line(views[0]), narrow), table)


def _strip_row(seen: View, year: int) -> StripRow:
    before = at(seen.pair(seen.pole_a, seen.pole_b), year - 1)
    return StripRow(
        seen.given.name, seen.pole_a, seen.pole_b, at(seen.rows, year), before.lean if before else None
    )


def _row(seen: View) -> tuple[str, ...]:
    now = seen.now
    if now is None:
        return seen.given.name, "not enough evidence", "", ""
    return (
        seen.given.name,
        estimate_text(now.lean, now.lo90, now.hi90),
        _moved(seen) or "–",
        str(now.n_indicators),
    )
