"""Readings of one family, its pairs grouped by what is read when: pairs of a group share Σ⁻¹."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aneroid.orientation.model import Array

    Index = NDArray[np.intp]


@dataclass(frozen=True)
class Block:
    """The readings of one family, indicators × years in a row per pair; pairs grouped by what is read when."""

    y: Array
    """Pairs × readings, zero where missing."""
    low: Array
    high: Array
    """Thresholds of a reading that is a level; equal for any other."""
    seen: Array
    """Pairs × readings, one or zero."""
    group: Index
    """Of each pair."""
    mask: Array
    """Groups × readings."""
    error2: Array
    """Typical known error variance of each reading."""
    order: Index
    """Pairs sorted by group."""
    start: Index
    """First of each group in that order."""

    @property
    def graded(self) -> bool:
        """Whether any reading is a level."""
        return bool((self.low < self.high).any())

    @property
    def size(self) -> Array:
        """Pairs in each group."""
        return np.diff(np.append(self.start, self.order.size)).astype(float)

    def times(self, w: Array, x: Array) -> Array:
        """Multiply the row of each pair by the matrix of its group."""
        out = np.empty_like(x)
        for g, members in enumerate(np.split(self.order, self.start[1:])):
            out[members] = x[members] @ w[g]
        return out


def block(y: Array, error: Array, low: Array, high: Array) -> Block:
    """Group pairs by the years in which they are read.

    Known errors enter with their median over pairs: they differ little between pairs, and the closeness reported in
    the end uses them exactly.
    """
    n_pairs, width = y.shape[1], y.shape[0] * y.shape[2]
    flat, known, below, above = (
        np.moveaxis(each, 0, 1).reshape(n_pairs, width) for each in (y, error, low, high)
    )
    seen = np.isfinite(flat)
    _, first, group = np.unique(seen, axis=0, return_index=True, return_inverse=True)
    group = group.reshape(-1)
    order = np.argsort(group, kind="stable")
    start = np.concatenate([[0], np.cumsum(np.bincount(group))[:-1]])
    error2 = np.array(
        [np.median(known[seen[:, n], n] ** 2) if seen[:, n].any() else 0.0 for n in range(width)]
    )
    mask = seen[first].astype(float)
    below, above = (np.where(seen, each, 0.0) for each in (below, above))
    return Block(np.nan_to_num(flat), below, above, seen.astype(float), group, mask, error2, order, start)


def masked_inverse(covariance: Array, noise: Array, mask: Array) -> Array:
    """Invert the covariance of what is read in each group; rows and columns of what is not are zero."""
    both = mask[:, :, None] * mask[:, None, :]
    full = covariance * both
    index = np.arange(mask.shape[1])
    full[:, index, index] += np.where(mask > 0, noise, 1.0)
    return np.asarray(np.linalg.inv(full) * both)
