"""Parameters by EM over the pairs of a state and a pole.

Pairs are taken as independent here (a composite likelihood; the correlation between poles enters afterwards, in
`poles`). Closeness is the only latent quantity: private parts and noise integrate out. Each round

1. E: mean m and covariance V of closeness of every pair, one years × years solve each;
2. M: μ, ρ, α, δ, λ by generalised least squares and a search; closeness rescaled to variance one and λ with it
   (parameter expansion), which makes rounds few; then the private parts (`private`).

Pairs read in the same years share Σ⁻¹, so that a few hundred inverses serve all.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.model import Parameters, Priors, private_covariance, closeness_covariance
from aneroid.orientation.private import update_private

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array

    Index = NDArray[np.intp]


@dataclass(frozen=True)
class Block:
    """The readings of one family, indicators × years in a row per pair; pairs grouped by what is read when."""

    y: Array
    """Pairs × readings, zero where missing."""
    seen: Array
    """Pairs × readings, one or zero."""
    group: Index
    """Of each pair."""
    mask: Array
    """Groups × readings."""
    error2: Array
    """Typical known error variance of each reading."""
    order: Index
    """Pairs sorted by group."""
    start: Index
    """First of each group in that order."""

    def by_group(self, x: Array) -> Array:
        """Sum something per pair over the pairs of each group."""
        return np.asarray(np.add.reduceat(x[self.order], self.start, axis=0))

    @property
    def size(self) -> Array:
        """Pairs in each group."""
        return np.diff(np.append(self.start, self.order.size)).astype(float)

    def times(self, w: Array, x: Array) -> Array:
        """Multiply the row of each pair by the matrix of its group."""
        out = np.empty_like(x)
        for g, members in enumerate(np.split(self.order, self.start[1:])):
            out[members] = x[members] @ w[g]
        return out


def block(y: Array, error: Array) -> Block:
    """Group pairs by the years in which they are read.

    Known errors enter with their median over pairs: they differ little between pairs, and the closeness reported in
    the end uses them exactly.
    """
    n_pairs, width = y.shape[1], y.shape[0] * y.shape[2]
    flat = np.moveaxis(y, 0, 1).reshape(n_pairs, width)
    known = np.moveaxis(error, 0, 1).reshape(n_pairs, width)
    seen = np.isfinite(flat)
    _, first, group = np.unique(seen, axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    order = np.argsort(group, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(group))[:-1]])
    error2 = np.array(
        [np.median(known[seen[:, n], n] ** 2) if seen[:, n].any() else 0.0 for n in range(width)]
    )
    mask = seen[first].astype(float)
    return Block(np.nan_to_num(flat), seen.astype(float), group, mask, error2, order, start)


def masked_inverse(covariance: Array, noise: Array, mask: Array) -> Array:
    """Invert the covariance of what is read in each group; rows and columns of what is not are zero."""
    both = mask[:, :, None] * mask[:, None, :]
    full = covariance * both
    index = np.arange(mask.shape[1])
    full[:, index, index] += np.where(mask > 0, noise, 1.0)
    return np.asarray(np.linalg.inv(full) * both)


def estimate(
    design: Design, priors: Priors, progress: Callable[[str, float], None]
) -> tuple[Parameters, Array]:
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
    array
        Mean of ã of every pair on its own, states × poles × years, ``nan`` where a pair does not exist.
    """
    parameters = None
    for share, rounds in ((4, priors.rounds[0]), (1, priors.rounds[1])):
        pairs = design.pairs
        kept = pairs[pairs[:, 0] % share == 0] if len(design.states) >= 40 else pairs
        em = Estimator(design, priors, kept)
        parameters = em.run(parameters or em.initial(), rounds, priors.tolerance, progress)
    mean = np.full(design.y.shape[1:], np.nan)
    mean[pairs[:, 0], pairs[:, 1]] = em.expect(parameters, em.weights(parameters))[0]
    return parameters, np.where(design.exists, mean, np.nan)


