"""Readings of any shape as coarse versions of a normal quantity: an ordered probit whose thresholds are the marginal's.

A reading falls into one of J classes (its levels, or classes of equal size where it has many) with thresholds
``c_j = Φ⁻¹(share below)``. Given covariates x, some of them estimates with variance v,

    P(class ≤ j) = Φ((c_j − xᵀb) / σ),   σ² = s² + Σ b² v

so that one loading b carries an estimate and its uncertainty over to the reading, be it yes or no, mostly zero, or
continuous. All predictions are mixed with one part in a hundred of the marginal, so that no surprise costs everything.

References
----------
McKelvey, Zavoina (1975), doi:10.1080/0022250X.1975.9989847; Czado, Gneiting, Held (2009),
doi:10.1111/j.1541-0420.2009.01191.x, on the randomised transform.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import ndtr, ndtri

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.intp]

MOST_CLASSES = 16
SURPRISE = 0.01
RIDGE = 1e-3


@dataclass(frozen=True)
class Ladder:
    """Classes of a reading."""

    edges: Floats
    """Lower edges of all classes but the first."""
    share: Floats

    @classmethod
    def of(cls, values: Floats) -> Ladder:
        """Choose the classes: levels where there are few, else quantiles, a frequent value always on its own."""
        levels, count = np.unique(values, return_counts=True)
        if levels.size > MOST_CLASSES:
            wanted = np.quantile(values, np.arange(1, MOST_CLASSES) / MOST_CLASSES, method="inverted_cdf")
            often = levels[count > values.size / MOST_CLASSES]
            after = levels[np.minimum(np.searchsorted(levels, often) + 1, levels.size - 1)]
            edges = np.unique(np.concatenate([wanted, often, after]))
            edges = edges[edges > levels[0]]
        else:
            edges = levels[1:]
        made = cls(edges, np.empty(0))
        return cls(edges, np.bincount(made.code(values), minlength=edges.size + 1) / values.size)

    def code(self, values: Floats) -> Ints:
        """Class of each value."""
        return np.searchsorted(self.edges, values, side="right")

    @property
    def cuts(self) -> Floats:
        """Thresholds with both infinite ends."""
        inner = ndtri(np.clip(np.cumsum(self.share)[:-1], 1e-6, 1 - 1e-6))
        return np.concatenate([[-np.inf], inner, [np.inf]])


@dataclass(frozen=True)
class Probit:
    """A fitted ordered probit."""

    cuts: Floats
    b: Floats
    log_s: float

    def edges(self, x: Floats, v: Floats, code: Ints) -> tuple[Floats, Floats]:
        """P(class below) and P(class at most) of each row's own class."""
        sd = np.sqrt(np.exp(2 * self.log_s) + v @ self.b**2)
        mean = x @ self.b
        return ndtr((self.cuts[code] - mean) / sd), ndtr((self.cuts[code + 1] - mean) / sd)


def fit_probit(cuts: Floats, code: Ints, x: Floats, v: Floats) -> Probit:
    """Fit by penalised maximum likelihood.

    Parameters
    ----------
    cuts
        Thresholds, see `Ladder.cuts`.
    code
        Class of each row.
    x, v
        Covariates and, for those that are estimates, their variance (zero for the others); rows × covariates.

    Returns
    -------
    Probit
        ``b`` is in standard deviations of the reading's normal quantity per unit of each covariate.
    """
    low, high = cuts[code], cuts[code + 1]

    def loss(theta: Floats) -> tuple[float, Floats]:
        b, s2 = theta[:-1], np.exp(2 * theta[-1])
        sd = np.sqrt(s2 + v @ b**2)
        mean = x @ b
        u, lo = (high - mean) / sd, (low - mean) / sd
        p = np.maximum(ndtr(u) - ndtr(lo), 1e-12)
        du, dl = _density(u), _density(lo)
        by_mean = -(du - dl) / (sd * p)
        by_sd = -(np.where(np.isfinite(u), u, 0) * du - np.where(np.isfinite(lo), lo, 0) * dl) / (sd * p)
        slope_b = x.T @ by_mean + (v * b).T @ (by_sd / sd) - RIDGE * b
        slope_s = float((by_sd / sd).sum() * s2) - RIDGE * theta[-1]
        value = float(np.log(p).sum()) - RIDGE / 2 * float(theta @ theta)
        return -value / len(code), -np.append(slope_b, slope_s) / len(code)

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return Probit(cuts, np.asarray(found.x[:-1]), float(found.x[-1]))


def mixed(p: Floats, marginal: Floats) -> Floats:
    """Mix probabilities with a little of the marginal."""
    return (1 - SURPRISE) * p + SURPRISE * marginal


def _density(z: Floats) -> Floats:
    return np.asarray(np.exp(-(np.where(np.isfinite(z), z, 40.0) ** 2) / 2) / np.sqrt(2 * np.pi))
