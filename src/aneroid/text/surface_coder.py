"""The backend `rules`: claims of an article by surface rules alone, with the facets that need no parse."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from aneroid.actors.index import Match, default_index
from aneroid.actors.weapons import find_weapons
from aneroid.text.amounts import find_amounts
from aneroid.text.coded import Coded, number_claims
from aneroid.text.commands import is_instruction
from aneroid.text.dates import find_dates
from aneroid.text.forms import inflected
from aneroid.text.model import Article, Attribution, Claim, DatePrecision, Modality, Party, Span
from aneroid.text.ontology import load_ontology
from aneroid.text.parse import paragraphs
from aneroid.text.surface import Found, Line, cut, surface_events
from aneroid.text.words import words

END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])")
SHORT = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sen|Rep|Gov|St|No|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|[A-Z]|(?:[A-Z]\.)+[A-Z])\.$"
)
DEALING = frozenset({"AGREE", "SUPPORT", "COOPERATE", "AID", "REQUEST", "REJECT"})
HEARSAY = words("hearsay_adverbs")


def sentences(text: str) -> Iterator[Span]:
    """Split a paragraph into sentences by its punctuation; an initial or a title ends none."""
    start = 0
    for match in END.finditer(text):
        if SHORT.search(text, start, match.start()):
            continue
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def code_by_surface(article: Article) -> Coded:
    """Code an English article without a parser.

    Returns
    -------
    Coded
        As :func:`aneroid.text.coder.code_text`; the rule of each claim begins with ``surface:``.
    """
    coded = Coded([], [], [])
    year = article.published.year if article.published else None
    for offset, text in paragraphs(article.text):
        matches = default_index().find(text, year=year)
        coded.parties += [_party(m, offset) for m in matches]
        for start, end in sentences(text):
            number = len(coded.sentences)
            coded.sentences.append((offset + start, offset + end))
            if is_instruction(text[start:end]):
                continue
            line = cut(text, start, end, matches)
            for found in surface_events(line):
                coded.claims += _claims(article, text, offset, (start, end), number, line, found)
    coded.claims = number_claims(coded.claims)
    return coded


def _party(match: Match, offset: int) -> Party:
    entry = match.entry
    return Party(
        match.text,
        (offset + match.start, offset + match.end),
        entry.state,
        entry.sector,
        entry.actor,
        match.why,
    )


def _claims(
    article: Article, text: str, offset: int, sentence: Span, number: int, line: Line, found: Found
) -> Iterator[Claim]:
    """One claim for each pair of parties, all with the same facets."""
    kind = load_ontology().events[found.event]
    spans: dict[str, tuple[Span, ...]] = {
        "event": tuple((offset + line.words[i].start, offset + line.words[i].end) for i in found.at)
    }
    facets = _facets(text, sentence, offset, found, spans, article.published)
    said = _attribution(line, found, offset)
    for source in found.sources:
        for target in found.targets:
            if (source.entry.state or source.entry.actor) == (target.entry.state or target.entry.actor):
                continue
            a, b = _party(source, offset), _party(target, offset)
            yield Claim(
                claim_id="",
                article_id=article.article_id,
                sentence=number,
                sentence_span=(offset + sentence[0], offset + sentence[1]),
                source=a,
                target=b,
                event=kind.name,
                mode=found.sense.mode,
                cameo_root=kind.cameo,
                quad=kind.quad,
                goldstein=kind.goldstein,
                modality=found.modality,
                attribution=said,
                reciprocal=found.sense.symmetric and found.modality is Modality.HAPPENED,
                spans=spans,
                rule=found.rule,
                **facets | _ends(found, a, b, arms=facets.get("kind") == "arms_deal"),  # type: ignore[arg-type]  # every key is a field with its own type
            )


def _ends(found: Found, a: Party, b: Party, *, arms: bool) -> dict[str, object]:
    """Who supplies whom, by the role that the sense gives its subject."""
    if not arms or found.sense.role is None:
        return {}
    supplies = found.sense.role == "supplier"
    return {"supplier": a.state if supplies else b.state, "recipient": b.state if supplies else a.state}


def _facets(
    text: str,
    sentence: Span,
    offset: int,
    found: Found,
    spans: dict[str, tuple[Span, ...]],
    published: date | None,
) -> dict[str, object]:
    """Kind, date, condition, sum and weapons of a sentence; the spans of what is found are added."""
    start, end = sentence
    body = text[start:end]
    facets: dict[str, object] = {"kind": found.sense.kind}

    def place(a: int, b: int) -> Span:
        return offset + start + a, offset + start + b

    when = next((w for w in find_dates(body, published, None) if not w.bound), None)
    if when is not None:
        facets |= {"date": when.value, "date_precision": when.precision}
        spans["date"] = (place(when.start, when.end),)
    if found.condition is not None:
        a, b = found.condition
        facets["condition"] = text[a:b]
        spans["condition"] = ((offset + a, offset + b),)
    weapons = find_weapons(body) if found.event in DEALING or found.sense.kind == "arms_deal" else []
    if weapons and (found.sense.kind == "arms_deal" or found.sense.role is not None):
        facets |= {"kind": "arms_deal", "weapons": tuple(dict.fromkeys(w.weapon.name for w in weapons))}
        spans["weapon"] = tuple(place(w.start, w.end) for w in weapons)
    if facets["kind"] in ("arms_deal", "treaty", "base") or found.event == "AID":
        for amount in find_amounts(body)[:1]:
            facets |= {"amount": amount.value, "currency": amount.currency}
            spans["amount"] = (place(amount.start, amount.end),)
    return facets | {"date_precision": facets.get("date_precision", DatePrecision.NONE)}


@cache
def _cue_forms() -> frozenset[str]:
    """Finite forms of the verbs of saying."""
    return frozenset(
        form
        for cue in words("cues")
        for form, meaning in inflected(cue)
        if not (meaning.bare or meaning.gerund)
    )


def _attribution(line: Line, found: Found, offset: int) -> Attribution | None:
    """The first verb of saying, "according to" or "reportedly" outside the event's own words."""
    for at, word in enumerate(line.words):
        lower = line.lower(at)
        if at in found.at and found.modality is not Modality.DENIED:
            continue
        cue = (offset + word.start, offset + word.end)
        if lower in HEARSAY:
            return Attribution("", None, word.text, cue)
        if lower == "according":
            return _spoken(line, at + 2, _until(line, at + 2), word.text, cue, offset)
        if lower in _cue_forms():
            first = at
            while first > 0 and line.lower(first - 1) not in (",", ";", ":", "that", "but", "and", "”", '"'):
                first -= 1
            return _spoken(line, first, at, word.text, cue, offset)
    return None


def _until(line: Line, at: int) -> int:
    while at < len(line.words) and line.lower(at) not in (",", ".", ";", "that", "which", "who"):
        at += 1
    return at


def _spoken(line: Line, first: int, end: int, cue: str, cue_span: Span, offset: int) -> Attribution | None:
    """The attribution with the speaker's words; a cue without any is hearsay."""
    while first < end and line.lower(first) in ("the", "a", "an"):
        first += 1
    if first >= end:
        return Attribution("", None, cue, cue_span)
    a, b = line.words[first].start, line.words[end - 1].end
    numbers = [line.words[i].party for i in range(first, end)]
    state = next(
        (line.matches[n].entry.state for n in numbers if n is not None and line.matches[n].entry.state), None
    )
    said = _text(line, first, end)
    return Attribution(said, (offset + a, offset + b), cue, cue_span, state)


def _text(line: Line, first: int, end: int) -> str:
    """The words from one to another as printed, with single spaces."""
    parts: list[str] = []
    for i in range(first, end):
        joined = i > first and line.words[i].start == line.words[i - 1].end
        parts.append(line.words[i].text if joined or i == first else f" {line.words[i].text}")
    return "".join(parts)
