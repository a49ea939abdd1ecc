"""From an article's text to its claims: parse, find events, read their facets, number them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aneroid.actors.index import default_index
from aneroid.text.arms import Arms, carried, is_arms, read_arms, sum_of
from aneroid.text.attribution import attribution_of
from aneroid.text.classify import Classifier
from aneroid.text.clauses import VERBAL
from aneroid.text.dates import When
from aneroid.text.events import Draft, find_events
from aneroid.text.modality import Verdict, judge
from aneroid.text.model import Article, Claim, DatePrecision, Modality, Party, Span
from aneroid.text.ontology import load_ontology
from aneroid.text.parse import paragraphs, parse
from aneroid.text.predictions import Prediction, find_predictions
from aneroid.text.scene import Scene, set_scene

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

PRICED = ("arms_deal",)


@dataclass(slots=True)
class Coded:
    """The claims of an article, its sentences and everybody named in it."""

    sentences: list[Span]
    claims: list[Claim]
    parties: list[Party]


def code_text(article: Article) -> Coded:
    """Code an English article.

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
        _code_scene(article, scene, coded)
        previous = scene
    coded.claims = _number(coded.claims)
    return coded


def named_parties(scene: Scene) -> list[Party]:
    """Everybody named in a paragraph, whether or not an event was found."""
    return [
        Party(m.text, scene.absolute(m.start, m.end), m.entry.state, m.entry.sector, m.entry.actor, m.why)
        for m in scene.cast.matches
    ]


def _code_scene(article: Article, scene: Scene, coded: Coded) -> None:
    """Code the sentences of a paragraph in order; later ones may complete the arms deal of an earlier one."""
    classifier = Classifier(load_ontology(), scene.cast, scene.weapon_tokens)
    open_deals: list[int] = []  # arms claims of the sentence before
    for sentence in scene.doc.sents:
        number = len(coded.sentences)
        coded.sentences.append(scene.absolute(sentence.start_char, sentence.end_char))
        drafts = find_events(sentence, scene.cast, classifier)
        found = list(_claims(article, scene, sentence, number, drafts))
        if open_deals:  # "the deal" is the one told last
            coded.claims[open_deals[-1]] = _carried(coded.claims[open_deals[-1]], scene, sentence)
        start = len(coded.claims)
        coded.claims += found
        deals = [start + i for i, claim in enumerate(found) if claim.kind in PRICED]
        open_deals = deals or (open_deals if number and not found else [])


def _carried(claim: Claim, scene: Scene, sentence: TokenSpan) -> Claim:
    """Complete an arms deal with the sum and the weapons of a sentence that speaks of "the deal"."""
    later = carried(scene, sentence)
    if later is None:
        return claim
    if claim.amount is None and later.amount is not None:
        spans = {**claim.spans, "amount": (scene.absolute(later.amount.start, later.amount.end),)}
        claim = replace(claim, amount=later.amount.value, currency=later.amount.currency, spans=spans)
    if not claim.weapons and later.weapons:
        names = tuple(dict.fromkeys(w.weapon.name for w in later.weapons))
        places = tuple(scene.absolute(w.start, w.end) for w in later.weapons)
        claim = replace(claim, weapons=names, spans={**claim.spans, "weapon": places})
        claim = _supplied(claim, [w.weapon.implied_supplier for w in later.weapons])
    return claim


def _supplied(claim: Claim, makers: list[str | None]) -> Claim:
    """Name the side that makes the weapons as the supplier, if the words did not."""
    sides = [p.state for p in (claim.source, claim.target) if p is not None and p.state]
    supplier = next((maker for maker in makers if maker in sides), None)
    if claim.supplier is not None or supplier is None or len(sides) != 2:
        return claim
    recipient = sides[1] if supplier == sides[0] else sides[0]
    inferred = tuple(sorted({*claim.inferred, "supplier", "recipient"}))
    return replace(claim, supplier=supplier, recipient=recipient, inferred=inferred)


def _claims(
    article: Article, scene: Scene, sentence: TokenSpan, number: int, drafts: list[Draft]
) -> Iterator[Claim]:
    """Turn the drafts and predictions of a sentence into claims."""
    predictions = find_predictions(sentence, scene.cast)
    words = frozenset(t.i for d in drafts if is_arms(d, scene, sentence) for t in d.tokens)
    coded_outcomes: set[int] = set()
    for draft in drafts:
        foreseen = _foreseen(draft, predictions)
        if foreseen is not None:
            coded_outcomes.add(foreseen.outcome.i)
        yield _claim(article, scene, sentence, number, draft, foreseen, words)
    for prediction in predictions:
        if prediction.outcome.i not in coded_outcomes:
            yield _uncoded(article, scene, sentence, number, prediction)


