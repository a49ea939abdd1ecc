"""The ribbon of closeness: how near one state was to one power over the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aneroid.charts.model import CHARCOAL, INK, Chart, Json, Pole, mixed
from aneroid.charts.vega import SIGNED_LABELS, axis, field, linear, mark, scaled, spec, steps, text
from aneroid.charts.words import UNIT, capital, estimate_text, number, with_article

if TYPE_CHECKING:
    import pandas as pd

_TOP, _RIGHT, _BOTTOM, _LEFT = 30, 56, 30, 40
_PACT = 1.0  # by the definition of the unit


def closeness_ribbon(frame: pd.DataFrame, *, state: str, pole: Pole, width: int = 720) -> Chart:
    """Draw closeness of one state to one pole.

    Parameters
    ----------
    frame
        The closeness frame of one state and pole.
    state
        The state's name.
    pole
        The pole.
    width
        In pixels.

    Returns
    -------
    Chart
        Line: median; dark ribbon: half of the probability; pale: nine tenths. Zero is the median pair without a defence pact,
        one the median pair with one, 1955–1989.

    Raises
    ------
    ValueError
        If the frame is empty.
    """
    rows: list[dict[str, Any]] = [
        {
            "year": int(str(r["date"])[:4]),
            **{k: float(r[k]) for k in ("closeness", "lo50", "hi50", "lo90", "hi90")},
        }
        for r in frame.sort_values("date").to_dict("records")
    ]
    if not rows:
        raise ValueError(f"There is no estimate for {state}.")
    title = _finding(rows, state, pole)
    first, last = rows[0], rows[-1]
    ends = " ".join(
        f"{r['year']}: {estimate_text(r['closeness'], r['lo90'], r['hi90'])}." for r in (first, last)
    )
    return Chart(
        name="closeness",
        title=title,
        subtitle=f"Closeness in units, 50 and 90 % ranges; 0 = the typical pair without a defence pact; {UNIT}",
        spec=_drawn(rows, pole, width),
        data=tuple(rows),
        alt=f"Line chart. {title}. {ends}",
    )


def _finding(rows: list[dict[str, Any]], state: str, pole: Pole) -> str:
    first, last = rows[0], rows[-1]
    name, power = with_article(state), with_article(pole.name)
    apart = first["hi90"] < last["lo90"] or last["hi90"] < first["lo90"]
    if first is last or not apart:
        where = estimate_text(last["closeness"], last["lo90"], last["hi90"])
        return f"{capital(name)} and {power}: closeness {where} in {last['year']}, no clear change since {first['year']}"
    way = "nearer to" if last["closeness"] > first["closeness"] else "farther from"
    moved = number(abs(last["closeness"] - first["closeness"]))
    return f"{capital(name)} stood {moved} units {way} {power} in {last['year']} than in {first['year']}"


def _drawn(rows: list[dict[str, Any]], pole: Pole, width: int) -> Json:
    height = 300
    inner, tall = width - _LEFT - _RIGHT, height - _TOP - _BOTTOM
    low = min(-0.3, *(r["lo90"] for r in rows)) - 0.1
    high = max(1.2, *(r["hi90"] for r in rows)) + 0.1
    first, last = rows[0]["year"], rows[-1]["year"]
    years = [year for year in steps(first, last, max(2, inner // 58)) if year == int(year)] or [first]

    def ribbon(lo: str, hi: str, share: float) -> Json:
        edges = {"y": field(hi, "y"), "y2": field(lo, "y")}
        return mark("area", "rows", x=field("year", "x"), fill=mixed(pole.colour, share), **edges)

    levels: list[Json] = []
    for value, words in ((0.0, "typical pair without a pact"), (_PACT, "typical pair with a pact")):
        at, dash = scaled("y", value), [4, 3] if value else []
        levels.append(mark("rule", x=0, x2=inner, y=at, stroke=CHARCOAL, strokeDash=dash))
        for halo in ({"stroke": "white", "strokeWidth": 3}, {}):
            look = {"fontSize": 11, "fill": CHARCOAL, **halo}
            levels.append(
                text(x=inner - 2, y=scaled("y", value, offset=-7), text=words, align="right", **look)
            )
    return spec(
        (width, height),
        (_TOP, _RIGHT, _BOTTOM, _LEFT),
        data={"rows": rows},
        scales=[linear("x", (first - 0.5, last + 0.5), (0, inner)), linear("y", (low, high), (tall, 0))],
        axes=[
            axis("y", "left", steps(low, high, 6), encode=SIGNED_LABELS),
            axis("x", "bottom", years, grid=False, ticks=True, tickColor=CHARCOAL, tickSize=4, format="d"),
        ],
        marks=[
            ribbon("lo90", "hi90", 0.22),
            ribbon("lo50", "hi50", 0.5),
            mark(
                "line", "rows", x=field("year", "x"), y=field("closeness", "y"), stroke=INK, strokeWidth=2.2
            ),
            *levels,
            text(
                x=0, y=-14, text=f"▲ nearer to {with_article(pole.name)}", fontWeight="bold", fill=pole.colour
            ),
            text(
                x=inner + 6,
                y=scaled("y", rows[-1]["closeness"]),
                text=number(rows[-1]["closeness"], signed=True),
                fontWeight="bold",
                fontSize=13,
            ),
        ],
    )
