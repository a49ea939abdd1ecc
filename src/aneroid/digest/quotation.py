"""Quote shortly: at most 25 words of an article, with the offsets of what is quoted."""

from __future__ import annotations

import re

MOST_WORDS = 25
MOST_LETTERS = 240  # a text without spaces is no single word


def short_quotation(sentence: str, start: int) -> tuple[str, tuple[int, int]]:
    """Cut a sentence to what may be quoted.

    Parameters
    ----------
    sentence
        The sentence as it stands in the article.
    start
        Offset of its first character in the article.

    Returns
    -------
    str
        The first words, 25 at most, on one line; an ellipsis where something follows.
    tuple of int
        Offsets of the quoted words in the article, end exclusive.
    """
    words = list(re.finditer(r"\S+", sentence))
    if not words:
        return "", (start, start)
    first = words[0].start()
    end = words[:MOST_WORDS][-1].end()
    if end - first > MOST_LETTERS:
        fitting = [word.end() for word in words if word.end() - first <= MOST_LETTERS]
        end = fitting[-1] if fitting else first + MOST_LETTERS
    quoted = " ".join(sentence[first:end].split())
    whole = not sentence[end:].strip()
    return (quoted if whole else f"{quoted} …"), (start + first, start + end)
