"""Short forms for writing Vega specifications whose layout is known in advance.

Automatic sizing is off: a chart asked for at 640 pixels is 640 wide, so that type has one size on a page.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from aneroid.charts.model import CHARCOAL, FONT, GRID, INK, Json

SCHEMA = "https://vega.github.io/schema/vega/v6.json"
SMALL = 12
_LINE = 13  # pixels from line to line in a label
_LONG_LABEL = 26  # letters
LETTER = 6.3  # width of an average letter at that size: room for labels is reckoned, not measured


def field(name: str, scale: str | None = None, **more: object) -> Json:
    """A value taken from the data, through a scale if one is named."""
    return {"field": name, **({"scale": scale} if scale else {}), **more}


def scaled(scale: str, value: object, **more: object) -> Json:
    """A constant taken through a scale."""
    return {"scale": scale, "value": value, **more}


def signal(expression: str, scale: str | None = None) -> Json:
    """A value computed by Vega from the datum."""
    return {"signal": expression, **({"scale": scale} if scale else {})}


def mark(kind: str, source: str | None = None, /, **encode: object) -> Json:
    """A mark; a plain value stands for itself, a mapping is a field, scale or signal."""
    enter = {key: value if isinstance(value, Mapping) else {"value": value} for key, value in encode.items()}
    made: Json = {"type": kind, "encode": {"enter": enter}}
    if source:
        made["from"] = {"data": source}
    return made


def text(source: str | None = None, /, **encode: object) -> Json:
    """A text mark in the house font and size unless told otherwise."""
    settings: Json = {"font": FONT, "fontSize": SMALL, "fill": INK, "baseline": "middle"}
    return mark("text", source, **{**settings, **encode})


def label_room(labels: Sequence[str]) -> int:
    """Pixels that row labels need left of a plot, long ones on two lines."""
    longest = max((len(line) for label in labels for line in _lines(label)), default=0)
    return round(longest * LETTER) + 26


def label_text(label: str, *, narrow: bool, y: float, **encode: object) -> Json:
    """The label of a row: on one line above it if narrow, else beside it on two lines where it is long."""
    lines = [label] if narrow else _lines(label)
    return text(text=lines, lineHeight=_LINE, y=y - (len(lines) - 1) * _LINE / 2, **encode)


def _lines(label: str) -> list[str]:
    if len(label) <= _LONG_LABEL:
        return [label]
    # Two lines of about the same length read best; what is longer still is cut.
    return textwrap.wrap(label, len(label) // 2 + 5, max_lines=2, placeholder=" …")


def linear(name: str, domain: tuple[float, float], span: tuple[float, float]) -> Json:
    """A linear scale from data to pixels."""
    return {"name": name, "type": "linear", "domain": list(domain), "range": list(span), "zero": False}


# Lean is signed, but zero has no sign.
SIGNED_LABELS: Json = {
    "labels": {"update": {"text": {"signal": "datum.value == 0 ? '0' : format(datum.value, '+')"}}}
}


def axis(scale: str, orient: str, values: Sequence[float], **more: object) -> Json:
    """A quiet axis: grid lines at the given values, their labels, no frame."""
    return {
        "scale": scale,
        "orient": orient,
        "values": list(values),
        "grid": True,
        "gridColor": GRID,
        "domain": False,
        "ticks": False,
        "labelFont": FONT,
        "labelFontSize": SMALL,
        "labelColor": CHARCOAL,
        "labelPadding": 6,
        **more,
    }


def spec(
    size: tuple[int, int],
    padding: tuple[int, int, int, int],
    *,
    data: Mapping[str, Sequence[Json]],
    scales: Sequence[Json],
    marks: Sequence[Json],
    axes: Sequence[Json] = (),
) -> Json:
    """A complete specification of the given outer size; padding is top, right, bottom, left."""
    top, right, bottom, left = padding
    return {
        "$schema": SCHEMA,
        "width": size[0] - left - right,
        "height": size[1] - top - bottom,
        "padding": {"top": top, "right": right, "bottom": bottom, "left": left},
        "autosize": "none",
        "background": "white",
        "data": [{"name": name, "values": list(values)} for name, values in data.items()],
        "scales": list(scales),
        "axes": list(axes),
        "marks": list(marks),
    }


def steps(low: float, high: float, wanted: int) -> list[float]:
    """Round values within an interval, about as many as wanted, zero among them where it lies inside."""
    from math import ceil, floor, log10

    raw = (high - low) / max(wanted, 1)
    power = 10.0 ** floor(log10(raw)) if raw > 0 else 1.0
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw - 1e-12)
    return [round(k * step, 10) for k in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]
