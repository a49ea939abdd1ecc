"""Who says so: reporting verbs, "according to", reports and rumours, innermost speaker first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from aneroid.text.cast import Cast
from aneroid.text.clauses import VERBAL, agent, is_passive, subject
from aneroid.text.model import Attribution, Span
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

CUES = words("cues")
HEARSAY = words("hearsay")
ADVERBS = words("hearsay_adverbs")
BLAMING = words("blaming")
REPORT_NOUNS = words("report_nouns")


def attribution_of(top: Token, own: frozenset[int], cast: Cast) -> Attribution | None:
    """Return who the article says tells of an event.

    Parameters
    ----------
    top
        The outermost word of the event.
    own
        Positions of the event's own words, which are no cues ("threatened" is the event, not its report).
    cast
        The parties of the document.

    Returns
    -------
    Attribution or None
        The innermost speaker; ``through`` is whoever relays that speaker ("media said that officials said").
        None when the article says it in its own voice.
    """
    speaking = top.i in own and (top.lemma_ == "deny" or (top.lemma_ == "warn" and _opens_clause(top)))
    denial = [_by_verb(top, cast)] if speaking else []
    found = [*denial, *_adverbs(top, cast), *_climb(top, own, cast), *_according(top, cast)]
    result: Attribution | None = None
    for attribution in reversed(found):
        result = replace(attribution, through=result)
    return result


def _opens_clause(verb: Token) -> bool:
    """ "Warned that it would": said, where "warned Peru" is the act alone."""
    return any(child.dep_ == "ccomp" for child in verb.children)


def _climb(top: Token, own: frozenset[int], cast: Cast) -> Iterator[Attribution]:
    """Cues above the event, from the innermost outward."""
    node = top
    while node.head.i != node.i:
        head = node.head
        if head.i not in own and not _apart(node, head):
            told = node.dep_ in ("ccomp", "parataxis", "dep") and head.lemma_ in CUES and head.pos_ in VERBAL
            heard = node.dep_ in ("xcomp", "ccomp") and head.lemma_ in HEARSAY and is_passive(head)
            if told or heard:
                yield _by_verb(head, cast)
            elif node.dep_ == "pcomp" and node.head.lower_ in ("of", "for") and head.head.lemma_ in BLAMING:
                yield _by_verb(head.head, cast)
            elif (
                node.dep_ in ("acl", "ccomp", "relcl")
                and head.lemma_.lower() in REPORT_NOUNS
                and node.i > head.i
            ):
                yield _make(head, head, cast)
        node = head
    for child in top.children:
        if child.dep_ == "parataxis" and child.lemma_ in CUES:
            yield _by_verb(child, cast)


def _apart(clause: Token, cue: Token) -> bool:
    """Whether a semicolon stands between a clause and the cue: another sentence in all but its full stop."""
    start, end = sorted((clause.i, cue.i))
    return any(token.text == ";" for token in clause.doc[start:end])


def _by_verb(verb: Token, cast: Cast) -> Attribution:
    """A reporting verb with its speaker; passives without a by-phrase have none."""
    speaker = agent(verb) if is_passive(verb) else subject(verb)
    return _make(speaker, verb, cast)


def _according(top: Token, cast: Cast) -> Iterator[Attribution]:
    """ "According to ..." anywhere in the sentence; it covers the whole of it."""
    for word in top.sent:
        if word.lower_ == "according":
            for preposition in word.children:
                for noun in preposition.children:
                    if noun.dep_ == "pobj":
                        yield _make(noun, word, cast)


def _adverbs(top: Token, cast: Cast) -> Iterator[Attribution]:
    """ "Reportedly" names no source but is not the article's own voice either."""
    for child in top.children:
        if child.lower_ in ADVERBS:
            yield _make(None, child, cast)


def _make(speaker: Token | None, cue: Token, cast: Cast) -> Attribution:
    """Build the attribution with the speaker's whole phrase."""
    cue_span = cast.span(cue.i, cue.i + 1)
    if speaker is None:
        return Attribution("", None, cue.text, cue_span)
    start, end = phrase(speaker)
    roles = cast.roles(speaker)
    state = next((role.party.state for role in roles if role.party.state), None)
    source_span: Span = cast.span(start, end)
    return Attribution(cast.doc[start:end].text, source_span, cue.text, cue_span, state)


def phrase(noun: Token) -> tuple[int, int]:
    """Return the token range of a noun phrase without its relative clauses and brackets."""
    start = noun.left_edge.i
    while start < noun.i and noun.doc[start].pos_ in ("DET", "PUNCT", "CCONJ"):
        start += 1
    end = noun.i + 1
    for child in noun.rights:
        if child.dep_ in ("relcl", "acl", "appos", "punct", "parataxis") or child.right_edge.i > noun.i + 12:
            break
        end = child.right_edge.i + 1
    return start, end
