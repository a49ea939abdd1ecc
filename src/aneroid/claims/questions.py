"""A question of the ledger: what is asked, until when, and what would answer it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    ``rule`` and ``antecedent`` are data as :mod:`aneroid.claims.rules` describes them. An antecedent may have a date
    ``by`` which it has to come true; a question whose antecedent did not is annulled. ``probability`` is ours, stated when
    it is registered; where it is None and the rule has a reference class, registration computes one. ``stated`` is the
    published range of the speaker's own hedge word.
    """

    text: str
    asked_on: date
    deadline: date
    rule: Mapping[str, Any]
    antecedent: Mapping[str, Any] | None = None
    origin: str = "forecast"  # or article
    speaker_kind: str = "Aneroid"
    outlet: str = ""
    claim: str = ""
    article: str = ""
    hedge: str = ""
    stated: tuple[float, float] | None = None
    probability: float | None = None
    low: float | None = None
    high: float | None = None
    base_rate: float | None = None
    details: Mapping[str, Any] = field(default_factory=dict)  # whatever a forecast wants kept with it

    @property
    def id(self) -> str:
        """First twelve hex digits of the hash of what is asked."""
        asked = [
            self.text,
            self.asked_on.isoformat(),
            self.deadline.isoformat(),
            dict(self.rule),
            None if self.antecedent is None else dict(self.antecedent),
            self.origin,
            self.claim,
        ]
        return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:12]

    def body(self) -> dict[str, Any]:
        """The question as it is entered in the ledger."""
        return {
            "text": self.text,
            "asked_on": self.asked_on.isoformat(),
            "deadline": self.deadline.isoformat(),
            "rule": dict(self.rule),
            "antecedent": None if self.antecedent is None else dict(self.antecedent),
            "origin": self.origin,
            "speaker_kind": self.speaker_kind,
            "outlet": self.outlet,
            "claim": self.claim,
            "article": self.article,
            "hedge": self.hedge,
            "stated": None if self.stated is None else list(self.stated),
            "probability": self.probability,
            "low": self.low,
            "high": self.high,
            "base_rate": self.base_rate,
            "details": dict(self.details),
        }


def question_from(body: Mapping[str, Any]) -> Question:
    """Build a question from its entry; the inverse of :meth:`Question.body`."""
    names = (
        *("text", "rule", "antecedent", "origin", "speaker_kind", "outlet", "claim", "article", "hedge"),
        *("probability", "low", "high", "base_rate", "details"),
    )
    stated = body["stated"]
    return Question(
        **{name: body[name] for name in names},
        asked_on=date.fromisoformat(body["asked_on"]),
        deadline=date.fromisoformat(body["deadline"]),
        stated=None if stated is None else (stated[0], stated[1]),
    )
