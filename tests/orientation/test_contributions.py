"""A movement is the sum of what moved it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.orientation.filter import Posterior
from aneroid.orientation.poles import States

YEARS = st.integers(1960, 1989)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(state=st.integers(0, 24), years=st.tuples(YEARS, YEARS).filter(lambda pair: pair[0] < pair[1]))
def test_contributions_add_up_to_the_movement(fitted, state, years):
    """By reading and by indicator, contributions add up to the difference of the two leans to 1e-9."""
    result = fitted.contributions(f"S{state:02d}", "P1", "P2", *years)
    leans = fitted.lean([f"S{state:02d}"], "P1", "P2", *years)["lean"]
    assert result.movement == pytest.approx(leans.iloc[-1] - leans.iloc[0], abs=1e-9)
    assert result.by_reading["contribution"].sum() == pytest.approx(result.movement, abs=1e-9)
    assert result.by_indicator["contribution"].sum() == pytest.approx(result.movement, abs=1e-9)
    assert sum(result.split().values()) == pytest.approx(result.movement, abs=1e-9)


def test_a_contribution_is_what_a_reading_moves(fitted):
    """Raising one reading by one moves the mean by its weight: contributions are exact, not shares."""
    solution = fitted._solution("S03")
    functional = solution.lean(1980, "P1", "P2") - solution.lean(1965, "P1", "P2")
    first, *others = solution.posterior.readings
    raised = replace(first, value=first.value + np.eye(first.value.size)[4])
    prior = States(fitted.design, fitted.parameters, fitted.priors, fitted.working).prior_precision(
        solution.index
    )
    moved = functional @ (Posterior(prior, [raised, *others]).mean - solution.posterior.mean)
    assert moved == pytest.approx(solution.posterior.weights(functional)[0][4], abs=1e-10)


def test_readings_after_the_window_are_marked(fitted):
    """Smoothing uses later readings; those are marked, and only those."""
    rows = fitted.contributions("S01", "P1", "P2", 1965, 1975).by_reading
    dated = rows[rows["year"].notna()]
    assert (dated["after_window"] == (dated["year"] > 1975)).all()
    assert dated["after_window"].any()


def test_rows_that_are_no_readings_are_named(fitted):
    """Common shocks and the prior have names of their own and carry no value."""
    result = fitted.contributions("S01", "P1", "P2", 1965, 1975)
    other = result.by_reading[result.by_reading["kind"] != "reading"]
    assert other["indicator"].str.match("common shock: |prior").all()
    assert other["value"].isna().all()


def test_values_are_those_that_were_read(world, fitted):
    """The value beside a contribution is the raw reading."""
    rows = fitted.contributions("S01", "P1", "P2", 1965, 1975).by_reading
    shown = rows[rows["kind"] == "reading"].set_index(["indicator", "pole", "year"])["value"].sort_index()
    mine = world.readings[world.readings["state"] == "S01"]
    given_values = mine.set_index(["indicator", "pole", "year"])["value"].sort_index()
    assert np.allclose(shown.to_numpy(float), given_values.to_numpy(float))


def test_drivers_point_the_way_the_lean_went(fitted):
    """Every driver has the sign of the movement, the largest first."""
    result = fitted.contributions("S06", "P1", "P2", 1961, 1988)
    drivers = result.drivers(3)["contribution"]
    assert (np.sign(drivers) == np.sign(result.movement)).all()
    assert drivers.abs().is_monotonic_decreasing


def test_a_window_needs_two_years_in_order(fitted):
    """A movement from a year to itself, or backwards, is refused."""
    with pytest.raises(InputError, match="first year before its last"):
        fitted.contributions("S01", "P1", "P2", 1975, 1975)


def test_movers_add_up_and_split_the_common_shocks(fitted):
    """Own, poles', agenda's and prior's parts make up the movement; the common shocks are the poles' and the agenda's."""
    result = fitted.contributions("S01", "P1", "P2", 1965, 1975)
    movers = result.movers()
    assert sum(movers.values()) == pytest.approx(result.movement, abs=1e-9)
    assert movers["pole"] + movers["agenda"] == pytest.approx(result.split()["common shock"], abs=1e-9)


def test_leaving_an_indicator_out_is_shown_beside(fitted):
    """One line for each indicator of the state, with the movement that the others give."""
    table = fitted.left_out("S01", "P1", "P2", 1965, 1975)
    settled = table["movement"] + table["difference"]
    assert set(table["indicator"]) == set(fitted.design.names)
    assert settled.to_numpy() == pytest.approx(settled.iloc[0])
    assert settled.iloc[0] == pytest.approx(
        fitted.contributions("S01", "P1", "P2", 1965, 1975).movement, abs=0.2
    )
    assert (table["lo90"] < table["hi90"]).all()
