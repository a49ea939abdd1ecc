"""How far a turn moved orientation, when, and how much of it was the state's own movement.

For a turn of a state in year *t* and a window of *w* years, over joint posterior draws of closeness

    shift = mean lean in t … t+w−1  −  mean lean in t−w … t−1

with lean from ``away_from`` to ``toward`` (closeness to the one pole where the turn has one side). The interval is that of the draws;
``p_shift`` is the share of draws in which the shift exceeds the least one asked for, in the direction of the turn. The year is the
one at which each draw breaks most. The shift is a mean of *w* movements, from t−k to t+k−1, so contributions add up to it: *own* are
those of the state's readings, *shared* the common shocks (movement of the pole or of the agenda), the rest is the pull of the prior.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    import pandas as pd

    from aneroid.orientation.fit import OrientationFit

    Array = NDArray[np.float64]

DRAWS = 1000
WINDOW = 3
MIN_SHIFT = 0.5


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
        Positive is in the direction of the turn. ``own`` and ``shared`` are ``nan`` for a turn with one side.

    Raises
    ------
    InputError
        The window has no year, the least shift is negative, or a turn has no pole.
    """
    if window < 1 or min_shift < 0 or not (away_from or toward):
        raise InputError("A turn needs a pole, --window at least 1 year and --min-shift 0 or more.")
    first, last = _years(fitted, state, [pole for pole in (away_from, toward) if pole], year, window)
    if first is None or last is None or not first < year <= last:
        return Shift(*NO_SHIFT, year, year, np.nan, np.nan)
    lean = _draws(fitted, state, away_from, toward, first, last)
    here = _break(lean, year - first, window)
    low, high = np.quantile(here, [0.05, 0.95])
    early, late = _break_year(lean, first, year, window)
    own, shared = (
        _split(fitted, state, away_from, toward, year, window, (first, last))
        if away_from and toward
        else (np.nan, np.nan)
    )
    return Shift(
        float(here.mean()),
        float(low),
        float(high),
        float((here > min_shift).mean()),
        early,
        late,
        own,
        shared,
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


def _years(
    fitted: OrientationFit, state: str, poles: list[str], year: int, window: int
) -> tuple[int | None, int | None]:
    """First and last year around a turn in which all its poles have an estimate."""
    start, end = fitted.years
    span = max(start, year - 2 * window), min(end, year + 2 * window - 1)
    if state not in fitted.states or state in poles or span[0] > span[1]:
        return None, None
    dates = [set(fitted.closeness([state], [pole], *span)["date"].astype(int)) for pole in poles]
    common = sorted(set.intersection(*dates))
    return (common[0], common[-1]) if common else (None, None)


def _draws(fitted: OrientationFit, state: str, away_from: str, toward: str, first: int, last: int) -> Array:
    poles = [pole for pole in (toward, away_from) if pole]
    drawn = fitted.draws(state, poles, first, last, DRAWS)
    signs = np.array([1.0 if pole == toward else -1.0 for pole in poles])
    return np.asarray(np.einsum("p,npt->nt", signs, drawn))


def _break(lean: Array, at: int, window: int) -> Array:
    """Mean of the window from a position on, less the mean of the window before it; draws × years in."""
    reach = min(window, at, lean.shape[1] - at)
    return np.asarray(lean[:, at : at + reach].mean(axis=1) - lean[:, at - reach : at].mean(axis=1))


def _break_year(lean: Array, first: int, year: int, window: int) -> tuple[int, int]:
    """5th and 95th percentile of the year in which a draw breaks most, within ``window`` years of the turn."""
    places = [n for n in range(1, lean.shape[1]) if abs(first + n - year) <= window]
    breaks = np.stack([_break(lean, n, window) for n in places])
    chosen = np.array(places)[breaks.argmax(axis=0)] + first
    low, high = np.quantile(chosen, [0.05, 0.95], method="nearest")
    return int(low), int(high)


def _split(
    fitted: OrientationFit,
    state: str,
    away_from: str,
    toward: str,
    year: int,
    window: int,
    span: tuple[int, int],
) -> tuple[float, float]:
    reach = min(window, year - span[0], span[1] - year + 1)
    parts = [
        fitted.contributions(state, toward, away_from, year - k, year + k - 1).split()
        for k in range(1, reach + 1)
    ]
    own = float(np.mean([part["reading"] for part in parts]))
    shared = float(np.mean([part["common shock"] for part in parts]))
    return own, shared
