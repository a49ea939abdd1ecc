"""The ledger: predictions of articles and forecasts of our own, entered before or with their answers, and never changed.

A question is registered once, with its base rate and our probability as they could be known when it was asked; it is
resolved once, by the rows of the record that its rule names. Both are entries of a chain of hashes (``record/ledger.py``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from aneroid.claims.baserates import rate
from aneroid.claims.questions import Question, question_from
from aneroid.claims.rules import Verdict, judge, source_of, years_of
from aneroid.claims.scoring import score_table
from aneroid.record.ledger import append, entries
from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    *(
        "question",
        "text",
        "asked_on",
        "deadline",
        "status",
        "evidence",
        "resolved",
        "base_rate",
        "probability",
    ),
    *(
        "low",
        "high",
        "stated",
        "hedge",
        "speaker_kind",
        "outlet",
        "origin",
        "source",
        "claim",
        "article",
        "entered",
    ),
    "retrospective",
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a question stands: open, yes, no, or annulled because its condition was not met; with the rows that say so."""

    outcome: str
    rows: tuple[str, ...]


def register(store: Store, question: Question) -> str:
    """Enter a question; one that is there already is left as it is.

    Parameters
    ----------
    store
        A store open for writing.
    question
        Without a probability it is given the base rate of its rule's reference class and our shrunk rate, where there
        are enough cases.

    Returns
    -------
    str
        Its id.
    """
    if (
        store.value("SELECT 1 FROM ledger WHERE kind = 'register' AND question = ?", [question.id])
        is not None
    ):
        return question.id
    full = question if question.probability is not None else _with_rate(store, question)
    body = full.body()
    body["source"] = source_of(question.rule)
    body["retrospective"] = datetime.now(UTC).date() > question.deadline
    append(store, "register", question.id, body)
    return question.id


def _with_rate(store: Store, question: Question) -> Question:
    first, last = years_of(question.asked_on, question.deadline)
    found = rate(question.rule, store, question.asked_on.year, last - first + 1)
    if found is None:
        return question
    return replace(
        question,
        probability=found.probability,
        low=found.low,
        high=found.high,
        base_rate=found.base_rate,
        details={**question.details, "windows": found.windows},
    )


def outcome_of(store: Store, question: Question) -> Resolution:
    """Hold a question against the record; *open* while its condition or its outcome cannot be told, with the rows so far."""
    years = years_of(question.asked_on, question.deadline)
    rows: tuple[str, ...] = ()
    if question.antecedent is not None:
        by = date.fromisoformat(question.antecedent.get("by", question.deadline.isoformat()))
        condition = judge(question.antecedent, store, years_of(question.asked_on, by))
        rows = tuple(f"condition: {row}" for row in condition.rows)
        if condition.outcome is not True:
            return Resolution("open" if condition.outcome is None else "annulled", rows)
        years = (max(years[0], condition.year or years[0]), years[1])
    verdict: Verdict = judge(question.rule, store, years)
    words = {None: "open", True: "yes", False: "no"}
    return Resolution(words[verdict.outcome], (*rows, *verdict.rows))


def resolve(
    store: Store,
    given: Mapping[str, tuple[bool, str]] | None = None,
    *,
    only: Iterable[str] | None = None,
    inside: bool = False,
) -> pd.DataFrame:
    """Resolve every open question that the record, or the caller, can answer by now.

    Parameters
    ----------
    store
        A store open for writing.
    given
        Answers by id of questions whose rule is ``given``, such as our own forecasts: whether it came true, and the evidence.
    only
        Ids to look at; all open ones by default.
    inside
        Whether the caller has begun a transaction.

    Returns
    -------
    pandas.DataFrame
        The questions resolved now, columns as :func:`questions` gives them.
    """
    answers = given or {}
    table = questions(store)
    pending = table[table.status == "open"]
    if only is not None:
        pending = pending[pending.question.isin(set(only))]
    bodies = _bodies(store)
    done: list[str] = []
    with nullcontext() if inside else store.transaction():
        for asked in pending.question:
            question = question_from(bodies[asked])
            if asked in answers:
                came, evidence = answers[asked]
                found = Resolution("yes" if came else "no", (evidence,))
            else:
                found = outcome_of(store, question)
            if found.outcome != "open":
                append(store, "resolve", asked, {"outcome": found.outcome, "rows": list(found.rows)})
                done.append(asked)
    after = questions(store)
    return after[after.question.isin(done)].reset_index(drop=True)


def questions(store: Store) -> pd.DataFrame:
    """List all questions, in order of registration.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`. ``status`` is open, yes, no or annulled; ``evidence`` the rows that resolved it;
        ``probability`` ours; ``retrospective`` tells that it was registered after its deadline,
        from what was public when it was asked.
    """
    import pandas as pd

    registered: dict[str, dict[str, Any]] = {}
    for entry in entries(store).to_dict("records"):
        body = json.loads(entry["body"])
        if entry["kind"] == "register":
            row = {name: body.get(name) for name in COLUMNS if name in body}
            row |= {
                "question": entry["question"],
                "entered": entry["entered"],
                "status": "open",
                "evidence": "",
            }
            row["resolved"] = ""
            registered[entry["question"]] = row
        elif entry["question"] in registered:
            found = {
                "status": body["outcome"],
                "evidence": "; ".join(body["rows"]),
                "resolved": entry["entered"],
            }
            registered[entry["question"]].update(found)
    return pd.DataFrame(list(registered.values()), columns=list(COLUMNS))


def scores(store: Store) -> pd.DataFrame:
    """Score what was resolved: proper scores for quantified predictions, hit rates for the rest.

    Returns
    -------
    pandas.DataFrame
        As :func:`aneroid.claims.scoring.score_table` describes.
    """
    return score_table(questions(store))


def _bodies(store: Store) -> dict[str, dict[str, Any]]:
    table = entries(store)
    table = table[table.kind == "register"]
    return {str(row["question"]): json.loads(row["body"]) for row in table.to_dict("records")}
