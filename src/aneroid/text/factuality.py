"""How sure a text is that what a word tells happened, from −3 (it did not) over 0 (open) to 3 (it did).

Works on any predicate, not on coded events alone: the grammar above the word decides, by the scale of
Saurí and Pustejovsky (2009), doi:10.1007/s10579-009-9089-9.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aneroid.text.clauses import FUTURE, UNCERTAIN, negation
from aneroid.text.parse import parser
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

CERTAIN, LIKELY, OPEN = 3.0, 1.2, 0.2
"""Values of plain assertions, hedged ones and open ones: the ends of the scale for what is asserted."""
HYPOTHETICAL = frozenset({"if", "unless", "whether", "until", "once", "should"})
UNREAL = words("unreal_verbs")  # what they govern has not happened: want, refuse, ask
REPORTED = words("cues")
HEDGES = words("hedges")


def factuality(records: Sequence[tuple[Sequence[str], Sequence[int]]]) -> list[list[float]]:
    """Rate predicates of tokenised sentences.

    Parameters
    ----------
    records
        The tokens of a sentence, and the positions of its predicates.

    Returns
    -------
    list of list of float
        For each sentence one value a predicate, from −3 to 3.
    """
    from spacy.tokens import Doc

    language = parser()
    docs = (Doc(language.vocab, words=list(tokens)) for tokens, _ in records)
    return [
        [round(_rate(doc[position]), 2) for position in positions]
        for doc, (_, positions) in zip(language.pipe(docs), records, strict=True)
    ]


def _rate(token: Token) -> float:
    """Multiply polarity by certainty."""
    certainty = CERTAIN
    if _is_open(token):
        certainty = OPEN
    elif _is_hedged(token):
        certainty = LIKELY
    negated = negation(token) is not None
    if negated:
        return -min(certainty, LIKELY + 0.8) if certainty > OPEN else 0.0
    return certainty


def _is_open(token: Token) -> bool:
    """Future, hypothetical, asked, wished for, or an aim."""
    node = token
    for _ in range(6):
        lower = {c.lower_ for c in node.children if c.dep_ in ("aux", "auxpass", "mark", "advmod")}
        if lower & (FUTURE | HYPOTHETICAL) or (node.i == token.i and lower & UNCERTAIN):
            return True
        head = node.head
        if head.i == node.i:
            return any(c.text == "?" for c in node.children)
        infinitive = "to" in lower or node.tag_ == "VB"
        if node.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl", "pcomp", "dobj"):
            if head.lemma_.lower() in UNREAL or (infinitive and node.dep_ in ("advcl", "acl")):
                return True
            if node.dep_ in ("relcl", "advcl") and not infinitive:
                return False
        elif node.dep_ not in ("conj", "prep", "pobj", "nsubj", "nsubjpass", "attr", "compound", "amod"):
            return False
        node = head
    return False


def _is_hedged(token: Token) -> bool:
    """Weakened by an adverb, or only believed."""
    if any(c.lower_ in HEDGES for c in token.children):
        return True
    head = token.head
    return token.dep_ == "ccomp" and head.lemma_.lower() in (
        "think",
        "believe",
        "suggest",
        "claim",
        "seem",
        "hope",
        "fear",
    )
