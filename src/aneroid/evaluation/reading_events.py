"""The tasks `events`, `actors` and `facets`: who did what to whom, who a phrase means, and everything told about an event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from aneroid.evaluation.reading_match import Event, align, codes, root_of
from aneroid.evaluation.reading_scores import confusion, f1_of, found_f1, macro_f1, share

if TYPE_CHECKING:
    from aneroid.text.backends import Backend
    from aneroid.text.model import Claim, Party

Record = dict[str, Any]
ASSERTED = re.compile(r"^(?:code\['(country|code_1)'\]|(cc)) == [\"'](\w*)[\"']")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
CONTEXT = re.compile(r"^(?:country=)?\"([A-Z][a-z]+)\"")
OLDER_KINDS = {
    "arms_deal": "arms_deal",
    "sanctions": "sanctions",
    "visit": "visit",
    "agreement_end": "treaty",
    "agreement_restored": "treaty",
}
MUTUAL_GAP = 3  # words between two names of one subject: "and the", ", and his"
FACETS = ("date", "weapon", "value", "direction", "kind")


def predict_events(records: Sequence[Record], backend: Backend | None = None) -> list[Record]:
    """Code each text alone, without its date; two sides of one subject ("A and B agreed") are both sources, as in PLOVER.

    ``backend`` is the built-in one when None; only that one also codes acts inside a state, which these records hold.
    """
    predictions = []
    for record in records:
        text = str(record["text"])
        claims = _claims(text, None, backend, at_home=True)
        together = [c for c in claims if _one_subject(c, text)]
        apart = [c for c in claims if c not in together]
        mutual = [
            {"source": [a, b], "target": [], "root": c.event}
            for c in together
            if (a := _code(c.source, "IGO")) and (b := _code(c.target, "IGO"))
        ]
        predictions.append({"id": record.get("id"), "events": [*mutual, *grouped(apart, organisation="IGO")]})
    return predictions


def _sides(claim: Claim) -> tuple[str | None, str | None]:
    return _code(claim.source, None), _code(claim.target, None)


def _one_subject(claim: Claim, text: str) -> bool:
    """Whether both sides are joined by "and" and act before the word that tells the event."""
    if claim.source is None or claim.target is None:
        return False
    first, second = sorted((claim.source.span, claim.target.span))
    before = second[1] <= claim.spans["event"][0][0]
    if second[0] < first[1]:  # "Turkish and Greek officials"
        return before and _sides(claim)[0] != _sides(claim)[1]
    between = text[first[1] : second[0]].split()
    return before and "and" in between and len(between) <= MUTUAL_GAP


def _claims(
    text: str, published: date | None, backend: Backend | None = None, *, at_home: bool = False
) -> list[Claim]:
    """The claims of an English text as it stands: nothing is cut off as a headline or dateline."""
    from aneroid.text.coder import code_text
    from aneroid.text.model import Article

    article = Article(article_id="", text=text, published=published)
    coded = code_text(article, at_home=at_home) if backend is None else backend.code(article)
    return [claim for claim in coded.claims if claim.event]


def grouped(claims: Iterable[Claim], *, organisation: str | None = None) -> list[Event]:
    """Join the dyads that one word tells into events with lists on both sides.

    Parameters
    ----------
    claims
        Claims of one text.
    organisation
        The code that stands for every international organisation; None keeps their own.
    """
    targets: dict[tuple[object, ...], list[str]] = {}
    for claim in claims:
        source = _code(claim.source, organisation)
        key = (claim.spans["event"], claim.event, source)
        found = targets.setdefault(key, [])
        target = _code(claim.target, organisation)
        if target is not None and target not in found:
            found.append(target)
    sources: dict[tuple[object, ...], list[str]] = {}
    for (span, event, actor), sides in targets.items():
        acting = sources.setdefault((span, event, tuple(sides)), [])
        if isinstance(actor, str):
            acting.append(actor)
    return [
        {"source": acting, "target": list(sides), "root": event}
        for (_, event, sides), acting in sources.items()
        if isinstance(sides, tuple)
    ]


def _code(party: Party | None, organisation: str | None) -> str | None:
    """The state, or the code of an organisation; a party with neither is left out."""
    if party is None or (party.state is None and party.actor is None):
        return None
    if party.state is None and organisation is not None and _is_organisation(str(party.actor)):
        return organisation
    return party.state or ("EEC" if party.actor == "EU" else party.actor)


def _is_organisation(actor: str) -> bool:
    from aneroid.actors.lexicon import Kind, entries

    return any(entry.actor == actor and entry.kind is Kind.ORGANISATION for entry in entries())


def score_events(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Share of gold events found with source, target and class; with the dyad alone; and what was coded besides."""
    dyads, whole, counts, roots = [], [], [], []
    for record, prediction in zip(records, predictions, strict=True):
        gold = gold_events(record)
        if gold is None:
            continue
        pairs = align(gold, prediction["events"])
        right = [(i, j) for i, j in pairs if root_of(gold[i]) == root_of(prediction["events"][j])]
        dyads.append(len(pairs) == len(gold))
        whole.append(len(right) == len(gold))
        counts.append((len(right), len(prediction["events"]), len(gold)))
        roots.append({root_of(event) for event in gold} <= {root_of(event) for event in prediction["events"]})
    return {
        "source_target_root": share(whole),
        "dyad": share(dyads),
        "root_anywhere": share(roots),
        "event": found_f1(counts),
    }


