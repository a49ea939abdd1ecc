"""Generic agent nouns ("foreign minister", "lawmakers") and the PLOVER sector they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from aneroid.actors.lexicon import read_yaml

_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "people": "people", "forces": "force"}


FORMER = frozenset({"former", "ex", "ousted", "deposed", "late", "disgraced"})


@cache
def agents() -> dict[str, str]:
    """Return the sector code of every agent noun, singular and lower case."""
    return {noun: sector for sector, nouns in read_yaml("agents.yaml").items() for noun in nouns}


@cache
def singular(word: str) -> str:
    """Return a plain singular of a lower-case noun: enough for agent nouns, no dictionary needed."""
    if word in agents() or word in _IRREGULAR:
        return _IRREGULAR.get(word, word)
    for ending, replacement in (
        ("men", "man"),
        ("ies", "y"),
        ("ches", "ch"),
        ("sses", "ss"),
        ("es", "e"),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + replacement
    return word


def sector_at(words: Sequence[str], head: int) -> str | None:
    """Return the sector of the longest agent noun that ends at ``words[head]``, or None.

    ``words`` are lower case, in any number; ``["foreign", "ministers"]`` with head 1 gives GOV.
    """
    table = agents()
    for length in (3, 2, 1):
        if head - length + 1 < 0:
            continue
        phrase = [*words[head - length + 1 : head], singular(words[head])]
        if sector := table.get(" ".join(phrase)):
            return sector
    return None


def is_former(words: Sequence[str]) -> bool:
    """Whether lower-case words say that an office is no longer held."""
    return any(word in FORMER or word.startswith("ex-") for word in words)


def sector_of(phrase: str) -> str | None:
    """Return the sector of the last agent noun in a phrase, or None; former office holders are ELI."""
    words = phrase.lower().replace("’s", "").replace("'s", "").split()
    words = [word.strip('.,;:()"“”') for word in words]
    sector = next((s for s in (sector_at(words, i) for i in reversed(range(len(words)))) if s), None)
    return "ELI" if sector == "GOV" and is_former(words) else sector


@cache
def _agent_words() -> frozenset[str]:
    return frozenset(word for noun in agents() for word in noun.split())


def is_agent_word(word: str) -> bool:
    """Say whether a lower-case word is part of some agent noun."""
    return singular(word) in _agent_words()
