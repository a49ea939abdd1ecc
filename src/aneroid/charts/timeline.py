"""The evidence timeline: facts, deals and claims of a state by year, to stand under its trajectory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from aneroid.charts.model import CHARCOAL, INK, MUTED, Chart, Json
from aneroid.charts.vega import axis, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import count, listed, with_article

_KINDS = (
    ("fact", "Dated facts", "circle"),
    ("deal", "Arms deals", "diamond"),
    ("claim", "Claims in articles", "square"),
)
_ROW, _NARROW = 64, 480
_MOST = 5  # marks stacked in one year


@dataclass(frozen=True, slots=True)
class Happening:
    """Something with a year: what kind of evidence, and what it says."""

    year: str
    kind: str
    text: str


def timeline(found: Sequence[Happening], *, state: str, start: int, end: int, width: int = 720) -> Chart:
    """Draw how much dated evidence there is, by kind and year.

    Parameters
    ----------
    found
        What happened or was said.
    state
        The state's name.
    start, end
        First and last year drawn.
    width
        In pixels.

    Returns
    -------
    Chart
        One mark an item up to five a year and kind; a number beside the stack counts those beyond. Filled: on record;
        hollow: only claimed.
    """
    counts = Counter((item.kind, int(item.year)) for item in found if start <= int(item.year) <= end)
    title = _finding(counts, state, start, end)
    return Chart(
        name="timeline",
        title=title,
        subtitle="One mark an item; filled: on record, hollow: only claimed. Articles are those read into this store",
        spec=_drawn(counts, start, end, width),
        data=tuple({"year": int(item.year), "kind": item.kind, "text": item.text} for item in found),
        alt=f"{title}. "
        + " ".join(f"{words}: {count(_total(counts, kind), 'item')}." for kind, words, _ in _KINDS),
    )


def _total(counts: Counter[tuple[str, int]], kind: str) -> int:
    return sum(many for (name, _), many in counts.items() if name == kind)


def _finding(counts: Counter[tuple[str, int]], state: str, start: int, end: int) -> str:
    years: Counter[int] = Counter()
    for (_, year), many in counts.items():
        years[year] += many
    if not years:
        return f"No dated evidence on {with_article(state)} in {start}–{end}"
    most = max(years.values())
    peak = sorted(year for year, many in years.items() if many == most)
    when = listed([str(year) for year in peak[:3]])
    items = count(sum(years.values()), "dated item")
    return f"{items} on {with_article(state)} in {start}–{end}, most in {when}"


def _drawn(counts: Counter[tuple[str, int]], start: int, end: int, width: int) -> Json:
    narrow = width < _NARROW
    left = 12 if narrow else 140
    inner, tall = width - left - 24, _ROW * len(_KINDS)
    years = [year for year in steps(start, end, max(2, inner // 58)) if year == int(year)] or [start]
    marks: list[Json] = []
    for place, (kind, words, shape) in enumerate(_KINDS):
        base = (place + 1) * _ROW - 8
        marks.append(mark("rule", x=0, x2=inner, y=base, stroke="#9A9A9A"))
        if narrow:
            marks.append(text(x=0, y=base - 47, text=words, fill=INK))
        else:
            marks.append(text(x=-12, y=base - 10, text=words, align="right", fill=INK))
        for (name, year), many in sorted(counts.items()):
            if name != kind:
                continue
            x = scaled("x", year)
            for step in range(min(many, _MOST)):
                look = {
                    "fill": "white" if kind == "claim" else CHARCOAL,
                    "stroke": CHARCOAL,
                    "strokeWidth": 1.2,
                }
                marks.append(mark("symbol", x=x, y=base - 6 - step * 7.5, shape=shape, size=32, **look))
            if many > _MOST:
                marks.append(text(x=x, y=base - 50, text=str(many), align="center", fontSize=11, fill=MUTED))
    return spec(
        (width, tall + 30),
        (2, 24, 28, left),
        data={},
        scales=[linear("x", (start - 0.5, end + 0.5), (0, inner))],
        axes=[axis("x", "bottom", years, format="d")],
        marks=marks,
    )
