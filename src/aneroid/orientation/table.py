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
    month: Index | None = None
    """1 to 12, where rows are months."""

    def of_months(self, mean: Array) -> Cells:
        """Take apart into the months, rows × 12, that have an estimate."""
        row, month = np.nonzero(np.isfinite(mean))
        return Cells(self.design, self.row[row], self.column[row], self.poles, month + 1)

    @property
    def dates(self) -> list[str]:
        """ISO year, or year and month."""
        years = self.design.years[self.column].astype(int).tolist()
        if self.month is None:
            return [str(year) for year in years]
        return [f"{year}-{month:02d}" for year, month in zip(years, self.month.tolist(), strict=True)]

    def frame(self, informative: NDArray[np.bool_], last_years: Sequence[int], few: int) -> pd.DataFrame:
        """Lay out ``state, date, n_indicators, flags``.

        An indicator counts for a state-year if it says something towards at least one of the poles; a zero where nothing
        was likely does not.
        """
        import pandas as pd

        at = list(self.poles)
        count = informative[:, :, at].any(axis=2).sum(axis=0)[self.row, self.column]
        read = np.asarray(np.isfinite(self.design.y[:, :, at]).any(axis=(0, 2)))[self.row, self.column]
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
            "; ".join(([] if seen else [NO_DATA]) + ([WEAK] if n < few else []) + ended[year])
            for n, seen, year in zip(count.tolist(), read.tolist(), years.tolist(), strict=True)
        ]
        states = np.array(self.design.states, dtype=object)[self.row]
        return pd.DataFrame(
            {"state": states, "date": self.dates, "n_indicators": count, "flags": flags}
        ).astype({"state": str, "flags": str})


def estimates(name: str, mean: Array, sd: Array) -> dict[str, Array]:
    """Columns of an estimate with its 50 and 90 % intervals."""
    columns = {name: mean, "sd": sd}
    for level, z in QUANTILES.items():
        columns |= {f"lo{level}": mean - z * sd, f"hi{level}": mean + z * sd}
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
