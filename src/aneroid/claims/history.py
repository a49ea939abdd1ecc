"""The standing of a claim and how it came about: reported, corroborated by independent owners, settled by the record.

A claim is *corroborated* when outlets of at least two different owners, in articles that do not repeat one another, say the
same of the same event. An article that says "TASS reported" speaks with the voice of TASS. An outlet whose owner is unknown
counts for nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from aneroid.record.standings import Step
from aneroid.sources.outlets import outlet_named_in, owner_group
from aneroid.text.model import Attribution, Modality


class Standing(StrEnum):
    """How far others bear a claim out."""

    REPORTED = "reported"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed"
    CONTRADICTED = "contradicted"
    WITHDRAWN = "withdrawn"
    UNRESOLVED = "unresolved"


NOT_YET = "not yet resolvable"


@dataclass(frozen=True, slots=True)
class Answer:
    """The record's answer to one claim: its standing, a phrase, the rows that say so, and since when they were public."""

    standing: Standing
    phrase: str
    evidence: str
    known_on: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim as a voice: who tells of the event, in which article, from which day on."""

    claim: str
    cluster: str
    owner: str
    outlet: str
    known_on: str
    modality: Modality
    prediction: bool = False


_ALIKE = ({Modality.DECIDED, Modality.PLANNED},)
"""Modalities that say nearly the same; any other is borne out only by its like."""


def voice(outlet: str, url: str, attribution: Attribution | None) -> str:
    """Name the owner whose word a claim rests on: of the outlet it cites, else of the outlet that printed it."""
    cited = attribution
    while cited is not None:
        named = outlet_named_in(cited.source)
        if named is not None:
            return named.group
        cited = cited.through
    return owner_group(outlet, url)


def agree(one: Modality, other: Modality) -> bool:
    """Whether two modalities say the same of an event."""
    return one == other or any({one, other} <= group for group in _ALIKE)


def build_history(own: Telling, all_tellings: Sequence[Telling], answer: Answer) -> list[Step]:
    """Say what a claim stood at from which day on.

    Parameters
    ----------
    own
        The claim itself.
    all_tellings
        Every claim about its event, itself included.
    answer
        What the record says.

    Returns
    -------
    list of Step
        Oldest first, at least one. Nothing after a step settled by the record.
    """
    foretold = answer.standing is Standing.UNRESOLVED or own.prediction
    first = Standing.UNRESOLVED if foretold else Standing.REPORTED
    # A prediction whose condition was not met is settled too, though it stays unresolved.
    settled = answer.standing in (Standing.CONFIRMED, Standing.CONTRADICTED) or (
        foretold and answer.phrase != NOT_YET
    )
    settled_on = max(own.known_on, answer.known_on or own.known_on)
    said = "the rows that settle it were not yet public" if settled else answer.evidence
    phrase = NOT_YET if settled else answer.phrase
    steps = [Step(own.known_on, first.value, phrase, said)]
    borne_out = None if foretold else _corroboration(own, all_tellings)
    if borne_out is not None and not (settled and settled_on <= borne_out[0]):
        evidence = f"{borne_out[1]}; {said}" if not settled else borne_out[1]
        steps.append(Step(borne_out[0], Standing.CORROBORATED.value, phrase, evidence))
    if settled:
        step = Step(settled_on, answer.standing.value, answer.phrase, answer.evidence)
        if settled_on == steps[0].known_on:
            return [step]
        steps.append(step)
    return steps


def _corroboration(own: Telling, tellings: Sequence[Telling]) -> tuple[str, str] | None:
    """The day from which two independent owners had told the same, and who they are."""
    heard: dict[str, Telling] = {}
    clusters: set[str] = set()
    for telling in sorted(tellings, key=lambda t: (t.known_on, t.claim)):
        repeats = telling.cluster in clusters
        if not telling.owner or repeats or not agree(own.modality, telling.modality):
            continue
        clusters.add(telling.cluster)
        heard.setdefault(telling.owner, telling)
    if len(heard) < 2:
        return None
    ordered = sorted(heard.values(), key=lambda t: t.known_on)
    day = max(own.known_on, ordered[1].known_on)
    named = "; ".join(f"{t.outlet or t.owner} ({t.known_on})" for t in ordered)
    return day, f"told by {len(heard)} independent owners: {named}"
