"""Rates by stratum, pooled with what happens without a cut.

In stratum *s*, *x* of *n* episodes saw the outcome; among state-years without a cut the rate is *c*. The
prior is Beta(*k c*, *k* (1 − *c*)) and the posterior Beta(*k c* + *x*, *k* (1 − *c*) + *n* − *x*): controls
count as *k* cases in all. *k* is the same for all strata and outcomes and maximises their beta-binomial
likelihood, on a grid with a weak prior that keeps it from running off where episodes and controls agree.
*c* itself is the rate of hosts, drawn towards that of all states with the weight of 20 years.

References
----------
Wilson 1927, doi:10.1080/01621459.1927.10502953. Casella 1985, An introduction to empirical Bayes,
doi:10.1080/00031305.1985.10479400.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aneroid.scenarios.model import Episode, Member, Outcome, Rate, Stratum
from aneroid.scenarios.outcomes import HORIZONS, LEVEL, control_mask, hosts_mask, strata, window_outcomes
from aneroid.scenarios.world import World

COVER = 0.90
Z90 = 1.6448536269514722
ALL_STATES_WEIGHT = 20.0
GRID = np.exp(np.linspace(np.log(1.0), np.log(100.0), 40))
PRIOR_CENTRE, PRIOR_SPREAD = np.log(10.0), 1.0  # of log k

_WORDING = {
    (Outcome.CONFLICT, Stratum.PEACE): "armed conflict breaks out",
    (Outcome.CONFLICT, Stratum.LULL): "armed conflict returns",
    (Outcome.CONFLICT, Stratum.MINOR): "conflict goes on or returns",
    (Outcome.CONFLICT, Stratum.WAR): "conflict goes on or returns",
    (Outcome.WAR, Stratum.PEACE): "war breaks out",
    (Outcome.WAR, Stratum.LULL): "war breaks out",
    (Outcome.WAR, Stratum.MINOR): "minor conflict becomes war",
    (Outcome.WAR, Stratum.WAR): "war goes on or returns",
}


@dataclass(frozen=True)
class Controls:
    """Rate and number of state-years without a cut, by outcome, stratum and horizon."""

    rate: dict[tuple[Outcome, Stratum, int], float]
    n: dict[tuple[Outcome, Stratum, int], int]


def controls(
    world: World, found: list[Episode], *, counted: bool = True, without: str | None = None
) -> Controls:
    """Count what happened where nothing was cut.

    Parameters
    ----------
    world
        What was on record.
    found
        Episodes to keep away from.
    counted
        Whether the guarantor's forces are in the troop table: then states with such forces are the controls,
        else all states.
    without
        A state to leave out, for evaluation.

    Returns
    -------
    Controls
        ``n`` counts years; overlapping windows of one state are not independent, so it is no
        sample size.
    """
    free = control_mask(world, found)
    if without is not None:
        free[world.row(without)] = False
    hosts, place = hosts_mask(world) if counted else np.ones_like(free), strata(world)
    rate, count = {}, {}
    for outcome, level in LEVEL.items():
        for years in HORIZONS:
            result = window_outcomes(world, years, level)
            usable = free & ~np.isnan(result)
            for number, stratum in enumerate(Stratum):
                everyone = usable & (place == number)
                of_hosts = everyone & hosts
                base = share_of(result[everyone].sum(), everyone.sum())
                key = (outcome, stratum, years)
                rate[key] = float(
                    (result[of_hosts].sum() + ALL_STATES_WEIGHT * base) / (of_hosts.sum() + ALL_STATES_WEIGHT)
                )
                count[key] = int(of_hosts.sum())
    return Controls(rate, count)


def share_of(events: float, n: float) -> float:
    """Share with half an event added on either side, so that nothing is held impossible."""
    return float((events + 0.5) / (n + 1.0))


def counts(members: list[Member], outcome: Outcome, stratum: Stratum, years: int) -> tuple[list[Member], int]:
    """Return the members of a stratum in which the outcome followed, and how many have a known outcome."""
    known = [(m, result(m, outcome, years)) for m in members if m.stratum is stratum]
    known = [(m, seen) for m, seen in known if seen is not None]
    return [m for m, seen in known if seen], len(known)


def result(found: Member, outcome: Outcome, years: int) -> bool | None:
    """Read one outcome of a member."""
    series = found.conflict if outcome is Outcome.CONFLICT else found.war
    return series[HORIZONS.index(years)]


def pooling(members: list[Member], base: Controls) -> float:
    """Estimate *k*: how many cases the controls are worth."""
    from scipy.special import betaln

    score: NDArray[np.float64] = -0.5 * ((np.log(GRID) - PRIOR_CENTRE) / PRIOR_SPREAD) ** 2
    for outcome in LEVEL:
        for stratum in Stratum:
            events, n = counts(members, outcome, stratum, max(HORIZONS))
            x, c = len(events), base.rate[outcome, stratum, max(HORIZONS)]
            a, b = GRID * c, GRID * (1 - c)
            score += betaln(a + x, b + n - x) - betaln(a, b)
    return float(GRID[int(np.argmax(score))])


def pooled(events: int, n: int, base: float, k: float) -> tuple[float, float, float]:
    """Posterior mean and the interval that holds nine in ten."""
    from scipy.special import betaincinv

    a, b = k * base + events, k * (1 - base) + n - events
    tail = (1 - COVER) / 2
    return a / (a + b), float(betaincinv(a, b, tail)), float(betaincinv(a, b, 1 - tail))


def wilson(events: int, n: int) -> tuple[float, float]:
    """Wilson's score interval (nine in ten) of a share; the whole line where there are no cases."""
    if n == 0:
        return 0.0, 1.0
    p, z2 = events / n, Z90**2
    centre, half = p + z2 / (2 * n), Z90 * np.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return float(max((centre - half) / (1 + z2 / n), 0.0)), float(min((centre + half) / (1 + z2 / n), 1.0))


def rates(members: list[Member], base: Controls, *, horizons: tuple[int, ...]) -> list[Rate]:
    """Compute every rate of conflict and war, strata in their order.

    Parameters
    ----------
    members
        The reference class.
    base
        From :func:`controls`.
    horizons
        Years to report, among 1, 2 and 5.

    Returns
    -------
    list of Rate
        One for each outcome, stratum and horizon in which there is a case with a known outcome.
    """
    k = pooling(members, base)
    table = []
    for stratum in Stratum:
        for outcome in LEVEL:
            for years in horizons:
                events, n = counts(members, outcome, stratum, years)
                if n:
                    key = (outcome, stratum, years)
                    table.append(
                        make_rate(outcome, stratum, years, events, n, base.rate[key], base.n[key], k)
                    )
    return table


def make_rate(
    outcome: Outcome,
    stratum: Stratum,
    years: int,
    events: list[Member],
    n: int,
    base: float,
    base_n: int,
    k: float,
) -> Rate:
    """Put one rate together."""
    mean, low, high = pooled(len(events), n, base, k)
    wording = _WORDING.get((outcome, stratum), str(outcome))
    names = tuple(each.episode.label for each in events)
    return Rate(
        outcome,
        stratum,
        years,
        wording,
        len(events),
        n,
        mean,
        low,
        high,
        *wilson(len(events), n),
        base,
        base_n,
        names,
    )
