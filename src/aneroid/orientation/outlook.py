"""Where closeness and lean may be in the months after the last data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.orientation.months import MONTHS, Chance, ahead

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array

LEVELS = {"50": (0.25, 0.75), "90": (0.05, 0.95)}
FARTHEST = 60
"""Months: past this, persistence of a state says little."""


def outlook(
    fit: OrientationFit,
    states: Sequence[str] | None,
    reports: Mapping[str, Mapping[str, float]],
    *,
    months: int,
    shift: float,
    draws: int,
) -> pd.DataFrame:
    """Forecast weighted sums of closeness over poles.

    Parameters
    ----------
    fit
        The fit.
    states
        Ids; all that have an estimate at the end of the last year if None.
    reports
        Name of a report and the weight of each pole in it.
    months
        How many months after the December of the last year.
    shift
        A movement of this size, in units, is what the probabilities speak of.
    draws
        Number of draws.

    Returns
    -------
    pandas.DataFrame
        ``state, report, date, months_ahead, mean, sd, lo50, hi50, lo90, hi90, p_rise, p_fall``. ``p_rise`` is the
        probability that the value is at least ``shift`` above that of the last December. No row for a state whose own
        readings ended earlier.

    Raises
    ------
    InputError
        If the horizon is not within 1–60 months, or ``shift`` is not positive.
    """
    import pandas as pd

    if not 1 <= months <= FARTHEST:
        raise InputError(f"A forecast reaches 1 to {FARTHEST} months ahead; {months} were asked for.")
    if shift <= 0:
        raise InputError(f"The shift to watch for must be greater than zero; {shift} was given.")
    parameters, year = fit.parameters, fit.years[1]
    chance = Chance.throw(draws, months, len(fit.poles), fit.priors.tail, fit.seed)
    dates = [f"{year + 1 + m // MONTHS}-{m % MONTHS + 1:02d}" for m in range(months)]
    pieces = []
    for state in fit.states if states is None else states:
        if state not in fit.states:
            raise InputError(
                f'No estimate for state "{state}": the record holds no reading of it. Check the code.'
            )
        i = fit.states.index(state)
        at = np.flatnonzero(np.isfinite(fit.mean[i, :, -1]))
        mine = {name: g for name, g in reports.items() if set(g) <= {fit.poles[p] for p in at}}
        if not mine:
            continue
        both = np.ix_(at, at)
        chosen = Chance(chance.normal[:, :, at], chance.gamma[:, at])
        between = parameters.closeness_corr[both]
        now, drawn = ahead(fit.mean[i, at, -1], fit.cov[i, -1][both], between, parameters.rho, chosen)
        for name, weights in mine.items():
            g = np.array([weights.get(fit.poles[p], 0.0) for p in at]) / fit.scale.size
            level = float(g @ (parameters.mu[at] - fit.scale.zero))
            columns = _summary(drawn @ g + level, now @ g + level, shift)
            pieces.append(
                pd.DataFrame(
                    {"state": state, "report": name, "date": dates, "months_ahead": range(1, months + 1)}
                    | columns
                )
            )
    if not pieces:
        raise InputError(
            f"None of these states has an estimate at the end of {year}, from which to look ahead."
        )
    return pd.concat(pieces, ignore_index=True)


def _summary(drawn: Array, now: Array, shift: float) -> dict[str, Array]:
    columns: dict[str, Array] = {"mean": drawn.mean(axis=0), "sd": drawn.std(axis=0)}
    for level, ends in LEVELS.items():
        low, high = np.quantile(drawn, ends, axis=0)
        columns |= {f"lo{level}": low, f"hi{level}": high}
    moved = drawn - now[:, None]
    return columns | {"p_rise": (moved >= shift).mean(axis=0), "p_fall": (moved <= -shift).mean(axis=0)}
