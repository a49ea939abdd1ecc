"""Scores of rankings."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def mean_rank(scores: NDArray[np.floating], answer: int, others: ArrayLike) -> float:
    """Rank of the answer, ties counted half, other right answers left out.

    Parameters
    ----------
    scores
        One score a candidate; larger ranks higher.
    answer
        Index of the answer.
    others
        Indices of all right answers; they do not stand in this answer's way.

    Returns
    -------
    float
        1 is best; all scores equal among n candidates give (n + 1) / 2, so that ties never pay.
    """
    own = scores[answer]
    rest = np.delete(scores, np.unique(np.append(np.asarray(others, np.int64), answer)))
    return float(1 + (rest > own).sum() + 0.5 * (rest == own).sum())


def ranking_scores(ranks: ArrayLike, *, hits: tuple[int, ...] = (1, 3, 10)) -> dict[str, float]:
    """Mean reciprocal rank and shares of ranks up to given places.

    Parameters
    ----------
    ranks
        From 1; mean ranks may be fractions.
    hits
        Places; each gives one share.

    Returns
    -------
    dict
        ``mrr`` and ``hits@k``, all from 0 to 1, higher is better.
    """
    r = np.asarray(ranks, np.float64)
    out = {"mrr": float((1 / r).mean())}
    out.update({f"hits@{k}": float((r <= k).mean()) for k in hits})
    return out
