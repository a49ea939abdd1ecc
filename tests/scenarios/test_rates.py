"""Rates, comparisons, and the gate of the synthetic control."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.scenarios.episodes import episodes
from aneroid.scenarios.matched import _bootstrap, matched
from aneroid.scenarios.model import Outcome
from aneroid.scenarios.outcomes import member
from aneroid.scenarios.rates import controls, pooled, pooling, rates, wilson
from aneroid.scenarios.synthetic import synthetic
from aneroid.scenarios.world import FIRST, World

CASES = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@settings(deadline=None)  # the first call imports scipy
@given(CASES, st.floats(0.01, 0.99), st.floats(1.0, 100.0))
def test_a_pooled_rate_lies_between_cases_and_controls(case: tuple[int, int], base: float, k: float) -> None:
    """Pooling draws the share of the cases towards the rate without a cut, never past it."""
    events, n = case
    rate, low, high = pooled(events, n, base, k)
    ends = sorted((events / n, base))
    assert ends[0] - 1e-9 <= rate <= ends[1] + 1e-9
    assert 0 <= low <= high <= 1


@given(CASES)
def test_wilson_holds_the_share_and_narrows_with_cases(case: tuple[int, int]) -> None:
    """Ten times the cases at the same share give a narrower interval inside which the share lies."""
    events, n = case
    low, high = wilson(events, n)
    assert low - 1e-9 <= events / n <= high + 1e-9
    many = wilson(10 * events, 10 * n)
    assert many[1] - many[0] < high - low


@pytest.mark.parametrize(
    ("case", "ends"),
    [((0, 9), (0.0, 0.231134)), ((2, 10), (0.068558, 0.459207)), ((44, 58), (0.656023, 0.838166))],
)
def test_wilson_agrees_with_another_implementation(case: tuple[int, int], ends: tuple[float, float]) -> None:
    """The ends are those of scipy's ``binomtest(…).proportion_ci(0.9, "wilson")``."""
    np.testing.assert_allclose(wilson(*case), ends, atol=1e-6)


def test_rates_name_where_it_happened(world: World) -> None:
    """War after minor conflict: the names are those of the events counted, Iraq 2011 among them."""
    found = episodes(world, "USA", 0.5)
    members = [member(world, each) for each in found]
    table = rates(members, controls(world, found), horizons=(5,))
    war = next(r for r in table if r.outcome is Outcome.WAR and r.stratum == "minor conflict")
    assert len(war.members) == war.events and "Iraq 2011" in war.members
    assert war.low < war.rate < war.high


def test_pooling_gives_way_where_cases_differ(world: World) -> None:
    """If war followed every cut, controls would count for less."""
    found = episodes(world, "USA", 0.5)
    members = [member(world, each) for each in found]
    base = controls(world, found)
    turned = [replace(each, war=(True, True, True)) for each in members]
    assert pooling(turned, base) < pooling(members, base)


def test_like_outcomes_give_no_difference() -> None:
    """Cases and matches with one outcome differ by nothing, in every draw."""
    cases = [(1.0, host) for host in range(10)]
    rows = [[(1.0, host + 10)] for host in range(10)]
    assert _bootstrap(cases, rows, 20) == (0.0, 0.0, 0.0)


def test_the_matched_difference_is_inside_its_range(world: World) -> None:
    """The packaged record: both outcomes, a range around the estimate, no more hosts than cases."""
    found = [member(world, each) for each in episodes(world, "USA", 0.5)]
    for each in matched(world, found, 5, counted=True):
        assert each.low <= each.difference <= each.high and each.hosts <= each.n


def test_synthetic_control_of_iraq_is_not_informative(world: World) -> None:
    """No mix of other states follows Iraq before 2011, and the answer says so."""
    found = episodes(world, "USA", 0.5)
    iraq = next(each for each in found if each.label == "Iraq 2011")
    answer = synthetic(world, iraq, found)
    assert not answer.informative and "before the cut" in answer.reason


@pytest.mark.parametrize(("jump", "opens"), [(2, True), (0, False)])
def test_the_gate_opens_for_a_clear_break_alone(world: World, jump: int, opens: bool) -> None:
    """A host at peace like its donors, then at war: informative; still at peace: not."""
    found = episodes(world, "USA", 0.5)
    iceland = next(each for each in found if each.host == "ISL")
    level = world.level.copy()
    row, cut = world.row("ISL"), iceland.year - FIRST
    level[row, : cut + 1], level[row, cut + 1 :] = 0, jump
    answer = synthetic(replace(world, level=level), iceland, found)
    assert answer.informative is opens
