"""From an article's text to its claims: parse, find events, read their facets, number them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from aneroid.actors.index import default_index
from aneroid.text.arms import is_arms
from aneroid.text.attribution import attribution_of
from aneroid.text.classify import Classifier
from aneroid.text.clauses import auxiliary_modality, is_command, objects
from aneroid.text.coded import Coded, number_claims
from aneroid.text.dyads import open_dyads
from aneroid.text.events import Draft, find_events
from aneroid.text.facets import (
    complete_deal,
    with_arms,
    with_condition,
    with_date,
    with_place,
    with_prediction,
    with_third_parties,
)
from aneroid.text.modality import Verdict, judge
from aneroid.text.model import Article, Attribution, Claim, DatePrecision, Modality, Party, Span
from aneroid.text.ontology import load_ontology
from aneroid.text.parse import paragraphs, parse
from aneroid.text.predictions import Prediction, find_predictions
from aneroid.text.scene import Scene, set_scene
from aneroid.text.words import words

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan

PRICED = ("arms_deal",)
VOTING = words("voting")
FORESEEING = re.compile(r"(expect|predict|forecast|foresee|foresaw|anticipat|fear)", re.IGNORECASE)
THINKING = re.compile(r"(think|thought|believ|doubt|reckon|suspect|guess|suppos|bet)", re.IGNORECASE)
OPEN = (Modality.PLANNED, Modality.HAPPENED, Modality.THREATENED)
UNDECIDED = (Modality.HAPPENED, Modality.PLANNED, Modality.REQUESTED)


def code_text(article: Article, *, at_home: bool = False) -> Coded:
    """Code an English article.

    Parameters
    ----------
    article
        Its text; offsets of the claims point into it.
    at_home
        Whether acts inside one state count too, with that state on both sides, as in PLOVER's own gold records.

    Returns
    -------
    Coded
        Claims in the order of the text; the same text always gives the same claims with the same ids.
    """
    coded = Coded([], [], [])
    blocks = paragraphs(article.text)
    year = article.published.year if article.published else None
    names = [default_index().find(text, year=year) for _, text in blocks]
    docs = parse(
        (text, [(m.start, m.end) for m in found]) for (_, text), found in zip(blocks, names, strict=True)
    )
    previous: Scene | None = None
    for (offset, _), found, doc in zip(blocks, names, docs, strict=True):
        scene = set_scene(doc, offset, found, article.published, previous)
        coded.parties += named_parties(scene)
        _code_scene(article, scene, coded, at_home=at_home)
        previous = scene
    coded.claims = number_claims(coded.claims)
    return coded


def named_parties(scene: Scene) -> list[Party]:
    """Everybody named in a paragraph, whether or not an event was found."""
    return [
        Party(m.text, scene.absolute(m.start, m.end), m.entry.state, m.entry.sector, m.entry.actor, m.why)
        for m in scene.cast.matches
    ]


def _code_scene(article: Article, scene: Scene, coded: Coded, *, at_home: bool) -> None:
    """Code the sentences of a paragraph in order; later ones may complete the arms deal of an earlier one."""
    classifier = Classifier(load_ontology(), scene.cast, scene.weapon_tokens)
    open_deals: list[int] = []  # arms claims of the sentence before
    for sentence in scene.doc.sents:
        number = len(coded.sentences)
        coded.sentences.append(scene.absolute(sentence.start_char, sentence.end_char))
        drafts: list[Draft] = []
        if not is_command(sentence.root):
            drafts = find_events(sentence, scene.cast, classifier)
            drafts += open_dyads(sentence, scene.cast, drafts)
            if at_home and not drafts:
                drafts = find_events(sentence, scene.cast, classifier, at_home=True)
        found = list(_claims(article, scene, sentence, number, drafts))
        if open_deals:  # "the deal" is the one told last
            coded.claims[open_deals[-1]] = complete_deal(coded.claims[open_deals[-1]], scene, sentence)
        start = len(coded.claims)
        coded.claims += found
        deals = [start + i for i, claim in enumerate(found) if claim.kind in PRICED]
        open_deals = deals or (open_deals if number and not found else [])


def _claims(
    article: Article, scene: Scene, sentence: TokenSpan, number: int, drafts: list[Draft]
) -> Iterator[Claim]:
    """Turn the drafts and predictions of a sentence into claims."""
    predictions = find_predictions(sentence, scene.cast)
    deals = frozenset(t.i for d in drafts if is_arms(d, scene, sentence) for t in d.tokens)
    coded_outcomes: set[int] = set()
    for draft in drafts:
        foreseen = _foreseen(draft, predictions)
        if foreseen is not None:
            coded_outcomes.add(foreseen.outcome.i)
        claim = _claim(article, scene, sentence, number, draft, foreseen, deals)
        if claim.target is not None or draft.chain.core.event not in ("ASSAULT", "COERCE"):
            yield claim
    for prediction in predictions:
        # A foreseen state of affairs is kept when it is about somebody we know.
        named = any(scene.cast.match_at(token) for token in prediction.outcome.subtree)
        if named and prediction.outcome.i not in coded_outcomes:
            yield _uncoded(article, scene, sentence, number, prediction)


def _foreseen(draft: Draft, predictions: list[Prediction]) -> Prediction | None:
    """The prediction whose outcome an event is part of."""
    core = draft.chain.core_token
    for prediction in predictions:
        aside = {t.i for t in prediction.condition}
        if core.i in {t.i for t in prediction.outcome.subtree} - aside:
            return prediction
    return None


def _claim(
    article: Article,
    scene: Scene,
    sentence: TokenSpan,
    number: int,
    draft: Draft,
    foreseen: Prediction | None,
    deals: frozenset[int],
) -> Claim:
    """Read all facets of one event."""
    ontology = load_ontology()
    own = frozenset(t.i for t in draft.tokens)
    said = attribution_of(draft.chain.top, own, scene.cast)
    by_others = foreseen is not None or _foreseen_by_others(said, draft)
    verdict = voted(judge(draft.chain, ontology, prediction=by_others), draft)
    event = ontology.events[verdict.event]
    spans: dict[str, tuple[Span, ...]] = {"event": scene.of_tokens(draft.tokens)}
    if verdict.words:
        spans["modality"] = scene.of_tokens(verdict.words)
    claim = Claim(
        claim_id="",
        article_id=article.article_id,
        sentence=number,
        sentence_span=scene.absolute(sentence.start_char, sentence.end_char),
        source=draft.source.party if draft.source else None,
        target=draft.target.party if draft.target else _accuser(said, draft, scene),
        event=event.name,
        mode=draft.mode if verdict.event == draft.chain.core.event or draft.mode == "arms" else None,
        cameo_root=event.cameo,
        quad=event.quad,
        goldstein=event.goldstein,
        modality=verdict.modality,
        attribution=said,
        kind=draft.kind or _kind_of_objects(draft),
        reciprocal=draft.symmetric and event.name in ("CONSULT", "SUPPORT", "COOPERATE", "AGREE", "ASSAULT"),
        spans=spans,
        inferred=tuple(sorted(draft.inferred)),
        rule=draft.rule,
        confidence=draft.confidence,
    )
    claim = with_condition(claim, verdict, scene)
    if by_others and foreseen is None and claim.modality in OPEN:
        claim = replace(claim, modality=Modality.CONDITIONAL, prediction=True)
    claim = with_date(claim, draft, scene, sentence)
    claim = with_arms(claim, draft, scene, sentence, deals)
    claim = with_place(claim, draft, scene)
    claim = with_third_parties(claim, draft, scene)
    return with_prediction(claim, foreseen, scene) if foreseen is not None else claim


KINDS = {"agreement": "treaty", "hostile_measures": "sanctions", "visitors": "visit", "bases": "base"}


def _kind_of_objects(draft: Draft) -> str | None:
    """What an event is about by the nouns that its words act on: "ended the treaty", "joined the sanctions"."""
    classes = load_ontology().classes
    nouns = {o.lemma_.lower() for token in draft.tokens for o in objects(token)}
    return next((kind for name, kind in KINDS.items() if nouns & classes[name]), None)


def _accuser(said: Attribution | None, draft: Draft, scene: Scene) -> Party | None:
    """ "Damascus says Israeli aircraft bombed a farm": where nobody is named as hit, the state that says so."""
    hostile = draft.event in ("ASSAULT", "COERCE", "MOBILIZE")
    if not hostile or said is None or said.state is None or said.source_span is None or draft.source is None:
        return None
    if said.state == draft.source.party.state:
        return None
    return Party(said.source, said.source_span, said.state, None, None, f"“{said.source}” says so")


def _foreseen_by_others(said: Attribution | None, draft: Draft) -> bool:
    """Whether somebody else than the actor expects the act: it is open then, however firmly the words put it."""
    if said is None or (draft.source is not None and said.state == draft.source.party.state):
        return False
    return FORESEEING.match(said.cue) is not None or (
        THINKING.match(said.cue) is not None and auxiliary_modality(draft.chain.top) is not None
    )


def voted(verdict: Verdict, draft: Draft) -> Verdict:
    """Every vote is a decision, also one that asks for something or turns it down."""
    legislative = draft.source is not None and draft.source.party.sector == "LEG"
    ballot = draft.kind == "vote" or draft.chain.top.lemma_ == "vote"
    if (ballot or (legislative and draft.chain.top.lemma_ in VOTING)) and verdict.modality in UNDECIDED:
        return replace(verdict, modality=Modality.DECIDED)
    return verdict


def _uncoded(
    article: Article, scene: Scene, sentence: TokenSpan, number: int, prediction: Prediction
) -> Claim:
    """A prediction whose outcome is no event that we code: kept for the ledger with an empty event."""
    claim = Claim(
        claim_id="",
        article_id=article.article_id,
        sentence=number,
        sentence_span=scene.absolute(sentence.start_char, sentence.end_char),
        source=None,
        target=None,
        event="",
        mode=None,
        cameo_root="",
        quad=0,
        goldstein=0.0,
        modality=Modality.CONDITIONAL,
        attribution=attribution_of(prediction.outcome, frozenset({prediction.outcome.i}), scene.cast),
        date_precision=DatePrecision.NONE,
        spans={"event": scene.of_tokens((prediction.outcome,))},
        rule="prediction",
    )
    return with_prediction(claim, prediction, scene)
