"""How many alarms chance would raise, and the probability that one is a turn.

A turn is several kinds of ties moving at once. The placebo world keeps every movement of every family of every state,
with its size and its years in a row, but turns each family's series of a state round by a number of years drawn for
that family alone: what then comes together does so by chance. The expected number of false alarms at a score is the
mean number of placebo turns that strong, and the probability of a turn is one minus the local false discovery rate,
f₀/f, with the ratio of densities made monotone in the score. Real turns leave their separate movements in the placebo
worlds, so the number is on the high side.

References
----------
Efron (2004), doi:10.1198/016214504000000089, on local false discovery; Barlow, Bartholomew, Bremner, Brunk (1972),
*Statistical Inference under Order Restrictions*, on pooling adjacent violators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.realignment.turns import DISCOUNT, score_turns, strongest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aneroid.realignment.evidence import Array, Evidence

WORLDS = 20


def placebo_scores(
    evidence: Evidence, prior: Array, *, seed: int, worlds: int = WORLDS, discount: float = DISCOUNT
) -> list[Array]:
    """Score the turns of worlds in which families move independently of each other.

    Parameters
    ----------
    evidence, prior
        As for `aneroid.realignment.turns.score_turns`.
    seed
        Seed of the shifts.
    worlds
        How many worlds.
    discount
        c.

    Returns
    -------
    list of array
        Scores of the turns found in each world, largest first.
    """
    generator = np.random.default_rng(seed)
    found = []
    for _ in range(worlds):
        total = _shifted(evidence, generator)
        score, _ = score_turns(evidence, total, prior, discount)
        rows, years = strongest(score)
        found.append(score[rows, years])
    return found


def _shifted(evidence: Evidence, generator: np.random.Generator) -> Array:
    out = np.zeros(evidence.surprise.shape[1:])
    for row in range(len(evidence.states)):
        span = np.flatnonzero(evidence.exists[row])
        if span.size == 0:
            continue
        for family in evidence.surprise[:, row]:
            shift = int(generator.integers(span.size))
            out[row][:, span] += np.roll(family[:, span], shift, axis=1)
    return out


def expected_false(score: Array, placebo: Sequence[Array]) -> Array:
    """Mean number of placebo turns at least as strong as each score."""
    pooled = np.sort(np.concatenate(placebo))
    return np.asarray((pooled.size - np.searchsorted(pooled, score, side="left")) / len(placebo))


def probability_of_turn(score: Array, placebo: Sequence[Array]) -> Array:
    """Turn scores into probabilities: one minus the local false discovery rate.

    Parameters
    ----------
    score
        Scores of the turns found, largest first.
    placebo
        Scores of placebo turns, one array a world.

    Returns
    -------
    array
        Between 0 and 1, never rising down the list.
    """
    pooled = np.concatenate(placebo)
    values = np.concatenate([score, pooled])
    weight = np.concatenate([np.ones(score.size), np.full(pooled.size, 1 / len(placebo))])
    found = np.concatenate([np.ones(score.size), np.zeros(pooled.size)])
    order = np.argsort(-values, kind="stable")
    # One placebo turn stronger than all: the strongest alarm of the record is not certain either.
    share = _falling(
        np.concatenate([[0.0], found[order]]), np.concatenate([[1 / len(placebo)], weight[order]])
    )[1:]
    placed = np.empty_like(share)
    placed[order] = share
    at = placed[: score.size]
    return np.clip(1 - (1 - at) / np.maximum(at, 1e-12), 0.0, 1.0)


def _falling(values: Array, weight: Array) -> Array:
    """The non-increasing sequence nearest to values, by pooling adjacent violators."""
    means: list[float] = []
    weights: list[float] = []
    lengths: list[int] = []
    for value, size in zip(values.tolist(), weight.tolist(), strict=True):
        means.append(value)
        weights.append(size)
        lengths.append(1)
        while len(means) > 1 and means[-2] < means[-1]:
            joint = weights[-2] + weights[-1]
            means[-2] = (means[-2] * weights[-2] + means[-1] * weights[-1]) / joint
            weights[-2], lengths[-2] = joint, lengths[-2] + lengths[-1]
            del means[-1], weights[-1], lengths[-1]
    return np.repeat(means, lengths)
