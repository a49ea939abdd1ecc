"""Turns are found where several kinds of ties move together, and nowhere else."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from aneroid.errors import InputError
from aneroid.realignment.detect import HEADLINE, detect
from aneroid.realignment.evidence import gather_evidence, movement, surprise_of
from aneroid.realignment.false_alarms import probability_of_turn
from aneroid.realignment.turns import APART, direction_prior

POLES = ("USA", "RUS", "CHN")
SERIES = arrays(float, (3, 12), elements=st.floats(-5, 5, allow_nan=False).map(lambda x: round(x, 2)))


@pytest.fixture(scope="module")
def ranked(world):
    """Turns of the world."""
    return detect(world.readings, world.indicators, poles=POLES)


def test_the_turn_of_the_world_comes_first_with_its_year_and_direction(ranked):
    """A state that leaves one pole for another in all ties at once heads the list."""
    first = ranked.iloc[0]
    assert (first.state, first.away_from, first.toward) == ("S05", "USA", "RUS")
    assert abs(first.year - 1980) <= 1
    assert first.probability > 0.8
    assert {part.split(" (")[0] for part in first.because.split("; ")} == {
        "alliances",
        "arms",
        "disputes",
        "trade",
    }


def test_drift_alone_raises_no_headline(ranked):
    """States that only drift stay under the headline probability."""
    others = ranked[ranked["state"] != "S05"]
    assert (others["probability"] >= HEADLINE).sum() <= 1


def test_turns_of_a_state_lie_apart(ranked):
    """A state has one turn within a few years."""
    for _, mine in ranked.groupby("state"):
        assert (np.diff(np.sort(mine["year"])) > APART).all()


def test_probability_falls_and_expected_false_alarms_rise_down_the_list(ranked):
    """The list is in order: less probable, and more of it chance."""
    assert ranked["score"].is_monotonic_decreasing
    assert ranked["probability"].between(0, 1).all()
    assert (np.diff(ranked["probability"]) <= 1e-12).all()
    assert (np.diff(ranked["expected_false"]) >= 0).all()


def test_the_same_readings_give_the_same_turns(world, ranked):
    """Order of rows and a second run change nothing."""
    shuffled = world.readings.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(detect(shuffled, world.indicators, poles=POLES), ranked)


def test_what_moves_all_states_is_no_turn(world, ranked):
    """A step of every state towards a pole (a changed agenda) moves no score."""
    shifted = world.readings.copy()
    everybody = (shifted["indicator"] == "trade") & (shifted["pole"] == "RUS") & (shifted["year"] >= 1990)
    shifted.loc[everybody, "value"] += 3.0
    again = detect(shifted, world.indicators, poles=POLES)
    np.testing.assert_allclose(again["score"], ranked["score"], atol=1e-9)


def test_a_claim_alone_raises_no_alarm(world, ranked):
    """Indicators that rest on claims or reports change no turn, however loud."""
    from dataclasses import replace

    said = replace(world.indicators[0], name="reported", family="events")
    rows = world.readings[world.readings["indicator"] == "alliance"].assign(indicator="reported")
    loud = (rows["state"] == "S01") & (rows["pole"] == "RUS") & (rows["year"] >= 1990)
    rows.loc[loud, "value"] += 100.0
    with_claims = detect(pd.concat([world.readings, rows]), [*world.indicators, said], poles=POLES)
    pd.testing.assert_frame_equal(with_claims, ranked)


def test_swapping_poles_mirrors_the_turn(world):
    """With the two poles renamed, away and towards change places."""
    names = {"USA": "RUS", "RUS": "USA", "CHN": "CHN"}
    first = detect(
        world.readings.assign(pole=world.readings["pole"].map(names)), world.indicators, poles=POLES
    ).iloc[0]
    assert (first.state, first.away_from, first.toward) == ("S05", "RUS", "USA")


def test_a_pole_never_turns_to_or_from_itself(world):
    """A state that is a pole is not asked about itself."""
    renamed = world.readings.replace({"state": {"S05": "CHN"}})
    turns = detect(renamed[renamed["state"] != renamed["pole"]], world.indicators, poles=POLES)
    mine = turns[turns["state"] == "CHN"]
    assert len(mine)
    assert not ((mine["away_from"] == "CHN") | (mine["toward"] == "CHN")).any()


def test_the_prior_of_directions_adds_up_and_excludes_what_cannot_be(world):
    """Directions add up to one; from a pole to itself, or from none to none, never."""
    prior = direction_prior(gather_evidence(world.readings, world.indicators, POLES))
    assert prior.sum() == pytest.approx(1.0)
    assert (np.diag(prior) == 0).all()
    assert prior[0, 1] == prior.max()


def test_nothing_to_read_is_said(world):
    """Poles without readings are an input error."""
    with pytest.raises(InputError, match="FRA"):
        detect(world.readings, world.indicators, poles=("FRA",))


@given(SERIES, st.integers(1, 5), st.floats(-3, 3))
@settings(max_examples=40, deadline=None)
def test_movement_knows_no_level(series, half, level):
    """A constant added to a series moves nothing; its negative moves the other way."""
    np.testing.assert_allclose(movement(series + level, half), movement(series, half), atol=1e-9)
    np.testing.assert_allclose(movement(-series, half), -movement(series, half), atol=1e-12)


def test_missing_is_not_zero():
    """Without readings on both sides there is no movement; few of them are too few."""
    series = np.array([[np.nan, np.nan, np.nan, 1.0, 1.0, 5.0, np.nan, np.nan, np.nan, np.nan]])
    moved = movement(series, 3)
    assert moved[0, 5] != moved[0, 5]  # one year after is less than half of three
    assert np.isnan(moved[0, 3])
    assert movement(series, 2)[0, 5] == 4.0


@given(arrays(float, 30, elements=st.floats(-5, 5, allow_nan=False)))
@settings(max_examples=40, deadline=None)
def test_surprise_keeps_order_and_sign(moved):
    """The larger a movement, the greater its surprise; none without movement."""
    surprise = surprise_of(moved)
    up = moved > 1e-6
    assert (np.diff(surprise[up][np.argsort(moved[up], kind="stable")]) >= -1e-12).all()
    assert (surprise[np.abs(moved) <= 1e-10] == 0).all()
    assert (surprise[up] >= 0).all()
    assert (surprise[moved < -1e-6] <= 0).all()


def test_as_many_placebo_turns_as_found_ones_leave_no_probability():
    """Where chance raises as many alarms, none is probable; where it raises none, nearly all are."""
    found = np.linspace(5, 1, 40)
    assert probability_of_turn(found, [found, found])[5:].max() == pytest.approx(0.0, abs=0.3)
    assert probability_of_turn(found, [found - 10, found - 10]).min() > 0.95