class Estimator:
    """EM over some pairs of a design."""

    def __init__(self, design: Design, priors: Priors, pairs: Index) -> None:
        self.design, self.priors = design, priors
        self.pole = pairs[:, 1]
        self.n_poles, self.n_years = len(design.poles), design.years.size
        self.blocks = [
            block(design.y[m][:, pairs[:, 0], pairs[:, 1]], design.error[m][:, pairs[:, 0], pairs[:, 1]])
            for m in design.members
        ]

    def initial(self) -> Parameters:
        """Begin at the priors, with zeros at the mean of the readings."""
        n, p, t, prior = len(self.design.names), self.n_poles, self.n_years, self.priors
        families = len(self.blocks)
        alpha = np.zeros((n, p))
        for k in range(n):
            readings = self.design.y[k]
            if self.design.per_pole[k]:
                seen = np.isfinite(readings)
                alpha[k] = np.nansum(readings, axis=(0, 2)) / np.maximum(seen.sum(axis=(0, 2)), 1)
            else:
                alpha[k] = np.nanmean(readings)
        tau2, s2, r2 = (np.full(n, share) for share in prior.private_share)
        return Parameters(
            lam=prior.loading * self.design.resolution,
            alpha=alpha,
            delta=np.zeros((n, p, t)),
            mu=np.zeros(p),
            omega=0.3,
            rho=0.93,
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

    def residual(self, parameters: Parameters, f: int, closeness: Array | None = None) -> Array:
        """y − α − δ − λ·a where read, zero elsewhere."""
        part, members = self.blocks[f], self.design.members[f]
        level = parameters.alpha[members][:, :, None] + parameters.delta[members]
        r = part.y - np.moveaxis(level, 0, 1).reshape(self.n_poles, -1)[self.pole]
        if closeness is not None:
            r -= np.tile(closeness, members.stop - members.start) * np.repeat(
                parameters.lam[members], self.n_years
            )
        return np.asarray(r * part.seen)

    def expect(self, parameters: Parameters, w: list[Array]) -> tuple[Array, Array]:
        """Mean of ã and its covariance, for every pair."""
        q = np.linalg.inv(closeness_covariance(parameters.omega, parameters.rho, self.n_years))
        precision = np.tile(q, (self.pole.size, 1, 1))
        info = np.zeros((self.pole.size, self.n_years))
        shift = np.repeat(parameters.mu[self.pole][:, None], self.n_years, axis=1)
        for f, part in enumerate(self.blocks):
            lam = parameters.lam[self.design.members[f]]
            by_indicator = w[f].reshape(-1, lam.size, self.n_years, lam.size, self.n_years)
            precision += np.einsum("j,gjsmt,m->gst", lam, by_indicator, lam)[part.group]
            weighted = part.times(w[f], self.residual(parameters, f, shift))
            info += np.einsum("j,djt->dt", lam, weighted.reshape(-1, lam.size, self.n_years))
        cov = np.linalg.inv(precision)
        return np.matmul(cov, info[:, :, None])[:, :, 0], cov

    def run(
        self, parameters: Parameters, rounds: int, tolerance: float, progress: Callable[[str, float], None]
    ) -> Parameters:
        """Alternate both steps until loadings rest."""
        for n in range(rounds):
            before = parameters.lam
            w = self.weights(parameters)
            parameters = self.maximise(parameters, w, *self.expect(parameters, w))
            change = float(np.abs(parameters.lam - before).max())
            progress(
                f"{self.pole.size} pairs, round {n + 1}: loadings moved by {change:.4f}", (n + 1) / rounds
            )
            if n > 3 and change < tolerance:
                break
        return parameters

    def maximise(self, parameters: Parameters, w: list[Array], mean: Array, cov: Array) -> Parameters:
        """All parameters but the correlations between poles, one after the other."""
        parameters, closeness, cov = self._process(parameters, mean, cov)
        for f, part in enumerate(self.blocks):
            parameters = self._levels(parameters, f, w[f], closeness)
            spread = part.by_group(cov)
            parameters = self._loadings(parameters, f, w[f], closeness, spread)
            r = self.residual(parameters, f, closeness)
            parameters = update_private(parameters, f, self.design, self.priors, part, w[f], r, spread)
        return parameters

    def _process(self, parameters: Parameters, mean: Array, cov: Array) -> tuple[Parameters, Array, Array]:
        """μ, ρ, and the variance of closeness, which is handed on to λ."""
        q = np.linalg.inv(closeness_covariance(parameters.omega, parameters.rho, self.n_years))
        mu = parameters.mu.copy()
        for p in range(mu.size):
            mine = mean[self.pole == p] + mu[p]
            mu[p] = (mine @ q).sum() / (q.sum() * mine.shape[0] + 1 / self.priors.mean_sd**2)
        closeness = mean + parameters.mu[self.pole][:, None]
        centred = closeness - mu[self.pole][:, None]
        second = cov.sum(axis=0) + centred.T @ centred
        omega, rho, variance = self._memory(second)
        stretch = float(np.sqrt(variance))
        changed = replace(parameters, mu=mu / stretch, omega=omega, rho=rho, lam=parameters.lam * stretch)
        return changed, closeness / stretch, cov / variance

    def _memory(self, second: Array) -> tuple[float, float, float]:
        """ω, ρ and variance that make closeness most likely, given its summed second moments."""
        shortest, longest = self.priors.closeness_half_life
        shares = np.linspace(*self.priors.lasting_share, 15)
        half_lives = np.geomspace(shortest, longest, 25)
        best = (np.inf, 0.0, 0.0, 1.0)
        for omega in shares:
            for rho in 0.5 ** (1 / half_lives):
                covariance = closeness_covariance(omega, rho, self.n_years)
                variance = np.sum(np.linalg.inv(covariance) * second) / (self.pole.size * self.n_years)
                loss = np.linalg.slogdet(covariance)[1] + self.n_years * np.log(variance)
                best = min(best, (float(loss), float(omega), float(rho), float(variance)))
        return best[1:]

    def _levels(self, parameters: Parameters, f: int, w: Array, closeness: Array) -> Parameters:
        """α and δ of a family, pole by pole, then the part of α that is common."""
        part, members, t = self.blocks[f], self.design.members[f], self.n_years
        alpha, delta, d2 = parameters.alpha.copy(), parameters.delta.copy(), parameters.d2.copy()
        n = members.stop - members.start
        per_pole = self.design.per_pole[members.start]
        bare = replace(parameters, alpha=np.zeros_like(alpha), delta=np.zeros_like(delta))
        weighted = part.times(w, self.residual(bare, f, closeness))
        each = np.kron(np.eye(n), np.ones((t, 1)))
        grams, targets = [], []
        for p in range(self.n_poles):
            mine = self.pole == p
            count = np.bincount(part.group[mine], minlength=w.shape[0]).astype(float)
            grams.append(np.tensordot(count, w, axes=1))
            targets.append(weighted[mine].sum(axis=0))
        shocks = np.moveaxis(delta[members], 0, 1).reshape(self.n_poles, -1)
        tops = [each.T @ (b - g @ d) for g, b, d in zip(grams, targets, shocks, strict=True)]
        bottoms = [each.T @ g @ each + 1e-9 * np.eye(n) for g in grams]
        if per_pole:
            alpha[members] = np.array([np.linalg.solve(b, a) for b, a in zip(bottoms, tops, strict=True)]).T
        else:
            alpha[members] = np.linalg.solve(sum(bottoms), sum(tops))[:, None]
        squares, count_read = np.zeros(n), np.zeros(n)
        for p in range(self.n_poles):
            read = np.diag(grams[p]) > 0
            inverse = np.linalg.inv(grams[p] + np.diag(np.repeat(1 / d2[members], t)))
            shock = (inverse @ (targets[p] - grams[p] @ each @ alpha[members, p])).reshape(n, t)
            seen = read.reshape(n, t)
            if not per_pole:
                shock -= (np.where(seen, shock, 0).sum(axis=1) / np.maximum(seen.sum(axis=1), 1))[:, None]
            delta[members, p] = np.where(seen, shock, 0.0)
            squares += (delta[members, p] ** 2 + np.where(seen, np.diag(inverse).reshape(n, t), 0)).sum(
                axis=1
            )
            count_read += seen.sum(axis=1)
        d2[members] = (squares + 10 * self.priors.shock_share) / (count_read + 10)
        return replace(parameters, alpha=alpha, delta=delta, d2=d2)

    def _loadings(
        self, parameters: Parameters, f: int, w: Array, closeness: Array, spread: Array
    ) -> Parameters:
        """λ of a family, jointly, with its prior and limits."""
        part, members, t, prior = self.blocks[f], self.design.members[f], self.n_years, self.priors
        n = members.stop - members.start
        r = self.residual(parameters, f)
        by_indicator = w.reshape(-1, n, t, n, t)
        gram = np.einsum("gjsmt,gst->jm", by_indicator, spread)
        target = np.zeros(n)
        weighted = part.times(w, r).reshape(-1, n, t)
        target += np.einsum("djt,dt->j", weighted, closeness)
        for j in range(n):
            alone = np.zeros((closeness.shape[0], n, t))
            alone[:, j] = closeness
            column = part.times(w, alone.reshape(-1, n * t) * part.seen).reshape(-1, n, t)
            gram[:, j] += np.einsum("dmt,dt->m", column, closeness)
        full = self.design.resolution[members]
        centre = prior.loading * full
        # A pair that is read every year tells about as much of λ as fifty independent readings.
        tight = prior.weight / (prior.loading_log_sd * centre) ** 2 / 50
        lam = parameters.lam.copy()
        raw = np.linalg.solve(gram + np.diag(tight), target + tight * centre)
        low, high = prior.loading_limits
        lam[members] = np.clip(raw, low * full, high * full)
        return replace(parameters, lam=lam)
