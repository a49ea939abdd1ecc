"""Habit on repeated texts: histories, estimation, mixing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from aneroid.evaluation.vote_studies import held_out, recurring
from aneroid.measures.persistence import LookBack, fit_habit, mix_habit, vote_history
from aneroid.measures.record import build_record
from aneroid.measures.simulate import simulate_votes


def _record_of_one_text(votes_of_a: list[int | None]) -> tuple[np.ndarray, np.ndarray]:
    rows = [("A", t, vote) for t, vote in enumerate(votes_of_a) if vote is not None]
    rows += [(other, t, vote) for t in range(len(votes_of_a)) for other, vote in (("B", 1), ("C", 3))]
    votes = pd.DataFrame(rows, columns=["state", "rcid", "vote"])
    calls = pd.DataFrame({"rcid": range(len(votes_of_a)), "session": range(len(votes_of_a)), "text": 1})
    history = vote_history(build_record(votes, calls))
    return history.last[:, 0], history.run[:, 0]


def test_history_counts_the_run_of_the_last_vote() -> None:
    """Yes, yes, no, no: the run starts again with a change; the first vote has none behind it."""
    last, run = _record_of_one_text([1, 1, 3, 3])
    assert last.tolist() == [-1, 2, 2, 0] and run.tolist() == [0, 1, 2, 1]


def test_an_absence_leaves_the_history_as_it_was() -> None:
    """Who stays away keeps the last vote and its run."""
    last, run = _record_of_one_text([1, None, 1, 1])
    assert last.tolist() == [-1, 2, 2, 2] and run.tolist() == [0, 1, 1, 2]


def test_creatures_of_habit_are_recognised() -> None:
    """Votes that repeat the last one although the model finds it unlikely are put down to habit, others to
    the model.
    """
    n = 600
    rng = np.random.default_rng(1)
    model = np.tile([0.2, 0.2, 0.6], (n, 1))
    last = rng.integers(0, 3, n)
    back = LookBack(last, last * 3, np.full((n, 3), 1 / 3))
    assert fit_habit(back, last, model)[[0, 3, 6], 0].min() > 0.9
    free = rng.choice(3, n, p=[0.2, 0.2, 0.6])
    assert fit_habit(back, free, model)[[0, 3, 6], 0].max() < 0.3


def test_mixing_keeps_probabilities_and_leaves_first_votes_alone() -> None:
    """Rows still add up to one; without a last vote the model stands."""
    model = np.array([[0.1, 0.2, 0.7], [0.1, 0.2, 0.7]])
    back = LookBack(np.array([0, -1]), np.array([0, -1]), np.full((2, 3), 1 / 3))
    mixed = mix_habit(model, back, np.tile([0.5, 0.4, 0.1], (9, 1)))
    np.testing.assert_allclose(mixed.sum(axis=1), 1)
    np.testing.assert_allclose(mixed[1], model[1])
    assert mixed[0, 0] > 0.5


def test_held_out_votes_are_predicted_better_than_by_the_marginal() -> None:
    """On votes drawn from the model the fit beats the shares of the roll call, and is calibrated."""
    made = simulate_votes(40, 6, 60, seed=6)
    scores = held_out(made.votes, made.rollcalls, dims=1)
    assert scores["log_loss"] < 0.95 * scores["log_loss_marginal"]
    assert scores["calibration_error"] < 0.03


def test_forecasts_use_nothing_after_their_session() -> None:
    """Votes cast later change nothing about the forecast of a session."""
    made = simulate_votes(30, 7, 12, seed=8)
    calls = made.rollcalls.assign(text=(made.rollcalls["rcid"] - 1) % 12)
    early = made.votes["rcid"].isin(calls.loc[calls["session"] <= 5, "rcid"])
    whole, cut = (recurring(votes, calls, session=5, dims=1) for votes in (made.votes, made.votes[early]))
    assert whole == cut and whole["n"] > 200
