"""Facts about what was known on a date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.measures.simulate import simulate_votes
from aneroid.orientation.vintage import calls_known_on, known_on, readings_on
from aneroid.sources.indicators import load_indicators
from aneroid.sources.snapshot import table

INDICATORS = load_indicators()
LAGS = {item.name: item.lag_years for item in INDICATORS}


def _rows(name: str, years: range) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "state": "IRQ",
            "pole": "USA",
            "indicator": name,
            "year": list(years),
            "value": 1.0,
        }
    )


@pytest.mark.parametrize(
    ("name", "date", "last"),
    [
        ("dispute", dt.date(2010, 12, 31), 2005),
        ("alliance", dt.date(2010, 12, 30), 2007),
        ("alliance", dt.date(2010, 12, 31), 2008),
        ("troops", dt.date(2010, 6, 29), 2008),
        ("troops", dt.date(2010, 6, 30), 2009),
        ("arms_orders", dt.date(2010, 4, 1), 2009),
        ("arms_orders", dt.date(2010, 3, 15), 2008),
    ],
)
def test_a_year_is_known_when_it_is_over_and_its_delay_has_passed(
    name: str, date: dt.date, last: int
) -> None:
    """The last year known follows from the delay of its indicator, to the month."""
    assert known_on(_rows(name, range(1990, 2015)), INDICATORS, date)["year"].max() == last


@settings(max_examples=20, deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2026, 1, 1)), st.dates(dt.date(1950, 1, 1), dt.date(2026, 1, 1)))
def test_what_is_known_only_grows(one: dt.date, two: dt.date) -> None:
    """Whoever looks later knows all that was known before."""
    readings = pd.concat([_rows(name, range(1950, 2025)) for name in LAGS], ignore_index=True)
    early, late = (known_on(readings, INDICATORS, date) for date in sorted((one, two)))
    assert set(early.index) <= set(late.index)


def test_a_month_is_known_before_its_year() -> None:
    """Where a reading speaks of a month, its delay runs from the end of that month."""
    item = replace(INDICATORS[0], name="events", lag_years=0.0)
    readings = _rows("events", range(2010, 2011)).loc[[0, 0, 0]].assign(month=[3, 4, np.nan])
    assert known_on(readings, [item], dt.date(2010, 4, 29))["month"].tolist() == [3]


def test_an_unknown_indicator_is_refused() -> None:
    """Without a declared delay nobody knows when a reading was published."""
    with pytest.raises(InputError, match="rumours"):
        known_on(_rows("rumours", range(2000, 2001)), INDICATORS, dt.date(2010, 1, 1))


def test_packaged_readings_are_cut_at_each_source() -> None:
    """On a day every indicator of the snapshot ends by its own delay."""
    known = known_on(table("readings"), INDICATORS, dt.date(2000, 12, 31))
    last = known.groupby("indicator")["year"].max()
    assert all(year <= 2000 - LAGS[name] for name, year in last.items())
    assert last["dispute"] == 1995


def test_later_votes_change_no_reading_of_a_date() -> None:
    """Readings from votes are measured from roll calls held by then: turning all later votes round changes nothing."""
    made = simulate_votes(12, 12, 25, dims=1, seed=2)
    states = dict(
        zip(
            sorted(set(made.votes["state"])),
            ["USA", "RUS", "GBR", "FRA", "IND", "IRQ", "IRN", "EGY", "ITA", "POL", "SWE", "CUB"],
            strict=True,
        )
    )
    votes = made.votes.assign(state=made.votes["state"].map(states))
    calls = made.rollcalls.assign(year=1980 + made.rollcalls["session"] - made.rollcalls["session"].min())
    entry = next(item for item in INDICATORS if item.name == "roll_calls")
    date = dt.date(1988, 12, 31)
    held = calls_known_on(calls, entry, date)
    assert held["year"].max() == 1987
    turned = votes.assign(vote=votes["vote"].where(votes["rcid"].isin(held["rcid"]), 4 - votes["vote"]))
    readings = _rows("alliance", range(1980, 1990))
    one, two = (
        readings_on(readings, INDICATORS, date, votes=v, rollcalls=calls, poles=("USA", "RUS"), seed=1)
        for v in (votes, turned)
    )
    pd.testing.assert_frame_equal(one, two)
    assert set(one["indicator"]) == {"alliance", "roll_calls"}
