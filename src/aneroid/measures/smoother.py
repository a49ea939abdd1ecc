"""Exact smoothing of all states at once: block-tridiagonal systems, batched over states.

For every state, positions over time have precision ``M`` with diagonal blocks ``D[t]`` and off-diagonal
blocks ``-P[t] I`` between ``t`` and ``t + 1`` (random-walk steps with precision ``P``). Forward elimination
and back substitution give the solution of ``M dx = g``, the marginal covariances ``V[t]`` and the lag
covariances, in time linear in periods.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Smoothed(NamedTuple):
    """Solution, marginal covariance ``[t, state, k, k]`` and covariance with the next period."""

    solution: Floats
    covariance: Floats
    lagged: Floats


def smooth(diagonal: Floats, link: Floats, right: Floats) -> Smoothed:
    """Solve all block-tridiagonal systems.

    Parameters
    ----------
    diagonal
        ``[t, state, k, k]`` diagonal blocks of the precision.
    link
        ``[t - 1, state]`` precision of the step between neighbouring periods, zero where there is none.
    right
        ``[t, state, k]`` right-hand sides.
    """
    if diagonal.shape[-1] == 1:
        return _smooth_scalar(diagonal[..., 0, 0], link, right[..., 0])
    return _smooth_blocks(diagonal, link, right)


def _smooth_scalar(diagonal: Floats, link: Floats, right: Floats) -> Smoothed:
    pivot, rhs = diagonal.copy(), right.copy()
    for t in range(1, len(pivot)):
        factor = link[t - 1] / pivot[t - 1]
        pivot[t] -= factor * link[t - 1]
        rhs[t] += factor * rhs[t - 1]
    solution, covariance, lagged = rhs / pivot, 1 / pivot, np.zeros_like(link)
    for t in range(len(pivot) - 2, -1, -1):
        gain = link[t] / pivot[t]
        solution[t] += gain * solution[t + 1]
        covariance[t] += gain**2 * covariance[t + 1]
        lagged[t] = gain * covariance[t + 1]
    return Smoothed(solution[..., None], covariance[..., None, None], lagged[..., None, None])


def _smooth_blocks(diagonal: Floats, link: Floats, right: Floats) -> Smoothed:
    inverse, rhs = np.empty_like(diagonal), right.copy()
    for t in range(len(diagonal)):
        pivot = diagonal[t]
        if t:
            carried = link[t - 1][:, None, None] * inverse[t - 1]
            pivot = pivot - link[t - 1][:, None, None] * carried
            rhs[t] += (carried @ rhs[t - 1][..., None])[..., 0]
        inverse[t] = np.linalg.inv(pivot)
    solution = (inverse @ rhs[..., None])[..., 0]
    covariance, lagged = inverse.copy(), np.empty_like(diagonal[1:])
    for t in range(len(diagonal) - 2, -1, -1):
        gain = inverse[t] * link[t][:, None, None]
        solution[t] += (gain @ solution[t + 1][..., None])[..., 0]
        lagged[t] = gain @ covariance[t + 1]
        covariance[t] += lagged[t] @ gain.transpose(0, 2, 1)
    return Smoothed(solution, covariance, lagged)
