"""`aneroid guarantor` and `aneroid scenario withdrawal` as a shell sees them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
IRAQ = ("scenario", "withdrawal", "--host", "IRQ", "--guarantor", "USA", "--on", "2020-01")


def test_a_scenario_reads_as_one_page(run: Run, folder: Path, tmp_path: Path) -> None:
    """Rates, cases, analogs, comparison, selection and limits are on stdout, with the word association."""
    picture = tmp_path / "cases.svg"
    done = run(*IRAQ, "--picture", picture, "--store", folder)
    assert "Iraq 2011" in picture.read_text(encoding="utf-8")
    assert done.code == 0
    for words in (
        "Association, not effect",
        "Iraq 2011",
        "not informative",
        "What cannot be said",
        "selection",
    ):
        assert words in done.out
    assert "turn away from the guarantor" in done.out


def test_a_scenario_gives_data_alone_to_programs(run: Run, folder: Path) -> None:
    """CSV has a row a rate; JSON the whole answer."""
    table = run(*IRAQ, "--no-turns", "--format", "csv", "--store", folder).out
    rows = list(csv.DictReader(io.StringIO(table)))
    assert {"outcome", "stratum", "years", "events", "n", "rate", "low", "high"} <= set(rows[0])
    answer = json.loads(run(*IRAQ, "--no-turns", "--format", "json", "--quiet", "--store", folder).out)
    assert answer["stratum"] == "minor conflict" and answer["analogs"]


def test_too_few_cases_is_a_sentence_and_exit_code_two(run: Run, folder: Path) -> None:
    """Under eight cases there is no answer."""
    done = run(
        "scenario", "withdrawal", "--host", "NER", "--guarantor", "CHN", "--no-turns", "--store", folder
    )
    assert done.code == 2 and done.out == "" and "8 are the least" in done.err
    assert run(*IRAQ, "--horizon", "soon", "--no-turns", "--store", folder).code == 2


def test_guarantors_are_shown_with_ranges_and_gaps(run: Run, folder: Path, tmp_path: Path) -> None:
    """The table holds shares and what is on record; gaps go beside it."""
    picture = tmp_path / "shares.svg"
    done = run("guarantor", "IRQ", "--on", "2010", "--weights", "--picture", picture, "--store", folder)
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert done.code == 0 and "likely range" in done.out and "38,581 troops" in done.out
    assert "What would leave with whom" in done.out and "by convention" in done.out
    assert "United States alone" in done.err


def test_guarantors_give_data_alone_to_programs(run: Run, folder: Path) -> None:
    """CSV has a row a pole asked for, JSON the items, quiet nothing else."""
    done = run(
        "guarantor",
        "IRQ",
        "--on",
        "2010",
        "--poles",
        "USA,RUS",
        "--format",
        "csv",
        "--quiet",
        "--store",
        folder,
    )
    assert done.err == "" and len(list(csv.DictReader(io.StringIO(done.out)))) == 2
    answer = json.loads(run("guarantor", "SYR", "--on", "2019", "--format", "json", "--store", folder).out)
    assert answer["provisions"][0]["pole"] == "RUS" and answer["threats"]
    assert run("guarantor", "IRQ", "--on", "1900", "--store", folder).code == 2
