"""Codes given out, one by one and by the column, and the tables behind them."""

from __future__ import annotations

import datetime as dt
import doctest
from itertools import combinations, groupby
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.states import (
    SYSTEMS,
    AmbiguousState,
    UnknownState,
    all_states,
    codes,
    from_code,
    ids_for,
    ids_for_cow,
    ids_for_gw,
    lookup,
    names_index,
    resolve,
    to,
)
from aneroid.states.lookup import code_key
from aneroid.states.registry import NUMERIC_SYSTEMS, CodeRow, code_rows, states

_DATES = st.dates(dt.date(1816, 1, 1), dt.date(2030, 12, 31))


@given(st.sampled_from(SYSTEMS), st.sampled_from(sorted(states())), _DATES)
def test_a_code_given_out_leads_back_to_its_state(system: str, state: str, on: dt.date) -> None:
    """Whatever `to` gives for a date, `resolve` reads on that date as the same state."""
    try:
        code = to(system, state, on=on)
    except UnknownState:
        return
    assert resolve(code, system=system, on=on).id == state
    assert from_code(system, code, on) == state


def test_every_code_leads_back_on_its_first_and_last_day() -> None:
    """The round trip holds at the edges of every span that is not open."""
    for row in code_rows():
        for day in row.span:
            if row.official and dt.date.min < day < dt.date.max:
                assert to(row.system, row.state, on=day) == (
                    int(row.code) if row.system in NUMERIC_SYSTEMS else row.code
                )
                assert resolve(row.code, system=row.system, on=day).id == row.state


@settings(deadline=None)  # the first call lays out the grid
@given(st.sampled_from(sorted(NUMERIC_SYSTEMS)), st.integers(1, 1000), st.integers(1816, 2030))
def test_columns_and_single_codes_agree(system: str, code: int, year: int) -> None:
    """The quick way for a million rows gives what the slow way gives for one."""
    assert ids_for(system, [code], [year])[0] == from_code(system, code, year)


def test_no_code_means_two_states_on_one_day() -> None:
    """Within a system, spans of a code overlap only where they mean the same state."""

    def key(row: CodeRow) -> tuple[str, str]:
        return row.system, code_key(row.code)

    for code, rows in groupby(sorted(code_rows(), key=key), key=key):
        for one, other in combinations(list(rows), 2):
            assert one.state == other.state or not one.span.overlaps(other.span), code


def test_no_state_has_two_official_codes_on_one_day() -> None:
    """What `to` gives out is unique for every system, state and day."""
    official = sorted((row for row in code_rows() if row.official), key=lambda row: (row.system, row.state))
    for owner, rows in groupby(official, key=lambda row: (row.system, row.state)):
        for one, other in combinations(list(rows), 2):
            assert not one.span.overlaps(other.span), owner


@pytest.mark.parametrize(
    ("system", "state", "on", "expected"),
    [
        ("cow", "DEU", 1914, 255),
        ("cow", "DEU", 1970, 260),
        ("cow", "DEU", 2000, 255),
        ("gw", "DEU", 2000, 260),
        ("cow", "YEM", 1980, 678),
        ("cow", "YEM", 2000, 679),
        ("gw", "YEM", 2000, 678),
        ("gw", "SRB", 2010, 340),
        ("cow", "SRB", 2010, 345),
        ("cow", "YUG", 2006, 345),
        ("un", "RUS", 1970, "USSR"),
        ("un", "RUS", 2000, "Russian Federation"),
        ("sipri", "RUS", 1970, "Soviet Union"),
        ("fips", "RUS", 2000, "RS"),
        ("iso2", "NAM", None, "NA"),
        ("cameo", "Kosovo", None, "KSV"),
        ("name", "XKX", None, "Kosovo"),
        ("COW", "Iraq", None, 645),
    ],
)
def test_codes_follow_the_date(system: str, state: str, on: int | None, expected: int | str) -> None:
    """A state's code is that of the year asked for; in a year of change, of its last day."""
    assert to(system, state, on) == expected


def test_a_code_that_changed_needs_a_date() -> None:
    """Germany was COW 255, 260, 255: without a date the choice is the user's."""
    with pytest.raises(AmbiguousState) as caught:
        to("cow", "DEU")
    assert set(caught.value.candidates) == {"255", "260"}


def test_a_state_without_a_code_says_so() -> None:
    """Palestine is not in the Correlates of War list; Yugoslavia had no code in 2015."""
    with pytest.raises(UnknownState, match="no cow code"):
        to("cow", "PSE")
    with pytest.raises(UnknownState, match="on 2015"):
        to("cow", "YUG", on=2015)


def test_columns_map_transition_years_to_the_holder_of_the_last_day() -> None:
    """Both German codes of 1990 are Germany; 345 is Serbia from the year in which the union ended."""
    codes = [255, 260, 265, 345, 345, 678, 679, 315, 315, 817, 817]
    years = [1990, 1990, 1990, 2005, 2006, 1990, 1990, 1992, 1993, 1975, 1976]
    expected = ["DEU", "DEU", "DDR", "YUG", "SRB", "YEM", "YEM", "CSK", None, "RVN", None]
    assert ids_for_cow(codes, years).tolist() == expected
    assert ids_for_gw([340, 345, 678, 260], 2010).tolist() == ["SRB", "SRB", "YEM", "DEU"]


def test_votes_cast_before_independence_keep_their_state() -> None:
    """Ukraine, Belarus and India voted in 1946 under the codes they have now."""
    assert ids_for_cow([369, 370, 750], 1946).tolist() == ["UKR", "BLR", "IND"]


def test_what_cannot_be_mapped_is_none_and_can_be_counted() -> None:
    """Gaps, fractions, codes of nobody and years out of range give None, in place."""
    found = ids_for_cow(
        [None, float("nan"), 2.5, -8, 10**9, "645", 2], [2000, 2000, 2000, 2000, 2000, 2000, 99999]
    )
    assert found.tolist() == [None, None, None, None, None, "IRQ", None]
    assert ids_for_cow([], []).tolist() == []
    with pytest.raises(InputError, match="not numbers"):
        ids_for("iso3", ["IRQ"], [2000])


def test_surfaces_are_unique_and_belong_to_known_states() -> None:
    """No surface form is listed twice for one state, kind and span."""
    rows = names_index()
    assert len(rows) == len(set(rows))
    assert {row.state for row in rows} == {state.id for state in all_states()}
    assert {row.kind for row in rows} == {"name", "alias", "demonym", "plural", "capital"}
    assert all(row.surface == row.surface.strip() and row.first <= row.last for row in rows)


def test_living_states_have_demonym_and_capital() -> None:
    """Text names a government by its people and its capital; city states are named by themselves."""
    living = {state.id for state in all_states(2024)}
    for kind, lacking in (("demonym", {"VAT"}), ("capital", {"VAT", "SMR", "SYC"})):
        assert living - {row.state for row in names_index() if row.kind == kind} <= lacking


@pytest.mark.parametrize("module", [codes, lookup])
def test_examples_in_the_documentation_run(module: ModuleType) -> None:
    """What a docstring shows is what the function gives."""
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0
