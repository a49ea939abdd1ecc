"""Predictions: who foresees what, under which condition, by when, and how strongly the words are hedged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.text.cast import Cast
from aneroid.text.clauses import FUTURE, UNCERTAIN, condition, subject
from aneroid.text.hedges import STRENGTHENING
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

CUES = words("foreseeing")
ALWAYS = words("always_foreseeing")
PERSONAL = frozenset({"i", "you", "we"})
HEDGES = words("hedges")


@dataclass(frozen=True, slots=True)
class Prediction:
    """One prediction in a sentence: its cue, its outcome clause and the words around it."""

    cue: Token
    outcome: Token  # the verb of what is foreseen
    hedges: tuple[Token, ...]
    condition: tuple[Token, ...]

    @property
    def words(self) -> list[Token]:
        """The words of the outcome without its condition."""
        aside = {t.i for t in self.condition}
        return [t for t in sorted(self.outcome.subtree, key=lambda t: t.i) if t.i not in aside]


def find_predictions(sentence: TokenSpan, cast: Cast) -> list[Prediction]:
    """Find what a sentence foresees: "many fear that ...", "is likely to ...", "will probably ...".

    A state that says what it will itself do makes no prediction but a promise or a threat.
    """
    found: dict[int, Prediction] = {}
    for token in sentence:
        for outcome in _outcomes(token, cast):
            hedges = [c for c in outcome.children if c.lower_ in HEDGES]
            if token.lower_ in HEDGES and token.i not in {h.i for h in hedges}:
                hedges.append(token)
            hedges += [c for h in hedges for c in h.lefts if c.lower_ in STRENGTHENING]
            terms = tuple(condition(outcome)) or tuple(_own_condition(outcome))
            found.setdefault(
                outcome.i, Prediction(token, outcome, tuple(sorted(hedges, key=lambda t: t.i)), terms)
            )
    return list(found.values())


def _outcomes(token: Token, cast: Cast) -> Iterator[Token]:
    """The clauses that a word presents as foreseen."""
    lemma = token.lemma_.lower()
    if token.pos_ == "VERB" and lemma in CUES:
        if lemma not in ALWAYS and any(c.dep_ == "nsubj" and c.lower_ in PERSONAL for c in token.children):
            return
        for clause in (c for c in token.children if c.dep_ == "ccomp"):
            ahead = _looks_ahead(clause)
            if ahead and (lemma in ALWAYS or _hedged(clause)) and not _about_itself(token, clause, cast):
                yield clause
    elif token.lower_ in ("likely", "unlikely") and token.dep_ == "acomp":
        verbs = [c for c in (*token.children, *token.head.children) if c.dep_ == "xcomp" and c.i > token.i]
        nouns = (c for c in token.head.children if c.dep_ == "nsubj" and c.pos_ == "NOUN")
        yield from verbs or nouns  # "is likely to attack", "a war is likely"
    elif token.lower_ in ("probably", "inevitably", "certainly") and token.dep_ == "advmod":
        if token.head.pos_ in ("VERB", "AUX") and _looks_ahead(token.head):
            yield token.head
    elif token.lower_ == "expected" and token.dep_ == "ROOT":
        yield from (c for c in token.children if c.dep_ == "xcomp")


def _looks_ahead(clause: Token) -> bool:
    words = [c.lower_ for c in clause.children if c.dep_ in ("aux", "auxpass")]
    return any(w in FUTURE or w in UNCERTAIN for w in words)


def _hedged(clause: Token) -> bool:
    return any(c.lower_ in HEDGES for c in clause.children)


def _about_itself(cue: Token, clause: Token, cast: Cast) -> bool:
    """Whether the speaker speaks of its own future acts."""
    speaker = subject(cue)
    own = next((c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if speaker is None or own is None:
        return False
    roles = cast.roles(speaker)
    if cue.lemma_ not in ALWAYS and any(r.party.sector in ("GOV", "MIL", "LEG") for r in roles):
        return True  # officials who say what may be done announce rather than foresee
    above = {role.key for role in roles}
    return bool(above & {role.key for role in cast.roles(own)})


def _own_condition(outcome: Token) -> list[Token]:
    """ "... that once the forces have left, X could follow": a condition inside the outcome clause."""
    for child in outcome.children:
        if child.dep_ == "advcl" and child.i < outcome.i:
            marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")}
            if marks & {"if", "once", "when", "unless", "should"}:
                return sorted(child.subtree, key=lambda t: t.i)
    return []
