"""Shares of protection: one row a pole, a dot with its likely range, and the share of nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.charts.model import BLUE, CHARCOAL, INK, Chart, Json
from aneroid.charts.vega import axis, field, label_room, label_text, linear, mark, scaled, spec, text
from aneroid.charts.words import listed, with_article

if TYPE_CHECKING:
    from aneroid.guarantors.model import Assessment

_PITCH = 34
_NARROW = 480


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One pole: its share of protection, 0 to 1, with the range that holds nine in ten."""

    label: str
    share: float
    low: float
    high: float
    provides: str = ""

    def record(self) -> Json:
        """The row as plain values."""
        return {
            "label": self.label,
            "share": self.share,
            "low": self.low,
            "high": self.high,
            "provides": self.provides,
        }


def share_rows(found: Assessment) -> list[ShareRow]:
    """Take the shares out of an assessment."""
    return [
        ShareRow(
            each.name,
            each.share.mid,
            each.share.low,
            each.share.high,
            "; ".join(item.text for item in each.items if item.known),
        )
        for each in found.provisions
    ]


def guarantor_shares(
    rows: Sequence[ShareRow], *, state: str, year: int, verdict: str, width: int = 680
) -> Chart:
    """Draw who protects a state, as shares with their ranges.

    Parameters
    ----------
    rows
        Largest share first; what is missing to 100 % is nobody's.
    state, year
        Whom and when.
    verdict
        The finding in a sentence; it becomes the title.
    width
        In pixels; under 480 labels stand above their rows.

    Returns
    -------
    Chart
        A dot is the estimate, a bar the likely range; all bars share one scale from 0 to 100 %.
    """
    shown = [row for row in rows if row.high >= 0.01]
    parts = [
        f"{row.label} {_percent(row.share)} ({_percent(row.low)} to {_percent(row.high)})" for row in shown
    ]
    told = f"Shares of protection: {listed(parts)}." if parts else "No pole has a share."
    return Chart(
        name="guarantors",
        title=verdict.removesuffix("."),
        subtitle=f"Share of the protection that ties add for {with_article(state)}, {year}; likely range (9 in 10)",
        spec=_drawn(shown, width),
        data=tuple(row.record() for row in rows),
        alt=f"{verdict} {told}",
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _drawn(rows: Sequence[ShareRow], width: int) -> Json:
    narrow = width < _NARROW
    left = 14 if narrow else label_room([row.label for row in rows])
    pitch = _PITCH + (14 if narrow else 0)
    height = max(len(rows), 1) * pitch
    values = [{**row.record(), "y": place * pitch + pitch - 14} for place, row in enumerate(rows)]
    marks = [
        mark(
            "rect",
            "rows",
            x=field("low", "x"),
            x2=field("high", "x"),
            y={"field": "y", "offset": -3},
            height=6,
            fill=BLUE,
            opacity=0.35,
        ),
        mark("symbol", "rows", x=field("share", "x"), y=field("y"), fill=BLUE, size=90, stroke=INK),
    ]
    for place, row in enumerate(rows):
        y = place * pitch + (8 if narrow else pitch - 14)
        place_text = {"x": 0, "align": "left"} if narrow else {"x": -12, "align": "right"}
        marks.append(label_text(row.label, narrow=narrow, y=y, **place_text))
    if not rows:
        marks.append(
            text(text="No pole has a share on this record.", x=scaled("x", 0.5), y=16, align="center")
        )
    bottom = axis("x", "bottom", [0, 0.25, 0.5, 0.75, 1], format=".0%", labelColor=CHARCOAL)
    return spec(
        (width, height + 46),
        (8, 24, 38, left),
        data={"rows": values},
        scales=[linear("x", (0, 1), (0, width - left - 24))],
        axes=[bottom],
        marks=marks,
    )
