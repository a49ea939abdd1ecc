"""The packaged snapshot: what it promises, checked on its own rows."""

from __future__ import annotations

import shutil
from functools import cache
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest
import yaml

from aneroid import states
from aneroid.errors import AneroidError, InputError
from aneroid.sources import snapshot
from aneroid.sources.indicators import load_indicators
from aneroid.sources.registry import load_registry, source
from aneroid.states import poles

ARMS = ("arms_deliveries", "arms_orders")


@cache
def readings() -> pd.DataFrame:
    return snapshot.table("readings")


@cache
def values() -> pd.Series[float]:
    return readings().set_index(["indicator", "state", "pole", "year"])["value"].sort_index()


def reading(indicator: str, state: str, pole: str, year: int) -> float | None:
    """The value of one reading, None where there is no row."""
    key = (indicator, state, pole, year)
    return float(values().loc[key]) if key in values().index else None


def test_every_file_is_what_the_manifest_says() -> None:
    """The hashes of all files agree, the inputs are named by relative path, and the whole is under 10 MB."""
    manifest = snapshot.verify()
    assert {"readings.parquet", "votes.parquet", "deals.yaml"} <= {file.name for file in manifest.files}
    assert not any(str(entry["path"]).startswith("/") for entry in manifest.inputs)
    assert sum(file.bytes for file in manifest.files) < 10_000_000


def test_a_changed_file_is_noticed(tmp_path: Path) -> None:
    """A snapshot with one byte more is refused with the name of the file."""
    shutil.copytree(snapshot.folder(), tmp_path / "copy")
    with (tmp_path / "copy" / "facts.yaml").open("a") as handle:
        handle.write("#")
    with pytest.raises(AneroidError, match=r"facts\.yaml"):
        snapshot.verify(tmp_path / "copy")


def test_an_unknown_table_names_those_that_exist() -> None:
    """Asking for a table that is not there lists what is."""
    with pytest.raises(InputError, match="conflict_years"):
        snapshot.table("weather")


def test_troops_in_iraq_are_the_published_ones() -> None:
    """Counts of a host whose reports were summed up elsewhere, and silence at the end as null."""
    hosts = snapshot.table("troops").set_index(["host", "year"])["troops"]
    assert hosts["IRQ", 2003] == 136_000
    assert hosts["IRQ", 2006] == 141_100
    assert hosts["IRQ", 2011] == 28_669
    assert pd.isna(hosts["IRQ", 2023])
    assert reading("troops", "IRQ", "USA", 2023) is None
    assert hosts["DEU", 1990] == 227_586
    assert ("DDR", 2000) not in hosts.index


def test_no_votes_reading_where_there_was_no_vote() -> None:
    """Iraq cast no recorded vote from 1995 to 2003; the year before and the year after are there."""
    assert [reading("votes", "IRQ", "USA", year) for year in range(1995, 2004)] == [None] * 9
    assert reading("votes", "IRQ", "USA", 1994) is not None
    assert reading("votes", "IRQ", "USA", 2004) is not None


def test_known_ties_and_their_absence() -> None:
    """Treaties and deliveries that any textbook has."""
    assert {reading("alliance", "IRQ", "USA", year) for year in range(1950, 2019)} <= {0.0, 1.0}
    assert reading("alliance", "IRQ", "USA", 2010) == 0
    assert reading("alliance", "GBR", "USA", 1960) == 1
    assert reading("alliance", "CUB", "RUS", 1970) == 0
    assert (reading("arms_deliveries", "CUB", "RUS", 1970) or 0) > 0
    assert reading("consultation", "IRQ", "RUS", 1975) == 2
    assert reading("consultation", "GBR", "USA", 1960) is None
    assert reading("dispute", "IRQ", "USA", 2003) == 5
    assert reading("sanctions_trade", "CUB", "USA", 1970) == 1
    assert reading("troops", "CUB", "USA", 1955) is not None
    assert reading("troops", "CUB", "USA", 1965) is None


def test_no_pole_is_read_towards_itself() -> None:
    """A pole's closeness to itself does not exist."""
    rows = readings()
    assert not (rows["state"] == rows["pole"]).any()
    assert set(rows["pole"]) == set(poles.ALL)


def test_readings_stay_inside_coverage_and_life() -> None:
    """No reading in a year which its source does not cover, or in which the state did not exist."""
    measured = "roll_calls"  # its readings are measured from the packaged votes, not packaged
    spans = {each.name: each.coverage for each in load_indicators() if each.name != measured}
    found = readings().groupby("indicator")["year"].agg(["min", "max"])
    assert {name: (row["min"], row["max"]) for name, row in found.iterrows()} == spans
    for state, years in readings().groupby("state")["year"]:
        assert all(states.exists(str(state), int(year)) for year in years.unique()), state


