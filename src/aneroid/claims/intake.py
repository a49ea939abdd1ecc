"""Take an article's claims into the store: each is kept, filed under its event, and held against the record."""

from __future__ import annotations

import json
from datetime import date
from importlib.metadata import version

from aneroid.claims.checks import hold_against_record
from aneroid.claims.foreseen import question_of
from aneroid.claims.history import Telling, build_history, voice
from aneroid.claims.ledger import register, resolve
from aneroid.claims.repeats import mark_article
from aneroid.claims.restore import claim_of
from aneroid.claims.topics import file_claim
from aneroid.record.articles import has_article, save_reading
from aneroid.record.events import told_alike
from aneroid.record.standings import save_history
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
        False if this release of the reader had read the same text before: nothing was changed then. Claims of other articles
        about the same events may change their standing.
    """
    article = reading.article
    if has_article(store, article.article_id, READER):
        return False
    with store.transaction():
        copy_of = mark_article(store, article.article_id, article.text)
        save_reading(store, reading, document, reader=READER, copy_of=copy_of)
        if not reading.claims:
            return True
        for claim in reading.claims:
            file_claim(store, claim, article.published)
        register_predictions(store, reading)
        sentences = {c.claim_id: article.text[slice(*c.sentence_span)] for c in reading.claims}
        _judge(store, reading.claims, article.published, sentences)
    return True


def register_predictions(store: Store, reading: Reading) -> None:
    """Enter the predictions of an article in the ledger, and resolve those that the record can answer already."""
    asked = [question_of(claim, reading) for claim in reading.claims if claim.prediction]
    entered = [register(store, question) for question in asked if question is not None]
    if entered:
        resolve(store, only=entered, inside=True)


def _judge(
    store: Store, claims: tuple[Claim, ...], published: date | None, sentences: dict[str, str]
) -> None:
    """Write the history of new claims, and again that of older claims about the same events."""
    table = told_alike(store, [claim.claim_id for claim in claims])
    tellings: dict[str, list[Telling]] = {}
    older: dict[str, tuple[Claim, date | None]] = {}
    for row in table.to_dict("records"):
        claim = claim_of(json.loads(row["body"]))
        owner = voice(row["outlet"] or "", row["url"] or "", claim.attribution)
        telling = Telling(
            claim.claim_id, row["cluster"], owner, row["outlet"] or "", row["known_on"], claim.modality
        )
        tellings.setdefault(row["event_id"], []).append(telling)
        if claim.claim_id not in sentences:
            known = date.fromisoformat(row["published"]) if isinstance(row["published"], str) else None
            older[claim.claim_id] = (claim, known)
    group = {telling.claim: together for together in tellings.values() for telling in together}
    for claim in claims:
        answer = hold_against_record(claim, store, published=published, sentence=sentences[claim.claim_id])
        own = _own(claim, group.get(claim.claim_id), published)
        save_history(store, claim.claim_id, build_history(own, group.get(claim.claim_id, [own]), answer))
    _judge_again(store, older, group)


def _judge_again(
    store: Store, older: dict[str, tuple[Claim, date | None]], group: dict[str, list[Telling]]
) -> None:
    from aneroid.record.standings import Wanted
    from aneroid.record.standings import claims as kept_claims

    for claim_id, (claim, published) in older.items():
        sentence = str(kept_claims(store, Wanted(claim=claim_id)).sentence_text[0])
        answer = hold_against_record(claim, store, published=published, sentence=sentence)
        own = next(telling for telling in group[claim_id] if telling.claim == claim_id)
        save_history(store, claim_id, build_history(own, group[claim_id], answer))


def _own(claim: Claim, together: list[Telling] | None, published: date | None) -> Telling:
    """The claim's own telling; one that could not be filed under an event stands alone."""
    for telling in together or []:
        if telling.claim == claim.claim_id:
            return telling
    day = (published or date.today()).isoformat()
    return Telling(claim.claim_id, claim.article_id, "", "", day, claim.modality, claim.prediction)
