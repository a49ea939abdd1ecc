"""One row a claim, with what the record answers: the table a fact-checker reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.claims.standing import hold_against_record
from aneroid.record.store import Store
from aneroid.text.model import Claim, Party, Reading

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
)


def answers(store: Store, reading: Reading) -> pd.DataFrame:
    """Hold every claim of a reading against the record, without keeping anything.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COLUMNS`, one row a claim in order of the text. ``answer`` is the record's phrase, ``evidence`` the rows
        behind it; ``sentence`` is the whole sentence, for use on this machine only.
    """
    import pandas as pd

    text = reading.article.text
    rows = []
    for claim in reading.claims:
        answer = hold_against_record(claim, store)
        start, end = claim.sentence_span
        rows.append(
            {
                "claim": claim.claim_id,
                "date": claim.date,
                "source": _named(claim.source),
                "event": claim.event,
                "target": _named(claim.target),
                "kind": claim.kind,
                "modality": claim.modality.value,
                "attributed_to": claim.attribution.source if claim.attribution else None,
                "details": details(claim),
                "standing": answer.standing.value,
                "answer": answer.phrase,
                "evidence": answer.evidence,
                "sentence": text[start:end],
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def details(claim: Claim) -> str:
    """Put the facets of a claim in one line: who supplies whom with what, for how much, on which condition."""
    parts = []
    if claim.supplier or claim.recipient:
        mark = " (inferred)" if {"supplier", "recipient"} & set(claim.inferred) else ""
        parts.append(f"{claim.supplier or '?'} → {claim.recipient or '?'}{mark}")
    if claim.weapons:
        number = f"{claim.quantity:g} × " if claim.quantity else ""
        parts.append(number + ", ".join(claim.weapons))
    if claim.amount is not None:
        parts.append(f"{claim.amount:,.0f} {claim.currency or ''}".strip())
    if claim.condition:
        parts.append(f"if {claim.condition}")
    if claim.prediction:
        parts.append("prediction")
    return "; ".join(parts)


def _named(party: Party | None) -> str | None:
    if party is None:
        return None
    name = party.state or party.actor or party.phrase
    return f"{name} {party.sector}" if party.sector else name
