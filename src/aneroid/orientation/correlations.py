"""Correlations between poles: Ω of closeness, R[f] of what closeness does not explain, as moments of what EM leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters


def closeness_correlation(mean: Array, covariance: Array | None) -> Array:
    """Estimate Ω from closeness as it stands.

    Parameters
    ----------
    mean
        Mean of ã over states × poles × years, ``nan`` where a pair does not exist.
    covariance
        Its covariance between poles, states × years × poles × poles, where already known.

    Returns
    -------
    array
        Poles × poles, positive definite.
    """
    rows = np.moveaxis(mean, 1, 2).reshape(-1, mean.shape[1])
    return _correlation(rows, None if covariance is None else covariance.reshape(-1, *covariance.shape[2:]))


def reading_correlations(response: Array, design: Design, parameters: Parameters, mean: Array) -> Array:
    """Estimate R of every family from what closeness leaves of the readings.

    Parameters
    ----------
    response, design, parameters
        Readings as they count, and parameters.
    mean
        As in `closeness_correlation`.

    Returns
    -------
    array
        Families × poles × poles.
    """
    found = np.empty_like(parameters.reading_corr)
    for f, members in enumerate(design.members):
        level = parameters.alpha[members][:, :, None] + parameters.delta[members]
        closeness = mean + parameters.mu[:, None]
        left = response[members] - level[:, None] - parameters.lam[members][:, None, None, None] * closeness
        found[f] = _correlation(np.moveaxis(left, 2, 3).reshape(-1, mean.shape[1]), None)
    return found


def _correlation(rows: Array, extra: Array | None) -> Array:
    """Correlation of columns from the rows where both are there, kept positive definite."""
    seen = np.isfinite(rows)
    filled = np.where(seen, rows, 0.0)
    both = seen.T.astype(float) @ seen
    moment = filled.T @ filled
    if extra is not None:
        moment += np.where(seen[:, :, None] & seen[:, None, :], extra, 0.0).sum(axis=0)
    moment /= np.maximum(both, 1.0)
    size = np.sqrt(np.maximum(np.diag(moment), 1e-9))
    corr = np.where(both > 0, moment / np.outer(size, size), 0.0)
    np.fill_diagonal(corr, 1.0)
    values, vectors = np.linalg.eigh(corr)
    corr = (vectors * np.maximum(values, 0.05)) @ vectors.T
    size = np.sqrt(np.diag(corr))
    return np.asarray(corr / np.outer(size, size))
