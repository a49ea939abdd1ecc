"""The specification curve: one movement under every choice, sorted, with the estimate itself as the line to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.charts.model import BLUE, CHARCOAL, INK, OCHRE, PALE, Chart, Json
from aneroid.charts.vega import SIGNED_LABELS, axis, field, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import UNIT, count, estimate_text, with_article

if TYPE_CHECKING:
    import pandas as pd

_TOP, _RIGHT, _BOTTOM, _ROW = 26, 16, 34, 22
_LOOKS = {
    "leave one out": (BLUE, "circle"),
    "refit": (BLUE, "diamond"),
    "votes": (OCHRE, "square"),
    "poles": (CHARCOAL, "cross"),
    "prior": (CHARCOAL, "triangle-up"),
    "weights": (OCHRE, "triangle-down"),
}


def specification_curve(
    table: pd.DataFrame, *, state: str, pole_a: str, pole_b: str, years: tuple[int, int], width: int = 680
) -> Chart:
    """Draw a movement of lean under every choice.

    Parameters
    ----------
    table
        From :func:`aneroid.orientation.sensitivity.sensitivity`: ``kind, choice, movement, lo90, hi90``.
    state, pole_a, pole_b
        Names.
    years
        First and last of the movement.
    width
        In pixels.

    Returns
    -------
    Chart
        Dots: the movement, with its likely range; shape and colour: what kind of choice; line and grey band: the estimate.

    Raises
    ------
    ValueError
        The table does not begin with the estimate.
    """
    if table.empty or table["kind"].iloc[0] != "estimate":
        raise ValueError("The first row must be the estimate itself.")
    whole = table.iloc[0]
    others = table.iloc[1:].sort_values("movement", kind="stable").to_dict("records")
    rows = [{str(k): v for k, v in row.items()} for row in others]
    moved = float(whole["movement"])
    same = sum(float(str(row["movement"])) * moved > 0 for row in rows)
    low, high = float(whole["lo90"]), float(whole["hi90"])
    title = (
        f"{state} between {with_article(pole_a)} and {with_article(pole_b)}, {years[0]} to {years[1]}: "
        f"{same} of {count(len(rows), 'choice')} move the same way"
    )
    ends = [rows[0], rows[-1]] if rows else []
    far = "; ".join(f"{row['choice']}: {_estimate(row)}" for row in ends)
    return Chart(
        name="specification-curve",
        title=title,
        subtitle=f"Movement of lean in units, with 9 in 10; {UNIT}",
        spec=_drawn(rows, (moved, low, high), width),
        data=tuple({str(k): v for k, v in row.items()} for row in table.to_dict("records")),
        alt=f"Dot chart. {title}. The estimate itself: {estimate_text(moved, low, high)}. Least and most: {far}.",
    )


def _estimate(row: Json) -> str:
    return estimate_text(*(float(str(row[name])) for name in ("movement", "lo90", "hi90")))


def _drawn(rows: list[Json], whole: tuple[float, float, float], width: int) -> Json:
    left = 210 if width >= 480 else 150
    tall = max(len(rows), 1) * _ROW
    inner = width - left - _RIGHT
    values = [float(str(row[name])) for row in rows for name in ("lo90", "hi90")]
    low, high = min([0.0, *values, *whole]), max([0.0, *values, *whole])
    room = 0.05 * (high - low or 1.0)
    domain = (low - room, high + room)
    shown = []
    for n, row in enumerate(rows):
        colour, shape = _LOOKS.get(str(row["kind"]), (CHARCOAL, "circle"))
        shown.append({**row, "y": (n + 0.5) * _ROW, "colour": colour, "shape": shape})
    at = scaled("x", whole[0])
    zero = scaled("x", 0)
    marks = [
        mark("rect", x=scaled("x", whole[1]), x2=scaled("x", whole[2]), y=0, y2=tall, fill=PALE),
        mark("rule", x=zero, x2=zero, y=0, y2=tall, stroke=CHARCOAL, strokeDash=[2, 3]),
        mark("rule", x=at, x2=at, y=0, y2=tall, stroke=INK, strokeWidth=1.6),
        text(x=at, y=-10, text="estimate", align="center"),
        mark(
            "rule",
            "rows",
            x=field("lo90", "x"),
            x2=field("hi90", "x"),
            y=field("y"),
            y2=field("y"),
            stroke=field("colour"),
            strokeWidth=1.4,
        ),
        mark(
            "symbol",
            "rows",
            x=field("movement", "x"),
            y=field("y"),
            fill=field("colour"),
            shape=field("shape"),
            size=52,
        ),
        *[text(x=-8, y=row["y"], text=str(row["choice"]), align="right") for row in shown],
    ]
    return spec(
        (width, tall + _TOP + _BOTTOM),
        (_TOP, _RIGHT, _BOTTOM, left),
        data={"rows": shown},
        scales=[linear("x", domain, (0, inner))],
        axes=[axis("x", "bottom", steps(*domain, 6), encode=SIGNED_LABELS)],
        marks=marks,
    )
