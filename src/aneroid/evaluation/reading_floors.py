"""Floors: scores below which a change to the reader is refused, with the hash of the corpus they were measured on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from aneroid.evaluation.reading_events import predict_facets, score_facets

HERE = Path(__file__).parent
GOLD = HERE / "gold" / "facets.jsonl"
FLOORS = HERE / "floors.json"


@dataclass(frozen=True, slots=True)
class Floor:
    """One score that must not fall below ``least``."""

    half: str
    score: str
    value: float
    least: float

    @property
    def held(self) -> bool:
        """Whether the score is high enough."""
        return self.value >= self.least


@cache
def gold_half(half: str) -> tuple[dict[str, Any], ...]:
    """Return the records of one half of our own gold: ``develop`` or ``held``."""
    records = (json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line)
    return tuple(record for record in records if record["split"] == half)


def corpus_hash() -> str:
    """Return the SHA-256 of our own gold."""
    return hashlib.sha256(GOLD.read_bytes()).hexdigest()


@cache
def half_scores(half: str) -> dict[str, Any]:
    """Score everything told about the events of one half of our own gold.

    Returns
    -------
    dict
        As :func:`aneroid.evaluation.reading_events.score_facets`. The held half is for scoring alone.
    """
    records = gold_half(half)
    return score_facets(records, predict_facets(records))


def check_floors() -> list[Floor]:
    """Measure every floor of ``floors.json``.

    Returns
    -------
    list of Floor
        Each with the value measured now; one that is not ``held`` is a regression.
    """
    stored = json.loads(FLOORS.read_text(encoding="utf-8"))["reading"]
    return [
        Floor(half, name, _value(half_scores(half), name), least)
        for half, floors in stored["floors"].items()
        for name, least in floors.items()
    ]


def _value(scores: dict[str, Any], name: str) -> float:
    """Look a score up by its dotted name."""
    found: Any = scores
    for part in name.split("."):
        found = found[part]
    return float(found["value"])
