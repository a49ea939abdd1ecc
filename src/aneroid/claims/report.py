"""One row a claim, with what the record answers: the table a fact-checker reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from aneroid.claims.checks import hold_against_record
from aneroid.claims.checks.predictions import answer_of
from aneroid.claims.foreseen import question_of
from aneroid.claims.ledger import outcome_of
from aneroid.record.standings import Wanted, claims, history
from aneroid.record.store import Store
from aneroid.text.model import Claim, Reading

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "claim",
    "date",
    "source",
    "event",
    "target",
    "kind",
    "modality",
    "attributed_to",
    "details",
    "standing",
    "answer",
    "evidence",
    "sentence",
    "sentence_start",
)


def answers(store: Store, reading: Reading) -> pd.DataFrame:
    """Say how each claim of a reading stands: as kept in the store, or held against the record here where it is not kept.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`, one row a claim in order of the text. ``answer`` is the record's phrase, ``evidence`` the rows
        behind it; ``sentence`` is the whole sentence, for use on this machine only.
    """
    import pandas as pd

    text, rows = reading.article.text, []
    for claim in reading.claims:
        start, end = claim.sentence_span
        found = _kept(store, claim) or _asked(store, claim, reading, text[start:end])
        rows.append({**_row(asdict(claim)), **found, "sentence": text[start:end], "sentence_start": start})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _kept(store: Store, claim: Claim) -> dict[str, str] | None:
    steps = history(store, claim.claim_id)
    if not steps:
        return None
    return {"standing": steps[-1].standing, "answer": steps[-1].answer, "evidence": steps[-1].evidence}


def _asked(store: Store, claim: Claim, reading: Reading, sentence: str) -> dict[str, str]:
    published = reading.article.published
    answer = hold_against_record(claim, store, published=published, sentence=sentence)
    if (question := question_of(claim, reading)) is not None:
        answer = answer_of(question, outcome_of(store, question))
    return {"standing": answer.standing.value, "answer": answer.phrase, "evidence": answer.evidence}


def claims_about(store: Store, state: str, years: tuple[int, int]) -> pd.DataFrame:
    """List the claims in the store that concern a state, with their latest standing.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS` and ``title, outlet, published`` of the article, in order of date.
    """
    import pandas as pd

    rows = []
    for kept in claims(store, Wanted(state=state, years=years)).to_dict("records"):
        same = {
            name: kept[name]
            for name in ("standing", "answer", "evidence", "sentence_start", "title", "outlet", "published")
        }
        rows.append({**_row(json.loads(kept["body"])), **same, "sentence": kept["sentence_text"]})
    return pd.DataFrame(rows, columns=[*COLUMNS, "title", "outlet", "published"])


def _row(claim: Mapping[str, Any]) -> dict[str, object]:
    attribution = claim["attribution"]
    return {
        "claim": claim["claim_id"],
        "date": claim["date"],
        "source": _named(claim["source"]),
        "event": claim["event"] or "PREDICTION",
        "target": _named(claim["target"]),
        "kind": claim["kind"],
        "modality": str(claim["modality"]),
        "attributed_to": attribution["source"] if attribution else None,
        "details": _details(claim),
    }


def _details(claim: Mapping[str, Any]) -> str:
    """Put the facets of a claim in one line: who supplies whom with what, for how much, on which condition."""
    parts = []
    if claim["supplier"] or claim["recipient"]:
        mark = " (inferred)" if {"supplier", "recipient"} & set(claim["inferred"]) else ""
        parts.append(f"{claim['supplier'] or '?'} → {claim['recipient'] or '?'}{mark}")
    if claim["weapons"]:
        number = f"{claim['quantity']:g} × " if claim["quantity"] else ""
        parts.append(number + ", ".join(claim["weapons"]))
    if claim["amount"] is not None:
        parts.append(f"{claim['amount']:,.0f} {claim['currency'] or ''}".strip())
    if claim["condition"]:
        parts.append("on condition: " + str(claim["condition"]))
    if claim["prediction"]:
        parts.append("prediction")
    return "; ".join(parts)


def _named(party: Mapping[str, Any] | None) -> str | None:
    if party is None:
        return None
    name = party["state"] or party["actor"] or party["phrase"]
    return f"{name} {party['sector']}" if party["sector"] else name
