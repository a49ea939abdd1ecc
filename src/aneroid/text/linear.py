"""A multinomial logistic classifier over named features, applied with NumPy alone.

Feature f of block b of a text has the value x = (1 + ln count) · idf(f); each block is scaled to length one; then
P(class) ∝ exp((w · x + intercept) / temperature). The parameters hold hashes of feature names, no words.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from aneroid.text.evidence import Features

BLOCKS = ("words", "places", "syntax", "rules", "letters")


def feature_id(block: str, name: str) -> int:
    """Return the number of a feature: a hash of 32 bits, so that no text is stored."""
    return zlib.crc32(f"{block}\t{name}".encode())


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Parameters of one classifier. ``weights`` has a row for each of ``ids``, which are sorted, and a column a label."""

    labels: tuple[str, ...]
    ids: NDArray[np.uint32]
    idf: NDArray[np.float32]
    weights: NDArray[np.float32]
    intercept: NDArray[np.float32]
    temperature: float = 1.0

    def vector(self, features: Features) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the known features of a text: their rows and scaled values."""
        rows: list[NDArray[np.int64]] = []
        values: list[NDArray[np.float32]] = []
        for block in BLOCKS:
            at, value = self._block(block, features.get(block, {}))
            length = float(np.sqrt((value**2).sum()))
            rows.append(at)
            values.append(value / length if length else value)
        return np.concatenate(rows), np.concatenate(values)

    def _block(self, block: str, counts: Mapping[str, int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        wanted = np.array([feature_id(block, name) for name in counts], np.uint32)
        numbers = np.array(list(counts.values()), np.float32)
        at = np.searchsorted(self.ids, wanted)
        known = (at < len(self.ids)) & (self.ids[np.minimum(at, len(self.ids) - 1)] == wanted)
        at = at[known]
        return at, (1 + np.log(numbers[known])) * self.idf[at]

    def probabilities(self, texts: Sequence[Features]) -> NDArray[np.float64]:
        """Return P(class) for each text, a row a text and a column a label; rows add up to one."""
        scores = np.empty((len(texts), len(self.labels)))
        for number, features in enumerate(texts):
            rows, values = self.vector(features)
            scores[number] = values @ self.weights[rows] + self.intercept
        scores /= self.temperature
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: NDArray[np.float64] = scores / scores.sum(axis=1, keepdims=True)
        return shares

    def save(self, path: Path) -> None:
        """Write the parameters; the same parameters give the same bytes but for the time inside the archive."""
        scale = np.abs(self.weights).max(axis=0) / 127
        np.savez_compressed(
            path,
            labels=np.array(self.labels),
            ids=self.ids,
            idf=self.idf.astype(np.float16),
            weights=np.round(self.weights / scale).astype(np.int8),
            scale=scale.astype(np.float32),
            intercept=self.intercept.astype(np.float32),
            temperature=np.float32(self.temperature),
        )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read parameters that :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                labels=tuple(str(label) for label in stored["labels"]),
                ids=stored["ids"],
                idf=stored["idf"].astype(np.float32),
                weights=stored["weights"].astype(np.float32) * stored["scale"],
                intercept=stored["intercept"],
                temperature=float(stored["temperature"]),
            )
