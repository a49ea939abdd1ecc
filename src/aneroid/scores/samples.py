"""Scores of forecasts that are given as draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aneroid.errors import InputError

Floats = NDArray[np.float64]

FATALITY_BINS = (0.0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5)
"""Lower edges of the bins of the VIEWS prediction challenge; the last bin is open."""


def _checked(draws: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, Floats]:
    x, y = np.asarray(draws, dtype=np.float64), np.asarray(outcomes, dtype=np.float64)
    if x.ndim != 2 or y.shape != (len(x),) or not x.size:
        raise InputError(
            f"Draws of shape {x.shape} and outcomes of shape {y.shape} were given; "
            "pass one row of draws for each outcome."
        )
    return x, y


def crps_of_draws(draws: ArrayLike, outcomes: ArrayLike) -> Floats:
    """Continuous ranked probability score of each row of draws, read as an empirical distribution.

    Parameters
    ----------
    draws
        One row an outcome.
    outcomes
        What came true.

    Returns
    -------
    numpy.ndarray
        In the unit of the outcomes; lower is better, the absolute error if all draws are equal; proper.

    References
    ----------
    Gneiting and Raftery 2007, doi:10.1198/016214506000001437.
    """
    x, y = _checked(draws, outcomes)
    x, n = np.sort(x, axis=1), x.shape[1]
    # Mean absolute difference between draws, from their ranks.
    spread = (x * (2 * np.arange(1, n + 1) - n - 1)).sum(axis=1) / n**2
    return np.asarray(np.abs(x - y[:, None]).mean(axis=1) - spread)


def ignorance_of_draws(
    draws: ArrayLike, outcomes: ArrayLike, *, edges: tuple[float, ...] = FATALITY_BINS
) -> Floats:
    """Minus the binary logarithm of the smoothed share of draws in the bin that came true.

    Parameters
    ----------
    draws
        One row an outcome. One draw is added to every bin, so the score depends on the number of draws:
        compare only forecasts with equally many.
    outcomes
        What came true, at least the first edge.
    edges
        Lower edges of the bins; the last bin is open.

    Returns
    -------
    numpy.ndarray
        In bits; lower is better.

    References
    ----------
    Roulston and Smith 2002, doi:10.1175/1520-0493(2002)130<1653:EPFUIT>2.0.CO;2; Hegre et al. 2024 for the bins.
    """
    x, y = _checked(draws, outcomes)
    bin_of_draw = np.searchsorted(edges, x, side="right")
    bin_of_outcome = np.searchsorted(edges, y, side="right")
    hits = (bin_of_draw == bin_of_outcome[:, None]).sum(axis=1)
    return np.asarray(-np.log2((hits + 1) / (x.shape[1] + len(edges))))


def quantile_of_draws(draws: ArrayLike, level: float) -> Floats:
    """Return the smallest draw that at least the share ``level`` of each row does not exceed."""
    return np.asarray(
        np.quantile(np.asarray(draws, np.float64), level, axis=1, method="inverted_cdf"), np.float64
    )


def randomised_coverage(draws: ArrayLike, outcomes: ArrayLike, *, level: float = 0.9) -> float:
    """Coverage of central intervals where outcomes have ties, by the randomised probability integral transform.

    A closed interval of counts covers more than it states: one that is all zeros is right whenever the outcome is
    zero. Here an outcome whose probability straddles the interval's edge counts in part, in expectation over the
    randomisation, so a calibrated forecast of any shape has coverage ``level``.

    Parameters
    ----------
    draws
        One row an outcome.
    outcomes
        What came true.
    level
        Stated coverage.

    Returns
    -------
    float
        Share covered; ``level`` if calibrated.

    References
    ----------
    Czado, Gneiting and Held 2009, doi:10.1111/j.1541-0420.2009.01191.x.
    """
    x, y = _checked(draws, outcomes)
    below = (x < y[:, None]).mean(axis=1)
    upto = (x <= y[:, None]).mean(axis=1)
    low, high = (1 - level) / 2, (1 + level) / 2
    overlap = np.clip(np.minimum(upto, high) - np.maximum(below, low), 0, None)
    width = upto - below
    never_drawn = (below > low) & (below < high)
    return float(np.where(width > 0, overlap / np.where(width > 0, width, 1), never_drawn).mean())
