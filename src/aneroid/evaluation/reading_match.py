"""Which predicted event stands for which event of the gold: by its two sides first, then by its class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Event = dict[str, Any]

# Older and finer names of the fifteen classes that the relation data are coded in.
MERGED = {
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
    "DEMAND": "REQUEST",
    "FIGHT": "ASSAULT",
    "INVESTIGATE": "ACCUSE",
    "DISAPPROVE": "ACCUSE",
}
# Organisations under the codes of the different layouts, and states under codes that are no ISO 3166 code.
SAME_CODE = {"EEC": "EU", "EUR": "EU", "UN": "UNO", "UNS": "UNO", "JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}


def merged(root: str) -> str:
    """Return the class of a PLOVER name among the fifteen."""
    return MERGED.get(root, root)


def codes(side: object) -> frozenset[str]:
    """Return the codes of one side of an event: a list of codes, or of objects with a ``code``; anything else is empty."""
    if not isinstance(side, list):
        return frozenset()
    found = (entry.get("code") if isinstance(entry, dict) else entry for entry in side)
    return frozenset(SAME_CODE.get(str(code), str(code)) for code in found if code)


def same_dyad(gold: Event, predicted: Event, *, either_way: bool = False) -> bool:
    """Whether both sides name somebody in common; an empty target must be empty in both.

    ``either_way`` accepts source and target exchanged, for acts that both sides do alike.
    """
    a, b = codes(gold.get("source")), codes(gold.get("target"))
    c, d = codes(predicted.get("source")), codes(predicted.get("target"))

    def met(left: frozenset[str], right: frozenset[str]) -> bool:
        return bool(left & right) or (not left and not right)

    return (met(a, c) and met(b, d)) or (either_way and met(a, d) and met(b, c))


def root_of(event: Event) -> str:
    """Return the merged class of an event in either layout."""
    return merged(str(event.get("root") or event.get("event") or ""))


def align(gold: Sequence[Event], predicted: Sequence[Event]) -> list[tuple[int, int]]:
    """Pair events with the same dyad, those of one class first; each event is in one pair at most.

    Returns
    -------
    list of (int, int)
        Positions in ``gold`` and ``predicted``.
    """
    options = sorted(
        (root_of(g) != root_of(p), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if same_dyad(g, p, either_way=bool(g.get("reciprocal")))
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in options:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs
