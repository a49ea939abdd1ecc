"""Episodes against like hosts without a cut.

Each episode is set beside up to five state-years without a cut, from other states in the same stratum
within five years of it, nearest in strength (log), in the share of the last ten years in conflict, and in
time. The difference is the mean over episodes of outcome minus the mean outcome of its matches. States are
drawn with replacement, episodes and matches alike (a pigeonhole bootstrap), so that one country's long
quiet or long war does not pass for many cases.

References
----------
Owen 2007, The pigeonhole bootstrap, doi:10.1214/07-AOAS122.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aneroid.scenarios.model import Matched, Member, Stratum
from aneroid.scenarios.outcomes import LEVEL, control_mask, hosts_mask, strata, window_outcomes
from aneroid.scenarios.rates import COVER, result
from aneroid.scenarios.world import FIRST, World

MATCHES = 5
NEAR_YEARS = 5
DRAWS = 1000
SEED = 20
MIN_CASES = 8


def matched(world: World, members: list[Member], years: int, *, counted: bool) -> list[Matched]:
    """Compare members with matches, by outcome.

    Parameters
    ----------
    world
        What was on record.
    members
        The reference class.
    years
        Horizon.
    counted
        Whether the guarantor's forces are in the troop table: then only hosts are matches, else any state.

    Returns
    -------
    list of Matched
        One an outcome; a positive difference means that the outcome was more frequent after a cut. Empty
        with fewer than eight episodes that have a match.
    """
    free = control_mask(world, [m.episode for m in members])
    if counted:
        free &= hosts_mask(world)
    recent = _recent(world)
    found = []
    for outcome, level in LEVEL.items():
        observed = window_outcomes(world, years, level)
        usable = free & ~np.isnan(observed)
        cases, rows = [], []
        for each in members:
            seen = result(each, outcome, years)
            places = _matches(world, each, usable, recent) if seen is not None else []
            if places:
                cases.append((float(bool(seen)), world.row(each.episode.host)))
                rows.append([(observed[row, column], row) for row, column in places])
        if len(cases) >= MIN_CASES:
            difference, low, high = _bootstrap(cases, rows, len(world.states))
            hosts = len({row for _, row in cases})
            found.append(Matched(outcome, difference, low, high, len(cases), hosts))
    return found


def _recent(world: World) -> NDArray[np.float64]:
    """Share of the ten years up to each year in which a state was in conflict."""
    active = np.cumsum(np.pad((world.level > 0).astype(float), ((0, 0), (1, 0))), axis=1)
    columns = np.arange(1, active.shape[1])
    start = np.maximum(columns - 10, 0)
    share: NDArray[np.float64] = (active[:, columns] - active[:, start]) / (columns - start)
    return share


def _matches(
    world: World, case: Member, usable: NDArray[np.bool_], recent: NDArray[np.float64]
) -> list[tuple[int, int]]:
    episode, column = case.episode, case.episode.year - FIRST
    first, last = max(column - NEAR_YEARS, 0), min(column + NEAR_YEARS + 1, usable.shape[1])
    place = list(Stratum).index(case.stratum)
    near = usable[:, first:last] & (strata(world)[:, first:last] == place)
    near[world.row(episode.host)] = False
    rows, columns = np.nonzero(near)
    columns = columns + first
    apart = np.abs(columns - column) / NEAR_YEARS
    apart = apart + 2 * np.abs(recent[rows, columns] - recent[world.row(episode.host), column])
    if episode.before:
        apart = (
            apart
            + np.abs(np.log1p(np.nan_to_num(world.troops[rows, columns])) - np.log1p(episode.before)) / 2
        )
    chosen: dict[int, int] = {}
    for index in np.argsort(apart, kind="stable"):  # one year a state, the nearest
        chosen.setdefault(int(rows[index]), int(columns[index]))
        if len(chosen) == MATCHES:
            break
    return list(chosen.items())


def _bootstrap(
    cases: list[tuple[float, int]], rows: list[list[tuple[float, int]]], states: int
) -> tuple[float, float, float]:
    rng = np.random.default_rng(SEED)
    width = max(len(each) for each in rows)
    value = np.full((len(rows), width), 0.0)
    whose = np.full((len(rows), width), -1)
    for number, each in enumerate(rows):
        value[number, : len(each)] = [outcome for outcome, _ in each]
        whose[number, : len(each)] = [row for _, row in each]
    seen = np.array([outcome for outcome, _ in cases])
    host = np.array([row for _, row in cases])
    drawn = [np.ones(states)] + [
        np.bincount(rng.integers(0, states, states), minlength=states).astype(float) for _ in range(DRAWS)
    ]
    differences = []
    for weight in drawn:
        inner = np.where(whose >= 0, weight[whose], 0.0)
        total = inner.sum(axis=1)
        outer = weight[host] * (total > 0)
        if outer.sum() == 0:
            continue
        control = (inner * value).sum(axis=1) / np.where(total > 0, total, 1.0)
        differences.append(float((outer * (seen - control)).sum() / outer.sum()))
    tail = (1 - COVER) / 2
    low, high = np.quantile(differences[1:], [tail, 1 - tail])
    return differences[0], float(low), float(high)
