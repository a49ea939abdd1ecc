"""An article's text in pieces, those that carry a claim marked: the template escapes every piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aneroid.text.model import Reading, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``kind`` is empty or coop, conf, open; ``claims`` are numbers."""

    text: str
    kind: str = ""
    claims: tuple[int, ...] = ()


def marked(reading: Reading) -> list[list[Piece]]:
    """Cut a text into paragraphs of pieces.

    Parameters
    ----------
    reading
        What the reader found.

    Returns
    -------
    list of list of Piece
        Joined, the pieces of a paragraph are its text, letter by letter.
    """
    spans: dict[Span, list[int]] = {}
    for number, claim in enumerate(reading.claims, start=1):
        for span in claim.spans.get("event", ()):
            spans.setdefault(span, []).append(number)
    made, offset = [], 0
    for line in reading.article.text.splitlines(keepends=True):
        if line.strip():
            made.append(_pieces(reading, line.rstrip("\r\n"), offset, spans))
        offset += len(line)
    return made


def _pieces(reading: Reading, line: str, offset: int, spans: dict[Span, list[int]]) -> list[Piece]:
    pieces, at = [], 0
    for first, last in sorted(spans):
        start, end = first - offset, last - offset
        if start < at or end > len(line):
            continue
        numbers = spans[first, last]
        quad = reading.claims[numbers[0] - 1].quad
        kind = "coop" if quad in (1, 2) else "conf" if quad else "open"
        pieces += [Piece(line[at:start]), Piece(line[start:end], kind, tuple(numbers))]
        at = end
    return [piece for piece in (*pieces, Piece(line[at:])) if piece.text]
