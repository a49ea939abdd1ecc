"""Ranks do not reward ties, and other right answers do not stand in the way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.scores.ranking import mean_rank, ranking_scores


def test_all_equal_scores_give_the_middle_rank() -> None:
    """A constant forecaster gains nothing from ties."""
    assert mean_rank(np.zeros(101), 7, [7]) == 51


def test_other_right_answers_are_left_out() -> None:
    """Time-aware filter: a better-ranked true answer costs nothing."""
    assert mean_rank(np.array([3.0, 2.0, 1.0]), 1, [0, 1]) == 1


@given(st.permutations(range(8)))
def test_rank_follows_the_order_of_scores(order: list[int]) -> None:
    """Without ties the rank is one more than the number of better ones."""
    scores = np.array(order, float)
    assert mean_rank(scores, 0, [0]) == 1 + sum(value > order[0] for value in order)


def test_ranking_scores_of_known_ranks() -> None:
    """Mean reciprocal rank and hits by hand."""
    scores = ranking_scores([1, 2, 4, 20])
    assert scores == pytest.approx({"mrr": 0.45, "hits@1": 0.25, "hits@3": 0.5, "hits@10": 0.75})
