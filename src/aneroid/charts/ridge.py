"""The ridge: the distribution of a lean in several years, one above the other, to see when it moved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp

from aneroid.charts.frames import Estimate
from aneroid.charts.model import CHARCOAL, INK, Chart, Json, Pole, mixed
from aneroid.charts.vega import SIGNED_LABELS, axis, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import UNIT, capital, estimate_text, with_article

_ROW, _PEAK, _POINTS = 26, 40, 48
_Z90 = 1.645


def ridge(rows: Sequence[Estimate], *, state: str, pole_a: Pole, pole_b: Pole, width: int = 720) -> Chart:
    """Draw the posterior of a lean year by year.

    Parameters
    ----------
    rows
        Estimates by year.
    state
        The state's name.
    pole_a, pole_b
        The poles; right is towards ``pole_a``.
    width
        In pixels.

    Returns
    -------
    Chart
        One hill a year, its area one; blue right of even, ochre left; the narrower the hill, the surer the estimate.

    Raises
    ------
    ValueError
        If there is no estimate.
    """
    if not rows:
        raise ValueError("A ridge needs at least one estimate.")
    name = capital(with_article(state))
    title = f"{name} in {rows[0].year}"
    if len(rows) > 1:
        before, after = max(pairwise(rows), key=lambda pair: abs(pair[1].lean - pair[0].lean))
        title = f"{name} moved most between {before.year} and {after.year}"
    ends = " ".join(f"{r.year}: {estimate_text(r.lean, r.lo90, r.hi90)}." for r in (rows[0], rows[-1]))
    return Chart(
        name="ridge",
        title=title,
        subtitle=f"Probability of the lean in each year, in units; {UNIT}",
        spec=_drawn(rows, (pole_a, pole_b), width),
        data=tuple(row.record() for row in rows),
        alt=f"Ridge plot. {title}. {ends}",
    )


def _drawn(rows: Sequence[Estimate], poles: tuple[Pole, Pole], width: int) -> Json:
    left, right, top = 46, 16, 34 + _PEAK
    inner, tall = width - left - right, _ROW * len(rows)
    reach = max([1.0, *(max(abs(r.lo90), abs(r.hi90)) for r in rows)]) * 1.25
    spreads = [max(r.hi90 - r.lo90, 1e-6) / (2 * _Z90) for r in rows]
    tallest = 1 / min(spreads)
    marks: list[Json] = [
        mark("rule", x=scaled("x", 0), x2=scaled("x", 0), y=-_PEAK, y2=tall, stroke=CHARCOAL),
        *_ends(poles, inner),
    ]
    for place, (row, sd) in enumerate(zip(rows, spreads, strict=True)):
        base = (place + 1) * _ROW - 6
        side = poles[0] if row.lean >= 0 else poles[1]
        points = []
        for n in range(_POINTS + 1):
            value = row.lean + (n / _POINTS - 0.5) * 6.4 * sd
            height = exp(-0.5 * ((value - row.lean) / sd) ** 2) / sd / tallest * _PEAK
            x = (min(max(value, -reach), reach) + reach) / (2 * reach) * inner
            points.append(f"{x:.1f},{base - height:.1f}")
        look = {"fill": mixed(side.colour, 0.45), "stroke": side.colour, "strokeWidth": 1.2}
        marks.append(mark("rule", x=0, x2=inner, y=base, stroke="#DDDDDD"))
        marks.append(mark("path", path=f"M{'L'.join(points)}Z", **look))
        marks.append(text(x=-10, y=base - 4, text=str(row.year), align="right", fill=INK))
    return spec(
        (width, top + tall + 28),
        (top, right, 28, left),
        data={},
        scales=[linear("x", (-reach, reach), (0, inner))],
        axes=[axis("x", "bottom", steps(-reach, reach, 8 if inner > 300 else 5), encode=SIGNED_LABELS)],
        marks=marks,
    )


def _ends(poles: tuple[Pole, Pole], inner: int) -> list[Json]:
    """The two poles named over the ends of the scale, each with a wedge that points its way."""
    made = []
    for pole, x, turn, shift, align in ((poles[1], 0, -90, 12, "left"), (poles[0], inner, 90, -12, "right")):
        wedge = {"shape": "triangle-up", "size": 46, "angle": turn, "fill": pole.colour}
        made.append(mark("symbol", x=x + shift / 3, y=-_PEAK - 14, **wedge))
        look = {"align": align, "fontWeight": "bold", "fill": pole.colour}
        made.append(text(x=x + shift, y=-_PEAK - 14, text=pole.name, **look))
    return made
