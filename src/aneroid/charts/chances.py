"""Chances and shares as bars: one row each, with the range that holds nine in ten, on a scale of percent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aneroid.charts.model import BLUE, CHARCOAL, INK, MUTED, Chart, Json, mixed
from aneroid.charts.vega import axis, label_room, label_text, linear, mark, scaled, spec, steps, text

_NARROW = 480


@dataclass(frozen=True, slots=True)
class Chance:
    """One row: a share or a probability with its range, and what it is compared with, if anything."""

    label: str
    mid: float
    low: float
    high: float
    beside: float | None = None
    note: str = ""


def chances(
    rows: Sequence[Chance], *, name: str, title: str, subtitle: str, beside: str = "", width: int = 720
) -> Chart:
    """Draw chances or shares.

    Parameters
    ----------
    rows
        In the order drawn; between 0 and 1.
    name
        The chart's name, for files and ids.
    title, subtitle
        The finding; what is measured, in which unit.
    beside
        What the tick of each row stands for, such as ``without a cut``.
    width
        In pixels; under 480 labels stand above their rows.

    Returns
    -------
    Chart
        Bar: the estimate; line: its likely range, nine in ten; tick: what it is compared with.

    Raises
    ------
    ValueError
        If there is no row.
    """
    if not rows:
        raise ValueError("A chart of chances needs at least one row.")
    words = " ".join(f"{r.label}: {_percent(r.mid)} ({_percent(r.low)} to {_percent(r.high)})." for r in rows)
    tick = f"; tick: {beside}" if beside else ""
    return Chart(
        name=name,
        title=title,
        subtitle=f"{subtitle}; line: likely range (9 in 10){tick}",
        spec=_drawn(rows, width),
        data=tuple(
            {"label": r.label, "mid": r.mid, "low": r.low, "high": r.high, "beside": r.beside, "note": r.note}
            for r in rows
        ),
        alt=f"Bar chart. {title}. {words}",
    )


def _percent(value: float) -> str:
    return f"{100 * value:.0f} %" if value >= 0.095 or value < 0.0005 else f"{100 * value:.1f} %"


def _drawn(rows: Sequence[Chance], width: int) -> Json:
    narrow = width < _NARROW
    pitch = 44 if narrow else 32
    left = 10 if narrow else label_room([row.label for row in rows])
    inner, tall = width - left - 118, pitch * len(rows)
    top = min(1.0, max(row.high for row in rows) * 1.04 + 0.01)
    marks: list[Json] = []
    for place, row in enumerate(rows):
        y = place * pitch + (30 if narrow else pitch / 2)
        where = {"x": 0, "align": "left"} if narrow else {"x": -12, "align": "right"}
        if narrow:
            marks.append(mark("rect", x=-2, x2=inner, y=y - 25, y2=y - 9, fill="white"))
        marks.append(label_text(row.label, narrow=narrow, y=y - 17 if narrow else y, **where))
        end = scaled("x", row.mid)
        marks.append(mark("rect", x=0, x2=end, y=y - 7, y2=y + 7, fill=mixed(BLUE, 0.55)))
        marks.append(
            mark("rule", x=scaled("x", row.low), x2=scaled("x", row.high), y=y, stroke=INK, strokeWidth=1.6)
        )
        if row.beside is not None:
            at = scaled("x", row.beside)
            marks.append(mark("rule", x=at, x2=at, y=y - 11, y2=y + 11, stroke=CHARCOAL, strokeWidth=2.4))
        value = f"{_percent(row.mid)} ({_percent(row.low).removesuffix(' %')}–{_percent(row.high).removesuffix(' %')})"
        marks.append(text(x=inner + 10, y=y, text=value))
    values = [value / 100 for value in steps(0, 100 * top, 5)]
    labels = {"labels": {"update": {"text": {"signal": "format(100 * datum.value, 'd') + ' %'"}}}}
    return spec(
        (width, tall + 30),
        (4, 118, 26, left),
        data={},
        scales=[linear("x", (0, top), (0, inner))],
        axes=[axis("x", "bottom", values, encode=labels, labelColor=MUTED)],
        marks=marks,
    )
