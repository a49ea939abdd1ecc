"""Coverage: which indicator was read in which years, and where a source covers a year but held nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aneroid.charts.model import CHARCOAL, GRID, INK, MUTED, Chart, Json, Pole
from aneroid.charts.vega import axis, label_room, label_text, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import capital, count, inside, listed, with_article

_PITCH = 28
_NARROW = 480


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One indicator: what its source covers and the years read for each of the two poles."""

    label: str
    first: int
    last: int
    years_a: frozenset[int]
    years_b: frozenset[int]

    def record(self) -> Json:
        """The row as plain values."""
        return {
            "label": self.label,
            "first": self.first,
            "last": self.last,
            "years_both": len(self.years_a & self.years_b),
            "years_one": len(self.years_a ^ self.years_b),
        }


def coverage(
    rows: Sequence[CoverageRow],
    *,
    state: str,
    pole_a: Pole,
    pole_b: Pole,
    start: int,
    end: int,
    width: int = 680,
) -> Chart:
    """Draw which indicators were read for a state in which years.

    Parameters
    ----------
    rows
        One an indicator.
    state
        The state's name.
    pole_a, pole_b
        The poles whose readings count.
    start, end
        First and last year drawn.
    width
        In pixels; under 480 labels stand above their rows.

    Returns
    -------
    Chart
        Dark cell: read towards both poles; half-high cell: towards one only; line: covered, nothing
        read; blank: outside the source's coverage, where a value is missing and not zero.
    """
    title = _finding(rows, state, end)
    one = f"half-high: one of {with_article(pole_a.name)} and {with_article(pole_b.name)}"
    return Chart(
        name="coverage",
        title=title,
        subtitle=f"Years read. Full cell: both poles; {one}; line: covered, nothing read; blank: not covered",
        spec=_drawn(rows, start, end, width),
        data=tuple(row.record() for row in rows),
        alt=f"{title}. " + " ".join(_row_in_words(row, start, end) for row in rows),
    )


def _read(row: CoverageRow) -> frozenset[int]:
    return row.years_a | row.years_b


def _finding(rows: Sequence[CoverageRow], state: str, end: int) -> str:
    name = with_article(state)
    if not any(_read(row) for row in rows):
        return f"No indicator on record for {name}"
    fresh = [row for row in rows if end in _read(row)]
    if not fresh:
        newest = max(max(_read(row)) for row in rows if _read(row))
        return f"No indicator for {name} reaches {end}; the newest reading is of {newest}"
    labels = listed([inside(row.label) for row in fresh]) if len(fresh) <= 3 else "several kinds"
    tail = f" ({labels})" if len(fresh) <= 3 else ""
    verb = "reaches" if len(fresh) == 1 else "reach"
    return f"{len(fresh)} of {count(len(rows), 'indicator')} for {name} {verb} {end}{tail}"


def _row_in_words(row: CoverageRow, start: int, end: int) -> str:
    years = sorted(year for year in _read(row) if start <= year <= end)
    if not years:
        return f"{capital(row.label)}: nothing read."
    return f"{capital(row.label)}: {count(len(years), 'year')}, last {years[-1]}."


def _runs(years: frozenset[int], start: int, end: int) -> list[tuple[int, int]]:
    """Years as runs without a hole, within the period."""
    runs: list[tuple[int, int]] = []
    for year in sorted(year for year in years if start <= year <= end):
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs


def _drawn(rows: Sequence[CoverageRow], start: int, end: int, width: int) -> Json:
    narrow = width < _NARROW
    pitch = 34 if narrow else _PITCH
    left = 12 if narrow else label_room([row.label for row in rows])
    inner, tall = width - left - 20, pitch * len(rows)
    years = [year for year in steps(start, end, max(2, inner // 58)) if year == int(year)] or [start]
    marks: list[Json] = []
    for place, row in enumerate(rows):
        y = place * pitch + (25 if narrow else pitch / 2)
        marks += _label(row, y, inner, narrow=narrow)
        marks += _row(row, y, start, end)
    return spec(
        (width, tall + 34),
        (6, 20, 28, left),
        data={},
        scales=[linear("x", (start - 0.5, end + 0.5), (0, inner))],
        axes=[axis("x", "bottom", years, format="d")],
        marks=marks,
    )


def _label(row: CoverageRow, y: float, inner: int, *, narrow: bool) -> list[Json]:
    fill = INK if _read(row) else MUTED
    label = capital(row.label)
    if narrow:
        back = mark("rect", x=-2, x2=inner, y=y - 24, y2=y - 8, fill="white")
        return [back, text(x=0, y=y - 15, text=label, fill=fill, limit=inner)]
    return [label_text(label, narrow=False, x=-12, y=y, align="right", fill=fill)]


def _row(row: CoverageRow, y: float, start: int, end: int) -> list[Json]:
    first, last = max(row.first, start), min(row.last, end)
    marks: list[Json] = []
    if first <= last:
        x, x2 = scaled("x", first - 0.5), scaled("x", last + 0.5)
        marks.append(mark("rule", x=x, x2=x2, y=y, stroke="#9A9A9A", strokeWidth=1.4))
    both, one = row.years_a & row.years_b, row.years_a ^ row.years_b
    for years, half, fill in ((both, 6.0, CHARCOAL), (one, 3.0, "#6E6E6E")):
        for a, b in _runs(years, start, end):
            cell = {"x": scaled("x", a - 0.46), "x2": scaled("x", b + 0.46)}
            marks.append(mark("rect", y=y - half, y2=y + half, fill=fill, **cell))
    if not marks:
        marks.append(mark("rule", x=0, x2=1, y=y, stroke=GRID))
    return marks
