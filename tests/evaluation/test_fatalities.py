"""The task ``fatalities`` writes a line a row and scores what was forecast."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.evaluation.fatalities import evaluate_fatalities
from aneroid.forecasts.fatalities import first_month
from aneroid.forecasts.fatality_history import packaged_history
from aneroid.tables import write_parquet


def written(frame: pd.DataFrame, folder: Path) -> Path:
    """Save a table as a user would."""
    path = folder / "actuals.parquet"
    write_parquet(frame, path)
    return path


def lines_of(path: Path) -> list[dict[str, float | None]]:
    """Read a predictions file."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_every_row_has_its_line_in_order(tmp_path: Path) -> None:
    """Rows that cannot be forecast are null, not missing."""
    frame = packaged_history().query(f"month_id < {first_month(2020)}").sample(frac=1, random_state=0)
    scores = evaluate_fatalities(written(frame, tmp_path), tmp_path / "out.jsonl")
    lines = lines_of(tmp_path / "out.jsonl")
    keys = [(line["country_id"], line["month_id"]) for line in lines]
    assert keys == list(zip(frame["country_id"], frame["month_id"], strict=True))
    early = [line for line in lines if line["month_id"] < first_month(2018)]
    assert all(line["mean"] is None and line["ign"] is None for line in early)
    assert scores["n_missing"] == len(early)
    assert list(scores["years"]) == ["2018", "2019"]


def test_a_file_of_target_months_alone_uses_the_packaged_history(tmp_path: Path) -> None:
    """Its scores are those of the same months in the whole file."""
    whole = packaged_history()
    alone = whole[whole["month_id"] >= first_month(2022)]
    scores = evaluate_fatalities(written(alone, tmp_path), tmp_path / "out.jsonl")
    assert scores["n_missing"] == 0
    together = evaluate_fatalities(written(whole, tmp_path), tmp_path / "all.jsonl")
    assert scores["years"]["2022"] == together["years"]["2022"]
    assert lines_of(tmp_path / "out.jsonl") == [
        line for line in lines_of(tmp_path / "all.jsonl") if line["month_id"] >= first_month(2022)
    ]


def test_wrong_files_are_refused_in_one_sentence(tmp_path: Path) -> None:
    """Missing file, missing column, a row twice, a negative figure."""
    out = tmp_path / "out.jsonl"
    frame = packaged_history().head(50)
    with pytest.raises(InputError, match="no file"):
        evaluate_fatalities(tmp_path / "none.parquet", out)
    for bad, message in (
        (frame.drop(columns="fatalities"), "lacks the column"),
        (pd.concat([frame, frame]), "twice"),
        (frame.assign(fatalities=-1), "negative"),
    ):
        with pytest.raises(InputError, match=message):
            evaluate_fatalities(written(bad, tmp_path), out)
    assert not out.exists()
