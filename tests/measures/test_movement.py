"""Movement split: parts add up, and what did not change has no part."""

from __future__ import annotations

import numpy as np
import pytest

from aneroid.errors import InputError
from aneroid.measures.ideal_points import IdealPoints, ideal_points
from aneroid.measures.movement import expected_agreement, split_movement
from aneroid.measures.simulate import simulate_votes


@pytest.fixture(scope="module")
def fitted() -> IdealPoints:
    """A two-dimensional fit."""
    made = simulate_votes(20, 5, 30, dims=2, seed=9)
    return ideal_points(made.votes, made.rollcalls, dims=2, towards="S000", draws=40)


def test_parts_add_up_to_the_change(fitted: IdealPoints) -> None:
    """Own, pole's and agenda's part add up to the total exactly."""
    change = split_movement(fitted, "S003", "S000", 1, 5).set_index("part")["change"]
    assert change[["own", "pole", "agenda"]].sum() == pytest.approx(change["total"], abs=1e-12)


def test_the_way_back_is_the_way_there_reversed(fitted: IdealPoints) -> None:
    """From end to start every part changes its sign."""
    there, back = (split_movement(fitted, "S003", "S000", *when)["change"] for when in ((1, 5), (5, 1)))
    np.testing.assert_allclose(there, -back, atol=1e-12)


def test_swapping_state_and_pole_swaps_their_parts(fitted: IdealPoints) -> None:
    """What is own for one is the pole's for the other; the agenda's part is the same."""
    one = split_movement(fitted, "S003", "S000", 1, 5).set_index("part")["change"]
    two = split_movement(fitted, "S000", "S003", 1, 5).set_index("part")["change"]
    assert one["own"] == pytest.approx(two["pole"]) and one["agenda"] == pytest.approx(two["agenda"])


def test_no_time_no_change(fitted: IdealPoints) -> None:
    """From a period to itself nothing moves."""
    assert (split_movement(fitted, "S003", "S000", 2, 2)["change"] == 0).all()


def test_agreement_is_full_for_certain_and_equal_votes() -> None:
    """Two states sure to vote the same agree fully, two sure to vote opposite not at all."""
    agenda = np.array([[30.0, 0.0, -3.0]])
    here, there = np.array([[1.0]]), np.array([[-1.0]])
    assert expected_agreement(here, here, agenda)[0] == pytest.approx(1, abs=1e-6)
    assert expected_agreement(here, there, agenda)[0] == pytest.approx(0, abs=1e-6)


def test_periods_and_states_without_votes_are_named(fitted: IdealPoints) -> None:
    """One sentence says what is missing."""
    with pytest.raises(InputError, match="no period 99"):
        split_movement(fitted, "S003", "S000", 1, 99)
    with pytest.raises(InputError, match="'XX'"):
        split_movement(fitted, "XX", "S000", 1, 2)
