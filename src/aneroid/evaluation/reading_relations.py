"""The tasks `relations` and `quads`: the class of what a given source does to a given target, or of a whole sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from aneroid.evaluation.reading_scores import confusion, macro_f1, share

Record = dict[str, Any]
MARK = re.compile(r"</?[st]>")


def unmark(marked: str) -> tuple[str, dict[str, tuple[int, int]]]:
    """Take the marks ``<s>…</s>`` and ``<t>…</t>`` out of a text.

    Returns
    -------
    str
        The text without marks.
    dict
        Offsets into it under ``s`` and ``t``; a side that is not marked is missing, of several the first one is kept.
    """
    text, last = "", 0
    starts: dict[str, int] = {}
    spans: dict[str, tuple[int, int]] = {}
    for mark in MARK.finditer(marked):
        text += marked[last : mark.start()]
        last = mark.end()
        side = mark[0][-2]
        if mark[0][1] != "/":
            starts[side] = len(text)
        elif side in starts and starts[side] < len(text):
            spans.setdefault(side, (starts[side], len(text)))
    return text + marked[last:], spans


def predict_relations(records: Sequence[Record]) -> list[Record]:
    """Classify what the marked source does to the marked target."""
    from aneroid.text.relations import classify_relations

    texts = [unmark(str(record["marked"])) for record in records]
    found = classify_relations([(text, spans.get("s"), spans.get("t")) for text, spans in texts])
    return [
        {
            "id": record.get("id"),
            "root": verdict.label,
            "quad": verdict.quad,
            "confidence": round(verdict.confidence, 4),
        }
        for record, verdict in zip(records, found, strict=True)
    ]


def score_relations(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Macro-F1 of the fifteen classes, of the four quad classes and of cooperation against conflict, and the confusions."""
    rows = [(r, p) for r, p in zip(records, predictions, strict=True) if "root" in r and "quad" in r]
    roots = [r["root"] for r, _ in rows], [p["root"] for _, p in rows]
    quads = [int(r["quad"]) for r, _ in rows], [int(p["quad"]) for _, p in rows]
    sides = [q <= 2 for q in quads[0]], [q <= 2 for q in quads[1]]
    return {
        "root": macro_f1(*roots),
        "root_accuracy": share([a == b for a, b in zip(*roots, strict=True)]),
        "quad": macro_f1(*quads),
        "cooperation_conflict": macro_f1(*sides),
        "confusion": confusion(*roots),
    }


def predict_quads(records: Sequence[Record]) -> list[Record]:
    """Classify each sentence: 0 no event that is coded, 1 and 2 verbal and material cooperation, 3 and 4 conflict."""
    from aneroid.text.relations import classify_sentences

    found = classify_sentences([str(record["text"]) for record in records])
    return [
        {"id": record.get("id"), "quad": verdict.quad, "confidence": round(verdict.confidence, 4)}
        for record, verdict in zip(records, found, strict=True)
    ]


def score_quads(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Macro-F1 of the five classes, the share that is right, and the confusions."""
    rows = [
        (int(r["quad"]), int(p["quad"])) for r, p in zip(records, predictions, strict=True) if "quad" in r
    ]
    gold, predicted = [a for a, _ in rows], [b for _, b in rows]
    return {
        "quad": macro_f1(gold, predicted),
        "accuracy": share([a == b for a, b in rows]),
        "confusion": confusion(gold, predicted),
    }
