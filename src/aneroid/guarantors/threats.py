"""What a state may need protection from: wars within, other states, powers, and conflict next door."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aneroid.guarantors.forces import presences
from aneroid.guarantors.model import Threat
from aneroid.guarantors.provisions import LEVELS, spans
from aneroid.guarantors.ties import FIRST, Ties, borders
from aneroid.states.poles import ALL
from aneroid.states.registry import states

WITHIN_YEARS, BETWEEN_YEARS, NEXT_DOOR_YEARS, DISPUTE_YEARS = 10, 20, 3, 20
INTENSITY = {1: "minor conflict", 2: "war"}


def threats(ties: Ties, row: int, year: int) -> tuple[Threat, ...]:
    """List threats on record up to a year.

    Parameters
    ----------
    ties
        From :func:`aneroid.guarantors.ties.load_ties`.
    row
        Row of the state.
    year
        Last year looked at.

    Returns
    -------
    tuple of Threat
        Armed groups, other states, poles (disputes, presence against the government's will), conflict next
        door. Disputes with states that are no poles are not in the packaged record.
    """
    state = ties.states[row]
    found = [*_fought(ties, state, year), *_poles(ties, row, year), *_next_door(ties, state, year)]
    return tuple(found)


def _fought(ties: Ties, state: str, year: int) -> Iterator[Threat]:
    table = ties.conflicts
    own = table[(table["state"] == state) & (table["year"] <= year)]
    inner = own[(own["type"] >= 3) & (own["year"] > year - WITHIN_YEARS)]
    outer = own[(own["type"] == 2) & (own["year"] > year - BETWEEN_YEARS)]
    for kind, part in (("within", inner), ("another state", outer)):
        for _, rows in part.groupby("conflict_id"):
            rows = rows.sort_values("year")
            years = [int(each) for each in rows["year"]]
            worst = INTENSITY[int(rows["intensity"].max())]
            text = f"{rows['opponent'].iloc[-1]}: {worst} ({spans(years)})"
            yield Threat(kind, text, years[0], years[-1], "ucdp")


def _poles(ties: Ties, row: int, year: int) -> Iterator[Threat]:
    state = ties.states[row]
    for each in presences():
        if each.host == state and not each.consent and each.present(year):
            name = states()[each.guarantor].name
            text = f"{name}: {each.text} since {each.first}, against the declared will of the government"
            yield Threat("power", text, each.first, year, "hand list")
    start, end = max(year - DISPUTE_YEARS + 1 - FIRST, 0), year - FIRST + 1
    for pole, name in enumerate(ALL):
        series = ties.readings["dispute"][row, pole, start:end]
        hostile = np.flatnonzero(np.nan_to_num(series) >= 3)
        if len(hostile):
            years = (hostile + start + FIRST).tolist()
            level = LEVELS[int(np.nanmax(series))]
            text = f"{states()[name].name}: disputes up to {level} ({spans(years)})"
            yield Threat("power", text, years[0], years[-1], "mid")


def _next_door(ties: Ties, state: str, year: int) -> Iterator[Threat]:
    table = ties.conflicts
    near = table[
        table["state"].isin(borders(state, year))
        & table["year"].between(year - NEXT_DOOR_YEARS + 1, year)
        & (table["type"] >= 3)
    ]
    for neighbour, rows in near.groupby("state"):
        worst = INTENSITY[int(rows["intensity"].max())]
        years = sorted({int(each) for each in rows["year"]})
        yield Threat(
            "next door",
            f"{states()[str(neighbour)].name}: {worst} ({spans(years)})",
            years[0],
            years[-1],
            "ucdp",
        )