def gold_events(record: Record) -> list[Event] | None:
    """Return the coded events of a record in either layout, or None when it has none to compare with."""
    if isinstance(record.get("events"), list):
        found: list[Event] = record["events"]
        return found
    return [record] if "event" in record else None


def predict_actors(records: Sequence[Record]) -> list[Record]:
    """Say for each phrase which state and sector it means, on the date and in the country that come with it."""
    from aneroid.actors import identify

    predictions = []
    for record in records:
        args = str(record.get("args") or "")
        identity = identify(str(record["text"]), _year(args))
        country: str = identity.home or (_organisation(identity.actor) if identity.actor else "")
        if not country and (context := CONTEXT.match(args)) is not None:
            country = identify(context[1]).home or ""
        predictions.append({"id": record.get("id"), "country": country, "sector": identity.sector or ""})
    return predictions


def _year(args: str) -> int | None:
    found = YEAR.search(args)
    return int(found[0]) if found else None


def _organisation(actor: str) -> str:
    """The United Nations and the European Union have codes like states; other organisations share one."""
    from aneroid.actors.lexicon import entries

    if actor in ("UNO", "WHO", "EU"):
        return "EUR" if actor == "EU" else "UNO"
    sector = next((e.sector for e in entries() if e.actor == actor), None)
    return "IGO" if sector == "IGO" else ""


def asserted(record: Record) -> dict[str, str]:
    """Read what a test of the peer asserts: ``country`` and ``sector``, both empty where it asserts no code at all."""
    found: dict[str, str] = {}
    for line in record.get("asserts", ()):
        if line.startswith("code is None"):
            found = {"country": "", "sector": ""}
        elif (match := ASSERTED.match(line)) is not None:
            found["sector" if match[1] == "code_1" else "country"] = match[3]
    return found


