"""Studies of the ideal-point model on votes it did not see: held-out votes, recurring texts, disjoint issues,
simulation.

Each function takes votes and roll calls as :func:`aneroid.measures.ideal_points.ideal_points` does, trains on
one part and scores on another. Nothing is chosen on what is scored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.newton import Mode, fit_mode
from aneroid.measures.persistence import (
    History,
    LookBack,
    fit_habit,
    habit_of,
    history_after,
    last_shares,
    look_back,
    mix_habit,
    vote_history,
    vote_probabilities,
)
from aneroid.measures.prior import Prior
from aneroid.measures.record import VoteRecord, build_record
from aneroid.scores import accuracy, calibration_error, log_loss

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]

CONTESTED = 0.9
_HABIT_WINDOW = 8
_LONGEST_GAP = 3


def held_out(
    votes: pd.DataFrame,
    rollcalls: pd.DataFrame,
    *,
    dims: int,
    share: float = 0.1,
    seed: int = 7,
    habit: bool = True,
    iterations: int = 30,
) -> dict[str, float]:
    """Predict votes left out at random.

    Parameters
    ----------
    share, seed
        Which votes are left out: ``default_rng(seed).random(n) < share`` over votes sorted by roll call and
        state.
    habit
        Mix in the state's last vote on the same text (of the votes kept).

    Returns
    -------
    dict
        Log loss of all and of contested votes (largest option under 90 % of its roll call), accuracy,
        calibration error, and the log loss of the roll call's marginal for comparison.
    """
    chosen = votes.sort_values(["rcid", "state"], ignore_index=True)
    largest = chosen.groupby("rcid")["vote"].value_counts(normalize=True).groupby("rcid").max()
    chosen = chosen[chosen["rcid"].map(largest) < 1].reset_index(drop=True)
    out = np.random.default_rng(seed).random(len(chosen)) < share
    train, test = chosen[~out], chosen[out]
    record = build_record(train, rollcalls)
    prior = Prior.for_dims(dims)
    mode = fit_mode(record, dims, prior, iterations=iterations, tolerance=0.008)
    marginal = _marginals(train, test)
    rows, states = _places(record, test)
    known = (rows >= 0) & (states >= 0)
    predicted = marginal.copy()
    when = record.period_of[rows[known]]
    model = vote_probabilities(mode, rows[known], states[known], when)
    if habit:
        history = vote_history(record)
        seen = look_back(record, history, rows[known], states[known])
        model = mix_habit(model, seen, _habit_in_sample(record, mode, history))
    predicted[known] = model
    truth = 3 - test["vote"].to_numpy()
    contested = test["rcid"].map(largest).to_numpy() < CONTESTED
    return {
        "n": len(test),
        "log_loss": log_loss(predicted, truth),
        "log_loss_contested": log_loss(predicted[contested], truth[contested]),
        "accuracy": accuracy(predicted, truth),
        "calibration_error": calibration_error(predicted, truth),
        "log_loss_marginal": log_loss(marginal, truth),
        "log_loss_marginal_contested": log_loss(marginal[contested], truth[contested]),
    }


def _habit_in_sample(record: VoteRecord, mode: Mode, history: History) -> Floats:
    """Habit table for filling gaps: each vote set against its own item and position."""
    vote = record.category()
    rows, states = np.nonzero((vote >= 0) & (history.last >= 0))
    model = vote_probabilities(mode, rows, states, record.period_of[rows])
    return fit_habit(look_back(record, history, rows, states), vote[rows, states].astype(np.int64), model)


def _marginals(train: pd.DataFrame, test: pd.DataFrame) -> Floats:
    """Shares of no, abstain, yes among the votes kept of the same roll call."""
    import pandas as pd

    counts = pd.crosstab(train["rcid"], train["vote"]).reindex(columns=[3, 2, 1], fill_value=0) + 0.5
    shares = counts.div(counts.sum(axis=1), axis=0)
    overall = np.asarray(counts.sum() / counts.to_numpy().sum())
    return np.asarray(
        shares.reindex(test["rcid"]).fillna(pd.Series(overall, index=shares.columns)), dtype=float
    )


def _places(record: VoteRecord, votes: pd.DataFrame) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of votes in the record, −1 where it does not hold them."""
    import pandas as pd

    rows = pd.Index(record.items).get_indexer(pd.Index(votes["rcid"]))
    states = pd.Index(record.states).get_indexer(pd.Index(votes["state"]))
    return rows.astype(np.int64), states.astype(np.int64)


