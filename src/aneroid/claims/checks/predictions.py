"""Predictions: what became of the question that the ledger keeps for them."""

from __future__ import annotations

from aneroid.claims.history import Answer, Standing
from aneroid.claims.ledger import Resolution, outcome_of
from aneroid.claims.questions import Question, question_from
from aneroid.record.ledger import question_about
from aneroid.record.store import Store
from aneroid.text.model import Claim

_ENDED = {
    "yes": (Standing.CONFIRMED, "came true"),
    "no": (Standing.CONTRADICTED, "did not come true"),
    "annulled": (Standing.UNRESOLVED, "condition not met"),
    "open": (Standing.UNRESOLVED, "not yet resolvable"),
}


def foretold(claim: Claim, store: Store) -> Answer:
    """Answer with the resolution of the claim's question, or with what it waits for."""
    found = question_about(store, claim.claim_id)
    if found is None:
        return Answer(
            Standing.UNRESOLVED,
            "not yet resolvable",
            "a prediction that the ledger has no question for: without a date, or of an outcome that no source records",
        )
    asked, resolved = found
    question = question_from(asked)
    if resolved is None:
        return answer_of(question, outcome_of(store, question))
    return answer_of(question, Resolution(str(resolved["outcome"]), tuple(map(str, resolved["rows"]))))


def answer_of(question: Question, found: Resolution) -> Answer:
    """Put a resolution in the words of an answer."""
    standing, phrase = _ENDED[found.outcome]
    rows = "; ".join(found.rows)
    return Answer(
        standing, phrase, f"question {question.id}: {question.text} {rows}", question.deadline.isoformat()
    )
