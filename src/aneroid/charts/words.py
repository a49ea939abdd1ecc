"""The fixed words of probability, number and direction, so that page, paper and alt text agree."""

from __future__ import annotations

import math

MINUS = "\N{MINUS SIGN}"
LIKELY_RANGE = "likely range (9 in 10)"
UNIT = "1 unit = the typical gap in closeness between states with and without a defence pact, 1955–1989"
CLEAR = 0.80  # from here on ("very likely") a title states a direction as its finding

# Lower bound of each word, in whole percent; what lies under 45 is the mirror of what lies over 55.
_WORDS = (
    (95, "almost certain", "almost certainly"),
    (80, "very likely", "very likely"),
    (55, "likely", "likely"),
    (45, "even", "as likely as not"),
    (21, "unlikely", "unlikely"),
    (6, "very unlikely", "very unlikely"),
    (0, "almost certainly not", "almost certainly not"),
)
_TAKES_ARTICLE = {"Bahamas", "Comoros", "Gambia", "Maldives", "Netherlands", "Philippines", "Seychelles"}
_ARTICLE_ENDINGS = ("Emirates", "Federation", "Islands", "Kingdom", "Republic", "States", "Union")


def _whole_percent(probability: float) -> int:
    if not 0.0 <= probability <= 1.0:
        raise ValueError(f"A probability lies between 0 and 1, not {probability}.")
    # Round half away from even odds, so that mirrored probabilities get mirrored words.
    if probability < 0.5:
        return 100 - _whole_percent(1.0 - probability)
    return math.floor(round(probability * 100, 6) + 0.5)


def percent(probability: float) -> str:
    """Print a probability as a whole percentage; certainty is never claimed.

    Returns
    -------
    str
        Such as ``91 %``; ``over 99 %`` and ``under 1 %`` at the ends.
    """
    whole = _whole_percent(probability)
    if whole >= 100:
        return "over 99 %"
    return "under 1 %" if whole <= 0 else f"{whole} %"


def probability_word(probability: float) -> str:
    """Name a probability by the fixed scale.

    Parameters
    ----------
    probability
        Between 0 and 1. The word follows the whole percentage that is printed beside it.

    Returns
    -------
    str
        ``almost certain`` from 95 %, ``very likely`` from 80, ``likely`` from 55, ``even`` from 45; mirrored.
    """
    whole = _whole_percent(probability)
    return next(word for bound, word, _ in _WORDS if whole >= bound)


def probability_adverb(probability: float) -> str:
    """Name a probability as an adverb, for use before a verb: ``almost certainly``, ``very likely`` ..."""
    whole = _whole_percent(probability)
    return next(adverb for bound, _, adverb in _WORDS if whole >= bound)


def _decimals(*values: float) -> int:
    """How many decimals give a number of this size two significant digits; a hundredth is the finest."""
    largest = max(abs(value) for value in values)
    if largest >= 9.95:
        return 0
    # One more where a tenth would print something as nothing: the side of zero must stay visible.
    vanishes = any(0.005 <= abs(value) < 0.05 for value in values)
    return 2 if largest < 0.995 or vanishes else 1


def fixed(value: float, decimals: int, *, signed: bool = False) -> str:
    """Print a number with a true minus sign and no negative zero."""
    text = f"{abs(value):.{decimals}f}"
    if float(text) == 0.0:
        return text
    if value < 0:
        return MINUS + text
    return "+" + text if signed else text


def number(value: float, *, signed: bool = False) -> str:
    """Print a lean or a movement with two significant digits.

    Parameters
    ----------
    value
        In units of lean, whose size is between a hundredth and about ten.
    signed
        Whether to write ``+`` before a positive value.

    Returns
    -------
    str
        Such as ``1.4``, ``0.36`` or ``−1.4``.
    """
    return fixed(value, _decimals(value), signed=signed)


def range_text(low: float, high: float) -> str:
    """Print an interval, both ends with their sign and as many decimals: ``−2.0 to +0.2``."""
    decimals = _decimals(low, high)
    return f"{fixed(low, decimals, signed=True)} to {fixed(high, decimals, signed=True)}"


def estimate_text(value: float, low: float, high: float) -> str:
    """Print an estimate with its likely range, all with as many decimals: ``−1.1 (−2.0 to −0.2)``."""
    decimals = _decimals(value, low, high)
    first, second, third = (fixed(part, decimals, signed=True) for part in (value, low, high))
    return f"{first} ({second} to {third})"


def count(items: int, noun: str, plural: str | None = None) -> str:
    """Print a count with its noun: ``1 indicator``, ``3 indicators``."""
    return f"{items} {noun}" if items == 1 else f"{items} {plural or noun + 's'}"


def with_article(name: str) -> str:
    """Put ``the`` before the names of states that take it in a sentence."""
    words = name.split()
    takes = bool(words) and (name in _TAKES_ARTICLE or words[0] == "United" or words[-1] in _ARTICLE_ENDINGS)
    return f"the {name}" if takes else name


def listed(items: list[str], last: str = "and") -> str:
    """Join words as a sentence does: ``a``, ``a and b``, ``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def capital(phrase: str) -> str:
    """Begin a sentence with a phrase; the rest keeps its case."""
    return phrase[:1].upper() + phrase[1:]


def inside(label: str) -> str:
    """Put a label inside a sentence: lower case, unless it begins with an abbreviation or a name of two words."""
    second = label.partition(" ")[2]
    named = second[:1].isupper() and not second[1:2].isupper()
    return label if named or label[1:2].isupper() else label[:1].lower() + label[1:]
