"""Ideal points: recovery, invariance, widths, determinism, anchoring."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.evaluation.interval_studies import simulated_coverage
from aneroid.measures.ideal_points import IdealPoints, ideal_points
from aneroid.measures.published import compare_series
from aneroid.measures.record import build_record
from aneroid.measures.simulate import Simulated, simulate_votes


@pytest.fixture(scope="module")
def made() -> Simulated:
    """Thirty states, eight sessions, forty roll calls each."""
    return simulate_votes(30, 8, 40, seed=3)


@pytest.fixture(scope="module")
def fitted(made: Simulated) -> IdealPoints:
    """The one-dimensional fit of it."""
    return ideal_points(made.votes, made.rollcalls, dims=1, towards="S000", draws=100, seed=1)


def _fit(votes: pd.DataFrame, calls: pd.DataFrame, **options: object) -> IdealPoints:
    return ideal_points(votes, calls, dims=1, draws=20, tolerance=1e-4, iterations=100, **options)  # type: ignore[arg-type] # options of one test


def test_simulated_positions_are_recovered(made: Simulated, fitted: IdealPoints) -> None:
    """The fit follows the positions the votes were drawn from."""
    truth, found = made.positions[..., 0].ravel(), fitted.positions[..., 0].ravel()
    assert abs(np.corrcoef(truth, found)[0, 1]) > 0.95
    assert fitted.converged


def test_intervals_cover_the_truth_at_their_rate() -> None:
    """On votes drawn from the model nine intervals in ten hold the truth, give or take."""
    assert 0.85 <= simulated_coverage(repeats=2, n_states=100, n_periods=12, n_items=80)["coverage"] <= 0.95


def test_two_dimensions_are_recovered_up_to_rotation() -> None:
    """A plane of positions comes back: each true axis is a combination of the fitted ones."""
    made = simulate_votes(40, 6, 60, dims=2, seed=4)
    found = ideal_points(made.votes, made.rollcalls, dims=2, draws=10).positions.reshape(-1, 2)
    design = np.c_[found, np.ones(len(found))]
    for axis in range(2):
        truth = made.positions[..., axis].ravel()
        fit = design @ np.linalg.lstsq(design, truth, rcond=None)[0]
        assert np.corrcoef(fit, truth)[0, 1] > 0.9


def test_same_seed_same_result_and_draws(made: Simulated) -> None:
    """The fit is deterministic, draws included."""
    one, two = (ideal_points(made.votes, made.rollcalls, dims=2, draws=10, seed=5) for _ in range(2))
    assert np.array_equal(one.draws, two.draws) and np.array_equal(one.sd, two.sd)


def test_names_and_order_of_rows_do_not_matter(made: Simulated) -> None:
    """Relabelled states, shuffled votes and renumbered roll calls give the same positions."""
    base = _fit(made.votes, made.rollcalls, towards="S000").frame()
    names = {f"S{k:03d}": f"X{(k * 7) % 30:03d}" for k in range(30)}
    renumber = dict(
        zip(
            made.rollcalls["rcid"], np.random.default_rng(1).permutation(len(made.rollcalls)) + 1, strict=True
        )
    )
    votes = made.votes.assign(state=made.votes["state"].map(names), rcid=made.votes["rcid"].map(renumber))
    calls = made.rollcalls.assign(rcid=made.rollcalls["rcid"].map(renumber))
    other = _fit(votes.sample(frac=1, random_state=1), calls, towards=names["S000"]).frame()
    base["state"] = base["state"].map(names)
    both = base.merge(other, on=["state", "period"])
    np.testing.assert_allclose(both["point_x"], both["point_y"], atol=0.02)


def test_turning_all_votes_round_changes_nothing(made: Simulated) -> None:
    """Yes for no and no for yes: the same positions, up to how far the fit converged."""
    base = _fit(made.votes, made.rollcalls, towards="S000").positions
    turned = made.votes.assign(vote=4 - made.votes["vote"])
    other = _fit(turned, made.rollcalls, towards="S000").positions
    assert np.corrcoef(base.ravel(), other.ravel())[0, 1] > 0.995


def test_few_votes_give_wide_intervals_and_none_give_no_point(made: Simulated, fitted: IdealPoints) -> None:
    """A state with three votes is far less sure than the others; a state without any has no row."""
    votes = made.votes
    few = votes[votes["state"] == "S005"].index[3:]
    votes = votes.drop(few)[lambda frame: frame["state"] != "S006"]
    frame = ideal_points(votes, made.rollcalls, dims=1, towards="S000", draws=20).frame()
    lonely = frame[frame["state"] == "S005"]
    assert lonely["n_votes"].sum() == 3
    assert (lonely["sd"] > 2 * frame["sd"].median()).all()
    assert "S006" not in set(frame["state"])


def test_absence_is_missing_and_not_abstention(made: Simulated) -> None:
    """Leaving out half of a state's votes widens its intervals and leaves its place about the same."""
    rows = made.votes[made.votes["state"] == "S007"].index
    base = _fit(made.votes, made.rollcalls, towards="S000").frame()
    half = _fit(made.votes.drop(rows[::2]), made.rollcalls, towards="S000").frame()
    both = base[base["state"] == "S007"].merge(half, on=["state", "period"])
    assert both["sd_y"].mean() > 1.05 * both["sd_x"].mean()
    assert (both["point_x"] - both["point_y"]).abs().mean() < 3 * both["sd_x"].mean()


