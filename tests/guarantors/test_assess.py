"""Who protects a state, and what that is built from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aneroid.errors import InputError
from aneroid.guarantors import assess
from aneroid.guarantors.dates import complete_year
from aneroid.guarantors.forces import presences
from aneroid.guarantors.provisions import arms, spans
from aneroid.guarantors.showing_up import FEATURES, Cases, estimate, features, force, log_odds, logistic
from aneroid.guarantors.ties import FIRST, Ties
from aneroid.record.store import Store
from aneroid.states.poles import ALL

WINDOWS = {  # whom the literature calls the guarantor, or that there is none
    ("IRQ", "2010"): "USA",
    ("IRQ", "2019"): "USA",
    ("DEU", "2019"): "USA",
    ("KOR", "2019"): "USA",
    ("PHL", "2019"): "USA",
    ("ARM", "2019"): "RUS",
    ("SYR", "2019"): "RUS",
    ("CUB", "1975"): "RUS",
}


@pytest.mark.parametrize(("state", "year"), WINDOWS)
def test_the_first_pole_is_the_one_the_literature_names(store: Store, state: str, year: str) -> None:
    """The largest share belongs to the accepted guarantor."""
    assert assess(store, state, on=year).provisions[0].pole == WINDOWS[state, year]


@pytest.mark.parametrize("state", ["CUB", "CHE"])
def test_a_state_without_ties_has_no_guarantor(store: Store, state: str) -> None:
    """Shares fall towards nothing instead of being shared out among habits."""
    found = assess(store, state, on="2019")
    assert "nothing on this record" in found.verdict or "No guarantor" in found.verdict
    assert found.alone.mid > 0.8


@pytest.mark.parametrize("state", ["IRQ", "SAU", "SYR"])
def test_shares_are_a_part_of_one_and_lie_within_their_range(store: Store, state: str) -> None:
    """Medians of shares add up to one at most, each inside its own range."""
    provisions = assess(store, state, on="2015").provisions
    assert sum(each.share.mid for each in provisions) <= 1.02  # medians need not add up exactly
    for each in provisions:
        for band in (each.share, each.shows_up):
            assert 0 <= band.low <= band.mid <= band.high <= 1


def test_a_pole_is_not_its_own_guarantor(store: Store) -> None:
    """Assessing a pole leaves it out."""
    assert "RUS" not in {each.pole for each in assess(store, "RUS", on="2010").provisions}


def test_fewer_poles_leave_shares_as_they_are(store: Store) -> None:
    """Shares are of all nine poles, whichever are shown."""
    whole = {each.pole: each.share for each in assess(store, "IRQ", on="2010").provisions}
    part = assess(store, "IRQ", on="2010", poles=["RUS", "USA"]).provisions
    assert [each.share for each in part] == [whole["USA"], whole["RUS"]]


def test_what_no_source_covers_is_said_and_is_no_zero(store: Store) -> None:
    """In 2024 agreements are not covered; forces of Russia are not known to be absent."""
    found = assess(store, "CHE", on="2024")
    russia = next(each for each in found.provisions if each.pole == "RUS")
    assert any(not item.known and "forces" in item.text for item in russia.items)
    assert any("United States alone" in gap for gap in found.gaps)
    assert any("Not covered in 2024" in gap and "1985–2010" in gap for gap in found.gaps)


def test_forces_against_the_will_of_the_host_protect_nobody(store: Store, ties: Ties) -> None:
    """Guantánamo Bay is shown with its sign and counts as no force."""
    usa = ALL.index("USA")
    assert force(ties, ties.row("CUB"), usa, 1975) == 0.0 < force(ties, ties.row("CUB"), usa, 1955)
    found = next(each for each in assess(store, "CUB", on="1975").provisions if each.pole == "USA")
    assert any("against the declared will" in item.text for item in found.items)
    assert not any("troops" in line for line in found.leaves)


def test_nothing_after_the_year_counts(ties: Ties) -> None:
    """Taking away all readings, forces and conflicts after a year leaves the features of that year as they are."""
    row, year = ties.row("IRQ"), 2005
    end = year - FIRST + 1
    readings = {name: values.copy() for name, values in ties.readings.items()}
    troops, helped = ties.troops.copy(), ties.helped.copy()
    for values in readings.values():
        values[:, :, end:] = np.nan
    troops[:, end:], helped[:, :, end:] = np.nan, False
    cut = replace(ties, readings=readings, troops=troops, helped=helped)
    np.testing.assert_array_equal(features(cut, row, year), features(ties, row, year))


def test_weights_are_recovered_from_simulated_episodes() -> None:
    """With many episodes made from known weights the estimate lies within three standard errors."""
    rng = np.random.default_rng(3)
    n = 20_000
    truth = np.concatenate([np.linspace(-0.8, 1.5, len(FEATURES)), [-2.0], np.zeros(len(ALL))])
    x, pole = rng.random((n, len(FEATURES))), rng.integers(0, len(ALL), n)
    design = np.hstack([x, np.ones((n, 1)), np.eye(len(ALL))[pole]])
    y = (rng.random(n) < logistic(design @ truth)).astype(float)
    cases = Cases(np.arange(n), np.full(n, "XXX"), pole, np.full(n, 2000), x, y)
    found = estimate(cases)
    error = np.abs(found.mode - truth)[: len(FEATURES)]
    assert (error < 3.2 * np.sqrt(np.diag(found.covariance))[: len(FEATURES)]).all()


def test_more_force_never_lowers_the_chance_within(ties: Ties) -> None:
    """The estimated weight of forces is positive for wars within, so the chance rises with strength."""
    from aneroid.guarantors.parameters import load_weights

    x = np.zeros((len(ALL), len(FEATURES)))
    low = log_odds(load_weights()["within"].mode[None, :], x)
    x[:, list(FEATURES).index("forces")] = 1.0
    assert (log_odds(load_weights()["within"].mode[None, :], x) > low).all()


def test_old_deliveries_fade_by_half_each_half_life(ties: Ties) -> None:
    """A longer half-life gives the older supplier more of the stock."""
    row, russia = ties.row("IRQ"), ALL.index("RUS")
    short, long = (arms(ties, row, 2015, years).stock[russia] for years in (10, 25))
    assert short < long


@pytest.mark.parametrize(
    ("state", "on", "poles"),
    [("IRQ", "1900", None), ("ARM", "1985", None), ("IRQ", "2010", ["BRA"]), ("Nowhere", "2010", None)],
)
def test_what_cannot_be_answered_is_one_sentence(
    store: Store, state: str, on: str, poles: list[str] | None
) -> None:
    """A year outside the record, a state that did not exist, no pole, no state."""
    with pytest.raises(InputError):
        assess(store, state, on=on, poles=poles)


def test_the_hand_list_cites_every_entry() -> None:
    """Each force has a reference, each departure an end, and no share is above one."""
    for each in presences():
        assert each.citation and each.text and each.guarantor in ALL
        assert each.exit is None or (each.last is not None and 0 < each.exit <= 1)


def test_a_year_is_complete_when_its_last_day_has_passed() -> None:
    """A month in the year leaves the year before as the last complete one."""
    assert [complete_year(on) for on in ("2010", "2020-01", "2020-12", "2020-12-30")] == [
        2010,
        2019,
        2020,
        2019,
    ]


def test_years_are_written_as_spans() -> None:
    """Runs of years are joined."""
    assert spans([1990, 1991, 1992, 2000]) == "1990–1992, 2000"
