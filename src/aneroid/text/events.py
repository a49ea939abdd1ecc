"""Candidate events of a sentence: who did what to whom, one draft for each dyad."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from aneroid.text.cast import Cast, Role
from aneroid.text.classify import Chain, Classifier
from aneroid.text.clauses import OBLIGING, VERBAL, is_passive, subject
from aneroid.text.ontology import Sense
from aneroid.text.sides import other_sides, owners
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

REPORTING = words("reporting")


@dataclass(slots=True)
class Draft:
    """One directed event before its facets are read."""

    chain: Chain
    event: str
    source: Role | None
    target: Role | None
    tokens: tuple[Token, ...]
    mode: str | None
    kind: str | None
    role: str | None
    symmetric: bool
    rule: str
    inferred: set[str] = field(default_factory=set)
    companions: frozenset[str] = frozenset()  # states of the other dyads that one list gave
    confidence: float | None = None  # of the classifier; None for rules


def find_events(sentence: Span, cast: Cast, classifier: Classifier, *, at_home: bool = False) -> list[Draft]:
    """Return the events of a sentence, in order of their words.

    Parameters
    ----------
    sentence
        A parsed sentence.
    cast
        The parties of its document.
    classifier
        The ontology applied to the same document.
    at_home
        Whether acts with no other side count, as acts inside the actor's own state; the default is that they do not.

    Returns
    -------
    list of Draft
        One for each dyad: lists on either side are expanded. Drafts whose event needs another side and has none
        are left out.
    """
    consumed: set[int] = set()
    drafts: list[Draft] = []
    words = [t for t in sentence if t.pos_ in VERBAL]
    for word in sorted(words, key=_depth):
        if word.i in consumed or _is_purpose(word):
            continue
        for chain in classifier.chains(word):
            consumed |= {t.i for t in chain.tokens} | _swallowed(chain)
            drafts += _with_companions(_verbal(chain, cast, at_home=at_home))
        drafts += _obliged(word, cast)
    for word in sentence:
        governed = word.dep_ in ("dobj", "nsubjpass") and word.head.i in consumed
        if (
            word.pos_ in ("NOUN", "PROPN")
            and not governed
            and word.i not in consumed
            and not cast.match_at(word)
        ):
            for chain in classifier.chains(word):
                drafts += _with_companions(_nominal(chain, cast))
    return _unique(drafts, at_home=at_home)


def _swallowed(chain: Chain) -> set[int]:
    """ "Condemned Peru for sinking a ship": blame is the act; only what one is accused *of* is a claim besides."""
    if chain.event not in ("ACCUSE", "SUPPORT"):
        return set()
    prepositions = (c for c in chain.core_token.subtree if c.dep_ == "prep" and c.lower_ in ("for", "over"))
    return {v.i for p in prepositions for v in p.children if v.dep_ == "pcomp" and v.pos_ in VERBAL}


def _with_companions(drafts: list[Draft]) -> list[Draft]:
    """Let the dyads of one list know of each other, so that none takes another for a third party."""
    keys = frozenset(
        r.key for d in drafts for r in (d.source, d.target) if r is not None and r.key is not None
    )
    for draft in drafts:
        draft.companions = keys
    return drafts


def _is_purpose(verb: Token) -> bool:
    """ "Efforts to end", "in order to end": an aim, not an event, unless an operator has claimed it."""
    return (
        verb.dep_ in ("acl", "advcl") and verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)
    )


def _depth(token: Token) -> tuple[int, int]:
    """Outer verbs before inner ones, so that an operator takes its complement first."""
    return sum(1 for _ in token.ancestors), token.i


def _verbal(chain: Chain, cast: Cast, *, at_home: bool = False) -> list[Draft]:
    """Dyads of an event that a verb, or a verb with an event noun, expresses."""
    actor = _actor(chain)
    sources = cast.roles(actor) if actor is not None else []
    sources = [role for role in sources if role.key is not None]
    if chain.core_token.pos_ not in VERBAL and not sources:
        sources = owners(chain.core_token, cast, chain.core.owner)
    targets = other_sides(chain, cast, sources)
    found = _dyads(chain, targets, sources) if chain.core.reverse else _dyads(chain, sources, targets)
    if found or targets or not at_home:
        return found
    return [_draft(chain, role, role) for role in sources if role.direct and role.party.state]


def _actor(chain: Chain) -> Token | None:
    """Who acts: the subject of the outermost word, but of what is denied, not of the denial."""
    words = [token for _, token in chain.operators] + [chain.core_token]
    first = chain.operators[0][0] if chain.operators else None
    skipped = first is not None and (first.op == "deny" or words[0].pos_ not in VERBAL)
    if skipped and words[1].pos_ in VERBAL and (actor := subject(words[1])) is not None:
        return actor
    return subject(words[0])


def _nominal(chain: Chain, cast: Cast) -> list[Draft]:
    """Dyads of an event noun that no verb governs; both sides must be named."""
    noun = chain.core_token
    if chain.operators:  # "the decision to expel": whoever decides
        return _verbal(chain, cast) if noun.pos_ in VERBAL else []
    sources = owners(noun, cast, chain.core.owner)
    targets = other_sides(chain, cast, sources)
    if not targets or chain.core.weak or (not sources and not chain.core.symmetric):
        return []
    return [
        d for d in _dyads(chain, sources, targets) if d.source and d.target and d.source.key != d.target.key
    ]


def _dyads(chain: Chain, sources: list[Role], targets: list[Role]) -> list[Draft]:
    """Pair both sides; a symmetric event with one side only pairs that side with itself."""
    symmetric = chain.core.symmetric and not any(
        s.op in ("request", "refuse", "threaten") for s, _ in chain.operators
    )
    if symmetric:
        if not targets and len({r.key for r in sources}) > 1:
            return [_draft(chain, a, b) for a, b in combinations(sources, 2) if a.key != b.key]
        if not sources and len({r.key for r in targets}) > 1:
            return [_draft(chain, a, b) for a, b in combinations(targets, 2) if a.key != b.key]
    if not targets and chain.core.event in ("ASSAULT", "COERCE") and not symmetric:
        return [
            _draft(chain, role, None) for role in sources if role.direct
        ]  # kept if somebody says to be hit
    if not targets and (chain.core.alone or chain.core.kind in ("troops", "arms_deal")):
        return [_draft(chain, role, None) for role in sources if role.direct]
    if not sources and is_passive(chain.top):  # "talks between Peru and Chile were suspended"
        return [_draft(chain, a, b) for a, b in combinations(targets, 2) if a.key != b.key]
    return [_draft(chain, a, b) for a in sources for b in targets if a.token != b.token]


def _draft(chain: Chain, source: Role | None, target: Role | None) -> Draft:
    inferred = {name for name, role in (("source", source), ("target", target)) if role and role.inferred}
    senses = [s for s, _ in chain.operators]
    kind = chain.core.kind
    if any(s.kind == "vote" for s in senses) and kind != "arms_deal":
        kind = "vote"
    return Draft(
        chain=chain,
        event=chain.event,
        source=source,
        target=target,
        tokens=chain.tokens,
        mode=chain.core.mode,
        kind=kind,
        role=chain.core.role,
        symmetric=chain.core.symmetric and not senses,
        rule=chain.rule,
        inferred=inferred,
    )


def _obliged(verb: Token, cast: Cast) -> list[Draft]:
    """ "France said Serbia must withdraw" is a request to Serbia."""
    if verb.lemma_ not in REPORTING:
        return []
    speaker = subject(verb)
    drafts: list[Draft] = []
    for clause in (c for c in verb.children if c.dep_ == "ccomp"):
        if not any(c.dep_ == "aux" and c.lower_ in OBLIGING for c in clause.children):
            continue
        addressed = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        if speaker is None or addressed is None:
            continue
        sense = Sense(id="say-must", event="REQUEST", target=("nsubj",))
        chain = Chain(sense, clause, "REQUEST")
        for source in cast.roles(speaker):
            for target in cast.roles(addressed):
                if source.key and target.key and source.key != target.key:
                    drafts.append(_draft(chain, source, target))
    return drafts


def _unique(drafts: Iterable[Draft], *, at_home: bool = False) -> list[Draft]:
    """Drop the same dyad coded twice from the same word."""
    found: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if not at_home and draft.source and draft.target and _same_party(draft.source, draft.target):
            continue
        a = draft.source.key if draft.source else None
        b = draft.target.key if draft.target else None
        found.setdefault((draft.chain.core_token.i, draft.event, a, b), draft)
    return sorted(found.values(), key=lambda d: d.tokens[0].i)


def _same_party(a: Role, b: Role) -> bool:
    return a.key == b.key and a.party.sector == b.party.sector
