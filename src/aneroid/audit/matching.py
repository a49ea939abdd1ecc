"""Controls and placebo cases: states that looked alike before, towards the same pole, in the same years.

Comparing within pole and year takes the pole's own movement, and any change of agenda, out of every estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.panel.estimates import closeness_of
from aneroid.states import all_states

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array

    Index = NDArray[np.intp]

BEFORE, AFTER = 5, 5
HORIZONS = np.arange(-BEFORE, AFTER + 1)
BASE = BEFORE - 1  # position of the year before the signal
CONTROLS = 10
PLACEBOS = 40
OTHER_REGION = 1.0
"""What another region adds to the squared distance, in squared standard deviations of level, trend and restlessness."""


@dataclass(frozen=True)
class Curves:
    """Closeness of all states to one pole around one year, less that of their own controls.

    Rows are states that can be compared, the first of them ``state``; the others are its placebo cases, nearest first.
    """

    states: tuple[str, ...]
    gap: Array
    """States × horizons, zero at the year before; ``nan`` after the last year of estimates."""
    controls: tuple[str, ...]
    """Of the first state."""
    level: float
    """Standard deviation of closeness between states in the year before, in units."""


class Field:
    """Closeness of all states to all poles, by year, ready for comparisons."""

    def __init__(self, fitted: OrientationFit) -> None:
        years = fitted.years
        self.first = years[0]
        self.states = tuple(fitted.states)
        self.poles = tuple(fitted.poles)
        frame = closeness_of(fitted, self.states, self.poles, years)
        self.values = np.full((len(self.states), len(self.poles), years[1] - years[0] + 1), np.nan)
        row = frame["state"].map({state: n for n, state in enumerate(self.states)}).to_numpy(int)
        column = frame["pole"].map({pole: n for n, pole in enumerate(self.poles)}).to_numpy(int)
        self.values[row, column, frame["year"].to_numpy(int) - years[0]] = frame["closeness"]
        region = {state.id: state.region for state in all_states()}
        self.region = np.array([region.get(state, "") for state in self.states])

    def window(self, pole: str, year: int) -> Array:
        """Closeness to a pole around a year, states × horizons."""
        at = year - self.first + HORIZONS
        inside = (at >= 0) & (at < self.values.shape[2])
        out = np.full((len(self.states), HORIZONS.size), np.nan)
        out[:, inside] = self.values[:, self.poles.index(pole), at[inside]]
        return out


def compare(field: Field, state: str, pole: str, year: int, events: pd.DataFrame) -> Curves | None:
    """Set a state beside its controls, and do the same for its placebo cases.

    Parameters
    ----------
    field
        Closeness.
    state, pole, year
        The event.
    events
        All events of the signal: no state with one towards the same pole within ten years is a control or placebo.

    Returns
    -------
    Curves or None
        None where the state has no estimate in the five years before and the first two after, or has too few controls.
    """
    if pole not in field.poles or state not in field.states or state == pole:
        return None
    window = field.window(pole, year)
    reach = np.asarray(np.isfinite(window).any(axis=0))
    if not reach[: BASE + 4].all():
        return None
    near = events[(events["pole"] == pole) & (abs(events["year"] - year) <= 2 * BEFORE)]
    touched = set(near["state"]) | {state}
    whole = np.asarray(np.isfinite(window[:, reach]).all(axis=1))
    me = field.states.index(state)
    if not whole[me]:
        return None
    donors = np.array([n for n in np.flatnonzero(whole) if field.states[n] not in touched], dtype=np.intp)
    if donors.size < 2 * CONTROLS:
        return None
    rows = np.concatenate([[me], donors])
    gaps, order, controls = _gaps(window[rows], field.region[rows])
    chosen = np.concatenate([[0], order[:PLACEBOS]])
    return Curves(
        tuple(field.states[n] for n in rows[chosen]),
        gaps[chosen],
        tuple(field.states[n] for n in rows[controls]),
        float(np.std(window[rows, BASE])),
    )


def _gaps(window: Array, region: NDArray[np.str_]) -> tuple[Array, Index, Index]:
    """Gap of each row to its controls, never the first row; the others by nearness to the first; its controls."""
    level, trend = window[:, BASE], window[:, BASE] - window[:, 0]
    restless = np.log(np.abs(np.diff(window[:, : BASE + 1], axis=1)).mean(axis=1) + 1e-6)
    features = np.stack([part / (part.std() or 1.0) for part in (level, trend, restless)], axis=1)
    distance = ((features[:, None] - features[None]) ** 2).sum(axis=2)
    distance += OTHER_REGION * (region[:, None] != region[None])
    nearest_first = np.argsort(distance[0, 1:], kind="stable") + 1
    distance[:, 0] = np.inf  # the treated state is nobody's control
    np.fill_diagonal(distance, np.inf)
    controls = np.argsort(distance, axis=1, kind="stable")[:, :CONTROLS]
    change = window - window[:, [BASE]]
    gap: Array = change - change[controls].mean(axis=1)
    return gap, nearest_first, controls[0]
