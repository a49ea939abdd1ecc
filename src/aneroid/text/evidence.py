"""Evidence for the class of an event: words, letters and positions around two given parties, as named features.

Parties are masked, so that no feature knows who acts: renaming them changes nothing. Features come in blocks that the
classifier weighs separately: ``words``, ``places`` (words by position), ``syntax``, ``rules``, ``letters``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

Features = dict[str, Counter[str]]
Offsets = tuple[int, int]
SOURCE, TARGET = "§S", "§T"
AFTER, BEFORE = 5, 3  # how many words around a party count by position


@dataclass(frozen=True, slots=True)
class Pair:
    """A parsed text with the tokens of its two parties; either may be missing."""

    doc: Doc
    source: TokenSpan | None
    target: TokenSpan | None

    @property
    def source_tokens(self) -> frozenset[int]:
        """Positions of the source's tokens."""
        return frozenset(t.i for t in self.source) if self.source is not None else frozenset()

    @property
    def target_tokens(self) -> frozenset[int]:
        """Positions of the target's tokens."""
        return frozenset(t.i for t in self.target) if self.target is not None else frozenset()


def trimmed(text: str, span: Offsets) -> Offsets:
    """Drop blanks at both ends of a span."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def pair_of(doc: Doc, source: Offsets | None, target: Offsets | None) -> Pair:
    """Find the tokens of both parties; a party inside the other one is dropped when it is the target."""
    spans = [
        doc.char_span(*trimmed(doc.text, span), alignment_mode="expand") if span is not None else None
        for span in (source, target)
    ]
    first, second = spans
    if first is not None and second is not None and first.start < second.end and second.start < first.end:
        second = None
    return Pair(doc, first, second)


def masked(pair: Pair) -> tuple[list[str], list[str]]:
    """Return the lemmas and the lower-case words of a text with each party as one sign and numbers as 0."""
    lemmas: list[str] = []
    plain: list[str] = []
    last = ""
    source, target = pair.source_tokens, pair.target_tokens
    for token in pair.doc:
        sign = SOURCE if token.i in source else TARGET if token.i in target else ""
        if sign:
            if sign != last:
                lemmas.append(sign)
                plain.append(sign)
        elif not token.is_space:
            lemmas.append(lemma(token))
            plain.append(token.lower_)
        last = sign
    return lemmas, plain


def lemma(token: Token) -> str:
    """The base form in lower case; every number is 0."""
    return "0" if token.like_num or token.text[:1].isdigit() else token.lemma_.lower()


def runs(words: Sequence[str], lengths: Iterable[int]) -> Iterable[tuple[int, str]]:
    """Yield the runs of words of each length, with the length."""
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield length, " ".join(words[start : start + length])


def word_features(lemmas: Sequence[str]) -> Counter[str]:
    """Which words, pairs and triples occur."""
    return Counter({run: 1 for _, run in runs(lemmas, (1, 2, 3))})


def place_features(lemmas: list[str]) -> Counter[str]:
    """Words right after and before each party, and between them in their order."""
    found: Counter[str] = Counter()
    source = lemmas.index(SOURCE) if SOURCE in lemmas else None
    target = lemmas.index(TARGET) if TARGET in lemmas else None
    if source is not None:
        following = lemmas[source + 1 : source + 1 + AFTER]
        found.update({f"s+:{word}": 1 for word in following})
        found.update({f"s+2:{run}": 1 for _, run in runs(lemmas[source + 1 : source + 3 + AFTER], (2,))})
        found.update({f"s-:{word}": 1 for word in lemmas[max(0, source - BEFORE) : source]})
    if target is not None:
        preceding = lemmas[max(0, target - AFTER) : target]
        found.update({f"t+:{word}": 1 for word in lemmas[target + 1 : target + 1 + BEFORE]})
        found.update({f"t-:{word}": 1 for word in preceding})
        found.update({f"t-2:{run}": 1 for _, run in runs(preceding, (2,))})
    if source is None or target is None:
        found["order:one"] = 1
        return found
    order = "st" if source < target else "ts"
    found[f"order:{order}"] = 1
    first, last = sorted((source, target))
    found.update({f"{order}:{word}": 1 for word in lemmas[first + 1 : last]})
    found.update({f"{order}{n}:{run}": 1 for n, run in runs(lemmas[first : last + 1], (2, 3))})
    return Counter(dict.fromkeys(found, 1))


def letter_features(plain: Iterable[str], critical: Iterable[str]) -> Counter[str]:
    """Runs of two to five letters inside words, and once more inside the words that the grammar singles out."""
    found: Counter[str] = Counter()
    for word in plain:
        padded = f" {word} "
        found.update(
            padded[start : start + size] for size in (2, 3, 4, 5) for start in range(len(padded) - size + 1)
        )
    for word in critical:
        padded = f"<{word}>"
        for size in (3, 4, 5):
            for start in range(len(padded) - size + 1):
                found[f"k:{padded[start : start + size]}"] = 1
    return found
