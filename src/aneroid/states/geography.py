"""Which states there were, where they lie, and who borders whom."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.states.dates import Span, When, span_of, stored_span
from aneroid.states.lookup import state_of
from aneroid.states.registry import states, table

if TYPE_CHECKING:
    from aneroid.states.model import State

REGIONS: tuple[str, ...] = (
    "North America",
    "Central America",
    "Caribbean",
    "South America",
    "Americas",
    "Latin America",
    "Western Europe",
    "Eastern Europe",
    "Europe",
    "Nordic countries",
    "Baltic states",
    "Balkans",
    "Visegrad countries",
    "South Caucasus",
    "Central Asia",
    "Post-Soviet states",
    "Eurasia",
    "Middle East",
    "Gulf",
    "Levant",
    "North Africa",
    "Maghreb",
    "Middle East and North Africa",
    "West Africa",
    "Central Africa",
    "East Africa",
    "Southern Africa",
    "Africa",
    "Sub-Saharan Africa",
    "Sahel",
    "Horn of Africa",
    "South Asia",
    "East Asia",
    "Southeast Asia",
    "Asia",
    "Asia-Pacific",
    "Oceania",
)
"""Names that `members` knows. Regions overlap: Egypt is in the Middle East and in North Africa."""


def all_states(on: When | None = None) -> tuple[State, ...]:
    """List the states of the world.

    Parameters
    ----------
    on
        A year, month or day; without it every state since 1816 is listed.

    Returns
    -------
    tuple of State
        Those that stood on any day of ``on``, in the order of their Correlates of War numbers.
    """
    return tuple(state for state in states().values() if on is None or state.existed(on))


def exists(state: State | str, on: When) -> bool:
    """Tell whether a state stood on a date, or on any day of a year or month.

    Occupation, union with another state and colonial rule interrupt it: Syria does not exist while it is part
    of the United Arab Republic, 1958 to 1961.
    """
    return state_of(state).existed(on)


def members(region: str, on: When | None = None) -> tuple[State, ...]:
    """List the states of a region.

    Parameters
    ----------
    region
        One of `REGIONS`, in any case.
    on
        A year, month or day; without it the states of today.

    Returns
    -------
    tuple of State
        In the order of `all_states`.

    Raises
    ------
    InputError
        If the region is not listed.
    """
    known = {name.casefold(): name for name in REGIONS}
    name = known.get(region.strip().casefold())
    if name is None:
        raise InputError(f'Unknown region "{region}". Use one of {", ".join(REGIONS)}.')
    ids = _region_ids(name)
    return tuple(state for state in all_states(dt.date.max if on is None else on) if state.id in ids)


@cache
def _region_ids(name: str) -> frozenset[str]:
    groups = {row["region"]: row for row in table("regions.csv")}
    ids = {state.id for state in states().values() if state.region == name}
    if name in groups:
        row = {key: [part for part in cell.split(";") if part] for key, cell in groups[name].items()}
        ids |= set(row["also"]).union(*(_region_ids(part) for part in row["includes"]))
        ids -= set(row["without"])
    return frozenset(ids)


@cache
def _borders() -> dict[str, list[tuple[str, Span]]]:
    found: dict[str, list[tuple[str, Span]]] = {}
    for row in table("borders.csv"):
        span = stored_span(row["from"], row["to"])
        for one, other in ((row["a"], row["b"]), (row["b"], row["a"])):
            found.setdefault(one, []).append((other, span))
    return found


def neighbours(state: State | str, on: When | None = None) -> tuple[State, ...]:
    """List the states that share a land border with a state.

    Borders of colonies and overseas territories do not count, except where they are part of the state proper
    (French Guiana, Ceuta and Melilla).

    Parameters
    ----------
    state
        A state, its id or name.
    on
        A year, month or day; without it today, or the last day of a state that has ended.

    Returns
    -------
    tuple of State
        In the order of `all_states`; empty for islands, and when the state itself did not exist then.
    """
    home = state_of(state)
    period = span_of(home.last if on is None else on)
    if not home.existed(period.first) and not home.existed(period.last):
        return ()
    bordering = {other for other, span in _borders().get(home.id, []) if span.overlaps(period)}
    return tuple(other for other in states().values() if other.id in bordering and _stood(other, period))


def _stood(state: State, period: Span) -> bool:
    return any(spell.overlaps(period) for spell in state.spells)
