"""What every check is asked, and how each answers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from aneroid.claims.history import Answer, Standing
from aneroid.record.evidence import coverage
from aneroid.record.store import Store
from aneroid.text.model import Claim, Modality

TALK = frozenset({Modality.DECIDED, Modality.PLANNED, Modality.CONDITIONAL, Modality.REQUESTED})
LOOK_BACK = 10  # years before its article in which an undated claim is looked up


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim with what it is held against."""

    claim: Claim
    store: Store
    published: date | None = None
    sentence: str = ""

    @property
    def year(self) -> int | None:
        """Year of the event; of the article where the text gives none."""
        if self.claim.date:
            return int(self.claim.date[:4])
        return self.published.year if self.published else None

    @property
    def dated(self) -> bool:
        """Whether the text itself dates the event."""
        return bool(self.claim.date)

    @property
    def source(self) -> str | None:
        """State that acts."""
        return self.claim.source.state if self.claim.source else None

    @property
    def target(self) -> str | None:
        """State that is acted on."""
        return self.claim.target.state if self.claim.target else None

    @property
    def happened(self) -> bool:
        """Whether the text says that it happened."""
        return self.claim.modality is Modality.HAPPENED

    def window(self, before: int, after: int) -> tuple[int, int]:
        """Years to search: around the event, or the years up to the article where the text gives no date."""
        assert self.year is not None
        if self.dated or self.claim.modality in TALK:  # talk without a date is of the time of its article
            return self.year - before, self.year + after
        return self.year - LOOK_BACK, self.year

    def borne_out(self, evidence: str, known_on: str) -> Answer:
        """Rows say so: a deed is confirmed, a plan stays reported, a denial is contradicted."""
        if self.claim.modality is Modality.DENIED and self.claim.quad in (1, 2):
            return Answer(
                Standing.CONTRADICTED, "contradicted", f"denied, yet on record: {evidence}", known_on
            )
        standing = Standing.CONFIRMED if self.happened else Standing.REPORTED
        return Answer(standing, "on record", evidence, known_on)


def outside(evidence: str) -> Answer:
    """No source could say."""
    return Answer(Standing.REPORTED, "outside coverage", evidence)


def absent(evidence: str) -> Answer:
    """The source covers the time and has no such row; silence does not contradict."""
    return Answer(Standing.REPORTED, "not on record", evidence)


def contradicted(evidence: str, known_on: str) -> Answer:
    """The record says the opposite."""
    return Answer(Standing.CONTRADICTED, "contradicted", evidence, known_on)


def public_from(store: Store, indicator: str, year: int) -> str:
    """The day from which a reading of a year counts as public: the end of the year of publication."""
    found = coverage(store, indicator)
    return f"{year + (math.ceil(found[2]) if found else 1)}-12-31"


def last_year(store: Store, indicator: str) -> int | None:
    """Last year that an indicator covers."""
    found = coverage(store, indicator)
    return None if found is None else found[1]
