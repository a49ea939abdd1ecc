"""Similarity: definitions, invariances, missing values, alliance portfolios."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kendalltau

from aneroid.errors import InputError
from aneroid.measures.dyads import alliance_portfolios, dyad_similarity
from aneroid.measures.similarity import MEASURES, similarity

LEVELS = (1.0, 2.0, 3.0)
CHANCE = [name for name in MEASURES if name != "tau_b"]


def _random(seed: int, n: int = 6, items: int = 40, missing: float = 0.15) -> np.ndarray:
    rng = np.random.default_rng(seed)
    matrix = rng.choice(LEVELS, size=(n, items), p=(0.6, 0.15, 0.25))
    matrix[rng.random(matrix.shape) < missing] = np.nan
    return matrix


def _definition(name: str, a: np.ndarray, b: np.ndarray, w: np.ndarray | None = None) -> float:
    """One pair by the printed formula."""
    seen = ~np.isnan(a) & ~np.isnan(b)
    a, b = a[seen], b[seen]
    weight = np.ones(len(a)) if w is None else w[seen]
    if name == "agreement":
        return float((weight * (a == b)).sum() / weight.sum())
    if name == "tau_b":
        return float(kendalltau(a, b).statistic)
    power = 2 if name.endswith("squared") else 1
    cost = np.abs(np.subtract.outer(LEVELS, LEVELS)) ** power
    if name == "kappa":
        cost = 1 - np.eye(3)
    table = np.zeros((3, 3))
    np.add.at(table, (a.astype(int) - 1, b.astype(int) - 1), weight)
    table /= table.sum()
    if name.startswith("s_"):
        return float(1 - 2 * (table * cost).sum() / cost.max())
    p, q = table.sum(axis=1), table.sum(axis=0)
    expected = np.outer(p, q) if name.startswith("kappa") else np.outer((p + q) / 2, (p + q) / 2)
    return float(1 - (table * cost).sum() / (expected * cost).sum())


@pytest.mark.parametrize("name", MEASURES)
def test_matrix_products_equal_the_definition(name: str) -> None:
    """Every pair agrees with the printed formula to a millionth, missing values included."""
    matrix = _random(3, n=7, items=120)
    result = similarity(matrix, measure=name, levels=LEVELS)
    for i in range(7):
        for j in range(7):
            if i != j:
                assert result[i, j] == pytest.approx(_definition(name, matrix[i], matrix[j]), abs=1e-6)


@pytest.mark.parametrize("name", ["s_absolute", "s_squared", "kappa_squared", "pi_absolute", "agreement"])
def test_weights_enter_as_in_the_definition(name: str) -> None:
    """Items count with their weight."""
    matrix, weights = _random(5), np.random.default_rng(5).uniform(0.1, 3, 40)
    result = similarity(matrix, measure=name, levels=LEVELS, weights=weights)
    assert result[0, 1] == pytest.approx(_definition(name, matrix[0], matrix[1], weights), abs=1e-9)


def test_cohens_own_table_gives_his_kappa() -> None:
    """The worked example of Cohen 1960 (200 cases, 70 % observed and 41 % chance agreement) has kappa .492."""
    counts = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
    first = np.repeat([1, 1, 1, 2, 2, 2, 3, 3, 3], np.ravel(counts))
    second = np.repeat([1, 2, 3] * 3, np.ravel(counts))
    result = similarity(np.array([first, second], dtype=float), measure="kappa")
    assert result[0, 1] == pytest.approx(0.492, abs=5e-4)


@pytest.mark.parametrize("name", CHANCE)
def test_identical_portfolios_are_fully_similar(name: str) -> None:
    """A state and its copy have S = kappa = pi = agreement = 1, also if both always vote the same way."""
    varied = _random(1, n=1)[0]
    for row in (varied, np.full(10, 3.0)):
        assert similarity(np.array([row, row]), measure=name, levels=LEVELS)[0, 1] == 1


@given(seed=st.integers(0, 10_000), name=st.sampled_from(sorted(MEASURES)))
@settings(max_examples=40, deadline=None)
def test_pairs_mirror_and_order_does_not_matter(seed: int, name: str) -> None:
    """Swapping a dyad mirrors it; permuting items or turning all votes round changes nothing."""
    matrix = _random(seed)
    base = similarity(matrix, measure=name, levels=LEVELS)
    shuffled = matrix[:, np.random.default_rng(seed).permutation(matrix.shape[1])]
    variants = (shuffled, 4 - matrix)
    for other in (base.T, *(similarity(variant, measure=name, levels=LEVELS) for variant in variants)):
        np.testing.assert_allclose(base, other, atol=1e-6)
    assert np.nanmax(base) <= 1 + 1e-6 and np.nanmin(base) >= -1 - 1e-6


def test_a_pair_without_common_items_has_no_value() -> None:
    """Nothing in common is missing, not zero."""
    matrix = np.array([[1.0, np.nan, 3.0, 1.0], [np.nan, 2.0, np.nan, np.nan], [1.0, 1.0, 3.0, 2.0]])
    result = similarity(matrix, measure="s_absolute", levels=LEVELS)
    assert np.isnan(result[0, 1]) and not np.isnan(result[0, 2])


def test_dyads_of_all_periods_come_once_each() -> None:
    """Each unordered pair with common items has one row a period, equal to the matrix version."""
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(
        [(t, f"S{i}", r, int(rng.integers(1, 4))) for t in (1, 2) for i in range(4) for r in range(12)],
        columns=["period", "state", "item", "level"],
    )
    frame = frame[~((frame["period"] == 2) & (frame["state"] == "S3"))]
    result = dyad_similarity(frame.sample(frac=1, random_state=1), measures=["s_absolute"])
    assert result.groupby("period").size().to_dict() == {1: 6, 2: 3}
    wide = frame[frame["period"] == 1].pivot(index="state", columns="item", values="level").to_numpy(float)
    row = result[(result["period"] == 1) & (result["state_a"] == "S0") & (result["state_b"] == "S2")]
    assert row["s_absolute"].item() == pytest.approx(similarity(wide, levels=LEVELS)[0, 2], abs=1e-6)
    assert row["n_items"].item() == 12


def test_alliance_portfolios_are_complete_and_hold_the_own_tie() -> None:
    """No tie between members is level 0; with oneself the level is a defence pact; the highest obligation
    counts.
    """
    states = pd.DataFrame({"period": 1950, "state": ["A", "B", "C"]})
    ties = pd.DataFrame({"period": 1950, "state": ["A", "A"], "partner": ["B", "B"], "level": [1, 3]})
    result = alliance_portfolios(ties, states)
    wide = result.pivot(index="state", columns="item", values="level")
    assert wide.loc["A"].to_dict() == {"A": 3.0, "B": 3.0, "C": 0.0}
    assert wide.loc["C"].to_dict() == {"A": 0.0, "B": 0.0, "C": 3.0}
    assert len(dyad_similarity(result, levels=(0, 1, 2, 3))) == 3


def test_unknown_measures_and_stray_levels_are_refused() -> None:
    """One sentence names what is allowed."""
    with pytest.raises(InputError, match="s_absolute"):
        similarity(np.ones((2, 2)), measure="cosine")
    with pytest.raises(InputError, match="levels"):
        similarity(np.array([[1.0, 8.0], [1.0, 2.0]]), levels=LEVELS)
