"""Tables of a fit: a weighted sum of closeness over poles with its bands, by year or by month, for the cells asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from aneroid.orientation.months import YearEnds, by_month
from aneroid.orientation.table import Cells, choose_cells, estimates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array

Step = Literal["year", "month"]


def report(
    fitted: OrientationFit,
    states: Sequence[str] | None,
    window: tuple[int, int],
    weights: Mapping[int, float],
    name: str,
    step: Step,
) -> pd.DataFrame:
    """Report a weighted sum of closeness over poles, in units.

    Parameters
    ----------
    fitted
        The fit.
    states
        Ids; all with an estimate if None.
    window
        First and last year.
    weights
        Weight of each pole, by its place in the fit.
    name
        Column of the middle.
    step
        ``year``: as it stood on 31 December; ``month``: at the end of every month.

    Returns
    -------
    pandas.DataFrame
        ``state, date, NAME, sd, lo50, hi50, lo90, hi90, n_indicators, flags``.
    """
    import pandas as pd

    at, g = list(weights), np.array(list(weights.values()))
    level = float(g @ (fitted.parameters.mu[at] - fitted.scale.zero))
    mean = np.einsum("p,ipt->it", g, fitted.mean[:, at])
    both = np.ix_(at, at)
    variance = np.einsum("p,itpq,q->it", g, fitted.cov[:, :, both[0], both[1]], g)
    cells = choose_cells(fitted.design, np.isfinite(mean), states, window, at)
    if step == "month":
        mean, variance = _by_month(fitted, at, g, mean, variance, cells)
        cells = cells.of_months(mean)
        mean, variance = (each[np.isfinite(mean)] for each in (mean, variance))
    else:
        mean, variance = mean[cells.row, cells.column], variance[cells.row, cells.column]
    units, sd = (mean + level) / fitted.scale.size, np.sqrt(np.maximum(variance, 0.0)) / fitted.scale.size
    return around(fitted, cells, pd.DataFrame(estimates(name, units, sd)))


def around(fitted: OrientationFit, cells: Cells, middle: pd.DataFrame) -> pd.DataFrame:
    """Put state and date before a table of estimates, and what was read and the flags behind it."""
    outer = cells.frame(
        fitted.informative, [note.last_year for note in fitted.indicators], fitted.priors.few_indicators
    )
    joined = outer.join(middle)
    return joined[["state", "date", *middle.columns, "n_indicators", "flags"]]


def _by_month(
    fitted: OrientationFit, at: list[int], g: Array, mean: Array, variance: Array, cells: Cells
) -> tuple[Array, Array]:
    """Mean and variance at the ends of the twelve months of every cell, given those at the ends of years."""
    both = np.ix_(at, at)
    across = np.einsum("p,itpq,q->it", g, fitted.across[:, :, both[0], both[1]], g)
    jump = g[:, None] / np.sqrt(fitted.working.steps[:, at])
    turn = np.einsum("ipt,pq,iqt->it", jump, fitted.parameters.closeness_corr[both], jump)
    i, t = cells.row, cells.column
    before = np.where(t > 0, mean[i, t - 1], np.nan)
    ends = YearEnds(before, mean[i, t], variance[i, t - 1], variance[i, t], across[i, t], turn[i, t])
    by, spread = by_month(ends, fitted.parameters.rho)
    by[:, -1], spread[:, -1] = ends.after, ends.var_after
    return by, spread
