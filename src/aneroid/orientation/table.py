"""Rows that people read: which state-years, how many indicators stand behind each, what to warn of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array

    Index = NDArray[np.intp]

QUANTILES = {"50": 0.6744897501960817, "90": 1.6448536269514722}
WEAK = "weakly identified"
NO_DATA = "no data this year"


@dataclass(frozen=True)
class Cells:
    """State-years to show, for a set of poles."""

    design: Design
    row: Index
    column: Index
    poles: Sequence[int]

    def frame(self, last_years: Sequence[int], few: int) -> pd.DataFrame:
        """Lay out ``state, date, n_indicators, flags``.

        An indicator counts for a state-year if it is read towards at least one of the poles; an explicit
        zero is a reading.
        """
        import pandas as pd

        seen = np.isfinite(self.design.y[:, :, list(self.poles)]).any(axis=2)
        count = seen.sum(axis=0)[self.row, self.column]
        years = self.design.years[self.column].astype(int)
        ended = {
            year: [
                f"{name} end {last}"
                for name, last in zip(self.design.names, last_years, strict=True)
                if year > last
            ]
            for year in np.unique(years).tolist()
        }
        flags = [
            "; ".join(([NO_DATA] if n == 0 else []) + ([WEAK] if n < few else []) + ended[year])
            for n, year in zip(count.tolist(), years.tolist(), strict=True)
        ]
        states = np.array(self.design.states, dtype=object)[self.row]
        return pd.DataFrame(
            {"state": states, "date": years.astype(str), "n_indicators": count, "flags": flags}
        ).astype({"state": str, "flags": str})

    def estimates(self, name: str, mean: Array, sd: Array) -> dict[str, Array]:
        """Columns of an estimate with its 50 and 90 % intervals; arguments are states × years."""
        m, s = mean[self.row, self.column], sd[self.row, self.column]
        columns = {name: m, "sd": s}
        for level, z in QUANTILES.items():
            columns |= {f"lo{level}": m - z * s, f"hi{level}": m + z * s}
        return columns


def choose_cells(
    design: Design,
    exists: NDArray[np.bool_],
    states: Sequence[str] | None,
    window: tuple[int, int],
    poles: Sequence[int],
) -> Cells:
    """Pick the state-years that exist for the poles asked.

    Parameters
    ----------
    design, exists
        The readings; whether there is an estimate, states × years.
    states
        Ids, or None for all.
    window
        First and last year.
    poles
        Positions of the poles.

    Returns
    -------
    Cells
        By state as asked, then year; none where a state did not exist, or is the pole itself.

    Raises
    ------
    InputError
        If the years are reversed, or states are asked for and none of them is known.
    """
    start, end = window
    if start > end:
        raise InputError(f"The first year ({start}) is after the last ({end}); turn them round.")
    known = [state for state in (design.states if states is None else states) if state in design.states]
    if states and not known:
        asked = ", ".join(states)
        raise InputError(f"No estimate for {asked}: the record holds no reading of it. Check the code.")
    chosen = np.array([design.states.index(state) for state in known], dtype=np.intp)
    within = (design.years >= start) & (design.years <= end)
    picked, column = np.nonzero(exists[chosen] & within)
    return Cells(design, chosen[picked], column, poles)
