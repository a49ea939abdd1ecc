"""Articles and the claims in them: kept, listed, opened."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.record.raw import keep_raw
from aneroid.record.store import Store
from aneroid.text.documents import Document
from aneroid.text.model import Claim, Party, Reading

if TYPE_CHECKING:
    import pandas as pd


def has_article(store: Store, article_id: str, reader: str) -> bool:
    """Tell whether this text was already coded by this release of the reader."""
    return (
        store.value("SELECT 1 FROM articles WHERE article = ? AND reader = ?", [article_id, reader])
        is not None
    )


def known_file(store: Store, sha256: str, reader: str) -> str | None:
    """Return the article that this release of the reader coded from the same bytes, or None."""
    found = store.value("SELECT article FROM articles WHERE sha256 = ? AND reader = ?", [sha256, reader])
    return None if found is None else str(found)


def copy_of(store: Store, article: str) -> str | None:
    """Return the kept article that this one nearly repeats, or None."""
    found = store.value("SELECT copy_of FROM articles WHERE article = ?", [article])
    return None if found is None else str(found)


def article_row(store: Store, article: str) -> dict[str, object]:
    """Return one kept article with its text and the claims in it: all columns, and ``bodies``, a list of JSON texts.

    Raises
    ------
    InputError
        There is no such article.
    """
    rows = store.frame("SELECT * FROM articles WHERE article = ?", [article]).to_dict("records")
    if not rows:
        raise InputError(
            f"There is no article {article} in this store; `aneroid claims articles` lists them."
        )
    bodies = store.frame(
        "SELECT body FROM claims WHERE article = ? ORDER BY sentence, sentence_start, claim", [article]
    )
    return {**{str(name): value for name, value in rows[0].items()}, "bodies": bodies.body.tolist()}


def save_reading(
    store: Store, reading: Reading, document: Document, *, reader: str, copy_of: str | None = None
) -> None:
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
    copy_of
        The kept article that this one nearly repeats.
    """
    import pandas as pd

    media_type = document.media_type or "text/plain"
    sha256 = keep_raw(store, document.raw, media_type=media_type, origin=document.name)
    article = reading.article
    if store.value("SELECT 1 FROM articles WHERE article = ?", [article.article_id]) is not None:
        _forget_claims(store, article.article_id)
    row = _article_row(reading, sha256, reader, copy_of)
    store.insert("articles", pd.DataFrame([row]), existing="replace")
    if reading.claims:
        rows = [_claim_row(claim) for claim in reading.claims]
        store.insert("claims", pd.DataFrame(rows), existing="replace")


def texts(store: Store) -> list[tuple[str, str]]:
    """Return the id and the text of every article."""
    rows = store.frame("SELECT article, text FROM articles ORDER BY article")
    return list(zip(rows.article, rows.text, strict=True))


def raw_paths(store: Store) -> list[tuple[str, str]]:
    """Return the hash of every raw file and its path inside the store."""
    rows = store.frame("SELECT sha256, path FROM raw_files ORDER BY sha256")
    return list(zip(rows.sha256, rows.path, strict=True))


def articles(store: Store) -> pd.DataFrame:
    """List the articles without their text.

    Returns
    -------
    pandas.DataFrame
        ``article, sha256, title, outlet, url, language, published, reader, copy_of, claims``.
    """
    return store.frame(
        "SELECT a.article, sha256, title, outlet, url, language, published, reader, copy_of, count(c.claim) AS claims "
        "FROM articles a LEFT JOIN claims c USING (article) GROUP BY ALL ORDER BY published, article"
    )


def _forget_claims(store: Store, article_id: str) -> None:
    mine = "(SELECT claim FROM claims WHERE article = ?)"
    for table in ("claim_status", "event_claims", "claims"):
        store.execute(f"DELETE FROM {table} WHERE claim IN {mine}", [article_id])
    store.execute("DELETE FROM events WHERE event_id NOT IN (SELECT event_id FROM event_claims)")


def _state(party: Party | None) -> str | None:
    return None if party is None else party.state


def _article_row(reading: Reading, sha256: str, reader: str, copy_of: str | None) -> dict[str, object]:
    article = reading.article
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
        "notes": "\n".join(reading.notes),
        "reader": reader,
        "parties": json.dumps([asdict(party) for party in reading.parties], ensure_ascii=False),
        "copy_of": copy_of,
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
