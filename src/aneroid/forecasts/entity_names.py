"""What the name of an actor says about it: "Police (India)" has the sector Police and the home India."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_BRACKETED = re.compile(r"^(?P<sector>.*) \((?P<home>[^()]*)\)$")
COUNTRY_SECTOR, NAMED_SECTOR = 0, 1


@dataclass(frozen=True)
class EntityTraits:
    """Home and sector of every entity, as small integers.

    ``home`` is −1 where the name does not tell; ``sector`` is 0 for a home itself ("India"), 1 for a name
    without brackets (a person, an organisation), above that one number for each sector.
    """

    home: np.ndarray
    sector: np.ndarray
    n_homes: int
    n_sectors: int


def read_traits(names: Sequence[str]) -> EntityTraits:
    """Read home and sector out of entity names.

    Parameters
    ----------
    names
        One name an entity, in the order of their ids; underscores are read as spaces.

    Returns
    -------
    EntityTraits
        A home is any text that stands in brackets behind a sector; the entity that bears that text as its whole
        name is that home itself.
    """
    plain = [name.replace("_", " ") for name in names]
    matches = [_BRACKETED.match(name) for name in plain]
    homes = {name: i for i, name in enumerate(sorted({m["home"] for m in matches if m}))}
    sectors = {name: i + 2 for i, name in enumerate(sorted({m["sector"] for m in matches if m}))}
    home = [homes[m["home"]] if m else homes.get(name, -1) for m, name in zip(matches, plain, strict=True)]
    sector = [
        sectors[m["sector"]] if m else (COUNTRY_SECTOR if name in homes else NAMED_SECTOR)
        for m, name in zip(matches, plain, strict=True)
    ]
    return EntityTraits(np.array(home, np.int64), np.array(sector, np.int64), len(homes), len(sectors) + 2)


def infer_homes(
    traits: EntityTraits, source: np.ndarray, target: np.ndarray, least_facts: int = 2
) -> np.ndarray:
    """Give entities without a home in their name the home they deal with most.

    Parameters
    ----------
    traits
        From :func:`read_traits`.
    source, target
        The facts seen so far, each in both directions.
    least_facts
        Facts with one home that are needed before it is believed.

    Returns
    -------
    numpy.ndarray
        One home an entity; −1 where nothing is known.
    """
    if traits.n_homes == 0:
        return traits.home.copy()
    known = traits.home[target] >= 0
    cell = source[known] * traits.n_homes + traits.home[target[known]]
    counts = np.bincount(cell, minlength=len(traits.home) * traits.n_homes).reshape(-1, traits.n_homes)
    guess = np.where(counts.max(axis=1) >= least_facts, counts.argmax(axis=1), -1)
    return np.where(traits.home >= 0, traits.home, guess)
