"""Which states there were, their regions, their neighbours, and the poles."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.states import (
    REGIONS,
    State,
    all_states,
    exists,
    members,
    neighbours,
    parse_poles,
    pole_name,
    poles,
    resolve,
)
from aneroid.states.registry import states

_YEARS = st.integers(1816, 2030)


def _ids(found: tuple[State, ...]) -> set[str]:
    return {state.id for state in found}


@given(st.sampled_from(sorted(states())), _YEARS)
def test_borders_run_both_ways(state: str, year: int) -> None:
    """A neighbour's neighbours include the state itself; both existed."""
    for other in neighbours(state, year):
        assert state in _ids(neighbours(other, year))
        assert other.existed(year)
        assert other.id != state


def test_iraq_has_six_neighbours() -> None:
    """Iran, Turkey, Syria, Jordan, Saudi Arabia and Kuwait."""
    assert _ids(neighbours("IRQ")) == {"IRN", "TUR", "SYR", "JOR", "SAU", "KWT"}


@pytest.mark.parametrize(
    ("state", "year", "inside", "outside"),
    [
        ("DEU", 1970, {"DDR", "CSK", "FRA"}, {"POL", "CZE"}),
        ("DEU", 2000, {"POL", "CZE"}, {"DDR", "CSK", "RUS"}),
        ("RUS", 1980, {"TUR", "IRN", "AFG", "CSK", "HUN", "ROU"}, {"LTU", "UKR"}),
        ("RUS", 2020, {"LTU", "UKR", "GEO"}, {"TUR", "IRN", "AFG"}),
        ("YEM", 1980, {"YEMS", "SAU"}, {"OMN"}),
        ("YEM", 2000, {"OMN", "SAU"}, {"YEMS"}),
        ("SDN", 2000, {"KEN", "UGA", "COD"}, {"SSD"}),
        ("SDN", 2020, {"SSD"}, {"KEN", "UGA", "COD"}),
        ("VNM", 1965, {"RVN", "LAO", "CHN"}, {"KHM"}),
        ("JPN", 2000, set(), {"RUS", "KOR"}),
    ],
)
def test_borders_follow_the_map_of_the_year(
    state: str, year: int, inside: set[str], outside: set[str]
) -> None:
    """Borders come and go with unions, partitions and independence."""
    found = _ids(neighbours(state, year))
    assert inside <= found
    assert not outside & found


@pytest.mark.parametrize(
    ("state", "on", "expected"),
    [
        ("DEU", 1947, False),
        ("DEU", 1950, True),
        ("YUG", 2006, True),
        ("YUG", 2007, False),
        ("SRB", 1970, False),
        ("SRB", 2006, True),
        ("YEMS", 1990, True),
        ("YEMS", "1990-05-22", False),
        ("RVN", 1976, False),
        ("TWN", 1948, False),
        ("TWN", 2020, True),
        ("XKX", 2007, False),
        ("SYR", 1960, False),
        ("CSK", dt.date(1993, 1, 1), False),
        ("IRQ", 1931, False),
        ("RUS", 1816, True),
    ],
)
def test_states_exist_between_their_dates(state: str, on: int | str | dt.date, expected: bool) -> None:
    """Unions, partitions and occupations begin and end on a day."""
    assert exists(state, on) is expected


def test_spells_are_ordered_and_apart() -> None:
    """Each spell ends before the next begins, and only ended series have successors."""
    for state in all_states():
        days = [day for spell in state.spells for day in spell]
        assert days == sorted(days), state
        assert bool(state.successors) == state.ended, state
        assert all(heir in states() for heir in state.successors)
        assert state.region in REGIONS


def test_the_world_has_as_many_states_as_the_field_counts() -> None:
    """193 UN members, the Holy See, Palestine, Kosovo and Taiwan in 2024."""
    assert len(all_states(2024)) == 197


def test_regions_overlap_and_follow_the_date() -> None:
    """Egypt is in two regions; Europe of 1970 has Yugoslavia and no Slovenia."""
    assert "EGY" in _ids(members("Middle East")) & _ids(members("north africa"))
    assert {"YUG", "DDR", "CSK"} <= _ids(members("Europe", on=1970))
    assert "SVN" not in _ids(members("Europe", on=1970))
    assert "YUG" not in _ids(members("Europe"))
    assert all(members(region) for region in REGIONS)
    with pytest.raises(InputError, match="Middle East"):
        members("Middle Earth")


def test_every_state_of_today_lies_on_one_continent() -> None:
    """Africa, the Americas, Asia, Europe and Oceania cover the world without overlap."""
    continents = [_ids(members(name)) for name in ("Africa", "Americas", "Asia", "Europe", "Oceania")]
    assert set().union(*continents) == _ids(all_states(2024))
    assert sum(len(part) for part in continents) == len(all_states(2024))


def test_poles_are_read_by_name_or_code() -> None:
    """Two or more different poles with readings, in the order given."""
    assert parse_poles("United States, Russia") == ("USA", "RUS")
    assert pole_name("RUS") == "Russia"
    assert set(poles.DEFAULT) <= set(poles.ALL)
    for wrong in ("USA,US", "", "USA,Iraq"):
        with pytest.raises(InputError, match="Choose among"):
            parse_poles(wrong)


def test_loading_needs_no_heavy_library() -> None:
    """The registry answers without pandas, NumPy or DuckDB being imported."""
    code = (
        "import sys; from aneroid.states import resolve, to; resolve('Iraq'); to('cow', 'IRQ'); "
        "sys.exit(any(name in sys.modules for name in ('pandas', 'numpy', 'duckdb', 'spacy')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_state_prints_as_name_and_id() -> None:
    """Messages show both."""
    assert str(resolve("IRQ")) == "Iraq (IRQ)"
