"""The fit recovers what is known, and its answers hang together."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.orientation.fit import OrientationFit, fit
from aneroid.orientation.vintage import known_on

GRADES = ("alliance", "arms_orders", "dispute")


def _truth(world):
    """True closeness on the scale of the model: centred, variance one."""
    return (world.closeness - world.closeness.mean()) / world.closeness.std()


def _estimate(fitted):
    mean = fitted.mean + fitted.parameters.mu[:, None]
    return mean - mean.mean(), np.sqrt(np.einsum("itpp->ipt", fitted.cov))


def test_closeness_is_recovered(world, fitted):
    """Estimated and true closeness correlate at .9 or more over all states, poles and years."""
    mean, _ = _estimate(fitted)
    assert np.corrcoef(mean.ravel(), _truth(world).ravel())[0, 1] >= 0.9


def test_movement_within_a_pair_is_recovered(world, fitted):
    """Departures of a pair from its own average are found too, not only who is close to whom."""
    mean, _ = _estimate(fitted)
    own = mean - mean.mean(axis=2, keepdims=True)
    true = _truth(world) - _truth(world).mean(axis=2, keepdims=True)
    assert np.corrcoef(own.ravel(), true.ravel())[0, 1] >= 0.8


def test_ninety_percent_intervals_cover(world, fitted):
    """Between 85 and 95 % of true values lie in their 90 % interval."""
    mean, sd = _estimate(fitted)
    covered = np.abs(_truth(world) - mean) < 1.645 * sd
    assert 0.85 <= covered.mean() <= 0.95


def test_ninety_percent_intervals_of_lean_cover(world, fitted):
    """The interval of a lean uses the covariance between poles and covers as well."""
    mean, _ = _estimate(fitted)
    truth = _truth(world)
    variance = fitted.cov[:, :, 0, 0] + fitted.cov[:, :, 1, 1] - 2 * fitted.cov[:, :, 0, 1]
    error = (truth[:, 0] - truth[:, 1]) - (mean[:, 0] - mean[:, 1])
    assert 0.85 <= (np.abs(error - error.mean()) < 1.645 * np.sqrt(variance)).mean() <= 0.95


def test_loadings_are_recovered(world, fitted):
    """Each loading of a measured reading comes within a fifth of the truth; one of levels at most a third below it."""
    expected = {n: world.loadings[n] * world.closeness.std() / world.unit[n] for n in fitted.design.names}
    for name, found in zip(fitted.design.names, fitted.parameters.lam, strict=True):
        low = 0.66 if name in GRADES else 0.8
        assert low < found / expected[name] < 1.2, name


def test_votes_are_found_to_be_correlated_between_poles(fitted):
    """The correlation of −.6 between two poles in votes is found, and none where there is none."""
    votes = fitted.parameters.reading_corr[fitted.design.families.index("votes")]
    assert votes[0, 1] == pytest.approx(-0.6, abs=0.15)
    assert abs(votes[0, 2]) < 0.2


def test_lean_mirrors_when_poles_change_places(fitted):
    """Lean is antisymmetric in its poles, and so is its interval."""
    one, other = fitted.lean(None, "P1", "P2", 1960, 1989), fitted.lean(None, "P2", "P1", 1960, 1989)
    assert one["lean"].to_numpy() == pytest.approx(-other["lean"].to_numpy())
    assert one["hi90"].to_numpy() == pytest.approx(-other["lo90"].to_numpy())


def test_lean_is_the_difference_of_closeness(fitted):
    """Lean equals closeness to the first pole minus closeness to the second."""
    table = fitted.closeness(["S03"], ["P1", "P2"], 1970, 1970).set_index("pole")["closeness"]
    lean = fitted.lean(["S03"], "P1", "P2", 1970, 1970)["lean"].iloc[0]
    assert lean == pytest.approx(table["P1"] - table["P2"])


def test_reporting_another_pole_changes_nothing(fitted):
    """Closeness to a pole does not depend on which other poles are reported."""
    alone = fitted.closeness(["S01"], ["P1"], 1960, 1989)
    both = fitted.closeness(["S01"], ["P1", "P3"], 1960, 1989)
    pd.testing.assert_frame_equal(alone, both[both["pole"] == "P1"].reset_index(drop=True))


def test_the_order_of_readings_changes_nothing(world, fitted, refit):
    """Shuffled rows give the same estimates."""
    shuffled = refit(world.readings.sample(frac=1.0, random_state=5))
    assert shuffled.mean == pytest.approx(fitted.mean, abs=1e-8)


def test_renaming_states_renames_estimates(world, fitted, refit):
    """States that change places in the list keep their estimates."""
    names = dict(zip(world.states, reversed(world.states), strict=True))
    renamed = refit(world.readings.assign(state=world.readings["state"].map(names)))
    assert renamed.mean[::-1] == pytest.approx(fitted.mean, abs=1e-6)


def test_a_state_without_readings_has_no_estimate(world, refit):
    """Removing all readings of a state removes its estimate; asking for it says so."""
    without = refit(world.readings[world.readings["state"] != "S07"])
    assert "S07" not in without.states
    with pytest.raises(InputError, match="S07"):
        without.lean(["S07"], "P1", "P2", 1970, 1980)


def test_a_year_without_votes_has_a_wider_band(world, fitted, refit):
    """Removing the votes of one state and year widens its band in that year."""
    rows = world.readings
    gone = (rows["state"] == "S02") & (rows["indicator"] == "votes") & (rows["year"] == 1975)
    assert gone.any()
    fewer = refit(rows[~gone])
    sd = [fit.lean(["S02"], "P1", "P2", 1975, 1975)["sd"].iloc[0] for fit in (fewer, fitted)]
    assert sd[0] > sd[1]


def test_a_pole_has_no_closeness_to_itself(world, refit):
    """Where a pole is also a state, it has estimates towards the other poles only."""
    rows = world.readings.replace({"state": {"S00": "P1"}})
    fitted = refit(rows)
    assert set(fitted.closeness(["P1"], None, 1960, 1989)["pole"]) == {"P2", "P3"}
    assert fitted.lean(["P1"], "P1", "P2", 1960, 1989).empty


def test_flags_say_when_a_source_has_ended(fitted):
    """A year after the last of an indicator carries its name and last year."""
    table = fitted.lean(["S01"], "P1", "P2", 1985, 1986).set_index("date")
    assert "dispute end 1985" not in table.loc["1985", "flags"]
    assert "dispute end 1985" in table.loc["1986", "flags"]


def test_few_indicators_are_called_weakly_identified(world, refit):
    """A state-year read by two indicators is flagged, and counts them."""
    rows = world.readings
    few = (rows["state"] == "S04") & (rows["year"] == 1970) & ~rows["indicator"].isin(["votes", "trade"])
    table = refit(rows[~few]).lean(["S04"], "P1", "P2", 1970, 1970)
    assert table["n_indicators"].iloc[0] == 2
    assert "weakly identified" in table["flags"].iloc[0]


def test_a_fit_read_from_disk_answers_the_same(fitted, tmp_path):
    """Saving and loading changes no answer beyond single precision of the variances."""
    fitted.save(tmp_path / "kept")
    again = OrientationFit.load(tmp_path / "kept")
    pd.testing.assert_frame_equal(
        again.lean(None, "P1", "P3", 1960, 1989), fitted.lean(None, "P1", "P3", 1960, 1989), rtol=1e-5
    )
    one, other = (f.contributions("S01", "P1", "P2", 1962, 1980).movement for f in (again, fitted))
    assert one == pytest.approx(other, abs=1e-12)


def test_a_fit_of_another_format_is_refused(fitted, tmp_path):
    """A fit written by another version is named as such, not misread."""
    fitted.save(tmp_path / "kept")
    words = json.loads((tmp_path / "kept.json").read_text())
    (tmp_path / "kept.json").write_text(json.dumps(words | {"format": 0}))
    with pytest.raises(InputError, match="Fit again"):
        OrientationFit.load(tmp_path / "kept")


def test_a_family_can_be_left_out(world, fitted):
    """Without alliances the model reads none, and the unit is still that of a defence pact."""
    purged = fit(
        world.readings, world.indicators, poles=world.poles, priors=fitted.priors, without=["alliances"]
    )
    assert "alliance" not in purged.design.names
    assert purged.scale.size > 0


def test_probability_agrees_with_the_order_of_leans(fitted):
    """A probability above one half goes with the larger mean, and both directions add up to one."""
    table = fitted.lean(["S01"], "P1", "P2", 1960, 1989).set_index("date")["lean"]
    ask = {"pole_a": "P1", "pole_b": "P2"}
    p = fitted.probability(lean_greater=(("S01", 1962), ("S01", 1985)), **ask)
    q = fitted.probability(lean_greater=(("S01", 1985), ("S01", 1962)), **ask)
    assert p + q == pytest.approx(1.0)
    assert (p > 0.5) == (table["1962"] > table["1985"])


def test_draws_have_the_moments_of_the_table(fitted):
    """Joint draws reproduce mean and spread of closeness."""
    drawn = fitted.draws("S05", ["P1", "P2"], 1970, 1975, count=4000)
    table = fitted.closeness(["S05"], ["P1", "P2"], 1970, 1975).pivot(index="pole", columns="date")
    assert drawn.mean(axis=0) == pytest.approx(table["closeness"].to_numpy(), abs=0.05)
    assert drawn.std(axis=0) == pytest.approx(table["sd"].to_numpy(), rel=0.1)


def test_unknown_pole_and_reversed_years_are_refused(fitted):
    """User errors are sentences."""
    with pytest.raises(InputError, match="not a pole"):
        fitted.lean(None, "P1", "XX", 1960, 1970)
    with pytest.raises(InputError, match="after the last"):
        fitted.lean(None, "P1", "P2", 1970, 1960)
    with pytest.raises(InputError, match="two different poles"):
        fitted.lean(None, "P1", "P1", 1960, 1970)


def test_months_meet_the_ends_of_years(fitted):
    """December is the value of the year, and the band is wider between two Decembers than the years make it."""
    years = fitted.lean(["S03"], "P1", "P2", 1970, 1975).set_index("date")
    months = fitted.lean(["S03"], "P1", "P2", 1970, 1975, step="month").set_index("date")
    assert len(months) == 72
    december = months[months.index.str.endswith("-12")]
    assert december["lean"].to_numpy() == pytest.approx(years["lean"].to_numpy())
    assert december["sd"].to_numpy() == pytest.approx(years["sd"].to_numpy())
    ends = years["sd"].to_numpy()
    summer = months.loc[months.index.str.endswith("-06"), "sd"].to_numpy()[1:]
    assert (summer > np.minimum(ends[:-1], ends[1:])).all()


def test_the_first_year_has_its_december_alone(fitted):
    """Before the first year-end nothing bridges, so nothing is said."""
    table = fitted.closeness(["S03"], ["P1"], 1960, 1960, step="month")
    assert table["date"].tolist() == ["1960-12"]


def test_a_forecast_widens_and_starts_from_the_last_december(fitted):
    """Bands widen month by month; a shift grows more probable; the centre starts where the estimate ended."""
    last = fitted.closeness(["S03"], ["P1"], 1989, 1989).iloc[0]
    ahead = fitted.forecast(["S03"], ["P1"], 12, shift=0.3)
    assert ahead["date"].tolist()[0] == "1990-01"
    assert ahead["closeness"].iloc[0] == pytest.approx(last["closeness"], abs=0.03)
    assert ahead["sd"].iloc[-1] > ahead["sd"].iloc[0]
    assert ahead["p_rise"].iloc[-1] > ahead["p_rise"].iloc[0]
    lean = fitted.forecast_lean(["S03"], "P1", "P2", 12)
    assert (lean["lo90"] < lean["lean"]).all()
    with pytest.raises(InputError, match="1 to 60 months"):
        fitted.forecast(["S03"], ["P1"], 600)


def test_a_forecast_does_not_depend_on_who_else_is_asked(fitted):
    """States share their draws: one alone and among others has the same outlook."""
    alone = fitted.forecast(["S03"], ["P1"], 3)
    among = fitted.forecast(None, None, 3)
    rows = among[(among["state"] == "S03") & (among["pole"] == "P1")].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone, rows)


def test_more_data_narrow_the_bands(world, fitted, refit):
    """With half of the years of every indicator gone, bands are wider on average."""
    rows = world.readings
    fewer = refit(rows[(rows["year"] % 2 == 0) | (rows["year"].isin([1960, 1989]))])
    sd = [each.closeness(None, None, 1960, 1989)["sd"].mean() for each in (fitted, fewer)]
    assert sd[0] < sd[1]


def test_the_future_never_changes_what_was_known(world):
    """Two records that differ only after a date give the same readings to a fit as of that date."""
    day = dt.date(1980, 12, 31)
    rows = world.readings
    later = rows["year"] >= 1980
    changed = rows.assign(value=rows["value"].where(~later, rows["value"] + 1.0))
    one, other = (known_on(each, world.indicators, day) for each in (rows, changed))
    pd.testing.assert_frame_equal(one, other)
    assert one["year"].max() == 1979
