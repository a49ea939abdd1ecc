"""Fit of the dynamic ordinal model: alternate exact Newton steps for items and for paths of states.

Items on the same text share a mean and differ from it with a variance that is estimated ("soft bridging"), so
that a repeated text ties the sessions together without forcing a changed text to be the same. Steps of states
have Student-t tails, handled as a scale mixture: each step has a weight, small where the step is large.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.ordinal import item_sums, state_sums
from aneroid.measures.prior import Prior
from aneroid.measures.record import VoteRecord
from aneroid.measures.smoother import smooth

Floats = NDArray[np.float64]

# A Newton step longer than this is shortened: the quadratic form no longer describes the likelihood there.
_LONGEST_ITEM_STEP = 2.0
_LONGEST_POSITION_STEP = 1.0
_LOG_GAP_RANGE = (-6.0, 3.0)


@dataclass(slots=True)
class ItemPrior:
    """Hierarchical prior of the items: texts vary around ``mean``, repeated votes around their text."""

    mean: Floats
    between: Floats
    within: Floats
    text_mean: Floats


@dataclass(slots=True)
class Mode:
    """State of the alternating fit; after convergence, the posterior mode and its curvature."""

    positions: Floats
    items: Floats
    item_precision: Floats
    item_prior: ItemPrior
    step_weights: Floats
    covariance: Floats
    iterations: int = 0
    change: float = np.inf


def start_values(record: VoteRecord, dims: int, prior: Prior) -> Mode:
    """Start from principal components of the agreement of states over the whole record."""
    seen = np.maximum(record.low, record.high)
    level = record.high + (record.high - record.middle)
    count = seen.sum(axis=1, keepdims=True)
    residual = (level - (level * seen).sum(axis=1, keepdims=True) / count) * seen
    residual /= np.sqrt((residual**2).sum(axis=1, keepdims=True) / count)
    joint = seen.sum(axis=0)
    agreement = (residual.T @ residual) / np.sqrt(np.outer(joint, joint))
    vectors = np.linalg.eigh(agreement.astype(np.float64))[1][:, ::-1][:, :dims]
    vectors /= np.maximum(vectors.std(axis=0), 1e-9)
    # Eigenvectors have no sign of their own: fix it so that the same votes give the same start everywhere.
    vectors *= np.where(vectors[np.abs(vectors).argmax(axis=0), range(dims)] < 0, -1, 1)
    n_items, shape = len(record.items), record.n_votes.shape
    items = np.zeros((n_items, dims + 2))
    items[:, :dims] = 1.5 * (residual @ vectors) / count
    items[:, dims] = -1.0
    centre = np.r_[np.zeros(dims), -1.0, 0.0]
    spread = np.r_[np.full(dims, prior.discrimination**2), 4.0, 1.0]
    within = np.r_[np.full(dims, 0.25), 0.25, 0.1]
    n_texts = int(record.text.max()) + 1
    return Mode(
        positions=vectors[None] * record.active[..., None],
        items=items,
        item_precision=np.zeros((n_items, dims + 2, dims + 2)),
        item_prior=ItemPrior(centre, spread, within, np.tile(centre, (n_texts, 1))),
        step_weights=np.ones((shape[0] - 1, shape[1])),
        covariance=np.zeros((*shape, dims, dims)),
    )


def _item_system(record: VoteRecord, mode: Mode) -> tuple[Floats, Floats]:
    """Posterior score and precision of all items at the present values."""
    score, precision = item_sums(record, mode.positions, mode.items)
    repeated = (np.bincount(record.text) > 1)[record.text]
    variance = np.where(repeated[:, None], mode.item_prior.within, mode.item_prior.between)
    score += (mode.item_prior.text_mean[record.text] - mode.items) / variance
    diagonal = np.arange(score.shape[1])
    precision[:, diagonal, diagonal] += 1 / variance
    return score, precision


def update_items(record: VoteRecord, mode: Mode) -> None:
    """Take one Newton step for all items."""
    score, mode.item_precision = _item_system(record, mode)
    step = np.linalg.solve(mode.item_precision, score[..., None])[..., 0]
    longest = np.abs(step).max(axis=1, keepdims=True)
    mode.items = mode.items + step * np.minimum(1, _LONGEST_ITEM_STEP / np.maximum(longest, 1e-9))
    mode.items[:, -1] = np.clip(mode.items[:, -1], *_LOG_GAP_RANGE)


def update_item_prior(record: VoteRecord, mode: Mode, prior: Prior) -> None:
    """Estimate the hierarchical prior of the items from their posterior means and variances (one EM step)."""
    dims, before = mode.positions.shape[-1], mode.item_prior
    diagonal = np.arange(dims + 2)
    variance = np.linalg.inv(mode.item_precision)[:, diagonal, diagonal]
    size = np.bincount(record.text)
    sums = np.zeros_like(before.text_mean)
    np.add.at(sums, record.text, mode.items)
    text_variance = 1 / (size[:, None] / before.within + 1 / before.between)
    text_mean = (sums / before.within + before.mean / before.between) * text_variance
    several = size > 1
    repeated = several[record.text]
    within = before.within
    if several.any():
        deviation = (mode.items - text_mean[record.text]) ** 2 + variance + text_variance[record.text]
        within = deviation[repeated].mean(axis=0)
        within[:dims] = within[:dims].mean()
    values = np.concatenate([text_mean[several], mode.items[~repeated]])
    uncertainty = np.concatenate([text_variance[several], variance[~repeated]])
    # Slopes are centred at zero (their sign is a convention of the text) and their scale fixes that of the
    # space.
    mean = np.r_[np.zeros(dims), values[:, dims:].mean(axis=0)]
    between = ((values - mean) ** 2 + uncertainty).mean(axis=0)
    between[:dims] = prior.discrimination**2
    mode.item_prior = ItemPrior(mean, between, within, np.where(several[:, None], text_mean, mean))


def path_precision(record: VoteRecord, mode: Mode, prior: Prior) -> tuple[Floats, Floats]:
    """Prior precision of the paths: diagonal ``[t, state]`` and links ``[t - 1, state]``."""
    active = record.active
    gaps = np.diff(record.periods).astype(np.float64)[:, None]
    linked = active[1:] & active[:-1]
    link = np.where(linked, mode.step_weights / (prior.step**2 * gaps), 0.0)
    diagonal = np.where(active, 1 / prior.pull**2, 1.0)
    starts = active & ~np.concatenate([np.zeros_like(active[:1]), active[:-1]])
    diagonal += starts / prior.start**2
    diagonal[1:] += link
    diagonal[:-1] += link
    return diagonal, link


def update_positions(record: VoteRecord, mode: Mode, prior: Prior) -> None:
    """Take one Newton step for all paths by exact smoothing, and reweigh the steps."""
    x, active, dims = mode.positions, record.active, mode.positions.shape[-1]
    score, information = state_sums(record, x, mode.items)
    diagonal, link = path_precision(record, mode, prior)
    score -= diagonal[..., None] * x
    score[1:] += link[..., None] * x[:-1]
    score[:-1] += link[..., None] * x[1:]
    score[~active] = 0
    precision = information + diagonal[..., None, None] * np.eye(dims)
    smoothed = smooth(precision, link, score)
    longest = np.abs(smoothed.solution).max(axis=-1, keepdims=True)
    step = smoothed.solution * np.minimum(1, _LONGEST_POSITION_STEP / np.maximum(longest, 1e-9))
    mode.positions, mode.covariance = x + step, smoothed.covariance
    mode.change = float(np.sqrt((step[active] ** 2).mean() / x[active].var()))
    trace = np.trace(smoothed.covariance, axis1=-2, axis2=-1)
    moved = (np.diff(mode.positions, axis=0) ** 2).sum(axis=-1) + trace[1:] + trace[:-1]
    moved -= 2 * np.trace(smoothed.lagged, axis1=-2, axis2=-1)
    gaps = np.diff(record.periods).astype(np.float64)[:, None]
    mode.step_weights = (prior.tails + dims) / (prior.tails + moved / (prior.step**2 * gaps))


def fit_mode(record: VoteRecord, dims: int, prior: Prior, *, iterations: int, tolerance: float) -> Mode:
    """Alternate until positions change by less than ``tolerance`` of their spread (root mean square)."""
    mode = start_values(record, dims, prior)
    for count in range(1, iterations + 1):
        update_items(record, mode)
        update_item_prior(record, mode, prior)
        update_positions(record, mode, prior)
        mode.iterations = count
        if mode.change < tolerance:
            break
    # Curvature of the items and of the positions must be taken at one and the same point: else the joint one may fail.
    mode.item_precision = _item_system(record, mode)[1]
    return mode
