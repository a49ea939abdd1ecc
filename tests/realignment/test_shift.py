"""How far a turn went: exact, additive, and honest where nothing is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.realignment.shift import measure_shift, measure_shifts


def test_the_turn_of_the_world_is_measured(fitted):
    """The shift is sure, dated, and the state's own."""
    shift = measure_shift(fitted, "S05", 1980, away_from="USA", toward="RUS")
    assert shift.lo90 > 0.5
    assert shift.p_shift > 0.95
    assert abs(shift.year_lo90 - 1980) <= 2 and abs(shift.year_hi90 - 1980) <= 2
    assert shift.own > 3 * abs(shift.shared)


def test_the_shift_is_the_mean_of_movements_and_its_parts_add_up(fitted):
    """Own and shared movement with the pull of the prior make the shift, to 1e-9."""
    shift = measure_shift(fitted, "S05", 1980, away_from="USA", toward="RUS", window=3)
    movements = [fitted.contributions("S05", "RUS", "USA", 1980 - k, 1979 + k) for k in (1, 2, 3)]
    assert shift.shift == pytest.approx(np.mean([m.movement for m in movements]), abs=1e-9)
    parts = pd.DataFrame([m.split() for m in movements]).mean()
    assert shift.own == pytest.approx(parts["reading"], abs=1e-9)
    assert shift.shared == pytest.approx(parts["common shock"], abs=1e-9)


def test_swapping_the_direction_mirrors_the_shift(fitted):
    """Away from A towards B is minus away from B towards A."""
    there = measure_shift(fitted, "S05", 1980, away_from="USA", toward="RUS", min_shift=0)
    back = measure_shift(fitted, "S05", 1980, away_from="RUS", toward="USA", min_shift=0)
    assert there.shift == pytest.approx(-back.shift, abs=1e-9)
    assert there.p_shift == pytest.approx(1 - back.p_shift, abs=1e-9)


def test_a_larger_least_shift_is_less_probable(fitted):
    """Asking for more is harder to meet."""
    chances = [
        measure_shift(fitted, "S03", 1975, away_from="", toward="CHN", min_shift=size).p_shift
        for size in (0.0, 0.2, 0.5, 1.0)
    ]
    assert chances == sorted(chances, reverse=True)


def test_nothing_is_said_where_there_is_no_estimate(fitted):
    """An unknown state, or a turn before the record, has no shift rather than a shift of zero."""
    turns = pd.DataFrame(
        {"state": ["XYZ", "S05"], "year": [1980, 1960], "away_from": ["USA"] * 2, "toward": ["RUS"] * 2}
    )
    measured = measure_shifts(fitted, turns)
    assert measured["shift"].isna().all()
    assert measured["p_shift"].isna().all()


def test_a_window_without_years_is_refused(fitted):
    """The window must hold a year."""
    with pytest.raises(InputError, match="window"):
        measure_shift(fitted, "S05", 1980, away_from="USA", toward="RUS", window=0)
