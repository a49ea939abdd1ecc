"""The world map: every government coloured by which of two poles it leans to, hatched where there is no estimate."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from aneroid.charts.frames import Estimate
from aneroid.charts.model import INK, MUTED, Chart, Json, Pole, mixed
from aneroid.charts.vega import LETTER, field, mark, spec, text
from aneroid.charts.words import UNIT, count, estimate_text, with_article

FAR = 1.5
"""From this lean on, in units, a clear lean is drawn dark."""
_HATCH, _SELF, _SEA = "#8C8C8C", "#4A4A4A", "#FFFFFF"
_SHARES = {"far": 0.95, "clear": 0.6, "open": 0.22}
_GAP = 9  # between hatching lines, on the grid of the boundaries


class Boundaries(StrEnum):
    """How disputed areas are drawn."""

    HATCHED = "hatched"
    ADMINISTERED = "administered"


@dataclass(frozen=True, slots=True)
class _World:
    width: int
    height: int
    areas: dict[str, list[list[int]]]
    disputed: list[dict[str, Any]]
    dots: dict[str, tuple[int, int]]
    source: str


@cache
def _world() -> _World:
    raw = json.loads((files("aneroid.charts") / "data" / "world.json").read_text(encoding="utf-8"))
    areas: dict[str, list[list[int]]] = {}
    for area in raw["areas"]:
        areas.setdefault(area["id"], []).extend(area["rings"])
    dots = {dot["id"]: (dot["x"], dot["y"]) for dot in raw["dots"]}
    return _World(raw["width"], raw["height"], areas, raw["disputed"], dots, raw["source"])


def boundary_note(boundaries: Boundaries) -> str:
    """Say where the lines come from and how disputed areas are treated."""
    world = _world()
    names = ", ".join(str(area["name"]) for area in world.disputed)
    how = "are hatched" if boundaries is Boundaries.HATCHED else "take the colour of who administers them"
    return (
        f"Boundaries of today, also for earlier years: {world.source}. Disputed areas ({names}) {how}. "
        "Lines on this map express no opinion on the status of any territory."
    )


def world_map(
    leans: Mapping[str, Estimate],
    *,
    names: Mapping[str, str],
    pole_a: Pole,
    pole_b: Pole,
    year: int,
    boundaries: Boundaries = Boundaries.HATCHED,
    width: int = 960,
) -> Chart:
    """Draw the lean of all governments in one year.

    Parameters
    ----------
    leans
        Estimate by state id; a state without one is hatched.
    names
        Names of the states by id, for the text alternative.
    pole_a, pole_b
        The poles.
    year
        The year of the estimates.
    boundaries
        How disputed areas are drawn.
    width
        In pixels.

    Returns
    -------
    Chart
        Dark: the likely range lies on that pole's side and the lean is ``FAR`` or more; middle: it lies on that side; pale:
        the range includes even. Hatched: no estimate, or disputed. Dark grey: the two poles. Dots are states too small to draw.
    """
    world = _world()
    scale = width / world.width
    poles = {pole_a.code, pole_b.code}
    shapes: list[Json] = []
    hatch: list[list[list[int]]] = []
    for state, rings in world.areas.items():
        fill = _SELF if state in poles else _fill(leans.get(state), pole_a, pole_b)
        shapes.append({"path": _path(rings, scale), "fill": fill})
        if fill == _SEA:
            hatch.append(rings)
    for area in world.disputed:
        known = leans.get(area["by"]) if boundaries is Boundaries.ADMINISTERED else None
        fill = _SELF if known is None and area["by"] in poles else _fill(known, pole_a, pole_b)
        fill = _SEA if boundaries is Boundaries.HATCHED else fill
        shapes.append({"path": _path(area["rings"], scale), "fill": fill})
        if fill == _SEA:
            hatch.append(area["rings"])
    lines = "".join(_hatching(rings, scale) for rings in hatch)
    dots = [
        {"x": x * scale, "y": y * scale, "fill": _SELF if s in poles else _fill(leans.get(s), pole_a, pole_b)}
        for s, (x, y) in world.dots.items()
    ]
    title = _finding(leans, pole_a, pole_b, year)
    return Chart(
        name="map",
        title=title,
        subtitle=f"Lean of governments in {year}; {UNIT}",
        spec=_drawn(shapes, lines, dots, (width, round(world.height * scale)), (pole_a, pole_b)),
        data=tuple({"state": s, **leans[s].record()} for s in sorted(leans)),
        alt=f"World map. {title}. {_extremes(leans, names)}",
    )


def _side(row: Estimate) -> str:
    if not row.clear:
        return "open"
    return "far" if abs(row.lean) >= FAR else "clear"


def _fill(row: Estimate | None, pole_a: Pole, pole_b: Pole) -> str:
    if row is None:
        return _SEA
    return mixed((pole_a if row.lean >= 0 else pole_b).colour, _SHARES[_side(row)])


def _finding(leans: Mapping[str, Estimate], pole_a: Pole, pole_b: Pole, year: int) -> str:
    if not leans:
        return f"No estimate for any government in {year}"
    sides = Counter((row.lean >= 0) if row.clear else None for row in leans.values())
    a, b = with_article(pole_a.name), with_article(pole_b.name)
    return (
        f"In {year} {count(sides[True], 'government')} leaned clearly towards {a}, {sides[False]} towards {b}; "
        f"for {sides[None]} the likely range includes even"
    )


def _extremes(leans: Mapping[str, Estimate], names: Mapping[str, str]) -> str:
    if not leans:
        return "Every state is hatched."
    low, high = (pick(leans, key=lambda state: leans[state].lean) for pick in (min, max))
    ends = [
        f"{names.get(s, s)} {estimate_text(leans[s].lean, leans[s].lo90, leans[s].hi90)}" for s in (high, low)
    ]
    return f"Highest {ends[0]}, lowest {ends[1]}. The table lists every government."


def _path(rings: list[list[int]], scale: float) -> str:
    parts = []
    for ring in rings:
        points = [f"{ring[n] * scale:.1f},{ring[n + 1] * scale:.1f}" for n in range(0, len(ring), 2)]
        parts.append("M" + "L".join(dict.fromkeys(points)) + "Z")
    return "".join(parts)


def _hatching(rings: list[list[int]], scale: float) -> str:
    """Slanting lines inside an area, where it crosses ``x + y = c``: Vega has no patterns, and paper needs none."""
    edges = []
    for ring in rings:
        points = list(zip(ring[::2], ring[1::2], strict=True))
        edges += list(zip(points, points[1:] + points[:1], strict=True))
    sums = [x + y for (x, y), _ in edges]
    lines = []
    for c in range(min(sums) // _GAP * _GAP + _GAP, max(sums), _GAP):
        cuts = []
        for (x, y), (x2, y2) in edges:
            before, after = x + y - c, x2 + y2 - c
            if (before < 0) != (after < 0):
                share = before / (before - after)
                cuts.append(x + share * (x2 - x))
        cuts.sort()
        for left, right in zip(cuts[::2], cuts[1::2], strict=False):
            a, b = (f"{x * scale:.1f},{(c - x) * scale:.1f}" for x in (left, right))
            lines.append(f"M{a}L{b}")
    return "".join(lines)


def _drawn(
    shapes: list[Json], lines: str, dots: list[Json], size: tuple[int, int], poles: tuple[Pole, Pole]
) -> Json:
    width, height = size
    legend, tall = _legend(poles, width, height + 18)
    outline = {"stroke": "#6B6B6B", "strokeWidth": 0.4 if width > 600 else 0.25}
    return spec(
        (width, height + tall + 18),
        (0, 0, 0, 0),
        data={"shapes": shapes, "dots": dots},
        scales=[],
        marks=[
            mark("path", "shapes", path=field("path"), fill=field("fill"), **outline),
            mark("path", path=lines, stroke=_HATCH, strokeWidth=0.7),
            mark(
                "symbol",
                "dots",
                x=field("x"),
                y=field("y"),
                fill=field("fill"),
                size=26 if width > 600 else 9,
                stroke="#6B6B6B",
                strokeWidth=0.6,
            ),
            *legend,
        ],
    )


def _legend(poles: tuple[Pole, Pole], width: int, top: int) -> tuple[list[Json], int]:
    """Swatches with their words, as many in a row as fit."""
    a, b = poles
    entries = [
        (mixed(pole.colour, _SHARES[side]), f"{words} {with_article(pole.name)}")
        for pole, sides in ((b, ("far", "clear", "open")), (a, ("open", "clear", "far")))
        for side in sides
        for words in [{"far": f"{FAR:g} or more to", "clear": "clearly to", "open": "perhaps to"}[side]]
    ]
    entries += [(_SELF, "the two poles"), (_SEA, "no estimate, or disputed")]
    columns = 4 if width > 600 else 2
    step = width / columns
    marks: list[Json] = []
    for place, (fill, words) in enumerate(entries):
        x, y = (place % columns) * step + 2, top + (place // columns) * 20
        marks.append(mark("rect", x=x, y=y, width=18, height=12, fill=fill, stroke=MUTED, strokeWidth=0.6))
        if fill == _SEA:
            slants = "".join(
                f"M{max(x, x + n - 12):.1f},{min(y + n, y + 12):.1f}L{min(x + n, x + 18):.1f},{max(y, y + n - 18):.1f}"
                for n in range(5, 30, 5)
            )
            marks.append(mark("path", path=slants, stroke=_HATCH, strokeWidth=0.7))
        fitting = max(6, int((step - 28) / LETTER))
        shown = words if len(words) <= fitting else words.replace("United States", "US")
        marks.append(text(x=x + 24, y=y + 6.5, text=shown, fontSize=12 if width > 600 else 11, fill=INK))
    return marks, -(-len(entries) // columns) * 20
