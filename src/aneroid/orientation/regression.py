"""α, δ and λ of a family, by generalised least squares given closeness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aneroid.orientation.groups import Block
    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array, Parameters, Priors

SHOCK_READINGS = 10.0
"""Pole-years that the prior on d² counts for."""


def update_levels(
    parameters: Parameters,
    f: int,
    design: Design,
    priors: Priors,
    part: Block,
    pole: NDArray[np.intp],
    w: Array,
    closeness: Array,
) -> Parameters:
    """Move α, δ and d² of family f.

    Parameters
    ----------
    parameters, f, design, priors
        Where we stand, and of which family.
    part, pole, w
        Its readings, the pole of every pair, Σ⁻¹ by group.
    closeness
        Mean closeness per pair.

    Returns
    -------
    Parameters
        α is one per pole or common; δ are shrunken towards zero and, where α is common, average to zero over
        the years of each pole, so that they cannot take its place.
    """
    members, t = design.members[f], design.years.size
    n, n_poles = members.stop - members.start, len(design.poles)
    per_pole = design.per_pole[members.start]
    lam, d2 = parameters.lam[members], parameters.d2[members]
    bare = (part.y - (lam[:, None] * closeness[:, None]).reshape(part.y.shape)) * part.seen
    weighted = part.times(w, bare)
    count = np.zeros((n_poles, w.shape[0]))
    np.add.at(count, (pole, part.group), 1.0)
    gram = np.tensordot(count, w, axes=1)
    target = np.stack([weighted[pole == p].sum(axis=0) for p in range(n_poles)])
    each = np.kron(np.eye(n), np.ones((t, 1)))
    shock = np.moveaxis(parameters.delta[members], 0, 1).reshape(n_poles, -1)
    top = (target - np.einsum("pij,pj->pi", gram, shock)) @ each
    bottom = each.T @ gram @ each + 1e-9 * np.eye(n)
    if per_pole:
        alpha = np.linalg.solve(bottom, top[:, :, None])[:, :, 0]
    else:
        alpha = np.tile(np.linalg.solve(bottom.sum(axis=0), top.sum(axis=0)), (n_poles, 1))
    inverse = np.linalg.inv(gram + np.diag(np.repeat(1 / d2, t)))
    left = target - np.einsum("pij,pj->pi", gram, alpha @ each.T)
    shock = np.einsum("pij,pj->pi", inverse, left).reshape(n_poles, n, t)
    read = (np.diagonal(gram, axis1=1, axis2=2) > 0).reshape(n_poles, n, t)
    if not per_pole:
        shock = shock - ((shock * read).sum(axis=2) / np.maximum(read.sum(axis=2), 1))[:, :, None]
    shock = np.where(read, shock, 0.0)
    spread = shock**2 + read * np.diagonal(inverse, axis1=1, axis2=2).reshape(n_poles, n, t)
    total, number = spread.sum(axis=(0, 2)), read.sum(axis=(0, 2))
    changed = {name: getattr(parameters, name).copy() for name in ("alpha", "delta", "d2")}
    changed["alpha"][members] = alpha.T
    changed["delta"][members] = np.moveaxis(shock, 1, 0)
    changed["d2"][members] = (total + SHOCK_READINGS * priors.shock_share) / (number + SHOCK_READINGS)
    return replace(parameters, **changed)


def update_loadings(
    parameters: Parameters,
    f: int,
    design: Design,
    priors: Priors,
    part: Block,
    w: Array,
    r: Array,
    closeness: Array,
    spread: Array,
) -> Parameters:
    """Move λ of family f.

    Parameters
    ----------
    parameters, f, design, priors, part, w
        As in `update_levels`.
    r
        Readings less α and δ, per pair.
    closeness, spread
        Mean closeness per pair; its covariance, summed by group.

    Returns
    -------
    Parameters
        λ within its limits, which are shares of the resolution of each indicator.
    """
    members, t = design.members[f], design.years.size
    n = members.stop - members.start
    gram = np.einsum("gjsmt,gst->jm", w.reshape(-1, n, t, n, t), spread)
    target = np.einsum("djt,dt->j", part.times(w, r).reshape(-1, n, t), closeness)
    for j in range(n):
        alone = np.zeros((closeness.shape[0], n, t))
        alone[:, j] = closeness
        column = part.times(w, alone.reshape(part.y.shape) * part.seen)
        gram[:, j] += np.einsum("dmt,dt->m", column.reshape(-1, n, t), closeness)
    full = design.resolution[members]
    centre = priors.loading * full
    tight = priors.loading_weight / (priors.loading_log_sd * centre) ** 2
    raw = np.linalg.solve(gram + np.diag(tight), target + tight * centre)
    low, high = priors.loading_limits
    lam = parameters.lam.copy()
    lam[members] = np.clip(raw, low * full, high * full)
    return replace(parameters, lam=lam)
