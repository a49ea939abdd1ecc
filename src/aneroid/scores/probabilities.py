"""Scores of probabilities over a closed set of outcomes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aneroid.errors import InputError

Floats = NDArray[np.float64]


def _checked(probabilities: ArrayLike, outcomes: ArrayLike) -> tuple[Floats, NDArray[np.int64]]:
    p = np.asarray(probabilities, dtype=np.float64)
    y = np.asarray(outcomes)
    if p.ndim != 2 or y.shape != (len(p),) or not len(p):
        raise InputError(
            f"Probabilities of shape {p.shape} and {y.size} outcomes were given; "
            "pass one row of probabilities for each outcome."
        )
    if not np.allclose(p.sum(axis=1), 1, atol=1e-4) or (p < 0).any():
        raise InputError("Rows of probabilities must be at least 0 and add up to 1; normalise them.")
    y = y.astype(np.int64)
    if y.min() < 0 or y.max() >= p.shape[1]:
        raise InputError(
            f"Outcomes run from {y.min()} to {y.max()}; use 0 to {p.shape[1] - 1}, one a column."
        )
    return p, y


def log_loss(probabilities: ArrayLike, outcomes: ArrayLike, *, floor: float = 1e-15) -> float:
    """Mean of minus the log probability of what happened.

    Parameters
    ----------
    probabilities
        One row an event, one column an outcome.
    outcomes
        Index of the column that happened.
    floor
        Smallest probability that is scored, so that one impossible event does not make the mean infinite.

    Returns
    -------
    float
        0 is certainty about every outcome, lower is better; a proper score.
    """
    p, y = _checked(probabilities, outcomes)
    return float(-np.log(np.maximum(p[np.arange(len(y)), y], floor)).mean())


def brier(probabilities: ArrayLike, outcomes: ArrayLike) -> float:
    """Mean squared distance between probabilities and outcomes, summed over the columns.

    Returns
    -------
    float
        From 0 (best) to 2; a proper score.

    References
    ----------
    Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.
    """
    p, y = _checked(probabilities, outcomes)
    return float(((p - np.eye(p.shape[1])[y]) ** 2).sum(axis=1).mean())


def accuracy(probabilities: ArrayLike, outcomes: ArrayLike) -> float:
    """Share of events whose likeliest outcome happened; not a proper score."""
    p, y = _checked(probabilities, outcomes)
    return float((p.argmax(axis=1) == y).mean())


def calibration_error(probabilities: ArrayLike, outcomes: ArrayLike, *, bins: int = 15) -> float:
    """Expected calibration error of the likeliest outcome.

    Parameters
    ----------
    bins
        Number of bins of equal width for the probability of the likeliest outcome.

    Returns
    -------
    float
        Mean gap between stated probability and share that came true, weighted by bin size; 0 is calibrated.

    References
    ----------
    Naeini, Cooper and Hauskrecht 2015, doi:10.1609/aaai.v29i1.9602.
    """
    p, y = _checked(probabilities, outcomes)
    stated, right = p.max(axis=1), p.argmax(axis=1) == y
    bin_of = np.minimum((stated * bins).astype(np.int64), bins - 1)
    gap = np.bincount(bin_of, stated - right, minlength=bins)
    return float(np.abs(gap).sum() / len(y))
