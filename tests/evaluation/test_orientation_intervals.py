"""Facts about the tests of intervals and of indicators left out, on closeness that is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from aneroid.evaluation.orientation_halves import differences, family_halves, score_difference
from aneroid.evaluation.orientation_leave_out import score, task_of, uniformity
from aneroid.evaluation.orientation_probit import Ladder, fit_probit
from aneroid.evaluation.orientation_simulation import fit_world, recovery, simulate_world
from aneroid.orientation.model import Priors

STATES, POLES, YEARS = 60, 2, 30


def _cells(rng: np.random.Generator) -> tuple[pd.DataFrame, np.ndarray]:
    """Dyad-years and a slowly moving closeness of theirs, standard deviation one."""
    steps = rng.standard_normal((STATES, POLES, YEARS))
    truth = np.empty_like(steps)
    truth[..., 0] = steps[..., 0]
    for t in range(1, YEARS):
        truth[..., t] = 0.95 * truth[..., t - 1] + np.sqrt(1 - 0.95**2) * steps[..., t]
    i, p, t = (part.ravel() for part in np.indices(steps.shape))
    frame = pd.DataFrame({"state": [f"S{n:02d}" for n in i], "pole": [f"P{n}" for n in p], "year": 1970 + t})
    return frame, truth.ravel()


def _estimate(frame: pd.DataFrame, truth: np.ndarray, noise: float, rng: np.random.Generator) -> pd.DataFrame:
    """A reading of truth with known noise, as a posterior under a standard normal prior."""
    gain = 1 / (1 + noise**2)
    mean = gain * (truth + noise * rng.standard_normal(truth.size))
    return frame.assign(mean=mean, sd=np.sqrt(gain) * noise, n_indicators=3)


@pytest.fixture(scope="module")
def world() -> tuple[pd.DataFrame, np.ndarray, np.random.Generator]:
    """Dyad-years, their closeness, and chance."""
    rng = np.random.default_rng(1)
    return *_cells(rng), rng


def test_honest_halves_cover_and_overconfident_ones_do_not(world) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """Two honest estimates agree in nine cases of ten or a little more; with half the stated sd they fail."""
    frame, truth, rng = world
    a, b = (_estimate(frame, truth, 0.3, rng) for _ in range(2))
    honest = score_difference(differences(a, b))
    assert 0.88 < honest["coverage"] < 0.96
    assert honest["lo"] < honest["coverage"] < honest["hi"]
    bold = score_difference(differences(a.assign(sd=a["sd"] / 2), b.assign(sd=b["sd"] / 2)))
    assert bold["coverage"] < 0.75
    assert bold["score"] > honest["score"]


def test_halves_share_no_family() -> None:
    """Every split has two disjoint halves that together hold all families, and no split comes twice."""
    families = ["a", "b", "c", "d", "e", "f", "g", "h"]
    splits = family_halves(families, 8, seed=1)
    assert len(set(splits)) == 8
    assert all(set(one) | set(two) == set(families) and not set(one) & set(two) for one, two in splits)


def test_a_yes_or_no_reading_gives_its_loading_back() -> None:
    """The probit finds the loading and the noise behind a coarse reading, also where the covariate is uncertain."""
    rng = np.random.default_rng(2)
    truth = rng.standard_normal(40_000)
    estimate = 0.8 * truth + np.sqrt(0.8 * 0.2) * rng.standard_normal(truth.size)
    reading = (0.6 * truth + 0.8 * rng.standard_normal(truth.size) > 1.0).astype(float)
    ladder = Ladder.of(reading)
    x, v = estimate[:, None], np.full((truth.size, 1), 0.2)
    model = fit_probit(ladder.cuts, ladder.code(reading), x, v)
    assert model.b[0] == pytest.approx(0.6, abs=0.04)
    assert np.exp(2 * model.log_s) == pytest.approx(0.64, abs=0.06)


def _scores(frame: pd.DataFrame, value: np.ndarray, closeness: pd.DataFrame) -> dict[str, float]:
    readings = frame.assign(indicator="k", value=value)
    task = task_of(readings, "k", 1, {"closeness": closeness})
    found = score(task, ["closeness"])
    p, _ = uniformity(found.below, found.upto, task.frame["state"].to_numpy())
    return {
        "marginal": float((found.log["closeness"] - found.log["marginal"]).mean()),
        "added": float((found.log["both"] - found.log["climatology"]).mean()),
        "p": p,
        "loading": found.loading,
    }


@pytest.mark.parametrize("kind", ["continuous", "mostly zero"])
def test_closeness_that_knows_predicts_and_noise_does_not(world, kind: str) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """A reading of closeness is predicted on states that taught nothing, with a uniform transform; noise has no skill."""
    frame, truth, rng = world
    y = 0.6 * truth + 0.8 * rng.standard_normal(truth.size)
    value = y if kind == "continuous" else np.maximum(np.round(y - 1.0, 1), 0.0)
    real = _scores(frame, value, _estimate(frame, truth, 0.4, rng))
    assert real["marginal"] > 0.05
    assert real["loading"] > 0.4
    assert real["p"] > 0.05
    noise = _scores(frame, value, _estimate(frame, rng.permutation(truth), 0.4, rng))
    assert noise["marginal"] < 0.01
    assert noise["added"] < 0.01


def test_simulated_closeness_comes_back() -> None:
    """In a world drawn from the model, estimates follow the truth as closely as their variances say, and cover it."""
    made = simulate_world(n_states=40, first=1960, last=1989, seed=4)
    found = recovery(made, fit_world(made, Priors(rounds=(6, 3))))
    assert found["closeness_r"] > 0.8
    assert abs(found["closeness_r"] - found["r_expected"]) < 0.06
    assert 0.84 < found["coverage"] < 0.94
