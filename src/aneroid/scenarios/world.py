"""Conflict and forces of all states by year, as arrays that know what is missing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.states import all_states

if TYPE_CHECKING:
    import pandas as pd

UNKNOWN = -1
FIRST = 1946


@dataclass(frozen=True)
class World:
    """Rows are states, columns years from 1946.

    ``level``: 0 no armed conflict, 1 minor, 2 war, −1 no such state or outside coverage. ``troops``: United
    States forces, NaN where nothing was reported. A war counts wherever it was fought, as long as the state
    was a party.
    """

    states: tuple[str, ...]
    names: tuple[str, ...]
    regions: tuple[str, ...]
    level: NDArray[np.int8]
    troops: NDArray[np.float64]

    @property
    def last(self) -> int:
        """Last year known."""
        return FIRST + int(self.level.shape[1]) - 1

    def row(self, state: str) -> int:
        """Row of a state; ValueError where it has none."""
        return self.states.index(state)

    def conflict(self, state: str, year: int) -> int | None:
        """Level of conflict, or None where it is not known."""
        if not FIRST <= year <= self.last:
            return None
        found = int(self.level[self.row(state), year - FIRST])
        return None if found == UNKNOWN else found

    def strength(self, state: str, year: int) -> int | None:
        """United States forces, or None where not reported."""
        if not FIRST <= year <= self.last:
            return None
        found = self.troops[self.row(state), year - FIRST]
        return None if np.isnan(found) else int(found)

    def until(self, year: int) -> World:
        """What was on record at the end of a year."""
        columns = max(year - FIRST + 1, 0)
        return replace(self, level=self.level[:, :columns], troops=self.troops[:, :columns])


def build_world(conflicts: pd.DataFrame, troops: pd.DataFrame) -> World:
    """Lay conflicts and troops out by state and year.

    Parameters
    ----------
    conflicts
        ``state, year, intensity`` of parties, as :func:`aneroid.record.security.conflicts` gives them.
    troops
        ``host, year, troops`` with nulls for what was not reported.

    Returns
    -------
    World
        From 1946 to the last year of conflicts.
    """
    last = int(conflicts["year"].max())
    known = [state for state in all_states() if state.last.year >= FIRST and state.first.year <= last]
    rows = {state.id: number for number, state in enumerate(known)}
    level = np.full((len(known), last - FIRST + 1), UNKNOWN, dtype=np.int8)
    for number, state in enumerate(known):
        for spell in state.spells:
            level[number, max(spell.first.year - FIRST, 0) : max(spell.last.year - FIRST + 1, 0)] = 0
    worst = conflicts.groupby(["state", "year"])["intensity"].max().reset_index()
    at = worst["state"].map(rows).to_numpy(dtype=int), worst["year"].to_numpy(dtype=int) - FIRST
    level[at] = worst["intensity"].to_numpy(dtype=np.int8)
    strength = np.full(level.shape, np.nan)
    reported = troops.dropna(subset="troops")
    reported = reported[reported["host"].isin(list(rows)) & reported["year"].between(FIRST, last)]
    places = reported["host"].map(rows).to_numpy(dtype=int)
    strength[places, reported["year"].to_numpy(dtype=int) - FIRST] = reported["troops"].to_numpy(dtype=float)
    return World(
        tuple(state.id for state in known),
        tuple(state.name for state in known),
        tuple(state.region for state in known),
        level,
        strength,
    )
