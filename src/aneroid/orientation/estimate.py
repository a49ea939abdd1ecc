"""Parameters by EM over the pairs of a state and a pole.

Pairs are taken as independent here (a composite likelihood; the correlation between poles enters afterwards,
in `poles`). Closeness is the only latent quantity: private parts and noise integrate out. Each round

1. E: mean m and covariance V of closeness of every pair, one years × years solve each, and the working
   weights of its steps;
2. M: μ, ρ and the variance of closeness, which is handed on to λ (parameter expansion, which makes rounds
   few); then α, δ and λ of every family (`regression`) and its private parts (`private`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from aneroid.orientation.groups import block, masked_inverse
from aneroid.orientation.levels import moments, working
from aneroid.orientation.model import (
    Parameters,
    Priors,
    private_covariance,
    step_precision,
    step_weight,
    working_weight,
)
from aneroid.orientation.private import update_private
from aneroid.orientation.regression import update_levels, update_loadings
from aneroid.orientation.working import Working, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array

    Index = NDArray[np.intp]

FEW_STATES = 40


def estimate(
    design: Design, priors: Priors, progress: Callable[[str, float], None]
) -> tuple[Parameters, Array, Working]:
    """Estimate all parameters but the correlations between poles.

    Parameters
    ----------
    design, priors
        Readings and settings.
    progress
        Called with the round and the share that is done.

    Returns
    -------
    Parameters
        Where EM rests. A quarter of the states carries it most of the way, all states the rest.
    mean, working
        Mean of ã of every pair on its own over states × poles × years, ``nan`` where a pair does not exist, and where the
        working values stand.
    """
    pairs = design.pairs
    em = Estimator(design, priors, pairs)
    parameters = em.initial()
    if len(design.states) >= FEW_STATES:
        some = pairs[:, 0] % 4 == 0
        few = Estimator(design, priors, pairs[some])
        parameters = few.run(parameters, priors.rounds[0], lambda text, share: progress(text, share / 2))
        em.steps[some] = few.steps
        for _ in range(4):  # the other pairs first find their own jumps and levels
            w = em.weights(parameters)
            em.grade(parameters, w, em.expect(parameters, w)[0])
    parameters = em.run(parameters, priors.rounds[1], lambda text, share: progress(text, 0.5 + share / 2))
    return parameters, *em.rest(parameters)


class Estimator:
    """EM over some pairs of a design."""

    def __init__(self, design: Design, priors: Priors, pairs: Index) -> None:
        self.design, self.priors, self.pairs = design, priors, pairs
        self.pole = pairs[:, 1]
        self.n_years = design.years.size
        self.steps = np.ones((self.pole.size, self.n_years))
        self.blocks = [
            block(
                *(
                    each[m][:, pairs[:, 0], pairs[:, 1]]
                    for each in (design.y, design.error, design.low, design.high)
                )
            )
            for m in design.members
        ]
        self.blur: list[Array | None] = [None] * len(self.blocks)
        self._bounds = np.cumsum([0, *(part.mask.shape[0] for part in self.blocks)])
        groups = np.stack(
            [part.group + at for part, at in zip(self.blocks, self._bounds[:-1], strict=True)], 1
        )
        rows = np.repeat(np.arange(self.pole.size), len(self.blocks))
        shape = (self.pole.size, int(self._bounds[-1]))
        # One sparse product adds the groups of all families to every pair, or pairs to groups.
        self._membership = csr_array((np.ones(groups.size), (rows, groups.reshape(-1))), shape=shape)
        self._members = csr_array(self._membership.T)

    def initial(self) -> Parameters:
        """Begin at the priors, with zeros at the mean of the readings."""
        n, p, t, prior = len(self.design.names), len(self.design.poles), self.n_years, self.priors
        families = len(self.blocks)
        seen = np.isfinite(self.design.y)
        total, count = np.nansum(self.design.y, axis=(1, 3)), seen.sum(axis=(1, 3))
        common = (total.sum(axis=1) / count.sum(axis=1))[:, None] * np.ones(p)
        tau2, s2, r2 = (np.full(n, share) for share in prior.private_share)
        return Parameters(
            lam=prior.loading * self.design.resolution,
            alpha=np.where(np.array(self.design.per_pole)[:, None], total / np.maximum(count, 1), common),
            delta=np.zeros((n, p, t)),
            mu=np.zeros(p),
            rho=0.96,
            tau2=tau2,
            s2=s2,
            r2=r2,
            phi=np.full(families, 0.8),
            kappa=np.full(families, 0.5),
            d2=np.full(n, prior.shock_share),
            reading_corr=np.tile(np.eye(p), (families, 1, 1)),
            closeness_corr=np.eye(p),
        )

    def weights(self, parameters: Parameters) -> list[Array]:
        """Σ⁻¹ of every family and group."""
        return [
            masked_inverse(
                private_covariance(parameters, f, self.design.members[f], self.n_years),
                np.repeat(parameters.r2[self.design.members[f]], self.n_years) + part.error2,
                part.mask,
            )
            for f, part in enumerate(self.blocks)
        ]

    def residual(self, parameters: Parameters, f: int, closeness: Array) -> Array:
        """y − α − δ − λ·a where read, zero elsewhere."""
        part, members = self.blocks[f], self.design.members[f]
        level = parameters.alpha[members][:, :, None] + parameters.delta[members]
        expected = np.moveaxis(level, 0, 1)[self.pole] + parameters.lam[members][:, None] * closeness[:, None]
        return np.asarray((part.y - expected.reshape(part.y.shape)) * part.seen)

    def expect(self, parameters: Parameters, w: list[Array]) -> tuple[Array, Array]:
        """Mean of ã and its covariance, for every pair; working weights are brought up to date."""
        n_pairs, t = self.pole.size, self.n_years
        info, shared = np.zeros((n_pairs, t)), []
        shift = np.repeat(parameters.mu[self.pole][:, None], t, axis=1)
        for f, part in enumerate(self.blocks):
            lam = parameters.lam[self.design.members[f]]
            by_indicator = w[f].reshape(-1, lam.size, t, lam.size, t)
            shared.append(np.einsum("j,gjsmt,m->gst", lam, by_indicator, lam).reshape(-1, t * t))
            weighted = part.times(w[f], self.residual(parameters, f, shift))
            info += np.einsum("j,djt->dt", lam, weighted.reshape(-1, lam.size, t))
        precision = (self._membership @ np.concatenate(shared)).reshape(n_pairs, t, t)
        precision += step_precision(parameters.rho, step_weight(parameters.rho, self.steps))
        cov = np.linalg.inv(precision)
        mean = np.matmul(cov, info[:, :, None])[:, :, 0]
        variance, lagged = np.diagonal(cov, axis1=1, axis2=2), np.diagonal(cov, offset=1, axis1=1, axis2=2)
        self.steps = working_weight(parameters.rho, self.priors.tail, mean, variance, lagged)
        return mean, cov

    def expected(self, parameters: Parameters, f: int, w: Array, mean: Array) -> Array:
        """Where z of every reading is expected: α + δ + λ·a plus the private part that its neighbours show."""
        part = self.blocks[f]
        noise = np.repeat(parameters.r2[self.design.members[f]], self.n_years) + part.error2
        closeness = mean + parameters.mu[self.pole][:, None]
        return np.asarray(part.y - noise * part.times(w, self.residual(parameters, f, closeness)))

    def grade(self, parameters: Parameters, w: list[Array], mean: Array) -> None:
        """Bring z of every level, and what remains unknown of it, up to date."""
        for f, part in enumerate(self.blocks):
            if part.graded:
                noise = np.repeat(parameters.r2[self.design.members[f]], self.n_years)
                y, blur = moments(self.expected(parameters, f, w[f], mean), noise, part.low, part.high)
                self.blocks[f] = replace(part, y=y * part.seen)
                total = np.zeros(part.mask.shape)
                np.add.at(total, part.group, blur * part.seen)
                self.blur[f] = total

    def run(self, parameters: Parameters, rounds: int, progress: Callable[[str, float], None]) -> Parameters:
        """Alternate both steps until loadings rest."""
        for n in range(rounds):
            before = parameters.lam
            w = self.weights(parameters)
            mean, cov = self.expect(parameters, w)
            self.grade(parameters, w, mean)
            parameters = self.maximise(parameters, w, mean, cov)
            change = float(np.abs(parameters.lam - before).max())
            text = f"{self.pole.size} pairs, round {n + 1}: loadings moved by {change:.3f}"
            progress(text, (n + 1) / rounds)
            if n > 3 and change < self.priors.tolerance:
                break
        return parameters

    def rest(self, parameters: Parameters) -> tuple[Array, Working]:
        """Lay out closeness and working values on the grid."""
        w = self.weights(parameters)
        found, _ = self.expect(parameters, w)
        i, p = self.pairs.T
        mean, working_values = np.full(self.design.y.shape[1:], np.nan), start(self.design, parameters)
        mean[i, p], working_values.steps[i, p] = found, self.steps
        for f, (part, members) in enumerate(zip(self.blocks, self.design.members, strict=True)):
            if part.graded:
                noise = np.repeat(parameters.r2[members], self.n_years)
                eta = self.expected(parameters, f, w[f], found)
                both = working(eta, noise, part.low, part.high)
                for target, values in zip((working_values.response, working_values.noise), both, strict=True):
                    placed = np.where(part.seen > 0, values, np.nan).reshape(i.size, -1, self.n_years)
                    target[members.start : members.stop, i, p] = np.moveaxis(placed, 0, 1)
        return np.where(self.design.exists, mean, np.nan), working_values

    def maximise(self, parameters: Parameters, w: list[Array], mean: Array, cov: Array) -> Parameters:
        """All parameters but the correlations between poles, one after the other."""
        parameters, closeness, variance = self._process(parameters, mean, cov)
        spread = (self._members @ cov.reshape(self.pole.size, -1)) / variance
        t = self.n_years
        for f, part in enumerate(self.blocks):
            mine = spread[self._bounds[f] : self._bounds[f + 1]].reshape(-1, t, t)
            parameters = update_levels(
                parameters, f, self.design, self.priors, part, self.pole, w[f], closeness
            )
            r = self.residual(parameters, f, np.zeros_like(closeness))
            parameters = update_loadings(
                parameters, f, self.design, self.priors, part, w[f], r, closeness, mine
            )
            r = self.residual(parameters, f, closeness)
            parameters = update_private(
                parameters, f, self.design, self.priors, part, w[f], r, mine, self.blur[f]
            )
            if part.graded:
                parameters = _of_variance_one(parameters, self.design.members[f])
        return parameters

    def _process(self, parameters: Parameters, mean: Array, cov: Array) -> tuple[Parameters, Array, float]:
        """μ, ρ, and the variance of closeness relative to one, which is handed on to λ."""
        rho = parameters.rho
        weight = step_weight(parameters.rho, self.steps)
        mu = parameters.mu.copy()
        pull = (1 - rho) * weight
        pull[:, 0] = 1.0
        fixed = pull.copy()
        fixed[:, 1:] *= 1 - rho
        for p in range(mu.size):
            chosen = self.pole == p
            level = mean[chosen] + mu[p]
            steps = level - rho * np.pad(level[:, :-1], ((0, 0), (1, 0)))
            mu[p] = (pull[chosen] * steps).sum() / (fixed[chosen].sum() + 1 / self.priors.mean_sd**2)
        closeness = mean + parameters.mu[self.pole][:, None]
        centred = closeness - mu[self.pole][:, None]
        square = centred**2 + np.diagonal(cov, axis1=1, axis2=2)
        product = centred[:, 1:] * centred[:, :-1] + np.diagonal(cov, offset=1, axis1=1, axis2=2)
        variance = float(square.mean())
        w = self.steps[:, 1:] / variance
        now, both, before = ((w * part).sum() for part in (square[:, 1:], product, square[:, :-1]))
        grid = 0.5 ** (1 / np.geomspace(*self.priors.closeness_half_life, 60))
        loss = w.size * np.log1p(-(grid**2)) + (now - 2 * grid * both + grid**2 * before) / (1 - grid**2)
        stretch = np.sqrt(variance)
        changed = replace(
            parameters,
            mu=mu / stretch,
            rho=float(grid[np.argmin(loss)]),
            lam=parameters.lam * stretch,
        )
        return changed, closeness / stretch, variance


def _of_variance_one(parameters: Parameters, members: slice) -> Parameters:
    """Stretch the parts of z to a variance of one, for which the thresholds of levels stand."""
    parts = {name: getattr(parameters, name)[members] for name in ("tau2", "s2", "r2")}
    total = parameters.lam[members] ** 2 + sum(parts.values())
    changed = {name: getattr(parameters, name).copy() for name in ("lam", *parts)}
    for name, values in parts.items():
        changed[name][members] = values / total
    changed["lam"][members] /= np.sqrt(total)
    return replace(parameters, **changed)
