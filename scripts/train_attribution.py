"""Train the classifier of attribution cues that ships with the reader. Needs scikit-learn.

Usage: python scripts/train_attribution.py --data DIR [--articles 300] [--cross-validate] [--out src/aneroid/text/parameters]

``DIR`` holds ``polnear_attribution_train.jsonl``; the texts stay there. The same input gives the same parameters.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from aneroid.evaluation.reading_speech import gold_spans
from aneroid.text.evidence import Features
from aneroid.text.linear import LinearModel
from aneroid.text.parse import paragraphs, parse
from aneroid.text.speech import candidates, cue_features
from train_relations import OUT, fit, rows

STRENGTH = 3.0
CHOICES = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def examples(record: dict[str, Any]) -> tuple[list[Features], list[str]]:
    """Return each candidate word of an article with whether it is the head of a cue."""
    blocks = paragraphs(record["text"])
    cues = [span for attribution in record["attributions"] for span in gold_spans(attribution, "cue")]
    features: list[Features] = []
    labels: list[str] = []
    for (offset, _), doc in zip(blocks, parse((block, []) for _, block in blocks), strict=True):
        heads = set()
        for start, end in cues:
            span = (
                doc.char_span(start - offset, end - offset, alignment_mode="expand")
                if start >= offset
                else None
            )
            if span is not None and end - offset <= len(doc.text):
                inside = [t for t in candidates(doc) if span.start <= t.i < span.end]
                heads.add(min(inside, key=lambda t: sum(1 for _ in t.ancestors)).i if inside else -1)
        for token in candidates(doc):
            features.append(cue_features(token))
            labels.append("cue" if token.i in heads else "—")
    return features, labels


def main() -> None:
    """Train on the first articles in the order of their ids, or print scores on the rest of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument(
        "--cross-validate", action="store_true", help="print scores by threshold; write nothing"
    )
    options = parser.parse_args()
    records = sorted(rows(options.data / "polnear_attribution_train.jsonl"), key=lambda r: str(r["id"]))
    step = max(1, len(records) // options.articles)
    found = [examples(record) for record in records[::step][: options.articles]]
    split = len(found) * 4 // 5 if options.cross_validate else len(found)
    features = [f for part, _ in found[:split] for f in part]
    labels = np.array([label for _, part in found[:split] for label in part])
    model = fit(features, np.where(labels == "cue", "1", "0"), np.ones(len(labels)), STRENGTH)
    if not options.cross_validate:
        options.out.mkdir(parents=True, exist_ok=True)
        model.save(options.out / "cues.npz")
        print(f"cues.npz: {len(model.ids)} features, {(options.out / 'cues.npz').stat().st_size} bytes")
        return
    report(model, found[split:])


def report(model: LinearModel, found: list[tuple[list[Features], list[str]]]) -> None:
    """Print precision, recall and F1 of cue heads at each threshold."""
    chances = model.probabilities([f for part, _ in found for f in part])[:, 1]
    gold = np.array([label == "cue" for _, part in found for label in part])
    for choice in CHOICES:
        chosen = chances >= choice
        right = float((chosen & gold).sum())
        scores = {
            "threshold": choice,
            "precision": right / max(chosen.sum(), 1),
            "recall": right / gold.sum(),
            "f1": 2 * right / (chosen.sum() + gold.sum()),
        }
        json.dump(scores, sys.stdout)
        print()


if __name__ == "__main__":
    main()
