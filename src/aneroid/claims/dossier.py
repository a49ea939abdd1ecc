"""Everything known of one claim."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from aneroid.claims.history import voice
from aneroid.claims.restore import claim_of
from aneroid.errors import InputError
from aneroid.record.events import told_alike
from aneroid.record.standings import Wanted, claims, history
from aneroid.record.store import Store
from aneroid.sources.outlets import find_outlet
from aneroid.text.model import Party
from aneroid.text.render import short_quote


def dossier(store: Store, claim_id: str, *, as_of: date | None = None) -> dict[str, Any]:
    """Collect what is known of one claim.

    Parameters
    ----------
    store
        The store.
    claim_id
        Its id or the first digits of it.
    as_of
        As things stood on this day.

    Returns
    -------
    dict
        ``headline``; ``facts`` by name, with why each actor was matched and which others were weighed; ``history``, one dict a
        step; ``tellings``, every claim about the same event with outlet and owner.

    Raises
    ------
    InputError
        No claim or more than one begins so, or it was not known on that day.
    """
    table = claims(store, Wanted(claim=claim_id), as_of=as_of)
    if len(table) != 1:
        what = "No claim" if table.empty else f"{len(table)} claims"
        raise InputError(
            f"{what} in this store with an id that begins with {claim_id}; `aneroid claims` lists them."
        )
    row = table.iloc[0]
    claim = claim_of(json.loads(row.body))
    day = None if as_of is None else as_of.isoformat()
    steps = [step for step in history(store, claim.claim_id) if day is None or step.known_on <= day]
    said = claim.attribution
    facts = {
        "claim": claim.claim_id,
        "article": f"{row.title} ({row.outlet or 'unknown outlet'}, {row.published or 'no date'}), {claim.article_id}",
        "words": short_quote(row.sentence_text, (0, len(row.sentence_text)), ()),
        "modality": claim.modality.value,
        "said by": said.source or "unnamed" if said else "the article itself",
        "date": claim.date,
        "weapons": ", ".join(claim.weapons),
        "supplier and recipient": f"{claim.supplier} → {claim.recipient}" if claim.supplier else "",
        "inferred": ", ".join(claim.inferred),
        "foreseen": claim.outcome,
        "condition": claim.condition,
        "source matched": _why(claim.source),
        "target matched": _why(claim.target),
        "coded by": f"rule {claim.rule}"
        + (f", confidence {claim.confidence:.2f}" if claim.confidence else ""),
    }
    return {
        "headline": f"{_name(claim.source)} → {_name(claim.target)}: {claim.event or 'PREDICTION'} ({claim.kind or 'no kind'})",
        "facts": {name: value for name, value in facts.items() if value},
        "history": [
            {"known_on": s.known_on, "standing": s.standing, "answer": s.answer, "evidence": s.evidence}
            for s in steps
        ],
        "tellings": _tellings(store, claim.claim_id, day),
    }


def _tellings(store: Store, claim_id: str, day: str | None) -> list[dict[str, str]]:
    rows = []
    for row in told_alike(store, [claim_id]).to_dict("records"):
        if day is not None and row["known_on"] > day:
            continue
        claim = claim_of(json.loads(row["body"]))
        owner = voice(row["outlet"] or "", row["url"] or "", claim.attribution)
        profile = find_outlet(row["outlet"] or "", row["url"] or "")
        rows.append(
            {
                "known_on": row["known_on"],
                "claim": row["claim"],
                "outlet": row["outlet"] or "unknown outlet",
                "owner": f"voice of {owner or 'an unknown owner'}"
                + (f" ({profile.owner})" if profile else ""),
                "modality": row["modality"],
                "repeats": ""
                if row["cluster"] == row["article"]
                else f"nearly repeats article {row['cluster']}",
            }
        )
    return rows


def _why(party: Party | None) -> str:
    return "" if party is None else f"“{party.phrase}”: {party.why}"


def _name(party: Party | None) -> str:
    if party is None:
        return "?"
    name = party.state or party.actor or f"“{party.phrase}”"
    return f"{name} {party.sector}" if party.sector else name
