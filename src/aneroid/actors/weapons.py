"""Weapon systems: which one a phrase means, what kind it is, and who makes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from aneroid.actors.agents import is_agent_word
from aneroid.actors.index import AliasIndex, default_index
from aneroid.actors.lexicon import read_yaml

Place = tuple[int, int]
# Letters and digits as makers write them: M-346, FA-50, AW139, T-72B3, Mk 41.
CODE = r"(?:[A-Z]{1,4}|[A-Z][a-z]{1,3})(?:-\d{1,4}|\d{2,4})[A-Z]{0,3}\d?(?:/[A-Z0-9]+)?"
NO_WEAPON = re.compile(
    r"(?:G-?\d|[CM]OVID|COP|SARS|UN-?\d|A-\d+ (?:road|motorway)|M-\d+ (?:road|motorway)|H1|Q[1-4])"
)
WORN = re.compile(
    r"(?:\b(?:used|second-hand|secondhand|refurbished|reconditioned|surplus|upgraded|modernised|modernized|overhauled|retired|"
    r"decommissioned|brand-new|new|advanced|ageing|aging|old)\s)+$"
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
    return bool(weapon.producers) or _safe(weapon.name) or weapon.name[:1].isupper()


@cache
def _class_patterns() -> tuple[re.Pattern[str], ...]:
    """Patterns for a named system before its class, a designation, a class behind its adjectives, and what follows a name."""
    nouns = read_yaml("weapons.yaml")["class_nouns"]
    adjective = "|".join(sorted(map(re.escape, nouns["adjectives"]), key=len, reverse=True))
    plain, weak = (
        "|".join(sorted(map(re.escape, nouns[key]), key=len, reverse=True))
        for key in ("plain", "with_adjective")
    )
    kind = rf"(?:(?:{adjective})[ -])*(?:{plain}|{weak})(?:e?s)?"
    proper = rf"(?:{CODE}|[A-Z][\w’'-]*[A-Za-z0-9])(?: (?:{CODE}|[A-Z][\w’'-]*|\d{{1,3}}[A-Z]?(?=\s)))*"
    named = re.compile(rf"\b(?P<name>{proper}) (?P<kind>{kind})\b")
    code = re.compile(rf"\b(?P<name>{CODE})(?=s?\b)")
    generic = re.compile(
        rf"\b(?:(?:(?:{adjective})[ -])+(?:{plain}|{weak})|(?:{plain}))(?:e?s)?\b", re.IGNORECASE
    )
    return named, code, generic, re.compile(rf" {kind}\b")


def _named(text: str, actors: Sequence[Place]) -> Iterator[tuple[int, int, str, Weapon]]:
    """Names that no list knows but a noun of arms explains: "six M-346 jets", "Kowsar drones". Their maker stays open."""
    named, code = _class_patterns()[:2]
    for match in named.finditer(text):
        start, end = _own_name(text, match.start("name"), match.end("name"), actors)
        if start < end:
            name = text[start:end]
            yield start, end, name, Weapon(name, name, match["kind"].lower().removesuffix("s"))
    for match in code.finditer(text):
        start, end = match.span("name")
        counted = text[end : end + 1] == "s" or _counting().search(text, 0, start) is not None
        if (
            counted
            and "-" in match["name"]
            and not NO_WEAPON.match(text[start:])
            and not _taken(start, end, actors)
        ):
            yield start, end, match["name"], Weapon(match["name"], match["name"], "designation")


def _own_name(text: str, start: int, end: int, actors: Sequence[Place]) -> Place:
    """Cut states and numbers off the front of a name; nothing is left of a word that is capital only by its place."""
    opens = start == 0 or text[:start].rstrip()[-1:] in ".!?:;\n“\"'‘"
    while start < end:
        word = re.match(r"[^\s]+\s*", text[start:end])
        assert word is not None
        bare = word[0].strip().lower()
        actor = next((b for a, b in actors if a <= start < b), None)
        if actor is not None:
            start = actor + len(text[actor:end]) - len(text[actor:end].lstrip(" '’s-"))
        elif (
            bare in _listed("no_part_of_a_name")
            or bare.isdigit()
            or bare.endswith(("'s", "’s"))
            or is_agent_word(bare)
        ):
            start += word.end()
        else:
            break
        opens = False
    alone = opens and " " not in text[start:end] and not _safe(text[start:end])
    agent = start < end and is_agent_word(text[start:end].split()[-1].lower())  # "Army fighters"
    return (end, end) if alone or agent or start >= end or _taken(start, end, actors) else (start, end)


@cache
def _counting() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?i:{_count()})\s(?:{WORN.pattern[:-1]})?$")


@cache
def _counted_names() -> re.Pattern[str]:
    """Names that are common words, which a number in front shows to be meant: "six Typhoons"."""
    names = sorted(_makers(), key=len, reverse=True)
    count = _count()
    return re.compile(
        rf"\b(?i:{count}) (?:new |used |more |second-hand )?(?P<name>{'|'.join(map(re.escape, names))})(?=s?\b)"
    )


def _counted(text: str) -> Iterator[tuple[int, int, str, Weapon]]:
    for match in _counted_names().finditer(text):
        yield *match.span("name"), match["name"], _makers()[match["name"]]


@cache
def _makers() -> dict[str, Weapon]:
    """Systems by names that are also common words, or by the last word of a longer name: Typhoon, Apache."""
    systems = [weapon for weapon in weapons() if weapon.producers]
    by_last = {
        last: w
        for w in systems
        if (last := w.name.split()[-1]).isalpha() and len(last) > 3 and last.istitle()
    }
    return by_last | {weapon.name: weapon for weapon in systems if not _safe(weapon.name)}


def _taken(start: int, end: int, places: Iterable[Place]) -> bool:
    return any(a < end and start < b for a, b in places)


def _generic(text: str) -> Iterator[tuple[int, int, str, Weapon]]:
    """Classes by their nouns and adjectives: "patrol aircraft", "self-propelled howitzers"."""
    for match in _class_patterns()[2].finditer(text):
        name = match[0].lower()
        yield match.start(), match.end(), match[0], Weapon(name, name, name.removesuffix("s"))


def find_weapons(text: str, actors: Sequence[Place] | None = None) -> list[WeaponMatch]:
    """Find the weapon systems and generic classes named in a text, longest spelling first, without overlaps.

    A generic class that only describes the system named before it ("S-400 surface-to-air missiles") is left out.

    Parameters
    ----------
    text
        Running text; offsets of the matches point into it.
    actors
        Offsets of the actors named in it, which are no names of weapons ("Russian tanks"); looked for when None.
    """
    known = [(hit.start, hit.end, hit.text, hit.entries[0]) for hit in _index().find(text)]
    places = [(m.start, m.end) for m in default_index().find(text)] if actors is None else actors
    found = [(start, _with_name(text, start, end, weapon, places), weapon) for start, end, _, weapon in known]
    for candidates in (_counted(text), _named(text, places), _generic(text)):
        for start, end, _, weapon in candidates:
            over = [i for i, (a, b, _) in enumerate(found) if a < end and start < b]
            longer = all(
                end - start > found[i][1] - found[i][0] and not _is_system(found[i][2]) for i in over
            )
            if longer:
                found = [each for i, each in enumerate(found) if i not in over]
                found.append((start, end, weapon))
    kept: list[WeaponMatch] = []
    for start, end, weapon in sorted(found, key=lambda each: each[:2]):
        before = kept[-1] if kept else None
        described = before is not None and _is_system(before.weapon) and not weapon.producers
        if before is not None and described and not text[before.end : start].strip(" -‐‑s"):
            continue
        kept.append(WeaponMatch(start, end, text[start:end], weapon))
    return kept


def weapon_phrases(text: str, actors: Sequence[Place] | None = None) -> list[Place]:
    """Return the offsets of each weapon with the class behind it: "S-400 surface-to-air missile systems" as one.

    Parameters
    ----------
    text, actors
        As for :func:`find_weapons`.
    """
    behind = _class_patterns()[3]
    found: list[Place] = []
    for each in find_weapons(text, actors):
        if found and each.start < found[-1][1]:
            continue
        match = behind.match(text, each.end)
        worn = WORN.search(text, 0, each.start)
        start = worn.start() if worn is not None else each.start
        found.append((start, match.end() if match is not None else each.end))
    return found


def _with_name(text: str, start: int, end: int, weapon: Weapon, actors: Sequence[Place]) -> int:
    """ "C-130 Hercules": the name behind a designation is part of it."""
    match = re.match(r" [A-Z][a-z]+\b", text[end:])
    designation = weapon.producers and text[end - 1].isalnum() and _safe(text[start:end])
    if match is None or not designation or _taken(end + 1, end + match.end(), actors):
        return end
    return end + match.end()


def bare_name(words: str) -> str:
    """Return a weapon's printed name without what the codebook leaves out: its class and a designation's plural s.

    Examples
    --------
    >>> bare_name("F-16s"), bare_name("Harpoon anti-ship missiles"), bare_name("cruise missiles")
    ('F-16', 'Harpoon', 'cruise missiles')
    """
    match = _class_patterns()[0].fullmatch(words)
    name = match["name"] if match is not None else words
    if name[:1].isupper():
        kept = name.split(" ")
        while len(kept) > 1 and kept[-1] in _listed("adjectives"):
            kept.pop()
        name = " ".join(kept)
    return re.sub(r"(\d[\w-]*?)s$", r"\1", name)


@cache
def _listed(name: str) -> frozenset[str]:
    """A list of words from the file of weapons."""
    return frozenset(read_yaml("weapons.yaml")["class_nouns"][name])


def _count() -> str:
    """A pattern for a number in figures or words."""
    return rf"(?:\d[\d,]*|{'|'.join(sorted(_listed('counts')))})"


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
