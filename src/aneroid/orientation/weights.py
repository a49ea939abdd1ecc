"""The user's own weights: one readable file, every weight one by default, and what changes if they are others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import yaml

from aneroid.errors import InputError
from aneroid.orientation.filter import Readings, inverse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aneroid.orientation.indicators import Design
    from aneroid.orientation.model import Array

    Index = NDArray[np.intp]

MOST = 100.0


@dataclass(frozen=True)
class Weights:
    """A weight for every family and, beside it, for single indicators; both multiply."""

    families: Mapping[str, float]
    indicators: Mapping[str, float]

    def of(self, design: Design) -> Array:
        """One weight for each indicator of a fit."""
        return np.array(
            [
                self.families.get(family, 1.0) * self.indicators.get(name, 1.0)
                for name, family in zip(design.names, design.of_family, strict=True)
            ]
        )

    @property
    def changed(self) -> dict[str, float]:
        """What is not one."""
        return {name: value for name, value in {**self.families, **self.indicators}.items() if value != 1.0}


def load_weights(path: Path | None = None, known: Sequence[str] | None = None) -> Weights:
    """Read a weights file.

    Parameters
    ----------
    path
        The file; the packaged one, all ones, by default.
    known
        Names of families and indicators that exist; a name outside them is refused.

    Returns
    -------
    Weights

    Raises
    ------
    InputError
        The file cannot be read as such, names something unknown, or holds a weight below zero.
    """
    where = str(path) if path else "weights.yaml"
    try:
        text = path.read_text(encoding="utf-8") if path else _packaged()
        loaded = yaml.safe_load(text) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise InputError(f"{where} cannot be read as a weights file: {problem}.") from problem
    if not isinstance(loaded, dict) or set(loaded) - {"families", "indicators"}:
        raise InputError(f"{where} must hold families: and indicators:, each a list of name: weight.")
    parts = [_numbers(loaded.get(part) or {}, where) for part in ("families", "indicators")]
    if known is not None and (unknown := sorted({*parts[0], *parts[1]} - set(known))):
        raise InputError(f'{where} names "{unknown[0]}"; there are {", ".join(known)}.')
    return Weights(*parts)


def _packaged() -> str:
    return files("aneroid.orientation").joinpath("weights.yaml").read_text(encoding="utf-8")


def _numbers(part: object, where: str) -> dict[str, float]:
    if not isinstance(part, dict):
        raise InputError(f"{where} must hold families: and indicators:, each a list of name: weight.")
    for name, value in part.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= MOST:
            raise InputError(
                f"{where}: the weight of {name} is {value!r}; it must be a number from 0 to {MOST:g}."
            )
    return {str(name): float(value) for name, value in part.items()}


def reweighted(group: Readings, weight: Array) -> tuple[Readings, Index]:
    """Read a group of readings with other weights.

    Parameters
    ----------
    group
        Readings with their Σ⁻¹.
    weight
        One for each: 0 drops it, below 1 adds noise of its own (``(1/w − 1)`` times its variance), above 1 shrinks its error
        ``√w`` times. At 1 nothing changes.

    Returns
    -------
    Readings, array
        What is left, and which readings that are; where none is, the group is to be dropped.
    """
    keep = np.flatnonzero(weight > 0)
    if not keep.size or (weight == 1).all():
        return group, keep
    covariance = inverse(group.precision)[np.ix_(keep, keep)]
    w = weight[keep]
    shrunk = 1 / np.sqrt(np.maximum(w, 1.0))
    covariance = covariance * np.outer(shrunk, shrunk)
    here = np.arange(keep.size)
    covariance[here, here] *= 1 / np.minimum(w, 1.0)
    bounds = [np.searchsorted(keep, [part.start, part.stop]) for part in group.parts]
    parts = tuple(slice(int(a), int(b)) for a, b in bounds if a < b)
    left = Readings(group.at[keep], group.loading[keep], inverse(covariance), group.value[keep], parts)
    return left, keep
