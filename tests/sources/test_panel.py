"""State × pole × year, zeros, and codes."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow, from_names
from aneroid.sources.panel import alive, both_ways, each_year, pole_panel, readings


def ties(*rows: tuple[str, str, int, float | None]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["state", "pole", "year", "value"])


def test_silence_becomes_zero_for_states_that_existed(rejected: Rejections) -> None:
    """Eritrea (1993) has no zero in 1990; Kenya has."""
    found = readings(
        "x", ties(), coverage=(1990, 1990), zero_where_absent=True, rejected=rejected, pole_ids=["USA"]
    )
    values = found.set_index("state")["value"]
    assert values["KEN"] == 0
    assert "ERI" not in values.index
    assert "USA" not in values.index


def test_null_is_neither_reading_nor_zero(rejected: Rejections) -> None:
    """A tie that is known to be unreported stays without a row, while its neighbours are zero."""
    found = readings(
        "x",
        ties(("KEN", "USA", 1990, None)),
        coverage=(1990, 1990),
        zero_where_absent=True,
        rejected=rejected,
        pole_ids=["USA"],
    )
    assert "KEN" not in set(found["state"])
    assert "UGA" in set(found["state"])


def test_values_of_states_that_did_not_exist_are_logged(rejected: Rejections) -> None:
    """A value for Ukraine in 1970 is dropped and its key noted."""
    found = readings(
        "x",
        ties(("UKR", "USA", 1970, 1.0), ("FRA", "USA", 1970, 1.0)),
        coverage=(1970, 1970),
        zero_where_absent=False,
        rejected=rejected,
        pole_ids=["USA"],
    )
    assert found["state"].tolist() == ["FRA"]
    assert rejected.frame()["key"].tolist() == ["UKR USA 1970"]


def test_palestine_gets_no_zero_from_lists_of_system_members(rejected: Rejections) -> None:
    """A state without a number in the dyadic sources is not counted as silent."""
    found = readings(
        "x", ties(), coverage=(2000, 2000), zero_where_absent=True, rejected=rejected, pole_ids=["USA"]
    )
    assert "PSE" not in set(found["state"])


def test_a_pole_is_an_ordinary_state_to_other_poles() -> None:
    """France is read towards the United States but not towards itself."""
    panel = pole_panel(1990, 1990, ["USA", "FRA"])
    pairs = set(zip(panel["state"], panel["pole"], strict=True))
    assert ("FRA", "USA") in pairs
    assert ("FRA", "FRA") not in pairs


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(1970, 2030), st.integers(0, 20)), min_size=1, max_size=8))
def test_a_spell_gives_one_row_for_each_year_inside_coverage(spells: list[tuple[int, int]]) -> None:
    """The years of a spell are exactly those between its ends and the ends of coverage."""
    frame = pd.DataFrame([(a, a + n) for a, n in spells], columns=["first", "last"])
    found = each_year(frame, "first", "last", (1980, 2010))
    expected = [y for a, n in spells for y in range(a, a + n + 1) if 1980 <= y <= 2010]
    assert found["year"].tolist() == expected


def test_a_pair_is_read_from_both_sides() -> None:
    """A pair of two poles stands twice, a pair with one pole once, a pair without any not at all."""
    pairs = pd.DataFrame({"a": ["USA", "KEN", "KEN"], "b": ["RUS", "USA", "UGA"]})
    found = both_ways(pairs)
    assert sorted(zip(found["state"], found["pole"], strict=True)) == [
        ("KEN", "USA"),
        ("RUS", "USA"),
        ("USA", "RUS"),
    ]


def test_codes_are_read_in_their_year(rejected: Rejections) -> None:
    """260 and 255 are Germany, 345 is Yugoslavia, then Serbia; a code of nobody is noted."""
    frame = pd.DataFrame({"c": [260, 255, 345, 345, 999], "y": [1970, 2000, 1970, 2010, 2000]})
    ids = from_cow(frame, "c", "y", source="s", rejected=rejected)
    assert ids.tolist()[:4] == ["DEU", "DEU", "YUG", "SRB"]
    assert pd.isna(ids.iloc[4])
    assert rejected.counts() == {("s", "code or name of no state in that year"): 1}


def test_a_name_may_outlive_its_state(rejected: Rejections) -> None:
    """Sources go on writing Yugoslavia: it is Serbia from 2007."""
    frame = pd.DataFrame({"n": ["Yugoslavia", "Yugoslavia"], "y": [1980, 2010]})
    ids = from_names(frame, "n", "y", aliases={}, source="s", rejected=rejected)
    assert ids.tolist() == ["YUG", "SRB"]


def test_rows_outside_a_states_life_are_dropped_and_noted(rejected: Rejections) -> None:
    """A host row of the GDR in 2000 is no host."""
    frame = pd.DataFrame({"host": ["DDR", "DDR"], "year": [1980, 2000]})
    assert alive(frame, "host", source="s", rejected=rejected)["year"].tolist() == [1980]
    assert rejected.frame()["key"].tolist() == ["DDR 2000"]


def test_a_changed_header_is_refused_in_one_sentence(table) -> None:  # type: ignore[no-untyped-def] # a fixture
    """The message names what is missing and what was found."""
    path = table({"ccode": [2], "jahr": [2000]})
    with pytest.raises(InputError, match=r"lacks the column\(s\) year; it has ccode, jahr"):
        read_checked(path, ["ccode", "year"], source="troops")
