"""The fan: where a lean has been in the last years, and where it may be in the coming months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aneroid.charts.frames import Estimate
from aneroid.charts.model import CHARCOAL, INK, MUTED, Chart, Json, Pole, mixed
from aneroid.charts.vega import SIGNED_LABELS, axis, field, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import UNIT, estimate_text, number, with_article

_TOP, _RIGHT, _BOTTOM, _LEFT = 30, 56, 30, 40


@dataclass(frozen=True, slots=True)
class Ahead:
    """A lean some months after the last December of the estimates."""

    months: int
    lean: float
    lo50: float
    hi50: float
    lo90: float
    hi90: float


def fan(
    past: Sequence[Estimate],
    ahead: Sequence[Ahead],
    *,
    state: str,
    pole_a: Pole,
    pole_b: Pole,
    width: int = 720,
) -> Chart:
    """Draw the past of a lean and its fan.

    Parameters
    ----------
    past
        Estimates by year; the last one is where the fan begins.
    ahead
        Forecasts by month.
    state
        The state's name.
    pole_a, pole_b
        The poles; up is towards ``pole_a``.
    width
        In pixels.

    Returns
    -------
    Chart
        Solid: estimates; dashed with grey bands: the forecast, half and nine tenths of its probability.

    Raises
    ------
    ValueError
        If there is no estimate or no forecast.
    """
    if not past or not ahead:
        raise ValueError("A fan needs an estimate to begin from and a forecast.")
    last, end = past[-1], ahead[-1]
    where = estimate_text(end.lean, end.lo90, end.hi90)
    title = f"In {end.months} months the lean of {with_article(state)} is expected at {where}"
    records = [{**row.record(), "months_ahead": 0} for row in past]
    records += [
        {"year": last.year + 1 + row.months / 12, "months_ahead": row.months, **_values(row)} for row in ahead
    ]
    return Chart(
        name="outlook",
        title=title,
        subtitle=f"Lean in units, 50 and 90 % ranges, estimated to {last.year} and forecast after; {UNIT}",
        spec=_drawn(past, ahead, (pole_a, pole_b), width),
        data=tuple(records),
        alt=f"Fan chart. {title}; the last estimate, of {last.year}, is {number(last.lean, signed=True)}.",
    )


def _values(row: Ahead | Estimate) -> dict[str, float]:
    return {name: getattr(row, name) for name in ("lean", "lo50", "hi50", "lo90", "hi90")}


def _drawn(past: Sequence[Estimate], ahead: Sequence[Ahead], poles: tuple[Pole, Pole], width: int) -> Json:
    height = 270
    inner, tall = width - _LEFT - _RIGHT, height - _TOP - _BOTTOM
    # An estimate of a year stands at its December, where the fan begins.
    known = [{"x": row.year + 1.0, **_values(row)} for row in past]
    coming = [known[-1], *({"x": past[-1].year + 1 + row.months / 12, **_values(row)} for row in ahead)]
    values = [row[name] for row in (*known, *coming) for name in ("lo90", "hi90")]
    low, high = min([*values, -0.5]) - 0.15, max([*values, 0.5]) + 0.15
    first, last = known[0]["x"], coming[-1]["x"]

    def ribbon(source: str, lo: str, hi: str, fill: str) -> Json:
        return mark("area", source, x=field("x", "x"), y=field(hi, "y"), y2=field(lo, "y"), fill=fill)

    side = poles[0] if past[-1].lean >= 0 else poles[1]
    years = [year for year in steps(first, last, max(2, inner // 70)) if year == int(year)]
    start = scaled("x", known[-1]["x"])
    return spec(
        (width, height),
        (_TOP, _RIGHT, _BOTTOM, _LEFT),
        data={"known": [dict(row) for row in known], "coming": [dict(row) for row in coming]},
        scales=[linear("x", (first, last), (0, inner)), linear("y", (low, high), (tall, 0))],
        axes=[
            axis("y", "left", steps(low, high, 5), encode=SIGNED_LABELS),
            axis("x", "bottom", years, grid=False, ticks=True, tickColor=CHARCOAL, tickSize=4, format="d"),
        ],
        marks=[
            ribbon("known", "lo90", "hi90", mixed(side.colour, 0.2)),
            ribbon("known", "lo50", "hi50", mixed(side.colour, 0.5)),
            ribbon("coming", "lo90", "hi90", "#E4E4E4"),
            ribbon("coming", "lo50", "hi50", "#C2C2C2"),
            mark("rule", x=0, x2=inner, y=scaled("y", 0), stroke=CHARCOAL),
            mark("rule", x=start, x2=start, y=0, y2=tall, stroke=MUTED, strokeDash=[2, 3]),
            mark("line", "known", x=field("x", "x"), y=field("lean", "y"), stroke=INK, strokeWidth=2.2),
            mark(
                "line",
                "coming",
                x=field("x", "x"),
                y=field("lean", "y"),
                stroke=INK,
                strokeWidth=2,
                strokeDash=[4, 4],
            ),
            text(
                x=0,
                y=-14,
                text=f"▲ towards {with_article(poles[0].name)}",
                fontWeight="bold",
                fill=poles[0].colour,
            ),
            text(
                x=inner,
                y=-14,
                text=f"▼ towards {with_article(poles[1].name)}",
                fontWeight="bold",
                fill=poles[1].colour,
                align="right",
            ),
            text(
                x=inner + 6,
                y=scaled("y", ahead[-1].lean),
                text=number(ahead[-1].lean, signed=True),
                fontWeight="bold",
            ),
        ],
    )
