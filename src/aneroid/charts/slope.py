"""The slope chart: where each of several governments stood in two years, joined by a line."""

from __future__ import annotations

from collections.abc import Mapping

from aneroid.charts.frames import Estimate
from aneroid.charts.model import CHARCOAL, GRID, INK, MUTED, Chart, Json, Pole
from aneroid.charts.vega import LETTER, linear, mark, scaled, spec, text
from aneroid.charts.words import UNIT, capital, fixed, number, with_article

_APART = 15.0  # pixels between two labels
_TOP, _BOTTOM = 46, 14


def slope(
    ends: Mapping[str, tuple[Estimate, Estimate]],
    *,
    pole_a: Pole,
    pole_b: Pole,
    years: tuple[int, int],
    width: int = 720,
) -> Chart:
    """Draw leans of two years and what lies between them.

    Parameters
    ----------
    ends
        Estimates of the two years by name of the state.
    pole_a, pole_b
        The poles; up is towards ``pole_a``.
    years
        The two years.
    width
        In pixels.

    Returns
    -------
    Chart
        Solid line: the two likely ranges do not overlap; dashed: they do, so the change may be none.

    Raises
    ------
    ValueError
        If there is no state.
    """
    if not ends:
        raise ValueError("A slope chart needs at least one state.")
    title = _finding(ends, pole_a, pole_b, years)
    records = tuple(
        {
            "state": name,
            **{f"{key}_{row.year}": value for row in pair for key, value in _brief(row).items()},
            "apart": _apart(pair),
        }
        for name, pair in ends.items()
    )
    return Chart(
        name="slope",
        title=title,
        subtitle=f"Lean in units; solid line: the likely ranges of both years do not overlap; {UNIT}",
        spec=_drawn(ends, pole_a, pole_b, years, width),
        data=records,
        alt=f"Slope chart. {title}. "
        + " ".join(
            f"{name}: {number(a.lean, signed=True)} to {number(b.lean, signed=True)}."
            for name, (a, b) in ends.items()
        ),
    )


def _brief(row: Estimate) -> dict[str, float]:
    return {"lean": row.lean, "lo90": row.lo90, "hi90": row.hi90}


def _apart(pair: tuple[Estimate, Estimate]) -> bool:
    then, now = pair
    return then.hi90 < now.lo90 or now.hi90 < then.lo90


def _finding(
    ends: Mapping[str, tuple[Estimate, Estimate]], pole_a: Pole, pole_b: Pole, years: tuple[int, int]
) -> str:
    moved = {name: pair[1].lean - pair[0].lean for name, pair in ends.items() if _apart(pair)}
    if not moved:
        return f"No movement between {years[0]} and {years[1]} is beyond doubt"
    name = max(moved, key=lambda key: abs(moved[key]))
    side = pole_a if moved[name] > 0 else pole_b
    return (
        f"{capital(with_article(name))} moved furthest, by {number(abs(moved[name]))} units towards "
        f"{with_article(side.name)} between {years[0]} and {years[1]}"
    )


def _spread(places: list[float], low: float, high: float) -> list[float]:
    """Move labels apart so that none covers another, keeping their order."""
    order = sorted(range(len(places)), key=places.__getitem__)
    made = list(places)
    for before, index in zip([None, *order], order, strict=False):
        made[index] = max(made[index], low if before is None else made[before] + _APART)
    limit = high
    for index in reversed(order):
        made[index] = min(made[index], limit)
        limit = made[index] - _APART
    return made


def _drawn(
    ends: Mapping[str, tuple[Estimate, Estimate]],
    pole_a: Pole,
    pole_b: Pole,
    years: tuple[int, int],
    width: int,
) -> Json:
    values = [row.lean for pair in ends.values() for row in pair]
    room = round(min(max(map(len, ends)), 16 if width < 480 else 26) * LETTER) + 52
    left = 48 if width < 480 else room
    height = max(300, round(_APART * len(ends)) + _TOP + _BOTTOM + 20)
    inner, tall = width - left - room, height - _TOP - _BOTTOM
    low, high = min([*values, -0.3]), max([*values, 0.3])
    pad = 0.06 * (high - low)

    def place(value: float) -> float:
        return (high + pad - value) / (high - low + 2 * pad) * tall

    marks: list[Json] = [
        mark("rule", x=x, x2=x, y=0, y2=tall, stroke=GRID, strokeWidth=1.5) for x in (0, inner)
    ]
    marks.append(mark("rule", x=0, x2=inner, y=scaled("y", 0), stroke=CHARCOAL, strokeDash=[2, 3]))
    for x, year, align in ((0, years[0], "center"), (inner, years[1], "center")):
        marks.append(text(x=x, y=-14, text=str(year), fontWeight="bold", align=align, fill=CHARCOAL))
    marks += [
        text(
            x=-left + 6,
            y=-34,
            text=f"▲ towards {with_article(pole_a.name)}",
            fontWeight="bold",
            fill=pole_a.colour,
        ),
        text(
            x=inner + room - 6,
            y=-34,
            text=f"▼ towards {with_article(pole_b.name)}",
            fontWeight="bold",
            fill=pole_b.colour,
            align="right",
        ),
    ]
    for side, x, align in ((0, -10, "right"), (1, inner + 10, "left")):
        spots = _spread([place(pair[side].lean) for pair in ends.values()], 2, tall - 2)
        for (name, pair), y in zip(ends.items(), spots, strict=True):
            value = fixed(pair[side].lean, 1, signed=True)
            shown = f"{value}  {name}" if side else (value if width < 480 else f"{name}  {value}")
            marks.append(
                text(x=x, y=y, text=shown, align=align, fill=INK if _apart(pair) else MUTED, limit=room - 12)
            )
    for pair in ends.values():
        colour = (pole_a if pair[1].lean > pair[0].lean else pole_b).colour if _apart(pair) else MUTED
        ys = {"y": scaled("y", pair[0].lean), "y2": scaled("y", pair[1].lean)}
        dash = [] if _apart(pair) else [4, 4]
        marks.append(
            mark(
                "rule",
                x=0,
                x2=inner,
                **ys,
                stroke=colour,
                strokeWidth=2.2 if _apart(pair) else 1.3,
                strokeDash=dash,
            )
        )
        for row, x in ((pair[0], 0), (pair[1], inner)):
            marks.append(mark("symbol", x=x, y=scaled("y", row.lean), size=46, fill=colour, stroke="white"))
    return spec(
        (width, height),
        (_TOP, room, _BOTTOM, left),
        data={},
        scales=[linear("y", (low - pad, high + pad), (tall, 0))],
        marks=marks,
    )
