"""Evidence that a state's ties turned in a year, from the readings of all indicators and poles.

For indicator *k* of family *f*, state *i*, pole *p*, year *t* and half-window *h*

    d[k,i,p,t,h] = mean y[k,i,p,t … t+h−1] − mean y[k,i,p,t−h … t−1]
    s[k,i,p,t,h] = sign(d) · −log P(a movement of that sign at least as large)
    e[f,i,p,t]   = the largest of the indicators of f, of  mean over h of s[k,i,p,t,h]
    S[i,p,t]     = Σ_f e[f,i,p,t]

- ``y`` is the reading, transformed, larger = closer, less the median of all states towards that pole in that year: what
  moved everybody is movement of the pole or of the agenda, not of the state;
- ``d`` needs readings of at least half of each window; without them it says nothing (s = 0), which is not a reading of
  zero;
- ``P`` is the share of all state-years with such a movement: of all poles together where zero is absolute (no pact, no
  order), else of that pole. A surprise is thus measured in each indicator's ordinary variability, whatever its unit or
  its tails, and an indicator that moves at once (a first sanction, a pact denounced) counts for as much as it is rare;
- of the indicators of a family only the loudest counts, so that three kinds of sanctions are not three witnesses.

How close a state was before and is after, L, serves to name the poles of a turn, not to find it: the mean over families of the
mean of their indicators' y, each in standard deviations.

Families of coded events and claims are left out: a claim alone can raise no alarm.

References
----------
Fisher (1925), *Statistical Methods for Research Workers*, on adding logarithms of tail probabilities;
Brown (1975), doi:10.2307/2529826, on why those of dependent tests must be discounted.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.orientation.indicators import transform
from aneroid.orientation.news import FAMILY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from aneroid.sources.indicators import Indicator

    Array = NDArray[np.float64]

HALF_WINDOWS = (2, 3, 4, 5)
LEVEL_YEARS = 3
CLAIMED_FAMILIES = frozenset({FAMILY, "claims"})
"""Families that rest on what was said or reported."""
_EQUAL = 1e-9


@dataclass(frozen=True)
class Evidence:
    """Signed surprise of each family towards each pole; positive is closer."""

    states: tuple[str, ...]
    poles: tuple[str, ...]
    years: NDArray[np.int64]
    families: tuple[str, ...]
    surprise: Array
    """e, families × states × poles × years; zero where nothing is known."""
    before: Array
    """L of the three years before, states × poles × years: how close the state was, in standard deviations."""
    after: Array
    """L of the three years from this one on."""
    exists: NDArray[np.bool_]
    """Whether the state has readings before and from that year, states × years."""

    @property
    def total(self) -> Array:
        """S, states × poles × years."""
        return np.asarray(self.surprise.sum(axis=0))

    @property
    def covered(self) -> NDArray[np.bool_]:
        """In which years a family says anything of anybody, families × years."""
        return np.asarray(self.surprise.any(axis=(1, 2)))


def gather_evidence(
    readings: pd.DataFrame, indicators: Sequence[Indicator], poles: Sequence[str]
) -> Evidence:
    """Measure how surprising each movement of each state's ties was.

    Parameters
    ----------
    readings
        Frame with ``state, pole, indicator, year, value``; missing is a missing row.
    indicators
        What each indicator means; those that rest on claims are left out.
    poles
        Towards which poles.

    Returns
    -------
    Evidence
        A surprise of 3 is a movement that one state-year in twenty shows (e⁻³), of 7 one in a thousand.

    Raises
    ------
    InputError
        No reading towards these poles.
    """
    used = [item for item in indicators if item.family not in CLAIMED_FAMILIES]
    rows = readings[
        readings["pole"].isin(list(poles))
        & readings["indicator"].isin([item.name for item in used])
        & (readings["state"] != readings["pole"])
        & readings["value"].notna()
    ]
    if rows.empty:
        raise InputError(f"No readings towards {', '.join(poles)}: there is nothing to look for turns in.")
    states = tuple(sorted(rows["state"].unique()))
    years = np.arange(int(rows["year"].min()), int(rows["year"].max()) + 1)
    families = tuple(sorted({item.family for item in used}))
    grid = (len(states), len(poles), years.size)
    surprise, levels = np.zeros((len(families), *grid)), np.full((len(families), 2, *grid), np.nan)
    for item in used:
        y = _lay_out(rows[rows["indicator"] == item.name], item, states, poles, years)
        if not np.isfinite(y).any():
            continue
        place = families.index(item.family)
        moved = _mean_surprise(y, pooled=item.zero == "absolute")
        np.copyto(surprise[place], moved, where=np.abs(moved) > np.abs(surprise[place]))
        levels[place] = _add(levels[place], y / (np.nanstd(y) or 1.0))
    level, known = _level(levels)
    before, after, n_before, n_after = _windows(level, LEVEL_YEARS)
    since = np.maximum.accumulate(known, axis=1)
    until = np.maximum.accumulate(known[:, ::-1], axis=1)[:, ::-1]
    exists = np.zeros(known.shape, dtype=bool)
    exists[:, 1:] = until[:, 1:] & since[:, :-1]
    before, after = np.where(n_before > 0, before, 0.0), np.where(n_after > 0, after, 0.0)
    return Evidence(states, tuple(poles), years, families, surprise, before, after, exists)


def _add(family: Array, y: Array) -> Array:
    """Add the readings of an indicator to a family's sum and count."""
    return np.where(np.isfinite(y), np.nan_to_num(family) + np.stack([y, np.ones_like(y)]), family)


