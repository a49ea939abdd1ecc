"""How the estimate answers to a shift of known size in the raw readings: exact, because it is linear in them.

Given parameters and working weights the mean of closeness is ``m = V Lᵀ Σ⁻¹ r`` with r the readings less what is usual.
If every reading towards a pole moves from some year on by ``s`` of the standard deviation between states of that
very indicator and pole, r moves by ``s·b`` and m by ``s·V Lᵀ Σ⁻¹ b``: one product with what the fit already holds, no refit.

A reading by levels (a pact, a sanction) moves through the quantity behind it, to which its working response is linear. V is
taken with the working weights of an ordinary state, all one: the answer must not depend on whether the state did turn. A
refit would give a large jump less smoothing, so the answer is on the low side, and the power with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array

LEAST_STATES = 20  # read in a year, for a spread between states


def spread_between_states(fitted: OrientationFit, pole: str, years: tuple[int, int]) -> Array:
    """Standard deviation between states of each indicator towards a pole, in standardised readings.

    Parameters
    ----------
    fitted
        The fit.
    pole
        Id.
    years
        First and last; the variance is averaged over those in which at least `LEAST_STATES` states were read.

    Returns
    -------
    array
        One number an indicator, zero where it was not read or did not differ.
    """
    p = fitted.poles.index(pole)
    first, last = (fitted.design.year_index(year) for year in years)
    y = fitted.design.y[:, :, p, max(first, 0) : last + 1]
    seen = np.isfinite(y)
    count = seen.sum(axis=1)
    mean = np.where(seen, y, 0.0).sum(axis=1) / np.maximum(count, 1)
    variance = np.where(seen, (y - mean[:, None]) ** 2, 0.0).sum(axis=1) / np.maximum(count, 1)
    enough = count >= LEAST_STATES
    averaged = np.where(enough, variance, 0.0).sum(axis=1) / np.maximum(enough.sum(axis=1), 1)
    return np.asarray(np.sqrt(averaged))


def responses(
    fitted: OrientationFit, state: str, pole: str, since: Sequence[int], years: Sequence[int], spread: Array
) -> Array:
    """Answer of closeness, in units, to a shift of one standard deviation in all readings from a year on.

    Parameters
    ----------
    fitted
        The fit.
    state, pole
        Whose readings move, and towards whom.
    since
        First years of the shift, one answer each.
    years
        Years in which closeness is asked for; ``nan`` where there is no estimate.
    spread
        From `spread_between_states`.

    Returns
    -------
    array
        Shifts × years.
    """
    steps = fitted.working.steps.copy()
    steps[fitted.states.index(state)] = 1.0
    ordinary = replace(fitted.working, steps=steps)
    solution = replace(fitted, working=ordinary, _solutions={})._solution(state)  # large, and not kept
    p = fitted.poles.index(pole)
    axis = fitted.design.years
    out = np.full((len(since), len(years)), np.nan)
    for row, start in enumerate(since):
        information = np.zeros(solution.posterior.mean.size)
        for group, source in zip(solution.posterior.readings, solution.sources, strict=True):
            moved = (source.pole == p) & (axis[source.year] >= start)
            pull = group.loading * (group.precision @ np.where(moved, spread[source.indicator], 0.0))
            np.add.at(information, group.at, pull)
        answer = solution.posterior.times_covariance(information) / fitted.scale.size
        for column, year in enumerate(years):
            t = fitted.design.year_index(year)
            if 0 <= t < axis.size and fitted.design.exists[solution.index, p, t]:
                out[row, column] = answer[solution.coordinate(pole, year)]
    return out
