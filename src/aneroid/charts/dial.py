"""The dial: the face of a barometer, a hand at the estimate, a set hand at an earlier year, an arc."""

from __future__ import annotations

from math import ceil, cos, pi, sin
from typing import TYPE_CHECKING

from aneroid.charts.frames import Estimate, at, estimates
from aneroid.charts.model import CHARCOAL, GRID, INK, MUTED, Chart, Json, Pole
from aneroid.charts.vega import mark, spec, text
from aneroid.charts.words import (
    LIKELY_RANGE,
    UNIT,
    capital,
    estimate_text,
    fixed,
    number,
    probability_adverb,
    range_text,
    with_article,
)

if TYPE_CHECKING:
    import pandas as pd

_SWEEP = 110.0  # degrees from the top to either end of the scale
_WIDTH, _HEIGHT = 360, 284
_CENTRE = (180.0, 162.0)
_OUTER, _BAND_OUTER, _BAND_INNER, _NUMBERS = 124.0, 116.0, 90.0, 139.0


def dial(
    lean: pd.DataFrame,
    *,
    state: str,
    pole_a: Pole,
    pole_b: Pole,
    year: int,
    since: int | None = None,
    p_towards_a: float | None = None,
) -> Chart:
    """Draw where one government stands between two poles as a barometer's dial.

    Parameters
    ----------
    lean
        The lean frame of one state and pair of poles: ``date, lean``, intervals, ``n_indicators, flags``.
    state
        The state's name.
    pole_a, pole_b
        The poles; lean counts towards ``pole_a``, on the right.
    year
        The year the hand shows; the frame must have an estimate for it.
    since
        The year of the set hand, the thin one; none by default.
    p_towards_a
        Posterior probability that the lean is above zero, if known; it adds the word of the fixed scale.

    Returns
    -------
    Chart
        The hand is the median, the dark arc holds half of the probability, the pale arc nine tenths.

    Raises
    ------
    ValueError
        If the frame has no estimate for ``year``.
    """
    rows = estimates(lean)
    now = at(rows, year)
    if now is None:
        raise ValueError(f"There is no estimate for {state} in {year}.")
    before = at(rows, since) if since is not None and since != year else None
    reach = max([abs(now.lo90), abs(now.hi90), 1.5, *([abs(before.lean)] if before else [])])
    limit = float(ceil(reach * 1.02))
    title = _finding(now, state, pole_a, pole_b, p_towards_a)
    return Chart(
        name="dial",
        title=title,
        subtitle=f"Lean in units; {UNIT}",
        spec=_face(now, before, limit, (pole_a, pole_b)),
        data=tuple(row.record() for row in (before, now) if row),
        alt=_alt(title, now, before, pole_a, pole_b),
    )


def _finding(now: Estimate, state: str, pole_a: Pole, pole_b: Pole, p_towards_a: float | None) -> str:
    side = pole_a if now.lean >= 0 else pole_b
    towards = f"towards {with_article(side.name)}"
    state = capital(with_article(state))
    if p_towards_a is not None:
        p_side = max(p_towards_a, 1 - p_towards_a)
        if p_side < 0.545:
            return f"{state} in {now.year}: as likely on one side as on the other"
        return f"{state} in {now.year}: {probability_adverb(p_side)} {towards}"
    if now.clear:
        return f"{state} in {now.year}: {towards}"
    return f"{state} in {now.year}: {towards}, but the likely range includes even"


def _alt(title: str, now: Estimate, before: Estimate | None, pole_a: Pole, pole_b: Pole) -> str:
    parts = [
        f"Dial from {pole_b.name} on the left to {pole_a.name} on the right. {title}.",
        f"The hand stands at {number(now.lean, signed=True)}; the {LIKELY_RANGE} runs from "
        f"{range_text(now.lo90, now.hi90)}.",
    ]
    if before:
        parts.append(
            f"The set hand marks {before.year}: {estimate_text(before.lean, before.lo90, before.hi90)}."
        )
    return " ".join(parts)


def _angle(value: float, limit: float) -> float:
    """Degrees from the top, clockwise; positive lean is on the right."""
    return _SWEEP * max(-1.0, min(1.0, value / limit))


def _point(value: float, limit: float, radius: float) -> tuple[float, float]:
    turn = _angle(value, limit) * pi / 180
    return _CENTRE[0] + radius * sin(turn), _CENTRE[1] - radius * cos(turn)


def _arc(limit: float, low: float, high: float, radii: tuple[float, float], **look: object) -> Json:
    x, y = _CENTRE
    return mark(
        "arc",
        x=x,
        y=y,
        startAngle=_angle(low, limit) * pi / 180,
        endAngle=_angle(high, limit) * pi / 180,
        innerRadius=radii[0],
        outerRadius=radii[1],
        **look,
    )