def _level(levels: Array) -> tuple[Array, NDArray[np.bool_]]:
    """L, the mean over families of the mean of their indicators, in its own standard deviation; states × years read."""
    read = np.isfinite(levels[:, 0])
    mean = np.where(read, np.nan_to_num(levels[:, 0]) / np.maximum(np.nan_to_num(levels[:, 1]), 1.0), 0.0)
    count = read.sum(axis=0)
    level = np.where(count > 0, mean.sum(axis=0) / np.maximum(count, 1), np.nan)
    return level / (np.nanstd(level) or 1.0), np.asarray((count > 0).any(axis=1))


def _lay_out(
    rows: pd.DataFrame,
    item: Indicator,
    states: Sequence[str],
    poles: Sequence[str],
    years: NDArray[np.int64],
) -> Array:
    y = np.full((len(states), len(poles), years.size), np.nan)
    at = (
        rows["state"].map({state: n for n, state in enumerate(states)}).to_numpy(int),
        rows["pole"].map({pole: n for n, pole in enumerate(poles)}).to_numpy(int),
        rows["year"].to_numpy(int) - int(years[0]),
    )
    y[at] = item.sign * transform(rows["value"].to_numpy(float), str(item.transform))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a year in which nobody is read has no median
        return np.asarray(y - np.nanmedian(y, axis=0, keepdims=True))


def _mean_surprise(y: Array, *, pooled: bool) -> Array:
    """Mean over half-windows of the signed surprise of one indicator, states × poles × years."""
    out = np.zeros_like(y)
    for half in HALF_WINDOWS:
        moved = movement(y, half)
        if pooled:
            out += surprise_of(moved)
        else:
            for pole in range(y.shape[1]):
                out[:, pole] += surprise_of(moved[:, pole])
    return out / len(HALF_WINDOWS)


def movement(y: Array, half: int) -> Array:
    """Mean of the ``half`` years from each year on, less the mean of the ``half`` years before it.

    Parameters
    ----------
    y
        … × years, ``nan`` where nothing was read.
    half
        Years on either side.

    Returns
    -------
    array
        Same shape; ``nan`` where less than half of either window was read.
    """
    before, after, n_before, n_after = _windows(y, half)
    enough = (half + 1) // 2
    return np.where((n_before >= enough) & (n_after >= enough), after - before, np.nan)


def _windows(y: Array, half: int) -> tuple[Array, Array, Array, Array]:
    """Means of the ``half`` years before each year and from it on, zero where none was read, and how many were."""
    n_years = y.shape[-1]
    read = np.isfinite(y)
    start = np.zeros((*y.shape[:-1], 1))
    total = np.concatenate([start, np.where(read, y, 0.0).cumsum(axis=-1)], axis=-1)
    count = np.concatenate([start, read.cumsum(axis=-1)], axis=-1)
    here = np.arange(n_years)
    low, high = np.maximum(0, here - half), np.minimum(n_years, here + half)
    n_before, n_after = count[..., here] - count[..., low], count[..., high] - count[..., here]
    before = (total[..., here] - total[..., low]) / np.maximum(n_before, 1)
    after = (total[..., high] - total[..., here]) / np.maximum(n_after, 1)
    return before, after, n_before, n_after


def surprise_of(moved: Array) -> Array:
    """Signed minus logarithm of the share of movements of that sign at least as large.

    Parameters
    ----------
    moved
        Movements of any shape; ``nan`` where unknown.

    Returns
    -------
    array
        Same shape; zero where nothing moved or nothing is known.
    """
    out = np.zeros_like(moved)
    known = np.isfinite(moved)
    n = int(known.sum())
    for sign in (1.0, -1.0):
        values = sign * moved
        at = known & (values > _EQUAL)
        ordered = np.sort(values[known])
        as_large = n - np.searchsorted(ordered, values[at] - _EQUAL, side="left")
        out[at] = -sign * np.log(as_large / n)
    return out
