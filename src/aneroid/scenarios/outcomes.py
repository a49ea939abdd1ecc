"""What followed, and how often it follows without a cut.

Outcomes are counted in the calendar years after the cut: within *h* years of a cut in *y* means *y* + 1 to
*y* + *h*. Where the record ends within the window the outcome is unknown, whatever was seen so far; where
the host ended without the event it is unknown too.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aneroid.scenarios.episodes import MIN_BEFORE, stratum
from aneroid.scenarios.model import Episode, Member, Outcome, Stratum
from aneroid.scenarios.world import FIRST, World

HORIZONS = (1, 2, 5)
LEVEL = {Outcome.CONFLICT: 1, Outcome.WAR: 2}
CONTROLS_FROM = 1952
APART = 2  # control years keep this distance from any cut of the host


def member(world: World, episode: Episode) -> Member:
    """Give an episode its stratum and its outcomes over the horizons."""
    found = stratum(world, episode.host, episode.year)
    if found is None:
        raise ValueError(f"{episode.label} has no stratum.")
    follow = {
        outcome: tuple(followed(world, episode.host, episode.year, years, level) for years in HORIZONS)
        for outcome, level in LEVEL.items()
    }
    return Member(episode, found, follow[Outcome.CONFLICT], follow[Outcome.WAR])


def followed(world: World, host: str, year: int, years: int, level: int) -> bool | None:
    """Tell whether conflict of at least ``level`` came within so many years."""
    if year + years > world.last:
        return None
    seen = [world.conflict(host, year + ahead) for ahead in range(1, years + 1)]
    if any(found is not None and found >= level for found in seen):
        return True
    return None if None in seen else False


def window_outcomes(world: World, years: int, level: int) -> NDArray[np.float64]:
    """:func:`followed` for all states and years at once: 1, 0, NaN unknown."""
    rows, columns = world.level.shape
    result = np.full((rows, columns), np.nan)
    for column in range(columns - years):
        ahead = world.level[:, column + 1 : column + 1 + years]
        hit = (ahead >= level).any(axis=1)
        result[:, column] = np.where(hit, 1.0, np.where((ahead < 0).any(axis=1), np.nan, 0.0))
    return result


def strata(world: World) -> NDArray[np.int8]:
    """Stratum of all states and years as its place in :class:`Stratum`; −1 unknown."""
    level = world.level
    result = np.full(level.shape, -1, dtype=np.int8)
    now, known = level[:, 2:], (level[:, 2:] >= 0) & (level[:, 1:-1] >= 0) & (level[:, :-2] >= 0)
    recent = (level[:, 1:-1] > 0) | (level[:, :-2] > 0)
    order = list(Stratum)
    quiet = np.where(recent, order.index(Stratum.LULL), order.index(Stratum.PEACE))
    active = np.where(now == 2, order.index(Stratum.WAR), order.index(Stratum.MINOR))
    result[:, 2:] = np.where(known, np.where(now > 0, active, quiet), -1)
    return result


def control_mask(world: World, found: list[Episode]) -> NDArray[np.bool_]:
    """State-years that may stand for "no cut": since 1952, away from every cut of the same host."""
    mask = np.zeros(world.level.shape, dtype=bool)
    mask[:, CONTROLS_FROM - FIRST :] = True
    for episode in found:
        row = world.row(episode.host)
        first = max(min(episode.first, episode.year) - APART - FIRST, 0)
        mask[row, first : episode.year + APART + 1 - FIRST] = False
    return mask


def hosts_mask(world: World) -> NDArray[np.bool_]:
    """State-years with a United States force of 500 or more."""
    return np.nan_to_num(world.troops) >= MIN_BEFORE
