"""The parts of the model do what their equations say."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import aneroid.orientation
from aneroid.errors import InputError
from aneroid.orientation.filter import Posterior, Readings, inverse
from aneroid.orientation.indicators import prepare, resolution, transform
from aneroid.orientation.model import Priors, lags, step_precision, step_weight
from aneroid.orientation.posture import posture_of
from aneroid.states import all_states

VALUES = st.lists(st.floats(0, 1e6), min_size=1, max_size=20)


@given(VALUES, st.sampled_from(["identity", "log1p", "signed_log"]))
def test_transforms_keep_order_and_sign(values, kind):
    """A transform changes distances, never who has more; less than nothing stays so."""
    raw = np.sort(np.array(values))
    assert (np.diff(transform(raw, kind)) >= 0).all()
    assert transform(-raw, kind) == pytest.approx(-transform(raw, kind))


@given(st.floats(0.01, 0.99))
def test_resolution_of_a_yes_or_no(share):
    """A yes or no resolves a normal quantity as theory says: φ(c) / √(π(1−π)), at most .8."""
    from scipy.stats import norm

    count = max(1, round(share * 1000))
    values = np.repeat([0.0, 1.0], [1000 - count, count])
    p = count / 1000
    assert resolution(values) == pytest.approx(norm.pdf(norm.ppf(p)) / np.sqrt(p * (1 - p)), rel=1e-6)


@given(st.floats(0.5, 0.99), st.integers(2, 12))
def test_ordinary_steps_make_a_stationary_series(rho, n_years):
    """With working weights of one, closeness has variance one in every year and correlation ρ^lag."""
    precision = step_precision(rho, step_weight(rho, np.ones(n_years)))
    assert np.linalg.inv(precision) == pytest.approx(rho ** lags(n_years), abs=1e-8)


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_the_solver_agrees_with_the_textbook(seed):
    """Mean and covariance equal those of conditioning a joint normal; weights times readings give the mean."""
    rng = np.random.default_rng(seed)
    n, m = 5, 6
    root, noise = rng.standard_normal((n, n + 2)), rng.standard_normal((m, m + 2))
    prior, error = root @ root.T, noise @ noise.T
    at = np.array([0, 2, 4, 0, 1, 4])
    loading, value = rng.uniform(0.2, 1, m), rng.standard_normal(m)
    design = np.zeros((m, n))
    design[np.arange(m), at] = loading
    parts = (slice(0, 3), slice(3, 6))
    posterior = Posterior(np.linalg.inv(prior), [Readings(at, loading, inverse(error), value, parts)])
    gain = prior @ design.T @ np.linalg.inv(design @ prior @ design.T + error)
    assert posterior.mean == pytest.approx(gain @ value, rel=1e-5, abs=1e-6)
    assert posterior.covariance == pytest.approx(prior - gain @ design @ prior, rel=1e-5, abs=1e-6)
    functional = rng.standard_normal(n)
    assert posterior.weights(functional)[0] @ value == pytest.approx(functional @ posterior.mean, abs=1e-8)


def test_posture_of_a_state_close_to_none_and_to_two():
    """Closeness to none is autonomy; closeness to two at once is hedging."""
    mean = np.array([[-0.5, -0.6], [1.0, 0.9], [1.0, -0.5]])
    cov = np.tile(0.01 * np.eye(2), (3, 1, 1))
    table = posture_of(mean, cov, ["P1", "P2"], seed=1)
    assert table["autonomy"].idxmax() == 0
    assert table["hedging"].idxmax() == 1
    assert table["nearest"].tolist()[2] == "P1"
    assert (table["autonomy_lo90"] < table["autonomy"]).all()


def test_posture_needs_two_poles():
    """One pole gives no posture."""
    with pytest.raises(InputError, match="two poles"):
        posture_of(np.zeros((1, 1)), np.ones((1, 1, 1)), ["P1"], seed=1)


def test_two_readings_of_one_thing_are_refused(world):
    """A pair that is read twice by one indicator in one year is an error, not an average."""
    doubled = pd.concat([world.readings, world.readings.head(1)])
    with pytest.raises(InputError, match="Two readings"):
        prepare(doubled, world.indicators, ["P1", "P2", "P3"])


def test_missing_columns_are_named(world):
    """A frame without values is refused with the name of what lacks."""
    with pytest.raises(InputError, match="value"):
        prepare(world.readings.drop(columns="value"), world.indicators, ["P1"])


def test_missing_is_not_zero(world):
    """A reading that is not there stays missing in the design."""
    rows = world.readings[world.readings["year"] != 1970]
    design = prepare(rows, world.indicators, ["P1", "P2", "P3"])
    assert np.isnan(design.y[..., design.year_index(1970)]).all()


def test_no_constant_belongs_to_a_country():
    """No state id stands in the code of the model, and no setting is keyed by state or pole."""
    folder = Path(aneroid.orientation.__file__).parent
    quoted = re.compile(r"""["']([A-Z]{3,4})["']""")
    ids = {state.id for state in all_states()}
    outside = {"desk.py", "opening.py"}
    for source in folder.glob("*.py"):
        if source.name not in outside:
            code = re.sub(r">>>.*", "", source.read_text(encoding="utf-8"))
            assert not set(quoted.findall(code)) & ids, source.name
    assert not any(isinstance(value, dict) for value in vars(Priors()).values())
