"""Scores: what is perfect, what is proper, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.scores import accuracy, brier, calibration_error, coverage, interval_score, log_loss

probability = st.floats(0.01, 0.99)


def test_certainty_about_the_truth_scores_perfectly() -> None:
    """All mass on what happened: log loss, Brier and calibration error are zero, accuracy one."""
    p, y = np.eye(3), np.arange(3)
    assert (log_loss(p, y), brier(p, y), calibration_error(p, y), accuracy(p, y)) == (0, 0, 0, 1)


def test_even_odds_have_the_log_loss_of_two() -> None:
    """Half and half costs log 2, whatever happens."""
    assert log_loss([[0.5, 0.5]], [1]) == pytest.approx(np.log(2))


@given(truth=probability, stated=probability)
def test_log_loss_and_brier_are_best_at_the_truth(truth: float, stated: float) -> None:
    """In expectation no statement scores better than the true probability."""

    def expected(score: object, p: float) -> float:
        assert callable(score)
        row = [[1 - p, p]]
        return truth * score(row, [1]) + (1 - truth) * score(row, [0])

    for score in (log_loss, brier):
        assert expected(score, truth) <= expected(score, stated) + 1e-12


def test_calibration_error_is_the_gap_between_stated_and_seen() -> None:
    """Saying 0.9 and being right half the time is an error of 0.4."""
    assert calibration_error([[0.9, 0.1]] * 4, [0, 0, 1, 1]) == pytest.approx(0.4)


def test_interval_score_is_width_plus_penalty() -> None:
    """A miss by 1 at 90 % costs 20 on top of the width."""
    assert interval_score([0, 0], [2, 2], [1, 3]) == pytest.approx(2 + 20 / 2)


@given(st.floats(0.2, 3.0))
def test_interval_score_is_best_for_honest_intervals(stretch: float) -> None:
    """For normal errors no constant stretch beats the true 90 % interval by more than sampling noise."""
    error = np.random.default_rng(1).normal(size=4000)
    honest = interval_score(-1.645, 1.645, error)
    assert interval_score(-1.645 * stretch, 1.645 * stretch, error) > honest - 0.02


def test_coverage_counts_the_ends_as_inside() -> None:
    """A value on the end of its interval is covered."""
    assert coverage([0, 0], [1, 1], [1, 1.01]) == 0.5


@pytest.mark.parametrize(
    ("p", "y"), [([[0.5, 0.6]], [0]), ([[0.5, 0.5]], [2]), ([[0.5, 0.5]], [0, 1]), ([[-0.1, 1.1]], [0])]
)
def test_impossible_probabilities_and_outcomes_are_refused(p: list[list[float]], y: list[int]) -> None:
    """Rows that do not add up, negative ones, unknown outcomes and unequal lengths raise in one sentence."""
    with pytest.raises(InputError):
        log_loss(p, y)


def test_intervals_the_wrong_way_round_are_refused() -> None:
    """The lower end must not lie above the upper one, and a level must be a probability."""
    with pytest.raises(InputError):
        coverage([1], [0], [0.5])
    with pytest.raises(InputError):
        interval_score([0], [1], [0.5], level=1.5)
