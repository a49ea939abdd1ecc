"""The tasks `attribution` and `factuality`: who says what by which words, and how sure a text is that something happened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from aneroid.evaluation.reading_scores import Score, found_f1, interval

Record = dict[str, Any]
Span = tuple[int, int]
PARTS = ("cue", "source", "content")


def predict_attribution(records: Sequence[Record]) -> list[Record]:
    """Find every attribution of each article, with character offsets."""
    from aneroid.text.speech import find_speech

    return [
        {
            "id": record.get("id"),
            "attributions": [
                {
                    "source": list(found.source or ()),
                    "cue": list(found.cue),
                    "content": list(found.content or ()),
                }
                for found in find_speech(str(record["text"]))
            ],
        }
        for record in records
    ]


def gold_spans(attribution: Record, part: str) -> list[Span]:
    """Return the spans of one part of a gold attribution: ``[{"spans": [[start, end], …]}, …]`` or ``[start, end]``."""
    found: list[Span] = []
    for entry in attribution.get(part) or ():
        if isinstance(entry, dict):
            found += [(int(a), int(b)) for a, b in entry["spans"]]
    if not found and attribution.get(part) and isinstance(attribution[part][0], int):
        found = [(attribution[part][0], attribution[part][1])]
    return found


def _touches(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _pairs(gold: list[list[Span]], predicted: list[Span], *, exact: bool) -> list[tuple[int, int]]:
    """Pair each predicted span with one gold attribution whose part it touches, or equals."""
    pairs: list[tuple[int, int]] = []
    taken: set[int] = set()
    for j, span in enumerate(predicted):
        for i, spans in enumerate(gold):
            if i not in taken and any(span == g if exact else _touches(span, g) for g in spans):
                taken.add(i)
                pairs.append((i, j))
                break
    return pairs


def score_attribution(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Precision, recall and F1 of cues (touching, and exact), and of sources and contents that touch under a right cue."""
    counts: dict[str, list[tuple[int, int, int]]] = {
        name: [] for name in ("cue", "cue_exact", "source", "content")
    }
    for record, prediction in zip(records, predictions, strict=True):
        if "attributions" not in record:
            continue
        gold = [a for a in record["attributions"] if gold_spans(a, "cue")]
        found = prediction["attributions"]
        cues = [gold_spans(a, "cue") for a in gold]
        spans = [(a["cue"][0], a["cue"][1]) for a in found]
        pairs = _pairs(cues, spans, exact=False)
        counts["cue"].append((len(pairs), len(found), len(gold)))
        counts["cue_exact"].append((len(_pairs(cues, spans, exact=True)), len(found), len(gold)))
        for part in PARTS[1:]:
            right = sum(
                bool(found[j][part])
                and any(_touches(tuple(found[j][part]), g) for g in gold_spans(gold[i], part))
                for i, j in pairs
            )
            total = sum(bool(gold_spans(a, part)) for a in gold)
            counts[part].append((right, sum(bool(a[part]) for a in found), total))
    return {name: found_f1(rows) for name, rows in counts.items()}


def predict_factuality(records: Sequence[Record]) -> list[Record]:
    """Say for each marked predicate how certain the text is of it, from −3 (did not happen) to 3 (happened)."""
    from aneroid.text.factuality import factuality

    return [
        {"id": record.get("id"), "factuality": values}
        for record, values in zip(
            records,
            factuality([(record["tokens"], _marked(record)) for record in records]),
            strict=True,
        )
    ]


def _marked(record: Record) -> list[int]:
    """Positions of the predicates: those with a value, or those listed under ``predicates``."""
    if "predicates" in record:
        return [int(i) for i in record["predicates"]]
    return [i for i, value in enumerate(record.get("factuality", ())) if value is not None]


def score_factuality(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Mean absolute error (0 is best, 6 worst) and Pearson correlation, with what a constant 3 would score."""
    rows = [
        (
            np.array([v for v in record["factuality"] if v is not None], float),
            np.array(prediction["factuality"], float),
        )
        for record, prediction in zip(records, predictions, strict=True)
        if any(v is not None for v in record.get("factuality", ()))
    ]

    def over(drawn: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.concatenate([rows[i][0] for i in drawn]), np.concatenate([rows[i][1] for i in drawn])

    def error(drawn: np.ndarray) -> float:
        gold, predicted = over(drawn)
        return float(np.abs(gold - predicted).mean())

    def correlation(drawn: np.ndarray) -> float:
        gold, predicted = over(drawn)
        if gold.std() == 0 or predicted.std() == 0:
            return float("nan")
        return float(np.corrcoef(gold, predicted)[0, 1])

    def constant(drawn: np.ndarray) -> float:
        return float(np.abs(over(drawn)[0] - 3.0).mean())

    scores: dict[str, Score] = {
        "mean_absolute_error": interval(len(rows), error),
        "pearson": interval(len(rows), correlation),
        "mean_absolute_error_of_constant_3": interval(len(rows), constant),
    }
    return {**scores, "predicates": int(sum(len(gold) for gold, _ in rows))}
