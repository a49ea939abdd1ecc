"""How far two coders of one corpus of political events agree: events found, and each field of the events both found.

Events of an item are paired so that the overlap of their source, target and root is largest; fields are then compared
pair by pair. Kappa is Cohen's: (p_o - p_e) / (1 - p_e), with p_o the share of equal codes and p_e the share expected if
each coder drew codes at his own rates. Intervals resample items, as events of one text are not independent.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from numpy.typing import NDArray

from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

GOLD = Path(__file__).parent / "gold"
CATEGORICAL = ("root", "modality", "attributed", "kind", "reciprocal", "prediction")
EXACT = ("date", "value", "currency", "quantity")
WORDED = (
    "source", "target", "said_by", "cue", "through", "weapon", "supplier", "recipient", "location", "condition",
)  # fmt: skip
ENOUGH = 0.5
"""Least overlap of a pair: the same states with another root pass, so do the same act with source and target exchanged."""
TAILS = (0.05, 0.95)

Weights = NDArray[np.float64]
Estimate = tuple[float, float, float]


class Event(TypedDict, total=False):
    """The keys that pairing reads; other keys of the codebook are looked up by name."""

    source: list[str]
    target: list[str]
    root: str
    reciprocal: bool


class Record(TypedDict):
    """One item of either coder."""

    id: str
    events: list[Event]


@dataclass(frozen=True, slots=True)
class Pair:
    """One event as coded by both; the second is turned round where the act is mutual and the order differs."""

    item: int
    first: Event
    second: Event


def pair_events(first: Sequence[Event], second: Sequence[Event], *, item: int = 0) -> list[Pair]:
    """Pair the events of one item.

    Parameters
    ----------
    first, second
        The events as coded by either.
    item
        A number that the pairs carry, to tell items apart.

    Returns
    -------
    list of Pair
        The pairs of largest total overlap; events without a counterpart that overlaps by at least a half are in no pair.
    """
    from scipy.optimize import linear_sum_assignment

    if not first or not second:
        return []
    turned = [[_turned(a, b) for b in second] for a in first]
    score = np.array([[_overlap(a, b) for b in row] for a, row in zip(first, turned, strict=True)])
    # The small addition prefers more pairs where totals tie, so that the count is the same whoever is first.
    rows, columns = linear_sum_assignment(np.where(score >= ENOUGH, -score - 1e-6, 0))
    return [
        Pair(item, first[i], turned[i][j])
        for i, j in zip(rows, columns, strict=True)
        if score[i, j] >= ENOUGH
    ]


def agreement(
    first: Sequence[Record], second: Sequence[Record], *, draws: int = 400, seed: int = 0
) -> pd.DataFrame:
    """Compare two codings of the same items.

    Parameters
    ----------
    first, second
        Records with the same ids, in any order.
    draws, seed
        Bootstrap samples of items for the intervals, and their seed.

    Returns
    -------
    pandas.DataFrame
        ``field, n, agreement, agreement_low, agreement_high, kappa, kappa_low, kappa_high, overlap``, bounds of 90 %
        intervals. For the two rows on events ``agreement`` is F1 (alike whichever coder is called right) and ``n`` the
        number of distinct events. Otherwise it is the share of equal codes among ``n`` cases: all pairs for closed
        sets, with "absent" as a code; for other fields, pairs in which either coder filled the field. ``overlap`` is the
        mean Jaccard index of the words or states in these. Kappa is null where the field is open, or where both
        coders used one and the same code throughout.

    Raises
    ------
    InputError
        If the ids of the two codings differ.

    References
    ----------
    Cohen (1960), https://doi.org/10.1177/001316446002000104.
    """
    import pandas as pd

    one, two = _aligned(first, second)
    pairs = _pairs(one, two)
    rng = np.random.default_rng(seed)
    weights = np.vstack([np.ones(len(one)), rng.multinomial(len(one), [1 / len(one)] * len(one), size=draws)])
    here = [[str(bool(r["events"])) for r in records] for records in (one, two)]
    rows = [_closed("item has an event", weights, here[0], here[1])]
    rows += _event_rows(one, two, pairs, weights)
    of_pair = weights[:, [p.item for p in pairs]]
    for field in CATEGORICAL:
        codes = [[_code(e, field) for e in side] for side in _sides(pairs)]
        rows.append(_closed(field, of_pair, codes[0], codes[1]))
    rows += [_open(field, pairs, weights) for field in (*WORDED, *EXACT)]
    return pd.DataFrame(rows)


def disagreements(first: Sequence[Record], second: Sequence[Record], field: str) -> pd.DataFrame:
    """Count which codes of a closed set one coder gave where the other gave another.

    Parameters
    ----------
    first, second
        Records with the same ids.
    field
        One of `CATEGORICAL`.

    Returns
    -------
    pandas.DataFrame
        ``field, first, second, n``, most frequent first.
    """
    import pandas as pd

    codes = [(_code(p.first, field), _code(p.second, field)) for p in _pairs(*_aligned(first, second))]
    counts = Counter(pair for pair in codes if pair[0] != pair[1])
    rows = [(field, a, b, n) for (a, b), n in counts.most_common()]
    return pd.DataFrame(rows, columns=["field", "first", "second", "n"])


def read_coding(path: Path) -> list[Record]:
    """Read the records of one coder from a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _aligned(first: Sequence[Record], second: Sequence[Record]) -> tuple[Sequence[Record], Sequence[Record]]:
    by_id = {record["id"]: record for record in second}
    if odd := {record["id"] for record in first} ^ set(by_id):
        raise InputError(
            f"{len(odd)} items are coded once, such as {min(odd)}; both codings must hold the same ids, so code or drop them."
        )
    return first, [by_id[record["id"]] for record in first]


