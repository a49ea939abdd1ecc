"""Forecasts of deaths keep to what was known, and are distributions one can use."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.forecasts.fatalities import fatality_samples, first_month
from aneroid.forecasts.fatality_history import packaged_history, with_earlier_months
from aneroid.forecasts.fatality_pools import conflict_class, forecasters, stratified

FIRST = first_month(2010)


def simulated(years: int = 3, countries: int = 24) -> pd.DataFrame:
    """A third at peace, a third with few deaths, a third at war."""
    random = np.random.default_rng(1)
    level = np.repeat([0.0, 1.5, 120.0], countries // 3)
    months = np.arange(FIRST, FIRST + 12 * years)
    deaths = random.negative_binomial(1, 1 / (1 + level[:, None]), (countries, len(months)))
    frame = pd.DataFrame(deaths, index=np.arange(1, countries + 1), columns=months)
    long = frame.rename_axis("country_id").reset_index().melt("country_id", var_name="month_id")
    return long.rename(columns={"value": "fatalities"}).astype(int)


HISTORY = simulated()
FORECAST = fatality_samples(HISTORY, 2012)


def test_there_are_exactly_a_thousand_whole_draws_a_country_and_month() -> None:
    """Twelve months of every country, sorted counts from zero."""
    assert FORECAST.draws.shape == (24 * 12, 1000)
    assert FORECAST.draws.dtype == np.int64 and FORECAST.draws.min() >= 0
    assert (np.diff(FORECAST.draws, axis=1) >= 0).all()
    assert sorted(set(FORECAST.month_id)) == list(range(first_month(2012), first_month(2013)))


def test_truncating_at_the_cut_gives_byte_equal_forecasts() -> None:
    """Data after October of the year before is not looked at."""
    cut = first_month(2012) - 3
    short = fatality_samples(HISTORY[HISTORY["month_id"] <= cut], 2012)
    assert short.draws.tobytes() == FORECAST.draws.tobytes()


def test_shuffling_what_comes_after_the_cut_changes_nothing() -> None:
    """November, December and the target year may hold anything."""
    other = HISTORY.copy()
    after = other["month_id"] > first_month(2012) - 3
    other.loc[after, "fatalities"] = (
        other.loc[after, "fatalities"].sample(frac=1, random_state=2).to_numpy() + 7
    )
    assert fatality_samples(other, 2012).draws.tobytes() == FORECAST.draws.tobytes()


def test_the_order_of_rows_does_not_matter() -> None:
    """A shuffled table is the same history."""
    mixed = HISTORY.sample(frac=1, random_state=5)
    assert fatality_samples(mixed, 2012).draws.tobytes() == FORECAST.draws.tobytes()


def test_war_is_told_from_peace() -> None:
    """Medians follow the levels."""
    median = np.median(FORECAST.draws, axis=1)
    assert median[FORECAST.country_id <= 8].max() == 0
    assert median[FORECAST.country_id > 16].min() > 10


def test_weights_are_shares() -> None:
    """Each class of conflict trusts the simple forecasters in parts that add up to one."""
    np.testing.assert_allclose(FORECAST.weights.sum(axis=1), 1)
    assert (FORECAST.weights >= 0).all()


def test_own_year_alone_is_the_last_twelve_months() -> None:
    """Conflictology: the draws take only values of the last observed year."""
    alone = fatality_samples(HISTORY, 2012, use=("own year",))
    past = HISTORY[HISTORY["month_id"].between(first_month(2012) - 14, first_month(2012) - 3)]
    seen = past[past["country_id"] == 20]["fatalities"]
    assert set(alone.draws[alone.country_id == 20].ravel()) <= set(seen)


def test_a_country_with_a_gap_gets_no_forecast() -> None:
    """A missing month is not a month without deaths."""
    gap = HISTORY[(HISTORY["country_id"] != 3) | (HISTORY["month_id"] != FIRST + 20)]
    assert 3 not in fatality_samples(gap, 2012).country_id


def test_less_than_a_year_of_history_is_refused() -> None:
    """The message says what is needed."""
    with pytest.raises(InputError, match="October 2010"):
        fatality_samples(HISTORY, 2011)
    with pytest.raises(InputError, match="choose from"):
        fatality_samples(HISTORY, 2012, use=("crystal ball",))


def test_stratified_draws_keep_the_weights() -> None:
    """A value with a quarter of the weight is a quarter of the draws."""
    draws = stratified(np.array([5.0, 1.0]), np.array([1.0, 3.0]), 100)
    assert (draws == 5).sum() == 25


def test_every_simple_forecaster_covers_every_country() -> None:
    """Rows of finite counts."""
    table = HISTORY.pivot(index="country_id", columns="month_id", values="fatalities").to_numpy(float)
    for points in forecasters(table).values():
        assert len(points) == len(table) and np.isfinite(points).all() and points.min() >= 0
    assert set(conflict_class(table)) <= set(range(5))


def test_packaged_history_only_fills_in_what_lies_before() -> None:
    """A file's own months are never replaced."""
    packaged = packaged_history()
    later = packaged[packaged["month_id"] >= first_month(2020)].assign(fatalities=1)
    joined = with_earlier_months(later)
    assert len(joined) == len(packaged)
    assert (joined[joined["month_id"] >= first_month(2020)]["fatalities"] == 1).all()
