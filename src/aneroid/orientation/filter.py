"""The Gaussian solver: a prior precision and readings in, means, covariances, contributions and draws out.

With x ~ N(0, Q⁻¹) and readings r = L x + e, e ~ N(0, Σ), the posterior precision is ``Q + Lᵀ Σ⁻¹ L`` and its mean
solves ``(Q + Lᵀ Σ⁻¹ L) m = Lᵀ Σ⁻¹ r``. The mean of a linear functional f of x is therefore a sum over readings,
``fᵀ m = Σ_n (Σ⁻¹ L V f)_n r_n``: its contributions, exact and additive.

References
----------
Rue, Held (2005), *Gaussian Markov Random Fields*, doi:10.1201/9780203492024.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.linalg.lapack import dpotrf, dpotri

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aneroid.orientation.model import Array

    Index = NDArray[np.intp]


@dataclass(frozen=True)
class Readings:
    """Readings with a common error covariance; each reads one coordinate of x, and none twice within a part."""

    at: Index
    """Coordinate of x that each reading reads."""
    loading: Array
    precision: Array
    """Σ⁻¹."""
    value: Array
    parts: tuple[slice, ...]
    """Stretches of the readings (one an indicator) within which no coordinate repeats."""


class Posterior:
    """What the readings say about x."""

    def __init__(self, prior_precision: Array, readings: Sequence[Readings]) -> None:
        self.readings = tuple(readings)
        precision = prior_precision.copy()
        information = np.zeros(precision.shape[0])
        for group in self.readings:
            scaled = group.loading[:, None] * group.precision * group.loading
            pull = group.loading * (group.precision @ group.value)
            for rows in group.parts:
                information[group.at[rows]] += pull[rows]
                for columns in group.parts:
                    precision[np.ix_(group.at[rows], group.at[columns])] += scaled[rows, columns]
        self._factor = cho_factor(precision, lower=True, overwrite_a=True, check_finite=False)
        self.mean: Array = cho_solve(self._factor, information, check_finite=False)

    @cached_property
    def covariance(self) -> Array:
        """Covariance of all coordinates."""
        return _mirrored(dpotri(self._factor[0], lower=1)[0])

    def times_covariance(self, functional: Array) -> Array:
        """Covariance of x with a linear functional of x."""
        return np.asarray(cho_solve(self._factor, functional, check_finite=False))

    def weights(self, functional: Array) -> list[Array]:
        """Weight of every reading in the mean of a functional, one array per group; weights times values add up to it."""
        reach = self.times_covariance(functional)
        return [group.precision @ (group.loading * reach[group.at]) for group in self.readings]

    def draws(self, count: int, generator: np.random.Generator) -> Array:
        """Draw x jointly: count × coordinates."""
        normal = generator.standard_normal((self.mean.size, count))
        return np.asarray(self.mean + solve_triangular(self._factor[0], normal, lower=True, trans="T").T)


def inverse(matrix: Array) -> Array:
    """Invert a positive definite matrix, in half the time of a general inverse."""
    factor, failed = dpotrf(matrix, lower=1)
    if failed:
        raise np.linalg.LinAlgError("covariance of readings is not positive definite")
    return _mirrored(dpotri(factor, lower=1)[0])


def _mirrored(lower: Array) -> Array:
    full = np.tril(lower)
    return np.asarray(full + np.tril(lower, -1).T)
