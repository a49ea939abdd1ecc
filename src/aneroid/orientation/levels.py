"""Readings that are levels, not measurements: none or some, an ordered scale, an amount that is mostly zero.

An indicator with an absolute zero is read as an ordered probit: a level says that a normal quantity z lies between
two thresholds, and the thresholds are the normal quantiles of how often each level and those below it occur, over all
states, poles and years. Yes and no, an ordered scale and an amount with a mass at zero are one case; a level so fine
that its interval is narrow is read as a point.

Given where z is expected, η, and its noise r², a level acts like a reading of the *working response* ``η + g/h`` with
noise ``1/h``, where g and −h are the first two derivatives of ``log P(low < z ≤ high | η, r²)``. Where a level was to be
expected anyway h is near zero: a zero where nothing was likely says nothing.

References
----------
Hoff (2007), doi:10.1214/07-AOAS107, on ranks for readings of mixed kind;
Rue, Martino, Chopin (2009), doi:10.1111/j.1467-9868.2008.00700.x, on Gaussian approximations of this kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import log_ndtr, ndtri

if TYPE_CHECKING:
    from aneroid.orientation.model import Array

NARROW = 0.3
"""A level whose interval is narrower than this, in standard deviations of z, is read as a point."""
LEAST = 1e-3
"""Least information of a level, as a share of that of a point: keeps the working response finite."""


def thresholds(values: Array) -> tuple[Array, Array, Array]:
    """Give the interval of z that each value stands for, and its mean within it.

    Parameters
    ----------
    values
        All readings of one indicator, larger = closer; ``nan`` where missing.

    Returns
    -------
    low, high, score
        Same shape; ``low = high = score`` where the interval is narrow.
    """
    seen = np.isfinite(values)
    _, at, count = np.unique(values[seen], return_inverse=True, return_counts=True)
    edge = ndtri(np.clip(np.concatenate([[0.0], np.cumsum(count) / count.sum()]), 0.0, 1.0))
    edge[0], edge[-1] = -np.inf, np.inf
    density = np.exp(-(edge**2) / 2) / np.sqrt(2 * np.pi)
    middle = -np.diff(density) / (count / count.sum())
    narrow = np.diff(edge) < NARROW
    out = []
    for each in (np.where(narrow, middle, edge[:-1]), np.where(narrow, middle, edge[1:]), middle):
        placed = np.full(values.shape, np.nan)
        placed[seen] = each[at.reshape(-1)]
        out.append(placed)
    return out[0], out[1], out[2]


def moments(eta: Array, noise: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Mean and variance of z ~ N(η, noise) between two thresholds.

    Parameters
    ----------
    eta, noise
        Mean and variance before the level is known.
    low, high
        Thresholds; where they are equal z is known.

    Returns
    -------
    mean, variance
        Of z once the level is known.
    """
    r = np.sqrt(noise)
    shift, share = _truncated((low - eta) / r, (high - eta) / r)
    point = low == high
    return np.where(point, low, eta + r * shift), np.where(point, 0.0, noise * share)


def working(eta: Array, noise: Array, low: Array, high: Array) -> tuple[Array, Array]:
    """Working response and its noise.

    Parameters
    ----------
    eta, noise, low, high
        As in `moments`.

    Returns
    -------
    response, noise
        A point keeps its value and noise.
    """
    r = np.sqrt(noise)
    shift, share = _truncated((low - eta) / r, (high - eta) / r)
    known = np.clip(1 - share, LEAST, 1.0)
    point = low == high
    return np.where(point, low, eta + r * shift / known), np.where(point, noise, noise / known)


def log_probability(mean: Array, variance: Array, low: Array, high: Array) -> Array:
    """Log of the probability of a level (of the density, for a point) when z ~ N(mean, variance)."""
    sd = np.sqrt(variance)
    a, b = _to_the_left((low - mean) / sd, (high - mean) / sd)
    point = low == high
    density = -0.5 * np.log(2 * np.pi * variance) - 0.5 * np.where(point, (low - mean) / sd, 0.0) ** 2
    return np.asarray(np.where(point, density, _log_mass(a, np.where(point, np.inf, b))))


def _to_the_left(a: Array, b: Array) -> tuple[Array, Array]:
    """Mirror intervals right of zero, where differences of probabilities would lose their digits."""
    right = a > 0
    return np.where(right, -b, a), np.where(right, -a, b)


def _log_mass(a: Array, b: Array) -> Array:
    upper = log_ndtr(b)
    with np.errstate(divide="ignore"):  # an interval of no width is a point, handled by the caller
        return np.asarray(upper + np.log1p(-np.exp(np.minimum(log_ndtr(a) - upper, -1e-12))))


def _truncated(a: Array, b: Array) -> tuple[Array, Array]:
    """Mean and variance of a standard normal quantity between a and b."""
    flipped = a > 0
    left, right = _to_the_left(a, b)
    mass = _log_mass(left, right)

    def density(x: Array) -> Array:
        inner = np.where(np.isfinite(x), x, 0.0) ** 2
        return np.asarray(np.exp(-0.5 * inner - mass) / np.sqrt(2 * np.pi))

    at_left = np.where(np.isfinite(left), density(left), 0.0)
    at_right = np.where(np.isfinite(right), density(right), 0.0)
    shift = at_left - at_right
    reach = (
        np.where(np.isfinite(left), left, 0.0) * at_left - np.where(np.isfinite(right), right, 0.0) * at_right
    )
    share = np.clip(1 + reach - shift**2, 0.0, 1.0)
    return np.where(flipped, -shift, shift), np.asarray(share)
