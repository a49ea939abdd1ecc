"""Closeness between the ends of years, and beyond the last one.

The value of a year stands for its 31 December. Closeness moves by months as it moves by years,

    a[m] = μ + ã[m],   ã[m] = ρ₁ ã[m−1] + e[m],   ρ₁ = ρ^(1/12),   Cov e = (1 − ρ₁²) W^(−½) Ω W^(−½)

with the working weights W of the year, so that twelve months make up exactly one yearly step. Given what the readings say
of two ends of years, the months between are a bridge: ``ã[m] = c₀ ã[t−1] + c₁ ã[t] + b``, with b independent of all
readings, of variance ``s² W^(−½) Ω W^(−½)``. Bands are widest in midsummer and meet those of the years in December.

Beyond the last year nothing is read any more: closeness returns slowly towards μ, and the weight of a step is itself unknown,
``w ~ Gamma(ν/2, ν/2)``, so that a forecast has the heavy tails of the steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aneroid.orientation.model import Array

MONTHS = 12


def bridge(rho: float) -> tuple[Array, Array, Array]:
    """Give c₀, c₁ and s² of the twelve months of a year, January to December.

    Parameters
    ----------
    rho
        Yearly coefficient of closeness.

    Returns
    -------
    before, after, spread
        One value a month; December is (0, 1, 0).

    Examples
    --------
    >>> before, after, spread = bridge(0.96)
    >>> bool(after[-1] == 1) and bool(abs(spread[-1]) < 1e-12)
    True
    """
    m = np.arange(1, MONTHS + 1) / MONTHS
    moved = 1 - rho ** (2 * m)
    shared = rho ** (1 - m) * moved
    after = shared / (1 - rho**2)
    return rho**m - after * rho, after, np.maximum(moved - after * shared, 0.0)


@dataclass(frozen=True)
class YearEnds:
    """A linear report of ã (closeness to a pole, a lean) at two neighbouring ends of years; arrays of one shape."""

    before: Array
    after: Array
    var_before: Array
    var_after: Array
    across: Array
    """Covariance of the two."""
    step: Array
    """Variance of the report under W^(−½) Ω W^(−½)."""


def by_month(ends: YearEnds, rho: float) -> tuple[Array, Array]:
    """Mean and variance of the report in every month between two ends of years.

    Returns
    -------
    mean, variance
        The shape of the ends, with a last axis of twelve months.
    """
    c0, c1, s2 = bridge(rho)
    mean = c0 * ends.before[..., None] + c1 * ends.after[..., None]
    known = c0**2 * ends.var_before[..., None] + c1**2 * ends.var_after[..., None]
    return mean, known + 2 * c0 * c1 * ends.across[..., None] + s2 * ends.step[..., None]


@dataclass(frozen=True)
class Chance:
    """Draws that all states share, so that a forecast does not depend on which others are asked for."""

    normal: Array
    """Draws × (1 + months) × poles."""
    gamma: Array
    """Chi-square with ν degrees of freedom over ν, draws × poles."""

    @classmethod
    def throw(cls, draws: int, months: int, n_poles: int, tail: float, seed: int) -> Chance:
        """Draw once."""
        generator = np.random.default_rng(seed)
        normal = generator.standard_normal((draws, 1 + months, n_poles))
        return cls(normal, generator.chisquare(tail, (draws, n_poles)) / tail)


def ahead(mean: Array, cov: Array, between: Array, rho: float, chance: Chance) -> tuple[Array, Array]:
    """Draw ã of one state now and in the months after its last end of year.

    Parameters
    ----------
    mean, cov
        At the last end of a year, over poles (× poles).
    between
        Ω of the same poles.
    rho
        Yearly coefficient.
    chance
        Draws of the same poles; their months are those ahead.

    Returns
    -------
    now, drawn
        Draws × poles, and draws × months × poles.
    """
    now = mean + chance.normal[:, 0] @ _root(cov).T
    monthly = rho ** (1 / MONTHS)
    steps = (chance.normal[:, 1:] @ _root(between).T) * np.sqrt((1 - monthly**2) / chance.gamma)[:, None]
    drawn = np.empty_like(steps)
    last = now
    for m in range(steps.shape[1]):
        last = drawn[:, m] = monthly * last + steps[:, m]
    return now, drawn


def _root(matrix: Array) -> Array:
    """A square root that forgives a matrix of less than full rank."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray(vectors * np.sqrt(np.maximum(values, 0.0)))
