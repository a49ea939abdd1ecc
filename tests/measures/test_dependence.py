"""Dependence: shares, windows, unknown partners, concentration."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.measures.dependence import concentration, dependence


def _flows(*rows: tuple[str, str | None, int, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["state", "partner", "year", "value"])


def test_unknown_partners_stay_in_the_denominator() -> None:
    """Half from the first partner, a quarter from the second, a quarter from nobody knows whom."""
    flows = _flows(
        ("A", "X", 2000, 50), ("A", "Y", 2000, 25), ("A", None, 2000, 15), ("A", "unknown", 2000, 10)
    )
    shares = dependence(flows, window=1).set_index("partner")["share"].to_dict()
    assert shares == {"X": 0.5, "Y": 0.25}
    row = concentration(flows, window=1).iloc[0]
    assert row["unknown_share"] == 0.25
    assert row["herfindahl_low"] == pytest.approx(0.3125)
    assert row["herfindahl_high"] == pytest.approx(0.75**2 + 0.25**2)


def test_windows_hold_the_years_up_to_and_including_their_own() -> None:
    """A delivery of 2000 counts in the five-year windows that end in 2000 to 2004, and in no other."""
    flows = _flows(("A", "X", 2000, 1), ("B", "X", 2010, 1))
    found = dependence(flows, years=(1990, 2010))
    assert found.loc[found["state"] == "A", "year"].tolist() == [2000, 2001, 2002, 2003, 2004]


def test_windows_that_reach_before_the_source_are_left_out() -> None:
    """The first full window of a source from 2000 ends in 2004."""
    found = dependence(_flows(*[("A", "X", year, 1.0) for year in range(2000, 2008)]))
    assert found["year"].min() == 2004


def test_nothing_delivered_is_no_row_and_not_zero() -> None:
    """A window without any delivery has no shares and no concentration."""
    flows = _flows(("A", "X", 2000, 1), ("A", "X", 2009, 1), ("B", "X", 2005, 0))
    assert dependence(flows, window=1)["year"].tolist() == [2000, 2009]
    assert concentration(flows, window=1)["state"].unique().tolist() == ["A"]


@given(st.lists(st.tuples(st.sampled_from("XYZ"), st.floats(0.1, 100)), min_size=1, max_size=8))
def test_shares_add_up_and_concentration_is_bounded(rows: list[tuple[str, float]]) -> None:
    """Without unknown partners shares add up to one, and the two bounds of the index are one."""
    flows = _flows(*[("A", partner, 2000, value) for partner, value in rows])
    assert dependence(flows, window=1)["share"].sum() == pytest.approx(1)
    row = concentration(flows, window=1).iloc[0]
    assert row["herfindahl_low"] == pytest.approx(row["herfindahl_high"])
    assert 1 / 3 - 1e-9 <= row["herfindahl_low"] <= 1 + 1e-9


def test_missing_amounts_are_refused() -> None:
    """An amount that is not known is not zero."""
    with pytest.raises(InputError, match="not zeros"):
        dependence(_flows(("A", "X", 2000, float("nan"))))
    with pytest.raises(InputError, match="lacks value"):
        dependence(_flows(("A", "X", 2000, 1)).drop(columns="value"))
