"""One parsed paragraph with everything found in it by surface: actors, weapons, sums and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from aneroid.actors.index import Match
from aneroid.actors.weapons import WeaponMatch, find_weapons
from aneroid.text.amounts import Amount, find_amounts
from aneroid.text.cast import Cast
from aneroid.text.dates import When, find_dates
from aneroid.text.model import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

T = TypeVar("T", WeaponMatch, Amount, When)


@dataclass(frozen=True, slots=True)
class Scene:
    """A paragraph at ``offset`` of the article; positions inside are relative to it."""

    doc: Doc
    offset: int
    cast: Cast
    weapons: tuple[WeaponMatch, ...]
    amounts: tuple[Amount, ...]
    dates: tuple[When, ...]

    @property
    def weapon_tokens(self) -> frozenset[int]:
        """Positions of all tokens that name a weapon."""
        return frozenset(t.i for w in self.weapons for t in self.tokens(w.start, w.end))

    def tokens(self, start: int, end: int) -> list[Token]:
        """The tokens that touch a stretch of characters."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return list(span) if span is not None else []

    def head(self, start: int, end: int) -> Token | None:
        """The word of a stretch that the others hang on."""
        span = self.doc.char_span(start, end, alignment_mode="expand")
        return span.root if span is not None else None

    def within(self, found: tuple[T, ...], sentence: TokenSpan) -> list[T]:
        """What was found inside a sentence."""
        return [f for f in found if sentence.start_char <= f.start and f.end <= sentence.end_char]

    def absolute(self, start: int, end: int) -> Span:
        """Offsets in the article."""
        return self.offset + start, self.offset + end

    def of_tokens(self, words: list[Token] | tuple[Token, ...]) -> tuple[Span, ...]:
        """One span for each word, in the article's offsets."""
        return tuple(self.absolute(t.idx, t.idx + len(t.text)) for t in words)


def set_scene(
    doc: Doc, offset: int, matches: list[Match], published: date | None, previous: Scene | None
) -> Scene:
    """Put together a parsed paragraph, its actors, and the weapons, sums and dates in it.

    Parameters
    ----------
    doc
        The parsed paragraph.
    offset
        Where it starts in the article.
    matches
        The actors named in it.
    published
        The article's date, against which relative dates are resolved.
    previous
        The paragraph before, for "in the same month" and "the government".
    """
    earlier = next((w.value for w in reversed(previous.dates)), None) if previous else None
    return Scene(
        doc=doc,
        offset=offset,
        cast=Cast(doc, matches, offset, previous.cast if previous else None),
        weapons=tuple(find_weapons(doc.text, [(m.start, m.end) for m in matches])),
        amounts=tuple(find_amounts(doc.text, [(m.start, m.end, m.entry.state) for m in matches])),
        dates=tuple(find_dates(doc.text, published, earlier)),
    )
