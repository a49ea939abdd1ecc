"""Which sense a verb or noun has here, and what the operators above it make of the event.

"Voted in favour of expelling the troops" is *vote* (an operator that decides) over *expel* (SANCTION): a decision
for a hostile act, which is a REJECT, never an agreement. Negation works on the way up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aneroid.text.cast import Cast
from aneroid.text.clauses import (
    NOMINAL,
    OBLIGING,
    VERBAL,
    arguments,
    misread_gerund,
    negation,
    objects,
    subject,
)
from aneroid.text.ontology import Ontology, Sense
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

BESIDE = words("beside")
# What a vote for is the thing itself: sanctions, strikes, praise and blame; a vote to end cooperation is a refusal.
MEASURES = frozenset(
    {
        "impose",
        "sanction",
        "freeze-assets",
        "block-goods",
        "n-sanctions",
        "attack",
        "n-attack",
        "praise",
        "accuse",
    }
)
FAVOUR = frozenset({"favor", "favour"})


@dataclass(frozen=True, slots=True)
class Chain:
    """Operators from the outermost to the innermost, and the event word they govern."""

    core: Sense
    core_token: Token
    event: str
    operators: tuple[tuple[Sense, Token], ...] = ()
    negated: tuple[Token, ...] = ()  # negations inside the chain, already applied
    bare: bool = False  # an operator without anything below it ("threatened Iran")

    @property
    def top(self) -> Token:
        """The outermost word."""
        return self.operators[0][1] if self.operators else self.core_token

    @property
    def tokens(self) -> tuple[Token, ...]:
        """All words of the chain in text order."""
        words = {t.i: t for t in (*(t for _, t in self.operators), self.core_token)}
        return tuple(words[i] for i in sorted(words))

    @property
    def rule(self) -> str:
        """The senses that coded the event, outermost first."""
        return ">".join([*(s.id for s, _ in self.operators), self.core.id])


class Classifier:
    """Reads chains off a parsed sentence. ``weapon_tokens`` are the positions of named weapons."""

    def __init__(self, ontology: Ontology, cast: Cast, weapon_tokens: frozenset[int]) -> None:
        self._ontology = ontology
        self._cast = cast
        self._weapons = weapon_tokens

    def chains(self, token: Token, depth: int = 0) -> list[Chain]:
        """Return the readings of a verb, adjective or event noun; several when it governs several events."""
        if depth > 6:
            return []
        for sense in self._senses(token):
            if not self._holds(sense, token):
                continue
            if sense.event is not None:
                return [Chain(sense, token, sense.event)]
            found = [self._lift(sense, token, inner) for inner in self._governed(sense, token, depth)]
            if not found:
                found = self._bare(sense, token)
            if found:
                return found
        return []

    def _senses(self, token: Token) -> Iterator[Sense]:
        """Senses under the word with its particle, preposition or object first, then under the word alone."""
        if token.pos_ in VERBAL:
            if token.lemma_ == "be":
                yield from self._adjective_senses(token)
                return
            table = self._ontology.verbs
            after = [
                c
                for c in token.rights
                if c.dep_ in ("prt", "prep", "advmod", "dobj", "acomp", "oprd", "advcl")
            ]
            for child in after:
                yield from table.get(f"{token.lemma_} {child.lower_}", ())
            yield from table.get(token.lemma_.lower(), ())
        elif misread_gerund(token):
            stem = token.lower_[:-3]
            for lemma in (stem, f"{stem}e", stem[:-1]):  # expelling → expell, expelle, expel
                yield from self._ontology.verbs.get(lemma, ())
        elif token.pos_ in ("NOUN", "PROPN"):
            op = self._ontology.noun_operators.get(token.lemma_.lower())
            if op is not None and any(c.dep_ == "acl" and c.tag_ == "VB" for c in token.children):
                yield Sense(id=f"n-{op}", op=op)
            yield from self._ontology.nouns.get(token.lemma_.lower(), ())

    def _adjective_senses(self, token: Token) -> Iterator[Sense]:
        """ "Is ready to": the adjective is the operator."""
        for child in token.children:
            if child.dep_ == "acomp" and (op := self._ontology.adjectives.get(child.lower_)):
                yield Sense(id=f"be-{child.lower_}", op=op)

    def _holds(self, sense: Sense, token: Token) -> bool:
        """Check the conditions of a sense."""
        if sense.obj and not self._object_fits(sense, token):
            return False
        if sense.own and not any(
            c.dep_ == "poss" and c.pos_ == "PRON" for o in objects(token) for c in o.lefts
        ):
            return False
        prepositions = {c.lower_ for c in token.children if c.dep_ in ("prep", "prt", "dative", "agent")}
        if sense.prep and not (sense.person and sense.obj) and not sense.prep & prepositions:
            return False
        if sense.prep_absent & prepositions:
            return False
        if sense.person and not any(
            r.direct
            for o in (*objects(token), *(c for c in token.rights if c.dep_ == "dative"))
            for r in self._cast.roles(o, lists=False)
        ):
            return False
        if sense.no_object and any(c.dep_ == "dobj" for c in token.children):
            return False
        return not sense.travel or self._travels(sense, token)

    def _travels(self, sense: Sense, token: Token) -> bool:
        """People travel, and to places with a government: "oil flows to China", "go to war" are no visits."""
        actor = subject(token)
        if actor is None or not any(r.direct for r in self._cast.roles(actor)):
            return False
        nouns = (n for c in token.children if c.lower_ in sense.prep for n in c.children if n.dep_ == "pobj")
        return any(role.direct for noun in nouns for role in self._cast.roles(noun))

    def _object_fits(self, sense: Sense, token: Token) -> bool:
        """Whether an object, or a noun right below it, is of a class the sense asks for."""
        lemmas = frozenset().union(*(self._ontology.classes[name] for name in sense.obj))
        nouns = objects(token)
        if token.pos_ not in VERBAL and token.dep_ == "dobj":  # "placed an order with Peru for jets"
            nouns += [
                n for c in token.head.rights if c.lower_ == "for" for n in c.children if n.dep_ == "pobj"
            ]
        if token.pos_ in VERBAL:  # "return to talks", "withdraw from the agreement"
            behind = [
                (c.lower_, n)
                for c in token.subtree
                if c.dep_ == "prep" and token in (c.head, c.head.head)
                for n in c.children
                if n.dep_ == "pobj"
            ]
            if sense.person:  # "supplied Peru with tanks": the goods stand under the preposition
                nouns = [n for name, n in behind if name in sense.prep]
            nouns = nouns or [n for name, n in behind if n.head.head.i == token.i]
        for noun in nouns:
            words = [noun, *(c for c in noun.lefts if c.dep_ == "compound")]
            if noun.lemma_.lower() in lemmas:
                return True
            if "weapons" in sense.obj and any(w.i in self._weapons for w in words):
                return True
        return False

    def _lift(self, sense: Sense, token: Token, inner: Chain) -> Chain:
        """Put an operator above a chain and let it, and any negation between, change the event."""
        assert sense.op is not None
        event, negated = inner.event, inner.negated
        word = negation(inner.top)
        if word is not None and inner.top.i != token.i and word not in negated:
            event, negated = self._ontology.negated(event), (*negated, word)
        if sense.op == "decide" and self._votes_against(token, inner.top):
            sense = replace(sense, op="refuse")
        # "Voted to approve the sale", "voted for sanctions": the vote adds nothing to what is resolved.
        approved = bool(inner.operators) and inner.operators[0][0].op == "approve"
        measure = sense.kind == "vote" and inner.core.id in MEASURES and not inner.operators
        if not (sense.op == "decide" and (approved or measure)):
            event = self._ontology.composed(str(sense.op), event)
        return replace(inner, event=event, negated=negated, operators=((sense, token), *inner.operators))

    def _votes_against(self, token: Token, inner: Token) -> bool:
        """Whether the governed event stands under "against"."""
        node = inner
        while node.i != token.i and node.head.i != node.i:
            if node.lower_ == "against":
                return True
            node = node.head
        return False

    def _bare(self, sense: Sense, token: Token) -> list[Chain]:
        """Operators that are events by themselves when an actor stands directly below them."""
        alone = {"threaten": "THREATEN", "warn": "THREATEN", "request": "REQUEST"}
        event = alone.get(str(sense.op))
        if event is None or token.pos_ not in VERBAL or negation(token) is not None:
            return []
        return [Chain(replace(sense, event=event, op=None), token, event, bare=True)]

    def _governed(self, sense: Sense, token: Token, depth: int) -> list[Chain]:
        """Read the events an operator governs, with those coordinated to them."""
        found: list[Chain] = []
        for child in self._complements(sense, token):
            for node in (child, *self._coordinated(child)):
                if node.i != token.i:
                    found += self.chains(node, depth + 1)
        first: dict[int, Chain] = {}
        for chain in found:
            first.setdefault(chain.core_token.i, chain)
        return list(first.values())

    def _coordinated(self, token: Token) -> Iterator[Token]:
        """Verbs or nouns joined to a complement, as long as they have no subject of their own."""
        for child in token.rights:
            if child.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children):
                if child.pos_ in VERBAL and child.tag_ not in ("VB", "VBG"):
                    continue
                yield child
                yield from self._coordinated(child)

    def _complements(self, sense: Sense, token: Token) -> Iterator[Token]:
        """Yield the words an operator may govern, by its kind."""
        clause = sense.op not in ("do", "stop", "support")
        for child in token.children:
            infinitive = child.dep_ == "xcomp" or (child.dep_ in ("advcl", "acl") and child.tag_ == "VB")
            if infinitive or (child.dep_ == "ccomp" and clause and self._fits_clause(sense, token, child)):
                yield child
            elif child.dep_ == "acomp":
                yield from (c for c in child.children if c.dep_ == "xcomp")
            elif child.dep_ in ("dobj", "nsubjpass", "attr"):
                yield child
                yield from (
                    c
                    for c in child.children
                    if c.dep_ in ("acl", "relcl", "ccomp") and (c.tag_ in ("VB", "VBG") or sense.op == "deny")
                )
                if sense.op == "threaten":  # "threatened Peru with sanctions", wherever "with" hangs
                    withs = (c for c in child.children if c.lower_ == "with")
                    yield from (n for c in withs for n in c.children if n.dep_ == "pobj")
            elif child.dep_ in ("prep", "prt") and sense.op != "deny":
                yield from self._below_preposition(child)
        if sense.kind == "vote":
            yield from self._favoured(token)
        if token.dep_ == "parataxis" and clause and token.head.pos_ in VERBAL:
            yield token.head  # "if they buy, the ministry warned, they will lose the aid"

    def _below_preposition(self, preposition: Token) -> Iterator[Token]:
        if preposition.lower_ in BESIDE:
            return
        for child in preposition.children:
            if child.dep_ in ("pcomp", "pobj"):
                yield from (c for c in child.lefts if misread_gerund(c))
                yield child
                yield from (c for c in child.children if c.dep_ == "acl" and c.tag_ in ("VB", "VBG"))
            elif child.dep_ == "prep":
                yield from self._below_preposition(child)

    def _favoured(self, token: Token) -> Iterator[Token]:
        """Each "in favour of ..." behind a vote, wherever the parser hung it."""
        for word in token.doc[token.i + 1 : token.sent.end]:
            if word.lower_ in FAVOUR:
                for child in word.children:
                    if child.lower_ == "of":
                        yield from self._below_preposition(child)

    def _fits_clause(self, sense: Sense, token: Token, clause: Token) -> bool:
        """Requests and denials may speak of others; a decision is about oneself.

        "Insists that it is leaving" states a fact; only "insists that it leave" or "must leave" is a request.
        """
        if sense.op == "deny":
            return True
        if sense.op == "request":
            return clause.tag_ == "VB" or any(
                c.lower_ in OBLIGING for c in clause.children if c.dep_ == "aux"
            )
        own = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        if own is None or own.pos_ == "PRON":
            return True
        above = subject(token)
        keys = {r.key for r in self._cast.roles(above)} if above is not None else set()
        return bool(keys & {r.key for r in self._cast.roles(own)})


def labelled(chain: Chain) -> Iterator[tuple[Sense, str, Token, int]]:
    """Yield the arguments of every word of a chain, outermost word first, with the sense they belong to."""
    inner = {t.i for t in chain.tokens}
    for sense, token in (*chain.operators, (chain.core, chain.core_token)):
        for label, noun, depth in (*arguments(token), *_allowed(sense, token)):
            if noun.i not in inner and (noun.pos_ in NOMINAL or noun.pos_ == "ADJ"):
                yield sense, label, noun, depth


def _allowed(sense: Sense, token: Token) -> Iterator[tuple[str, Token, int]]:
    """ "Let Peru's ships dock": the subject of the clause below a verb whose other side it is."""
    if "nsubj" in sense.target:
        clauses = (c for c in token.children if c.dep_ in ("ccomp", "xcomp"))
        yield from (("nsubj", c, 0) for clause in clauses for c in clause.children if c.dep_ == "nsubj")
