"""Claims and readings as they come back from the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from aneroid.record.articles import article_row
from aneroid.record.store import Store
from aneroid.text.model import Article, Attribution, Claim, DatePrecision, Modality, Party, Reading


def reading_of(store: Store, article: str) -> Reading:
    """Build the reading of a kept article again, without reading its text anew.

    Parameters
    ----------
    store
        The store.
    article
        Its id.

    Returns
    -------
    Reading
        As :func:`aneroid.text.read_article` returned it; of the sentences only those with claims.

    Raises
    ------
    InputError
        There is no such article.
    """
    row: dict[str, Any] = article_row(store, article)
    claims = tuple(claim_of(json.loads(body)) for body in row["bodies"])
    ordered = tuple(sorted(claims, key=lambda c: (c.sentence, min(c.spans.get("event", ((0, 0),))))))
    known = Article(
        article_id=row["article"],
        text=row["text"],
        title=row["title"] or "",
        outlet=row["outlet"] or "",
        url=row["url"] or "",
        author=row["author"] or "",
        language=row["language"],
        published=date.fromisoformat(row["published"]) if isinstance(row["published"], str) else None,
        published_precision=DatePrecision(row["published_precision"]),
    )
    notes = tuple((row["notes"] or "").splitlines())
    parties = json.loads(row["parties"]) if isinstance(row["parties"], str) else []
    named = tuple(party for party in map(_party, parties) if party is not None)
    sentences = tuple(dict.fromkeys(claim.sentence_span for claim in ordered))
    return Reading(known, sentences, ordered, notes, named)


def claim_of(body: Mapping[str, Any]) -> Claim:
    """Build a claim from the body that the store keeps of it; the inverse of ``dataclasses.asdict``."""
    fields = dict(body)
    fields["sentence_span"] = tuple(fields["sentence_span"])
    fields["source"], fields["target"] = _party(fields["source"]), _party(fields["target"])
    fields["attribution"] = _attribution(fields["attribution"])
    fields["modality"] = Modality(fields["modality"])
    fields["date_precision"] = DatePrecision(fields["date_precision"])
    for name in ("weapons", "third_parties", "inferred"):
        fields[name] = tuple(fields[name])
    fields["spans"] = {name: tuple(map(tuple, spans)) for name, spans in fields["spans"].items()}
    return Claim(**fields)


def _party(body: Mapping[str, Any] | None) -> Party | None:
    return None if body is None else Party(**{**body, "span": tuple(body["span"])})


def _attribution(body: Mapping[str, Any] | None) -> Attribution | None:
    if body is None:
        return None
    span = body["source_span"]
    return Attribution(
        **{
            **body,
            "source_span": None if span is None else tuple(span),
            "cue_span": tuple(body["cue_span"]),
            "through": _attribution(body["through"]),
        }
    )
