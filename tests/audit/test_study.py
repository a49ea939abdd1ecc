"""The event study recovers a shift that was put in, finds nothing where nothing is, and says what it could have found."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.audit.matching import BASE, HORIZONS, Curves
from aneroid.audit.multiple import benjamini_hochberg
from aneroid.audit.pooling import STARTS, Case
from aneroid.audit.signals import Signal
from aneroid.audit.study import Study, assemble
from aneroid.audit.verdict import Answer, judge

EVENTS = pd.DataFrame(columns=["state", "pole", "year", "dose", "what"])
SIGNAL = Signal("invented", "An invented signal", ("arms",), 1, "", EVENTS)


def answer() -> np.ndarray:
    """A smoothed step for every start: some of it leaks to the years before."""
    step = 1 / (1 + np.exp(-1.5 * (HORIZONS[None] - np.array(STARTS)[:, None] + 0.5)))
    return 0.3 * (step - step[:, [BASE]])


def cases(count: int, shift: float, seed: int, *, trend: float = 0.0, dose: float = 0.0) -> tuple[Case, ...]:
    """Random walks, with a shift from the year after the signal on and a trend in the first of each."""
    rng = np.random.default_rng(seed)
    made = []
    for n in range(count):
        gap = np.cumsum(0.04 * rng.standard_normal((31, HORIZONS.size)), axis=1)
        gap = gap - gap[:, [BASE]]
        size = float(1 + n % 5)
        gap[0] += (shift + dose * (np.log(size) - 0.8)) * answer()[STARTS.index(1)]
        gap[0] += trend * np.minimum(HORIZONS - HORIZONS[BASE], 0)
        curves = Curves(tuple(f"S{i}" for i in range(31)), gap, ("S40",), 0.5)
        made.append(Case("S0", "P1", 1960 + n, size, f"case {n}", curves, answer()))
    return tuple(made)


def study(count: int, shift: float, seed: int = 1, **more: float) -> Study:
    """Assemble a study of such cases."""
    return assemble(SIGNAL, cases(count, shift, seed, **more), (), seed)


def test_a_shift_that_was_put_in_is_recovered() -> None:
    """The estimate is in the unit of the injected shift, and its range holds it."""
    found = study(40, 0.8).headline
    assert found is not None
    low, high = found.interval
    assert low < 0.8 < high
    assert abs(found.shift - 0.8) < 0.25
    assert found.p < 0.01


def test_nothing_is_found_where_nothing_is() -> None:
    """Without an effect about one study in twenty is significant at 5 %."""
    small = [study(12, 0.0, seed).headline.p < 0.05 for seed in range(40)]
    assert sum(small) <= 6


def test_the_detectable_shift_is_found_in_four_of_five_studies() -> None:
    """What the study says it can detect is what it does detect."""
    least = np.median([study(12, 0.0, seed).headline.detectable for seed in range(5)])
    found = [study(12, float(least), 100 + seed).headline.p < 0.05 for seed in range(40)]
    assert 0.62 <= np.mean(found) <= 0.95


def test_more_cases_detect_smaller_shifts() -> None:
    """Nine times the cases detect about a third."""
    few, many = study(6, 0.0).headline, study(54, 0.0).headline
    assert many.detectable < 0.6 * few.detectable


def test_turning_the_sign_mirrors_the_study() -> None:
    """A signal of estrangement is the mirror of one of approach."""
    made = cases(20, 0.5, 3)
    turned = tuple(replace(case, curves=replace(case.curves, gap=-case.curves.gap)) for case in made)
    one, other = (assemble(SIGNAL, each, (), 3).headline for each in (made, turned))
    assert one.shift == pytest.approx(-other.shift)


def test_a_trend_before_the_signal_is_noticed() -> None:
    """What led up to the signal is no consequence of it, and the answer is that one cannot tell."""
    led = study(40, 0.8, trend=0.05)
    assert led.pretrend_p < 0.05
    assert judge(led).answer is Answer.CANNOT_TELL
    assert study(40, 0.8).pretrend_p > 0.05


def test_a_dose_is_noticed() -> None:
    """Where larger amounts go with larger shifts the slope is positive and beyond chance."""
    slope, p, count = study(60, 0.5, dose=0.8).dose
    assert slope > 0
    assert p < 0.05
    assert count == 60


def test_waves_widen_the_range() -> None:
    """Cases of one pole and year that move together count for less than as many that do not."""
    apart = cases(24, 0.0, 5)
    together = []
    for n, case in enumerate(apart):
        shared = np.where(HORIZONS >= 1, 0.3 * np.random.default_rng(n // 3).standard_normal(), 0.0)
        gap = case.curves.gap.copy()
        gap[0] += shared
        together.append(replace(case, year=1960 + n // 3, curves=replace(case.curves, gap=gap)))
    assert assemble(SIGNAL, tuple(together), (), 5).headline.sd > assemble(SIGNAL, apart, (), 5).headline.sd


def test_the_three_answers_follow_from_the_numbers() -> None:
    """A clear shift signals, a precise nothing does not, few cases cannot tell."""
    assert judge(study(60, 1.0)).answer is Answer.SIGNALS
    assert judge(study(200, 0.0)).answer is Answer.DOES_NOT
    assert judge(study(4, 0.0)).answer is Answer.CANNOT_TELL
    assert judge(study(2, 3.0)).answer is Answer.CANNOT_TELL
    nothing = assemble(SIGNAL, (), (), 1)
    assert judge(nothing).answer is Answer.CANNOT_TELL


def test_does_not_signal_needs_power() -> None:
    """No shift of interest is excluded that would have been missed."""
    precise = judge(study(200, 0.0), smallest=0.25)
    assert precise.power >= 0.8
    assert judge(study(12, 0.0), smallest=0.05).answer is Answer.CANNOT_TELL


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_adjusted_p_values_are_larger_and_keep_the_order(p: list[float]) -> None:
    """Adjustment never makes a finding stronger, and never turns two findings round."""
    adjusted = benjamini_hochberg(p)
    assert all(b >= a - 1e-12 for a, b in zip(p, adjusted, strict=True))
    order = sorted(range(len(p)), key=lambda n: p[n])
    assert all(adjusted[a] <= adjusted[b] + 1e-12 for a, b in pairwise(order))


def test_a_missing_p_value_stays_missing_and_does_not_count() -> None:
    """A signal without cases makes the others no less significant."""
    assert benjamini_hochberg([0.01, float("nan")])[0] == pytest.approx(0.01)
