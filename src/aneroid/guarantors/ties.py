"""What ties states to poles, as arrays by state, pole and year that know what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.guarantors.forces import presences
from aneroid.record.security import conflicts, supporters, ties, troops
from aneroid.record.store import Store
from aneroid.states import all_states
from aneroid.states.geography import neighbours
from aneroid.states.poles import ALL
from aneroid.states.registry import states

if TYPE_CHECKING:
    import pandas as pd

FIRST, LAST = 1946, 2024
YEARS = LAST - FIRST + 1
CARRY = 8  # years for which the last known treaty or sanction stands in
ARMS_WINDOW = 10
SANCTIONS = ("sanctions_trade", "sanctions_arms", "sanctions_other")
READ = ["alliance", "consultation", "arms_deliveries", "defence_agreements", "dispute", *SANCTIONS]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ties:
    """Readings laid out as states × poles × years from 1946, NaN where there is none; and the record of conflicts."""

    states: tuple[str, ...]
    readings: dict[str, Floats]
    troops: Floats  # states × years, forces of the United States
    presence: NDArray[np.bool_]  # states × poles × years: hand-listed, with consent
    helped: NDArray[np.bool_]  # states × poles × years: troops sent in support of the state, as UCDP codes it
    region: NDArray[np.intp]  # number of the region of each state
    conflicts: pd.DataFrame
    supporters: pd.DataFrame

    def row(self, state: str) -> int:
        """Row of a state."""
        return self.states.index(state)

    def latest(self, name: str, row: int, pole: int, year: int) -> tuple[float, int] | None:
        """The last reading in ``year`` or a few years before, with its year."""
        for back in range(CARRY + 1):
            place = year - back - FIRST
            if 0 <= place < YEARS:
                value = self.readings[name][row, pole, place]
                if not np.isnan(value):
                    return float(value), year - back
        return None

    def deliveries(self, row: int, year: int, window: int) -> Floats:
        """Deliveries in million TIV by pole and year, oldest first; NaN counts as none delivered by that pole."""
        start, end = max(year - window + 1 - FIRST, 0), min(year - FIRST + 1, YEARS)
        return np.nan_to_num(np.expm1(self.readings["arms_deliveries"][row, :, start:end]))


def load_ties(store: Store) -> Ties:
    """Read everything from the store.

    Parameters
    ----------
    store
        The store.

    Returns
    -------
    Ties
        All states since 1946, all nine poles.
    """
    known = [state.id for state in all_states() if state.last.year >= FIRST and state.first.year <= LAST]
    rows = {state: number for number, state in enumerate(known)}
    table = ties(store, READ)
    table = table[table["state"].isin(known) & table["year"].between(FIRST, LAST)]
    readings = {name: np.full((len(known), len(ALL), YEARS), np.nan) for name in READ}
    pole_rows = {pole: number for number, pole in enumerate(ALL)}
    for name, part in table.groupby("indicator"):
        at = (part["state"].map(rows), part["pole"].map(pole_rows), part["year"] - FIRST)
        readings[str(name)][tuple(column.to_numpy(dtype=int) for column in at)] = part["value"].to_numpy()
    forces = troops(store).dropna(subset="troops")
    forces = forces[forces["host"].isin(known)]
    counted = np.full((len(known), YEARS), np.nan)
    places = forces["host"].map(rows).to_numpy(dtype=int), forces["year"].to_numpy(dtype=int) - FIRST
    counted[places] = forces["troops"].to_numpy(dtype=float)
    sent = supporters(store)
    return Ties(
        states=tuple(known),
        readings=readings,
        troops=counted,
        presence=_presence(rows, pole_rows),
        helped=_helped(sent, rows, pole_rows),
        region=np.unique([states()[state].region for state in known], return_inverse=True)[1],
        conflicts=conflicts(store),
        supporters=sent,
    )


def _helped(sent: pd.DataFrame, rows: dict[str, int], poles: dict[str, int]) -> NDArray[np.bool_]:
    found = np.zeros((len(rows), len(poles), YEARS), dtype=bool)
    known = sent[sent["supporter"].isin(list(poles)) & sent["state"].isin(list(rows))]
    at = (known["state"].map(rows), known["supporter"].map(poles), known["year"] - FIRST)
    found[tuple(column.to_numpy(dtype=int) for column in at)] = True
    return found


def _presence(rows: dict[str, int], poles: dict[str, int]) -> NDArray[np.bool_]:
    listed = np.zeros((len(rows), len(poles), YEARS), dtype=bool)
    for each in presences():
        if each.consent and each.guarantor in poles and each.host in rows:
            last = YEARS if each.last is None else each.last - FIRST + 1
            listed[rows[each.host], poles[each.guarantor], max(each.first - FIRST, 0) : max(last, 0)] = True
    return listed


@cache
def borders(state: str, year: int) -> frozenset[str]:
    """States with a land border."""
    return frozenset(other.id for other in neighbours(state, year))
