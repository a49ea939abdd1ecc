"""How well articles are read, with intervals: all tasks, other backends, sources not trained on. Run by ``make eval``.

Without ``--data`` only our own gold is scored. Scores of classifiers are cross-validated or on sources that they were not
trained on; ``--confusions`` also prints which class is taken for which.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aneroid.evaluation.reading import evaluate, read_records
from aneroid.evaluation.reading_events import predict_events, predict_facets, score_events, score_facets
from aneroid.evaluation.reading_floors import gold_half
from aneroid.text import load_backend, relations

sys.path.append(str(Path(__file__).parents[1] / "scripts"))
import train_relations as training

Scores = dict[str, Any]
Row = tuple[str, Scores, float | None]  # what, its score with interval, what is aimed at
AIMS = {"modality": 0.85, "attributed": 0.85, "weapon": 0.90, "value": 0.95, "direction": 0.90}


def cell(score: Scores) -> str:
    """A score with its interval."""
    return f"{score['value']:.3f} ({score['lo']:.3f}–{score['hi']:.3f})" if "value" in score else "–"


def show(rows: Iterator[Row]) -> None:
    """Print rows as they come."""
    for what, score, aim in rows:
        met = "" if aim is None else f"   aim {aim:.3f}{'' if score.get('value', 0) >= aim else ', missed'}"
        print(f"  {what:<58}{cell(score):<24}n {score['n']:<6}{met}", flush=True)


def gold_rows() -> Iterator[Row]:
    """Our own gold: the half that rules were written on, and the half that nobody looked at."""
    for half in ("develop", "held"):
        records = gold_half(half)
        scores = score_facets(records, predict_facets(records))
        for name, aim in {"dyad": None, "source_target_root": None, **AIMS}.items():
            yield f"{half}: {name}", scores[name], aim if half == "held" else None
        for name in ("weapon", "value", "direction"):
            yield f"{half}: {name}, where the dyad was found", scores[f"{name}_when_found"], None
        rules = score_facets(records, predict_facets(records, load_backend("rules")))
        for name in ("dyad", "source_target_root", "modality", "attributed", "direction"):
            yield f"{half}, backend rules: {name}", rules[name], None


def trained_rows(data: Path, confusions: dict[str, Any]) -> Iterator[Row]:
    """The classifiers, cross-validated and on sources that they were not trained on."""
    task = training.Relations(data)
    scores = task.score(*training.out_of_fold(task, training.key))
    confusions["relations, cross-validated"] = scores["confusion"]
    for name, aim in {"root": 0.80, "quad": 0.89, "cooperation_conflict": 0.955}.items():
        yield f"relations, 5 folds: {name}", scores[name], aim
    away = training.elsewhere(task, data)
    for name in ("root_accuracy", "quad", "cooperation_conflict"):
        yield f"relations, trained without plover_gsr, on it: {name}", away[name], None
    quads = training.Quads(data)
    scores = quads.score(*training.out_of_fold(quads, training.key))
    confusions["quads, cross-validated"] = scores["confusion"]
    yield "quads with no event, 5 folds", scores["quad"], 0.82
    yield (
        "quads, on plv_relations, trained without what resembles it",
        training.quads_elsewhere(quads, data)["accuracy"],
        None,
    )
    yield from unseen_events(task, quads, data)


def unseen_events(task: training.Relations, quads: training.Quads, data: Path) -> Iterator[Row]:
    """Events end to end, by classifiers trained without whatever resembles a record of the file."""
    records = read_records(data / "plover_gsr.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        for name, model in {
            "relations": task.train(training.unlike(task.records, records), without=records),
            "quads": quads.train(training.unlike(quads.records, records)),
        }.items():
            model.save(Path(folder) / f"{name}.npz")
        shipped, relations.PARAMETERS = relations.PARAMETERS, Path(folder)
        relations.load_parameters.cache_clear()
        try:
            scores = score_events(records, predict_events(records))
        finally:
            relations.PARAMETERS = shipped
            relations.load_parameters.cache_clear()
    yield "events: source, target and root", scores["source_target_root"], 0.50
    yield "events: dyad", scores["dyad"], 0.70
    rules = score_events(records, predict_events(records, load_backend("rules")))
    yield "events, backend rules: source, target and root", rules["source_target_root"], None
    yield "events, backend rules: dyad", rules["dyad"], None


def task_rows(data: Path, confusions: dict[str, Any]) -> Iterator[Row]:
    """Tasks whose reader was not trained on their file."""
    picked: dict[str, tuple[str, list[tuple[str, float | None]]]] = {
        "actors": (
            "ngec_actor_resolution_tests.jsonl",
            [("country", 0.92), ("country_of_states", None), ("sector", None)],
        ),
        "facets": (
            "facet_seed.jsonl",
            [("source_target_root", None), ("status", None), ("weapon", None), ("value", None)],
        ),
        "factuality": ("factuality_meantime.jsonl", [("pearson", None), ("mean_absolute_error", None)]),
    }
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "predictions.jsonl"
        for task, (file, names) in picked.items():
            scores = evaluate(task, data / file, out)
            confusions |= {f"{task}: {k}": v for k, v in scores.items() if k.endswith("confusion")}
            for name, aim in names:
                yield f"{task}: {name}", scores[name], aim
        scores = evaluate("attribution", data / "polnear_attribution_dev.jsonl", out)
        for name, aim in {"cue": 0.70, "cue_exact": None, "source": None, "content": None}.items():
            yield f"attribution: {name}, F1", scores[name]["f1"], aim


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with event_gold")
    parser.add_argument("--confusions", action="store_true", help="print the confusion tables as JSON")
    options = parser.parse_args()
    confusions: dict[str, Any] = {}
    parts: list[tuple[str, Callable[[], Iterator[Row]]]] = [("Our own gold", gold_rows)]
    if options.data is not None and (options.data / "event_gold").is_dir():
        data = options.data / "event_gold"
        parts += [
            ("Classifiers and events", lambda: trained_rows(data, confusions)),
            ("Other tasks", lambda: task_rows(data, confusions)),
        ]
    for title, rows in parts:
        print(f"{title}, with 95 % bootstrap intervals")
        show(rows())
    if options.confusions:
        print(json.dumps(confusions, indent=1))


if __name__ == "__main__":
    main()
