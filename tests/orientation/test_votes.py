"""Votes enter as nearness measured from roll calls; published points only where those do not reach."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from aneroid.orientation.votes import MEASURED, PUBLISHED, vote_readings, without_doubles
from aneroid.record.measured import measured_from, replace_measured, roll_call_fingerprint
from aneroid.record.store import DATABASE, Store, create
from aneroid.sources.indicators import load_indicators

STATES = ("USA", "GBR", "FRA", "NLD", "RUS", "POL", "BGR", "CUB", "IND", "EGY", "MEX", "BRA")


@pytest.fixture(scope="module")
def world() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Twelve states, four years, sixty roll calls a year; friends of the first four vote with the United States."""
    draw = np.random.default_rng(5)
    calls = pd.DataFrame({"rcid": range(240), "year": np.repeat(range(1980, 1984), 60)})
    calls["session"] = calls["year"] - 1945
    calls["date"] = pd.to_datetime(calls["year"].astype(str) + "-11-01")
    calls["title"] = [f"Resolution {n}" for n in calls["rcid"]]
    side = np.repeat([-1.0, 1.0, 0.3], 4)
    slant = draw.normal(0, 2, 240)
    score = slant[:, None] * side[None, :] + draw.normal(0, 0.7, (240, 12))
    level = np.where(score > 0.5, 1, np.where(score < -0.5, 3, 2))
    rcid, state = np.meshgrid(calls["rcid"], STATES, indexing="ij")
    votes = pd.DataFrame({"rcid": rcid.ravel(), "state": state.ravel(), "vote": level.ravel().astype("int8")})
    return votes, calls


def test_voting_alike_is_near(world: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    """A state that votes with a pole reads nearer to it than one that votes against it, beyond the stated error."""
    entry = next(each for each in load_indicators() if each.name == MEASURED)
    table = vote_readings(*world, entry, ["USA", "RUS", "CHN"], seed=1)
    near = table[table.year == 1982].set_index(["state", "pole"])
    assert set(table.pole) == {"USA", "RUS"}  # China casts no vote in this record
    gap = near.loc[("GBR", "USA"), "value"] - near.loc[("BGR", "USA"), "value"]
    assert gap > 3 * near.loc[("GBR", "USA"), "sd"]
    assert (table.sd > 0).all()
    assert table.detail.iloc[0] == "60 votes"


def test_no_year_counts_votes_twice() -> None:
    """Published points are used after the last measured year alone; without measured ones, all of them."""
    published = pd.DataFrame({"indicator": PUBLISHED, "year": [2018, 2019, 2020], "value": 0.0})
    measured = pd.DataFrame({"indicator": MEASURED, "year": [2018, 2019], "value": 0.0})
    both = without_doubles(pd.concat([published, measured], ignore_index=True))
    assert both[both.indicator == PUBLISHED].year.tolist() == [2020]
    assert len(without_doubles(published)) == 3


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store with one source."""
    made = create(tmp_path, DATABASE)
    made.execute("INSERT INTO vintages VALUES ('unga@1', 'unga', '1', '', 0, '2026-01-01')")
    return made


def test_other_votes_have_another_mark(store: Store) -> None:
    """What positions are measured from is known by its votes, whatever their order."""
    rows = pd.DataFrame({"rcid": [1, 1, 2], "state": ["CUB", "USA", "CUB"], "vote": [1, 3, 2]})
    store.insert("votes", rows)
    first = roll_call_fingerprint(store)
    store.execute("DELETE FROM votes")
    store.insert("votes", rows.iloc[[2, 1, 0]])
    assert roll_call_fingerprint(store) == first
    store.execute("UPDATE votes SET vote = 3 WHERE rcid = 2")
    assert roll_call_fingerprint(store) != first


def test_measured_readings_are_replaced_not_added(store: Store) -> None:
    """Measuring again leaves one set of readings, marked with what they were measured from."""
    row = {"state": "CUB", "pole": "USA", "indicator": MEASURED, "year": 1980, "sd": 0.1, "detail": "9 votes"}
    for value in (-1.0, -2.0):
        replace_measured(
            store, MEASURED, pd.DataFrame([{**row, "value": value}]), source="unga", mark=str(value)
        )
    found = store.frame("SELECT value, vintage FROM readings WHERE indicator = ?", [MEASURED])
    assert found.to_dict("list") == {"value": [-2.0], "vintage": ["unga@1"]}
    assert measured_from(store, MEASURED) == "-2.0"
