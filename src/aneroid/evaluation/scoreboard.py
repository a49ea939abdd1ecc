"""Measure past forecasts again and write the packaged scoreboard.

python -m aneroid.evaluation.scoreboard --data FOLDER

Events and links need ``tkg/ICEWS18`` and ``tkg/ICEWS14`` in the folder, whose terms do not allow us to pass them on; the
scores are ours.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aneroid.evaluation.dyads import RELEARN, roll, score_table
from aneroid.evaluation.fatalities import evaluate_fatalities
from aneroid.evaluation.links import evaluate_links
from aneroid.forecasts.dyad_events import event_classes, read_dyad_events
from aneroid.forecasts.fatalities import ALL_FORECASTERS
from aneroid.forecasts.fatality_history import packaged_history
from aneroid.forecasts.scoreboard import SCOREBOARD
from aneroid.tables import write_parquet

if TYPE_CHECKING:
    import pandas as pd

Row = tuple[str, str, str, str, float, float | None, str, str]
FIRST_WEEK = 22
PUBLISHED_RECURRENCY = {"mrr": 0.387, "hits@10": None}
"""Validation days of ICEWS14, strict and relaxed recurrency, as its benchmark's description gives it."""


def main() -> int:
    """Measure, write, and say where to."""
    parser = argparse.ArgumentParser(description="Measure past forecasts and write the packaged scoreboard.")
    parser.add_argument("--data", type=Path, required=True, help="folder with tkg/ICEWS14 and tkg/ICEWS18")
    data = parser.parse_args().data
    rows = [*_events(data / "tkg" / "ICEWS18"), *_links(data / "tkg" / "ICEWS14"), *_fatalities()]
    notes = (
        "Every forecast was made from earlier data alone (rolling origin). A skill is 1 − score / score of the base rate.",
        f"Events: at least one within a week, learned again every {RELEARN} weeks; settings were chosen on the weeks before "
        "the 35th. Links: settings were chosen with the validation days in view; the test days are not scored here.",
        "Measured by `python -m aneroid.evaluation.scoreboard --data FOLDER`.",
    )
    content = {"notes": notes, "rows": [(*row[:4], *map(_rounded, row[4:6]), *row[6:]) for row in rows]}
    SCOREBOARD.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"Wrote {SCOREBOARD.name}: {len(rows)} rows.", file=sys.stderr)
    return 0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), 4)


def _row(
    task: str, data: str, scored: str, measure: str, ours: float, rival: tuple[float | None, str], high: bool
) -> Row:
    to_beat, name = rival
    direction = "higher" if high else "lower"
    if to_beat is None:
        return task, data, scored, measure, ours, None, name, f"{direction} is better"
    won = ours > to_beat if high else ours < to_beat
    return (
        task,
        data,
        scored,
        measure,
        ours,
        to_beat,
        name,
        f"{direction} is better: {'ahead' if won else 'behind'}",
    )


def _events(folder: Path) -> Iterator[Row]:
    events = read_dyad_events(folder)
    last = int(events.day.max()) + 1
    table = score_table(
        roll(events, FIRST_WEEK * 7, last, progress=lambda i, n: _say(f"events: week {i} of {n}"))
    )
    label = {one.name: one.label for one in event_classes()}
    usual = {row["class"]: row for row in _records(table, "climatology")}
    scored = f"weeks {FIRST_WEEK + 1}–{last // 7} of 2018"
    for row in _records(table, "full"):
        task, before = f"event: {label[str(row['class'])]}", usual[row["class"]]
        for measure, high in (("brier_skill", True), ("log_skill", True), ("calibration_error", False)):
            rival = float(before[measure]), "shrunk climatology"
            yield _row(task, "ICEWS18", scored, measure, float(row[measure]), rival, high)


def _records(table: pd.DataFrame, model: str) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in table[table["model"] == model].to_dict("records")]


def _links(folder: Path) -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as out:
        scores = evaluate_links(
            folder,
            folder / "valid.parquet",
            Path(out) / "ranks.jsonl",
            progress=lambda i, n: _say(f"links: day {i} of {n}"),
        )
    for measure, published in PUBLISHED_RECURRENCY.items():
        yield _row(
            "who acts on whom",
            "ICEWS14",
            "30 validation days",
            measure,
            float(scores[measure]),
            (published, "published recurrency"),
            True,
        )


def _fatalities() -> Iterator[Row]:
    """Score every year of the packaged history against the last twelve months as draws."""
    with tempfile.TemporaryDirectory() as out:
        file = Path(out) / "actuals.parquet"
        write_parquet(packaged_history(), file)
        ours, usual = (
            evaluate_fatalities(file, Path(out) / "out.jsonl", use=use)
            for use in (ALL_FORECASTERS, ("own year",))
        )
    for year, scores in _years(ours).items():
        before = _years(usual)[year]
        for measure in ("ign", "crps_log1p"):
            rival = before[measure], "the last twelve months"
            yield _row("deaths by country-month", "UCDP GED", year, measure, scores[measure], rival, False)
        covered = scores["coverage_randomised"]
        yield (
            "deaths by country-month",
            "UCDP GED",
            year,
            "coverage of 90 % ranges",
            covered,
            0.9,
            "what is stated",
            "nearer is better",
        )


def _years(scores: dict[str, object]) -> dict[str, dict[str, float]]:
    years = scores["years"]
    assert isinstance(years, dict)
    return {str(year): value for year, value in years.items() if value["ign"] is not None}


def _say(line: str) -> None:
    print(f"  {line}", file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
