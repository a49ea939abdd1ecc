"""The task ``links`` writes a line a fact and never lets the test file into its history."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from aneroid.errors import InputError
from aneroid.evaluation.links import evaluate_links
from aneroid.tables import write_parquet


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small data set in the layout of the benchmark: 45 days of training, 5 of validation, 4 of test."""
    path = tmp_path_factory.mktemp("tkg")
    random = np.random.default_rng(0)
    facts = pd.DataFrame(
        {
            "s": random.integers(0, 9, 800),
            "r": random.integers(0, 2, 800),
            "t": np.sort(random.integers(0, 54, 800)),
        }
    )
    facts["o"] = (facts["s"] * 3 + facts["r"] + random.integers(0, 2, 800)) % 12
    facts = facts[["s", "r", "o", "t"]].drop_duplicates()
    for name, span in (("train", (0, 45)), ("valid", (45, 50)), ("test", (50, 54))):
        write_parquet(facts[facts["t"].between(span[0], span[1] - 1)], path / f"{name}.parquet")
    write_parquet(
        pd.DataFrame({"id": range(12), "name": list("abcdefghijkl")}), path / "entity_names.parquet"
    )
    write_parquet(
        pd.DataFrame({"id": [1, 0], "name": ["visit", "threaten"]}), path / "relation_names.parquet"
    )
    return path


def test_each_fact_has_its_line_and_the_scores_follow_from_them(folder: Path, tmp_path: Path) -> None:
    """The printed scores can be computed again from the predictions."""
    out = tmp_path / "out.jsonl"
    scores = evaluate_links(folder, folder / "test.parquet", out)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert list(lines[0]) == ["s", "r", "o", "t", "rank_tail", "rank_head"]
    ranks = np.array([[line["rank_tail"], line["rank_head"]] for line in lines])
    assert scores["n"] == len(lines)
    assert scores["mrr"] == pytest.approx((1 / ranks).mean())
    assert scores["hits@10"] == pytest.approx((ranks <= 10).mean())


def test_validation_days_serve_as_history_only_before_the_test(folder: Path, tmp_path: Path) -> None:
    """When the test is the validation file, its presence in the folder changes nothing."""
    test = folder / "valid.parquet"
    evaluate_links(folder, test, tmp_path / "with.jsonl")
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in ("train", "entity_names", "relation_names"):
        (bare / f"{name}.parquet").write_bytes((folder / f"{name}.parquet").read_bytes())
    evaluate_links(bare, test, tmp_path / "without.jsonl")
    assert (tmp_path / "with.jsonl").read_bytes() == (tmp_path / "without.jsonl").read_bytes()


def test_a_missing_file_is_named(folder: Path, tmp_path: Path) -> None:
    """The message says which file."""
    with pytest.raises(InputError, match="no file"):
        evaluate_links(folder, folder / "absent.parquet", tmp_path / "out.jsonl")
