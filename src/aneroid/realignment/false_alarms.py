"""How many alarms chance would raise, and the probability that one is a turn.

A turn is several kinds of ties moving at once. The placebo world keeps every movement of every family of every state, with its
size and its years in a row, but turns each family's series of a state round by a number of years drawn for that family
alone, within the years its sources cover: what then comes together does so by chance. Real turns leave their separate movements
in the placebo worlds, so chance is overstated rather than understated.

Years in which fewer kinds of ties are read show weaker scores, turn or no turn. The *rarity* of a score is therefore minus the
logarithm of how often chance reaches it in a state-year with as many kinds of ties read, with an exponential tail beyond the
ninth tenth

    z = log 10 + (score − q) / m,     q the 90 % quantile of placebo scores, m their mean excess over q

and turns are ranked by it. The expected number of false alarms at a rarity is the mean number of placebo turns that
rare, and the probability of a turn is one minus the local false discovery rate, f₀/f, with the ratio made monotone.

References
----------
Efron (2004), doi:10.1198/016214504000000089, on local false discovery; Davison, Smith (1990),
doi:10.1111/j.2517-6161.1990.tb01796.x, on exceedances; Barlow, Bartholomew, Bremner, Brunk (1972), *Statistical Inference under
Order Restrictions*, on pooling adjacent violators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.realignment.turns import DISCOUNT, score_turns, strongest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aneroid.realignment.evidence import Array, Evidence

WORLDS = 20
TAIL = 0.9
"""Share of placebo scores below the tail."""


def placebo_scores(
    evidence: Evidence, prior: Array, *, seed: int, worlds: int = WORLDS, discount: float = DISCOUNT
) -> list[Array]:
    """Score every state-year of worlds in which families move independently of each other.

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
        Scores over states × years, one array a world.
    """
    generator = np.random.default_rng(seed)
    return [score_turns(evidence, _shifted(evidence, generator), prior, discount)[0] for _ in range(worlds)]


def _shifted(evidence: Evidence, generator: np.random.Generator) -> Array:
    out = np.zeros(evidence.surprise.shape[1:])
    for row in range(len(evidence.states)):
        for family, covered in zip(evidence.surprise[:, row], evidence.covered, strict=True):
            span = np.flatnonzero(evidence.exists[row] & covered)
            if span.size:
                out[row][:, span] += np.roll(family[:, span], int(generator.integers(span.size)), axis=1)
    return out


def rarity(evidence: Evidence, placebo: Sequence[Array]) -> list[tuple[NDArray[np.bool_], float, float]]:
    """Measure what chance reaches, by the number of kinds of ties read.

    Returns
    -------
    list
        Which years, q and m, for each number of kinds: to be passed to `rare`.
    """
    read = evidence.covered.sum(axis=0)
    table = []
    for count in np.unique(read):
        years = read == count
        scores = np.concatenate([world[:, years][np.isfinite(world[:, years])] for world in placebo])
        if scores.size:
            q = float(np.quantile(scores, TAIL))
            excess = scores[scores > q] - q
            table.append((years, q, float(excess.mean()) if excess.size else 1.0))
    return table


def rare(score: Array, table: Sequence[tuple[NDArray[np.bool_], float, float]]) -> Array:
    """Turn scores (states × years) into rarities: 7 is reached by chance in one state-year of a thousand."""
    out = np.full(score.shape, -np.inf)
    for years, q, mean in table:
        out[:, years] = -np.log(1 - TAIL) + (score[:, years] - q) / mean
    return out


def placebo_turns(placebo: Sequence[Array]) -> list[Array]:
    """Rarities of the turns of each placebo world, largest first; one of a state within a few years."""
    return [world[strongest(world)] for world in placebo]


def expected_false(found: Array, placebo: Sequence[Array]) -> Array:
    """Mean number of placebo turns at least as rare as each turn found."""
    pooled = np.sort(np.concatenate(placebo))
    return np.asarray((pooled.size - np.searchsorted(pooled, found, side="left")) / len(placebo))


def probability_of_turn(found: Array, placebo: Sequence[Array]) -> Array:
    """Turn rarities into probabilities: one minus the local false discovery rate.

    Parameters
    ----------
    found
        Rarities of the turns found, largest first.
    placebo
        Rarities of placebo turns, one array a world.

    Returns
    -------
    array
        Between 0 and 1, never rising down the list.
    """
    pooled = np.concatenate(placebo)
    values = np.concatenate([found, pooled])
    weight = np.concatenate([np.ones(found.size), np.full(pooled.size, 1 / len(placebo))])
    real = np.concatenate([np.ones(found.size), np.zeros(pooled.size)])
    order = np.argsort(-values, kind="stable")
    # One placebo turn rarer than all: the strongest alarm of the record is not certain either.
    share = _falling(
        np.concatenate([[0.0], real[order]]), np.concatenate([[1 / len(placebo)], weight[order]])
    )[1:]
    placed = np.empty_like(share)
    placed[order] = share
    at = placed[: found.size]
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
