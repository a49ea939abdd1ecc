"""The verbs on the packaged votes, and the evaluation task."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.evaluation.ideal_points import evaluate
from aneroid.measures.ideal_points import IdealPoints
from aneroid.measures.movement import split_movement
from aneroid.measures.verbs import (
    compare_with_published,
    draws_table,
    fit_packaged,
    points_table,
    similarity_table,
)


@pytest.fixture(scope="module")
def yearly() -> IdealPoints:
    """One dimension by calendar year."""
    return fit_packaged(dims=1, period="year", draws=20)


def test_points_follow_the_published_series(yearly: IdealPoints) -> None:
    """By year, against a series fitted to final-passage votes only, ranks and levels agree closely."""
    agreement = compare_with_published(yearly)
    assert agreement.pooled_r > 0.9 and agreement.spearman_median > 0.93


def test_known_facts_of_the_record_hold(yearly: IdealPoints) -> None:
    """Iraq, which cast no vote from 1995 to 2002, has no point there; the United States stands far from Cuba
    in 1985.
    """
    points = points_table(yearly, ["IRQ", "USA", "CUB"])
    years = points.loc[points["state"] == "IRQ", "period"]
    assert not years.between(1996, 2002).any() and years.isin([1990, 2010]).sum() == 2
    at = points[points["period"] == 1985].set_index("state")["point"]
    assert at["USA"] - at["CUB"] > 3


def test_successor_states_start_anew(yearly: IdealPoints) -> None:
    """Czechia and Slovakia are series of their own from 1993; Czechoslovakia ends before."""
    points = points_table(yearly, ["CSK", "CZE", "SVK"])
    spans = points.groupby("state")["period"].agg(["min", "max"])
    assert spans.loc["CSK", "max"] <= 1992 and spans.loc[["CZE", "SVK"], "min"].min() >= 1993


def test_draws_come_as_a_table_of_some_states(yearly: IdealPoints) -> None:
    """Every draw has one value a state, period and axis; too many are refused."""
    draws = draws_table(yearly, 5, ["TUR"])
    assert set(draws["state"]) == {"TUR"} and draws.groupby("draw").size().nunique() == 1
    assert draws["draw"].max() == 5
    with pytest.raises(InputError, match="20"):
        draws_table(yearly, 21)


def test_issues_and_movement_work_on_the_packaged_votes() -> None:
    """Middle East votes alone give points, and a movement split adds up."""
    fit = fit_packaged(dims=1, issues=["me"], draws=20)
    parts = split_movement(fit, "TUR", "USA", 50, 70).set_index("part")["change"]
    assert parts[["own", "pole", "agenda"]].sum() == pytest.approx(parts["total"])


def test_similarity_among_some_states_and_by_year() -> None:
    """Three states make three pairs a year; Britain and France vote more alike than either with Cuba."""
    found = similarity_table(measures=["s_absolute"], states=["GBR", "FRA", "CUB"], period="year")
    year = found[found["period"] == 1985].set_index(["state_a", "state_b"])["s_absolute"]
    assert len(year) == 3 and year.idxmax() == ("FRA", "GBR")
    with pytest.raises(InputError, match="month"):
        similarity_table(period="month")


def test_evaluation_answers_every_input_row_in_order(tmp_path: Path) -> None:
    """One line a row with an interval; a state or session without votes gets nulls; scores come back."""
    rows = [
        (ccode, session, point)
        for session in (60, 61)
        for ccode, point in ((2, 3.0), (365, 0.5), (40, -1.5), (200, 1.6), (640, 0.6))
    ]
    table = pd.DataFrame([*rows, (645, 52, 0.0), (999, 60, 0.0)], columns=["ccode", "session", "point"])
    table.to_csv(tmp_path / "points.csv", index=False)
    scores = evaluate(tmp_path / "points.csv", tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(line["ccode"], line["session"]) for line in lines] == list(
        zip(table["ccode"], table["session"], strict=True)
    )
    assert all(line["lo90"] < line["point"] < line["hi90"] for line in lines[:10])
    assert lines[-1]["point"] is None and lines[-2]["lo90"] is None
    assert scores["n"] == 10 and scores["n_missing"] == 2 and scores["pooled_r"] > 0.9


def test_unreadable_tables_are_refused(tmp_path: Path) -> None:
    """No file, no column, no table: one sentence each."""
    (tmp_path / "points.csv").write_text("a,b\n1,2\n")
    (tmp_path / "points.parquet").write_bytes(b"not parquet")
    for name, message in (("none.csv", "no file"), ("points.csv", "lacks"), ("points.parquet", "neither")):
        with pytest.raises(InputError, match=message):
            evaluate(tmp_path / name, tmp_path / "out.jsonl")
