"""What a digest is made of, independent of the page: the content model that every format renders."""

from __future__ import annotations

from dataclasses import dataclass

from aneroid.charts.model import Chart


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Short statements of equal rank."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader must know: a warning, or why a part is empty and what to do about it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that can be read alone; ``numeric`` are columns set flush right, ``strong`` rows in bold."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its numbers and its sources; ``narrow`` is the same chart drawn for a phone."""

    chart: Chart
    table: Table
    sources: str
    narrow: Chart | None = None


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """A claim with its standing, who says so, and where it stands in which article."""

    number: int
    what: str
    standing: str
    answer: str
    according_to: str
    quotation: str
    place: str


@dataclass(frozen=True, slots=True)
class ClaimList:
    """Claims in order of date."""

    claims: tuple[ClaimNote, ...]


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact with its date and citation."""

    date: str
    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class DatedList:
    """Facts in order of date."""

    items: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A numbered source with its citation and terms. ``link`` is empty or an http(s) address."""

    number: int
    title: str
    citation: str
    terms: str
    link: str


@dataclass(frozen=True, slots=True)
class SourceList:
    """The sources used, by number."""

    sources: tuple[SourceNote, ...]


Block = Paragraph | Bullets | Notice | Table | Figure | ClaimList | DatedList | SourceList


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a digest."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DigestContent:
    """A whole digest: what is known in one sentence, then why, then from where; of several states, one member each.

    ``bibliography`` holds the sources as BibTeX.
    """

    title: str
    period: str
    finding: str
    standfirst: tuple[str, ...]
    notices: tuple[Notice, ...]
    dial: Figure | None
    sections: tuple[Section, ...]
    vintage: tuple[tuple[str, str], ...]
    language: str = "en"
    bibliography: str = ""
    members: tuple[DigestContent, ...] = ()
