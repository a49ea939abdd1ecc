"""Take an article's claims into the store: each is kept, linked to its event, and held against the record."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version

from aneroid.claims.standing import hold_against_record
from aneroid.record.articles import has_article, link_event, save_reading, save_standing
from aneroid.record.store import Store
from aneroid.text.documents import Document
from aneroid.text.model import Claim, Reading

READER = version("aneroid")
"""Release of the reader: a later one codes the same text again."""


def take_in(store: Store, reading: Reading, document: Document) -> bool:
    """Keep a reading with the standing of each of its claims, in one transaction.

    Parameters
    ----------
    store
        A store open for writing.
    reading
        What :func:`aneroid.text.read_article` returned.
    document
        What it was read from; its bytes are kept unchanged.

    Returns
    -------
    bool
        False if this release of the reader had read the same text before: nothing was changed then.
    """
    if has_article(store, reading.article.article_id, READER):
        return False
    with store.transaction():
        save_reading(store, reading, document, reader=READER)
        for claim in reading.claims:
            answer = hold_against_record(claim, store)
            save_standing(
                store,
                claim.claim_id,
                standing=answer.standing.value,
                answer=answer.phrase,
                evidence=answer.evidence,
            )
            if (event := event_id(claim)) is not None:
                link_event(store, event, claim)
    return True


def event_id(claim: Claim) -> str | None:
    """Name the event a claim is about; None where source, target or date is unknown.

    Claims with the same directed dyad, event, kind and date, as precise as the text gives it, are taken to be about one event.
    """
    states = [party.state if party else None for party in (claim.source, claim.target)]
    if None in states or claim.date is None or not claim.event:
        return None
    key = json.dumps([*states, claim.event, claim.kind, claim.date, claim.weapons])
    return hashlib.sha256(key.encode()).hexdigest()[:16]
