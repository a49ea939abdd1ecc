"""Small questions about noun phrases: where they start, what is joined to them, what a pronoun may mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aneroid.actors.index import Match
from aneroid.text.dates import MONTHS
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

MODIFIERS = frozenset({"amod", "compound", "poss", "nmod", "nummod"})
COLLECTIVE = words("collectives")


def is_ethnic(span: Span) -> bool:
    """ "Ethnic Albanians" live elsewhere: they are no party of that state."""
    return span.start > 0 and span.doc[span.start - 1].lower_ == "ethnic"


def describes(span: Span, match: Match) -> bool:
    """ "US-backed" and "Paris-based" describe somebody else; whoever leads a force acts with it."""
    rest = span.text[len(match.text) :]
    return rest.startswith("-") and not rest.lower().startswith("-led")


def agrees(pronoun: Token, noun: Token) -> bool:
    """Whether a pronoun can mean a noun by number: they for several, it, he and she for one."""
    plural = noun.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in noun.rights)
    if pronoun.lower_ in ("they", "them", "their", "themselves"):
        return plural or noun.lemma_.lower() in COLLECTIVE
    return not plural or noun.pos_ == "PROPN"  # "the United States ... it"


def phrase_start(token: Token) -> int:
    """The first word of a noun phrase that belongs to the name: no article, quantifier or bracket."""
    modifiers = [t for t in token.lefts if t.dep_ in MODIFIERS]
    start = modifiers[0].left_edge.i if modifiers else token.i
    while start < token.i and (
        token.doc[start].pos_ in ("DET", "PUNCT", "ADV", "CCONJ") or _is_date_word(token.doc[start : token.i])
    ):
        start += 1
    return start


def _is_date_word(phrase: Span) -> bool:
    """Whether the first of some words is a month, or a number next to one: "3 May 2019 Norway"."""
    first = phrase[0]
    beside = any(t.lower_ in MONTHS for t in first.doc[max(first.i - 1, 0) : first.i + 2])
    return first.lower_ in MONTHS or (first.text.isdigit() and (beside or len(first.text) == 4))


def conjuncts(token: Token) -> Iterator[Token]:
    """The later members of a coordination, in order."""
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ not in ("VERB", "AUX"):
            yield child
            yield from conjuncts(child)


def same_level(found: list[tuple[Match, int, int]]) -> list[tuple[Match, int, int]]:
    """Drop repeats of one name that spans several tokens."""
    return list({item[1]: item for item in found}.values())
