"""The event study: closeness around a signal, less that of matched controls, with its range and that of placebo cases."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

from aneroid.charts.model import BLUE, CHARCOAL, INK, MUTED, PALE, Chart, Json, mixed
from aneroid.charts.vega import SIGNED_LABELS, axis, field, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import UNIT, fixed

if TYPE_CHECKING:
    import pandas as pd

DECIMALS = 3
_TOP, _RIGHT, _BOTTOM, _LEFT = 26, 18, 44, 50


def event_study(curve: pd.DataFrame, *, title: str, width: int = 680) -> Chart:
    """Draw how closeness to the pole went around a signal.

    Parameters
    ----------
    curve
        ``horizon, gap, lo90, hi90, placebo_lo, placebo_hi, cases``: years since the signal, mean gap to matched
        controls (zero in the year before), its likely range, and the range in which placebo cases lie.
    title
        The finding, a sentence.
    width
        In pixels.

    Returns
    -------
    Chart
        Line and dots: the gap; blue ribbon: its likely range; grey ribbon: where nine in ten placebo studies lie.

    Raises
    ------
    ValueError
        There is no year to draw.
    """
    if curve.empty:
        raise ValueError("There is no year to draw.")
    rows: tuple[Json, ...] = tuple({str(k): v for k, v in row.items()} for row in curve.to_dict("records"))
    return Chart(
        name="event-study",
        title=title.rstrip("."),
        subtitle=f"Closeness to the pole less that of matched controls, year before = 0; {UNIT}",
        spec=_drawn(curve, rows, width),
        data=rows,
        alt=_alt(curve, title.rstrip(".")),
    )


def gap_text(row: Mapping[Hashable, Any]) -> str:
    """The gap of a year with its range; three decimals, since gaps of closeness are small."""
    gap, low, high = (fixed(float(row[name]), DECIMALS, signed=True) for name in ("gap", "lo90", "hi90"))
    return f"{gap} ({low} to {high})"


def _alt(curve: pd.DataFrame, title: str) -> str:
    parts = [f"Line chart with two ribbons. {title}."]
    for row in curve.to_dict("records"):
        if row["horizon"] in {curve["horizon"].min(), 1, curve["horizon"].max()}:
            when = f"{abs(row['horizon'])} years {'before' if row['horizon'] < 0 else 'after'}"
            parts.append(
                f"{when.replace('1 years', '1 year')}: {gap_text(row)}, {row['cases']} cases; "
                f"placebo cases lie within {fixed(row['placebo_hi'], DECIMALS)} of zero."
            )
    return " ".join(parts)


def _drawn(curve: pd.DataFrame, rows: tuple[Json, ...], width: int) -> Json:
    height = 320
    inner, tall = width - _LEFT - _RIGHT, height - _TOP - _BOTTOM
    low = float(min(curve["lo90"].min(), curve["placebo_lo"].min()))
    high = float(max(curve["hi90"].max(), curve["placebo_hi"].max()))
    room = 0.12 * (high - low or 1.0)
    domain = (low - room, high + room)
    first, last = int(curve["horizon"].min()), int(curve["horizon"].max())

    def ribbon(lower: str, upper: str, colour: str) -> Json:
        edges = {"y": field(upper, "y"), "y2": field(lower, "y")}
        return mark("area", "rows", x=field("horizon", "x"), fill=colour, **edges)

    at = {"x": field("horizon", "x"), "y": field("gap", "y")}
    zero = {"y": scaled("y", 0), "y2": scaled("y", 0)}
    signal = scaled("x", 0)
    return spec(
        (width, height),
        (_TOP, _RIGHT, _BOTTOM, _LEFT),
        data={"rows": list(rows)},
        scales=[linear("x", (first - 0.3, last + 0.3), (0, inner)), linear("y", domain, (tall, 0))],
        axes=[
            axis("y", "left", steps(*domain, 6), encode=SIGNED_LABELS),
            axis("x", "bottom", list(range(first, last + 1)), grid=False, encode=SIGNED_LABELS),
        ],
        marks=[
            ribbon("placebo_lo", "placebo_hi", PALE),
            ribbon("lo90", "hi90", mixed(BLUE, 0.25)),
            mark("rule", x=0, x2=inner, **zero, stroke=CHARCOAL, strokeWidth=1.2),
            mark("rule", x=signal, x2=signal, y=0, y2=tall, stroke=MUTED, strokeDash=[3, 3]),
            mark("line", "rows", **at, stroke=BLUE, strokeWidth=2.2),
            mark("symbol", "rows", **at, fill=INK, size=26),
            text(x=signal, y=-10, text="signal", align="center", fill=MUTED),
            text(x=inner, y=tall + 32, text="years since the signal", align="right", fill=MUTED),
        ],
    )
