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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.newton import Mode
from aneroid.measures.ordinal import cutpoints
from aneroid.measures.prior import Prior
from aneroid.measures.record import VoteRecord

Floats = NDArray[np.float64]

_RUNS = 3
_EM_ROUNDS = 60
_FIRST_GUESS = np.array([0.6, 0.3, 0.1])


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


class LookBack(NamedTuple):
    """What single votes look back on: last vote, cell of the habit table (−1 none), shares of all states
    then.
    """

    last: NDArray[np.int64]
    key: NDArray[np.int64]
    shares: Floats


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


def last_shares(record: VoteRecord, rows: NDArray[np.int64]) -> Floats:
    """Shares of no, abstain, yes among all states in the votes ``rows``, with half a vote added to each."""
    vote = record.category()[rows]
    counts = np.stack([(vote == kind).sum(axis=1) for kind in range(3)], axis=1) + 0.5
    return np.asarray(counts / counts.sum(axis=1, keepdims=True))


def fit_habit(looked_back: LookBack, vote: NDArray[np.int64], model: Floats) -> Floats:
    """Estimate the weights of the mixture from votes on repeated texts.

    Parameters
    ----------
    looked_back
        What each vote looks back on.
    vote
        The vote cast, 0 no, 1 abstain, 2 yes.
    model
        ``P_model`` of the three categories, as it stood before the vote.

    Returns
    -------
    numpy.ndarray
        ``[cell, part]``: for no, abstain, yes by run length 1, 2, 3+, the weights of habit, model, others.
    """
    each = np.arange(len(vote))
    likelihood = np.stack(
        [(vote == looked_back.last).astype(np.float64), model[each, vote], looked_back.shares[each, vote]],
        axis=1,
    )
    habit = np.tile(_FIRST_GUESS, (3 * _RUNS, 1))
    for _ in range(_EM_ROUNDS):
        part = habit[looked_back.key] * likelihood
        part /= part.sum(axis=1, keepdims=True)
        sums = [np.bincount(looked_back.key, part[:, k], minlength=3 * _RUNS) for k in range(3)]
        habit = np.stack(sums, axis=1) + _FIRST_GUESS
        habit /= habit.sum(axis=1, keepdims=True)
    return habit


def mix_habit(model: Floats, looked_back: LookBack, habit: Floats) -> Floats:
    """Mix the model's probabilities with the last votes; where there is no last vote they stay as they are."""
    known = looked_back.key >= 0
    weight = habit[looked_back.key[known]]
    mixed = model.copy()
    mixed[known] = weight[:, 1:2] * model[known] + weight[:, 2:] * looked_back.shares[known]
    mixed[np.flatnonzero(known), looked_back.last[known]] += weight[:, 0]
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


def look_back(
    record: VoteRecord, history: History, rows: NDArray[np.int64], states: NDArray[np.int64]
) -> LookBack:
    """Collect what the votes of ``states`` on ``rows`` of the record look back on."""
    shares = last_shares(record, np.maximum(record.before, 0))[rows]
    return LookBack(history.last[rows, states].astype(np.int64), history.key()[rows, states], shares)


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
    return fit_habit(look_back(record, history, rows, states), vote[rows, states].astype(np.int64), model)
