"""Fading counts are what their formula says, however they are reached."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aneroid.forecasts.decayed_counts import HALF_LIVES, DecayedCounts, expand

facts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=40)


@given(facts)
def test_day_by_day_equals_at_once(pairs: list[tuple[int, int]]) -> None:
    """Adding each day and filling all agree, and both give the sum of halvings."""
    days, keys = (np.array(x) for x in zip(*sorted(pairs), strict=True))
    stepped, filled = DecayedCounts(keys), DecayedCounts(keys)
    for day in range(10):
        stepped.fade()
        stepped.add(*np.searchsorted(days, [day, day + 1]), day)
    filled.fill(days, 10)
    np.testing.assert_allclose(stepped.fading, filled.fading, rtol=1e-4)
    np.testing.assert_array_equal(stepped.total, filled.total)
    np.testing.assert_array_equal(stepped.last, filled.last)
    wanted = (0.5 ** ((9 - days[keys == keys[0]])[:, None] / HALF_LIVES)).sum(axis=0)
    np.testing.assert_allclose(filled.fading[filled.find(keys[:1])[0]], wanted, rtol=1e-4)


def test_unknown_keys_read_as_never_seen() -> None:
    """Absent keys point to the empty slot."""
    table = DecayedCounts(np.array([3, 5]))
    table.add(0, 2, 0)
    assert table.total[table.find(np.array([4, 9]))].tolist() == [0, 0]


def test_ranges_hold_only_what_has_entered() -> None:
    """Keys of facts still to come are not shown."""
    table = DecayedCounts(np.array([1, 2, 7]))
    table.add(0, 1, 0)
    slot, owner = table.ranges(np.array([0, 5]), 5)
    assert table.keys[slot].tolist() == [1] and owner.tolist() == [0]


def test_expand_writes_out_ranges_empty_ones_too() -> None:
    """Positions and owners in order."""
    position, owner = expand(np.array([2, 5, 9]), np.array([4, 5, 10]))
    assert position.tolist() == [2, 3, 9] and owner.tolist() == [0, 0, 2]
