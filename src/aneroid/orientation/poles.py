"""Closeness of one state to all poles together, with the correlation between poles.

Correlations are moments of what EM over pairs leaves: Ω of closeness, R[f] of what closeness does not explain.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.filter import Posterior, Readings, inverse
from aneroid.orientation.model import private_covariance, step_precision, step_weight, working_weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters, Priors


@dataclass(frozen=True)
class Source:
    """Which readings a group of the solver holds: positions on the axes of the design."""

    indicator: NDArray[np.intp]
    pole: NDArray[np.intp]
    year: NDArray[np.intp]


class States:
    """Solve the model for one state at a time, all poles of the fit together."""

    def __init__(self, design: Design, parameters: Parameters, priors: Priors, steps: Array) -> None:
        self.design, self.parameters, self.priors, self.steps = design, parameters, priors, steps
        n = design.years.size
        self._private = [private_covariance(parameters, f, m, n) for f, m in enumerate(design.members)]
        self._together = [
            np.abs(corr - np.eye(corr.shape[0])).sum()
            > priors.correlation_floor * corr.shape[0] * (corr.shape[0] - 1)
            for corr in parameters.reading_corr
        ]
        self._inverses: dict[tuple[int, bytes], Array] = {}

    def poles_of(self, state: int) -> NDArray[np.intp]:
        """Poles towards which a state has readings."""
        return np.flatnonzero(np.isfinite(self.design.y[:, state]).any(axis=(0, 2)))

    def system(self, state: int) -> tuple[list[Readings], list[Source]]:
        """Readings of a state, less α, δ and λμ, and where each comes from."""
        groups: list[Readings] = []
        sources: list[Source] = []
        mine = self.poles_of(state)
        for f, members in enumerate(self.design.members):
            seen = np.isfinite(self.design.y[members, state])
            chunks = [mine] if self._together[f] else [mine[n : n + 1] for n in range(mine.size)]
            for chunk in chunks:
                indicator, pole, year = np.nonzero(seen[:, chunk])
                if indicator.size == 0:
                    continue
                source = Source(indicator + members.start, chunk[pole], year)
                groups.append(self._readings(state, f, source, mine))
                sources.append(source)
        return groups, sources

    def prior_precision(self, state: int) -> Array:
        """Precision of ã over poles × years before any reading."""
        mine, rho = self.poles_of(state), self.parameters.rho
        between = np.linalg.inv(self.parameters.closeness_corr[np.ix_(mine, mine)])
        size: Array = np.sqrt(step_weight(rho, self.steps[state, mine]))
        blocks = step_precision(rho, np.asarray(between[:, :, None] * size[:, None] * size))
        n = mine.size * self.design.years.size
        return blocks.transpose(0, 2, 1, 3).reshape(n, n)

    def posterior(self, state: int, readings: Sequence[Readings] | None = None) -> Posterior:
        """ã of a state over poles × years."""
        return Posterior(self.prior_precision(state), readings or self.system(state)[0])

    def _readings(self, state: int, f: int, source: Source, mine: NDArray[np.intp]) -> Readings:
        k, p, t = source.indicator, source.pole, source.year
        parameters = self.parameters
        expected = parameters.alpha[k, p] + parameters.delta[k, p, t] + parameters.lam[k] * parameters.mu[p]
        value = self.design.y[k, state, p, t] - expected
        error = self.design.error[k, state, p, t]
        key = (f, np.concatenate([k, t]).tobytes())
        if self._together[f] or error.any():
            precision = self._precision(f, k, p, t, error)
        else:
            if key not in self._inverses:
                self._inverses[key] = self._precision(f, k, p, t, error)
            precision = self._inverses[key]
        edges = np.flatnonzero(np.diff(k)) + 1
        bounds = [0, *edges.tolist(), k.size]
        parts = tuple(slice(a, b) for a, b in pairwise(bounds))
        at = np.searchsorted(mine, p) * self.design.years.size + t
        return Readings(at, parameters.lam[k], precision, value, parts)

    def _precision(
        self, f: int, k: NDArray[np.intp], p: NDArray[np.intp], t: NDArray[np.intp], error: Array
    ) -> Array:
        row = (k - self.design.members[f].start) * self.design.years.size + t
        between = self.parameters.reading_corr[f][np.ix_(p, p)]
        covariance = between * self._private[f][np.ix_(row, row)]
        noise = np.sqrt(self.parameters.r2[k] + error**2)
        covariance += between * np.where(row[:, None] == row, np.outer(noise, noise), 0.0)
        return inverse(covariance)


def solve(states: States) -> tuple[Array, Array, Array]:
    """Solve all states.

    Returns
    -------
    mean, cov, steps
        Mean of ã over states × poles × years, ``nan`` where a pair does not exist; its covariance between poles,
        states × years × poles × poles; the working weights that follow from both.
    """
    design = states.design
    n, n_poles, n_years = len(design.states), len(design.poles), design.years.size
    mean, cov = np.full((n, n_poles, n_years), np.nan), np.zeros((n, n_years, n_poles, n_poles))
    steps = np.ones_like(mean)

    def one(state: int) -> None:
        posterior, mine = states.posterior(state), states.poles_of(state)
        m = posterior.mean.reshape(mine.size, n_years)
        full = posterior.covariance.reshape(mine.size, n_years, mine.size, n_years)
        between = np.einsum("ptqt->tpq", full)
        own = np.einsum("ptps->pts", full)
        variance, lagged = np.diagonal(own, axis1=1, axis2=2), np.diagonal(own, offset=1, axis1=1, axis2=2)
        mean[state, mine] = m
        cov[state][:, mine[:, None], mine] = between
        steps[state, mine] = working_weight(states.parameters.rho, states.priors.tail, m, variance, lagged)

    # LAPACK lets go of the interpreter, and every state writes to its own place.
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        list(pool.map(one, range(n)))
    return np.where(design.exists, mean, np.nan), cov, steps


def with_correlations(
    design: Design, parameters: Parameters, mean: Array, covariance: Array | None
) -> Parameters:
    """Estimate Ω and R from closeness as it stands.

    Parameters
    ----------
    design, parameters
        Readings and parameters.
    mean
        Mean of ã over states × poles × years, ``nan`` where a pair does not exist.
    covariance
        Its covariance between poles, states × years × poles × poles, where already known.

    Returns
    -------
    Parameters
        With both correlations; nothing else has changed.
    """
    rows = np.moveaxis(mean, 1, 2).reshape(-1, mean.shape[1])
    extra = None if covariance is None else covariance.reshape(-1, *covariance.shape[2:])
    closeness_corr = _correlation(rows, extra)
    reading_corr = np.empty_like(parameters.reading_corr)
    for f, members in enumerate(design.members):
        level = parameters.alpha[members][:, :, None] + parameters.delta[members]
        closeness = mean + parameters.mu[:, None]
        left = design.y[members] - level[:, None] - parameters.lam[members][:, None, None, None] * closeness
        reading_corr[f] = _correlation(np.moveaxis(left, 2, 3).reshape(-1, mean.shape[1]), None)
    return replace(parameters, closeness_corr=closeness_corr, reading_corr=reading_corr)


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