def test_the_scale_is_anchored_at_the_reference(fitted: IdealPoints) -> None:
    """At the reference positions have mean 0 and standard deviation 1; the chosen state leans to the positive
    end.
    """
    frame = fitted.frame()
    there = frame[frame["period"].between(*fitted.reference)]["point"]
    assert abs(there.mean()) < 1e-9 and there.std() == pytest.approx(1)
    assert frame.loc[frame["state"] == "S000", "point"].mean() > 0


def test_draws_have_the_stated_spread_and_are_joint(fitted: IdealPoints) -> None:
    """Draws scatter as the intervals say, and neighbouring periods of a state go together."""
    ratio = fitted.draws.std(axis=0) / fitted.sd
    assert 0.9 < np.median(ratio) < 1.1
    centred = fitted.draws[..., 0] - fitted.draws[..., 0].mean(axis=0)
    lagged = [np.corrcoef(centred[:, 3, i], centred[:, 4, i])[0, 1] for i in range(30)]
    assert np.mean(lagged) > 0.2


def test_spread_over_issues_widens_by_distance_from_the_centre(made: Simulated) -> None:
    """Votes on one issue say less about the general position, least so for states far out."""
    calls = made.rollcalls[made.rollcalls["issues"] == "me"]
    frame = ideal_points(made.votes, calls, dims=1, draws=20).frame()
    far = (frame["point"] - frame["point"].median()).abs()
    assert (
        frame.loc[far > far.quantile(0.8), "sd"].mean()
        > 1.5 * frame.loc[far < far.quantile(0.2), "sd"].mean()
    )


def test_a_long_silence_is_a_new_start() -> None:
    """After more than ten periods without a vote a series starts anew; a shorter gap is bridged."""
    made = simulate_votes(12, 16, 8, seed=2, absent=0.0)
    session = made.votes["rcid"].map(made.rollcalls.set_index("rcid")["session"])
    gone = (made.votes["state"] == "S001") & session.between(3, 14)
    away = (made.votes["state"] == "S002") & session.between(3, 8)
    record = build_record(made.votes[~gone & ~away], made.rollcalls)
    first, second = (int(np.flatnonzero(record.states == name)[0]) for name in ("S001", "S002"))
    assert not record.active[5, first] and record.active[5, second]


def test_nearness_to_a_pole_is_symmetric_and_largest_for_the_like_minded(fitted: IdealPoints) -> None:
    """Distance from A to B is that from B to A; who stands closest in position is nearest."""
    to_a, to_b = fitted.nearness("S001"), fitted.nearness("S002")
    a = to_a[to_a["state"] == "S002"].set_index("period")["nearness"]
    b = to_b[to_b["state"] == "S001"].set_index("period")["nearness"]
    pd.testing.assert_series_equal(a, b, check_names=False)
    assert (to_a["nearness"] <= 0).all() and (to_a["sd"] > 0).all()


def test_comparison_with_a_series_is_perfect_with_itself(fitted: IdealPoints) -> None:
    """A series compared with a stretched copy of itself agrees fully."""
    frame = fitted.frame().assign(published=lambda f: 3 * f["point"] - 1)
    agreement = compare_series(frame)
    assert agreement.pooled_r == pytest.approx(1) and agreement.spearman_min == pytest.approx(1)
    assert agreement.change_r == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"vote": 0}, "1 \\(yes\\)"),
        ({"state": "S000"}, "votes twice"),
    ],
)
def test_unusable_votes_are_refused(made: Simulated, change: dict[str, object], message: str) -> None:
    """Unknown codes and second votes are named."""
    with pytest.raises(InputError, match=message):
        ideal_points(made.votes.assign(**change), made.rollcalls, dims=1)


def test_unusable_requests_are_refused(made: Simulated, fitted: IdealPoints) -> None:
    """Unknown issues, a reference without votes, an unknown pole and missing columns are named."""
    with pytest.raises(InputError, match="known are"):
        ideal_points(made.votes, made.rollcalls, dims=1, issues=["xx"])
    with pytest.raises(InputError, match="reference"):
        ideal_points(made.votes, made.rollcalls, dims=1, reference=(90, 99))
    with pytest.raises(InputError, match="no vote"):
        fitted.nearness("ZZZ")
    with pytest.raises(InputError, match="lacks vote"):
        ideal_points(made.votes.drop(columns="vote"), made.rollcalls, dims=1)
