"""The words that mean an actor or a weapon: read from our YAML files, the state names and the Phoenix table.

An entry says what an alias means, in which years, and where that knowledge comes from, so that a match can be
explained. Nothing here looks at running text: see :mod:`aneroid.actors.index`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aneroid.states import names_index

DATA = Path(__file__).parent / "data"


class Kind(StrEnum):
    """What an alias is."""

    STATE = "state"
    ADJECTIVE = "adjective"
    SEAT = "seat"
    INSTITUTION = "institution"
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    BLOCKED = "blocked"  # contains an actor's name and means something else


@dataclass(frozen=True, slots=True)
class Entry:
    """One alias and what it means from ``first`` to ``last`` (years, None for open)."""

    alias: str
    kind: Kind
    state: str | None = None
    sector: str | None = None
    actor: str | None = None
    first: int | None = None
    last: int | None = None
    note: str = ""
    ambiguous: bool = False  # also a common name: only taken when no other name stands beside it

    def holds(self, year: int | None) -> bool:
        """Say whether the entry is valid in a year; without a year, whether it still is."""
        if year is None:
            return self.last is None
        return (self.first is None or self.first <= year) and (self.last is None or year <= self.last)

    def remembered(self, year: int | None) -> bool:
        """Say whether a later text may still speak of it: the Soviet Union yes, Bonn as a seat no."""
        begun = year is None or self.first is None or self.first <= year
        return self.kind is not Kind.SEAT and begun


_STATE_KINDS = {"name": Kind.STATE, "alias": Kind.STATE, "capital": Kind.SEAT}


def read_yaml(name: str) -> Any:
    """Read one of our data files."""
    return yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=_loader())


def _loader() -> Any:
    """Prefer the C loader: the files hold thousands of names."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def words(name: str) -> frozenset[str]:
    """Return one of the lists of ``words.yaml``."""
    return frozenset(read_yaml("words.yaml")[name])


@cache
def entries() -> tuple[Entry, ...]:
    """Return every actor entry, our own files before the compiled ones."""
    return (
        *_blocked(),
        *_organisations(),
        *_state_names(),
        *_state_words(),
        *_institutions(),
        *_groups(),
        *_leaders(),
        *_phoenix(),
    )


def _blocked() -> Iterator[Entry]:
    for phrase in read_yaml("not_actors.yaml"):
        yield Entry(phrase, Kind.BLOCKED, note="means something else")


def _state_names() -> Iterator[Entry]:
    """Names, demonyms and capitals kept by :mod:`aneroid.states`, with their years."""
    for row in names_index():
        if row.surface in words("too_common"):
            continue
        kind = _STATE_KINDS.get(row.kind, Kind.ADJECTIVE)
        first = None if row.first == date.min else row.first.year
        last = None if row.last == date.max else row.last.year
        sector = "GOV" if kind is Kind.SEAT else None
        yield Entry(
            row.surface,
            kind,
            row.state,
            sector,
            None,
            first,
            last,
            row.kind,
            row.surface in words("ambiguous"),
        )


def _state_words() -> Iterator[Entry]:
    """Colloquial names, adjectives and seats of government that only news language uses."""
    kinds = {"adj": Kind.ADJECTIVE, "names": Kind.STATE, "seats": Kind.SEAT}
    notes = {"adj": "adjective", "names": "colloquial name", "seats": "seat of government"}
    for state, words in read_yaml("states.yaml").items():
        for key, aliases in words.items():
            for alias in aliases:
                sector = "GOV" if key == "seats" else None
                yield Entry(alias, kinds[key], state, sector, note=notes[key])


def _institutions() -> Iterator[Entry]:
    for state, sectors in read_yaml("institutions.yaml").items():
        for sector, names in sectors.items():
            for name in names:
                yield Entry(name, Kind.INSTITUTION, state, sector, note="institution")
    for state, sectors in read_yaml("more_institutions.yaml").items():
        for sector in ("GOV", "MIL", "LEG", "SPY"):  # the others act for themselves: see homes.py
            for name in sectors.get(sector, ()):
                yield Entry(name, Kind.INSTITUTION, state, sector, note="institution")


def _organisations() -> Iterator[Entry]:
    for actor, row in read_yaml("organisations.yaml").items():
        for alias in row["aliases"]:
            yield Entry(alias, Kind.ORGANISATION, None, row["sector"], actor, note=row["name"])


def _groups() -> Iterator[Entry]:
    for actor, row in read_yaml("armed_groups.yaml").items():
        first, last = row["years"]
        for alias in row["aliases"]:
            yield Entry(alias, Kind.GROUP, None, row["sector"], actor, first, last, row["name"])


def _leaders() -> Iterator[Entry]:
    for state, rows in read_yaml("leaders.yaml").items():
        for name, office, first, last, short, *rest in rows:
            sector = rest[0] if rest else "GOV"
            note = f"{office} {first}–{last or ''}"
            yield Entry(name, Kind.PERSON, state, sector, None, first, last, note)
            for alias in short:
                single = " " not in alias
                yield Entry(alias, Kind.PERSON, state, sector, None, first, last, note, single)


def _phoenix() -> Iterator[Entry]:
    """Office holders compiled from the Phoenix dictionary (MIT); its licence stands at the top of the file."""
    ours = {entry.alias for entry in _leaders()}  # their terms are better known than the dictionary's
    for line in (DATA / "phoenix_people.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, state, first, last, sector = line.split("\t")
        if name in ours:
            continue
        years = int(first), int(last) if last else None
        yield Entry(name, Kind.PERSON, state, sector, None, *years, f"in office {first}–{last} (Phoenix)")
