"""Counts of keys that fade with time, at several rates at once.

The state of a key with facts on days t_i, seen at the start of day t, is c_h = Σ_i 2^(−(t − 1 − t_i)/h) for each
half-life h: the sufficient statistic of an exponential-kernel point process, kept by one multiplication a day.
"""

from __future__ import annotations

import numpy as np

HALF_LIVES = np.array([2.0, 6.0, 20.0, 60.0, 200.0])
_DAILY = (0.5 ** (1 / HALF_LIVES)).astype(np.float32)
_NEVER = np.float32(-999.0)


def expand(first: np.ndarray, stop: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Write out the ranges ``first[i]:stop[i]``: all positions, and the range each belongs to."""
    length = stop - first
    offset = np.concatenate([[0], np.cumsum(length)[:-1]])
    owner = np.repeat(np.arange(len(first)), length)
    return np.arange(length.sum()) + (first - offset)[owner], owner


class DecayedCounts:
    """Fading counts, total count and last day of each key of a list of facts.

    Parameters
    ----------
    fact_keys
        One integer key a fact, facts in order of time. Facts enter the counts only through :meth:`add` or
        :meth:`fill`; a key none of whose facts has entered reads as one that does not exist.
    """

    def __init__(self, fact_keys: np.ndarray) -> None:
        self.keys, self.slot = np.unique(fact_keys, return_inverse=True)
        size = len(self.keys) + 1  # the last slot stays empty: absent keys point to it
        self.fading = np.zeros((size, len(HALF_LIVES)), np.float32)
        self.total = np.zeros(size, np.float32)
        self.last = np.full(size, _NEVER, np.float32)

    def fade(self) -> None:
        """Let one day pass."""
        self.fading *= _DAILY

    def add(self, first: int, stop: int, day: int) -> None:
        """Enter the facts ``first:stop``, all of one day."""
        touched, times = np.unique(self.slot[first:stop], return_counts=True)
        self.fading[touched] += times[:, None].astype(np.float32)
        self.total[touched] += times
        self.last[touched] = day

    def fill(self, days: np.ndarray, now: int) -> None:
        """Enter the first ``len(days)`` facts at once, as they look at the start of day ``now``."""
        slot, size = self.slot[: len(days)], len(self.total)
        for column, half_life in enumerate(HALF_LIVES):
            weight = 0.5 ** ((now - 1 - days) / half_life)
            self.fading[:, column] = np.bincount(slot, weight, minlength=size)
        self.total[:] = np.bincount(slot, minlength=size)
        self.last[slot] = days

    def find(self, keys: np.ndarray) -> np.ndarray:
        """Return the slot of each key; the empty slot where the key is unknown."""
        slot = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[slot] == keys, slot, len(self.keys))

    def ranges(self, first: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the live slots whose keys lie in ``first[i] : first[i] + width``, and the ``i`` of each."""
        start = np.searchsorted(self.keys, first)
        slot, owner = expand(start, np.searchsorted(self.keys, first + width))
        live = self.total[slot] > 0
        return slot[live], owner[live]
