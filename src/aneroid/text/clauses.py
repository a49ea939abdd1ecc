"""Grammar that the event rules ask of a parse: subjects, objects, labelled arguments, negation, tense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from aneroid.text.dates import MONTHS
from aneroid.text.model import Modality
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
PARTITIVE = frozenset(
    {
        "batch",
        "number",
        "series",
        "group",
        "dozen",
        "lot",
        "package",
        "round",
        "part",
        "score",
        "raft",
        "squadron",
        "battery",
        "regiment",
        "tonne",
        "ton",
        "barrel",
        "litre",
        "sack",
        "bag",
        "load",
        "truckload",
        "planeload",
        "kilogram",
        "fleet",
        "pair",
        "consignment",
        "shipment",
        "set",
        "flotilla",
        "first",
        "last",
        "rest",
        "remainder",
        "half",
        "most",
        "some",
        "battalion",
    }
)
FUTURE = frozenset({"will", "shall", "wo", "'ll", "’ll", "sha"})
UNCERTAIN = frozenset({"may", "might", "could", "would", "can", "should"})
OBLIGING = frozenset({"must", "should", "need", "ought"})
SEPARATE = frozenset(
    {"relcl", "ccomp", "advcl", "conj", "cc", "punct", "mark", "aux", "auxpass", "neg", "parataxis"}
)


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, or a bare participle behind its noun."""
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    complete = any(c.dep_ in ("nsubj", "aux") for c in verb.children)  # "reports that they had attacked"
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and not complete


def subject(verb: Token) -> Token | None:
    """Return the acting subject of a verb, through control, coordination and participles; None if there is none."""
    seen: set[int] = set()
    node = verb
    while node.i not in seen:
        seen.add(node.i)
        if is_passive(node):
            return agent(node)
        own = next((c for c in node.children if c.dep_ in SUBJECTS), None)
        if own is None:
            own = _swallowed_subject(node)
        if own is not None:
            return own
        head = node.head
        if node.dep_ in ("acl", "relcl"):
            return head if node.tag_ == "VBG" else _owner_of(head, node)
        if node.dep_ == "pcomp" and head.dep_ == "prep":
            preposition, head = head, _governor(head)
            controlled = next((c for c in head.children if c.dep_ in ("dobj", "nsubjpass")), None)
            if controlled is not None and preposition.lower_ in ("of", "for", "from", "into"):
                return controlled  # "accused Sudan of arming", "thanked Oman for hosting"
        if node.dep_ == "xcomp" and head.dep_ == "acomp" and head.head.pos_ in VERBAL:
            head = head.head  # "is likely to attack"
        if head.pos_ not in VERBAL:
            return None
        if node.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "conj", "dep") or head.pos_ in VERBAL:
            if is_passive(head) and node.dep_ in ("xcomp", "advcl"):
                return next((c for c in head.children if c.dep_ == "nsubjpass"), None)
            node = head
        else:
            return None
    return None


def _swallowed_subject(verb: Token) -> Token | None:
    """ "On 3 May 2019 Norway signed": without a comma the parser takes the subject for part of the date."""
    for child in verb.lefts:
        if child.dep_ == "prep":
            for noun in child.children:
                dated = any(t.lower_ in MONTHS for left in noun.lefts for t in left.subtree)
                if noun.dep_ == "pobj" and dated and noun.lower_ not in MONTHS and not noun.text.isdigit():
                    return noun
    return None


def _owner_of(noun: Token, verb: Token) -> Token | None:
    """ "A decision to leave": whoever decides; the noun's owner or the subject of its verb."""
    if any(c.dep_ == "poss" for c in noun.children):
        return noun
    governor = _governor(noun)
    return subject(governor) if governor.pos_ in VERBAL and governor.i != verb.i else noun


def _governor(token: Token) -> Token:
    """Climb through nouns and prepositions to the verb that governs a token."""
    node = token
    while node.head.i != node.i and node.pos_ not in VERBAL:
        node = node.head
    return node


def is_command(root: Token) -> bool:
    """Whether a sentence commands its reader ("Ignore ..."): it tells nothing that happened."""
    led = all(t.is_punct or t.pos_ in ("ADV", "INTJ") for t in root.doc[root.sent.start : root.i])
    return (
        root.tag_ in ("VB", "VBP")
        and led
        and not any(c.dep_ in (*SUBJECTS, "nsubjpass", "aux") for c in root.children)
    )


