"""Put a panel together: rows, estimates, draws, readings, labels, and the sources that stand behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.panel.estimates import (
    closeness_of,
    draws_of,
    labels_of,
    lean_of,
    place,
    place_draws,
)
from aneroid.panel.readings import indicator_columns, indicator_labels
from aneroid.panel.units import CODES, Unit, code_of, plain, states_of, units

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.fit import OrientationFit
    from aneroid.sources.indicators import Indicator

UNITS = ("state-year", "dyad-year")
NUMERIC = ("cow", "gw")
MOST_DRAWS = 1000
STATES_AT_ONCE = 25
"""A panel is made in blocks of states, so that many draws of all states need not stand in memory at once."""


@dataclass(frozen=True)
class PanelSpec:
    """What a panel is asked to hold."""

    unit: str
    codes: str
    years: tuple[int, int]
    poles: tuple[str, ...]
    draws: int = 0
    indicators: bool = False

    def checked(self) -> PanelSpec:
        """Refuse what cannot be.

        Raises
        ------
        InputError
            Unit, codes, years or number of draws cannot be used.
        """
        if self.unit not in UNITS:
            raise InputError(f'Unknown unit "{self.unit}". A panel has one row a {" or a ".join(UNITS)}.')
        if self.codes not in CODES:
            raise InputError(f'Unknown codes "{self.codes}". A panel is written with {", ".join(CODES)}.')
        if self.years[0] > self.years[1]:
            raise InputError(f"--years {self.years[0]}:{self.years[1]} runs backwards; earlier year first.")
        if not 0 <= self.draws <= MOST_DRAWS:
            raise InputError(f"--draws {self.draws} is outside 0 to {MOST_DRAWS}.")
        return self


@dataclass(frozen=True)
class Panel:
    """A panel, made block by block; every block has the same columns in the same order."""

    spec: PanelSpec
    labels: dict[str, str]
    sources: tuple[str, ...]
    left_out: dict[str, int]
    """States without a code in some years, and how many rows that cost."""
    scale: str
    _make: Callable[[], Iterator[pd.DataFrame]] = field(repr=False)

    def blocks(self) -> Iterator[pd.DataFrame]:
        """Give the rows, some states at a time."""
        return self._make()

    def frame(self) -> pd.DataFrame:
        """Give all rows at once."""
        import pandas as pd

        return pd.concat(list(self.blocks()), ignore_index=True)


def build_panel(
    fitted: OrientationFit, spec: PanelSpec, readings: pd.DataFrame, indicators: Sequence[Indicator]
) -> Panel:
    """Describe a panel; its rows are made when asked for.

    Parameters
    ----------
    fitted
        The fit, full or purged of families.
    spec
        What to put in.
    readings
        Readings of the store, for the columns of indicators.
    indicators
        What each means.

    Returns
    -------
    Panel
        One row a state-year or a directed dyad-year. A value that is not known is blank and its flag says why; it is
        never zero.

    Raises
    ------
    InputError
        The panel asked for cannot be made, or would be empty.
    """
    spec.checked()
    first, last = fitted.years
    if spec.years[1] < first or spec.years[0] > last:
        raise InputError(
            f"There are estimates for {first}–{last}; {spec.years[0]}–{spec.years[1]} lies outside."
        )
    close = closeness_of(fitted, fitted.states, spec.poles, spec.years)
    estimated = set(zip(close["state"], close["year"].astype(int), strict=True))
    rows, left_out = units(states_of(spec.years, close["state"]), spec.years, spec.codes, estimated)
    present = set(readings.loc[readings["pole"].isin(spec.poles), "indicator"])
    chosen = [item for item in indicators if item.name in present]

    def make() -> Iterator[pd.DataFrame]:
        states = list(dict.fromkeys(unit.state for unit in rows))
        for block in batched_states(states):
            mine = [unit for unit in rows if unit.state in block]
            part = close[close["state"].isin(block)]
            yield _Block(fitted, spec, mine, part, readings, chosen).frame()

    used = set(fitted_sources(fitted)) | ({item.source for item in chosen} if spec.indicators else set())
    return Panel(spec, _labels(spec, chosen), tuple(sorted(used)), left_out, fitted.scale.lean_sentence, make)


def batched_states(states: Sequence[str]) -> Iterator[set[str]]:
    """Split states into blocks."""
    return (set(states[n : n + STATES_AT_ONCE]) for n in range(0, len(states), STATES_AT_ONCE))


def fitted_sources(fitted: OrientationFit) -> list[str]:
    """Sources of the indicators that a fit has read; pacts always count, since they measure the unit."""
    from aneroid.orientation.indicators import PACT
    from aneroid.sources.indicators import load_indicators

    unit = [item.source for item in load_indicators() if item.name == PACT]
    return sorted({note.source for note in fitted.indicators} | set(unit))


class _Block:
    """The rows of some states."""

    def __init__(
        self,
        fitted: OrientationFit,
        spec: PanelSpec,
        rows: Sequence[Unit],
        closeness: pd.DataFrame,
        readings: pd.DataFrame,
        indicators: Sequence[Indicator],
    ) -> None:
        self.fitted, self.spec, self.closeness = fitted, spec, closeness
        self.indicators = indicators if spec.indicators else ()
        self.units = list(rows)
        self.states = list(dict.fromkeys(unit.state for unit in rows))
        self.readings = readings[readings["state"].isin(self.states)] if spec.indicators else readings
        self.drawn = draws_of(fitted, closeness, spec.draws) if spec.draws else {}

    def frame(self) -> pd.DataFrame:
        import pandas as pd

        columns = self._state_years() if self.spec.unit == "state-year" else self._dyad_years()
        return pd.DataFrame(columns)

    def _state_years(self) -> dict[str, object]:
        import pandas as pd

        rows = self._keys(self.units)
        keys = pd.MultiIndex.from_arrays([rows["state"], rows["year"]])
        years, states = rows["year"].to_numpy(), rows["state"].to_numpy()
        columns: dict[str, object] = {str(name): rows[name] for name in rows}
        for pole in self.spec.poles:
            mine = self.closeness[self.closeness["pole"] == pole]
            stem = f"close_{pole.lower()}"
            columns |= place(keys, mine, ["state", "year"], "closeness", stem, states == pole)
        for a, b in combinations(self.spec.poles, 2):
            lean = lean_of(self.fitted, self.states, (a, b), self.spec.years)
            stem = f"lean_{a.lower()}_{b.lower()}"
            columns |= place(keys, lean, ["state", "year"], "lean", stem, np.isin(states, [a, b]))
        for pole in self.spec.poles:
            columns |= indicator_columns(self.readings, self.indicators, rows, pole=pole)
        for pole in self.spec.poles if self.spec.draws else ():
            towards = np.full(len(rows), pole, dtype=object)
            stem = f"close_{pole.lower()}"
            columns |= place_draws(states, towards, years, self.drawn, stem, self.spec.draws)
        return columns

    def _dyad_years(self) -> dict[str, object]:
        import pandas as pd

        code = CODES[self.spec.codes]
        parts = []
        for pole in self.spec.poles:
            mine = [unit for unit in self.units if unit.state != pole]
            codes = [code_of(self.spec.codes, pole, unit.year) for unit in mine]
            part = self._keys(mine).rename(columns={code: f"{code}1", "name": "name1"})
            parts.append(part.assign(pole=pole).assign(**{f"{code}2": pd.Series(codes, index=part.index)}))
        rows = pd.concat(parts, ignore_index=True)
        rows = rows[rows[f"{code}2"].notna()]  # a pole before it had a code is no dyad
        if self.spec.codes in NUMERIC:
            rows[f"{code}2"] = rows[f"{code}2"].astype(int)
        rows["name2"] = rows["pole"].map(_names())
        # By state, then pole, both in the order asked for.
        for name, order in (("state", self.states), ("pole", list(self.spec.poles))):
            rows[name] = pd.Categorical(rows[name], categories=order)
        rows = rows.sort_values(["state", "pole", "year"]).astype({"state": str, "pole": str})
        first = ["state", "pole", f"{code}1", f"{code}2", "name1", "name2", "year", "in_system"]
        rows = rows[first].reset_index(drop=True)
        keys = pd.MultiIndex.from_arrays([rows["state"], rows["pole"], rows["year"]])
        columns: dict[str, object] = {str(name): rows[name] for name in rows}
        nobody = np.zeros(len(rows), dtype=bool)
        columns |= place(keys, self.closeness, ["state", "pole", "year"], "closeness", "close", nobody)
        columns |= indicator_columns(self.readings, self.indicators, rows)
        if self.spec.draws:
            states, poles, years = (rows[name].to_numpy() for name in ("state", "pole", "year"))
            columns |= place_draws(states, poles, years, self.drawn, "close", self.spec.draws)
        return columns

    def _keys(self, rows: Sequence[Unit]) -> pd.DataFrame:
        import pandas as pd

        named = {
            "state": [unit.state for unit in rows],
            CODES[self.spec.codes]: [unit.code for unit in rows],
            "name": [unit.name for unit in rows],
            "year": [unit.year for unit in rows],
            "in_system": [int(unit.in_system) for unit in rows],
        }
        return pd.DataFrame(named)


def _names() -> dict[str, str]:
    from aneroid.states import all_states

    return {state.id: plain(state.name) for state in all_states()}


def _labels(spec: PanelSpec, indicators: Sequence[Indicator]) -> dict[str, str]:
    code = CODES[spec.codes]
    system = {"iso3": "ISO 3166 alpha-3", "ccode": "Correlates of War", "gwcode": "Gleditsch-Ward"}[code]
    labels = {"state": "State, Aneroid id", "year": "Calendar year"}
    labels["in_system"] = "1 where the state stood on some day of the year"
    if spec.unit == "state-year":
        labels |= {code: f"{system} code in that year", "name": "Name"}
        for pole in spec.poles:
            labels |= labels_of(f"close_{pole.lower()}", f"Closeness to {pole}")
        for a, b in combinations(spec.poles, 2):
            labels |= labels_of(f"lean_{a.lower()}_{b.lower()}", f"Lean towards {a} (+) or {b} (-)")
    else:
        labels |= {"pole": "Pole, Aneroid id", "name1": "Name of the state", "name2": "Name of the pole"}
        labels |= {f"{code}1": f"{system} code of the state", f"{code}2": f"{system} code of the pole"}
        labels |= labels_of("close", "Closeness of the state to the pole")
    ends: tuple[str | None, ...] = (None,) if spec.unit == "dyad-year" else spec.poles
    for end in ends:
        labels |= indicator_labels(indicators, end) if spec.indicators else {}
        stem = "close" if end is None else f"close_{end.lower()}"
        for n in range(spec.draws):
            labels[f"{stem}_d{n + 1:04d}"] = f"Joint posterior draw {n + 1}" + (f", {end}" if end else "")
    return labels
