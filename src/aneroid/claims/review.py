"""Claims as ClaimReview, the vocabulary of schema.org that fact-checkers exchange.

No number is given as a rating: the standing is a word, with the record's answer as its explanation. A claim is quoted with 25
words at most.

References
----------
https://schema.org/ClaimReview
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aneroid.claims.restore import claim_of
from aneroid.text.render import MAX_QUOTE_WORDS


def claim_review(row: Mapping[str, Any]) -> dict[str, Any]:
    """Write one claim as ClaimReview.

    Parameters
    ----------
    row
        A row of :func:`aneroid.record.standings.claims`.

    Returns
    -------
    dict
        JSON-LD; ``reviewRating.alternateName`` is the standing and the record's answer.
    """
    claim = claim_of(json.loads(row["body"]))
    quoted = _quote(str(row["sentence_text"]))
    said = claim.attribution
    outlet = {"@type": "Organization", "name": row["outlet"] or "unknown outlet"}
    appearance: dict[str, Any] = {"@type": "Article", "headline": row["title"] or "", "publisher": outlet}
    if row["url"]:
        appearance["url"] = row["url"]
    if isinstance(row["published"], str):
        appearance["datePublished"] = row["published"]
    author = {"@type": "Thing", "name": said.source} if said and said.source and said.state else outlet
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "identifier": row["claim"],
        "claimReviewed": quoted,
        "datePublished": row["known_on"] if isinstance(row["known_on"], str) else "",
        "author": {"@type": "Organization", "name": "Aneroid"},
        "itemReviewed": {
            "@type": "Claim",
            "author": author,
            "firstAppearance": appearance,
            "description": _in_our_words(row),
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": f"{row['standing']}: {row['answer']}",
            "ratingExplanation": row["evidence"],
        },
    }


def _quote(sentence: str) -> str:
    words = sentence.split()
    return " ".join(words[:MAX_QUOTE_WORDS]) + (" …" if len(words) > MAX_QUOTE_WORDS else "")


def _in_our_words(row: Mapping[str, Any]) -> str:
    """Who did what to whom, as coded."""
    sides = f"{row['source'] or row['source_phrase'] or '?'} → {row['target'] or row['target_phrase'] or '?'}"
    facets = [row["event"] or "PREDICTION", row["kind"], row["modality"], row["date"], row["weapons"]]
    return f"{sides}: {', '.join(str(facet) for facet in facets if isinstance(facet, str) and facet)}"
