"""Habit: what a state's last vote on the same text adds to its position.

A vote on a repeated text is, with probability ``pi``, the last vote again, and otherwise drawn from the
model::

    P(y) = pi 1[y = last] + (1 - pi) P_model(y)

``pi`` depends on the last vote and on how many times running it was cast (1, 2, 3 or more). It is estimated
by EM on the past. The mixture leaves positions as they are: it speaks about the text, not about the state's
place among others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.newton import Mode
from aneroid.measures.ordinal import cutpoints
from aneroid.measures.prior import Prior
from aneroid.measures.record import VoteRecord

Floats = NDArray[np.float64]

_RUNS = 3
_EM_ROUNDS = 60


@dataclass(frozen=True, slots=True)
class History:
    """Last vote on the same text (0 no, 1 abstain, 2 yes, −1 none) and its run length, roll calls by states."""

    last: NDArray[np.int8]
    run: NDArray[np.int16]

    def key(self) -> NDArray[np.int64]:
        """Cell of the habit table, −1 without a last vote."""
        return np.where(
            self.last >= 0, self.last.astype(np.int64) * _RUNS + np.clip(self.run, 1, _RUNS) - 1, -1
        )


def vote_history(record: VoteRecord) -> History:
    """Follow every repeated text and note each state's last vote on it."""
    vote = record.category()
    last, run = np.full(vote.shape, -1, dtype=np.int8), np.zeros(vote.shape, dtype=np.int16)
    for row in np.flatnonzero(record.before >= 0):
        past = record.before[row]
        last[row], run[row] = _after(vote[past], last[past], run[past])
    return History(last, run)


def _after(
    vote: NDArray[np.int8], last: NDArray[np.int8], run: NDArray[np.int16]
) -> tuple[NDArray[np.int8], NDArray[np.int16]]:
    """Last vote and run length once ``vote`` was cast; an absence changes nothing."""
    cast = vote >= 0
    return np.where(cast, vote, last), np.where(cast, np.where(vote == last, run + 1, 1), run)


def history_after(record: VoteRecord, history: History, rows: NDArray[np.int64]) -> History:
    """Return the histories a next vote on the texts of ``rows`` would look back on."""
    return History(*_after(record.category()[rows], history.last[rows], history.run[rows]))


def fit_habit(
    vote: NDArray[np.int8], last: NDArray[np.int8], key: NDArray[np.int64], model: Floats
) -> Floats:
    """Estimate ``pi`` from votes on repeated texts.

    Parameters
    ----------
    vote, last, key
        Vote cast, last vote, and cell of the habit table, one entry a vote with a last vote.
    model
        ``P_model`` of the three categories, as it stood before the vote.

    Returns
    -------
    numpy.ndarray
        ``pi`` for the nine cells: no, abstain, yes by run length 1, 2, 3+.
    """
    same = vote == last
    agreed = np.clip(model[np.arange(len(vote)), last], 1e-4, 1)
    total = np.bincount(key, minlength=3 * _RUNS)
    habit: Floats = np.full(3 * _RUNS, 0.7)
    for _ in range(_EM_ROUNDS):
        share = habit[key]
        by_habit = np.where(same, share / (share + (1 - share) * agreed), 0)
        habit = (np.bincount(key, by_habit, minlength=3 * _RUNS) + 0.7) / (total + 1)
    return habit


def mix_habit(model: Floats, last: NDArray[np.int8], key: NDArray[np.int64], habit: Floats) -> Floats:
    """Mix the model's probabilities with the last vote; where there is none they stay as they are."""
    share = np.where(key >= 0, habit[np.maximum(key, 0)], 0.0)
    mixed = model * (1 - share)[:, None]
    known = np.flatnonzero(key >= 0)
    mixed[known, last[known]] += share[known]
    return mixed


def vote_probabilities(
    mode: Mode,
    rows: NDArray[np.int64],
    states: NDArray[np.int64],
    periods: NDArray[np.int64],
    *,
    drift: float = 0.0,
) -> Floats:
    """Probability of no, abstain, yes, averaged over what is uncertain about the position.

    Parameters
    ----------
    rows, states, periods
        Which item, whose position, from which period.
    drift
        Extra variance of the position along every axis, for a vote yet to come.
    """
    dims = mode.positions.shape[-1]
    slopes = mode.items[rows, :dims]
    predictor = (mode.positions[periods, states] * slopes).sum(axis=1)
    covariance = mode.covariance[periods, states]
    variance = np.einsum("nk,nkl,nl->n", slopes, covariance, slopes) + drift * (slopes**2).sum(axis=1)
    low, high = (cut[rows] for cut in cutpoints(mode.items))
    nodes, weights = np.polynomial.hermite_e.hermegauss(7)
    result = np.zeros((len(rows), 3))
    for node, weight in zip(nodes, weights / np.sqrt(2 * np.pi), strict=True):
        shifted = np.clip(predictor + node * np.sqrt(variance), -50, 50)
        at_least, yes = 1 / (1 + np.exp(low - shifted)), 1 / (1 + np.exp(high - shifted))
        result += weight * np.stack([1 - at_least, at_least - yes, yes], axis=1)
    result = np.clip(result, 1e-5, 1)
    return np.asarray(result / result.sum(axis=1, keepdims=True))


def habit_of(record: VoteRecord, mode: Mode, prior: Prior, *, window: int | None = None) -> Floats:
    """Estimate the habit table on the record: each vote set against the item and position of the time before.

    Parameters
    ----------
    window
        Only votes of the last so many periods; all by default.
    """
    history, vote = vote_history(record), record.category()
    recent = record.period_of >= (len(record.periods) - window if window else 0)
    rows, states = np.nonzero((vote >= 0) & (history.last >= 0) & recent[:, None])
    when = record.period_of[rows]
    earlier = np.maximum(when - 1, 0)
    earlier = np.where(record.active[earlier, states], earlier, when)
    model = vote_probabilities(mode, record.before[rows], states, earlier, drift=prior.step**2)
    return fit_habit(vote[rows, states], history.last[rows, states], history.key()[rows, states], model)
