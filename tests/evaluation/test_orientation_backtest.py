"""Facts about the back-test itself, on invented dyads whose future is drawn from a known closeness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from aneroid.evaluation.orientation_backtest import back_test, history, summary, tally
from aneroid.evaluation.orientation_bootstrap import two_way
from aneroid.evaluation.orientation_logit import fit_logit
from aneroid.evaluation.orientation_outcomes import FIRST, LAST, Grid, Outcome, window

STATES, POLES = 80, 3
ORIGINS = range(1960, 2011, 2)
YEARS = LAST - FIRST + 1


def _walk(rng: np.random.Generator) -> np.ndarray:
    steps = rng.standard_normal((STATES, POLES, YEARS))
    out = np.empty_like(steps)
    out[..., 0] = steps[..., 0]
    for t in range(1, YEARS):
        out[..., t] = 0.97 * out[..., t - 1] + np.sqrt(1 - 0.97**2) * steps[..., t]
    return out


@pytest.fixture(scope="module")
def invented() -> tuple[Grid, Outcome, dict[int, pd.DataFrame]]:
    """A rare outcome driven by closeness; the closeness itself, a late copy, and noise as scores."""
    rng = np.random.default_rng(5)
    closeness, noise = _walk(rng), _walk(rng)
    chance = 1 / (1 + np.exp(3.0 - 1.2 * closeness))
    happened = (rng.random(chance.shape) < chance).astype(float)
    states = tuple(f"S{n:02d}" for n in range(STATES))
    grid = Grid(states, ("P0", "P1", "P2"), np.ones(chance.shape, dtype=bool))
    outcome = Outcome("order", happened, np.zeros_like(happened), 1, (1950, 2020))
    scores = {}
    i, p = (part.ravel() for part in np.indices((STATES, POLES)))
    for origin in ORIGINS:
        t = origin - FIRST
        scores[origin] = pd.DataFrame(
            {
                "state": np.array(states)[i],
                "pole": np.array(grid.poles)[p],
                "ours": closeness[i, p, t],
                "late": closeness[i, p, t - 10],
                "only noise": noise[i, p, t],
                "noise": noise[i, p, t],
            }
        )
    return grid, outcome, scores


def test_a_true_score_adds_and_noise_does_not(invented) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """What drives the outcome adds to its history; a score without anything in it does not, at either horizon."""
    grid, outcome, scores = invented
    found = back_test(grid, [outcome], scores)
    assert [made.horizon for made in found] == [1, 5]
    for made in found:
        assert made.added("ours").verdict == 1
        assert made.added("noise").verdict <= 0
        assert made.added("best single indicator").verdict <= 0
        assert made.added("ours", "late").verdict == 1
    counted = tally(summary(found))
    assert counted["adds"].tolist() == [1, 1]
    assert counted["most"].tolist() == [1, 1]


def test_the_future_changes_nothing_at_an_origin(invented) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """Scores of later origins and outcomes that were not published by then leave every earlier forecast as it was."""
    grid, outcome, scores = invented
    rng, origin = np.random.default_rng(6), 1990
    made = back_test(grid, [outcome], scores, horizons=(1,))[0]
    happened = outcome.happened.copy()
    later = origin + 2 - FIRST
    happened[:, :, later:] = rng.permuted(happened[:, :, later:], axis=0)
    shuffled = {
        o: frame.assign(ours=rng.permutation(frame["ours"])) if o > origin else frame
        for o, frame in scores.items()
    }
    again = back_test(grid, [replace(outcome, happened=happened)], shuffled, horizons=(1,))[0]
    for name in made.log:
        for n, where in enumerate(made.origin):
            same = np.array_equal(made.log[name][n], again.log[name][n])
            assert same == (where[0] <= origin)


def test_history_knows_only_what_was_published(invented) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """The history of a dyad ends with the last year that its source had published."""
    grid, outcome, _ = invented
    late = replace(outcome, lag=5)
    changed = late.happened.copy()
    changed[:, :, 1986 - FIRST :] = 1.0
    np.testing.assert_array_equal(
        history(late, grid, 1990), history(replace(late, happened=changed), grid, 1990)
    )
    assert not np.array_equal(history(late, grid, 1991), history(replace(late, happened=changed), grid, 1991))


def test_a_window_beyond_the_source_is_unknown(invented) -> None:  # type: ignore[no-untyped-def]  # a fixture
    """Five years ahead of 2018 are not known from a source that ends in 2020; nor is a year without a reading."""
    _, outcome, _ = invented
    assert np.isnan(window(outcome, 2018, 5)).all()
    assert np.isfinite(window(outcome, 2015, 5)).all()
    gaps = outcome.happened.copy()
    gaps[0, 0, 2001 - FIRST] = np.nan
    assert np.isnan(window(replace(outcome, happened=gaps), 2000, 1)[0, 0])


def test_the_logit_finds_its_coefficients() -> None:
    """Coefficients come back, and a warm start ends where a cold one does."""
    rng = np.random.default_rng(7)
    x = rng.standard_normal((20_000, 3))
    y = (rng.random(20_000) < 1 / (1 + np.exp(1.0 - x @ [0.8, -0.5, 0.0]))).astype(float)
    cold = fit_logit(x, y)
    np.testing.assert_allclose(cold.b, [-1.0, 0.8, -0.5, 0.0], atol=0.08)
    np.testing.assert_allclose(fit_logit(x, y, fit_logit(x[:, :1], y)).b, cold.b, atol=1e-3)


def test_intervals_know_of_states_and_waves() -> None:
    """Rows that share a state or a wave say less than independent ones, and intervals cover a mean of zero."""
    rng = np.random.default_rng(8)
    state, wave = (part.ravel() for part in np.indices((60, 20)))
    inside, widths = [], []
    for seed in range(40):
        values = rng.standard_normal(60)[state] + rng.standard_normal(20)[wave] + rng.standard_normal(1200)
        found = two_way(values, state, wave, seed)
        inside.append(found.low <= 0 <= found.high)
        widths.append(found.high - found.low)
    assert 0.85 <= np.mean(inside) <= 1.0
    independent = two_way(rng.standard_normal(1200) * np.sqrt(3), state, wave)
    assert np.mean(widths) > 3 * (independent.high - independent.low)