def _foreseen(draft: Draft, predictions: list[Prediction]) -> Prediction | None:
    """The prediction whose outcome an event is part of."""
    top = draft.chain.top
    for prediction in predictions:
        aside = {t.i for t in prediction.condition}
        if top.i in {t.i for t in prediction.outcome.subtree} - aside:
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
    verdict = judge(draft.chain, ontology, prediction=foreseen is not None)
    event = ontology.events[verdict.event]
    own = frozenset(t.i for t in draft.tokens)
    spans: dict[str, tuple[Span, ...]] = {"event": scene.of_tokens(draft.tokens)}
    if verdict.words:
        spans["modality"] = scene.of_tokens(verdict.words)
    claim = Claim(
        claim_id="",
        article_id=article.article_id,
        sentence=number,
        sentence_span=scene.absolute(sentence.start_char, sentence.end_char),
        source=draft.source.party if draft.source else None,
        target=draft.target.party if draft.target else None,
        event=event.name,
        mode=draft.mode if verdict.event == draft.chain.core.event or draft.mode == "arms" else None,
        cameo_root=event.cameo,
        quad=event.quad,
        goldstein=event.goldstein,
        modality=verdict.modality,
        attribution=attribution_of(draft.chain.top, own, scene.cast),
        kind=draft.kind,
        reciprocal=draft.symmetric and event.name in ("CONSULT", "SUPPORT", "COOPERATE", "AGREE", "ASSAULT"),
        spans=spans,
        inferred=tuple(sorted(draft.inferred)),
        rule=draft.rule,
    )
    claim = _with_condition(claim, verdict, scene)
    claim = _with_date(claim, draft, scene, sentence)
    claim = _with_arms(claim, draft, scene, sentence, deals)
    claim = _with_place(claim, draft, scene)
    claim = _with_third_parties(claim, draft, scene)
    return _with_prediction(claim, foreseen, scene) if foreseen is not None else claim


def _with_condition(claim: Claim, verdict: Verdict, scene: Scene) -> Claim:
    if not verdict.condition:
        return claim
    text, span = _stretch(scene, list(verdict.condition))
    return replace(claim, condition=text, spans={**claim.spans, "condition": (span,)})


def _stretch(scene: Scene, words: list[Token]) -> tuple[str, Span]:
    """The text from the first to the last word, without punctuation at its ends."""
    while words and (words[-1].is_punct or words[-1].is_space):
        words = words[:-1]
    while len(words) > 1 and words[0].is_punct:
        words = words[1:]
    first, last = words[0], words[-1]
    end = last.idx + len(last.text)
    return scene.doc.text[first.idx : end], scene.absolute(first.idx, end)


def _with_date(claim: Claim, draft: Draft, scene: Scene, sentence: TokenSpan) -> Claim:
    when = event_date(draft.tokens, draft.chain.top, scene, sentence)
    if when is None:
        return claim
    spans = {**claim.spans, "date": (scene.absolute(when.start, when.end),)}
    return replace(claim, date=when.value, date_precision=when.precision, spans=spans)


def event_date(own: Iterable[Token], top: Token, scene: Scene, sentence: TokenSpan) -> When | None:
    """The date whose clause is the event's own, else that of a clause above or beside it; bounds do not count."""
    best: tuple[int, When] | None = None
    chain = {t.i for t in own}
    nouns = load_ontology().nouns
    above = {t.i: distance for distance, t in enumerate(_same_time(top))}
    for when in scene.within(scene.dates, sentence):
        head = scene.head(when.start, when.end)
        if when.bound or head is None:
            continue
        governor = head
        while governor.head.i != governor.i and governor.i not in chain and governor.pos_ not in VERBAL:
            governor = governor.head
            if governor.i not in chain and governor.lemma_.lower() in nouns:
                break  # "the killing on 3 January": the date of another event
        if governor.i in chain:
            rank: int | None = 0
        else:
            rank = 1 + above[governor.i] if governor.i in above and governor.pos_ in VERBAL else None
        if rank is not None and (best is None or rank < best[0]):
            best = rank, when
    return best[1] if best else None


def _same_time(top: Token) -> Iterator[Token]:
    """The event's word and the words above it, up to a clause that happens before or after them."""
    yield top
    node = top
    while node.head.i != node.i and node.dep_ != "advcl":
        node = node.head
        yield node


def _with_arms(claim: Claim, draft: Draft, scene: Scene, sentence: TokenSpan, deals: frozenset[int]) -> Claim:
    arms = read_arms(draft, scene, sentence, deals)
    spans = dict(claim.spans)
    priced = arms is not None or draft.kind in ("treaty", "base") or claim.event == "AID"
    amount = sum_of(draft, scene, sentence, deals) if priced else None
    if amount is not None:
        spans["amount"] = (scene.absolute(amount.start, amount.end),)
        claim = replace(claim, amount=amount.value, currency=amount.currency)
    if arms is None:
        return replace(claim, spans=spans)
    return _fill_arms(replace(claim, spans=spans), arms)


