"""Evidence from the rules: what they would code between the two parties, and which senses the words near them have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from aneroid.actors.index import Match
from aneroid.actors.lexicon import Entry, Kind
from aneroid.actors.weapons import find_weapons
from aneroid.text.cast import Cast
from aneroid.text.classify import Classifier
from aneroid.text.clauses import VERBAL, subject
from aneroid.text.events import find_events
from aneroid.text.evidence import Pair
from aneroid.text.modality import judge
from aneroid.text.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def rule_features(pair: Pair, critical: Iterable[Token]) -> Counter[str]:
    """Return what the rules make of a text in which only the two given parties are known."""
    ontology = load_ontology()
    cast = Cast(pair.doc, _given(pair), 0)
    classifier = Classifier(ontology, cast, _weapon_tokens(pair.doc))
    found: dict[str, int] = {}
    _drafts(pair, cast, classifier, ontology, found)
    _chains(pair, classifier, ontology, {t.i for t in critical}, found)
    for token in critical:
        word = token.lemma_.lower()
        for sense in (*ontology.verbs.get(word, ()), *ontology.nouns.get(word, ())):
            found[f"sense:{sense.id}"] = 1
            found[f"event:{sense.event}" if sense.event else f"op:{sense.op}"] = 1
    return Counter(found)


def _given(pair: Pair) -> list[Match]:
    """Both parties as if they were names of groups."""
    sides = [(name, span) for name, span in (("s", pair.source), ("t", pair.target)) if span is not None]
    return [
        Match(span.start_char, span.end_char, span.text, Entry(span.text, Kind.GROUP, actor=name), "given")
        for name, span in sorted(sides, key=lambda side: side[1].start)
    ]


def _weapon_tokens(doc: Doc) -> frozenset[int]:
    spans = (doc.char_span(w.start, w.end, alignment_mode="expand") for w in find_weapons(doc.text))
    return frozenset(token.i for span in spans if span is not None for token in span)


def _drafts(
    pair: Pair, cast: Cast, classifier: Classifier, ontology: Ontology, found: dict[str, int]
) -> None:
    """The events that the rules code, by who acts on whom."""
    coded = False
    for sentence in pair.doc.sents:
        for draft in find_events(sentence, cast, classifier):
            verdict = judge(draft.chain, ontology)
            sides = "".join((role.key or "-") if role else "-" for role in (draft.source, draft.target))
            found[f"draft:{sides}:{verdict.event}"] = 1
            found[f"modality:{sides}:{verdict.event}:{verdict.modality}"] = 1
            found[f"rule:{sides}:{draft.rule}"] = 1
            found[f"quad:{sides}:{ontology.events[verdict.event].quad}"] = 1
            coded |= sides == "st"
    found["coded" if coded else "not coded"] = 1


def _chains(
    pair: Pair,
    classifier: Classifier,
    ontology: Ontology,
    critical: set[int],
    found: dict[str, int],
) -> None:
    """Every reading of every word outside the parties, by whose act it is."""
    parties = pair.source_tokens | pair.target_tokens
    for token in pair.doc:
        if token.i in parties or not (token.pos_ in VERBAL or token.pos_ == "NOUN"):
            continue
        for chain in classifier.chains(token):
            event = judge(chain, ontology).event
            actor = subject(chain.top) if chain.top.pos_ in VERBAL else None
            whose = "o"
            if actor is not None:
                whose = (
                    "s" if actor.i in pair.source_tokens else "t" if actor.i in pair.target_tokens else "o"
                )
            found[f"chain:{whose}:{event}"] = 1
            found[f"chainrule:{whose}:{chain.rule}"] = 1
            found[f"any:{event}"] = 1
            if token.i in critical or chain.top.i in critical:
                found[f"near:{event}"] = 1
            if chain.top.dep_ == "ROOT":
                found[f"root:{event}"] = 1