def _pairs(first: Sequence[Record], second: Sequence[Record]) -> list[Pair]:
    return [
        pair
        for item, (a, b) in enumerate(zip(first, second, strict=True))
        for pair in pair_events(a["events"], b["events"], item=item)
    ]


def _sides(pairs: Sequence[Pair]) -> tuple[list[Event], list[Event]]:
    return [p.first for p in pairs], [p.second for p in pairs]


def _jaccard(a: set[str], b: set[str]) -> float:
    return len(a & b) / len(a | b) if a | b else 1.0


def _parties(event: Event) -> tuple[set[str], set[str]]:
    return set(event["source"]), set(event["target"])


def _overlap(a: Event, b: Event) -> float:
    """Mean of four: overlap of sources, of targets, of all states whatever their part, and equality of roots."""
    (s, t), (u, v) = _parties(a), _parties(b)
    return (_jaccard(s, u) + _jaccard(t, v) + _jaccard(s | t, u | v) + (a["root"] == b["root"])) / 4


def _turned(a: Event, b: Event) -> Event:
    """Return b, source and target exchanged where either coder calls the act mutual and that fits a better."""
    if not (a.get("reciprocal") or b.get("reciprocal")):
        return b
    swapped = b.copy()
    swapped["source"], swapped["target"] = b["target"], b["source"]
    return swapped if _overlap(a, swapped) > _overlap(a, b) else b


def _code(event: Event, field: str) -> str:
    value = event.get(field)
    return "absent" if value is None else str(value)


def _estimate(draws: Weights) -> Estimate:
    """Split the value for all items, in front, from its resampled values, and return it with its interval."""
    resampled = draws[1:][np.isfinite(draws[1:])]
    low, high = np.quantile(resampled, TAILS) if len(resampled) else (np.nan, np.nan)
    return float(draws[0]), float(low), float(high)


def _row(
    field: str, n: int, share: Estimate, kappa: Estimate | None = None, overlap: float | None = None
) -> dict[str, object]:
    names = [f"{name}{bound}" for name in ("agreement", "kappa") for bound in ("", "_low", "_high")]
    return {
        "field": field,
        "n": n,
        **dict(zip(names, (*share, *(kappa or (None,) * 3)), strict=True)),
        "overlap": overlap,
    }


def _closed(field: str, weights: Weights, first: Sequence[str], second: Sequence[str]) -> dict[str, object]:
    """Compare codes of a closed set; weights have a row for each sample and a column for each case."""
    codes = sorted({*first, *second})
    chosen = [
        (np.array(side, dtype=str)[:, None] == np.array(codes, dtype=str)).astype(float)
        for side in (first, second)
    ]
    total = weights.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        observed = weights @ (chosen[0] * chosen[1]).sum(axis=1) / total
        expected = ((weights @ chosen[0]) * (weights @ chosen[1])).sum(axis=1) / total**2
        kappa = (observed - expected) / (1 - expected)
    return _row(field, len(first), _estimate(observed), _estimate(kappa))


def _event_rows(
    first: Sequence[Record], second: Sequence[Record], pairs: Sequence[Pair], weights: Weights
) -> list[dict[str, object]]:
    """Compute F1 of events found by both, for any pair and for pairs equal in source, target and root."""
    coded = np.array([len(a["events"]) + len(b["events"]) for a, b in zip(first, second, strict=True)])
    rows = []
    for field, strict in (("event", False), ("event: source, target, root equal", True)):
        shared = np.zeros(len(first))
        for pair in pairs:
            a, b = pair.first, pair.second
            shared[pair.item] += not strict or (_parties(a) == _parties(b) and a["root"] == b["root"])
        with np.errstate(invalid="ignore"):
            f1 = 2 * (weights @ shared) / (weights @ coded)
        rows.append(_row(field, int(coded.sum() - shared.sum()), _estimate(f1)))
    return rows


def _open(field: str, pairs: Sequence[Pair], weights: Weights) -> dict[str, object]:
    """Compare a field of states, words, dates or numbers where either coder filled it."""
    filled = [p for p in pairs if p.first.get(field) or p.second.get(field)]
    same = np.array(
        [_comparable(p.first, field) == _comparable(p.second, field) for p in filled], dtype=float
    )
    of_case = weights[:, [p.item for p in filled]]
    with np.errstate(invalid="ignore"):
        share = of_case @ same / of_case.sum(axis=1)
    words = [_jaccard(_words(p.first.get(field)), _words(p.second.get(field))) for p in filled]
    overlap = float(np.mean(words)) if words and field in WORDED else None
    return _row(field, len(filled), _estimate(share), overlap=overlap)


def _comparable(event: Event, field: str) -> object:
    """Return the value, order and capitals left aside: lists are sets, phrases may begin a sentence."""
    value = event.get(field)
    if isinstance(value, list):
        return {str(part).casefold() for part in value} or None
    return json.dumps(value, sort_keys=True).casefold() if isinstance(value, (str, dict)) else value


def _words(value: object) -> set[str]:
    if isinstance(value, dict):
        value = list(value.values())
    parts = value if isinstance(value, list) else [] if value is None else [value]
    return {word.casefold() for part in parts for word in str(part).split()}


def main() -> None:
    """Print the agreement of the two codings of the gold corpus, and the commonest differences."""
    first, second = read_coding(GOLD / "facets.jsonl"), read_coding(GOLD / "second.jsonl")
    print(agreement(first, second).round(3).to_string(index=False, na_rep=""))
    for field in ("root", "modality", "kind"):
        print()
        print(disagreements(first, second, field).head(8).to_string(index=False))


if __name__ == "__main__":
    main()
