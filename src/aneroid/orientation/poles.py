"""Closeness of one state to all poles together, with the correlation between poles."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.filter import Posterior, Readings, inverse
from aneroid.orientation.levels import working
from aneroid.orientation.model import private_covariance, step_precision, step_weight, working_weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters, Priors
    from aneroid.orientation.working import Working


@dataclass(frozen=True)
class Source:
    """Which readings a group of the solver holds: positions on the axes of the design."""

    indicator: NDArray[np.intp]
    pole: NDArray[np.intp]
    year: NDArray[np.intp]


class States:
    """Solve the model for one state at a time, all poles of the fit together."""

    def __init__(self, design: Design, parameters: Parameters, priors: Priors, working: Working) -> None:
        self.design, self.parameters, self.priors, self.working = design, parameters, priors, working
        n = design.years.size
        self._private = [private_covariance(parameters, f, m, n) for f, m in enumerate(design.members)]
        self._together = [
            np.abs(corr - np.eye(corr.shape[0])).sum()
            > priors.correlation_floor * corr.shape[0] * (corr.shape[0] - 1)
            for corr in parameters.reading_corr
        ]
        self.keep = False
        """Whether Σ⁻¹ that rounds do not change is kept: quick, but large."""
        self._inverses: dict[tuple[int, bytes], Array] = {}

    def poles_of(self, state: int) -> NDArray[np.intp]:
        """Poles towards which a state has readings."""
        return np.flatnonzero(np.isfinite(self.design.y[:, state]).any(axis=(0, 2)))

    def span_of(self, state: int) -> slice:
        """Years from a state's first reading to its last; closeness is solved for these alone."""
        lives = np.flatnonzero(self.design.exists[state].any(axis=0))
        return slice(int(lives[0]), int(lives[-1]) + 1)

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
        mine, span, rho = self.poles_of(state), self.span_of(state), self.parameters.rho
        between = np.linalg.inv(self.parameters.closeness_corr[np.ix_(mine, mine)])
        size: Array = np.sqrt(step_weight(rho, self.working.steps[state, mine, span]))
        blocks = step_precision(rho, np.asarray(between[:, :, None] * size[:, None] * size))
        n = mine.size * (span.stop - span.start)
        return blocks.transpose(0, 2, 1, 3).reshape(n, n)

    def posterior(self, state: int, readings: Sequence[Readings] | None = None) -> Posterior:
        """ã of a state over poles × years."""
        return Posterior(self.prior_precision(state), readings or self.system(state)[0])

    def _readings(self, state: int, f: int, source: Source, mine: NDArray[np.intp]) -> Readings:
        k, p, t = source.indicator, source.pole, source.year
        value = self.working.response[k, state, p, t] - self.usual(source)
        noise = self.working.noise[k, state, p, t]
        # Σ⁻¹ that no round changes is kept: of points, for the state; where only r² differs from pair to pair, for all.
        key: tuple[int, bytes] | None = None
        if (self.design.low[k, state, p, t] == self.design.high[k, state, p, t]).all():
            alike = not self._together[f] and (noise == self.parameters.r2[k]).all()
            key = (f, np.concatenate([k, t, [] if alike else [-1.0, state, *p]]).tobytes())
        precision = self._inverses.get(key) if key else None
        if precision is None:
            precision = self._precision(f, source, state)
            if key and self.keep:
                self._inverses[key] = precision
        edges = np.flatnonzero(np.diff(k)) + 1
        bounds = [0, *edges.tolist(), k.size]
        parts = tuple(slice(a, b) for a, b in pairwise(bounds))
        span = self.span_of(state)
        at = np.searchsorted(mine, p) * (span.stop - span.start) + t - span.start
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

    def _precision(self, f: int, source: Source, state: int) -> Array:
        k, p, t = source.indicator, source.pole, source.year
        at = (k, state, p, t)
        row = (k - self.design.members[f].start) * self.design.years.size + t
        between = self.parameters.reading_corr[f][np.ix_(p, p)]
        covariance = between * self._private[f][np.ix_(row, row)]
        noise = np.sqrt(self.working.noise[at])
        # What is unknown of a level is its own: only the noise of points goes together between poles.
        point = self.design.low[at] == self.design.high[at]
        if self._together[f] and point.any():
            shared = (row[:, None] == row) & np.outer(point, point)
            covariance += between * np.where(shared, np.outer(noise, noise), 0.0)
            noise = np.where(point, 0.0, noise)
        here = np.arange(row.size)
        covariance[here, here] += noise**2
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
        posterior, mine, span = (
            states.posterior(state, readings),
            states.poles_of(state),
            states.span_of(state),
        )
        size = span.stop - span.start
        m = posterior.mean.reshape(mine.size, size)
        full = posterior.covariance.reshape(mine.size, size, mine.size, size)
        between = np.einsum("ptqt->tpq", full)
        own = np.einsum("ptps->pts", full)
        variance, lagged = np.diagonal(own, axis1=1, axis2=2), np.diagonal(own, offset=1, axis1=1, axis2=2)
        mean[state, mine, span] = m
        cov[state, span][:, mine[:, None], mine] = between
        later = np.arange(1, size)
        across[state, span][1:, mine[:, None], mine] = full[:, later - 1, :, later]
        if not last:
            weight = working_weight(states.parameters.rho, states.priors.tail, m, variance, lagged)
            states.working.steps[state, mine, span] = weight
            states.again(state, posterior, sources)

    # LAPACK lets go of the interpreter, and every state writes to its own place.
    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        list(pool.map(one, range(n)))
    return np.where(design.exists, mean, np.nan), cov, across
