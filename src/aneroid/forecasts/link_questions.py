"""Questions (s, r, ?) of a day and their answers, from the day's facts in both directions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Questions:
    """Distinct questions of one day.

    ``answers[i]`` holds the distinct right answers of question ``i``; ``of_tail`` and ``of_head`` give, for every
    fact, the question whose answer is its target, and the inverse one whose answer is its source.
    """

    s: np.ndarray
    r: np.ndarray
    answers: list[np.ndarray]
    of_tail: np.ndarray
    of_head: np.ndarray

    def __len__(self) -> int:
        return len(self.s)

    def pick(self, which: np.ndarray) -> Questions:
        """Keep some of the questions; the facts' questions are no longer known."""
        none = np.zeros(0, np.int64)
        return Questions(self.s[which], self.r[which], [self.answers[i] for i in which], none, none)


def questions_of(facts: np.ndarray, n_relations: int) -> Questions:
    """Turn one day's facts (columns s, r, o) into questions; duplicates of a fact ask the same question."""
    s = np.concatenate([facts[:, 0], facts[:, 2]])
    r = np.concatenate([facts[:, 1], facts[:, 1] + n_relations])
    o = np.concatenate([facts[:, 2], facts[:, 0]])
    keys, which = np.unique(s * (2 * n_relations) + r, return_inverse=True)
    order = np.argsort(which, kind="stable")
    parts = np.split(o[order], np.searchsorted(which[order], np.arange(1, len(keys))))
    half = len(facts)
    return Questions(
        keys // (2 * n_relations),
        keys % (2 * n_relations),
        [np.unique(part) for part in parts],
        which[:half],
        which[half:],
    )
