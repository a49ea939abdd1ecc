"""Articles and the claims in them: kept, listed, opened."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aneroid.record.raw import keep_raw
from aneroid.record.store import Store
from aneroid.text.documents import Document
from aneroid.text.model import Article, Claim, Party, Reading

if TYPE_CHECKING:
    import pandas as pd


def has_article(store: Store, article_id: str, reader: str) -> bool:
    """Tell whether this text was already coded by this release of the reader."""
    return (
        store.value("SELECT 1 FROM articles WHERE article = ? AND reader = ?", [article_id, reader])
        is not None
    )


def save_reading(store: Store, reading: Reading, document: Document, *, reader: str) -> None:
    """Keep an article, its raw bytes and its claims; claims of an earlier coding of the same text are replaced.

    Parameters
    ----------
    store
        A store open for writing, inside a transaction.
    reading
        What :func:`aneroid.text.read_article` returned.
    document
        What it was read from.
    reader
        Release of the reader.
    """
    import pandas as pd

    media_type = document.media_type or "text/plain"
    sha256 = keep_raw(store, document.raw, media_type=media_type, origin=document.name)
    article = reading.article
    _forget_claims(store, article.article_id)
    row = _article_row(article, reading.notes, sha256, reader)
    store.insert("articles", pd.DataFrame([row]), existing="replace")
    if reading.claims:
        rows = [_claim_row(claim) for claim in reading.claims]
        store.insert("claims", pd.DataFrame(rows), existing="replace")


def articles(store: Store) -> pd.DataFrame:
    """List the articles without their text: ``article, sha256, title, outlet, url, language, published, reader, claims``."""
    return store.frame(
        "SELECT a.article, sha256, title, outlet, url, language, published, reader, count(c.claim) AS claims "
        "FROM articles a LEFT JOIN claims c USING (article) GROUP BY ALL ORDER BY published, article"
    )


def claims(store: Store, *, state: str | None = None, years: tuple[int, int] | None = None) -> pd.DataFrame:
    """List claims with their latest standing.

    Parameters
    ----------
    store
        The store.
    state
        Keep claims in which this state acts, is acted on, supplies or receives.
    years
        Keep claims about events dated within these years, both included; undated claims are left out.

    Returns
    -------
    pandas.DataFrame
        One row a claim: the columns of table ``claims`` plus ``title, outlet, url, published, sentence_text, standing, answer,
        evidence, since``. ``standing`` says how far others bear the claim out; it is never a fact by itself.
    """
    where, parameters = ["true"], list[object]()
    if state is not None:
        where.append("? IN (c.source, c.target, c.supplier, c.recipient)")
        parameters.append(state)
    if years is not None:
        where.append("CAST(left(c.date, 4) AS INTEGER) BETWEEN ? AND ?")
        parameters.extend(years)
    return store.frame(
        "SELECT c.*, a.title, a.outlet, a.url, a.published, "
        "substring(a.text, c.sentence_start + 1, c.sentence_end - c.sentence_start) AS sentence_text, "
        "s.standing, s.answer, s.evidence, s.since "
        "FROM claims c JOIN articles a USING (article) "
        "LEFT JOIN (SELECT * FROM claim_status QUALIFY row_number() OVER (PARTITION BY claim ORDER BY since DESC) = 1) s "
        f"USING (claim) WHERE {' AND '.join(where)} ORDER BY c.date NULLS LAST, c.article, c.sentence, c.claim",
        parameters,
    )


def save_standing(store: Store, claim_id: str, *, standing: str, answer: str, evidence: str) -> None:
    """Append to a claim's status history if its standing or the record's answer changed."""
    last = store.frame(
        "SELECT standing, answer, evidence FROM claim_status WHERE claim = ? ORDER BY since DESC LIMIT 1",
        [claim_id],
    )
    if len(last) and tuple(last.iloc[0]) == (standing, answer, evidence):
        return
    since = datetime.now(UTC).replace(tzinfo=None)
    store.execute(
        "INSERT INTO claim_status (claim, standing, answer, evidence, since) VALUES (?, ?, ?, ?, ?)",
        [claim_id, standing, answer, evidence, since],
    )


def link_event(store: Store, event_id: str, claim: Claim) -> None:
    """Say that a claim reports an event; the event is made if it is new."""
    source, target = _state(claim.source), _state(claim.target)
    store.execute(
        "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            event_id,
            source,
            target,
            claim.event,
            claim.cameo_root,
            claim.quad,
            claim.date,
            claim.date_precision.value,
        ],
    )
    store.execute("INSERT OR IGNORE INTO event_claims VALUES (?, ?)", [event_id, claim.claim_id])


def _forget_claims(store: Store, article_id: str) -> None:
    mine = "(SELECT claim FROM claims WHERE article = ?)"
    for table in ("claim_status", "event_claims", "claims"):
        store.execute(f"DELETE FROM {table} WHERE claim IN {mine}", [article_id])
    store.execute("DELETE FROM events WHERE event_id NOT IN (SELECT event_id FROM event_claims)")


def _state(party: Party | None) -> str | None:
    return None if party is None else party.state


def _article_row(article: Article, notes: tuple[str, ...], sha256: str, reader: str) -> dict[str, object]:
    return {
        "article": article.article_id,
        "sha256": sha256,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "author": article.author,
        "language": article.language,
        "published": None if article.published is None else article.published.isoformat(),
        "published_precision": article.published_precision.value,
        "retrieved": article.retrieved or datetime.now(UTC).replace(tzinfo=None),
        "text": article.text,
        "notes": "\n".join(notes),
        "reader": reader,
    }


def _claim_row(claim: Claim) -> dict[str, object]:
    source, target = claim.source, claim.target
    return {
        "claim": claim.claim_id,
        "article": claim.article_id,
        "sentence": claim.sentence,
        "sentence_start": claim.sentence_span[0],
        "sentence_end": claim.sentence_span[1],
        "source": _state(source),
        "source_phrase": None if source is None else source.phrase,
        "source_sector": None if source is None else source.sector,
        "target": _state(target),
        "target_phrase": None if target is None else target.phrase,
        "target_sector": None if target is None else target.sector,
        "event": claim.event,
        "cameo_root": claim.cameo_root,
        "quad": claim.quad,
        "kind": claim.kind,
        "modality": claim.modality.value,
        "attributed_to": None if claim.attribution is None else claim.attribution.source,
        "date": claim.date,
        "date_precision": claim.date_precision.value,
        "amount": claim.amount,
        "currency": claim.currency,
        "weapons": "; ".join(claim.weapons) or None,
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "prediction": claim.prediction,
        "body": json.dumps(asdict(claim), ensure_ascii=False, sort_keys=True),
    }
