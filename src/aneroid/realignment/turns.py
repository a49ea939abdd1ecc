"""From evidence to turns: which year, away from which pole, towards which.

A turn of state *i* in year *t* away from pole *a* and towards pole *b* has the weight

    g[i,t,a,b] = π[a,b] · exp(c · (S[i,b,t] − S[i,a,t]))

relative to no turn; either side may be empty (S = 0). ``c`` discounts evidence of families that are not independent of
each other. ``π``, how often turns go from which pole to which, is learned by EM from the strongest movements in the
record, not from any list of cases. The score of a state-year is log Σ_ab g. Which poles are named: those with the greatest
g · exp(L_before[a] + L_after[b]), since a state leaves whom it was close to for whom it is close to then. A state has one
turn within a few years: the strongest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aneroid.realignment.evidence import Array, Evidence

DISCOUNT = 0.15
"""c: about one over the number of families that tend to move together."""
APART = 3
"""Years within which a state has one turn at most."""
PRIOR_SHARE = 0.05
"""Share of state-years, the strongest, from which π is learned."""
PSEUDO_COUNT = 1.0
ROUNDS = 30


def direction_prior(evidence: Evidence, discount: float = DISCOUNT) -> Array:
    """Learn how often turns go from which pole to which.

    Returns
    -------
    array
        (poles + 1) × (poles + 1), away × toward, adding up to one; the last place is *none*. A pole to itself, and none
        to none, are zero.
    """
    size = len(evidence.poles) + 1
    allowed = ~np.eye(size, dtype=bool)
    prior = allowed / allowed.sum()
    total = evidence.total
    score, _ = score_turns(evidence, total, prior, discount)
    rows, years = strongest(score, int(PRIOR_SHARE * evidence.exists.sum()))
    gain = _with_none(discount * total[rows, :, years])
    weights = gain[:, None, :] - gain[:, :, None]
    for _ in range(ROUNDS):
        share = np.exp(weights - weights.max(axis=(1, 2), keepdims=True)) * prior
        share /= share.sum(axis=(1, 2), keepdims=True)
        prior = np.where(allowed, share.sum(axis=0) + PSEUDO_COUNT, 0.0)
        prior /= prior.sum()
    return np.asarray(prior)


def score_turns(
    evidence: Evidence, total: Array, prior: Array, discount: float = DISCOUNT
) -> tuple[Array, NDArray[np.intp]]:
    """Score every state-year and say in which direction it would have turned.

    Parameters
    ----------
    evidence
        Says which state-years exist.
    total
        S, states × poles × years: of the evidence, or of a placebo world made from it.
    prior
        π from `direction_prior`.
    discount
        c.

    Returns
    -------
    score, direction
        States × years: log weight of a turn relative to none, ``-inf`` where the state has no readings; and away ·
        (poles + 1) + toward.
    """
    rows, years = np.nonzero(evidence.exists)
    gain = _with_none(discount * total[rows, :, years])
    with np.errstate(divide="ignore"):
        log_prior = np.log(prior)
    weights = log_prior + gain[:, None, :] - gain[:, :, None]
    for place, pole in enumerate(evidence.poles):
        if pole in evidence.states:  # a pole has no tie to itself
            own = rows == evidence.states.index(pole)
            weights[own, place, :] = weights[own, :, place] = -np.inf
    flat = weights.reshape(len(weights), -1)
    top = flat.max(axis=1)
    score = np.full(evidence.exists.shape, -np.inf)
    score[rows, years] = top + np.log(np.exp(flat - top[:, None]).sum(axis=1))
    left, joined = _with_none(evidence.before[rows, :, years]), _with_none(evidence.after[rows, :, years])
    named = weights + left[:, :, None] + joined[:, None, :]
    direction = np.zeros(evidence.exists.shape, dtype=np.intp)
    direction[rows, years] = named.reshape(flat.shape).argmax(axis=1)
    return score, direction


def strongest(
    score: Array, count: int | None = None, apart: int = APART
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pick turns in order of score, at most one of a state within ``apart`` years.

    Parameters
    ----------
    score
        States × years.
    count
        How many; all by default.
    apart
        Years on either side of a turn in which the state has no other.

    Returns
    -------
    rows, years
        Positions, strongest first.
    """
    taken = ~np.isfinite(score)
    rows, years = [], []
    n_years = score.shape[1]
    for place in np.argsort(-score, axis=None, kind="stable").tolist():
        row, year = divmod(place, n_years)
        if taken[row, year]:
            continue
        taken[row, max(0, year - apart) : year + apart + 1] = True
        rows.append(row)
        years.append(year)
        if len(rows) == count:
            break
    return np.array(rows, dtype=np.intp), np.array(years, dtype=np.intp)


def _with_none(gain: Array) -> Array:
    return np.concatenate([gain, np.zeros((len(gain), 1))], axis=1)
