"""Train the classifiers that ship with the reader, or cross-validate them. Needs scikit-learn.

Usage: python scripts/train_relations.py --data DIR [--cross-validate] [--out src/aneroid/text/parameters]

``DIR`` holds ``plv_relations.jsonl``, ``cameo_quad.jsonl`` and, for the check on another source, ``plover_gsr.jsonl``.
The texts stay there: the parameters are hashes of features with weights. The same input gives the same parameters.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from aneroid.evaluation.reading_match import merged
from aneroid.evaluation.reading_relations import score_quads, score_relations, unmark
from aneroid.text.evidence import Features
from aneroid.text.linear import BLOCKS, LinearModel, feature_id
from aneroid.text.relations import decide, quad_of, relation_features, sentence_features

OUT = Path(__file__).parents[1] / "src/aneroid/text/parameters"
RELATION_C, QUAD_C = 10.0, 4.0
SELF_TRAINED = 0.6  # weight of a sentence whose quad class is known and whose class the first round guessed
NEAR = 0.5  # share of common words above which two texts tell the same happening
LEAST = 2  # texts a feature must occur in
FOLDS = 5
Labels = np.ndarray


def rows(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def fit(features: Sequence[Features], labels: Labels, weights: np.ndarray, strength: float) -> LinearModel:
    """Fit one multinomial logistic model with an L2 penalty on features that occur in at least LEAST texts."""
    texts: dict[int, int] = {}
    for each in features:
        for block in BLOCKS:
            for name in each.get(block, {}):
                number = feature_id(block, name)
                texts[number] = texts.get(number, 0) + 1
    ids = np.array(sorted(n for n, count in texts.items() if count >= LEAST), np.uint32)
    idf = np.array([np.log((1 + len(features)) / (1 + texts[int(n)])) + 1 for n in ids], np.float32)
    names = tuple(str(name) for name in np.unique(labels))
    empty = LinearModel(names, ids, idf, np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
    model = LogisticRegression(C=strength, max_iter=400).fit(
        matrix(empty, features), labels.astype(str), sample_weight=weights
    )
    assert tuple(model.classes_) == names
    weights, intercept = model.coef_.T, model.intercept_
    if len(names) == 2:  # one score for the second class: halve it between both
        weights = np.concatenate([-weights, weights], axis=1) / 2
        intercept = np.concatenate([-intercept, intercept]) / 2
    return LinearModel(names, ids, idf, weights.astype(np.float32), intercept.astype(np.float32))


def matrix(model: LinearModel, features: Sequence[Features]) -> sparse.csr_matrix:
    """Put the vectors of all texts into one matrix."""
    vectors = [model.vector(each) for each in features]
    starts = np.cumsum([0, *(len(at) for at, _ in vectors)])
    return sparse.csr_matrix(
        (np.concatenate([v for _, v in vectors]), np.concatenate([at for at, _ in vectors]), starts),
        shape=(len(features), len(model.ids)),
    )


class Relations:
    """The relation data, with sentences of known quad class to train on by their own guesses."""

    def __init__(self, data: Path) -> None:
        self.records = rows(data / "plv_relations.jsonl")
        given = [unmark(record["marked"]) for record in self.records]
        self.features = relation_features([(t, s.get("s"), s.get("t")) for t, s in given])
        self.labels = np.array([record["root"] for record in self.records])
        known = {key(record["text"]) for record in self.records}
        extra = [r for r in rows(data / "cameo_quad.jsonl") if r["quad"] and key(r["text"]) not in known]
        self.extra_records = extra
        self.extra = sentence_features([r["text"] for r in extra])
        self.extra_quads = np.array([r["quad"] for r in extra])

    def train(self, chosen: np.ndarray, without: Sequence[dict[str, Any]] = ()) -> LinearModel:
        """Fit on the chosen records; guess the classes of the extra sentences inside their quad class; fit again on both.

        Extra sentences that resemble a record of ``without`` are left out.
        """
        kept = unlike(self.extra_records, without) if without else np.arange(len(self.extra))
        extra = [self.extra[i] for i in kept]
        features, labels = [self.features[i] for i in chosen], self.labels[chosen]
        ones = np.ones(len(chosen))
        first = fit(features, labels, ones, RELATION_C)
        shares = first.probabilities(extra)
        quads = np.array([quad_of(label) for label in first.labels])
        shares *= quads[None, :] == self.extra_quads[kept][:, None]
        guessed = np.array(first.labels)[shares.argmax(axis=1)]
        trust = SELF_TRAINED * shares.max(axis=1) / shares.sum(axis=1)
        return fit(
            [*features, *extra],
            np.concatenate([labels, guessed]),
            np.concatenate([ones, trust]),
            RELATION_C,
        )

    def score(self, shares: np.ndarray, labels: Sequence[str]) -> dict[str, Any]:
        """Score out-of-fold probabilities."""
        verdicts = decide(shares, labels)
        return score_relations(self.records, [{"root": v.label, "quad": v.quad} for v in verdicts])


class Quads:
    """The sentences with one of five classes."""

    def __init__(self, data: Path) -> None:
        self.records = rows(data / "cameo_quad.jsonl")
        self.features = sentence_features([record["text"] for record in self.records])
        self.labels = np.array([str(record["quad"]) for record in self.records])

    def train(self, chosen: np.ndarray, without: Sequence[dict[str, Any]] = ()) -> LinearModel:
        """Fit on the chosen records; there are no others that ``without`` could keep out."""
        return fit([self.features[i] for i in chosen], self.labels[chosen], np.ones(len(chosen)), QUAD_C)

    def score(self, shares: np.ndarray, labels: Sequence[str]) -> dict[str, Any]:
        """Score out-of-fold probabilities."""
        return score_quads(self.records, [{"quad": int(labels[i])} for i in shares.argmax(axis=1)])


def key(text: str) -> str:
    """What makes two texts the same."""
    return " ".join(re.findall(r"\w+", text.lower()))


def opening(text: str) -> str:
    """What makes two texts near duplicates: they tell the same happening in nearly the same long words."""
    return " ".join(sorted(set(re.findall(r"[a-z]{6,}", text.lower())))[:4])


def folds(task: Relations | Quads, group: Callable[[str], str]) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Split into folds that keep texts of one group together."""
    groups = [zlib.crc32(group(record["text"]).encode()) for record in task.records]
    split = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    return split.split(task.labels, task.labels, groups)


