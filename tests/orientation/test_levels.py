"""A level says that a normal quantity lies between two thresholds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import truncnorm

from aneroid.orientation.levels import log_probability, moments, thresholds, working

ETA = st.floats(-4, 4)
NOISE = st.floats(0.1, 2.0)


def test_thresholds_are_normal_quantiles_of_the_shares():
    """A yes in one of ten readings lies above the ninth decile; what is missing stays missing."""
    values = np.array([0.0] * 9 + [1.0, np.nan])
    low, high, score = thresholds(values)
    assert high[0] == pytest.approx(1.2816, abs=1e-3)
    assert low[9] == pytest.approx(1.2816, abs=1e-3)
    assert np.isinf(low[0])
    assert np.isinf(high[9])
    assert np.isnan(score[10])
    assert np.nanmean(score) == pytest.approx(0.0, abs=1e-9)


def test_many_fine_levels_are_points():
    """An amount measured finely is read as a measurement, but for its ends and its mass at zero."""
    values = np.concatenate([np.zeros(500), np.arange(1.0, 501.0)])
    low, high, _ = thresholds(values)
    assert (low[:500] < high[:500]).all()
    assert (low[510:990] == high[510:990]).all()


@given(ETA, NOISE, st.floats(-3, 3), st.floats(0.05, 5))
def test_moments_are_those_of_a_truncated_normal(eta, noise, low, width):
    """Mean and variance agree with the textbook."""
    r = np.sqrt(noise)
    mean, variance = moments(np.array(eta), np.array(noise), np.array(low), np.array(low + width))
    a, b = (low - eta) / r, (low + width - eta) / r
    assert mean == pytest.approx(eta + r * truncnorm.mean(a, b), abs=1e-4)
    assert variance == pytest.approx(noise * truncnorm.var(a, b), abs=1e-4)


@given(ETA, NOISE)
def test_a_zero_where_nothing_was_likely_says_nothing(eta, noise):
    """The farther below the threshold z is expected, the less a zero tells; a level never tells more than a point."""
    where = np.array([eta, eta - 3.0])
    _, made = working(where, np.full(2, noise), np.full(2, -np.inf), np.full(2, 1.0))
    assert made[1] >= made[0] - 1e-9
    assert (made >= noise - 1e-12).all()


@given(ETA, NOISE, st.floats(-2, 2))
def test_the_working_response_is_newton_s(eta, noise, low):
    """Response and noise carry the slope of the log-probability."""
    one = np.array(1.0)
    response, made = working(eta * one, noise * one, low * one, np.inf * one)
    h = 1e-4
    slope = (
        log_probability((eta + h) * one, noise * one, low * one, np.inf * one)
        - log_probability((eta - h) * one, noise * one, low * one, np.inf * one)
    ) / (2 * h)
    assert (response - eta) / made == pytest.approx(slope, rel=1e-3, abs=1e-4)
