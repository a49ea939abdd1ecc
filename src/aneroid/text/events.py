"""Candidate events of a sentence: who did what to whom, one draft for each dyad."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from aneroid.actors.lexicon import Kind
from aneroid.text.cast import Cast, Role
from aneroid.text.classify import Chain, Classifier, labelled
from aneroid.text.clauses import OBLIGING, VERBAL, agent, arguments, condition, is_passive, objects, subject
from aneroid.text.ontology import Sense
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

PLACES = frozenset({"in", "at", "near", "around", "outside", "inside"})
# Prepositions whose nouns are never the other side unless a sense asks for them.
ASIDE = words("aside")
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


def find_events(sentence: Span, cast: Cast, classifier: Classifier) -> list[Draft]:
    """Return the events of a sentence, in order of their words.

    Parameters
    ----------
    sentence
        A parsed sentence.
    cast
        The parties of its document.
    classifier
        The ontology applied to the same document.

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
            consumed |= {t.i for t in chain.tokens}
            drafts += _with_companions(_verbal(chain, cast))
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
    return _unique(drafts)


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


def _verbal(chain: Chain, cast: Cast) -> list[Draft]:
    """Dyads of an event that a verb, or a verb with an event noun, expresses."""
    actor = _actor(chain)
    sources = cast.roles(actor) if actor is not None else []
    sources = [role for role in sources if role.key is not None]
    if chain.core_token.pos_ not in VERBAL and not sources:
        sources = _owners(chain.core_token, cast, chain.core.owner)
    targets = _targets(chain, cast, sources)
    return _dyads(chain, sources, targets)


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
    sources = _owners(noun, cast, chain.core.owner)
    targets = _targets(chain, cast, sources)
    if not targets or chain.core.weak or (not sources and not chain.core.symmetric):
        return []
    return [
        d for d in _dyads(chain, sources, targets) if d.source and d.target and d.source.key != d.target.key
    ]


def _owners(noun: Token, cast: Cast, prepositions: tuple[str, ...]) -> list[Role]:
    """Whose event a noun tells: "Iran's attack", "the US invasion", "an attack by Iran", "the withdrawal of"."""
    by = agent(noun)
    if by is not None and (found := cast.roles(by)):
        return found
    for child in noun.lefts:
        if child.dep_ == "poss" and (found := cast.roles(child)):
            return found
    for child in noun.lefts:
        match = cast.match_at(child)
        if child.dep_ in ("amod", "compound", "nmod") and match is not None:
            return cast.named(child)
    for label, child, depth in arguments(noun):
        if label in prepositions and depth == 0 and (found := cast.roles(child)):
            return found
    return []


def _targets(chain: Chain, cast: Cast, sources: list[Role]) -> list[Role]:
    """The other side: the best labelled argument that is not the source itself."""
    keys = {role.key for role in sources}
    ranked: list[tuple[tuple[int, int, int], list[Role]]] = []
    seen: set[int] = set()
    for order, (sense, label, noun, depth) in enumerate(labelled(chain)):
        if noun.i in seen or noun.i in {role.token for role in sources}:
            continue
        seen.add(noun.i)
        wanted = sense if label in sense.target else chain.core
        rank = _rank(label, wanted)
        roles = [r for r in _argument_roles(label, noun, cast, wanted) if r.key is not None]
        if rank is not None and roles:
            same = all(role.key in keys for role in roles)
            # Whom an operator addresses comes before anybody inside the event it governs.
            asked = sense is not chain.core and label in sense.target and depth == 0
            ranked.append(((int(same), rank * 10 + depth - 1000 * asked, order), roles))
    ranked += _inner_subject(chain, cast, keys)
    if not ranked:
        return _conditional_party(chain, cast, keys)
    (at_home, _, _), roles = min(ranked, key=lambda item: item[0])
    if at_home:  # only oneself is left: an event at home, if another part of the state is meant
        sectors = {role.party.sector for role in sources}
        return [r for r in roles if r.party.sector not in sectors and r.party.sector is not None and r.direct]
    return [role for role in roles if role.key not in keys or len(roles) == 1]


def _conditional_party(chain: Chain, cast: Cast, keys: set[str | None]) -> list[Role]:
    """ "Threatened to leave if Iran attacks": a threat is to whoever its condition speaks of."""
    if chain.event not in ("THREATEN", "SANCTION", "ASSAULT", "COERCE"):
        return []
    words = next((found for token in chain.tokens if (found := condition(token))), [])
    for word in words:
        if word.dep_ in ("nsubj", "nsubjpass") and (roles := cast.roles(word)):
            return [role for role in roles if role.key is not None and role.key not in keys]
    return []


def _rank(label: str, sense: Sense) -> int | None:
    """Order of preference of a label for a sense; None where the label cannot be the other side."""
    if label in sense.target:
        return sense.target.index(label)
    if label in ASIDE or sense.symmetric:
        return None
    return 30 if label in PLACES else 20


def _argument_roles(label: str, noun: Token, cast: Cast, sense: Sense) -> list[Role]:
    """Roles of an argument, without capitals that are only the place."""
    roles = cast.named(noun) if label == "mod" else cast.roles(noun)
    if label in PLACES and not sense.places:
        roles = [role for role in roles if role.kind is not Kind.SEAT]
    return roles


def _inner_subject(
    chain: Chain, cast: Cast, keys: set[str | None]
) -> list[tuple[tuple[int, int, int], list[Role]]]:
    """ "Urged Iran to stop", "demanded that Serbia withdraw": the subject below a request is its target."""
    found: list[tuple[tuple[int, int, int], list[Role]]] = []
    for sense, token in chain.operators:
        if sense.op not in ("request", "warn"):
            continue
        if chain.core_token.pos_ not in VERBAL and sense.op == "request":
            roles = [r for r in _owners(chain.core_token, cast, chain.core.owner) if r.key is not None]
            if roles and not all(role.key in keys for role in roles):
                found.append(((0, -400, chain.core_token.i), roles))
        for child in token.children:
            if child.dep_ in ("ccomp", "xcomp"):
                for noun in child.children:
                    if noun.dep_ in ("nsubj", "nsubjpass"):
                        roles = [r for r in cast.roles(noun) if r.key is not None]
                        same = bool(roles) and all(role.key in keys for role in roles)
                        if roles:
                            found.append(((int(same), -500, noun.i), roles))
    return found


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


def _unique(drafts: Iterable[Draft]) -> list[Draft]:
    """Drop the same dyad coded twice from the same word."""
    found: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if draft.source and draft.target and _same_party(draft.source, draft.target):
            continue
        a = draft.source.key if draft.source else None
        b = draft.target.key if draft.target else None
        found.setdefault((draft.chain.core_token.i, draft.event, a, b), draft)
    return sorted(found.values(), key=lambda d: d.tokens[0].i)


def _same_party(a: Role, b: Role) -> bool:
    return a.key == b.key and a.party.sector == b.party.sector


def event_objects(draft: Draft) -> Iterator[Token]:
    """Yield the nouns that a draft's words act on, for weapons and amounts."""
    for token in draft.tokens:
        yield from objects(token)
        yield from (noun for _, noun, _ in arguments(token))
