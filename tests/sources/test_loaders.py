"""Each loader on invented rows in the real layout: the quirks of its source are handled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from aneroid.errors import InputError
from aneroid.sources import atop, dcad, gsdb, ideal_points, mid, troops, ucdp, unga
from aneroid.sources.checks import Rejections

Table = Callable[[dict[str, list[object]]], Path]


def by_tie(readings: pd.DataFrame, indicator: str) -> pd.Series[float]:
    rows = readings[readings["indicator"] == indicator]
    return rows.set_index(["state", "pole", "year"])["value"]


def test_alliance_counts_defence_apart_from_weaker_promises(table: Table, rejected: Rejections) -> None:
    """Defence is a pact; the rest is the weak reading, which is silent under a pact and zero without any."""
    path = table(
        {
            "ccode1": [20, 2, 645, 365, 640],
            "ccode2": [2, 20, 365, 645, 365],
            "year": [1990] * 5,
            "atop_defense": [1, 0, 0, 0, 0],
            "atop_neutral": [0, 0, 0, 0, 1],
            "atop_nonagg": [0, 0, 1, 1, 0],
            "atop_consul": [1, 1, 1, 1, 0],
        }
    )
    found = atop.derive(atop.load(path, rejected), rejected)
    alliance, consultation = by_tie(found, "alliance"), by_tie(found, "consultation")
    assert alliance["CAN", "USA", 1990] == 1, "either side being bound is enough"
    assert alliance["IRQ", "RUS", 1990] == 0
    assert consultation["IRQ", "RUS", 1990] == 2
    assert consultation["TUR", "RUS", 1990] == 1
    assert consultation["IRQ", "USA", 1990] == 0
    assert ("CAN", "USA", 1990) not in consultation.index
    assert not rejected.rows


def test_agreements_are_mirrored_and_counted_while_in_force(table: Table, rejected: Rejections) -> None:
    """One row a pair counts for both poles; nothing is read before 1985 or after 2010."""
    path = table(
        {
            "ccode1": [2, 365, 365],
            "ccode2": [365, 645, 645],
            "signYear": [1983, 1990, 1992],
            "endYearEstimate": [1986, 2010, 1995],
        }
    )
    found = by_tie(dcad.derive(dcad.load(path, rejected), rejected), "defence_agreements")
    assert found["USA", "RUS", 1986] == found["RUS", "USA", 1986] == 1
    assert found["USA", "RUS", 1987] == 0
    assert [found["IRQ", "RUS", year] for year in (1989, 1990, 1992, 1996, 2010)] == [0, 1, 2, 1, 1]
    assert set(found.index.get_level_values("year")) == set(range(1985, 2011))


def test_dispute_takes_the_higher_side_of_the_worst_dispute(table: Table, rejected: Rejections) -> None:
    """A passive side's 1 does not hide the other's threat; unknown levels are noted."""
    path = table(
        {
            "dispnum": [1, 1, 2, 3],
            "ccode1": [645, 2, 645, 640],
            "ccode2": [2, 645, 2, 2],
            "year": [1998] * 4,
            "hostlev1": [1, 4, 2, -9],
            "hostlev2": [4, 1, 2, -9],
        }
    )
    found = by_tie(mid.derive(mid.load(path, rejected), rejected), "dispute")
    assert found["IRQ", "USA", 1998] == 4
    assert found["TUR", "USA", 1998] == 0
    assert rejected.counts() == {("mid", "no hostility level"): 1}


def test_troops_tell_silence_from_withdrawal(table: Table, rejected: Rejections) -> None:
    """Withheld hosts fall to null, others to zero; of two codes the larger counts; territories do not."""
    path = table(
        {
            "ccode": [645, 645, 645, 645, 255, 260, 265, 1004, 40, 529, 2, 652],
            "year": [2011, 2012, 2021, 2022, 1990, 1990, 2001, 1990, 1970, 2022, 1990, 1990],
            "troops": [9000, 100, 2500, 100, 0, 7000, 0, 5, 300, 20, 9, 0],
        }
    )
    hosts = troops.load(path, rejected)
    found = hosts.set_index(["host", "year"])["troops"]
    assert found["IRQ", 2012] == 100, "a withdrawal while figures were published is a withdrawal"
    assert pd.isna(found["IRQ", 2022])
    assert found["DEU", 1990] == 7000
    assert found["ETH", 2022] == 20
    assert found["SYR", 1990] == 0
    assert found["CUB", 1970] == 300
    assert "USA" not in found.index.get_level_values("host")
    readings = by_tie(troops.derive(hosts, rejected), "troops")
    assert ("CUB", "USA", 1970) not in readings.index, "a base against the will of the host is no tie"
    assert ("IRQ", "USA", 2022) not in readings.index
    assert set(rejected.counts().values()) == {1}


def test_nearness_of_points_has_the_error_of_both(table: Table, rejected: Rejections) -> None:
    """Minus the distance, with both intervals; no row without a point; the China seat is dated."""
    path = table(
        {
            "ccode": [2, 645, 365, 713, 713, 40],
            "year": [1950.0, 1950.0, 1950.0, 1948.0, 1950.0, 1950.0],
            "idealpointfp": [2.0, -1.0, -2.0, 0.5, 1.5, None],
            "q5fp": [1.671, -1.658, -2.0, 0.4, 1.4, None],
            "q95fp": [2.329, -0.342, -2.0, 0.6, 1.6, None],
            "nvotesfp": [30, 20, 30, 9, 9, None],
        }
    )
    points = ideal_points.load(path, rejected)
    assert set(points["state"]) == {"USA", "IRQ", "RUS", "CHN", "TWN"}
    found = ideal_points.derive(points, rejected)
    row = found[(found["state"] == "IRQ") & (found["pole"] == "USA")].iloc[0]
    assert row["value"] == -3
    assert row["sd"] == pytest.approx((0.2**2 + 0.4**2) ** 0.5, abs=1e-3)
    assert row["detail"] == "20 votes"
    assert rejected.counts()["ideal_points", "no point in that year"] == 1


def test_sanctions_split_lists_but_not_names_with_commas() -> None:
    """A comma inside a name separates nothing."""
    assert gsdb.split_names("Libya, Yemen, North, Niger") == ["Libya", "Yemen, North", "Niger"]
    assert gsdb.split_names("Poland,Hungary") == ["Poland", "Hungary"]
    assert gsdb.split_names("Egypt, Arab Rep.") == ["Egypt, Arab Rep."]


def test_sanctions_follow_members_of_their_year(table: Table, rejected: Rejections) -> None:
    """EU measures are Britain's to 2020 and France's throughout; UN measures are nobody's, and leave no zero."""
    kinds: dict[str, list[object]] = {kind: [0] * 5 for kind in gsdb.KINDS}
    kinds["trade"] = [1, 1, 1, 0, 1]
    kinds["arms"] = [0, 0, 0, 1, 0]
    kinds["financial"] = [1, 0, 0, 0, 0]
    path = table(
        {
            "case_id": [1, 2, 3, 4, 5],
            "sanctioned_state": ["Belarus", "EU", "South Vietnam", "Korea, North", "Balkans"],
            "sanctioning_state": ["EU, Norway", "Russia", "United States", "UN", "United States"],
            "begin": [2018, 2014, 1975, 2010, 2001],
            "end": [2022, 2022, 1977, 2022, 2002],
            **kinds,
        }
    )
    found = gsdb.derive(gsdb.load(path, rejected), rejected)
    trade, arms = by_tie(found, "sanctions_trade"), by_tie(found, "sanctions_arms")
    other = by_tie(found, "sanctions_other")
    assert [trade["BLR", "GBR", year] for year in (2017, 2018, 2020, 2021)] == [0, 1, 1, 0]
    assert trade["BLR", "FRA", 2022] == other["BLR", "FRA", 2022] == 1
    assert trade["DEU", "RUS", 2016] == trade["GBR", "RUS", 2016] == 1
    assert trade["GBR", "RUS", 2021] == 0
    assert trade["RVN", "USA", 1975] == 1
    assert trade["VNM", "USA", 1975] == 0
    assert trade["VNM", "USA", 1977] == 1
    assert arms.max() == 0
    assert arms["PRK", "USA", 2009] == 0
    bound_by_all = {("PRK", pole, 2015) for pole in ("USA", "RUS")}
    assert not bound_by_all & set(arms.index), "nobody's zero"
    reasons = {reason for source, reason in rejected.counts() if source == "gsdb"}
    assert "measure of a body with members on all sides" in reasons


