"""Take an article's claims into the store: each is kept, linked to its event, and held against the record."""

from __future__ import annotations

import hashlib
import json

from aneroid.claims.standing import hold_against_record
from aneroid.record.articles import has_article, link_event, save_reading, save_standing
from aneroid.record.store import Store
from aneroid.text.model import Claim, Reading


def take_in(store: Store, reading: Reading, raw: bytes, *, media_type: str, origin: str, reader: str) -> bool:
    """Keep a reading with the standing of each of its claims, in one transaction.

    Parameters
    ----------
    store
        A store open for writing.
    reading
        What :func:`aneroid.text.read_article` returned.
    raw, media_type, origin
        The file as it came and where from.
    reader
        Version of the reader.

    Returns
    -------
    bool
        False if the same text had been coded by the same reader before: nothing was changed then.
    """
    if has_article(store, reading.article.article_id, reader):
        return False
    with store.transaction():
        save_reading(store, reading, raw, media_type=media_type, origin=origin, reader=reader)
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
    if None in states or claim.date is None:
        return None
    key = json.dumps([*states, claim.event, claim.kind, claim.date, claim.weapons])
    return hashlib.sha256(key.encode()).hexdigest()[:16]