def recurring(
    votes: pd.DataFrame,
    rollcalls: pd.DataFrame,
    *,
    session: int,
    dims: int,
    pairs: pd.DataFrame | None = None,
    iterations: int = 20,
) -> dict[str, float]:
    """Predict the next vote on recurring texts from everything before the session.

    Parameters
    ----------
    session
        The session to predict; all before it is the past, nothing of it or after is used.
    pairs
        ``rcid1, rcid2``: which roll call repeats which, on top of our own matching rule. Then only these are
        scored.

    Returns
    -------
    dict
        ``n``, log loss of the calibrated last vote (``last_vote``), of the model alone and of model with
        habit (``forecast``), and ``gain``: the share by which the forecast is below the last vote.
    """
    calls = _with_texts(votes, rollcalls, pairs) if pairs is not None else rollcalls
    whole = build_record(votes, calls[calls["session"] <= session])
    past = build_record(votes, calls[calls["session"] < session])
    prior = Prior.for_dims(dims)
    mode = fit_mode(past, dims, prior, iterations=iterations, tolerance=0.008)
    scored = None if pairs is None else set(pairs["rcid2"])
    test = _next_votes(whole, past, session, scored)
    end = len(past.periods) - 1 - np.argmax((past.n_votes > 0)[::-1], axis=0)
    last_period = end[test["state"]]
    model = vote_probabilities(mode, test["row"], test["state"], last_period, drift=prior.step**2)
    seen = LookBack(test["last"], test["key"], last_shares(past, test["row"]))
    mixed = mix_habit(model, seen, habit_of(past, mode, prior, window=_HABIT_WINDOW))
    base = _last_vote_table(past, scored)[test["last"]]
    losses = {
        name: log_loss(p, test["vote"])
        for name, p in (("last_vote", base), ("model", model), ("forecast", mixed))
    }
    return {"n": len(test["vote"]), **losses, "gain": 1 - losses["forecast"] / losses["last_vote"]}


def _with_texts(votes: pd.DataFrame, rollcalls: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Number the texts by chains of our own links, the given pairs taking precedence."""
    record = build_record(votes, rollcalls)
    linked = np.flatnonzero(record.before >= 0)
    earlier = dict(
        zip(record.items[linked].tolist(), record.items[record.before[linked]].tolist(), strict=True)
    )
    earlier |= dict(zip(pairs["rcid2"].tolist(), pairs["rcid1"].tolist(), strict=True))
    calls = rollcalls.sort_values(["session", "rcid"], ignore_index=True)
    text: dict[int, int] = {}
    for rcid in calls["rcid"].tolist():
        text[rcid] = text.get(earlier.get(rcid, rcid), rcid)
    return calls.assign(text=calls["rcid"].map(text))


def _next_votes(
    whole: VoteRecord, past: VoteRecord, session: int, scored: set[int] | None
) -> dict[str, NDArray[np.int64]]:
    """Votes of the session on texts voted on within the last three sessions, with what they look back on."""
    import pandas as pd

    wanted = (
        np.isin(whole.items, list(scored)) if scored is not None else np.ones(len(whole.items), dtype=bool)
    )
    new = np.flatnonzero((whole.periods[whole.period_of] == session) & (whole.before >= 0) & wanted)
    earlier = pd.Index(past.items).get_indexer(pd.Index(whole.items[whole.before[new]]))
    recent = past.periods[past.period_of[earlier]] >= session - _LONGEST_GAP
    new, earlier = new[(earlier >= 0) & recent], earlier[(earlier >= 0) & recent]
    column = pd.Index(past.states).get_indexer(pd.Index(whole.states))
    history = history_after(past, vote_history(past), earlier.astype(np.int64))
    vote = whole.category()[new]
    i, state = np.nonzero((vote >= 0) & (column >= 0))
    place = column[state]
    known = history.last[i, place] >= 0
    i, state, place = i[known], state[known], place[known]
    return {
        "row": earlier[i].astype(np.int64),
        "state": place.astype(np.int64),
        "vote": vote[i, state].astype(np.int64),
        "last": history.last[i, place].astype(np.int64),
        "key": history.key()[i, place],
    }


def _last_vote_table(past: VoteRecord, scored: set[int] | None) -> Floats:
    """Probability of the next vote given the last one on the same text, from all past transitions."""
    history, vote = vote_history(past), past.category()
    wanted = np.isin(past.items, list(scored)) if scored is not None else np.ones(len(past.items), dtype=bool)
    known = (vote >= 0) & (history.last >= 0) & wanted[:, None]
    table = np.full((3, 3), 0.5)
    np.add.at(table, (history.last[known].astype(int), vote[known].astype(int)), 1)
    return np.asarray(table / table.sum(axis=1, keepdims=True))
