"""Scores of draws are proper, and count ties as they should."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.scores.samples import (
    FATALITY_BINS,
    crps_of_draws,
    ignorance_of_draws,
    quantile_of_draws,
    randomised_coverage,
)

counts = st.lists(st.integers(0, 2000), min_size=2, max_size=30)


@given(counts, st.integers(0, 2000))
def test_crps_equals_its_definition_by_pairs(draws: list[int], outcome: int) -> None:
    """CRPS is E|X − y| − E|X − X'|/2."""
    x = np.array(draws, float)
    expected = np.abs(x - outcome).mean() - np.abs(x[:, None] - x).mean() / 2
    assert crps_of_draws(x[None], [outcome])[0] == pytest.approx(expected, abs=1e-8)


def test_crps_of_equal_draws_is_the_absolute_error() -> None:
    """A forecast without spread scores its distance."""
    assert crps_of_draws(np.full((1, 10), 3.0), [7.0])[0] == pytest.approx(4.0)


def test_ignorance_of_a_forecast_that_says_zero_is_the_published_one() -> None:
    """All draws zero among 1,000 and 11 bins: 0.014 bits when right, 9.98 when wrong."""
    score = ignorance_of_draws(np.zeros((2, 1000)), [0, 5000])
    assert score == pytest.approx([-np.log2(1001 / 1011), -np.log2(1 / 1011)])


@given(counts, st.integers(0, 2000))
def test_a_shared_bin_is_all_that_ignorance_sees(draws: list[int], outcome: int) -> None:
    """Moving draws inside their bin changes nothing."""
    x = np.array(draws, float)
    moved = np.asarray(FATALITY_BINS)[np.searchsorted(FATALITY_BINS, x, side="right") - 1]
    assert ignorance_of_draws(x[None], [outcome]) == pytest.approx(ignorance_of_draws(moved[None], [outcome]))


def test_randomised_coverage_of_a_true_forecast_is_its_level() -> None:
    """With draws from the law of the outcomes, mostly zeros, closed intervals over-cover and these do not."""
    random = np.random.default_rng(0)
    draws = np.sort(random.poisson(0.1, (1, 4000)))
    outcomes = random.poisson(0.1, 6000)
    rows = np.repeat(draws, len(outcomes), axis=0)
    closed = (
        (quantile_of_draws(rows, 0.05) <= outcomes) & (outcomes <= quantile_of_draws(rows, 0.95))
    ).mean()
    assert closed > 0.98
    assert randomised_coverage(rows, outcomes) == pytest.approx(0.9, abs=0.01)


def test_an_outcome_between_draws_is_covered_and_one_beyond_is_not() -> None:
    """An outcome that no draw equals is judged by the share of draws below it."""
    draws = np.tile(np.arange(0.0, 100.0), (2, 1))
    assert randomised_coverage(draws, [50.5, 1000.0]) == 0.5


def test_draws_and_outcomes_of_different_length_are_refused() -> None:
    """The message says what to pass."""
    with pytest.raises(InputError, match="one row of draws"):
        crps_of_draws(np.zeros((2, 3)), [1.0])