def agent(verb: Token) -> Token | None:
    """Return the noun of a passive's by-phrase."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    joined = (c for c in verb.rights if c.dep_ == "conj" and c.tag_ == "VBN")
    return next(
        (found for c in joined if (found := agent(c)) is not None), None
    )  # "was rammed and boarded by"


def misread_gerund(token: Token) -> bool:
    """ "In favour of expelling foreign troops": the parser may take the gerund for an adjective of the troops."""
    behind = token.i > 0 and token.doc[token.i - 1].pos_ in ("ADP", "SCONJ")
    return token.dep_ == "amod" and token.lower_.endswith("ing") and behind and token.head.i > token.i


def objects(token: Token) -> list[Token]:
    """Return the things a verb or event noun acts on: objects, passive subjects, or the "of" phrase of a noun."""
    if misread_gerund(token):
        nouns = [token.head]
    elif token.pos_ not in VERBAL:
        nouns = [c for c in token.lefts if c.dep_ in ("compound", "amod", "nmod")]
        nouns += [
            n for c in token.rights if c.lower_ in ("of", "for") for n in c.children if n.dep_ == "pobj"
        ]
    elif token.dep_ == "acl" and is_passive(token):
        nouns = [token.head]
    else:
        nouns = [_meant(c) for c in token.children if c.dep_ in ("dobj", "nsubjpass", "attr", "oprd")]
        if not nouns and token.dep_ == "relcl" and any(c.dep_ in SUBJECTS for c in token.children):
            nouns = [token.head]  # "the jets it bought"
        if not nouns and token.dep_ == "conj" and is_passive(token):
            nouns = [c for c in token.head.children if c.dep_ == "nsubjpass"]
    return [t for noun in nouns for t in _with_conjuncts(_through_partitive(noun))]


def _meant(noun: Token) -> Token:
    """ "Ended the pact but reinstated it", "jets that it bought": an earlier object, or the noun described."""
    verb = noun.head
    if noun.lower_ in ("that", "which") and verb.dep_ == "relcl" and noun.dep_ in ("dobj", "nsubjpass"):
        return verb.head
    if noun.lower_ in ("it", "them") and noun.dep_ == "dobj" and verb.dep_ == "conj":
        return next((c for c in verb.head.children if c.dep_ == "dobj"), noun)
    return noun


def _through_partitive(noun: Token) -> Token:
    """ "A batch of missiles" is about the missiles."""
    if noun.lemma_.lower() in PARTITIVE or noun.pos_ == "NUM":
        for child in noun.children:
            if child.lower_ == "of":
                return next((c for c in child.children if c.dep_ == "pobj"), noun)
    return noun


def _with_conjuncts(noun: Token) -> Iterator[Token]:
    yield noun
    for child in noun.rights:
        if child.dep_ in ("conj", "appos") and child.pos_ in NOMINAL:
            yield from _with_conjuncts(_through_partitive(child))


def arguments(node: Token, label: str = "", depth: int = 0) -> Iterator[tuple[str, Token, int]]:
    """Yield labelled nouns below a verb or event noun: ``dobj``, ``mod`` or the preposition, with their depth.

    Subordinate clauses are not entered: what stands there belongs to another event.
    """
    if depth > 5:
        return
    if misread_gerund(node):
        yield "dobj", node.head, depth
        yield from arguments(node.head, "dobj", depth + 1)
    joined = node.dep_ == "conj" and node.tag_ == "VBN" and is_passive(node.head)
    if joined and not any(c.dep_ in ("nsubjpass", "nsubj") for c in node.children):
        yield from (("dobj", c, depth) for c in node.head.children if c.dep_ == "nsubjpass")
    for child in node.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "dative") and child.pos_ in NOMINAL:
            name = "dative" if child.dep_ == "dative" else "dobj"
            meant = _meant(child)
            yield name, meant, depth
            yield from arguments(meant, name, depth + 1)
        elif child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "ADV"):
            yield from _prepositional(child, depth)
        elif child.dep_ in ("poss", "amod", "compound", "nmod") and not label:
            yield "mod", child, depth + 1
        elif child.dep_ in ("prt", "advmod") and child.pos_ in ("ADP", "ADV"):
            yield from arguments(child, label, depth + 1)


def _prepositional(preposition: Token, depth: int) -> Iterator[tuple[str, Token, int]]:
    label = preposition.lower_
    for child in preposition.children:
        if child.dep_ == "pobj":
            yield label, child, depth
            yield from arguments(child, label, depth + 1)
        elif child.dep_ == "prep":  # "out of Iraq", "from inside Syria"
            yield from _prepositional(child, depth)
        elif child.dep_ == "pcomp":
            yield from arguments(child, label, depth + 1)


def negation(verb: Token) -> Token | None:
    """Return the word that negates a verb or its object ("not", "never", "no")."""
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in ("never", "not", "n't", "n’t"):
            return child
        if child.dep_ in ("dobj", "nsubj", "nsubjpass"):
            for word in child.children:
                if word.dep_ == "det" and word.lower_ in ("no", "neither"):
                    return word
    if verb.dep_ == "pcomp" and verb.head.lower_ == "without":
        return verb.head
    if verb.dep_ == "xcomp" and verb.pos_ in VERBAL and verb.head.lemma_ == "be":
        return negation(verb.head)
    return None


def auxiliary_modality(verb: Token) -> tuple[Modality, Token] | None:
    """Return what the auxiliaries say: will → planned, may → conditional; None for plain tenses."""
    words = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if not words and verb.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in verb.children):
        words = [c for c in verb.head.children if c.dep_ == "aux"]
    for word in words:
        if word.lower_ in FUTURE:
            return Modality.PLANNED, word
        if word.lower_ == "would" and verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN"):
            return Modality.PLANNED, word  # "announced that it would": the future seen from the past
        if word.lower_ in UNCERTAIN:
            return Modality.CONDITIONAL, word
    if verb.dep_ == "xcomp" and verb.head.lower_ in ("likely", "unlikely") and words:
        return Modality.CONDITIONAL, verb.head
    if verb.dep_ == "xcomp" and verb.head.lower_ in ("going", "due", "about") and words:
        return Modality.PLANNED, verb.head
    if verb.dep_ == "xcomp" and verb.head.lemma_ == "be" and verb.tag_ == "VB":  # "is to visit"
        return Modality.PLANNED, verb.head
    return None


def condition(verb: Token) -> list[Token]:
    """Return the words of the condition a clause depends on ("if", "unless", "should ...", "once"), or nothing."""
    if (terms := _terms(verb)) is not None:
        return terms
    nodes = [verb, *[a for a in verb.ancestors if a.sent == verb.sent]]
    for node in nodes:
        for child in node.children:
            if child.dep_ != "advcl":
                continue
            marks = [
                c for c in child.children if c.dep_ in ("mark", "advmod") and c.lower_ in CONDITION_WORDS
            ]
            if (marks or _inverted(child) or _opens(child, AS_LONG)) and verb not in list(child.subtree):
                return sorted(child.subtree, key=lambda t: t.i)
        if node.dep_ in ("ccomp", "relcl") and node is not verb:
            continue
    return []


def _inverted(clause: Token) -> bool:
    """ "Should Peru ask, ...", "were Peru to ask": a condition by its order of words."""
    first = next((t for t in clause.subtree if not t.is_punct), clause)
    return first.lower_ in ("should", "were", "had") and (first.head.i == clause.i or first.i == clause.i)


def _opens(clause: Token, words: frozenset[str]) -> bool:
    """Whether a clause, or the adverb it hangs on, opens with one of some three-word conjunctions."""
    start = clause.left_edge.i
    stretches = (
        clause.doc[max(0, start - back) : max(0, start - back) + 3].text.lower() for back in (0, 1, 2)
    )
    return any(stretch in words for stretch in stretches)


def _terms(verb: Token) -> list[Token] | None:
    """ "In exchange for two agents", "on condition that": a price named in a phrase."""
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("in", "on"):
            noun = next((c for c in child.children if c.dep_ == "pobj"), None)
            if noun is not None and noun.lower_ in ("exchange", "return", "condition", "case"):
                follows = any(
                    c.lower_ in ("for", "of", "that") or c.dep_ in ("acl", "ccomp") for c in noun.children
                )
                if follows:
                    return sorted(child.subtree, key=lambda t: t.i)
    return None


def hypothetical(token: Token) -> Token | None:
    """Return the "if" or "once" of a clause that a word stands in, or the "after" of one below a "could"."""
    node = token
    while node.head.i != node.i:
        if node.dep_ == "advcl":
            for mark in node.children:
                if mark.dep_ not in ("mark", "advmod"):
                    continue
                if mark.lower_ in ("if", "unless", "once", "whether"):
                    return mark
                if (
                    mark.lower_ in ("after", "when", "until", "before")
                    and auxiliary_modality(node.head) is not None
                ):
                    return mark
        node = node.head
    return None


AS_LONG = frozenset({"as long as", "so long as", "only as long", "on condition that", "in case that"})
CONDITION_WORDS = words("condition_marks")
