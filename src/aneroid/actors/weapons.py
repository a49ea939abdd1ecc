"""Weapon systems: which one a phrase means, what kind it is, and who makes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from aneroid.actors.index import AliasIndex
from aneroid.actors.lexicon import read_yaml

DESIGNATION = re.compile(
    r"\b((?:[A-Z]{1,4}|[A-Z][a-z]{1,2})-?\d{1,4}[A-Z]?(?:/[A-Z0-9]+)?) "
    r"((?:attack |transport |trainer |combat |patrol )?"
    r"(?:jet|fighter|helicopter|trainer|drone|missile|tank|aircraft|plane|transport|interceptor|howitzer|bomber|gunship)s?)\b"
)


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon system under one of its spellings. Generic classes ("attack helicopters") have no producer."""

    name: str
    alias: str
    category: str
    producers: tuple[str, ...] = ()

    @property
    def implied_supplier(self) -> str | None:
        """The state a buyer must have dealt with, when only one makes the system."""
        return self.producers[0] if len(self.producers) == 1 else None


@dataclass(frozen=True, slots=True)
class WeaponMatch:
    """A weapon named in a text, with its offsets."""

    start: int
    end: int
    text: str
    weapon: Weapon


@cache
def weapons() -> tuple[Weapon, ...]:
    """Return every weapon under each of its spellings."""
    data = read_yaml("weapons.yaml")
    rows = [*data["systems"], *data["generic"]]
    return tuple(
        Weapon(row["name"], alias, row["category"], tuple(row.get("producer") or ()))
        for row in rows
        for alias in dict.fromkeys([row["name"], *row["aliases"]])
        if alias != row["name"]
        or len(row.get("producer") or ()) == 0
        or alias in row["aliases"]
        or _safe(alias)
    )


def _safe(name: str) -> bool:
    """A canonical name such as "Tiger" or "Hawk" is too common a word to look for by itself."""
    return any(char.isdigit() for char in name)


@cache
def _index() -> AliasIndex[Weapon]:
    return AliasIndex(weapons(), plural=True)


def _is_system(weapon: Weapon) -> bool:
    """Whether a weapon is one system rather than a class of them."""
    return bool(weapon.producers) or _safe(weapon.name)


def _designations(text: str, known: list[tuple[int, int, str, Weapon]]) -> list[tuple[int, int, str, Weapon]]:
    """Designations that no list knows but a noun of arms explains: "six M-346 jets". Their maker stays open."""
    found = []
    for match in DESIGNATION.finditer(text):
        if not any(start < match.end(1) and match.start(1) < end for start, end, _, _ in known):
            weapon = Weapon(match[1], match[1], match[2].lower().removesuffix("s"))
            found.append((match.start(1), match.end(1), match[1], weapon))
    return found


def find_weapons(text: str) -> list[WeaponMatch]:
    """Find the weapon systems and generic classes named in a text, longest spelling first, without overlaps.

    A generic class that only describes the system named before it ("S-400 surface-to-air missiles") is left out.
    """
    kept: list[WeaponMatch] = []
    known = [(hit.start, hit.end, hit.text, hit.entries[0]) for hit in _index().find(text)]
    for start, end, words, weapon in sorted(
        [*known, *_designations(text, known)], key=lambda found: found[:2]
    ):
        before = kept[-1] if kept else None
        described = before is not None and _is_system(before.weapon) and not weapon.producers
        if before is not None and described and not text[before.end : start].strip(" -‐‑"):
            continue
        kept.append(WeaponMatch(start, end, words, weapon))
    return kept


def producers(name: str) -> tuple[str, ...]:
    """Return the states that make a system, by its canonical name or any spelling; empty when unknown."""
    for hit in find_weapons(name):
        return hit.weapon.producers
    return ()


def weapon_classes(names: Iterable[str]) -> frozenset[str]:
    """Return the categories of those names that stand for a class of weapons, not for one system.

    Examples
    --------
    >>> sorted(weapon_classes(["S-400", "attack helicopters"]))
    ['attack helicopter']
    """
    wanted = frozenset(names)
    return frozenset(each.category for each in weapons() if not each.producers and each.name in wanted)
