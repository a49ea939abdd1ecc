"""Which roll calls put the same text to the vote again.

Matching rule. Titles are lower-cased; reference codes, "resolution / adopted by …" and numbers are dropped;
words are cut to six letters and weighted by rarity (inverse document frequency). Two roll calls of different
sessions, at most ``span`` sessions apart, are the same text if each is the other's nearest by cosine, nearer
than any other by 0.05 (several roll calls under one title cannot be told apart), the cosine is at least
``threshold``, and neither was linked across a shorter gap before. Words of the presiding officer ("I shall now
put to the vote …") say nothing about the text and are never linked. Chains of links make up one repeated text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy.sparse import csr_matrix

_COMMON = frozenset(
    {
        "the",
        "of",
        "and",
        "to",
        "in",
        "for",
        "on",
        "by",
        "un",
        "that",
        "its",
        "from",
        "with",
        "as",
        "ii",
        "iii",
        "iv",
    }
    | {"resol", "resolution", "resolutions", "adopted", "general", "assembly", "adopt", "draft", "res"}
    | {"nations", "united"}
)
_REFERENCE = re.compile(r"^a/\d+/\d+ \w+ - |\|.*| - [a-z. ]+--.*|:? *resolution[ s]*/ *adopted by.*")
_PRESIDING = re.compile(
    r"put to the vote|^the (?:acting )?president|spoke in|separate,? (?:recorded )?vote", re.I
)
# How much nearer than the runner-up the nearest title must be.
_CLEAR = 0.05
_WORD = re.compile(r"[a-z]{2,}")


def _words(title: str) -> list[str]:
    if _PRESIDING.search(title):
        return []
    plain = _REFERENCE.sub("", title.lower())
    return sorted({word[:6] for word in _WORD.findall(plain) if word not in _COMMON})


def _directions(titles: Sequence[str]) -> csr_matrix:
    """One row of unit length a title, one column a word; a title without words has an empty row."""
    from scipy import sparse

    bags = [_words(title) for title in titles]
    vocabulary: dict[str, int] = {}
    columns = [vocabulary.setdefault(word, len(vocabulary)) for bag in bags for word in bag]
    pointers = np.concatenate([[0], np.cumsum([len(bag) for bag in bags])])
    frequency = np.bincount(columns, minlength=len(vocabulary)) if columns else np.zeros(0)
    rarity = np.log(len(bags) / np.maximum(frequency, 1)) + 0.3
    weights = rarity[columns] if columns else np.zeros(0)
    rows = np.repeat(np.arange(len(bags)), np.diff(pointers))
    norms = np.sqrt(np.bincount(rows, weights**2, minlength=len(bags)))
    return sparse.csr_matrix((weights / norms[rows], columns, pointers), shape=(len(bags), len(vocabulary)))


def link_repeated(
    titles: Sequence[str], periods: Sequence[int], *, threshold: float = 0.7, span: int = 3
) -> NDArray[np.int64]:
    """Find the previous vote on the same text for every roll call.

    Parameters
    ----------
    titles
        Title or description of each roll call; empty where unknown (never linked).
    periods
        Session or year of each roll call.
    threshold
        Smallest cosine at which two titles count as the same text.
    span
        Largest number of periods between two votes on the same text.

    Returns
    -------
    numpy.ndarray
        For each roll call the index of the previous vote on the same text, −1 where there is none.
    """
    directions = _directions(titles)
    when = np.asarray(periods)
    rows_of = {int(p): np.flatnonzero(when == p) for p in np.unique(when)}
    before = np.full(len(when), -1, dtype=np.int64)
    followed = np.zeros(len(when), dtype=bool)
    for gap in range(1, span + 1):
        for period, later in rows_of.items():
            earlier = rows_of.get(period - gap)
            if earlier is None:
                continue
            best, clear = _clear_matches((directions[earlier] @ directions[later].T).toarray(), threshold)
            linked = clear & ~followed[earlier] & (before[later[best]] < 0)
            before[later[best[linked]]] = earlier[linked]
            followed[earlier[linked]] = True
    return before


def _clear_matches(
    cosine: NDArray[np.float64], threshold: float
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """For each row its nearest column, and whether the two are each other's nearest by a clear margin."""
    rows = np.arange(len(cosine))
    best = cosine.argmax(axis=1)
    top = cosine[rows, best]
    runner_up = np.full((2, len(rows)), -1.0)
    if cosine.shape[1] > 1:
        runner_up[0] = np.partition(cosine, -2, axis=1)[:, -2]
    if cosine.shape[0] > 1:
        runner_up[1] = np.partition(cosine, -2, axis=0)[-2, best]
    mutual = cosine.argmax(axis=0)[best] == rows
    return best, mutual & (top >= threshold) & (top - runner_up.max(axis=0) >= _CLEAR)
