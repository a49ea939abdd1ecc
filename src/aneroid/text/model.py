"""What reading yields: an article, the sentences in it, and the claims it makes, every field with its span.

Offsets are character offsets into ``Article.text``, end exclusive. A claim says that an event happened, will,
may or did not; it never says that the event is a fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Span = tuple[int, int]


class Modality(StrEnum):
    """How the text presents the event."""

    HAPPENED = "happened"
    DECIDED = "decided"
    PLANNED = "planned"
    THREATENED = "threatened"
    CONDITIONAL = "conditional"
    REQUESTED = "requested"
    DENIED = "denied"


class DatePrecision(StrEnum):
    """How much of a date the text gives."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Article:
    """One text by one outlet. ``text`` is the main text; all spans point into it."""

    article_id: str  # first 16 hex digits of the SHA-256 of the text
    text: str
    title: str = ""
    outlet: str = ""
    url: str = ""
    author: str = ""
    language: str = "en"  # ISO 639-1
    published: date | None = None
    published_precision: DatePrecision = DatePrecision.NONE
    retrieved: datetime | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted on: the phrase, the state it means on the date, and why."""

    phrase: str
    span: Span
    state: str | None  # state id, None when the phrase means no state
    sector: str | None = None  # GOV, MIL, LEG, ... (PLOVER sector codes)
    actor: str | None = None  # id of a non-state or international actor
    why: str = ""  # which alias matched, on which date


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so, with which cue. Absent when the article says it in its own voice."""

    source: str  # empty when only hearsay is signalled ("reportedly")
    source_span: Span | None
    cue: str
    cue_span: Span
    state: str | None = None
    through: Attribution | None = None  # who relays it, when a source is quoted by another


@dataclass(frozen=True, slots=True)
class Claim:
    """One directed event that a text asserts, denies, threatens or predicts.

    ``spans`` maps each facet that came from the text (``event``, ``modality``, ``date``, ``amount``, ``weapon``,
    ``quantity``, ``location``, ``condition``) to its offsets. ``inferred`` names the facets that a rule supplied
    without words of the text, such as a supplier implied by a weapon.
    """

    claim_id: str
    article_id: str
    sentence: int
    sentence_span: Span
    source: Party | None
    target: Party | None
    # PLOVER: AGREE, CONSULT, SUPPORT, COOPERATE, AID, CONCEDE, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST,
    # SANCTION, MOBILIZE, COERCE, ASSAULT. Empty, with quad 0, for a prediction whose outcome is no coded event.
    event: str
    mode: str | None
    cameo_root: str  # two digits, text: "01".."20"
    quad: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    goldstein: float
    modality: Modality
    attribution: Attribution | None = None
    kind: str | None = None  # arms_deal, vote, visit, base, treaty, sanctions, troops, or None
    date: str | None = None  # ISO 8601, as precise as date_precision says: 2012, 2020-01, 2020-01-03
    date_precision: DatePrecision = DatePrecision.NONE
    amount: float | None = None
    currency: str | None = None  # ISO 4217
    weapons: tuple[str, ...] = ()  # canonical names
    quantity: float | None = None
    supplier: str | None = None  # state id
    recipient: str | None = None  # state id
    third_parties: tuple[str, ...] = ()
    location: str | None = None
    condition: str | None = None
    prediction: bool = False
    outcome: str | None = None  # what a prediction says will follow
    horizon: str | None = None  # ISO date by which, when a prediction names one
    hedge: str | None = None  # the words that weaken a prediction: could, probably
    reciprocal: bool = False  # source and target act alike: a meeting, a treaty
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    inferred: tuple[str, ...] = ()
    rule: str = ""  # which rule coded the event, for `explain`
    confidence: float | None = None  # None for rule-only coding


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with its sentences and claims: what :func:`aneroid.text.read_article` returns."""

    article: Article
    sentences: tuple[Span, ...]
    claims: tuple[Claim, ...]
    notes: tuple[str, ...] = ()  # what could not be read, one sentence each
    parties: tuple[Party, ...] = ()  # everybody named, whether or not a claim was found