def _split_arc(limit: float, low: float, high: float, opacity: float, poles: tuple[Pole, Pole]) -> list[Json]:
    """An interval as an arc, each side of zero in its pole's colour."""
    radii = (_BAND_INNER, _BAND_OUTER)
    right, left = poles
    sides = ((min(low, 0.0), min(high, 0.0), left), (max(low, 0.0), max(high, 0.0), right))
    return [
        _arc(limit, start, end, radii, fill=pole.colour, fillOpacity=opacity)
        for start, end, pole in sides
        if end > start
    ]


def _scale_marks(limit: float, poles: tuple[Pole, Pole]) -> list[Json]:
    marks = [
        _arc(limit, -limit, 0, (_OUTER, _OUTER + 3), fill=poles[1].colour),
        _arc(limit, 0, limit, (_OUTER, _OUTER + 3), fill=poles[0].colour),
    ]
    whole = int(limit)
    label_every = 1 if whole <= 5 else 2
    for half in range(-2 * whole, 2 * whole + 1):
        value = half / 2
        major = half % 2 == 0
        (x, y), (x2, y2) = _point(value, limit, _OUTER), _point(value, limit, _OUTER - (8 if major else 4))
        marks.append(mark("rule", x=x, y=y, x2=x2, y2=y2, stroke=CHARCOAL, strokeWidth=1.4 if major else 0.8))
        if major and int(value) % label_every == 0:
            x, y = _point(value, limit, _NUMBERS)
            label = "0 (even)" if half == 0 else fixed(value, 0, signed=True)
            marks.append(text(x=x, y=y, text=label, align="center", fill=CHARCOAL))
    return marks


def _hands(now: Estimate, before: Estimate | None, limit: float) -> list[Json]:
    x, y = _CENTRE
    marks: list[Json] = []
    if before:
        turn = _angle(before.lean, limit)
        thin = "M0,0L0,-84M-4,-88A4,4,0,1,0,4,-88A4,4,0,1,0,-4,-88M0,-92L0,-120"
        marks.append(mark("path", x=x, y=y, angle=turn, path=thin, stroke=MUTED, strokeWidth=1.4))
    hand = "M-3.6,22L-3.6,0L-0.7,-118L0.7,-118L3.6,0L3.6,22Z"
    marks.append(mark("path", x=x, y=y, angle=_angle(now.lean, limit), path=hand, fill=INK))
    marks.append(mark("symbol", x=x, y=y, shape="circle", size=210, fill=INK))
    marks.append(mark("symbol", x=x, y=y, shape="circle", size=22, fill="white"))
    return marks


def _captions(now: Estimate, before: Estimate | None, limit: float, poles: tuple[Pole, Pole]) -> list[Json]:
    x, y = _CENTRE
    marks = []
    for side, pole in ((-limit, poles[1]), (limit, poles[0])):
        end_x, end_y = _point(side, limit, _OUTER - 2)
        inside = max(52.0, min(_WIDTH - 52.0, end_x))
        look = {"align": "center", "fill": pole.colour, "fontSize": 13, "fontWeight": "bold", "limit": 104}
        marks.append(text(x=inside, y=end_y + 24, text=pole.name, **look))
    value = estimate_text(now.lean, now.lo90, now.hi90).split(" ")[0]
    range_line = f"likely range {range_text(now.lo90, now.hi90)}"
    marks.append(text(x=x, y=y + 52, text=value, align="center", fontSize=28, fontWeight="bold"))
    marks.append(text(x=x, y=y + 88, text=range_line, align="center", fontSize=13))
    if before:
        note = (
            f"thin hand: {before.year} ({estimate_text(before.lean, before.lo90, before.hi90).split(' ')[0]})"
        )
        marks.append(text(x=x, y=y + 108, text=note, align="center", fill=MUTED))
    return marks


def _face(now: Estimate, before: Estimate | None, limit: float, poles: tuple[Pole, Pole]) -> Json:
    marks = [
        _arc(limit, -limit, limit, (_BAND_INNER, _BAND_OUTER), fill="#F4F4F4", stroke=GRID),
        *_split_arc(limit, now.lo90, now.hi90, 0.32, poles),
        *_split_arc(limit, now.lo50, now.hi50, 0.75, poles),
        _arc(limit, now.lo90, now.hi90, (_BAND_INNER, _BAND_OUTER), stroke=CHARCOAL, strokeWidth=1),
        *_scale_marks(limit, poles),
        *_hands(now, before, limit),
        *_captions(now, before, limit, poles),
    ]
    return spec((_WIDTH, _HEIGHT), (0, 0, 0, 0), data={}, scales=[], marks=marks)
