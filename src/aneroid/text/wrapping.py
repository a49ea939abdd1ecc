"""Undo line breaks that only fit text to a page: agency copy, mails and printed pages break in the middle of sentences."""

from __future__ import annotations

import re
from statistics import median

_NARROW = (40, 100)  # usual widths of wrapped text, in characters
_FULL_LINE = 0.8  # of the usual width: a line shorter than this that ends a sentence ends the paragraph
_HEADING = 0.6  # a line shorter than this before a capital is a heading, a byline or a date
_SENTENCE_END = (".", "!", "?", "”", '"', "’", ":")


def unwrap(text: str) -> str:
    """Join wrapped lines where a text has them; any other text is returned as it is.

    Parameters
    ----------
    text
        Plain text. Where most full lines are of one narrow width and break in the middle of a sentence, it is wrapped.

    Returns
    -------
    str
        One paragraph a line. A blank line, an indented line, or a short line that ends a sentence ends a paragraph.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 3:
        return text
    width = _usual_width(lines)
    open_ends = sum(not line.endswith(_SENTENCE_END) for line in lines[:-1])
    narrow = sum(len(line) <= 1.3 * width for line in lines) >= 0.9 * len(lines)
    if _NARROW[0] <= width <= _NARROW[1] and narrow and open_ends >= 0.5 * (len(lines) - 1):
        return join_lines(text)
    return text


def _usual_width(lines: list[str]) -> float:
    """Median of the longer half, since the last line of a paragraph may have any length."""
    lengths = sorted(len(line) for line in lines)
    return median(lengths[len(lengths) // 2 :])


def join_lines(page: str) -> str:
    """Join the lines of a page to paragraphs, one a line; words parted at a line's end are joined.

    Parameters
    ----------
    page
        Text with a line break at the end of every printed line.
    """
    lines = page.splitlines()
    width = _usual_width([line.strip() for line in lines if line.strip()] or [""])
    paragraphs, last = [""], 0
    for line in lines:
        words = line.strip()
        so_far = paragraphs[-1]
        heading = last < _HEADING * width and not words[:1].islower()
        last = len(words)
        if not words or heading or re.match(r"\s{2,}\S", line):
            paragraphs.append(words)
            continue
        parted = re.search(r"[a-z]-$", so_far) and words[0].islower()
        paragraphs[-1] = so_far[:-1] + words if parted else f"{so_far} {words}".strip()
        if len(words) < _FULL_LINE * width and words.endswith(_SENTENCE_END):
            paragraphs.append("")
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)
