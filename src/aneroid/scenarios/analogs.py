"""The nearest past episodes, and why they are near.

The distance adds up how far two situations are apart: one a step between strata, one for another region,
half for another country, half the log of the ratio of strengths, a fortieth a year, and twice the
difference in the share of the last ten years in conflict. The weights are conventions, not estimates; they
order examples and enter no rate.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aneroid.scenarios.model import Analog, Member, Step, Stratum
from aneroid.scenarios.world import World

SHOWN = 5
PER_STRATUM, PER_YEAR, OTHER_REGION, OTHER_HOST, PER_LOG, PER_SHARE = 1.0, 1 / 40, 1.0, 0.5, 0.5, 2.0
YEARS_BACK, YEARS_ON = 2, 5
DECADE = 10


@dataclass(frozen=True, slots=True)
class Situation:
    """The host now."""

    host: str
    year: int
    stratum: Stratum
    strength: int | None


def nearest(
    world: World, now: Situation, members: list[Member], leans: dict[tuple[str, int], float]
) -> list[Analog]:
    """Find the episodes nearest to a situation.

    Parameters
    ----------
    world
        What was on record.
    now
        The host's situation.
    members
        The reference class; brief presences are passed over.
    leans
        Lean towards the guarantor by host and year, where estimated.

    Returns
    -------
    list of Analog
        At most five, nearest first, each with what it shares with the situation and its years.
    """
    scored = [(*_distance(world, now, each), each) for each in members if not each.episode.brief]
    scored.sort(key=lambda entry: (entry[0], -entry[2].episode.year))
    return [
        Analog(each, distance, why, timeline(world, each, leans)) for distance, why, each in scored[:SHOWN]
    ]


def timeline(world: World, case: Member, leans: dict[tuple[str, int], float]) -> tuple[Step, ...]:
    """Lay out the years around a cut, as far as the record reaches."""
    host, year = case.episode.host, case.episode.year
    counted = case.episode.basis == "troop table"
    return tuple(
        Step(
            at,
            world.conflict(host, at),
            world.strength(host, at) if counted else None,
            leans.get((host, at)),
        )
        for at in range(year - YEARS_BACK, min(year + YEARS_ON, world.last) + 1)
    )


def _distance(world: World, now: Situation, case: Member) -> tuple[float, tuple[str, ...]]:
    order, episode = list(Stratum), case.episode
    why = []
    steps = abs(order.index(now.stratum) - order.index(case.stratum))
    distance = PER_STRATUM * steps + PER_YEAR * abs(now.year - episode.year)
    if steps == 0:
        why.append(f"{case.stratum} before, as here")
    if episode.host == now.host:
        why.append("the same country")
    else:
        same_region = world.regions[world.row(episode.host)] == world.regions[world.row(now.host)]
        distance += OTHER_HOST + (0.0 if same_region else OTHER_REGION)
        if same_region:
            why.append("the same region")
    if now.strength and episode.before:
        ratio = abs(float(np.log(episode.before / now.strength)))
        distance += PER_LOG * ratio
        if ratio < np.log(3):
            why.append(f"a force of like size ({episode.before:,} before)")
    share = _recent(world, episode.host, episode.year) - _recent(world, now.host, now.year)
    distance += PER_SHARE * abs(share)
    if steps and abs(share) < 0.25:
        why.append("as many of the ten years before in conflict")
    return distance, tuple(why) or ("near in several respects, alike in none",)


def _recent(world: World, host: str, year: int) -> float:
    levels = [world.conflict(host, year - back) for back in range(DECADE)]
    known = [level for level in levels if level is not None]
    return sum(level > 0 for level in known) / len(known) if known else 0.0
