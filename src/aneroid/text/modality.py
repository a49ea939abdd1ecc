"""How the text presents an event: happened, decided, planned, threatened, conditional, requested or denied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.text.classify import Chain
from aneroid.text.clauses import VERBAL, auxiliary_modality, condition, hypothetical, negation
from aneroid.text.model import Modality
from aneroid.text.ontology import Ontology
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

PROSPECTIVE = {
    "planned": Modality.PLANNED,
    "proposed": Modality.PLANNED,
    "upcoming": Modality.PLANNED,
    "scheduled": Modality.PLANNED,
    "future": Modality.PLANNED,
    "possible": Modality.CONDITIONAL,
    "potential": Modality.CONDITIONAL,
    "threatened": Modality.THREATENED,
}
DONE = frozenset({"COOPERATE", "AID", "SUPPORT", "CONSULT"})  # classes of acts already done
UNCERTAIN_ADJECTIVES = frozenset(
    {"likely", "unlikely", "possible", "probable", "improbable", "inevitable", "imminent"}
)
DECIDING = words("deciding")
CONSEQUENCES = words("consequences")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The modality, the words that show it, the event after it, and the words of a condition."""

    modality: Modality
    words: tuple[Token, ...]
    event: str
    condition: tuple[Token, ...] = ()


def judge(chain: Chain, ontology: Ontology, *, prediction: bool = False) -> Verdict:
    """Decide the modality of an event from its operators, auxiliaries and negation.

    Parameters
    ----------
    chain
        The event word with the operators above it.
    ontology
        Says which operator shows which modality.
    prediction
        Whether somebody foresees the event; then it keeps its own class ("a war could follow" is no threat).

    Returns
    -------
    Verdict
        ``event`` may differ from the chain's: an announced act is an AGREE or a THREATEN, and cooperation that
        is said not to happen is a REJECT. A denial by an actor keeps the class of what is denied.
    """
    top = chain.top
    event = chain.event
    learnt = chain.core.id == "learnt"  # the classifier has seen auxiliaries and negation
    if chain.operators and chain.operators[0][0].op == "deny":
        return Verdict(Modality.DENIED, (top,), event)
    modality, shown = _from_operators(chain, ontology)
    shown += chain.negated
    found = _auxiliary(top)
    if found is not None and modality in (Modality.HAPPENED, Modality.DECIDED, Modality.PLANNED):
        modality, word = found
        shown += (word,)
        if not prediction and top.pos_ in VERBAL and not learnt:
            event = ontology.composed("plan", event)
    if (no := negation(top)) is not None and no not in chain.negated:
        modality, shown = Modality.DENIED, (*shown, no)
        event = event if learnt else ontology.negated(event)
    if event == "REQUEST" and (worse := _or_else(chain)) is not None:
        modality, event, shown = Modality.THREATENED, "THREATEN", (*shown, worse)
    terms = tuple(conditions(chain))
    if modality is Modality.HAPPENED and (mark := hypothetical(top)) is not None:
        modality, shown = Modality.CONDITIONAL, (*shown, mark)
    if terms and terms[0].lower_ == "unless" and found is not None and not prediction and event == "AGREE":
        event = "THREATEN"  # "will withdraw unless": an ultimatum, whatever the act
    outermost = chain.operators[0][0] if chain.operators else chain.core
    warned = "warn" in (outermost.op, outermost.id)  # "warned that, if …"
    if terms and (found is not None or warned) and modality in (Modality.PLANNED, Modality.THREATENED):
        modality = Modality.CONDITIONAL
    if learnt and (op := _operator_of(chain.core_token, ontology)) is not None and event in DONE:
        modality, event = ontology.modality[op], ontology.composed(op, event)
    elif learnt and modality in (Modality.HAPPENED, Modality.PLANNED):
        modality = _of_announcement(event, top, modality)
    return Verdict(modality, tuple(dict.fromkeys(shown)), event, terms)


def _or_else(chain: Chain) -> Token | None:
    """ "Told Peru to leave or face sanctions": the alternative makes a demand a threat."""
    for token in chain.tokens:
        for child in token.children:
            either = any(c.dep_ == "cc" and c.lower_ == "or" for c in token.children)
            if child.dep_ == "conj" and either and child.lemma_.lower() in CONSEQUENCES:
                return child
    return None


def _operator_of(verb: Token, ontology: Ontology) -> str | None:
    """ "Plan to build": a verb without an event of its own that says how the act below it is meant."""
    if not any(c.dep_ == "xcomp" for c in verb.children):
        return None
    ops = (
        sense.op
        for sense in ontology.verbs.get(verb.lemma_.lower(), ())
        if sense.op in ("plan", "promise", "decide")
    )
    return next(ops, None)


def _of_announcement(event: str, verb: Token, otherwise: Modality) -> Modality:
    """How a verb without a sense presents an act that is still ahead: the class says that it is one."""
    if event == "AGREE":
        return Modality.DECIDED if verb.lemma_.lower() in DECIDING else Modality.PLANNED
    return {"THREATEN": Modality.THREATENED, "REQUEST": Modality.REQUESTED}.get(event, otherwise)


def conditions(chain: Chain) -> list[Token]:
    """The condition of an event, whichever word of its chain the parser hung it on."""
    return next((found for token in reversed(chain.tokens) if (found := condition(token))), [])


def _from_operators(chain: Chain, ontology: Ontology) -> tuple[Modality, tuple[Token, ...]]:
    """The outermost operator that says anything about the event decides."""
    for sense, token in chain.operators:
        if sense.op == "promise" and chain.event == "THREATEN":
            return Modality.THREATENED, (token,)
        if sense.op in ontology.modality:
            return ontology.modality[sense.op], (token,)
    if chain.core.event == "AGREE":  # "promised Peru jets": the act itself is still ahead
        return Modality.PLANNED, (chain.core_token,)
    if chain.bare or chain.event in ("THREATEN", "REQUEST"):
        shown = {"THREATEN": Modality.THREATENED, "REQUEST": Modality.REQUESTED}
        if chain.event in shown:
            return shown[chain.event], (chain.core_token,)
    return Modality.HAPPENED, ()


def _auxiliary(top: Token) -> tuple[Modality, Token] | None:
    """Auxiliaries of the verb, or of the verb that an event noun is subject of, or an adjective of the noun."""
    if top.pos_ in VERBAL:
        return auxiliary_modality(top)
    for child in top.lefts:
        if child.lower_ in PROSPECTIVE:
            return PROSPECTIVE[child.lower_], child
    if top.dep_ == "nsubj" and top.head.lemma_ == "be":
        open_ = (c for c in top.head.children if c.dep_ == "acomp" and c.lower_ in UNCERTAIN_ADJECTIVES)
        if (word := next(open_, None)) is not None:
            return Modality.CONDITIONAL, word
    if top.dep_ in ("nsubj", "nsubjpass", "dobj") and top.head.pos_ in VERBAL:
        return auxiliary_modality(top.head)
    return None
