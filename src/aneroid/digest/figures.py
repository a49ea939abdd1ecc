"""The figures of a digest: each a chart, drawn wide and narrow, with its numbers and its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from aneroid.charts.coverage import CoverageRow, coverage
from aneroid.charts.dial import dial
from aneroid.charts.frames import Estimate, at, estimates
from aneroid.charts.lean_strip import StripRow, lean_strip
from aneroid.charts.trajectory import trajectory
from aneroid.charts.waterfall import Step, step_labels, steps_of, waterfall
from aneroid.charts.words import capital, count, fixed, range_text, with_article
from aneroid.digest.blocks import Figure, Table
from aneroid.digest.finding import View

if TYPE_CHECKING:
    import pandas as pd

WIDE, NARROW = 680, 340
NOTHING = "–"


def dial_figure(seen: View, sources: str) -> Figure | None:
    """The dial of the latest year with the set hand at the first; None without an estimate."""
    now = seen.now
    if now is None:
        return None
    then = seen.rows[0]
    p = seen.given.p_towards_a if now.year == seen.given.end else None
    chart = dial(
        _main(seen),
        state=seen.given.name,
        pole_a=seen.pole_a,
        pole_b=seen.pole_b,
        year=now.year,
        since=then.year,
        p_towards_a=p,
    )
    rows = tuple(_estimate_row(str(row.year), row) for row in dict.fromkeys((then, now)))
    return Figure(chart, _estimate_table(f"Lean {_between(seen)}", "Year", rows), sources)


def trajectory_figure(seen: View, sources: str) -> Figure | None:
    """Lean over the years of the period; None without an estimate."""
    if not seen.rows:
        return None
    frame = _main(seen)
    years = frame["date"].astype(str).str[:4].astype(int)
    frame = frame[(years >= seen.given.start) & (years <= seen.given.end)]
    movement = seen.given.movement
    ends = (seen.rows[0].year, seen.rows[-1].year)
    p = movement.p_towards_a if movement and (movement.start, movement.end) == ends else None
    wide, narrow = (
        trajectory(
            frame,
            state=seen.given.name,
            pole_a=seen.pole_a,
            pole_b=seen.pole_b,
            p_towards_a=p,
            width=width,
        )
        for width in (WIDE, NARROW)
    )
    rows = tuple(_estimate_row(str(row.year), row) for row in seen.rows)
    return Figure(wide, _estimate_table(f"Lean {_between(seen)}, by year", "Year", rows), sources, narrow)


def pairs_figure(seen: View, sources: str) -> Figure | None:
    """Leans between every pair of poles in the latest year; None with two poles or no estimate."""
    if seen.now is None or len(seen.poles) < 3:
        return None
    year = seen.now.year
    rows = []
    for a, b in combinations(seen.poles, 2):
        found = seen.pair(a, b)
        before = at(found, year - 1)
        label = f"{a.name} over {b.name}"
        rows.append(StripRow(label, a, b, at(found, year), before.lean if before else None))
    wide, narrow = (
        lean_strip(rows, year=year, width=width, pairs_of=seen.given.name, name="pole-pairs")
        for width in (WIDE, NARROW)
    )
    state = with_article(seen.given.name)
    caption = f"Lean of {state} between pairs of poles in {year}; positive towards the first"
    return Figure(wide, _strip_table(caption, "Poles", rows), sources, narrow)


def neighbours_figure(seen: View, sources: str) -> Figure | None:
    """The state among its neighbours in the latest year, most towards the first pole on top."""
    now, given = seen.now, seen.given
    if now is None or not given.neighbour_ids:
        return None
    before = at(seen.pair(seen.pole_a, seen.pole_b), now.year - 1)
    own = StripRow(given.name, seen.pole_a, seen.pole_b, now, before.lean if before else None, strong=True)
    rows = [own, *(_neighbour(seen, state, now.year) for state in given.neighbour_ids)]
    rows.sort(key=lambda row: (row.now is None, -row.now.lean if row.now else 0.0, row.label))
    wide, narrow = (
        lean_strip(rows, year=now.year, width=width, name="neighbours") for width in (WIDE, NARROW)
    )
    return Figure(wide, _strip_table(f"Lean {_between(seen)} in {now.year}", "State", rows), sources, narrow)


def _neighbour(seen: View, state: str, year: int) -> StripRow:
    frame = seen.given.neighbours
    found = estimates(frame[frame["state"] == state]) if len(frame) else ()
    before = at(found, year - 1)
    name = seen.given.names.get(state, state)
    return StripRow(name, seen.pole_a, seen.pole_b, at(found, year), before.lean if before else None)


def waterfall_figure(seen: View, sources: str) -> Figure | None:
    """What moved the lean, with a table that adds up by eye; None where there is no movement to explain."""
    movement = seen.given.movement
    if movement is None or movement.start == movement.end:
        return None
    then, now = at(seen.rows, movement.start), at(seen.rows, movement.end)
    if then is None or now is None:
        return None
    wide, narrow = (
        waterfall(
            movement.by_indicator,
            state=seen.given.name,
            pole_a=seen.pole_a,
            pole_b=seen.pole_b,
            start=(then.year, then.lean),
            end=(now.year, now.lean),
            width=width,
        )
        for width in (WIDE, NARROW)
    )
    return Figure(wide, movement_table(seen, then, now), sources, narrow)


def movement_table(seen: View, then: Estimate, now: Estimate) -> Table:
    """Contributions by indicator and pole; the last column adds up from the first row to the last as printed.

    Parameters
    ----------
    seen
        A view whose input has a movement.
    then, now
        The estimates at both ends.

    Returns
    -------
    Table
        What rounding leaves over stands in a line of its own.
    """
    movement = seen.given.movement
    if movement is None:
        raise ValueError("There is no movement to tabulate.")
    frame = movement.by_indicator
    labels = step_labels(frame)
    made = steps_of(frame)
    rows = [_total_row(then)]
    rows += [_step_row(step, frame[labels == step.label], seen) for step in made if not _small(step)]
    small = [step for step in made if _small(step)]
    printed = round(then.lean, 2) + sum(round(step.amount, 2) for step in made if not _small(step))
    rest = sum(step.amount for step in small)
    if small:
        rows.append(
            (f"{count(len(small), 'other')}, each under 0.01", "", "", "", fixed(rest, 2, signed=True), "")
        )
    left = round(round(now.lean, 2) - printed - round(rest, 2), 2)
    rows += [("Rounding", "", "", "", fixed(left, 2, signed=True), ""), _total_row(now)]
    ties = (f"Tie to {seen.pole_a.name}", f"Tie to {seen.pole_b.name}", "Ties to others")
    return Table(
        caption=f"Contributions to the movement from {then.year} to {now.year}, in units",
        header=("What", *ties, "Together", "Data to"),
        rows=tuple(rows),
        numeric=frozenset({1, 2, 3, 4, 5}),
        strong=frozenset({0, len(rows) - 1}),
        note="Plus is towards "
        f"{with_article(seen.pole_a.name)}, minus towards {with_article(seen.pole_b.name)}, whichever "
        "tie it comes from. Ties to other powers count for what they tell of these two.",
    )


def _small(step: Step) -> bool:
    return abs(step.amount) < 0.005


def _total_row(row: Estimate) -> tuple[str, ...]:
    return (f"Lean in {row.year}", "", "", "", fixed(row.lean, 2, signed=True), "")


def _step_row(step: Step, rows: pd.DataFrame, seen: View) -> tuple[str, ...]:
    """One step with its ties to the two poles, and to others, which speak for both through their covariance."""
    codes = [pole.code for pole in seen.poles[:2]]
    ties = [_tie(rows[rows["pole"] == code]["contribution"]) for code in codes]
    others = _tie(rows[~rows["pole"].isin(codes)]["contribution"])
    years = rows["last_year"].dropna()
    last = str(int(years.max())) if len(years) else NOTHING
    return (capital(step.label), *ties, others, fixed(step.amount, 2, signed=True), last)


def _tie(amounts: Iterable[float]) -> str:
    values = list(amounts)
    return fixed(sum(values), 2, signed=True) if values else NOTHING


def coverage_figure(seen: View, sources: str) -> Figure | None:
    """Which indicators were read in which years of the period; None where no indicator is declared."""
    rows = coverage_rows(seen)
    if not rows:
        return None
    wide, narrow = (
        coverage(
            rows,
            state=seen.given.name,
            pole_a=seen.pole_a,
            pole_b=seen.pole_b,
            start=seen.given.start,
            end=seen.given.end,
            width=width,
        )
        for width in (WIDE, NARROW)
    )
    body = tuple(_coverage_row(row) for row in rows)
    header = (
        "Indicator",
        "Source covers",
        f"Years, {seen.pole_a.name}",
        f"Years, {seen.pole_b.name}",
        "Last",
    )
    caption = f"Readings of {with_article(seen.given.name)}, {seen.given.start}–{seen.given.end}"
    return Figure(wide, Table(caption, header, body, frozenset({2, 3, 4})), sources, narrow)


def coverage_rows(seen: View) -> list[CoverageRow]:
    """Years read for each indicator within the period, from the readings of the state."""
    given = seen.given
    within = given.readings[given.readings["year"].between(given.start, given.end)]
    rows = []
    for entry in given.indicators.to_dict("records"):
        of_it = within[within["indicator"] == entry["name"]]
        years_a, years_b = (
            frozenset(int(year) for year in of_it[of_it["pole"] == pole.code]["year"])
            for pole in seen.poles[:2]
        )
        rows.append(
            CoverageRow(str(entry["label"]), int(entry["first"]), int(entry["last"]), years_a, years_b)
        )
    return rows


def _coverage_row(row: CoverageRow) -> tuple[str, ...]:
    years = row.years_a | row.years_b
    last = str(max(years)) if years else NOTHING
    covers = f"{row.first}–{row.last}"
    return capital(row.label), covers, str(len(row.years_a)), str(len(row.years_b)), last


def _main(seen: View) -> pd.DataFrame:
    frame = seen.given.lean
    return frame[(frame["pole_a"] == seen.pole_a.code) & (frame["pole_b"] == seen.pole_b.code)]


def _between(seen: View) -> str:
    return f"between {with_article(seen.pole_a.name)} (+) and {with_article(seen.pole_b.name)} (−)"


_ESTIMATE_HEADER = ("Lean", "Likely range (9 in 10)", "Middle half", "Indicators", "Remarks")


def _estimate_row(label: str, row: Estimate | None) -> tuple[str, ...]:
    if row is None:
        return (label, "no estimate", NOTHING, NOTHING, NOTHING, "")
    return (
        label,
        fixed(row.lean, 2, signed=True),
        range_text(row.lo90, row.hi90),
        range_text(row.lo50, row.hi50),
        str(row.n_indicators),
        "; ".join(row.flags),
    )


def _estimate_table(caption: str, first: str, rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(caption, (first, *_ESTIMATE_HEADER), tuple(rows), frozenset({1, 2, 3, 4}))


def _strip_table(caption: str, first: str, rows: Sequence[StripRow]) -> Table:
    return _estimate_table(caption, first, [_estimate_row(row.label, row.now) for row in rows])