def test_conflict_rows_name_both_sides_and_supporters(table: Table, rejected: Rejections) -> None:
    """Lists of codes are split; a supporter is marked; a side without a code (rebels) has no row."""
    path = table(
        {
            "conflict_id": [7, 8],
            "year": [2003, 2003],
            "side_a": [
                "Government of Australia, Government of United States of America",
                "Government of Iraq",
            ],
            "side_b": ["Government of Iraq", "Rebels"],
            "intensity_level": [2, 1],
            "type_of_conflict": [2, 3],
            "gwno_a": ["900,  2", "645"],
            "gwno_a_2nd": [None, "2"],
            "gwno_b": ["645", None],
            "gwno_b_2nd": [None, None],
        }
    )
    found = ucdp.load(path, rejected).set_index(["state", "conflict_id"])["opponent"]
    assert found["AUS", 7] == found["USA", 7] == "Iraq"
    assert found["IRQ", 7] == "Australia, United States of America"
    assert found["USA", 8] == "Rebels (supporting Iraq)"
    assert len(found) == 5


def test_votes_join_across_types_and_keep_dead_states(table: Table, rejected: Rejections) -> None:
    """The key is float in one table; names without a code are states; absence stays no row."""
    rollcalls = unga.load_rollcalls(
        table(
            {
                "rcid": [3, 4],
                "session": [1.0, 74.0],
                "importantvote": pd.array([0, None], dtype="Int64"),
                "date": pd.to_datetime(["1947-05-06", "2019-12-18"]),
                "unres": ["R/1/66", ""],
                "short": ["", "Right to food : resolution / adopted by the General Assembly"],
                "descr": ["TO ADOPT  A \\PROPOSAL\\ " + "ON AN ITEM " * 12, "x"],
            }
        ),
        table({"rcid": [4, 4], "short_name": ["ec", "hr"]}),
    )
    assert rollcalls["title"].tolist()[1] == "Right to food"
    assert rollcalls["title"].str.len().max() <= unga.TITLE_LENGTH + 2
    assert rollcalls["issues"].tolist()[1] == "hr,ec"
    assert rollcalls["important"].isna().tolist() == [False, True]
    path = table(
        {
            "rcid": [3.0, 3.0, 3.0, 4.0, 9.0],
            "country": ["Taiwan", "Czechoslovakia", "Zanzibar", "Yugoslavia", "France"],
            "vote": ["yes", "abstain", "no", "no", "yes"],
        }
    )
    votes = unga.load_votes(path, rollcalls, rejected)
    assert votes.to_dict("list") == {
        "rcid": [3, 3, 3, 4],
        "state": ["CHN", "CSK", "EAZ", "SRB"],
        "vote": [1, 2, 3, 3],
    }
    assert rejected.counts() == {("unga", "no roll call or unknown answer"): 1}
    counted = unga.count_answers(rollcalls, votes)
    assert counted[["yes", "no", "abstain"]].to_numpy().tolist() == [[1, 1, 1], [0, 1, 0]]


