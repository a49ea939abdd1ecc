"""How far a turn moved orientation, when, and how much of it was the state's own movement.

For a turn of a state in year *t* and a window of *w* years

    shift = mean lean in t … t+w−1  −  mean lean in t−w … t−1

with lean from ``away_from`` to ``toward`` (closeness to the one pole where the turn has one side). It is a linear
functional of closeness, so given the fitted parameters its posterior is Gaussian and exact; what the parameters leave
open is added to its variance. ``p_shift`` is the probability that it exceeds the least shift asked for in the
direction of the turn. The year of the step is the one at which each of a thousand joint draws breaks most. The shift
is also a sum over readings: *own* is what the state's readings say net of what all states shared, *shared* the common
shocks (movement of the pole or of the agenda); the rest, mostly nothing, is the pull of the prior.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.solution import Solution

    Array = NDArray[np.float64]

DRAWS = 1000
WINDOW = 3
MIN_SHIFT = 0.25
"""A quarter of the usual gap between states with and without a defence pact."""
Z90 = 1.6448536269514722


@dataclass(frozen=True)
class Shift:
    """What the orientation model says about one turn, in units of closeness; ``nan`` where it has no estimate."""

    shift: float
    lo90: float
    hi90: float
    p_shift: float
    year_lo90: int
    year_hi90: int
    own: float
    shared: float


NO_SHIFT = (np.nan, np.nan, np.nan, np.nan)


def measure_shift(
    fitted: OrientationFit,
    state: str,
    year: int,
    *,
    away_from: str,
    toward: str,
    min_shift: float = MIN_SHIFT,
    window: int = WINDOW,
) -> Shift:
    """Measure one turn.

    Parameters
    ----------
    fitted
        The orientation of all states.
    state, year
        The turn: first year of the new orientation.
    away_from, toward
        Poles; one of them may be empty.
    min_shift
        What counts as a change, in units.
    window
        Years on either side.

    Returns
    -------
    Shift
        Positive is in the direction of the turn.

    Raises
    ------
    InputError
        The window has no year, the least shift is negative, or a turn has no pole.
    """
    if window < 1 or min_shift < 0 or not (away_from or toward):
        raise InputError("A turn needs a pole, --window at least 1 year and --min-shift 0 or more.")
    signs = {pole: sign for pole, sign in ((toward, 1.0), (away_from, -1.0)) if pole}
    known = _years(fitted, state, list(signs), year, window)
    if not (year in known and year - 1 in known):
        return Shift(*NO_SHIFT, year, year, np.nan, np.nan)
    solution = fitted._solution(state)
    lean = np.stack([_lean(solution, signs, each) for each in known])
    at = known.index(year)
    broken = _break(lean, at, window)
    mean, variance = solution.moments(broken)
    open_ = _break(np.stack([_left_open(fitted, solution, signs, each) for each in known]), at, window)
    sd = float(np.sqrt(max(variance + float(open_ @ open_), 1e-12)))
    shared = -sum(
        float(weight @ fitted.parameters.delta[source.indicator, source.pole, source.year])
        for weight, source in zip(solution.posterior.weights(broken), solution.sources, strict=True)
    )
    generator = np.random.default_rng([fitted.seed, solution.index])
    drawn = solution.posterior.draws(DRAWS, generator) @ lean.T
    early, late = _break_year(drawn.T, at, window)
    return Shift(
        shift=mean,
        lo90=mean - Z90 * sd,
        hi90=mean + Z90 * sd,
        p_shift=_above((mean - min_shift) / sd),
        year_lo90=known[early],
        year_hi90=known[late],
        own=mean - shared - solution.prior_mean(broken),
        shared=shared,
    )


def measure_shifts(
    fitted: OrientationFit, turns: pd.DataFrame, *, min_shift: float = MIN_SHIFT, window: int = WINDOW
) -> pd.DataFrame:
    """Measure every turn of a frame with ``state, year, away_from, toward``; columns of `Shift` are added."""
    import pandas as pd

    rows = [
        asdict(
            measure_shift(
                fitted,
                str(turn.state),
                int(str(turn.year)),
                away_from=str(turn.away_from),
                toward=str(turn.toward),
                min_shift=min_shift,
                window=window,
            )
        )
        for turn in turns.itertuples()
    ]
    columns = list(Shift.__dataclass_fields__)
    return turns.join(pd.DataFrame(rows, index=turns.index, columns=columns))


def _years(fitted: OrientationFit, state: str, poles: list[str], year: int, window: int) -> list[int]:
    """Years in a row around a turn in which all its poles have an estimate."""
    start, end = fitted.years
    span = max(start, year - 2 * window), min(end, year + 2 * window - 1)
    if state not in fitted.states or state in poles or span[0] > span[1]:
        return []
    dates = [set(fitted.closeness([state], [pole], *span)["date"].astype(int)) for pole in poles]
    return sorted(set.intersection(*dates))


def _lean(solution: Solution, signs: Mapping[str, float], year: int) -> Array:
    """Lean of a year, or closeness to one pole, as a functional of the coordinates, in units."""
    functional = np.zeros(solution.posterior.mean.size)
    for pole, sign in signs.items():
        functional[solution.coordinate(pole, year)] = sign / solution.scale.size
    return functional


def _left_open(fitted: OrientationFit, solution: Solution, signs: Mapping[str, float], year: int) -> Array:
    """What the fitted parameters leave open of the lean of a year, in units, one number a group of the jackknife."""
    design = fitted.design
    spread = fitted.spread[:, solution.index, :, design.year_index(year)]
    poles = [design.poles.index(pole) for pole in signs]
    return np.asarray(spread[:, poles] @ np.array(list(signs.values())) / solution.scale.size)


def _break(lean: Array, at: int, window: int) -> Array:
    """Mean of the window from a position on, less the mean of the window before it, over the first axis."""
    reach = min(window, at, len(lean) - at)
    return np.asarray(lean[at : at + reach].mean(axis=0) - lean[at - reach : at].mean(axis=0))


def _break_year(drawn: Array, at: int, window: int) -> tuple[int, int]:
    """5th and 95th percentile of where draws (years × draws) break most, within ``window`` years of the turn."""
    places = np.array([n for n in range(1, len(drawn)) if abs(n - at) <= window])
    breaks = np.stack([_break(drawn, int(n), window) for n in places])
    low, high = np.quantile(places[breaks.argmax(axis=0)], [0.05, 0.95], method="nearest")
    return int(low), int(high)


def _above(z: float) -> float:
    """Probability that a standard normal quantity lies below z."""
    from math import erf, sqrt

    return 0.5 * (1 + erf(z / sqrt(2)))
