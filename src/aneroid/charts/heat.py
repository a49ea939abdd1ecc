"""The heat map: closeness of one state to every power, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from aneroid.charts.model import BLUE, INK, MUTED, OCHRE, PALE, Chart, Json, mixed
from aneroid.charts.vega import LETTER, axis, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import UNIT, capital, fixed, with_article

if TYPE_CHECKING:
    import pandas as pd

_ROW, _ROW_NARROW, _NARROW = 28, 40, 480
_FULL = 2.0  # units at which the colour is full


def heat(frame: pd.DataFrame, *, state: str, names: Mapping[str, str], width: int = 720) -> Chart:
    """Draw closeness of a state to all poles as cells.

    Parameters
    ----------
    frame
        The closeness frame of one state.
    state
        The state's name.
    names
        Names of the poles by id.
    width
        In pixels; under 480 names stand above their rows.

    Returns
    -------
    Chart
        Blue: nearer than the typical pair without a defence pact; ochre: farther; stronger colour, farther from it. A dot marks
        cells whose likely range includes zero. The number at the right is that of the last year.

    Raises
    ------
    ValueError
        If the frame is empty.
    """
    if frame.empty:
        raise ValueError(f"There is no estimate for {state}.")
    years = sorted({int(str(date)[:4]) for date in frame["date"]})
    last = frame[frame["date"].astype(str).str[:4] == str(years[-1])].sort_values(
        "closeness", ascending=False
    )
    order = [str(pole) for pole in last["pole"]]
    order += sorted(set(frame["pole"].astype(str)) - set(order))
    near = order[0]
    title = f"{capital(with_article(names.get(near, near)))} is the power nearest to {with_article(state)} in {years[-1]}"
    values = zip(last["pole"].astype(str), last["closeness"].astype(float), strict=True)
    ends = " ".join(f"{names.get(pole, pole)} {fixed(value, 1, signed=True)}." for pole, value in values)
    return Chart(
        name="heat",
        title=title,
        subtitle="Closeness in units; blue nearer, ochre farther than the typical pair without a pact; dot: the range "
        f"includes that; {UNIT}",
        spec=_drawn(frame, order, names, (years[0], years[-1]), width),
        data=tuple(
            {
                "pole": r.pole,
                "year": int(str(r.date)[:4]),
                "closeness": r.closeness,
                "lo90": r.lo90,
                "hi90": r.hi90,
            }
            for r in frame.itertuples()
        ),
        alt=f"Heat map. {title}. In {years[-1]}: {ends}",
    )


def _drawn(
    frame: pd.DataFrame, order: list[str], names: Mapping[str, str], years: tuple[int, int], width: int
) -> Json:
    narrow = width < _NARROW
    row = _ROW_NARROW if narrow else _ROW
    left = 8 if narrow else round(max(len(names.get(p, p)) for p in order) * LETTER) + 26
    inner, tall = width - left - 44, row * len(order)
    marks: list[Json] = []
    for place, pole in enumerate(order):
        y = place * row + (18 if narrow else 3)
        y2 = (place + 1) * row - 3
        middle = (y + y2) / 2
        name = names.get(pole, pole)
        marks.append(mark("rect", x=0, x2=inner, y=y, y2=y2, fill=PALE))
        where = {"x": 0, "y": place * row + 9} if narrow else {"x": -10, "y": middle, "align": "right"}
        marks.append(text(text=name, **where))
        mine = frame[frame["pole"] == pole].sort_values("date")
        for date, value, low, high in zip(
            mine["date"], mine["closeness"], mine["lo90"], mine["hi90"], strict=True
        ):
            year = int(str(date)[:4])
            colour = mixed(BLUE if value >= 0 else OCHRE, min(1.0, 0.08 + 0.92 * abs(value) / _FULL))
            cell = {"x": scaled("x", year - 0.5), "x2": scaled("x", year + 0.5)}
            marks.append(mark("rect", y=y, y2=y2, fill=colour, **cell))
            if low < 0 < high:
                marks.append(mark("symbol", x=scaled("x", year), y=middle, size=5, fill=MUTED))
        if len(mine):
            latest = fixed(float(mine["closeness"].iloc[-1]), 1, signed=True)
            marks.append(text(x=inner + 8, y=middle, text=latest, fontWeight="bold", fill=INK))
    ticks = [year for year in steps(years[0], years[1], max(2, inner // 58)) if year == int(year)] or [
        years[0]
    ]
    return spec(
        (width, tall + 32),
        (4, 44, 28, left),
        data={},
        scales=[linear("x", (years[0] - 0.5, years[1] + 0.5), (0, inner))],
        axes=[axis("x", "bottom", ticks, grid=False, format="d")],
        marks=marks,
    )
