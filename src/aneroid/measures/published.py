"""How a series of positions compares with another one, such as the published ideal points."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

_FEWEST_STATES = 5


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of two series of positions; correlations, so that scale and origin do not matter."""

    n: int
    pooled_r: float
    spearman_median: float
    """Median over periods of the rank correlation of the states."""
    spearman_min: float
    change_r: float
    """Correlation of the changes from one period to the next."""

    def as_dict(self) -> dict[str, float]:
        """Return the figures by name."""
        return asdict(self)


def compare_series(frame: pd.DataFrame, *, ours: str = "point", theirs: str = "published") -> Agreement:
    """Compare two positions of the same states and periods.

    Parameters
    ----------
    frame
        ``state, period`` and two columns of positions; rows where either is missing are left out.
    ours, theirs
        Names of the two columns.

    Returns
    -------
    Agreement
        Periods with fewer than five states have no rank correlation.

    Raises
    ------
    InputError
        Fewer than five rows have both positions.
    """
    both = frame.dropna(subset=[ours, theirs]).sort_values(["state", "period"])
    if len(both) < _FEWEST_STATES:
        raise InputError(
            f"Only {len(both)} rows have both positions; give the same states and periods in both."
        )
    ranks = [
        group[ours].rank().corr(group[theirs].rank())
        for _, group in both.groupby("period")
        if len(group) >= _FEWEST_STATES
    ]
    by_state = both.groupby("state")
    adjacent = by_state["period"].diff() == 1
    moved = by_state[ours].diff()[adjacent].corr(by_state[theirs].diff()[adjacent])
    return Agreement(
        n=len(both),
        pooled_r=float(both[ours].corr(both[theirs])),
        spearman_median=float(np.median(ranks)) if ranks else float("nan"),
        spearman_min=float(np.min(ranks)) if ranks else float("nan"),
        change_r=float(moved),
    )
