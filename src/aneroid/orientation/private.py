"""Variances of the private parts of a family, by Fisher scoring on the expected log-likelihood."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.model import lags

if TYPE_CHECKING:
    from aneroid.orientation.groups import Block
    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters, Priors


def update_private(
    parameters: Parameters,
    f: int,
    design: Design,
    priors: Priors,
    part: Block,
    w: Array,
    r: Array,
    spread: Array,
    blur: Array | None,
) -> Parameters:
    """Move τ², s², r², φ and κ of family f by one scoring step.

    Parameters
    ----------
    parameters, f, design, priors
        Where we stand, and of which family.
    part, w
        Its readings and Σ⁻¹ by group.
    r, spread
        Readings less α, δ and λ times mean closeness, per pair; covariance of closeness, summed by group.
    blur
        Variance of z given its level, summed by group; None where every z is known.

    Returns
    -------
    Parameters
        One step up the expected log-likelihood plus the log prior, limited in length and by the floors.
    """
    members = design.members[f]
    n = members.stop - members.start
    lam = parameters.lam[members]
    v = part.times(w, r)
    reach = np.einsum("j,gsju->gsu", lam, w.reshape(*w.shape[:2], n, -1))
    second = v.T @ v + np.tensordot(reach @ spread, reach, axes=([0, 2], [0, 2]))
    if blur is not None:
        for each, variance in zip(w, blur, strict=True):
            second += (each * variance) @ each
    x, derivatives = _coordinates(parameters, f, members, design.years.size, priors)
    excess = second - np.tensordot(part.size, w, axes=1)
    gradient = 0.5 * np.array([np.vdot(excess, d) for d in derivatives])
    # The metric only steers the step: the largest groups, scaled up, do for all.
    largest = np.argsort(-part.size, kind="stable")[:4]
    raised = float(part.mask.sum(axis=1) @ part.size / (part.mask[largest].sum(axis=1) @ part.size[largest]))
    products = [w[largest] @ d for d in derivatives]
    weighted = [raised * part.size[largest, None, None] * np.swapaxes(wd, 1, 2) for wd in products]
    fisher = 0.5 * np.array([[np.vdot(a, b) for b in products] for a in weighted])
    log_share = np.log(np.repeat(priors.private_share, n))
    centre = np.concatenate([log_share, [1.5, 0.0]])
    tight = np.concatenate(
        [np.full(3 * n, priors.weight / priors.private_log_sd**2), [priors.weight / 2] * 2]
    )
    step = np.linalg.solve(fisher + np.diag(tight), gradient - tight * (x - centre))
    return _moved(parameters, f, members, x + np.clip(step, -0.7, 0.7), priors)


def _bound(priors: Priors) -> float:
    return float(0.5 ** (1 / priors.private_half_life))


def _coordinates(
    parameters: Parameters, f: int, members: slice, n_years: int, priors: Priors
) -> tuple[Array, list[Array]]:
    """Unbounded coordinates (log variances; logits of φ below its bound and of κ) and dΣ by each."""
    n = members.stop - members.start
    tau2, s2, r2 = parameters.tau2[members], parameters.s2[members], parameters.r2[members]
    phi, kappa, bound = parameters.phi[f], parameters.kappa[f], _bound(priors)
    between = np.full((n, n), kappa)
    np.fill_diagonal(between, 1.0)
    apart = lags(n_years)
    memory, ones = phi**apart, np.ones((n_years, n_years))
    constants, drifts = (between * np.sqrt(np.outer(x, x)) for x in (tau2, s2))
    derivatives = []
    for sizes, over_years in ((constants, ones), (drifts, memory)):
        for j in range(n):
            half = np.zeros((n, n))
            half[j] += sizes[j] / 2
            half[:, j] += sizes[:, j] / 2
            derivatives.append(np.kron(half, over_years))
    for j in range(n):
        derivatives.append(np.diag(np.repeat(np.where(np.arange(n) == j, r2, 0.0), n_years)))
    derivatives.append(np.kron(drifts, apart * memory * (1 - phi / bound)))
    off = (1 - np.eye(n)) * (1 - kappa)
    derivatives.append(np.kron(constants * off, ones) + np.kron(drifts * off, memory))
    x = np.concatenate(
        [np.log(tau2), np.log(s2), np.log(r2), [np.log(phi / (bound - phi)), np.log(kappa / (1 - kappa))]]
    )
    return x, derivatives


def _moved(parameters: Parameters, f: int, members: slice, x: Array, priors: Priors) -> Parameters:
    n = members.stop - members.start
    tau2, s2, r2 = parameters.tau2.copy(), parameters.s2.copy(), parameters.r2.copy()
    phi, kappa = parameters.phi.copy(), parameters.kappa.copy()
    tau2[members] = np.exp(x[:n])
    s2[members] = np.maximum(np.exp(x[n : 2 * n]), priors.floor)
    r2[members] = np.maximum(np.exp(x[2 * n : 3 * n]), priors.floor)
    phi[f] = _bound(priors) / (1 + np.exp(-x[-2]))
    kappa[f] = np.clip(1 / (1 + np.exp(-x[-1])), 0.02, 0.98)
    return replace(parameters, tau2=tau2, s2=s2, r2=r2, phi=phi, kappa=kappa)
