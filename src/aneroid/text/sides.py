"""The two sides of an event: whose it is, and which argument of its words is the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.actors.lexicon import Kind
from aneroid.text.cast import Cast, Role
from aneroid.text.classify import Chain, labelled
from aneroid.text.clauses import VERBAL, agent, arguments, condition
from aneroid.text.ontology import Sense
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

PLACES = frozenset({"in", "at", "near", "around", "outside", "inside"})
# Prepositions whose nouns are never the other side unless a sense asks for them.
ASIDE = words("aside")


def owners(noun: Token, cast: Cast, prepositions: tuple[str, ...]) -> list[Role]:
    """Whose event a noun tells: "Iran's attack", "the US invasion", "an attack by Iran", "the withdrawal of"."""
    by = agent(noun) or next((n for label, n, _ in arguments(noun) if label == "by"), None)
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


def other_sides(chain: Chain, cast: Cast, sources: list[Role]) -> list[Role]:
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
            roles = [r for r in owners(chain.core_token, cast, chain.core.owner) if r.key is not None]
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