def test_a_text_bears_the_number_of_its_first_vote(table: Table) -> None:
    """A chain of repeats shares one number, a text that came once has none; empty descriptions give way."""
    rollcalls = pd.DataFrame({"rcid": [7, 5, 6, 9], "session": [2, 1, 1, 3]})
    path = table(
        {
            "rcid": [5, 6, 7, 8, 9],
            "short": ["A", "B", "C", "D", "Food"],
            "descr": ["Right to food", "Naval arms", "The right to food", "Never voted on", " "],
        }
    )
    seen: list[object] = []

    def link(texts: Sequence[str], sessions: Sequence[int]) -> NDArray[np.int64]:
        seen.extend([list(texts), list(sessions)])
        return np.array([1, -1, -1, 0])

    numbers = unga.number_texts(rollcalls, path, link)["text"]
    assert seen == [["The right to food", "Right to food", "Naval arms", "Food"], [2, 1, 1, 3]]
    assert numbers.dtype == "Int32"
    assert numbers.fillna(-1).tolist() == [5, 5, -1, 5]


@pytest.mark.parametrize("module", [atop, dcad, gsdb, ideal_points, mid, troops, ucdp])
def test_each_loader_refuses_a_changed_header(module, table: Table, rejected: Rejections) -> None:  # type: ignore[no-untyped-def] # modules
    """A renamed column stops the loader with its name."""
    columns: dict[str, list[object]] = {name: [1] for name in module.COLUMNS[1:]}
    with pytest.raises(InputError, match=module.COLUMNS[0]):
        module.load(table(columns), rejected)
