"""A movement of lean without each indicator in turn: beside contributions, which are exact but given all readings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.filter import Posterior
from aneroid.orientation.poles import States
from aneroid.orientation.table import QUANTILES

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.contributions import Contributions
    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array

ROUNDS = 3
"""Solves of a state, so that its levels and jumps settle without the indicator."""


def leave_out(fit: OrientationFit, told: Contributions) -> pd.DataFrame:
    """Solve one state again without each indicator that it has readings of; see `OrientationFit.left_out`."""
    import pandas as pd

    solution = fit._solution(told.state)
    functional = solution.lean(told.end, told.pole_a, told.pole_b) - solution.lean(
        told.start, told.pole_a, told.pole_b
    )
    z = QUANTILES["90"]
    present = np.isfinite(fit.design.y[:, solution.index]).any(axis=(1, 2))
    # What is compared has gone through the same rounds, else a jump not yet settled would pass for an effect.
    settled = _moments(fit, solution.index, None, functional)[0] + solution.prior_mean(functional)
    rows = []
    for k in np.flatnonzero(present):
        mean, sd = _moments(fit, solution.index, int(k), functional)
        mean += solution.prior_mean(functional)
        rows.append(
            {
                "indicator": fit.indicators[k].name,
                "label": fit.indicators[k].label,
                "movement": mean,
                "lo90": mean - z * sd,
                "hi90": mean + z * sd,
                "difference": settled - mean,
            }
        )
    table = pd.DataFrame(rows)
    order = table["difference"].abs().sort_values(ascending=False, kind="stable").index
    found: pd.DataFrame = table.loc[order].reset_index(drop=True)
    return found


def _moments(fit: OrientationFit, state: int, left_out: int | None, functional: Array) -> tuple[float, float]:
    working = fit.working
    mine = replace(
        working, steps=working.steps.copy(), response=working.response.copy(), noise=working.noise.copy()
    )
    # The state keeps its years and poles: only the readings go.
    solver = States(fit.design, fit.parameters, fit.priors, mine, without=left_out)
    for n in range(ROUNDS):
        readings, sources = solver.system(state)
        posterior = Posterior(solver.prior_precision(state), readings)
        if n + 1 < ROUNDS:
            solver.renew(state, posterior, sources)
    variance = float(functional @ posterior.times_covariance(functional))
    return float(functional @ posterior.mean), float(np.sqrt(max(variance, 0.0)))
