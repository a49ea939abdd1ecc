"""The class of what one party does to another, by a small trained classifier that takes the rules as evidence.

Classes are the PLOVER names with CONCEDE and RETREAT merged as YIELD. The parameters come from
``scripts/train_relations.py``; without them the rules alone still read (:mod:`aneroid.text.classify`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aneroid.text.clauses import SUBJECTS, VERBAL
from aneroid.text.evidence import (
    Features,
    Offsets,
    Pair,
    letter_features,
    masked,
    pair_of,
    place_features,
    trimmed,
    word_features,
)
from aneroid.text.evidence_rules import rule_features
from aneroid.text.evidence_syntax import syntax_features
from aneroid.text.linear import LinearModel
from aneroid.text.ontology import load_ontology
from aneroid.text.parse import parse
from aneroid.text.words import words

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc, Token

PARAMETERS = Path(__file__).parent / "parameters"
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
CUES = words("cues")
REACH = 3  # complements that are followed to find whom a sentence is about
Given = tuple[str, Offsets | None, Offsets | None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A class with its quad class and the probability that the quad class is right."""

    label: str
    quad: int
    confidence: float


@cache
def load_parameters(name: str) -> LinearModel:
    """Read one of the classifiers that ship: ``relations`` or ``quads``."""
    return LinearModel.load(PARAMETERS / f"{name}.npz")


def quad_of(label: str) -> int:
    """Return the quad class of a class; giving way in any form is material cooperation, as in the data it is learnt from."""
    return 2 if label == "YIELD" else load_ontology().events[label].quad


def pair_features(pair: Pair) -> Features:
    """Return all evidence on what the source does to the target."""
    lemmas, plain = masked(pair)
    syntax, critical = syntax_features(pair)
    shown = {token.i: token.lower_ for token in critical}
    return {
        "words": word_features(lemmas),
        "places": place_features(lemmas),
        "syntax": syntax,
        "rules": rule_features(pair, critical),
        "letters": letter_features(plain, shown.values()),
    }


def relation_features(given: Sequence[Given]) -> list[Features]:
    """Return the evidence for texts with their parties: text, offsets of the source, offsets of the target."""
    docs = parse(
        (text, [trimmed(text, span) for span in (source, target) if span is not None])
        for text, source, target in given
    )
    return [
        pair_features(pair_of(doc, source, target))
        for doc, (_, source, target) in zip(docs, given, strict=True)
    ]


def sentence_features(texts: Sequence[str]) -> list[Features]:
    """Return the evidence for whole sentences, about the parties that their grammar suggests."""
    parties = [likely_parties(doc) for doc in parse((text, []) for text in texts)]
    return relation_features([(text, *sides) for text, sides in zip(texts, parties, strict=True)])


def likely_parties(doc: Doc) -> tuple[Offsets | None, Offsets | None]:
    """Guess the source and target of a sentence: subject and first named object of its main verb, below any reporting verb."""
    sentence = next(iter(doc.sents), None)
    if sentence is None:
        return None, None
    verb = sentence.root
    for _ in range(2):
        told = next((c for c in verb.children if c.dep_ == "ccomp"), None)
        if verb.lemma_ in CUES and told is not None:
            verb = told
    source = next((_phrase(c) for v in (verb, sentence.root) for c in _subjects(v)), None)
    target = next((_phrase(noun) for noun in _objects(verb) if noun.pos_ == "PROPN"), None)
    if source is not None and target is not None and target[0] < source[1]:
        target = None
    return source, target


def _subjects(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_ in SUBJECTS or c.dep_ == "nsubjpass")


def _phrase(noun: Token) -> Offsets:
    phrase = noun.doc[noun.left_edge.i : noun.i + 1]
    return phrase.start_char, phrase.end_char


def _objects(verb: Token) -> Iterator[Token]:
    """The first object of a verb, or else of a preposition below it; then those of its complements."""
    node: Token | None = verb
    for _ in range(REACH):
        if node is None:
            return
        direct = [c for c in node.children if c.dep_ in ("dobj", "dative")]
        below = [
            n for c in node.children if c.dep_ in ("prep", "agent") for n in c.children if n.dep_ == "pobj"
        ]
        yield from [*direct, *below][:1]
        node = next((c for c in node.children if c.dep_ in ("xcomp", "ccomp") and c.pos_ in VERBAL), None)


def decide(probabilities: NDArray[np.float64], labels: Sequence[str]) -> list[Verdict]:
    """Take the most probable quad class first, then the most probable class in it.

    Fifteen classes split one side's probability more than another's; adding it up first costs nothing and loses
    fewer of the confusions that matter most.
    """
    quads = np.array([quad_of(label) for label in labels])
    sums = np.stack([probabilities[:, quads == quad].sum(axis=1) for quad in (1, 2, 3, 4)], axis=1)
    best = sums.argmax(axis=1) + 1
    inside = np.where(quads[None, :] == best[:, None], probabilities, -1.0).argmax(axis=1)
    return [
        Verdict(labels[i], int(quad), float(total[quad - 1]))
        for i, quad, total in zip(inside, best, sums, strict=True)
    ]


def classify_relations(given: Sequence[Given]) -> list[Verdict]:
    """Classify what a source does to a target.

    Parameters
    ----------
    given
        Text, offsets of the source and offsets of the target; an offset may be None when nobody is named.

    Returns
    -------
    list of Verdict
        ``label`` is one of fifteen classes, ``confidence`` the calibrated probability of its quad class.

    References
    ----------
    Platt scaling by one temperature: Guo et al. (2017), arXiv:1706.04599. Data: Hu et al. (2024),
    doi:10.18653/v1/2024.acl-long.27.
    """
    if not given:
        return []
    model = load_parameters("relations")
    return decide(model.probabilities(relation_features(given)), model.labels)


def classify_sentences(texts: Sequence[str]) -> list[Verdict]:
    """Classify sentences without given parties.

    Returns
    -------
    list of Verdict
        ``quad`` is 0 where a sentence tells no event that is coded; ``label`` is the same number as text.
    """
    if not texts:
        return []
    model = load_parameters("quads")
    shares = model.probabilities(sentence_features(texts))
    best = shares.argmax(axis=1)
    return [
        Verdict(model.labels[i], int(model.labels[i]), float(row[i]))
        for i, row in zip(best, shares, strict=True)
    ]
