"""The trajectory: lean year by year, as a ribbon that shows how sure it is and where nothing was read."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from aneroid.charts.frames import Estimate, estimates
from aneroid.charts.model import CHARCOAL, INK, MUTED, PALE, Chart, Json, Pole, mixed
from aneroid.charts.vega import SIGNED_LABELS, axis, field, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import (
    CLEAR,
    UNIT,
    capital,
    count,
    estimate_text,
    number,
    percent,
    probability_adverb,
    with_article,
)

if TYPE_CHECKING:
    import pandas as pd

_TOP, _RIGHT, _BOTTOM, _LEFT = 32, 52, 30, 38


def trajectory(
    lean: pd.DataFrame,
    *,
    state: str,
    pole_a: Pole,
    pole_b: Pole,
    p_towards_a: float | None = None,
    width: int = 680,
) -> Chart:
    """Draw the lean of one state between two poles over the years.

    Parameters
    ----------
    lean
        The lean frame of one state and pair of poles.
    state
        The state's name.
    pole_a, pole_b
        The poles; up is towards ``pole_a``.
    p_towards_a
        Posterior probability that the last year's lean is greater than the first one's, if known. Without it
        the title states a movement only where the two likely ranges do not overlap.
    width
        In pixels.

    Returns
    -------
    Chart
        Line: median, dashed where no indicator was read; dots: years with readings; dark ribbon: half of the
        probability; pale ribbon: nine tenths; grey columns: years without any reading.

    Raises
    ------
    ValueError
        If the frame has no estimate at all.
    """
    rows = estimates(lean)
    if not rows:
        raise ValueError(f"There is no estimate for {state}.")
    title = _finding(rows, state, pole_a, pole_b, p_towards_a)
    return Chart(
        name="trajectory",
        title=title,
        subtitle=f"Lean in units, 50 and 90 % ranges; {UNIT}",
        spec=_drawn(rows, pole_a, pole_b, width),
        data=tuple(row.record() for row in rows),
        alt=_alt(title, rows),
    )


def _finding(
    rows: tuple[Estimate, ...], state: str, pole_a: Pole, pole_b: Pole, p_towards_a: float | None
) -> str:
    first, last = rows[0], rows[-1]
    name = capital(with_article(state))
    if first is last:
        return f"{name} in {first.year}: {estimate_text(first.lean, first.lo90, first.hi90)}"
    change = last.lean - first.lean
    side = pole_a if change >= 0 else pole_b
    period = f"between {first.year} and {last.year}"
    moved = f"moved {number(abs(change))} units towards {with_article(side.name)} {period}"
    if p_towards_a is not None:
        p_side = p_towards_a if change >= 0 else 1 - p_towards_a
        if p_side >= CLEAR:
            return f"{name} {probability_adverb(p_side)} ({percent(p_side)}) {moved}"
    elif first.hi90 < last.lo90 or last.hi90 < first.lo90:
        return f"{name} {moved}"
    return f"No clear movement of {with_article(state)} {period}"


def _alt(title: str, rows: tuple[Estimate, ...]) -> str:
    first, last = rows[0], rows[-1]
    high, low = max(rows, key=lambda row: row.lean), min(rows, key=lambda row: row.lean)
    silent = sum(not row.has_reading for row in rows)
    parts = [f"Line chart. {title}."]
    parts += [
        f"{row.year}: {estimate_text(row.lean, row.lo90, row.hi90)}." for row in dict.fromkeys((first, last))
    ]
    parts.append(f"Highest in {high.year} ({number(high.lean)}), lowest in {low.year} ({number(low.lean)}).")
    if silent:
        parts.append(f"No indicator was read in {count(silent, 'year')}.")
    return " ".join(parts)


def _ribbon(
    rows: tuple[Estimate, ...], low: str, high: str, strength: float, poles: tuple[Pole, Pole]
) -> Json:
    """An interval over the years, above zero in one pole's colour and below in the other's."""
    top = max(getattr(row, high) for row in rows)
    bottom = min(getattr(row, low) for row in rows)
    # The gradient spans the box of the ribbon; a hard stop in it lies exactly at zero.
    zero = min(1.0, max(0.0, top / (top - bottom))) if top > bottom else float(top > 0)
    stops = [(0.0, poles[0]), (zero, poles[0]), (zero, poles[1]), (1.0, poles[1])]
    fill = {
        "gradient": "linear",
        "x1": 0,
        "y1": 0,
        "x2": 0,
        "y2": 1,
        "stops": [
            {"offset": round(offset, 6), "color": mixed(pole.colour, strength)} for offset, pole in stops
        ],
    }
    edges = {"y": field(high, "y"), "y2": field(low, "y")}
    return mark("area", "rows", x=field("year", "x"), fill={"value": fill}, **edges)


def _segments(rows: tuple[Estimate, ...]) -> list[Json]:
    """The line in pieces: dashed wherever either end had no reading."""
    return [
        {
            "x": a.year,
            "x2": b.year,
            "y": a.lean,
            "y2": b.lean,
            "dash": [] if a.has_reading and b.has_reading else [3, 4],
        }
        for a, b in pairwise(rows)
    ]


def _drawn(rows: tuple[Estimate, ...], pole_a: Pole, pole_b: Pole, width: int) -> Json:
    height = 310 if width >= 480 else 285
    inner, tall = width - _LEFT - _RIGHT, height - _TOP - _BOTTOM
    reach = max([1.0, *(max(abs(row.lo90), abs(row.hi90)) for row in rows)])
    low = min(-0.4 * reach, min(row.lo90 for row in rows)) - 0.12 * reach
    high = max(0.4 * reach, max(row.hi90 for row in rows)) + 0.12 * reach
    first, last = rows[0].year, rows[-1].year
    span = (first - 0.5, last + 0.5)
    years = [year for year in steps(first, last, max(2, inner // 58)) if year == int(year)] or [first]
    ends = _end_label(rows[-1], inner)
    return spec(
        (width, height),
        (_TOP, _RIGHT, _BOTTOM, _LEFT),
        data={"rows": [row.record() for row in rows], "segments": _segments(rows)},
        scales=[linear("x", span, (0, inner)), linear("y", (low, high), (tall, 0))],
        axes=[
            axis("y", "left", steps(low, high, 6), encode=SIGNED_LABELS),
            axis("x", "bottom", years, grid=False, ticks=True, tickColor=CHARCOAL, tickSize=4, format="d"),
        ],
        marks=[
            *_silent_years(rows, tall, inner / (span[1] - span[0])),
            _ribbon(rows, "lo90", "hi90", 0.25, (pole_a, pole_b)),
            _ribbon(rows, "lo50", "hi50", 0.6, (pole_a, pole_b)),
            mark(
                "rule", x=0, x2=inner, y=scaled("y", 0), y2=scaled("y", 0), stroke=CHARCOAL, strokeWidth=1.2
            ),
            mark(
                "rule",
                "segments",
                x=field("x", "x"),
                x2=field("x2", "x"),
                y=field("y", "y"),
                y2=field("y2", "y"),
                stroke=INK,
                strokeWidth=2.2,
                strokeCap="round",
                strokeDash=field("dash"),
            ),
            *_dots(rows),
            *_pole_names(pole_a, pole_b, tall),
            *ends,
        ],
    )


def _silent_years(rows: tuple[Estimate, ...], tall: int, column: float) -> list[Json]:
    """Grey columns behind years without any reading, named once where there is room."""
    marks: list[Json] = []
    runs: list[list[int]] = []
    for row in rows:
        if row.has_reading:
            continue
        if runs and runs[-1][1] == row.year - 1:
            runs[-1][1] = row.year
        else:
            runs.append([row.year, row.year])
    for first, last in runs:
        x, x2 = scaled("x", first - 0.5), scaled("x", last + 0.5)
        marks.append(mark("rect", x=x, x2=x2, y=0, y2=tall, fill=PALE))
        if (last - first + 1) * column >= 62:
            middle = scaled("x", (first + last) / 2)
            label = {"text": "no readings", "align": "center", "fill": MUTED, "fontSize": 11}
            marks.append(text(x=middle, y=10, **label))
    return marks


def _dots(rows: tuple[Estimate, ...]) -> list[Json]:
    return [
        mark("symbol", x=scaled("x", row.year), y=scaled("y", row.lean), size=22, fill=INK)
        for row in rows
        if row.has_reading
    ]


def _pole_names(pole_a: Pole, pole_b: Pole, tall: int) -> list[Json]:
    marks = []
    for pole, y, turn in ((pole_a, -16, 0), (pole_b, tall - 12, 180)):
        wedge = {"shape": "triangle-up", "size": 46, "angle": turn, "fill": pole.colour}
        marks.append(mark("symbol", x=6, y=y, **wedge))
        look = {"fontWeight": "bold", "fill": pole.colour}
        marks.append(text(x=16, y=y, text=f"towards {with_article(pole.name)}", **look))
    return marks


def _end_label(last: Estimate, inner: int) -> list[Json]:
    """The last value, outside the plot so that no line runs through it."""
    value = estimate_text(last.lean, last.lo90, last.hi90).split(" ")[0]
    at_end = {"x": inner + 5, "y": scaled("y", last.lean)}
    return [text(text=value, fontWeight="bold", fontSize=13, **at_end)]
