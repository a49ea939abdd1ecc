"""The facets of a claim: condition, date, arms, place, third parties, prediction, each with its span."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from aneroid.text.amounts import Amount
from aneroid.text.arms import Arms, carried, read_arms, sum_of
from aneroid.text.clauses import VERBAL
from aneroid.text.dates import When
from aneroid.text.events import Draft
from aneroid.text.hedges import STATED
from aneroid.text.modality import Verdict
from aneroid.text.model import Claim, Modality, Span
from aneroid.text.ontology import load_ontology
from aneroid.text.predictions import Prediction
from aneroid.text.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token


def complete_deal(claim: Claim, scene: Scene, sentence: TokenSpan) -> Claim:
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


def with_condition(claim: Claim, verdict: Verdict, scene: Scene) -> Claim:
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


def with_date(claim: Claim, draft: Draft, scene: Scene, sentence: TokenSpan) -> Claim:
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


def with_arms(claim: Claim, draft: Draft, scene: Scene, sentence: TokenSpan, deals: frozenset[int]) -> Claim:
    arms = read_arms(draft, scene, sentence, deals)
    spans = dict(claim.spans)
    priced = arms is not None or draft.kind in ("treaty", "base") or claim.event == "AID"
    own_sum = sum_of(draft, scene, sentence, deals)
    if own_sum is not None and _inside(own_sum.start + scene.offset, claim.spans.get("condition", ())):
        own_sum = None  # the price of a condition is not the event's
    amount = own_sum if priced or (own_sum is not None and _hangs_on(own_sum, draft, scene)) else None
    if amount is not None:
        spans["amount"] = (scene.absolute(amount.start, amount.end),)
        claim = replace(claim, amount=amount.value, currency=amount.currency)
    if arms is None:
        return replace(claim, spans=spans)
    return _fill_arms(replace(claim, spans=spans), arms)


def _inside(place: int, spans: tuple[Span, ...]) -> bool:
    return any(start <= place < end for start, end in spans)


def _hangs_on(amount: Amount, draft: Draft, scene: Scene) -> bool:
    """Whether a sum stands below the event's own words: an act that is no deal has no price beside it."""
    head = scene.head(amount.start, amount.end)
    return head is not None and bool({t.i for t in draft.tokens} & {a.i for a in head.ancestors})


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


def with_place(claim: Claim, draft: Draft, scene: Scene) -> Claim:
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


def with_third_parties(claim: Claim, draft: Draft, scene: Scene) -> Claim:
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


def with_prediction(claim: Claim, prediction: Prediction, scene: Scene) -> Claim:
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
    elif (stated := STATED.search(scene.doc.text, *_bounds(prediction.outcome))) is not None:
        spans["hedge"] = (scene.absolute(*stated.span()),)
        claim = replace(claim, hedge=stated[0])
    for when in scene.dates:
        inside = outcome_span[0] <= scene.offset + when.start and scene.offset + when.end <= outcome_span[1]
        if inside and (head := scene.head(when.start, when.end)) is not None and _in_main(head, prediction):
            spans["horizon"] = (scene.absolute(when.start, when.end),)
            claim = replace(claim, horizon=when.value)
    open_ = claim.modality in (Modality.HAPPENED, Modality.PLANNED, Modality.THREATENED)
    modality = Modality.CONDITIONAL if open_ else claim.modality
    return replace(claim, prediction=True, modality=modality, spans=spans)


def _bounds(token: Token) -> Span:
    """Where a token's sentence begins and ends in its paragraph."""
    return token.sent.start_char, token.sent.end_char


def _in_main(head: Token, prediction: Prediction) -> bool:
    """Whether a date belongs to the outcome itself and not to a clause inside it."""
    return not any(t.dep_ in ("relcl", "acl") for t in _between(head, prediction.outcome))
