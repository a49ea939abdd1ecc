"""The waterfall: a movement taken apart into what each indicator contributed, adding up from start to end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.charts.model import CHARCOAL, INK, MUTED, Chart, Json, Pole
from aneroid.charts.vega import (
    SIGNED_LABELS,
    axis,
    label_room,
    label_text,
    linear,
    mark,
    scaled,
    spec,
    steps,
    text,
)
from aneroid.charts.words import UNIT, capital, count, fixed, number, with_article

if TYPE_CHECKING:
    import pandas as pd

_DECIMALS = 2
_NARROW = 480
_READING, _SHOCK = "reading", "common shock"  # kinds of rows, as orientation names them
_ALIKE = "what moved all states alike"


@dataclass(frozen=True, slots=True)
class Step:
    """What one indicator moved, over all poles; ``read`` is False for what no reading stands behind."""

    label: str
    amount: float
    read: bool = True


def step_labels(by_indicator: pd.DataFrame) -> pd.Series[str]:
    """The step to which each row belongs: its own label for a reading, one for each other kind."""
    labels = by_indicator["label"].astype(str)
    if "kind" not in by_indicator:
        return labels
    return labels.mask(by_indicator["kind"] == _SHOCK, _ALIKE)


def steps_of(by_indicator: pd.DataFrame, *, most: int | None = None) -> tuple[Step, ...]:
    """Sum contributions by indicator, largest first.

    Parameters
    ----------
    by_indicator
        Columns ``label`` and ``contribution`` (one row an indicator and pole), as orientation returns them. With
        a column ``kind``, what is no ``reading`` is one step a kind: what moved all states alike, the prior.
    most
        Keep this many and sum what is left into one step, so that the total stays the same. All by default.

    Returns
    -------
    tuple of Step
        They add up to the movement as exactly as the rows do.
    """
    made = []
    for label, rows in by_indicator.groupby(step_labels(by_indicator), sort=True):
        read = bool((rows["kind"] == _READING).any()) if "kind" in rows else True
        made.append(Step(str(label), float(rows["contribution"].sum()), read))
    ranked = sorted(made, key=lambda step: (-abs(step.amount), step.label))
    if most is None or len(ranked) <= most + 1:
        return tuple(ranked)
    rest = ranked[most:]
    return (*ranked[:most], Step(count(len(rest), "other"), sum(step.amount for step in rest), read=False))


def strongest(made: Sequence[Step]) -> list[Step]:
    """The steps that may be named as movers: read from a source and large enough to print, largest first."""
    return [step for step in made if step.read and abs(step.amount) >= 0.5 * 10**-_DECIMALS]


def waterfall(
    by_indicator: pd.DataFrame,
    *,
    state: str,
    pole_a: Pole,
    pole_b: Pole,
    start: tuple[int, float],
    end: tuple[int, float],
    width: int = 680,
    most: int = 9,
) -> Chart:
    """Draw how the contributions of the indicators lead from the lean of one year to that of another.

    Parameters
    ----------
    by_indicator
        Columns ``label`` and ``contribution``, adding up to the movement.
    state
        The state's name.
    pole_a, pole_b
        The poles; right is towards ``pole_a``.
    start, end
        Year and lean at both ends.
    width
        In pixels; under 480 labels stand above their bars.
    most
        How many indicators are drawn; what is left is one bar.

    Returns
    -------
    Chart
        Bars hang from where the one above ended; the last mark is where they lead, the lean at the end.

    Raises
    ------
    ValueError
        If the contributions do not add up to the movement.
    """
    made = steps_of(by_indicator, most=most)
    total = sum(step.amount for step in made)
    if abs(start[1] + total - end[1]) > 1e-6:
        raise ValueError(f"Contributions add up to {total:.6f}, the movement is {end[1] - start[1]:.6f}.")
    title = _finding(made, state, pole_a, pole_b, (start[0], end[0]))
    return Chart(
        name="waterfall",
        title=title,
        subtitle=f"Contributions to the movement of the lean, in units; {UNIT}",
        spec=_drawn(made, start, end, (pole_a, pole_b), width),
        data=tuple({"label": step.label, "contribution": step.amount} for step in made),
        alt=_alt(title, made, start, end),
    )


def _finding(made: Sequence[Step], state: str, pole_a: Pole, pole_b: Pole, years: tuple[int, int]) -> str:
    period = f"between {years[0]} and {years[1]}"
    named = strongest(made)
    if not named:
        return f"Nothing on record moved {with_article(state)} {period}"
    side = pole_a if named[0].amount > 0 else pole_b
    amount = number(abs(named[0].amount))
    return (
        f"{capital(named[0].label)} moved {with_article(state)} most {period}: "
        f"{amount} units towards {with_article(side.name)}"
    )


def _alt(title: str, made: Sequence[Step], start: tuple[int, float], end: tuple[int, float]) -> str:
    parts = ", ".join(f"{step.label} {fixed(step.amount, _DECIMALS, signed=True)}" for step in made)
    return (
        f"Waterfall chart. {title}. From {fixed(start[1], _DECIMALS, signed=True)} in {start[0]} "
        f"to {fixed(end[1], _DECIMALS, signed=True)} in {end[0]}: {parts or 'no contribution'}."
    )


def _drawn(
    made: Sequence[Step],
    start: tuple[int, float],
    end: tuple[int, float],
    poles: tuple[Pole, Pole],
    width: int,
) -> Json:
    narrow = width < _NARROW
    pitch, bar = (40, 13) if narrow else (30, 15)
    levels = [start[1]]
    for step in made:
        levels.append(levels[-1] + step.amount)
    low, high = _reach(levels)
    margin = max(0.08 * (high - low), 0.05)
    labels = [f"Lean in {start[0]}", *(capital(step.label) for step in made), f"Lean in {end[0]}"]
    left = 10 if narrow else label_room(labels)
    right = 52
    inner, tall = width - left - right, pitch * len(labels)
    marks: list[Json] = []
    for place, label in enumerate(labels):
        y = place * pitch + (28 if narrow else pitch / 2)
        total = place in (0, len(labels) - 1)
        place_y = y - 17 if narrow else y
        where = {"x": 0, "align": "left"} if narrow else {"x": -12, "align": "right"}
        if narrow:
            marks.append(mark("rect", x=-2, x2=inner + 2, y=y - 27, y2=y - 9, fill="white"))
        weight = "bold" if total else "normal"
        marks.append(label_text(label, narrow=narrow, y=place_y, fontWeight=weight, limit=inner, **where))
        if total:
            marks += _total(levels[0 if place == 0 else -1], y, bar)
        else:
            marks += _amount(made[place - 1].amount, max(levels[place - 1 : place + 1]), inner, y)
            marks += _bar((levels[place - 1], levels[place]), y, bar, poles)
        if place < len(labels) - 1 and not narrow:
            level = scaled("x", levels[place])
            marks.append(mark("rule", x=level, x2=level, y=y, y2=y + pitch, stroke=MUTED, strokeDash=[2, 2]))
    return spec(
        (width, tall + 46),
        (20, right, 26, left),
        data={},
        scales=[linear("x", (low - margin, high + margin), (0, inner))],
        axes=[
            axis(
                "x",
                "bottom",
                steps(low - margin, high + margin, 7 if inner > 300 else 5),
                encode=SIGNED_LABELS,
            )
        ],
        marks=[
            *_zero(low - margin, high + margin, tall),
            *_heads(poles, inner),
            *marks,
        ],
    )


def _reach(levels: Sequence[float]) -> tuple[float, float]:
    """The stretch of scale to draw; zero belongs to it unless it is far off."""
    low, high = min(levels), max(levels)
    near = 0.4 * (high - low)
    return (min(low, 0.0) if low <= near else low), (max(high, 0.0) if high >= -near else high)


def _heads(poles: tuple[Pole, Pole], inner: int) -> list[Json]:
    """Which way is which, over the bars."""
    marks = []
    for pole, x, shift, turn, align in ((poles[1], 0, 8, -90, "left"), (poles[0], inner, -8, 90, "right")):
        wedge = {"shape": "triangle-up", "size": 40, "angle": turn, "fill": pole.colour}
        marks.append(mark("symbol", x=x + shift / 4, y=-10, **wedge))
        look = {"fontWeight": "bold", "fill": pole.colour, "align": align, "limit": inner / 2 - 12}
        marks.append(text(x=x + shift, y=-10, text=pole.name, **look))
    return marks


def _zero(low: float, high: float, tall: int) -> list[Json]:
    if not low <= 0 <= high:
        return []
    return [mark("rule", x=scaled("x", 0), x2=scaled("x", 0), y=0, y2=tall, stroke=CHARCOAL)]


def _total(level: float, y: float, bar: int) -> list[Json]:
    label = fixed(level, _DECIMALS, signed=True)
    at_level = scaled("x", level)
    where = {"x": scaled("x", level, offset=8), "y": y, "text": label, "fontWeight": "bold"}
    return [
        mark("rule", x=at_level, x2=at_level, y=y - bar * 0.7, y2=y + bar * 0.7, stroke=INK, strokeWidth=4),
        # A white shadow first: the zero line must not run through the number.
        text(**where, stroke="white", strokeWidth=4),
        text(**where),
    ]


def _bar(levels: tuple[float, float], y: float, bar: int, poles: tuple[Pole, Pole]) -> list[Json]:
    """One contribution: a filled bar counts towards the first pole, a pale one towards the second."""
    rise = levels[1] >= levels[0]
    colour = poles[0].colour if rise else poles[1].colour
    a, b = scaled("x", min(levels)), scaled("x", max(levels))
    look = {"fill": colour, "fillOpacity": 0.9 if rise else 0.28, "stroke": colour, "strokeWidth": 1.2}
    return [mark("rect", x=a, x2=b, y=y - bar / 2, y2=y + bar / 2, **look)]


def _amount(amount: float, level: float, inner: int, y: float) -> list[Json]:
    label = fixed(amount, _DECIMALS, signed=True)
    return [
        mark("rule", x=scaled("x", level), x2=inner, y=y, stroke="#B0B0B0", strokeDash=[1, 4]),
        text(x=inner + 46, y=y, text=label, align="right", fill=INK),
    ]
