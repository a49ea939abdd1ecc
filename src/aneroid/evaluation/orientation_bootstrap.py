"""Intervals of means over dyad-years that hang together in two ways: by state, and by what all share in some years.

The variance of a mean is that of resampled states plus that of resampled waves (stretches of years, in which one treaty
may bind forty dyads at once) minus that of resampled cells of both, which the first two count twice.

References
----------
Cameron, Gelbach, Miller (2011), doi:10.1198/jbes.2010.07136, on two ways of clustering.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

RESAMPLES = 999
LEVEL = 0.975


@dataclass(frozen=True)
class Interval:
    """A mean with its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def verdict(self) -> int:
        """1 above zero, −1 below, 0 a tie."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


def two_way(values: Floats, state: NDArray[np.intp], wave: NDArray[np.intp], seed: int = 17) -> Interval:
    """Mean of values, with an interval that respects both kinds of clusters.

    Parameters
    ----------
    values
        One a row.
    state, wave
        Cluster of each row.
    seed
        Of the resampling.

    Returns
    -------
    Interval
        By Student's t with as many degrees of freedom as the smaller number of clusters allows.
    """
    from scipy.stats import t

    generator = np.random.default_rng(seed)
    cell = state * (wave.max() + 1) + wave
    by_state, by_wave, by_cell = (_variance(values, group, generator) for group in (state, wave, cell))
    variance = max(by_state + by_wave - by_cell, by_state, by_wave)
    clusters = min(np.unique(state).size, np.unique(wave).size)
    half = float(t.ppf(LEVEL, max(clusters - 1, 1)) * np.sqrt(variance))
    mean = float(values.mean())
    return Interval(mean, mean - half, mean + half)


def _variance(values: Floats, group: NDArray[np.intp], generator: np.random.Generator) -> float:
    """Variance of the mean when whole groups are drawn with replacement."""
    _, group = np.unique(group, return_inverse=True)
    n = int(group.max()) + 1
    total, count = np.bincount(group, values), np.bincount(group).astype(float)
    if n == 1:
        return 0.0
    if n > 400:  # so many groups that the central limit has long been reached
        left = total - count * values.mean()
        return float((left**2).sum() / values.size**2 * n / (n - 1))
    times = generator.multinomial(n, np.full(n, 1 / n), RESAMPLES)
    means = (times @ total) / np.maximum(times @ count, 1)
    return float(means.var() * n / (n - 1))
