"""From the position seen on some issues to the general position.

Positions estimated from disjoint sets of issues differ by far more than their standard errors allow: a state
that is far from the centre on one issue is farther, or less far, on another, in proportion to its distance.
On issue m a state stands at ``x + delta[m]``, ``delta[m] ~ N(0, (share (x - centre))^2)``, independent over
issues and lasting over time. Votes show the mean over issues weighted by their information ``w[m]``, so its
error is ``sum_m w[m] delta[m]`` with standard deviation ``share |x - centre| sqrt(sum_m w[m]^2)``: large for
an estimate from one issue, smaller for one from many.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.newton import Mode
from aneroid.measures.ordinal import each_period
from aneroid.measures.record import VoteRecord

Floats = NDArray[np.float64]


def issue_weights(record: VoteRecord, mode: Mode) -> Floats:
    """Share of each issue in what the votes of a period say about a state.

    Returns
    -------
    numpy.ndarray
        ``[period, state, issue]``, adding up to one; equal shares where a state did not vote.
    """
    n_issues = len(record.issue_names)
    information = np.zeros((*record.n_votes.shape, n_issues))
    steepness = (mode.items[:, :-2] ** 2).sum(axis=1)
    member = np.eye(n_issues)[record.issue] * steepness[:, None]
    for t, rows, cells in each_period(record, mode.positions, mode.items):
        information[t] = (cells.information_low + cells.information_high).T @ member[rows]
    total = information.sum(axis=-1, keepdims=True)
    return np.where(total > 0, information / np.where(total > 0, total, 1), 1 / n_issues)


def distance_from_centre(record: VoteRecord, mode: Mode) -> Floats:
    """Distance of every position from the median of all, signed, along every axis; zero where not active."""
    centre = np.median(mode.positions[record.n_votes > 0], axis=0)
    return np.asarray((mode.positions - centre) * record.active[..., None])


def issue_reach(record: VoteRecord, mode: Mode) -> Floats:
    """Standard deviation that the spread over issues adds, for a share of one: ``[period, state, axis]``."""
    concentration = np.sqrt((issue_weights(record, mode) ** 2).sum(axis=-1))
    return np.asarray(np.abs(distance_from_centre(record, mode)) * concentration[..., None])


def issue_deviations(
    record: VoteRecord, mode: Mode, share: float, *, draws: int, seed: int
) -> NDArray[np.float32]:
    """Draw what the spread over issues adds: ``[draw, period, state, axis]``, lasting over time."""
    weights = issue_weights(record, mode)
    # A second stream, so that draws of positions do not depend on whether spread is asked for.
    lasting = np.random.default_rng([seed, 1]).standard_normal((draws, *weights.shape[1:]), dtype=np.float32)
    common = np.einsum("tim,dim->dti", weights.astype(np.float32), lasting, optimize=True)
    reach = (share * distance_from_centre(record, mode)).astype(np.float32)
    return np.asarray(common[..., None] * reach, dtype=np.float32)


def calibrate_issue_spread(
    difference: Floats, variance: Floats, reach: Floats, *, level: float = 0.9, normal: float = 1.6449
) -> float:
    """Find the share at which intervals of two disjoint sets of issues agree at the stated rate.

    Parameters
    ----------
    difference
        Position from one set of issues minus that from the other, on a common scale.
    variance
        Sum of the two posterior variances, on that scale.
    reach
        Root of the sum of squares of the two :func:`issue_reach`, on that scale.
    level, normal
        Coverage to reach, and the normal quantile that belongs to it.

    Returns
    -------
    float
        The share; zero if the posterior variances already suffice.
    """
    from scipy.optimize import brentq

    def excess(share: float) -> float:
        inside = np.abs(difference) < normal * np.sqrt(variance + (share * reach) ** 2)
        return float(inside.mean() - level)

    return 0.0 if excess(0.0) >= 0 else float(brentq(excess, 0.0, 10.0, xtol=1e-4))
