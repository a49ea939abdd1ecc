"""Joint Laplace posterior of all positions, with uncertain items.

At the mode, positions ``x`` and items ``theta`` have joint precision ``[[A, B], [B', D]]``: ``A``
block-tridiagonal in time and diagonal over states, ``D`` diagonal over items. Integrating the items out
leaves ``A - B D^-1 B'``: within a period every state is tied to every other one through the items they voted
on. A block Cholesky over periods factors it exactly; draws come from back substitution.

One approximation is made: an item's precision ``D`` holds what all its votes and its text say, but the ties
that a text shared by two periods makes between those periods are left out, which keeps the matrix
block-tridiagonal.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.newton import Mode, path_precision
from aneroid.measures.ordinal import each_period
from aneroid.measures.prior import Prior
from aneroid.measures.record import VoteRecord

Floats = NDArray[np.float64]


class _Period(NamedTuple):
    """What back substitution needs: who is there, the inverse of the pivot, and its factor."""

    here: NDArray[np.int64]
    inverse: NDArray[np.floating]
    root: NDArray[np.floating]


class Posterior(NamedTuple):
    """Deviations from the mode ``[draw, t, state, k]`` and variances ``[t, state, k]``."""

    deviations: NDArray[np.float32]
    variance: Floats


def joint_posterior(record: VoteRecord, mode: Mode, prior: Prior, *, draws: int, seed: int) -> Posterior:
    """Draw positions of all states and periods jointly.

    Parameters
    ----------
    draws
        Number of joint draws, at least 2.
    seed
        Same seed, same draws.

    Returns
    -------
    Posterior
        Variances are those of the conditional normal plus the spread of conditional means over draws
        (Rao-Blackwell), so that they are steadier than the variance of the draws themselves.
    """
    link = path_precision(record, mode, prior)[1]
    factors = _factorise(record, mode, prior, link)
    rng = np.random.default_rng(seed)
    n_periods, n_states, dims = mode.positions.shape
    deviations = np.zeros((draws, n_periods, n_states, dims), dtype=np.float32)
    variance = np.zeros((n_periods, n_states, dims))
    ahead = np.zeros((draws, n_states, dims))
    for t in range(n_periods - 1, -1, -1):
        here, inverse, root = factors[t]
        noise = rng.standard_normal((draws, len(here) * dims), dtype=np.float32)
        pull = np.zeros((draws, len(here) * dims), dtype=inverse.dtype)
        if t + 1 < n_periods:
            pull += (ahead[:, here] * link[t][here, None]).reshape(draws, -1).astype(inverse.dtype)
        mean = pull @ inverse
        ahead = np.zeros((draws, n_states, dims))
        ahead[:, here] = (mean + noise @ root).reshape(draws, len(here), dims)
        deviations[:, t] = ahead
        variance[t, here] = (np.diagonal(inverse) + mean.var(axis=0)).reshape(-1, dims)
    return Posterior(deviations, variance)


def _factorise(record: VoteRecord, mode: Mode, prior: Prior, link: Floats) -> list[_Period]:
    from scipy.linalg import lapack

    diagonal = path_precision(record, mode, prior)[0]
    dims, active = mode.positions.shape[-1], record.active
    kind = np.float64 if dims == 1 else np.float32
    whitening = _whitening(mode.item_precision)
    factors: list[_Period] = []
    for t, rows, cells in each_period(record, mode.positions, mode.items):
        here = np.flatnonzero(active[t])
        low, high = cells.information_low[:, here], cells.information_high[:, here]
        precision = _period_precision(mode, t, rows, here, low, high, whitening[rows].astype(kind), kind)
        precision[np.diag_indices_from(precision)] += np.repeat(diagonal[t][here], dims).astype(kind)
        if t:
            _carry(precision, factors[-1], here, link[t - 1], dims)
        triangle, failed = lapack.get_lapack_funcs("potrf", (precision,))(precision, lower=1, clean=1)
        if failed:
            raise np.linalg.LinAlgError(
                f"The posterior precision of period {record.periods[t]} is not positive."
            )
        inverse_root = lapack.get_lapack_funcs("trtri", (triangle,))(triangle, lower=1)[0]
        factors.append(_Period(here, inverse_root.T @ inverse_root, inverse_root))
    return factors


def _whitening(precision: Floats) -> Floats:
    """``W`` with ``W W' = precision^-1`` for every item."""
    return np.asarray(np.linalg.inv(np.linalg.cholesky(precision)).transpose(0, 2, 1))


def _period_precision(
    mode: Mode,
    t: int,
    rows: slice,
    here: NDArray[np.int64],
    low: NDArray[np.float32],
    high: NDArray[np.float32],
    whitening: NDArray[np.floating],
    kind: type[np.floating],
) -> NDArray[np.floating]:
    """Information of one period about the positions of the states present, items integrated out."""
    dims = mode.positions.shape[-1]
    items, x = mode.items[rows].astype(kind), mode.positions[t, here].astype(kind)
    total = (low + high).astype(kind)
    half = np.exp(items[:, -1:]) / 2
    # d predictor / d (b, c, g), weighted by information: x for the slopes, -1 and half the gap for the
    # cutpoints.
    weighted = np.concatenate(
        [total[..., None] * x[None], -total[..., None], ((low - high) * half)[..., None].astype(kind)],
        axis=-1,
    )
    weighted = weighted @ whitening
    slopes = items[:, :dims]
    tall = (slopes[:, None, :, None] * weighted[:, :, None, :]).transpose(1, 2, 0, 3)
    tall = np.ascontiguousarray(tall).reshape(len(here) * dims, -1)
    precision = -(tall @ tall.T)
    first, second = np.triu_indices(dims)
    own = total.T @ (slopes[:, first] * slopes[:, second])
    base = np.arange(len(here)) * dims
    for column, (a, b) in enumerate(zip(first, second, strict=True)):
        precision[base + a, base + b] += own[:, column]
        if a != b:
            precision[base + b, base + a] += own[:, column]
    return np.asarray(precision)


def _carry(
    precision: NDArray[np.floating], before: _Period, here: NDArray[np.int64], link: Floats, dims: int
) -> None:
    """Subtract what elimination of the period before leaves on the states present in both."""
    _, old, new = np.intersect1d(before.here, here, return_indices=True)
    weight = np.repeat(link[here[new]], dims).astype(precision.dtype)
    old = (old[:, None] * dims + np.arange(dims)).ravel()
    new = (new[:, None] * dims + np.arange(dims)).ravel()
    precision[np.ix_(new, new)] -= weight[:, None] * before.inverse[np.ix_(old, old)] * weight
