"""Past departures as strips: one row a case, one cell a year, from two years before the cut to five after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.charts.model import BLUE, CHARCOAL, INK, OCHRE, PALE, Chart, Json
from aneroid.charts.vega import label_room, label_text, linear, mark, scaled, spec, text
from aneroid.charts.words import count, listed

if TYPE_CHECKING:
    from aneroid.scenarios.model import Withdrawal

_PITCH = 30
_NARROW = 480
_BEFORE, _AFTER = 2, 5
_FILLS = {0: PALE, 1: OCHRE, 2: CHARCOAL}
_SIGNS = {0: "none", 1: "minor", 2: "war", None: "?"}


@dataclass(frozen=True, slots=True)
class EpisodeRow:
    """One case: conflict by year from the cut (0 none, 1 minor, 2 war, None unknown)."""

    label: str
    levels: dict[int, int | None]  # years from the cut → level

    def record(self) -> Json:
        """The row as plain values."""
        return {"label": self.label, **{f"year{at:+d}": level for at, level in sorted(self.levels.items())}}


def episode_rows(found: Withdrawal) -> list[EpisodeRow]:
    """Take the nearest cases out of a withdrawal scenario."""
    return [
        EpisodeRow(
            case.member.episode.label,
            {step.year - case.member.episode.year: step.conflict for step in case.timeline},
        )
        for case in found.analogs
    ]


def episode_strips(rows: Sequence[EpisodeRow], *, guarantor: str, host: str, width: int = 680) -> Chart:
    """Draw what followed the nearest past departures.

    Parameters
    ----------
    rows
        Nearest first.
    guarantor, host
        Names, for the title.
    width
        In pixels; under 480 labels stand above their rows.

    Returns
    -------
    Chart
        Each cell is a calendar year; colour and word say how much conflict the host was in. Cases are examples, not odds.
    """
    wars = [row.label for row in rows if any(level == 2 for at, level in row.levels.items() if at > 0)]
    followed = f"war followed in {listed(wars)}" if wars else "no war followed in any"
    title = f"Of {count(len(rows), 'case')} nearest to {host}, {followed} within five years"
    return Chart(
        name="episodes",
        title=title,
        subtitle=f"Armed conflict by year around departures of {guarantor}. Examples, not odds. Source: UCDP",
        spec=_drawn(rows, width),
        data=tuple(row.record() for row in rows),
        alt=f"{title}. " + " ".join(_told(row) for row in rows),
    )


def _told(row: EpisodeRow) -> str:
    words = {0: "none", 1: "minor", 2: "war", None: "unknown"}
    return f"{row.label}: {', '.join(words[row.levels.get(at)] for at in range(-_BEFORE, _AFTER + 1))}."


def _drawn(rows: Sequence[EpisodeRow], width: int) -> Json:
    narrow = width < _NARROW
    left = 14 if narrow else label_room([row.label for row in rows])
    pitch = _PITCH + (14 if narrow else 0)
    plot = width - left - 14
    cell = plot / (_BEFORE + _AFTER + 1)
    marks: list[Json] = []
    for place, row in enumerate(rows):
        top = place * pitch + (18 if narrow else 2)
        label_y = place * pitch + (8 if narrow else 14)
        spot = {"x": 0, "align": "left"} if narrow else {"x": -12, "align": "right"}
        marks.append(label_text(row.label, narrow=narrow, y=label_y, **spot))
        for at in range(-_BEFORE, _AFTER + 1):
            marks += _cell(row.levels.get(at), (at + _BEFORE) * cell, top, cell)
    foot = len(rows) * pitch + 14
    for at in range(-_BEFORE, _AFTER + 1):
        name = "cut" if at == 0 else f"{at:+d}".replace("-", "−")
        marks.append(text(text=name, x=scaled("x", at + 0.5), y=foot, align="center", fill=INK))
    edge = scaled("x", 1)
    marks.append(mark("rule", x=edge, x2=edge, y=0, y2=len(rows) * pitch, stroke=BLUE, strokeWidth=2))
    return spec(
        (width, foot + 26),
        (8, 14, 18, left),
        data={},
        scales=[linear("x", (-_BEFORE, _AFTER + 1), (0, plot))],
        marks=marks,
    )


def _cell(level: int | None, x: float, y: float, width: float) -> list[Json]:
    fill = _FILLS[level] if level is not None else "white"
    ink = "white" if level in (1, 2) else INK
    box = mark("rect", x=x + 1, width=width - 2, y=y, height=22, fill=fill, stroke=CHARCOAL, strokeWidth=0.5)
    return [box, text(text=_SIGNS[level], x=x + width / 2, y=y + 11, align="center", fill=ink)]
