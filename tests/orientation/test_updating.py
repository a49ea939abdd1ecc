"""New readings enter a finished fit without another estimation."""

from __future__ import annotations

import numpy as np
import pytest

from aneroid.errors import InputError


@pytest.fixture
def later(world):
    """Readings of one state in the year after the last, like those of its last year."""
    rows = world.readings
    mine = rows[(rows["state"] == "S05") & (rows["year"] == 1989)]
    return mine.assign(year=1990)


def test_a_year_is_appended_for_the_states_it_touches(world, fitted, later):
    """The state read has an estimate of the new year, others none; what they had stays as it was."""
    grown = fitted.update(later, world.indicators)
    assert grown.years == (1960, 1990)
    assert len(grown.lean(["S05"], "P1", "P2", 1990, 1990)) == 1
    assert grown.lean(["S06"], "P1", "P2", 1990, 1990).empty
    before = fitted.lean(["S06"], "P1", "P2", 1960, 1989)["lean"].to_numpy()
    assert grown.lean(["S06"], "P1", "P2", 1960, 1989)["lean"].to_numpy() == pytest.approx(before)
    assert fitted.years == (1960, 1989)


def test_readings_that_are_there_already_change_little(world, fitted):
    """Adding what the fit has read gives the same closeness, but for one more round of working values."""
    rows = world.readings
    mine = rows[(rows["state"] == "S05") & (rows["year"] == 1980)]
    again = fitted.update(mine, world.indicators)
    one, two = (f.closeness(["S05"], None, 1960, 1989)["closeness"].to_numpy() for f in (fitted, again))
    assert np.abs(one - two).max() < 0.15


def test_contributions_of_a_new_year_add_up(world, fitted, later):
    """A movement into the appended year is the sum of its contributions."""
    grown = fitted.update(later, world.indicators)
    result = grown.contributions("S05", "P1", "P2", 1980, 1990)
    leans = grown.lean(["S05"], "P1", "P2", 1980, 1990)["lean"]
    assert result.by_reading["contribution"].sum() == pytest.approx(leans.iloc[-1] - leans.iloc[0], abs=1e-9)


def test_states_without_new_readings_are_still_forecast(world, fitted, later):
    """A forecast after an update starts each state from its own last December."""
    grown = fitted.update(later, world.indicators)
    table = grown.forecast(["S05", "S06"], ["P1"], 3)
    assert set(table["date"]) == {"1991-01", "1991-02", "1991-03"}
    sd = table.groupby("state")["sd"].first()
    assert sd["S06"] > fitted.forecast(["S06"], ["P1"], 3)["sd"].iloc[0]
    assert len(sd) == 2


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [("state", "S99", "no state S99"), ("indicator", "horoscope", "horoscope"), ("year", 2050, "fit again")],
)
def test_what_the_fit_does_not_know_is_refused(world, fitted, later, column, value, sentence):
    """A new state, pole or indicator, or a year far off, needs another fit."""
    with pytest.raises(InputError, match=sentence):
        fitted.update(later.assign(**{column: value}), world.indicators)
