"""From readings to a solved model: EM over pairs, then all poles of every state together, then the unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.correlations import closeness_correlation, reading_correlations
from aneroid.orientation.estimate import estimate
from aneroid.orientation.indicators import Design, prepare
from aneroid.orientation.poles import States, solve
from aneroid.orientation.scale import Scale, pact_scale

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from aneroid.orientation.model import Array, Parameters, Priors
    from aneroid.orientation.working import Working
    from aneroid.sources.indicators import Indicator

SOLVES = 1
"""Rounds over states before the last, which leaves working values as they are."""


@dataclass(frozen=True)
class Solved:
    """The model solved for all states; the arrays are those of `aneroid.orientation.fit.OrientationFit`."""

    design: Design
    parameters: Parameters
    priors: Priors
    scale: Scale
    mean: Array
    cov: Array
    across: Array
    working: Working


def compute(
    readings: pd.DataFrame,
    indicators: Sequence[Indicator],
    *,
    poles: Sequence[str],
    priors: Priors,
    without: Sequence[str],
    progress: Callable[[str, float], None] | None,
) -> Solved:
    """Solve the model; the arguments are those of `aneroid.orientation.fit.fit`."""
    say = progress or (lambda message, share: None)
    design = prepare(readings, indicators, poles, without=without, by_levels=priors.by_levels)
    parameters, mean, working = estimate(
        design, priors, lambda message, share: say(message, 0.05 + 0.55 * share)
    )
    parameters = replace(
        parameters,
        closeness_corr=closeness_correlation(mean, None),
        reading_corr=reading_correlations(working.response, design, parameters, mean),
    )
    states = States(design, parameters, priors, working)
    states.keep = True
    for _ in range(SOLVES):
        say("all poles of each state together, with the jumps and levels found", 0.6)
        mean, cov, _ = solve(states)
        parameters = replace(parameters, closeness_corr=closeness_correlation(mean, cov))
        states.parameters = parameters
    say("once more, with the correlations that follow", 0.85)
    mean, cov, across = solve(states, last=True)
    # Kept in single precision on disk; rounded here, so that a fit answers alike before and after.
    cov, across = (each.astype(np.float32).astype(float) for each in (cov, across))
    scale = pact_scale(design, mean + parameters.mu[:, None], priors.unit_years)
    say("done", 1.0)
    return Solved(design, parameters, priors, scale, mean, cov, across, working)
