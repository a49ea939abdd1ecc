"""Arms deals: which systems, how many, who supplies whom, for how much, also when the next sentence says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.actors.weapons import WeaponMatch
from aneroid.text.amounts import Amount, number_of
from aneroid.text.clauses import VERBAL, objects
from aneroid.text.events import Draft
from aneroid.text.model import Party, Span
from aneroid.text.ontology import load_ontology
from aneroid.text.scene import Scene
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

ARMS_WORDS = frozenset(
    {"arm", "arms", "weapon", "weaponry", "defence", "defense", "military", "missile", "fighter", "jet"}
)
DEAL_NOUNS = frozenset(
    {
        "deal",
        "contract",
        "agreement",
        "order",
        "purchase",
        "package",
        "sale",
        "accord",
        "it",
        "they",
        "price",
        "cost",
        "value",
        "bill",
        "sum",
        "transaction",
    }
)
COUNTED = frozenset(
    {"batch", "battery", "regiment", "squadron", "unit", "division", "system", "set", "launcher", "battalion"}
)
DEALING = frozenset(
    {
        "CONSULT",
        "SANCTION",
        "THREATEN",
        "AGREE",
        "SUPPORT",
        "COOPERATE",
        "AID",
        "REQUEST",
        "REJECT",
        "CONCEDE",
    }
)
SUPPLYING = words("supplying")
RECEIVING = words("receiving")
ASKED = frozenset({"request", "bid", "appeal", "plea", "demand", "application"})
PAYING = words("paying")
CLASSES = load_ontology().classes["weapons"] - {"weapon", "arm", "equipment", "hardware"}
INSTEAD = re.compile(
    r"(?:rather than|instead of|in place of|replac\w+|in preference to|unlike)(?: \w+){0,2} ?$", re.IGNORECASE
)
CONTRACTING = words("contracting")
BARGAINING = words("bargaining")
TRANSFERS = words("transfers")
TRANSFERRING = SUPPLYING | RECEIVING | CONTRACTING | BARGAINING


@dataclass(slots=True)
class Arms:
    """The arms facets of one draft, with spans in the article."""

    weapons: tuple[str, ...] = ()
    weapon_spans: tuple[Span, ...] = ()
    quantity: float | None = None
    quantity_span: Span | None = None
    supplier: str | None = None
    recipient: str | None = None
    partner: Party | None = None  # a supplier that only the weapon names
    inferred: tuple[str, ...] = ()


def read_arms(draft: Draft, scene: Scene, sentence: TokenSpan, deals: frozenset[int]) -> Arms | None:
    """Read the arms facets of a draft, or None when it is no arms deal.

    Parameters
    ----------
    draft
        The event.
    scene, sentence
        Where it stands.
    deals
        Positions of the words of all arms deals of the sentence: a weapon belongs to the deal nearest above it, and
        to every deal where it hangs on none.
    """
    if not is_arms(draft, scene, sentence):
        return None
    found = [
        w
        for w in scene.within(scene.weapons, sentence)
        if _belongs(scene.head(w.start, w.end), draft, deals) and not _set_aside(w, scene)
    ]
    arms = Arms(
        weapons=tuple(dict.fromkeys(w.weapon.name for w in found)),
        weapon_spans=tuple(scene.absolute(w.start, w.end) for w in found),
    )
    if not found and (earlier := _meant_before(draft, scene)) is not None:
        weapon, noun = earlier
        arms.weapons, found = (weapon.weapon.name,), [weapon]
        arms.weapon_spans = (scene.absolute(weapon.start, weapon.end),)
        number = next((t for t in (noun, *noun.lefts, noun.head.head) if number_of(t.text)), None)
        if number is not None:
            span = scene.absolute(number.idx, number.idx + len(number.text))
            arms.quantity, arms.quantity_span = number_of(number.text), span
    for weapon in found if arms.quantity is None else ():
        if (counted := _quantity(weapon, scene)) is not None:
            arms.quantity, arms.quantity_span = counted
            break
    _direct(draft, arms, found, scene)
    return arms


def _meant_before(draft: Draft, scene: Scene) -> tuple[WeaponMatch, Token] | None:
    """ "Hanoi ordered six of the boats": the weapon named before, and the noun that stands for it."""
    nouns = [
        o
        for t in draft.tokens
        for o in objects(t)
        if o.lemma_.lower() in CLASSES or o.lower_ in ("them", "it")
    ]
    if not nouns:
        return None
    before = [w for w in scene.weapons if w.end <= nouns[0].idx]
    return (before[-1], nouns[0]) if before else None


def is_arms(draft: Draft, scene: Scene, sentence: TokenSpan) -> bool:
    """Whether a draft is about arms: by its verb, or an agreement whose words or objects are weapons."""
    if draft.kind == "arms_deal":
        return True
    if _governs_weapons(draft, scene, sentence):
        return True
    if draft.kind != "treaty":
        return False
    nouns = [t for token in draft.tokens for t in (token, *objects(token)) if t.pos_ in ("NOUN", "PROPN")]
    words = {
        t.lemma_.lower()
        for noun in nouns
        for t in (noun, *noun.lefts, *(n for c in noun.lefts for n in c.lefts))
    }
    supplied = {"supply", "sale", "purchase", "deal", "contract", "order", "procurement"} & words
    return bool(supplied and (words & ARMS_WORDS or scene.within(scene.weapons, sentence)))


def _governs_weapons(draft: Draft, scene: Scene, sentence: TokenSpan) -> bool:
    """Whether an act of dealing has weapons below its own words: a request for, a refusal of, a contract for them."""
    if draft.event not in DEALING or draft.kind in ("base", "troops", "sanctions", "exercise"):
        return False
    own = {t.i for t in draft.tokens}
    told = (t for token in draft.tokens for t in (token, *objects(token)))
    transfers = any(t.lemma_.lower() in TRANSFERRING | TRANSFERS for t in told)
    found = scene.within(scene.weapons, sentence)
    named = [o.lemma_.lower() for token in draft.tokens for o in objects(token)]
    if draft.event == "CONSULT" and not any(w.weapon.producers for w in found) and not TRANSFERS & set(named):
        return False  # "talks on limiting missiles" are no deal
    heads = (scene.head(w.start, w.end) for w in found)
    below = (head for head in heads if head is not None and own & {a.i for a in head.ancestors})
    return transfers and any(not _in_clause(head, own) for head in below)


def _in_clause(head: Token, own: set[int]) -> bool:
    """Whether a clause of its own lies between a weapon and the words of an event."""
    for node in (head, *head.ancestors):
        if node.i in own:
            return False
        if node.dep_ in ("relcl", "advcl", "ccomp"):
            return True
    return True


def _by_preposition(draft: Draft, scene: Scene) -> str | None:
    """Whether the source supplies or receives, by the preposition of the other side: goods go *to* one and come *from* one."""
    if draft.target is None or draft.event == "REQUEST":
        return None
    token = scene.doc[draft.target.token]
    for _ in range(2):  # the name itself, or the noun that it describes
        if token.dep_ == "pobj":
            return {"to": "supplier", "from": "recipient"}.get(token.head.lower_)
        token = token.head
    return None


def _role(draft: Draft) -> str | None:
    """Whether the source supplies or receives: whoever asks receives; else by the verb, as a contract for goods does."""
    if draft.event == "REQUEST":
        return "recipient"
    if (
        draft.role is None
        and draft.event == "REJECT"
        and ASKED & {o.lemma_.lower() for t in draft.tokens for o in objects(t)}
    ):
        return "supplier"  # "turned down a request for tanks"
    if draft.role is not None:
        return draft.role
    lemmas = {t.lemma_.lower() for t in draft.tokens}
    if lemmas & SUPPLYING:
        return "supplier"
    return "recipient" if lemmas & RECEIVING else None


def _contracts_for(draft: Draft) -> bool:
    """ "Signed a contract with Spain for two ships": whoever signs for goods gets them."""
    lemmas = {t.lemma_.lower() for t in draft.tokens}
    nouns = (noun for t in draft.tokens for noun in (t, *objects(t)))
    return bool(lemmas & CONTRACTING) and any(c.lower_ == "for" for noun in nouns for c in noun.rights)


def _set_aside(weapon: WeaponMatch, scene: Scene) -> bool:
    """ "Rather than the Su-35", "to replace its MiG-21s": named, but not what the deal is about."""
    return INSTEAD.search(scene.doc.text, 0, weapon.start) is not None


def _quantity(weapon: WeaponMatch, scene: Scene) -> tuple[float, Span] | None:
    """The number in front of a weapon, or of the batteries it is counted in."""
    node = scene.head(weapon.start, weapon.end)
    for _ in range(4):
        if node is None:
            return None
        for child in node.children:
            if child.dep_ == "nummod" and (value := number_of(child.text)) is not None:
                return value, scene.absolute(child.idx, child.idx + len(child.text))
        if node.dep_ in ("compound", "nmod", "amod", "nummod") or (
            node.dep_ == "pobj" and node.head.head.lemma_ in COUNTED
        ):
            node = node.head if node.dep_ != "pobj" else node.head.head
        else:
            return None
    return None


def _direct(draft: Draft, arms: Arms, found: list[WeaponMatch], scene: Scene) -> None:
    """Decide who supplies whom: by the verb, else by the adjective of the weapons, else by who makes them."""
    source = draft.source.party.state if draft.source else None
    target = draft.target.party.state if draft.target else None
    makers = [w.weapon.implied_supplier for w in found if w.weapon.implied_supplier]
    implied = makers[0] if len(set(makers)) == 1 else None
    role = _by_preposition(draft, scene) or _role(draft)
    if role == "supplier":
        arms.supplier, arms.recipient = source, target
        return
    if role == "recipient":
        arms.recipient, arms.supplier = source, target
    else:
        arms.supplier = next(
            (s for s in (*_adjectives(found, scene), *makers) if s in (source, target)), None
        )
        if arms.supplier is None and _contracts_for(draft):
            arms.recipient, arms.supplier = source, target
            return
        if arms.supplier is None or source is None or target is None:
            arms.supplier = None
            return
        arms.recipient = target if arms.supplier == source else source
        if not _adjectives(found, scene):
            arms.inferred = ("supplier", "recipient")
    if arms.supplier is None and implied is not None and implied != arms.recipient:
        weapon = next(w for w in found if w.weapon.implied_supplier == implied)
        why = f"only {implied} makes {weapon.weapon.name}"
        arms.partner = Party(weapon.text, scene.absolute(weapon.start, weapon.end), implied, None, None, why)
        arms.supplier = implied
        arms.inferred = ("supplier", "target")


def _adjectives(found: list[WeaponMatch], scene: Scene) -> list[str]:
    """States named as adjectives of the weapons: "Russian attack helicopters"."""
    states: list[str] = []
    for weapon in found:
        head = scene.head(weapon.start, weapon.end)
        for token in head.lefts if head is not None else ():
            match = scene.cast.match_at(token)
            if match is not None and match.entry.state:
                states.append(match.entry.state)
    return states


def _belongs(head: Token | None, draft: Draft, deals: frozenset[int]) -> bool:
    """Whether a weapon or sum hangs on a draft rather than on another deal of the sentence."""
    if head is None:
        return False
    own = {t.i for t in draft.tokens}
    if any(o.i == head.i for t in draft.tokens for o in objects(t)):
        return True  # "jets that it bought": above the verb, yet its object
    for node in (head, *head.ancestors):
        if node.i in own:
            return True
        priced = node.lemma_.lower() in PAYING  # "paying 107 million for the batch"
        if node.i in deals or (
            node.pos_ in VERBAL and node.dep_ in ("conj", "ccomp", "advcl") and not priced
        ):
            return False  # the words of another event
    return True


def sum_of(draft: Draft, scene: Scene, sentence: TokenSpan, deals: frozenset[int]) -> Amount | None:
    """The sum in a draft's own sentence that belongs to it; one that hangs on its words before any other."""
    own = {t.i for t in draft.tokens}
    loose: Amount | None = None
    for amount in scene.within(scene.amounts, sentence):
        head = scene.head(amount.start, amount.end)
        if _belongs(head, draft, deals):
            if head is not None and own & {a.i for a in head.ancestors}:
                return amount
            loose = loose or amount
    return loose


@dataclass(frozen=True, slots=True)
class Carried:
    """What a later sentence adds to the deal it speaks of."""

    amount: Amount | None
    weapons: tuple[WeaponMatch, ...]


def carried(scene: Scene, sentence: TokenSpan) -> Carried | None:
    """Read what a sentence says about "the deal" or "it", or None when it speaks of something else."""
    if not any(_points_back(token) for token in sentence):
        return None
    amounts = scene.within(scene.amounts, sentence)
    return Carried(amounts[0] if amounts else None, tuple(scene.within(scene.weapons, sentence)))


def _points_back(noun: Token) -> bool:
    """ "The deal", "this contract", "it" as a subject; not "a deal" or "Egypt's deal"."""
    if noun.lemma_.lower() not in DEAL_NOUNS:
        return False
    if noun.pos_ == "PRON":
        return noun.dep_ in ("nsubj", "nsubjpass") and noun.head.pos_ in VERBAL
    return any(
        c.dep_ in ("det", "poss") and c.lower_ in ("the", "this", "that", "both", "its", "their")
        for c in noun.lefts
    )
