"""Sums of money: number, magnitude and currency as written; conversion is left to the user."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from aneroid.actors.index import default_index

PATH = Path(__file__).parent / "currencies.yaml"
Named = tuple[int, int, str | None]  # where a state is named, and which

MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6,
    "crore": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
    "millions": 1e6, "billions": 1e9,
}  # fmt: skip
NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000,
    "dozen": 12, "half a": 0.5, "several": None, "few": None,
}  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBER_WORDS |= {
    f"{ten}-{one}": int(NUMBER_WORDS[ten] or 0) + n
    for ten in _TENS
    for n, one in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"], start=1)
}
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(sorted((re.escape(w) for w, v in NUMBER_WORDS.items() if v), key=len, reverse=True))
_MAGNITUDE = "|".join(sorted(MAGNITUDES, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum with its currency (ISO 4217) and its offsets in the text searched."""

    value: float
    currency: str
    start: int
    end: int


@cache
def _currencies() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(PATH.read_text(encoding="utf-8"))
    return data


@cache
def _codes() -> frozenset[str]:
    """Every ISO code that some noun or symbol stands for."""
    data = _currencies()
    rows = [*data["nouns"].values(), data["symbols"]]
    return frozenset(code for row in rows for code in row.values() if isinstance(code, str))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A sum with its symbol or code in front, and one with its code or noun behind."""
    data = _currencies()
    codes = "|".join(sorted(_codes()))
    symbols = "|".join(re.escape(s) for s in sorted(data["symbols"], key=len, reverse=True))
    plurals = data["plurals"]
    nouns = "|".join(
        sorted({f for noun in data["nouns"] for f in (noun, f"{noun}s", plurals.get(noun, noun))}, key=len)[
            ::-1
        ]
    )
    before = re.compile(
        rf"(?<![\w$€£])(?:(?P<symbol>{symbols})|(?P<code>{codes}))\s?(?P<number>{_NUMBER})"
        rf"(?:[\s-]?(?i:(?P<magnitude>{_MAGNITUDE}))\b)?"
    )
    after = re.compile(
        rf"(?<![\w.,$€£])(?i:(?P<number>{_NUMBER})|(?P<word>\b(?:{_WORD})))"
        rf"(?i:[\s-]?(?:of a )?(?P<magnitude>{_MAGNITUDE})\b)?(?i:[\s-](?P<second>{_MAGNITUDE})\b)?"
        rf"(?:\s?(?P<symbol>[€£₽])|[\s-]?(?P<code>{codes})\b|"
        rf"[\s-](?P<adjective>(?:[A-Z][\w.]*[\s-]){{0,2}}?(?:pounds? sterling|CFA )?)(?P<noun>(?i:{nouns}))\b)"
    )
    return before, after


def find_amounts(text: str, states: Sequence[Named] | None = None) -> list[Amount]:
    """Find the sums of money in a text, in order.

    Parameters
    ----------
    text
        Running text.
    states
        Where it names states, which says whose "pesos" or "dinars" are meant; looked for when None.

    Returns
    -------
    list of Amount
        ``value`` in whole units of the currency: "$4.2bn" is 4.2e9 USD. A bare "dollar" is read as US dollar; a sum
        in "pesos" of no known state is left out.
    """
    matches = [match for pattern in _patterns() for match in pattern.finditer(text)]
    if matches and states is None:
        states = [(m.start, m.end, m.entry.state) for m in default_index().find(text)]
    found = [amount for match in matches if (amount := _read(match, states or ())) is not None]
    found.sort(key=lambda a: (a.start, -a.end))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _read(match: re.Match[str], states: Sequence[Named]) -> Amount | None:
    groups = match.groupdict()
    currency = _currency(match, states)
    if currency is None:
        return None
    word = (groups.get("word") or "").lower()
    if groups["number"]:
        value = float(groups["number"].replace(",", ""))
    elif NUMBER_WORDS[word] is None or (word in ("a", "an") and not groups["magnitude"]):
        return None
    else:
        value = float(NUMBER_WORDS[word] or 0)
    for key in ("magnitude", "second"):
        if groups.get(key):
            value *= MAGNITUDES[groups[key].lower()]
    return Amount(value, currency, match.start(), match.end())


def _currency(match: re.Match[str], states: Sequence[Named]) -> str | None:
    """The currency by symbol, code, adjective, or the state of the text whose noun it is."""
    groups = match.groupdict()
    data = _currencies()
    if groups.get("symbol"):
        return str(data["symbols"][groups["symbol"]])
    if groups.get("code"):
        return str(groups["code"])
    noun = groups["noun"].lower()
    singular = {f: n for n, f in data["plurals"].items()} | {f"{n}s": n for n in data["nouns"]}
    table = data["nouns"][noun if noun in data["nouns"] else singular[noun]]
    if "CFA" in (groups["adjective"] or ""):
        return "XOF"
    start, end = match.span("adjective")
    adjectives = [state for a, b, state in states if start < b and a < max(end, match.start("noun"))]
    named = [*adjectives, *([] if table.get("fixed") else (state for _, _, state in states))]
    found = next((table[state] for state in named if state in table), table["default"])
    return None if found is None else str(found)


def number_of(text: str) -> float | None:
    """Read a plain count: "24", "1,200", "two", "dozen"; None when it is none."""
    word = text.lower().strip()
    if word in ("a", "an"):
        return None
    if re.fullmatch(_NUMBER, word):
        return float(word.replace(",", ""))
    return NUMBER_WORDS.get(word)