def out_of_fold(task: Relations | Quads, group: Callable[[str], str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """Predict every record by a model that has not seen its group."""
    names = tuple(str(name) for name in np.unique(task.labels))
    shares = np.zeros((len(task.records), len(names)))
    for train, test in folds(task, group):
        model = task.train(train)
        assert model.labels == names
        shares[test] = model.probabilities([task.features[i] for i in test])
    return shares, names


def temperature(shares: np.ndarray, names: Sequence[str], labels: Labels) -> float:
    """Return the temperature that makes out-of-fold probabilities most likely (1 = well calibrated already)."""
    logs = np.log(np.clip(shares, 1e-12, 1))
    at = np.array([names.index(str(label)) for label in labels])

    def loss(value: float) -> float:
        scaled = logs / value
        total = np.log(np.exp(scaled - scaled.max(1, keepdims=True)).sum(1)) + scaled.max(1)
        return float((total - scaled[np.arange(len(at)), at]).mean())

    grid = np.arange(0.3, 2.01, 0.05)
    return float(grid[np.argmin([loss(value) for value in grid])])


def unlike(records: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> np.ndarray:
    """Return the positions of records that share less than half of their words with every one of the others."""
    words = [set(re.findall(r"[a-z]{4,}", other["text"].lower())) for other in others]

    def nearest(record: dict[str, Any]) -> float:
        own = set(re.findall(r"[a-z]{4,}", record["text"].lower()))
        return max((len(own & each) / max(len(own | each), 1) for each in words), default=0.0)

    return np.array([i for i, record in enumerate(records) if nearest(record) <= NEAR])


def elsewhere(task: Relations, data: Path, blocks: Sequence[str] = BLOCKS) -> dict[str, Any]:
    """Score on records from another source, by a model trained without whatever resembles them: spans given, classes merged.

    The sources share sentences, some with other names in them; those would make the score a memory test.
    """
    records = rows(data / "plover_gsr.jsonl")
    model = task.train(unlike(task.records, records), without=records)
    records = [r for r in records if merged(r["event"]) in model.labels]

    def span(record: dict[str, Any], side: str) -> tuple[int, int] | None:
        actors = record.get(side)
        names = [a["actorText"] for a in actors if a.get("actorText")] if isinstance(actors, list) else []
        starts = [(record["text"].find(name), len(name)) for name in names]
        return next(((at, at + size) for at, size in starts if at >= 0), None)

    features = relation_features([(r["text"], span(r, "source"), span(r, "target")) for r in records])
    features = [{block: each[block] for block in blocks if block in each} for each in features]
    verdicts = decide(model.probabilities(features), model.labels)
    gold = [{"root": merged(r["event"]), "quad": quad_of(merged(r["event"]))} for r in records]
    return score_relations(gold, [{"root": v.label, "quad": v.quad} for v in verdicts])


def quads_elsewhere(task: Quads, data: Path) -> dict[str, Any]:
    """Score the sentence classifier on the relation data, where every record tells an event, without what resembles them."""
    records = rows(data / "plv_relations.jsonl")
    model = task.train(unlike(task.records, records))
    shares = model.probabilities(sentence_features([record["text"] for record in records]))
    return score_quads(records, [{"quad": int(model.labels[i])} for i in shares.argmax(axis=1)])


def ablations(task: Relations, data: Path) -> Iterator[dict[str, Any]]:
    """Score models with some kinds of evidence left out, at home by cross-validation and on the other source."""
    whole, extra = task.features, task.extra
    for left_out in (
        (),
        ("rules",),
        ("syntax",),
        ("letters",),
        ("places",),
        ("rules", "syntax", "letters", "places"),
    ):
        kept = [block for block in BLOCKS if block not in left_out]
        task.features = [{block: each[block] for block in kept if block in each} for each in whole]
        task.extra = [{block: each[block] for block in kept if block in each} for each in extra]
        home, away = task.score(*out_of_fold(task, key)), elsewhere(task, data, kept)
        names = ("root", "quad", "cooperation_conflict")
        yield {
            "without": list(left_out),
            "home": {name: home[name]["value"] for name in names},
            "plover_gsr": {name: away[name]["value"] for name in (*names, "root_accuracy")},
        }
    task.features, task.extra = whole, extra


def main() -> None:
    """Train both classifiers, or print what cross-validation says of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cross-validate", action="store_true", help="print scores; write nothing")
    parser.add_argument(
        "--ablate", action="store_true", help="print scores without kinds of evidence; write nothing"
    )
    parser.add_argument("--without", type=Path, help="leave out whatever resembles a record of this file")
    options = parser.parse_args()
    if options.ablate:
        for line in ablations(Relations(options.data), options.data):
            print(json.dumps(line), flush=True)
        return
    tasks: dict[str, Relations | Quads] = {"relations": Relations(options.data), "quads": Quads(options.data)}
    for name, task in tasks.items():
        shares, names = out_of_fold(task, key)
        if options.cross_validate:
            print(json.dumps({"task": name, "folds": "by text", **task.score(shares, names)}))
            apart, _ = out_of_fold(task, opening)
            print(json.dumps({"task": name, "folds": "near duplicates together", **task.score(apart, names)}))
        if isinstance(task, Relations) and options.cross_validate:
            print(json.dumps({"task": name, "on": "plover_gsr", **elsewhere(task, options.data)}))
        if isinstance(task, Quads) and options.cross_validate:
            print(json.dumps({"task": name, "on": "plv_relations", **quads_elsewhere(task, options.data)}))
        if not options.cross_validate:
            chosen, others = np.arange(len(task.records)), rows(options.without) if options.without else []
            if others:
                chosen = unlike(task.records, others)
            model = task.train(chosen, without=others)
            options.out.mkdir(parents=True, exist_ok=True)
            heat = temperature(shares, names, task.labels)
            path = options.out / f"{name}.npz"
            LinearModel(model.labels, model.ids, model.idf, model.weights, model.intercept, heat).save(path)
            print(
                f"{path.name}: {len(model.ids)} features, temperature {heat:.2f}, {path.stat().st_size} bytes"
            )


if __name__ == "__main__":
    main()
