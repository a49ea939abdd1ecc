"""Hold a claim against the record: one module a kind of claim, asked in turn until one has something to say.

A claim that the record bears out is *confirmed* only if it says that something happened; a threat or a plan that was really
made stays *reported*, for the record holds deeds, not words. No claim becomes *contradicted* because a source is silent;
it does where the record says the opposite.
"""

from __future__ import annotations

from datetime import date

from aneroid.claims.checks import alliances, arms, conflict, facts, sanctions, troops, votes
from aneroid.claims.checks.asked import Asked, outside
from aneroid.claims.checks.predictions import foretold
from aneroid.claims.history import Answer
from aneroid.record.store import Store
from aneroid.text.model import Claim

_CHECKS = (
    arms.check,
    sanctions.check,
    troops.check,
    votes.check,
    conflict.check,
    alliances.check,
    facts.check,
)
PHRASES = (
    *("on record", "contradicted", "not on record", "orders on record, none named as this system"),
    *("a dated fact of that time", "not yet resolvable", "outside coverage"),
    *("came true", "did not come true", "condition not met"),
)


def hold_against_record(
    claim: Claim, store: Store, *, published: date | None = None, sentence: str = ""
) -> Answer:
    """Look for the rows that confirm or contradict a claim.

    Parameters
    ----------
    claim
        A claim from the reader.
    store
        The store.
    published
        Day of the article; a claim without a date of its own is looked up in the years before it.
    sentence
        The sentence the claim stands in, for words that the coded claim does not keep ("voted against").

    Returns
    -------
    Answer
        ``phrase`` is one of :data:`PHRASES`; ``evidence`` names the rows, or says up to which year which source was searched.
    """
    if claim.prediction:
        return foretold(claim, store)
    asked = Asked(claim, store, published, sentence)
    if asked.year is None:
        return outside("neither the text nor the article gives a year to look under")
    answers = (check(asked) for check in _CHECKS)
    answer = next((found for found in answers if found is not None), None)
    if answer is None:
        answer = outside("no source in this store records acts of this kind between these parties")
    # A dated fact says more than a source that does not reach, or that counts whole years.
    silent = answer.phrase == "outside coverage" or (
        answer.phrase == "not on record" and claim.kind not in ("arms_deal", "sanctions")
    )
    return (facts.check(asked) if silent else None) or answer
