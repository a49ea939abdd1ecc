"""What a chart is, and the colours that name the poles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Json = dict[str, object]

BLUE = "#005EA5"
OCHRE = "#B35900"
CHARCOAL = "#3D3D3D"
INK = "#1A1A1A"
MUTED = "#595959"  # 7:1 on white: small print stays readable
GRID = "#DDDDDD"
PALE = "#EFEFEF"
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"

# The third and later poles share charcoal: they are told apart by marker, dash and name.
_LOOKS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    (BLUE, "circle", ()),
    (OCHRE, "diamond", (6, 3)),
    (CHARCOAL, "square", (2, 2)),
    (CHARCOAL, "triangle-up", (8, 2, 2, 2)),
    (CHARCOAL, "cross", (1, 3)),
)


@dataclass(frozen=True, slots=True)
class Pole:
    """A power that others are measured against, with its colour and the second cues that go with it."""

    code: str
    name: str
    colour: str
    marker: str
    dash: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture as data: what it shows, in which unit, and the same in words.

    ``spec`` is a complete Vega specification with its data inside; ``data`` are the same numbers as records,
    for a table or a file; ``alt`` states the finding for those who do not see the picture.
    """

    name: str
    title: str
    subtitle: str
    spec: Json
    data: tuple[Json, ...]
    alt: str


def mixed(colour: str, share: float) -> str:
    """A colour mixed with white: solid, since some printers drop the transparency of gradients.

    Parameters
    ----------
    colour
        As ``#RRGGBB``.
    share
        Of the colour, between 0 (white) and 1.

    Returns
    -------
    str
        As ``#RRGGBB``.
    """
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - share * (255 - part)):02X}" for part in parts)


def poles(named: Sequence[tuple[str, str]]) -> tuple[Pole, ...]:
    """Give each pole of a set its colour, marker and dash, by its place in the set.

    Parameters
    ----------
    named
        Pairs of state id and name, in the order in which the user gave them.

    Returns
    -------
    tuple of Pole
        In the same order: blue, ochre, then charcoal with different markers and dashes.
    """
    return tuple(
        Pole(code, name, *_LOOKS[min(place, len(_LOOKS) - 1)]) for place, (code, name) in enumerate(named)
    )