def test_zeros_stand_only_where_absence_means_none() -> None:
    """Where silence is no zero, an indicator has far fewer rows than there are ties, and no filled zeros."""
    counts = readings().groupby("indicator").size()
    for indicator in load_indicators():
        if indicator.absence_means_none:
            assert counts[indicator.name] > 40_000
    undetailed = readings()[readings()["detail"].isna() & (readings()["value"] != 0)]
    assert set(undetailed["indicator"]) <= {"troops", "trade"}


def test_one_reading_a_tie_and_year() -> None:
    """No tie has two values of one indicator in a year."""
    assert not readings().duplicated(["indicator", "pole", "state", "year"]).any()


def test_arms_are_coarse_quantities_of_our_own() -> None:
    """Arms readings stand in steps of a tenth of a logarithm: no published figure can be read off."""
    arms = readings()[readings()["indicator"].isin(ARMS)]
    assert ((arms["value"] * 10).round() == (arms["value"] * 10).round(6)).all()
    assert arms["value"].between(0, 12).all()


def test_votes_belong_to_roll_calls_and_states() -> None:
    """Each vote has its roll call, each roll call its counts, and states are known ids."""
    rollcalls, votes = snapshot.table("rollcalls"), snapshot.table("votes")
    assert set(votes["rcid"]) == set(rollcalls["rcid"])
    assert len(votes) == rollcalls[["yes", "no", "abstain"]].to_numpy().sum()
    assert set(votes["vote"]) == {1, 2, 3}
    known = {state.id for state in states.all_states()}
    assert set(votes["state"]) <= known
    assert not votes.duplicated(["rcid", "state"]).any()
    assert rollcalls["year"].between(1946, 2020).all()
    assert rollcalls["important"].isna().sum() > 0


def test_a_repeated_text_bears_the_number_of_its_first_vote() -> None:
    """Each number is a roll call of its own text, and a text comes up once a session, at most three apart."""
    calls = snapshot.table("rollcalls").dropna(subset="text").sort_values("session")
    texts = calls.groupby("text")
    assert (texts["rcid"].first() == texts["rcid"].first().index).all()
    assert (texts.size() > 1).all()
    assert texts["session"].diff().dropna().between(1, 3).all()
    assert 0.3 < len(calls) / len(snapshot.table("rollcalls")) < 0.7


def test_every_indicator_has_a_source_with_terms() -> None:
    """Citation, licence and reach are known for all that is shipped."""
    registry = load_registry()
    for indicator in load_indicators():
        assert indicator.note and indicator.unit
        terms = registry[indicator.source].terms
        assert terms.citation and terms.licence
        assert indicator.coverage[1] <= registry[indicator.source].coverage[1]
    for file in snapshot.read_manifest().files:
        assert set(file.sources) <= set(registry)


def test_an_unknown_source_names_the_known_ones() -> None:
    """A wrong id is answered with the list."""
    with pytest.raises(InputError, match="sipri"):
        source("almanac")


def test_deals_name_states_weapons_and_references() -> None:
    """Parties are states, keys are unique, a value has its source, and all big suppliers are in."""
    deals = snapshot.entries("deals")
    listed = yaml.safe_load(files("aneroid.actors").joinpath("data", "weapons.yaml").read_text("utf-8"))
    assert {deal["weapon"] for deal in deals} <= {system["name"] for system in listed["systems"]}
    assert len({deal["deal"] for deal in deals}) == len(deals)
    for deal in deals:
        assert states.exists(str(deal["supplier"]), int(str(deal["order_year"])))
        assert states.exists(str(deal["recipient"]), int(str(deal["order_year"])))
        assert deal["citation"] and deal["weapon"] and deal["note"]
        assert ("value_usd" in deal) == ("value_source" in deal)
        assert deal["status"] in {"ordered", "partly delivered", "delivered", "cancelled", "reported"}
    assert {"USA", "RUS", "CHN", "FRA", "GBR"} <= {deal["supplier"] for deal in deals}
    s400 = {deal["recipient"]: deal["status"] for deal in deals if deal["weapon"] == "S-400"}
    assert s400["TUR"] == "delivered"
    assert s400["IRQ"] == "reported"


def test_facts_are_dated_and_cited() -> None:
    """Each fact has an ISO date, states that existed then, and a reference."""
    for fact in snapshot.entries("facts"):
        assert fact["citation"] and fact["text"] and fact["kind"]
        listed = fact["states"]
        assert isinstance(listed, list)
        assert all(states.exists(state, str(fact["date"])) for state in listed)
