"""Verify what an endpoint points at: words must stand in one sentence of the article; their meaning is read by our rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aneroid.actors.identify import identify
from aneroid.actors.index import default_index
from aneroid.actors.weapons import find_weapons
from aneroid.text.amounts import find_amounts
from aneroid.text.coded import number_claims
from aneroid.text.commands import is_instruction
from aneroid.text.dates import find_dates
from aneroid.text.model import Article, Attribution, Claim, DatePrecision, Party, Span
from aneroid.text.ontology import load_ontology

if TYPE_CHECKING:
    from aneroid.text.endpoint import PointedAt


def ground(
    article: Article, stretch: Span, pointed: Sequence[PointedAt], sentences: Sequence[Span]
) -> tuple[list[Claim], int]:
    """Turn what an endpoint points at into claims.

    Parameters
    ----------
    article, stretch
        The article and the offsets of the stretch that was sent.
    pointed
        The answer, of the right schema.
    sentences
        The sentences of the article.

    Returns
    -------
    list of Claim
        Only those whose source, target and words stand in one sentence, and whose parties are known and differ.
    int
        How many were dropped.
    """
    claims: list[Claim] = []
    for each in pointed:
        found = next(_grounded(article, stretch, each, sentences), None)
        if found is not None:
            claims.append(found)
    return number_claims(claims), len(pointed) - len(claims)


def _grounded(article: Article, stretch: Span, each: PointedAt, sentences: Sequence[Span]) -> Iterator[Claim]:
    """The claim in every sentence that bears it out."""
    for number, sentence in enumerate(sentences):
        if not (stretch[0] <= sentence[0] and sentence[1] <= stretch[1]):
            continue
        if is_instruction(article.text[sentence[0] : sentence[1]]):
            continue  # a text can order a model to code something; what the order names is no report
        words = _place(article.text, sentence, each.words)
        source, target = (_party(article, sentence, phrase) for phrase in (each.source, each.target))
        if words is None or source is None or target is None:
            continue
        if (source.state, source.actor) == (target.state, target.actor) or source.span == target.span:
            continue
        kind = load_ontology().events[each.event]
        spans: dict[str, tuple[Span, ...]] = {"event": (words,)}
        facets = _facets(article, sentence, each, spans)
        yield Claim(
            claim_id="",
            article_id=article.article_id,
            sentence=number,
            sentence_span=sentence,
            source=source,
            target=target,
            event=each.event,
            mode=None,
            cameo_root=kind.cameo,
            quad=kind.quad,
            goldstein=kind.goldstein,
            modality=each.modality,
            attribution=_attribution(article, sentence, each),
            spans=spans,
            rule="endpoint",
            **facets,  # type: ignore[arg-type]  # every key is a field with its own type
        )


def _place(text: str, sentence: Span, words: str | None) -> Span | None:
    """Where words stand in a sentence, letter for letter and between word ends; None when they do not."""
    if not words:
        return None
    at = text.find(words, sentence[0], sentence[1])
    while at >= 0:
        end = at + len(words)
        clean = not (at > 0 and text[at - 1].isalnum() and words[0].isalnum())
        if clean and not (end < len(text) and text[end].isalnum() and words[-1].isalnum()):
            return at, end
        at = text.find(words, at + 1, sentence[1])
    return None


def _party(article: Article, sentence: Span, phrase: str) -> Party | None:
    """Who a phrase of the sentence means by our own names, not by the endpoint's word."""
    span = _place(article.text, sentence, phrase)
    if span is None:
        return None
    who = identify(phrase, article.published)
    return Party(phrase, span, who.state, who.sector, who.actor, who.why) if who.state or who.actor else None


def _attribution(article: Article, sentence: Span, each: PointedAt) -> Attribution | None:
    cue = _place(article.text, sentence, each.cue)
    if cue is None or each.cue is None:
        return None
    speaker = _place(article.text, sentence, each.speaker)
    if speaker is None or each.speaker is None:
        return Attribution("", None, each.cue, cue)
    matches = default_index().find(each.speaker)
    state = next((m.entry.state for m in matches if m.entry.state), None)
    return Attribution(each.speaker, speaker, each.cue, cue, state)


def _facets(
    article: Article, sentence: Span, each: PointedAt, spans: dict[str, tuple[Span, ...]]
) -> dict[str, object]:
    """Facets whose words stand in the sentence, with values read by our rules."""
    facets: dict[str, object] = {}
    for name in ("location", "condition"):
        words = getattr(each, name)
        if (span := _place(article.text, sentence, words)) is not None:
            facets[name], spans[name] = words, (span,)
    if (span := _place(article.text, sentence, each.date)) is not None:
        when = next(iter(find_dates(each.date or "", article.published, None)), None)
        if when is not None and when.precision is not DatePrecision.NONE:
            facets |= {"date": when.value, "date_precision": when.precision}
            spans["date"] = (span,)
    if (span := _place(article.text, sentence, each.amount)) is not None:
        for amount in find_amounts(each.amount or "")[:1]:
            facets |= {"amount": amount.value, "currency": amount.currency}
            spans["amount"] = (span,)
    if (span := _place(article.text, sentence, each.weapon)) is not None:
        weapons = tuple(dict.fromkeys(w.weapon.name for w in find_weapons(each.weapon or "")))
        if weapons:
            facets["weapons"], spans["weapon"] = weapons, (span,)
    return facets
