"""What verbs and nouns mean: ``ontology.yaml``, read once and checked, so that a slip in it is found at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aneroid.errors import AneroidError
from aneroid.text.model import Modality

PATH = Path(__file__).parent / "ontology.yaml"


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER event with its quad class, CAMEO root and Goldstein value."""

    name: str
    quad: int
    cameo: str
    goldstein: float

    @property
    def cooperative(self) -> bool:
        """Whether the event is verbal or material cooperation."""
        return self.quad in (1, 2)


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of some verbs or nouns, and the conditions under which they have it."""

    id: str
    lemmas: frozenset[str] = frozenset()
    obj: tuple[str, ...] = ()
    prep: frozenset[str] = frozenset()
    prep_absent: frozenset[str] = frozenset()
    person: bool = False
    no_object: bool = False
    travel: bool = False
    event: str | None = None
    op: str | None = None
    mode: str | None = None
    kind: str | None = None
    role: str | None = None
    target: tuple[str, ...] = ()
    owner: tuple[str, ...] = ()
    own: bool = False
    symmetric: bool = False
    places: bool = False
    alone: bool = False
    weak: bool = False
    reverse: bool = False


@dataclass(frozen=True, slots=True)
class Ontology:
    """Events, noun classes, senses by lemma, and how operators compose."""

    events: dict[str, EventType]
    classes: dict[str, frozenset[str]]
    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    adjectives: dict[str, str]
    noun_operators: dict[str, str]
    compose: dict[str, dict[str, str]]
    modality: dict[str, Modality]

    def composed(self, op: str, event: str) -> str:
        """Return the event that an operator makes of the event it governs."""
        table = self.compose[op]
        sign = "+" if self.events[event].cooperative else "-"
        return table.get(event) or table.get(sign) or event

    def negated(self, event: str) -> str:
        """Not cooperating is refusing; a hostile act that does not happen keeps its name."""
        return "REJECT" if self.events[event].cooperative else event


def _sense(row: dict[str, Any]) -> Sense:
    """Turn one row of the file into a sense."""
    known = {f.name: str(f.type) for f in fields(Sense)}
    unknown = set(row) - set(known)
    if unknown:
        raise AneroidError(f"ontology.yaml: sense {row.get('id')} has unknown keys {sorted(unknown)}")
    sets = {"lemmas", "prep", "prep_absent"}
    values: dict[str, Any] = {
        key: frozenset(value) if key in sets else tuple(value) if isinstance(value, list) else value
        for key, value in row.items()
    }
    return Sense(**values)


def _by_lemma(senses: Iterable[Sense]) -> dict[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for sense in senses:
        for lemma in sense.lemmas:
            found.setdefault(lemma, []).append(sense)
    return {lemma: tuple(rows) for lemma, rows in found.items()}


def _check(ontology: Ontology, senses: list[Sense]) -> None:
    """Refuse names that nothing defines."""
    for sense in senses:
        if (sense.event is None) == (sense.op is None):
            raise AneroidError(f"ontology.yaml: {sense.id} needs either an event or an op")
        if sense.event is not None and sense.event not in ontology.events:
            raise AneroidError(f"ontology.yaml: {sense.id} has unknown event {sense.event}")
        if sense.op is not None and sense.op not in ontology.compose:
            raise AneroidError(f"ontology.yaml: {sense.id} has unknown op {sense.op}")
        for name in sense.obj:
            if name not in ontology.classes:
                raise AneroidError(f"ontology.yaml: {sense.id} asks for unknown class {name}")
    for op, table in ontology.compose.items():
        if bad := set(table.values()) - set(ontology.events):
            raise AneroidError(f"ontology.yaml: {op} makes unknown events {sorted(bad)}")


@cache
def load_ontology() -> Ontology:
    """Read and check the ontology.

    Returns
    -------
    Ontology
        Shared and immutable; ``verbs["sell"]`` are the senses of *sell* in the order they are tried.

    Raises
    ------
    AneroidError
        When the file names an event, class or operator that it does not define.
    """
    raw = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    verbs = [_sense(row) for row in raw["verbs"]]
    nouns = [_sense(row) for row in raw["nouns"]]
    ontology = Ontology(
        events={name: EventType(name, **row) for name, row in raw["events"].items()},
        classes={name: frozenset(words) for name, words in raw["classes"].items()},
        verbs=_by_lemma(verbs),
        nouns=_by_lemma(nouns),
        adjectives={word: op for op, words in raw["adjectives"].items() for word in words},
        noun_operators={word: op for op, words in raw["noun_operators"].items() for word in words},
        compose=raw["compose"],
        modality={op: Modality(name) for op, name in raw["modality"].items()},
    )
    _check(ontology, [*verbs, *nouns])
    return ontology
