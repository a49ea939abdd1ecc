"""Scores of intervals."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from aneroid.errors import InputError

Floats = NDArray[np.float64]


def _checked(low: ArrayLike, high: ArrayLike, value: ArrayLike) -> tuple[Floats, Floats, Floats]:
    lo, hi, x = np.broadcast_arrays(*(np.asarray(part, dtype=np.float64) for part in (low, high, value)))
    if not x.size or (lo > hi).any():
        raise InputError("An interval ends before it starts, or none was given; pass low ≤ high.")
    return lo, hi, x


def coverage(low: ArrayLike, high: ArrayLike, value: ArrayLike) -> float:
    """Share of values that lie in their interval, ends included."""
    lo, hi, x = _checked(low, high, value)
    return float(((lo <= x) & (x <= hi)).mean())


def interval_score(low: ArrayLike, high: ArrayLike, value: ArrayLike, *, level: float = 0.9) -> float:
    """Mean interval score: width, plus a penalty for every value outside.

    Parameters
    ----------
    low, high, value
        Ends of the intervals and what came true.
    level
        Stated coverage of the intervals.

    Returns
    -------
    float
        In the unit of the values; lower is better, and honest intervals minimise it.

    References
    ----------
    Gneiting and Raftery 2007, doi:10.1198/016214506000001437.
    """
    lo, hi, x = _checked(low, high, value)
    if not 0 < level < 1:
        raise InputError(f"A level of {level} was given; it lies between 0 and 1, such as 0.9.")
    outside = np.maximum(lo - x, 0) + np.maximum(x - hi, 0)
    return float((hi - lo + 2 / (1 - level) * outside).mean())
