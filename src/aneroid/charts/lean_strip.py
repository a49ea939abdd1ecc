"""The lean strip: one row a state, or a pair of poles, on a scale between two poles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aneroid.charts.frames import Estimate
from aneroid.charts.model import CHARCOAL, GRID, INK, MUTED, Chart, Json, Pole
from aneroid.charts.vega import LETTER, SIGNED_LABELS, axis, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import UNIT, capital, count, estimate_text, listed, with_article

_ROW, _ROW_NARROW = 30, 50
_NARROW = 480  # under this width the words stand above each strip instead of beside it


@dataclass(frozen=True, slots=True)
class StripRow:
    """One row: what it is about, the estimate (None: there is none) and the one a year earlier."""

    label: str
    pole_a: Pole
    pole_b: Pole
    now: Estimate | None
    year_ago: float | None = None
    strong: bool = False

    def record(self) -> Json:
        """The row as plain values."""
        now = self.now.record() if self.now else {"lean": None}
        return {
            "label": self.label,
            "pole_a": self.pole_a.code,
            "pole_b": self.pole_b.code,
            **now,
            "year_ago": self.year_ago,
        }


def lean_strip(
    rows: Sequence[StripRow],
    *,
    year: int,
    width: int = 680,
    pairs_of: str | None = None,
    name: str = "lean-strip",
) -> Chart:
    """Draw leans as dots with their intervals, one row each, on one scale.

    Parameters
    ----------
    rows
        In the order in which they are drawn. A row without an estimate says so.
    year
        The year of the estimates.
    width
        In pixels; under 480 the words stand above each strip.
    pairs_of
        Name of the state whose leans between several pairs of poles the rows are, each with its own ends. By
        default rows are states, all on one pair of poles.
    name
        The chart's name, for files and ids.

    Returns
    -------
    Chart
        Dot: median; filled where the likely range lies on one side of even, hollow where it does not. Thick
        bar: half of the probability; thin bar: nine tenths; tick: a year earlier.
    """
    if not rows:
        raise ValueError("A lean strip needs at least one row.")
    pairs = pairs_of is not None
    title = _pairs_finding(rows, pairs_of, year) if pairs_of is not None else _states_finding(rows, year)
    known = [row.now for row in rows if row.now]
    reach = max([1.0, *(max(abs(row.lo90), abs(row.hi90)) for row in known)]) * 1.04
    return Chart(
        name=name,
        title=title,
        subtitle=f"Lean in {year} in units, 50 and 90 % ranges, tick a year earlier; {UNIT}",
        spec=_drawn(rows, reach, width, pairs),
        data=tuple(row.record() for row in rows),
        alt=f"{title}. " + " ".join(_row_in_words(row, pairs) for row in rows),
    )


def _row_in_words(row: StripRow, pairs: bool) -> str:
    label = f"{row.pole_a.name} against {row.pole_b.name}" if pairs else row.label
    if row.now is None:
        return f"{label}: no estimate."
    return f"{label}: {estimate_text(row.now.lean, row.now.lo90, row.now.hi90)}."


def _pairs_finding(rows: Sequence[StripRow], state: str, year: int) -> str:
    clear = [(row, row.now.lean > 0) for row in rows if row.now and row.now.clear]
    if not clear:
        return f"{capital(with_article(state))} stands clearly nearer to none of these poles in {year}"
    nearer: dict[str, list[str]] = {}
    for row, right in clear:
        near, far = (row.pole_a, row.pole_b) if right else (row.pole_b, row.pole_a)
        nearer.setdefault(far.name, []).append(with_article(near.name))
    if len({name for near in nearer.values() for name in near}) == 1:
        only = next(iter(nearer.values()))[0]
        parts = [f"to {only} than to {listed([with_article(far) for far in nearer], 'or')}"]
    else:
        parts = [f"to {listed(names)} than to {with_article(far)}" for far, names in nearer.items()]
    still = len(rows) - len(clear)
    tail = f"; {count(still, 'comparison stays', 'comparisons stay')} open" if still else ""
    return f"{capital(with_article(state))} in {year}: nearer {listed(parts)}{tail}"


def _states_finding(rows: Sequence[StripRow], year: int) -> str:
    known = sorted(((row.now.lean, row) for row in rows if row.now), key=lambda item: item[0])
    if not known:
        return f"No estimate for {year}: not enough evidence"
    low, high = known[0][1], known[-1][1]
    if low is high:
        side = low.pole_a if known[0][0] > 0 else low.pole_b
        return f"{low.label} stands towards {with_article(side.name)} in {year}"
    a, b = with_article(low.pole_a.name), with_article(low.pole_b.name)
    first, second = with_article(high.label), with_article(low.label)
    return f"In {year} {first} stands nearest to {a}, {second} nearest to {b}"


def _margins(rows: Sequence[StripRow], width: int, pairs: bool) -> tuple[int, int]:
    """Room for the words left and right of the strips."""
    if width < _NARROW:
        return 10, 10
    left = max(len(row.pole_b.name if pairs else row.label) for row in rows)
    right = max(len(row.pole_a.name) for row in rows) if pairs else 0
    value = max(len(_value(row)) * (1.1 if row.strong else 1.0) for row in rows)
    return round(min(left, 28) * LETTER) + 22, round(min(right, 28) * LETTER) + (24 if pairs else 0) + round(
        value * LETTER
    ) + 18


def _drawn(rows: Sequence[StripRow], reach: float, width: int, pairs: bool) -> Json:
    narrow = width < _NARROW
    left, right = _margins(rows, width, pairs)
    pitch = _ROW_NARROW if narrow else _ROW
    top = 12 if pairs else 34
    height = top + pitch * len(rows) + 26
    inner = width - left - right
    marks: list[Json] = [
        mark("rule", x=scaled("x", 0), x2=scaled("x", 0), y=0, y2=pitch * len(rows), stroke=CHARCOAL)
    ]
    if narrow:
        # Words stand between the strips: no line runs through them.
        tops = [place * pitch for place in range(len(rows))]
        marks += [mark("rect", x=-2, x2=inner + 2, y=y, y2=y + 23, fill="white") for y in tops]
    if not pairs:
        marks += _ends(rows[0], inner)
    for place, row in enumerate(rows):
        line = place * pitch + (34 if narrow else pitch / 2)
        marks += _words(row, line, inner, right - 6, narrow=narrow, pairs=pairs)
        marks += _strip(row, line, inner)
    values = steps(-reach, reach, 8 if inner > 300 else 6)
    return spec(
        (width, height),
        (top, right, 26, left),
        data={},
        scales=[linear("x", (-reach, reach), (0, inner))],
        axes=[axis("x", "bottom", values, encode=SIGNED_LABELS)],
        marks=marks,
    )


def _ends(row: StripRow, inner: int) -> list[Json]:
    """The two poles named over the ends of the scale, each with a wedge that points its way."""
    made = []
    for pole, x, turn, shift, align in (
        (row.pole_b, 0, -90, 12, "left"),
        (row.pole_a, inner, 90, -12, "right"),
    ):
        wedge = {"shape": "triangle-up", "size": 46, "angle": turn, "fill": pole.colour}
        made.append(mark("symbol", x=x + shift / 3, y=-20, **wedge))
        look = {"align": align, "fontWeight": "bold", "fill": pole.colour, "limit": inner / 2 - 16}
        made.append(text(x=x + shift, y=-20, text=pole.name, **look))
    return made


def _words(row: StripRow, y: float, inner: int, room: int, *, narrow: bool, pairs: bool) -> list[Json]:
    value = _value(row)
    weight = "bold" if row.strong else "normal"
    fill = INK if row.now else MUTED
    if pairs:
        line = y - 20 if narrow else y
        label_b = text(text=row.pole_b.name, fill=row.pole_b.colour, fontWeight="bold", y=line, limit=190)
        label_a = text(text=row.pole_a.name, fill=row.pole_a.colour, fontWeight="bold", y=line, limit=190)
        if narrow:
            place_b, place_a = {"x": 0, "align": "left"}, {"x": inner, "align": "right"}
            shown = text(x=inner / 2, y=line, align="center", text=value, fill=fill)
        else:
            place_b, place_a = {"x": -12, "align": "right"}, {"x": inner + 12, "align": "left"}
            shown = text(x=inner + room, y=line, text=value, fill=fill, align="right")
        return [_placed(label_b, place_b), _placed(label_a, place_a), shown]
    if narrow:
        label = text(x=0, y=y - 20, text=row.label, fontWeight=weight, fill=fill, limit=inner - 120)
        return [label, text(x=inner, y=y - 20, text=value, align="right", fontWeight=weight, fill=fill)]
    look = {"fontWeight": weight, "fill": fill}
    label = text(x=-12, y=y, text=row.label, align="right", limit=200, **look)
    return [label, text(x=inner + 12, y=y, text=value, **look)]


def _value(row: StripRow) -> str:
    return estimate_text(row.now.lean, row.now.lo90, row.now.hi90) if row.now else "no estimate"


def _placed(made: Json, place: Json) -> Json:
    encode = made["encode"]
    if isinstance(encode, dict):
        encode["enter"].update({key: {"value": value} for key, value in place.items()})
    return made


def _strip(row: StripRow, y: float, inner: int) -> list[Json]:
    if row.now is None:
        # Dotted over the whole scale: anything is possible, which is not the same as zero.
        return [mark("rule", x=0, x2=inner, y=y, stroke=MUTED, strokeDash=[1, 5], strokeWidth=1.2)]
    now = row.now
    side = row.pole_a if now.lean >= 0 else row.pole_b
    marks = [
        mark("rule", x=0, x2=inner, y=y, stroke=GRID),
        mark(
            "rule", x=scaled("x", now.lo90), x2=scaled("x", now.hi90), y=y, stroke=side.colour, strokeWidth=2
        ),
        mark(
            "rule", x=scaled("x", now.lo50), x2=scaled("x", now.hi50), y=y, stroke=side.colour, strokeWidth=7
        ),
    ]
    if row.year_ago is not None:
        earlier = scaled("x", row.year_ago)
        marks.append(mark("rule", x=earlier, x2=earlier, y=y - 8, y2=y + 8, stroke=INK, strokeWidth=1.6))
    fill = side.colour if now.clear else "white"
    dot = {"shape": side.marker, "size": 110, "fill": fill, "stroke": side.colour, "strokeWidth": 2}
    # A white rim keeps the dot apart from the bar it sits on.
    rim = {"shape": side.marker, "size": 170, "fill": "white"}
    return [
        *marks,
        mark("symbol", x=scaled("x", now.lean), y=y, **rim),
        mark("symbol", x=scaled("x", now.lean), y=y, **dot),
    ]
