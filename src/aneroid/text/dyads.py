"""Dyads that the rules leave open: two states joined by a verb without a sense. A classifier names the act, or abstains."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.actors.index import Match
from aneroid.actors.lexicon import Kind
from aneroid.text.cast import Cast, Role
from aneroid.text.classify import Chain
from aneroid.text.clauses import condition, subject
from aneroid.text.events import Draft
from aneroid.text.ontology import Sense
from aneroid.text.relations import PARAMETERS, Given, decide, load_parameters, relation_features
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

CUES = words("cues")
STANDING = words("standing")
NULL_AT_MOST, SURE_AT_LEAST = 0.8, 0.5  # chosen on the development half of our gold
LEARNT = "learnt"
STAND_INS = ("Norway", "Kenya")
NAMES = {"YIELD": "RETREAT"}
ASIDE = frozenset({"advcl", "relcl", "ccomp", "parataxis"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A verb with who acts and on whom, when grammar allows both."""

    verb: Token
    source: tuple[Role, ...]
    target: tuple[Role, ...]


def open_dyads(sentence: Span, cast: Cast, drafts: list[Draft]) -> list[Draft]:
    """Return what the classifier adds to the events that the rules found in a sentence.

    Parameters
    ----------
    sentence
        A parsed sentence.
    cast
        The parties of its document.
    drafts
        What the rules found; a draft without a target is given one here when its verb has a candidate.

    Returns
    -------
    list of Draft
        New drafts under the rule ``learnt``; none where the classifier thinks that nothing is told or is not sure.
    """
    if not (PARAMETERS / "relations.npz").exists():
        return []
    covered = {d.source.key for d in drafts if d.source and d.target}
    covered |= {d.target.key for d in drafts if d.source and d.target and d.target}
    found: list[Draft] = []
    for candidate in candidates(sentence, cast):
        keys = {role.key for role in candidate.source}
        if keys & covered:
            continue
        covered |= keys
        halves = [d for d in drafts if d.source and d.source.key in keys and d.target is None]
        if halves:
            _complete(halves, candidate)
        else:
            found += _learnt(sentence, candidate, cast)
    return found


def candidates(sentence: Span, cast: Cast) -> Iterator[Candidate]:
    """Verbs with a state as subject and another one below them, outer verbs first; verbs of saying give way to what is said."""
    verbs = [t for t in sentence if t.pos_ == "VERB"]
    for verb in sorted(verbs, key=lambda t: sum(1 for _ in t.ancestors)):
        told = any(c.dep_ == "ccomp" for c in verb.children)
        actor = subject(verb)
        if actor is None or verb.lemma_ in STANDING or (verb.lemma_ in CUES and told):
            continue
        sources = tuple(r for r in cast.roles(actor) if r.key is not None and r.kind is not Kind.GROUP)
        if not sources:
            continue
        own = {r.key for r in sources}
        targets = _targets(verb, actor, cast, own)
        if (
            not targets and len({r.key for r in sources}) > 1
        ):  # "Peru and Chile agreed": one acts, the rest are the other side
            sources, targets = sources[:1], sources[1:]
        if targets:
            yield Candidate(verb, sources, targets)


def _targets(verb: Token, actor: Token, cast: Cast, own: set[str | None]) -> tuple[Role, ...]:
    """The first party below a verb that is not the actor, nearest clause first."""
    above = {t.i for t in actor.subtree}
    terms = {t.i for t in condition(verb)}
    ranked: list[tuple[int, int, tuple[Role, ...]]] = []
    for token in verb.subtree:
        match = cast.match_at(token)
        if token.i in above or token.i in terms or match is None or match.entry.kind is Kind.GROUP:
            continue
        if match.entry.kind is Kind.SEAT and token.head.lower_ in ("in", "at", "near"):
            continue
        roles = tuple(r for r in cast.named(token) if r.key is not None and r.key not in own)
        aside = sum(1 for a in token.ancestors if a.i != verb.i and a.dep_ in ASIDE and verb.is_ancestor(a))
        if roles:
            ranked.append((aside, token.i, roles))
    return min(ranked, key=lambda item: item[:2])[2] if ranked else ()


def _complete(halves: list[Draft], candidate: Candidate) -> None:
    """Give drafts that found no other side the candidate's."""
    for draft in halves:
        draft.target = candidate.target[0]
        draft.inferred.add("target")


def _renamed(sentence: Span, candidate: Candidate, cast: Cast) -> Given | None:
    """The sentence with both parties under fixed names, since a parser reads each name a little differently."""
    edits: list[tuple[int, int, str]] = []
    for role, name in ((candidate.source[0], STAND_INS[0]), (candidate.target[0], STAND_INS[1])):
        token = sentence.doc[role.token]
        match = cast.match_at(token) or _name_of(role, sentence, cast)
        start, end = (match.start, match.end) if match else (token.idx, token.idx + len(token.text))
        edits.append((start - sentence.start_char, end - sentence.start_char, name))
    (a, b, first), (c, d, second) = sorted(edits)
    text = sentence.text
    if a < 0 or d > len(text) or c < b:
        return None
    renamed = f"{text[:a]}{first}{text[b:c]}{second}{text[d:]}"
    at = {first: (a, a + len(first)), second: (c - b + a + len(first), c - b + a + len(first) + len(second))}
    return renamed, at[STAND_INS[0]], at[STAND_INS[1]]


def _name_of(role: Role, sentence: Span, cast: Cast) -> Match | None:
    """The name inside a phrase that two parties share: "Peruvian and Chilean officials"."""
    start, end = role.party.span
    inside = (
        m
        for m in cast.matches
        if start <= cast.offset + m.start and cast.offset + m.end <= end and m.start >= sentence.start_char
    )
    return next((m for m in inside if role.key in (m.entry.state, m.entry.actor)), None)


def _learnt(sentence: Span, candidate: Candidate, cast: Cast) -> list[Draft]:
    """Ask both classifiers: is anything told, and what; drafts for every pair when they are sure enough."""
    given = _renamed(sentence, candidate, cast)
    if given is None:  # a pronoun for a name in another sentence
        return []
    features = relation_features([given])[0]
    quads = load_parameters("quads")
    nothing = float(quads.probabilities([features])[0, quads.labels.index("0")])
    model = load_parameters("relations")
    verdict = decide(model.probabilities([features]), model.labels)[0]
    if nothing > NULL_AT_MOST or verdict.confidence < SURE_AT_LEAST:
        return []
    event = NAMES.get(verdict.label, verdict.label)
    chain = Chain(Sense(id=LEARNT, event=event), candidate.verb, event)
    return [
        Draft(
            chain,
            event,
            a,
            b,
            (candidate.verb,),
            None,
            None,
            None,
            False,
            LEARNT,
            confidence=verdict.confidence,
        )
        for a in candidate.source
        for b in candidate.target
        if a.key != b.key
    ]
