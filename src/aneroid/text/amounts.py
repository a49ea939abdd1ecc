"""Sums of money: number, magnitude and currency as written; conversion is left to the user."""

from __future__ import annotations

import re
from dataclasses import dataclass

CURRENCIES = {
    "USD": r"US\$|U\.S\.\$|USD|\$|(?:U\.?S\.? )?dollars?",
    "EUR": r"€|EUR|euros?",
    "GBP": r"£|GBP|pounds?(?: sterling)?",
    "RUB": r"₽|RUB|roubles?|rubles?",
    "CNY": r"CNY|RMB|yuan|renminbi",
    "JPY": r"¥|JPY|yen",
    "INR": r"₹|INR|(?:Indian )?rupees?",
    "SAR": r"SAR|Saudi riyals?|riyals?",
    "AED": r"AED|dirhams?",
    "IQD": r"IQD|Iraqi dinars?",
    "TRY": r"₺|TRY|(?:Turkish )?liras?",
    "KRW": r"₩|KRW|(?:South Korean )?won",
    "ILS": r"₪|ILS|shekels?",
    "CHF": r"CHF|Swiss francs?",
    "CAD": r"C\$|CAD|Canadian dollars?",
    "AUD": r"A\$|AUD|Australian dollars?",
    "PLN": r"PLN|zlotys?|zloty",
    "UAH": r"UAH|hryvnias?",
    "SEK": r"SEK|Swedish kron(?:a|or)",
    "NOK": r"NOK|Norwegian kroner?",
}
MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "lakh": 1e5, "million": 1e6, "mln": 1e6, "mn": 1e6, "m": 1e6,
    "crore": 1e7, "billion": 1e9, "bln": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
NUMBER_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40,
    "fifty": 50, "dozen": 12, "half a": 0.5, "several": None, "few": None,
}  # fmt: skip
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(sorted((re.escape(w) for w, v in NUMBER_WORDS.items() if v), key=len, reverse=True))
_MAGNITUDE = "|".join(sorted(MAGNITUDES, key=len, reverse=True))
# The alternation is tried in order: dollars with an adjective come before the bare dollar.
_ADJECTIVAL = ("CAD", "AUD", "IQD", "CHF", "SEK", "NOK")
_ORDER = (*_ADJECTIVAL, *(code for code in CURRENCIES if code not in _ADJECTIVAL))


def _currencies(prefix: str) -> str:
    return "|".join(f"(?P<{prefix}{code}>{CURRENCIES[code]})" for code in _ORDER)


_BEFORE = re.compile(
    rf"(?<![\w$€£])(?:{_currencies('p')})\s?(?P<number>{_NUMBER})(?:[\s-]?(?P<magnitude>{_MAGNITUDE})\b)?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?<![\w.,])(?:(?P<number>{_NUMBER})|(?P<word>\b(?:{_WORD})))"
    rf"(?:[\s-](?:of a )?(?P<magnitude>{_MAGNITUDE}))?(?:[\s-](?P<second>{_MAGNITUDE}))?[\s-]?(?:{_currencies('s')})(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum with its currency (ISO 4217) and its offsets in the text searched."""

    value: float
    currency: str
    start: int
    end: int


def find_amounts(text: str) -> list[Amount]:
    """Find the sums of money in a text, in order.

    Returns
    -------
    list of Amount
        ``value`` in whole units of the currency: "$4.2bn" is 4.2e9 USD. A bare "dollar" is read as US dollar.
    """
    found = [amount for pattern in (_BEFORE, _AFTER) for m in pattern.finditer(text) if (amount := _read(m))]
    found.sort(key=lambda a: (a.start, -a.end))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _read(match: re.Match[str]) -> Amount | None:
    groups = match.groupdict()
    currency = next(k[1:] for k, v in groups.items() if v and k[0] in "ps" and k[1:] in CURRENCIES)
    if groups["number"]:
        value = float(groups["number"].replace(",", ""))
    else:
        word = NUMBER_WORDS[groups["word"].lower()]
        if word is None or (groups["word"].lower() in ("a", "an") and not groups["magnitude"]):
            return None
        value = float(word)
    for key in ("magnitude", "second"):
        if groups.get(key):
            value *= MAGNITUDES[groups[key].lower()]
    return Amount(value, currency, match.start(), match.end())


def number_of(text: str) -> float | None:
    """Read a plain count: "24", "1,200", "two", "dozen"; None when it is none."""
    word = text.lower().strip()
    if word in ("a", "an"):
        return None
    if re.fullmatch(_NUMBER, word):
        return float(word.replace(",", ""))
    return NUMBER_WORDS.get(word)
