"""Tasks that score how text is read: each takes a file of records, writes one prediction a record and returns scores.

A task never trains on its file and never touches a store. Gold fields may be missing: what cannot be scored is left out of
the scores, and every record still has its line of predictions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from aneroid.errors import InputError
from aneroid.evaluation import reading_events, reading_relations, reading_speech

Record = dict[str, Any]
Predict = Callable[[Sequence[Record]], list[Record]]
Rate = Callable[[Sequence[Record], Sequence[Record]], dict[str, Any]]


def read_records(path: Path) -> list[Record]:
    """Read a JSON Lines file.

    Raises
    ------
    InputError
        When the file cannot be read, or a line is no JSON object.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(f"Cannot read {path}: {problem}. Give a JSON Lines file in UTF-8.") from problem
    records: list[Record] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as problem:
            raise InputError(
                f"Line {number} of {path} is not JSON ({problem.msg}). Give one object a line."
            ) from problem
        if not isinstance(record, dict):
            raise InputError(f"Line {number} of {path} is not a JSON object. Give one object a line.")
        records.append(record)
    return records


def _run(name: str, predict: Predict, rate: Rate, needs: str, path: Path, predictions_path: Path) -> Record:
    """Predict, write the predictions, score them."""
    records = read_records(path)
    for number, record in enumerate(records, start=1):
        if needs not in record:
            raise InputError(
                f"Record {number} of {path} has no “{needs}”, which the task {name} reads. Give a file in its layout."
            )
    predictions = predict(records)
    lines = (json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in predictions)
    predictions_path.write_text("".join(lines), encoding="utf-8")
    return {"task": name, "records": len(records), **rate(records, predictions)}


TASKS: dict[str, Callable[[Path, Path], Record]] = {
    name: partial(_run, name, predict, rate, needs)
    for name, (predict, rate, needs) in {
        "relations": (
            reading_relations.predict_relations,
            reading_relations.score_relations,
            "marked",
        ),
        "quads": (reading_relations.predict_quads, reading_relations.score_quads, "text"),
        "events": (reading_events.predict_events, reading_events.score_events, "text"),
        "actors": (reading_events.predict_actors, reading_events.score_actors, "text"),
        "facets": (reading_events.predict_facets, reading_events.score_facets, "text"),
        "attribution": (reading_speech.predict_attribution, reading_speech.score_attribution, "text"),
        "factuality": (reading_speech.predict_factuality, reading_speech.score_factuality, "tokens"),
    }.items()
}
"""Each task by its name: ``TASKS[name](path, predictions_path)`` returns its scores."""


def evaluate(task: str, path: Path, predictions_path: Path) -> Record:
    """Run a reading task on a file.

    Parameters
    ----------
    task
        ``relations``, ``quads``, ``events``, ``actors``, ``facets``, ``attribution`` or ``factuality``.
    path
        Records, one JSON object a line.
    predictions_path
        Where the predictions go: one JSON object a record, in the order of the records. Nothing else is written.

    Returns
    -------
    dict
        ``task``, ``records`` and the scores of the task, each ``{value, lo, hi, n}`` with a 95 % bootstrap interval.

    Raises
    ------
    InputError
        When there is no such task, or the file is not in its layout.
    """
    if task not in TASKS:
        raise InputError(f"Unknown task “{task}”. Use one of {', '.join(TASKS)}.")
    return TASKS[task](Path(path), Path(predictions_path))