def score_actors(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Share of phrases with the right state (of those whose test asserts one, or none), and with the right sector."""
    rows = [(asserted(r), p) for r, p in zip(records, predictions, strict=True)]
    named = [(g["country"], p["country"]) for g, p in rows if "country" in g]
    return {
        "country": share([g == p for g, p in named]),
        "country_of_states": share([g == p for g, p in named if g]),
        "sector": share([g["sector"] == p["sector"] for g, p in rows if "sector" in g]),
    }


def predict_facets(records: Sequence[Record], backend: Backend | None = None) -> list[Record]:
    """Code each text with everything told about its events, in the layout of the seed and of our own gold."""
    predictions = []
    for record in records:
        published = record.get("published")
        claims = _claims(str(record["text"]), date.fromisoformat(published) if published else None, backend)
        events = [_facets(group, str(record["text"])) for group in joined(claims)]
        predictions.append({"id": record.get("id"), "events": events})
    return predictions


def joined(claims: Iterable[Claim]) -> list[tuple[list[Claim], list[Event]]]:
    """Group claims that differ in their parties alone; each group with its sides as lists."""
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        bare = replace(claim, claim_id="", source=None, target=None, third_parties=(), supplier=None,
                       recipient=None, spans={}, inferred=())  # fmt: skip
        groups.setdefault((claim.spans["event"], str(bare)), []).append(claim)
    return [(found, event) for found in groups.values() for event in [grouped(found)]]


def printed(claim: Claim, text: str) -> list[str]:
    """The weapons as the text prints them: a name without its class or plural s; the canonical name where the text has none."""
    from aneroid.actors.weapons import bare_name

    found = (bare_name(text[a:b]) for a, b in claim.spans.get("weapon", ()))
    return list(dict.fromkeys(found)) or list(claim.weapons)


def _facets(group: tuple[list[Claim], list[Event]], text: str) -> Event:
    claims, events = group
    claim, first = claims[0], events[0]
    suppliers = list(dict.fromkeys(c.supplier for c in claims if c.supplier))
    recipients = list(dict.fromkeys(c.recipient for c in claims if c.recipient))
    event: Event = {
        "source": list(dict.fromkeys(code for e in events for code in e["source"])),
        "target": list(dict.fromkeys(code for e in events for code in e["target"])),
        "root": first["root"],
        "modality": str(claim.modality),
        "status": status_of(claim),
        "attributed": claim.attribution is not None,
    }
    said = claim.attribution
    optional = {
        "said_by": said.source if said else None,
        "claim_by": said.source if said else None,
        "cue": said.cue if said else None,
        "kind": claim.kind,
        "facet": claim.kind,
        "date": claim.date,
        "date_precision": str(claim.date_precision) if claim.date else None,
        "value": claim.amount,
        "currency": claim.currency,
        "weapon": printed(claim, text) or None,
        "quantity": claim.quantity,
        "supplier": suppliers if len(suppliers) > 1 else claim.supplier,
        "recipient": recipients if len(recipients) > 1 else claim.recipient,
        "location": claim.location,
        "place": claim.location,
        "condition": claim.condition,
        "third_party": list(claim.third_parties) or None,
        "prediction": claim.prediction or None,
        "reciprocal": claim.reciprocal or None,
        "sector": claim.source.sector if claim.source else None,
    }
    return event | {key: value for key, value in optional.items() if value is not None}


def status_of(claim: Claim) -> str:
    """Return the older one-word status: what the codebook's table says, read backwards.

    A denial by somebody is *denied*, by the text itself *negated*; what anybody else is said to say is *claimed*.
    """
    modality = str(claim.modality)
    if modality == "denied":
        return "denied" if claim.attribution is not None else "negated"
    if modality in ("threatened", "conditional", "requested"):
        return modality
    if claim.attribution is not None:
        return "claimed"
    if modality == "decided":
        return "fact" if claim.rule.startswith("approve") else "planned"
    return "fact" if modality == "happened" else modality


def score_facets(records: Sequence[Record], predictions: Sequence[Record]) -> dict[str, Any]:
    """Score events as in the task `events`, and every facet.

    Modality and attribution are compared over gold events whose dyad was found, and once more with each missed one
    counted as wrong (``_of_all``). Found things (weapon, value, direction, date, kind) count misses and inventions: over all
    gold events, so that whatever an event not found would have said is missed too; over those whose dyad was found
    (``_when_found``), as modality is; and over what all events of a text say together (``_anywhere``), where what is said of
    events that are not in the gold counts as invented.
    """
    scores = score_events(records, predictions)
    gold: list[Event] = []
    matched: list[Event] = []
    for record, prediction in zip(records, predictions, strict=True):
        events = gold_events(record) or []
        paired = dict(align(events, prediction["events"]))
        gold += events
        matched += [prediction["events"][paired[i]] if i in paired else {} for i in range(len(events))]
    for key in ("modality", "status"):
        pairs = [(g[key], p.get(key, "missed")) for g, p in zip(gold, matched, strict=True) if key in g]
        found = [(a, b) for a, b in pairs if b != "missed"]
        if pairs:
            scores[key] = macro_f1([a for a, _ in found], [b for _, b in found])
            scores[f"{key}_of_all"] = share([a == b for a, b in pairs])
            scores[f"{key}_confusion"] = confusion(*zip(*pairs, strict=True))
    told = [(g, p) for g, p in zip(gold, matched, strict=True) if "attributed" in g and p]
    scores["attributed"] = f1_of([g["attributed"] for g, _ in told], [p["attributed"] for _, p in told])
    for facet in FACETS:
        overlaps = [_overlap(facet, g, p) for g, p in zip(gold, matched, strict=True)]
        scores[facet] = found_f1(overlaps)["f1"]
        scores[f"{facet}_when_found"] = found_f1([o for o, p in zip(overlaps, matched, strict=True) if p])[
            "f1"
        ]
        known = [_anywhere(facet, r, p) for r, p in zip(records, predictions, strict=True)]
        scores[f"{facet}_anywhere"] = found_f1(known)["f1"]
    return scores


def _anywhere(facet: str, record: Record, prediction: Record) -> tuple[int, int, int]:
    """What all events of a text together say under one facet: whether it is read, whichever event it is given to."""
    a, b = (
        frozenset().union(*(_things(facet, event) for event in events))
        for events in (gold_events(record) or [], prediction["events"])
    )
    return len(a & b), len(b), len(a)


def _overlap(facet: str, gold: Event, predicted: Event) -> tuple[int, int, int]:
    a, b = _things(facet, gold), _things(facet, predicted)
    return len(a & b), len(b), len(a)


def _things(facet: str, event: Event) -> frozenset[object]:
    """What an event says under one facet, as a set that can be compared."""
    if facet == "weapon":
        return frozenset(str(name).lower().removesuffix("s") for name in event.get("weapon", ()))
    if facet == "value":
        return frozenset({(event["value"], event.get("currency"))}) if event.get("value") else frozenset()
    if facet == "direction":
        ends = [_one(event.get(name)) for name in ("supplier", "recipient")]
        return frozenset({tuple(ends)}) if any(ends) else frozenset()
    value = (
        event.get("kind") or OLDER_KINDS.get(str(event.get("facet"))) if facet == "kind" else event.get(facet)
    )
    return frozenset({value}) if value else frozenset()


def _one(side: object) -> frozenset[str]:
    return codes(side if isinstance(side, list) else [side])