def _fill_arms(claim: Claim, arms: Arms) -> Claim:
    spans = dict(claim.spans)
    if arms.weapon_spans:
        spans["weapon"] = arms.weapon_spans
    if arms.quantity_span is not None:
        spans["quantity"] = (arms.quantity_span,)
    target = claim.target if arms.partner is None else arms.partner
    return replace(
        claim,
        kind="arms_deal",
        weapons=arms.weapons,
        quantity=arms.quantity,
        supplier=arms.supplier,
        recipient=arms.recipient,
        target=target,
        spans=spans,
        inferred=tuple(sorted({*claim.inferred, *arms.inferred})),
    )


def _with_place(claim: Claim, draft: Draft, scene: Scene) -> Claim:
    """A proper name behind in, at or near that hangs on the event."""
    objects = [c for t in draft.tokens for c in t.children if c.dep_ == "dobj"]
    for token in (*draft.tokens, *objects):
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ in ("in", "at", "near"):
                for noun in child.children:
                    if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and not _is_date(noun, scene):
                        words = [
                            t
                            for t in noun.subtree
                            if t.i <= noun.i and t.dep_ in ("compound", "amod", "pobj")
                        ]
                        text, span = _stretch(scene, sorted(words, key=lambda t: t.i))
                        return replace(claim, location=text, spans={**claim.spans, "location": (span,)})
    return claim


def _is_date(noun: Token, scene: Scene) -> bool:
    return any(when.start <= noun.idx < when.end for when in scene.dates)


def _with_third_parties(claim: Claim, draft: Draft, scene: Scene) -> Claim:
    """Other states in the event's own phrase: "joined the sanctions against Russia"."""
    known = {p.state for p in (claim.source, claim.target) if p is not None} | draft.companions
    found: dict[str, None] = {}
    for token in draft.chain.core_token.subtree:
        match = scene.cast.match_at(token)
        state = match.entry.state if match is not None else None
        inside = any(a.dep_ in ("relcl", "advcl", "ccomp") for a in _between(token, draft.chain.core_token))
        if state is not None and state not in known and not inside:
            found[state] = None
    return replace(claim, third_parties=tuple(found))


def _between(token: Token, top: Token) -> Iterator[Token]:
    node = token
    while node.i != top.i and node.head.i != node.i:
        yield node
        node = node.head


def _with_prediction(claim: Claim, prediction: Prediction, scene: Scene) -> Claim:
    """Add who foresees, what, when and how surely; modality becomes conditional where the words are."""
    outcome, outcome_span = _stretch(scene, prediction.words)
    spans = {**claim.spans, "outcome": (outcome_span,), "cue": scene.of_tokens((prediction.cue,))}
    claim = replace(claim, outcome=outcome)
    if prediction.condition:
        text, span = _stretch(scene, list(prediction.condition))
        spans["condition"] = (span,)
        claim = replace(claim, condition=text)
    if prediction.hedges:
        spans["hedge"] = scene.of_tokens(prediction.hedges)
        claim = replace(claim, hedge=" ".join(t.text for t in prediction.hedges))
    for when in scene.dates:
        inside = outcome_span[0] <= scene.offset + when.start and scene.offset + when.end <= outcome_span[1]
        if inside and (head := scene.head(when.start, when.end)) is not None and _in_main(head, prediction):
            spans["horizon"] = (scene.absolute(when.start, when.end),)
            claim = replace(claim, horizon=when.value)
    modality = claim.modality if claim.modality is not Modality.HAPPENED else Modality.CONDITIONAL
    return replace(claim, prediction=True, modality=modality, spans=spans)


def _in_main(head: Token, prediction: Prediction) -> bool:
    """Whether a date belongs to the outcome itself and not to a clause inside it."""
    return not any(t.dep_ in ("relcl", "acl") for t in _between(head, prediction.outcome))


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
    return _with_prediction(claim, prediction, scene)


def _number(claims: list[Claim]) -> list[Claim]:
    """Give each claim an id from its article, words and dyad; repeats of one dyad in one place are dropped."""
    numbered: dict[str, Claim] = {}
    for claim in claims:
        source = (claim.source.state or claim.source.actor) if claim.source else ""
        target = (claim.target.state or claim.target.actor) if claim.target else ""
        key = f"{claim.article_id}|{claim.spans['event']}|{source}|{target}|{claim.event}"
        claim_id = hashlib.sha256(key.encode()).hexdigest()[:16]
        numbered.setdefault(claim_id, replace(claim, claim_id=claim_id))
    return list(numbered.values())
