"""What every backend gives: the claims of an article, its sentences, and everybody named in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from aneroid.text.model import Claim, Party, Span


@dataclass(slots=True)
class Coded:
    """The claims of an article, its sentences and everybody named in it; ``notes`` say what was dropped."""

    sentences: list[Span]
    claims: list[Claim]
    parties: list[Party]
    notes: list[str] = field(default_factory=list)


def number_claims(claims: Iterable[Claim]) -> list[Claim]:
    """Give each claim an id from its article, words and dyad; repeats of one dyad in one place are dropped."""
    numbered: dict[str, Claim] = {}
    for claim in claims:
        source = (claim.source.state or claim.source.actor) if claim.source else ""
        target = (claim.target.state or claim.target.actor) if claim.target else ""
        key = f"{claim.article_id}|{claim.spans['event']}|{source}|{target}|{claim.event}"
        claim_id = hashlib.sha256(key.encode()).hexdigest()[:16]
        numbered.setdefault(claim_id, replace(claim, claim_id=claim_id))
    return list(numbered.values())
