"""How turns are scored against documented ones."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.evaluation.realignments import (
    compare,
    evaluate,
    is_exact,
    is_right,
    peer_alarms,
    quiet_alarms,
    read_list,
    recall_area,
    score,
)

CASES = pd.DataFrame(
    {"state": ["AAA", "BBB"], "year": [1960, 1970], "away_from": ["USA", ""], "toward": ["RUS", "CHN"]}
)


def alarms(*rows):
    """Ranked alarms."""
    return pd.DataFrame(rows, columns=["state", "year", "away_from", "toward"])


def test_a_direction_is_right_by_one_pole_and_wrong_by_a_contradiction():
    """One side in its place is enough; the opposite place is not."""
    assert is_right("GBR", "RUS", "USA", "RUS")
    assert not is_exact("GBR", "RUS", "USA", "RUS")
    assert is_exact("", "RUS", "USA", "RUS")
    assert not is_right("USA", "RUS", "RUS", "USA")
    assert not is_right("USA", "RUS", "RUS", "")
    assert not is_right("USA", "", "GBR", "FRA")


def test_a_case_is_found_by_the_first_alarm_that_is_right():
    """An alarm in the wrong direction, or three years off, finds nothing."""
    scored = score(
        alarms(
            ("AAA", 1960, "RUS", "USA"),
            ("AAA", 1963, "USA", "RUS"),
            ("AAA", 1962, "USA", "CHN"),
            ("AAA", 1958, "USA", "RUS"),
        ),
        CASES,
    )
    assert scored.found.tolist() == [1.0, np.inf]
    assert scored.directed.tolist() == [3.0, np.inf]
    assert scored.exact.tolist() == [4.0, np.inf]


def test_area_is_one_for_early_finds_and_zero_for_late_ones():
    """All found within 1 alarm per 100 is one, none within 6 is zero, halfway is half."""
    assert recall_area(np.array([1.0, 10.0]), 1000) == 1.0
    assert recall_area(np.array([61.0, np.inf]), 1000) == 0.0
    assert recall_area(np.array([35.0]), 1000) == pytest.approx(0.5)


def test_alarms_are_counted_in_quiet_years_only():
    """One alarm within twenty quiet years is five per hundred."""
    quiet = pd.DataFrame({"state": ["AAA"], "from": [1951], "to": [1970]})
    raised = alarms(("AAA", 1951, "USA", "RUS"), ("AAA", 1971, "USA", "RUS"), ("BBB", 1960, "USA", "RUS"))
    assert quiet_alarms(raised, quiet) == 5.0


def test_a_paired_comparison_of_equals_is_even():
    """The same ranks give a ratio of one in every resample."""
    found = np.array([1.0, 20.0, 30.0])
    assert (compare(found, found, ["A", "B", "C"], 1000) == 1.0).all()


def test_the_peer_has_both_directions_and_one_turn_within_three_years():
    """The search on published points ranks rises and falls alike."""
    ranked = peer_alarms()
    assert {"USA", "RUS"} == set(ranked["toward"])
    assert all((np.diff(np.sort(mine["year"])) > 3).all() for _, mine in ranked.groupby("state"))


def test_a_list_without_its_columns_is_refused(tmp_path):
    """What is missing is named."""
    (tmp_path / "list.csv").write_text("state,year\nAAA,1960\n")
    with pytest.raises(InputError, match="away_from"):
        read_list(tmp_path / "list.csv", ("state", "year", "away_from", "toward"))


@pytest.mark.slow
def test_the_task_ranks_every_state_and_touches_no_store(tmp_path, monkeypatch):
    """Lines are strongest first with the fields of the task; the list given changes none of them; no store is made."""
    monkeypatch.chdir(tmp_path)
    lines = []
    for n, cases in enumerate((CASES, CASES.iloc[:1])):
        cases.to_csv(tmp_path / "labelled.csv", index=False)
        scores = evaluate(tmp_path / "labelled.csv", tmp_path / f"{n}.jsonl")
        lines.append((tmp_path / f"{n}.jsonl").read_text())
        assert scores["n"] == len(cases)
    assert lines[0] == lines[1]
    rows = [json.loads(line) for line in lines[0].splitlines()]
    assert all(list(row) == ["state", "year", "probability", "away_from", "toward"] for row in rows)
    chances = [row["probability"] for row in rows]
    assert chances == sorted(chances, reverse=True)
    assert len({row["state"] for row in rows}) > 190
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.jsonl", "1.jsonl", "labelled.csv"]
