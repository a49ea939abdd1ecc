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
from aneroid.orientation.levels import working
from aneroid.orientation.model import private_parts, step_precision, step_weight, working_weight

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


@dataclass(frozen=True)
class Working:
    """What makes the model Gaussian, given which the rest is exact."""

    steps: Array
    """Working weights of the steps, states × poles × years: far below one where closeness jumped."""
    response: Array
    """What a reading counts as, on the axes of the design: itself, or the working response of a level."""
    noise: Array
    """Its noise."""
    spread: Array
    """How much wider the constant of a pair and indicator is than usual, as a share of τ²; indicators × states × poles."""


def start(design: Design, parameters: Parameters) -> Working:
    """Begin where no step is a jump and every level counts as its mean."""
    noise = parameters.r2[:, None, None, None] + design.error**2
    return Working(
        np.ones(design.y.shape[1:]),
        design.y.copy(),
        np.where(np.isfinite(design.y), noise, np.nan),
        np.ones(design.y.shape[:3]),
    )


class States:
    """Solve the model for one state at a time, all poles of the fit together."""

    def __init__(self, design: Design, parameters: Parameters, priors: Priors, working: Working) -> None:
        self.design, self.parameters, self.priors, self.working = design, parameters, priors, working
        n = design.years.size
        parts = [private_parts(parameters, f, m, n) for f, m in enumerate(design.members)]
        self._constant, self._drift = [part[0] for part in parts], [part[1] for part in parts]
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
        size: Array = np.sqrt(step_weight(rho, self.working.steps[state, mine]))
        blocks = step_precision(rho, np.asarray(between[:, :, None] * size[:, None] * size))
        n = mine.size * self.design.years.size
        return blocks.transpose(0, 2, 1, 3).reshape(n, n)

    def posterior(self, state: int, readings: Sequence[Readings] | None = None) -> Posterior:
        """ã of a state over poles × years."""
        return Posterior(self.prior_precision(state), readings or self.system(state)[0])

    def _readings(self, state: int, f: int, source: Source, mine: NDArray[np.intp]) -> Readings:
        k, p, t = source.indicator, source.pole, source.year
        value = self.working.response[k, state, p, t] - self.usual(source)
        noise = self.working.noise[k, state, p, t]
        key = (f, np.concatenate([k, t]).tobytes())
        if self._together[f] or self.priors.private_tail or (noise != self.parameters.r2[k]).any():
            precision = self._precision(f, source, state)
        else:
            if key not in self._inverses:
                self._inverses[key] = self._precision(f, source, state)
            precision = self._inverses[key]
        edges = np.flatnonzero(np.diff(k)) + 1
        bounds = [0, *edges.tolist(), k.size]
        parts = tuple(slice(a, b) for a, b in pairwise(bounds))
        at = np.searchsorted(mine, p) * self.design.years.size + t
        return Readings(at, self.parameters.lam[k], precision, value, parts)

    def usual(self, source: Source) -> Array:
        """What readings are expected to be of a state that is as close as usual: α + δ + λμ."""
        k, p, t = source.indicator, source.pole, source.year
        parameters = self.parameters
        return np.asarray(
            parameters.alpha[k, p] + parameters.delta[k, p, t] + parameters.lam[k] * parameters.mu[p]
        )

    def again(self, state: int, posterior: Posterior, sources: Sequence[Source]) -> None:
        """Bring the working response of every level of a state up to date."""
        design, working_values = self.design, self.working
        for group, source in zip(posterior.readings, sources, strict=True):
            if self.priors.private_tail:
                self._constants(state, posterior, group, source)
            at = (source.indicator, state, source.pole, source.year)
            low, high = design.low[at], design.high[at]
            level = low < high
            if level.any():
                left = group.value - group.loading * posterior.mean[group.at]
                private = left - working_values.noise[at] * (group.precision @ left)
                eta = self.usual(source) + group.loading * posterior.mean[group.at] + private
                k = source.indicator[level]
                response, noise = working(eta[level], self.parameters.r2[k], low[level], high[level])
                chosen = (k, state, source.pole[level], source.year[level])
                working_values.response[chosen], working_values.noise[chosen] = response, noise

    def _constants(self, state: int, posterior: Posterior, group: Readings, source: Source) -> None:
        """Bring the spread of the constants up to date: t with ν degrees of freedom, as scales of a normal."""
        tail = self.priors.private_tail
        n_poles = len(self.design.poles)
        key = source.indicator * n_poles + source.pole
        names, which = np.unique(key, return_inverse=True)
        member = (which == np.arange(names.size)[:, None]).astype(float)
        reach = member @ group.precision
        left = group.value - group.loading * posterior.mean[group.at]
        spread = self.working.spread[names // n_poles, state, names % n_poles]
        tau2 = self.parameters.tau2[names // n_poles]
        constant = spread * tau2 * (reach @ left)
        rest = spread * tau2 * (1 - spread * tau2 * (reach * member).sum(axis=1))
        self.working.spread[names // n_poles, state, names % n_poles] = (tail + (constant**2 + rest) / tau2) / (
            tail + 1
        )

    def _precision(self, f: int, source: Source, state: int) -> Array:
        k, p, t = source.indicator, source.pole, source.year
        at = (k, state, p, t)
        row = (k - self.design.members[f].start) * self.design.years.size + t
        between = self.parameters.reading_corr[f][np.ix_(p, p)]
        wide = np.sqrt(self.working.spread[k, state, p])
        both = np.ix_(row, row)
        covariance = between * (self._constant[f][both] * np.outer(wide, wide) + self._drift[f][both])
        noise = np.sqrt(self.working.noise[at])
        # What is unknown of a level is its own: only the noise of points goes together between poles.
        point = self.design.low[at] == self.design.high[at]
        shared = (row[:, None] == row) & (np.outer(point, point) | np.eye(row.size, dtype=bool))
        covariance += between * np.where(shared, np.outer(noise, noise), 0.0)
        return inverse(covariance)


def solve(states: States, *, last: bool = False) -> tuple[Array, Array, Array]:
    """Solve all states, and bring their working values up to date.

    Parameters
    ----------
    states
        Its `working` is changed in place.
    last
        Leave the working values as they are, so that answers given later use those of this solve.

    Returns
    -------
    mean, cov, across
        Mean of ã over states × poles × years, ``nan`` where a pair does not exist; its covariance between poles,
        states × years × poles × poles; that of the year before (rows) with the year (columns).
    """
    design = states.design
    n, n_poles, n_years = len(design.states), len(design.poles), design.years.size
    mean, cov = np.full((n, n_poles, n_years), np.nan), np.zeros((n, n_years, n_poles, n_poles))
    across = np.zeros_like(cov)

    def one(state: int) -> None:
        readings, sources = states.system(state)
        posterior, mine = states.posterior(state, readings), states.poles_of(state)
        m = posterior.mean.reshape(mine.size, n_years)
        full = posterior.covariance.reshape(mine.size, n_years, mine.size, n_years)
        between = np.einsum("ptqt->tpq", full)
        own = np.einsum("ptps->pts", full)
        variance, lagged = np.diagonal(own, axis1=1, axis2=2), np.diagonal(own, offset=1, axis1=1, axis2=2)
        mean[state, mine] = m
        cov[state][:, mine[:, None], mine] = between
        later = np.arange(1, n_years)
        across[state, 1:][:, mine[:, None], mine] = full[:, later - 1, :, later]
        if not last:
            weight = working_weight(states.parameters.rho, states.priors.tail, m, variance, lagged)
            states.working.steps[state, mine] = weight
            states.again(state, posterior, sources)

    # LAPACK lets go of the interpreter, and every state writes to its own place.
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        list(pool.map(one, range(n)))
    return np.where(design.exists, mean, np.nan), cov, across


def with_correlations(
    response: Array, design: Design, parameters: Parameters, mean: Array, covariance: Array | None
) -> Parameters:
    """Estimate Ω and R from closeness as it stands.

    Parameters
    ----------
    response, design, parameters
        Readings as they count, and parameters.
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
        left = response[members] - level[:, None] - parameters.lam[members][:, None, None, None] * closeness
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
