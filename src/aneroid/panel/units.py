"""The rows of a panel: which states stand in which years, and under which code.

A code is given out with its year. Where two states held one code within a year (345 in 2006: Yugoslavia, then
Serbia) the holder of the last day has the row, so that a code and a year name one row and no other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from aneroid.errors import InputError
from aneroid.states import UnknownState, all_states, exists, from_code, to

CODES = {"iso3": "iso3", "cow": "ccode", "gw": "gwcode"}
"""Code system → name of its column."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A state in a year."""

    state: str
    code: int | str
    name: str
    year: int
    in_system: bool


def plain(text: str) -> str:
    """Write a name in ASCII, so that every program reads the file without being told its encoding."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@cache
def code_of(system: str, state: str, year: int) -> int | str | None:
    """Code of a state in a year, or None where it has none or another state holds it at the year's end."""
    try:
        code = to(system, state, on=year)
    except UnknownState:
        # A withdrawn series that no list gave a code (the Republic of Vietnam) keeps our id under iso3.
        return state if system == "iso3" else None
    return code if from_code(system, code, year) == state else None


def states_of(years: tuple[int, int], estimated: Iterable[str] = ()) -> tuple[str, ...]:
    """All states that stood in one of the years or have an estimate, in the order of their codes."""
    wanted = set(estimated)
    for year in range(years[0], years[1] + 1):
        wanted |= {state.id for state in all_states(year)}
    return tuple(state.id for state in all_states() if state.id in wanted)


def units(
    states: Iterable[str], years: tuple[int, int], system: str, estimated: set[tuple[str, int]]
) -> tuple[list[Unit], dict[str, int]]:
    """List the rows of a panel.

    Parameters
    ----------
    states
        Ids.
    years
        First and last year.
    system
        ``iso3``, ``cow`` or ``gw``.
    estimated
        State and year of every estimate: such a row is kept also where the state did not stand (Ukraine voted in
        the General Assembly from 1946 on).

    Returns
    -------
    units, left_out
        Rows by state and year; and for states without a code in some years, how many years are left out.

    Raises
    ------
    InputError
        The code system is not one of `CODES`.
    """
    if system not in CODES:
        raise InputError(f'Unknown codes "{system}". A panel is written with {", ".join(CODES)}.')
    rows: list[Unit] = []
    left_out: dict[str, int] = {}
    names = {state.id: plain(state.name) for state in all_states()}
    for state in states:
        for year in range(years[0], years[1] + 1):
            stood = exists(state, year)
            if not stood and (state, year) not in estimated:
                continue
            code = code_of(system, state, year)
            if code is None:
                left_out[state] = left_out.get(state, 0) + 1
            else:
                rows.append(Unit(state, code, names[state], year, stood))
    return rows, left_out
