"""Scores of the reading tasks: F1 of classes and of found things, each with a bootstrap interval over records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence

import numpy as np

DRAWS = 1000
SEED = 20120
Score = dict[str, float | int]


def interval(count: int, statistic: Callable[[np.ndarray], float], *, draws: int = DRAWS) -> Score:
    """Return a statistic of records with a 95 % percentile bootstrap interval.

    Parameters
    ----------
    count
        How many records there are; they are drawn with replacement, whole.
    statistic
        Takes the indices of the records drawn (with repeats) and returns the value; NaN where it is undefined.
    draws
        How many resamples.

    Returns
    -------
    dict
        ``value`` on all records, ``lo`` and ``hi`` of the interval and ``n`` records; only ``n`` where no record can be scored.

    References
    ----------
    Efron and Tibshirani (1993), doi:10.1007/978-1-4899-4541-9.
    """
    value = statistic(np.arange(count)) if count else float("nan")
    if np.isnan(value):
        return {"n": count}
    generator = np.random.default_rng(SEED)
    sampled = [statistic(generator.integers(0, count, count)) for _ in range(draws)]
    lo, hi = np.nanquantile(sampled, [0.025, 0.975])
    return {"value": round(value, 4), "lo": round(float(lo), 4), "hi": round(float(hi), 4), "n": count}


def macro_f1(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> Score:
    """Mean F1 over the classes that occur among the gold or the predicted labels."""
    labels: dict[Hashable, int] = {}
    pairs = np.array(
        [
            (labels.setdefault(a, len(labels)), labels.setdefault(b, len(labels)))
            for a, b in zip(gold, predicted, strict=True)
        ],
        dtype=np.int64,
    ).reshape(-1, 2)
    size = max(len(labels), 1)

    def statistic(drawn: np.ndarray) -> float:
        codes = pairs[drawn, 0] * size + pairs[drawn, 1]
        table = np.bincount(codes, minlength=size * size).reshape(size, size)
        total = table.sum(0) + table.sum(1)
        seen = total > 0
        return float((2 * np.diag(table)[seen] / total[seen]).mean()) if seen.any() else float("nan")

    return interval(len(pairs), statistic)


def share(hits: Sequence[bool]) -> Score:
    """Share of records that are right."""
    values = np.array(hits, dtype=float)
    return interval(len(values), lambda drawn: float(values[drawn].mean()))


def found_f1(counts: Sequence[tuple[int, int, int]]) -> dict[str, Score]:
    """Micro-averaged precision, recall and F1 of things found.

    Parameters
    ----------
    counts
        For each record: how many things are right, how many were predicted, how many there are.

    Returns
    -------
    dict
        ``precision``, ``recall`` and ``f1``, each with its interval.
    """
    table = np.array(counts, dtype=float).reshape(-1, 3)

    def ratio(above: Callable[[np.ndarray], float], below: Callable[[np.ndarray], float]) -> Score:
        def statistic(drawn: np.ndarray) -> float:
            sums = table[drawn].sum(0)
            divisor = below(sums)
            return above(sums) / divisor if divisor else float("nan")

        return interval(len(table), statistic)

    return {
        "precision": ratio(lambda s: float(s[0]), lambda s: float(s[1])),
        "recall": ratio(lambda s: float(s[0]), lambda s: float(s[2])),
        "f1": ratio(lambda s: float(2 * s[0]), lambda s: float(s[1] + s[2])),
    }


def f1_of(gold: Sequence[bool], predicted: Sequence[bool]) -> Score:
    """F1 of the positive class of a yes/no question."""
    return found_f1([(int(g and p), int(p), int(g)) for g, p in zip(gold, predicted, strict=True)])["f1"]


def confusion(gold: Sequence[Hashable], predicted: Sequence[Hashable]) -> dict[str, dict[str, int]]:
    """Count predicted labels under each gold label, both in alphabetical order."""
    table: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for a, b in zip(gold, predicted, strict=True):
        table[str(a)][str(b)] += 1
    return {name: dict(sorted(table[name].items())) for name in sorted(table)}
