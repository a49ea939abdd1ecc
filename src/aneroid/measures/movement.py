"""Why two states agree more, or less, than before: the state moved, the pole moved, or the agenda changed.

Expected agreement of state and pole on an agenda (the roll calls of a period) is ``1 - E|difference| / 2``,
votes counted no 0, abstain 1, yes 2: the model's counterpart of (1 + S) / 2. It depends on three things:
position of the state, position of the pole, agenda. The change between two periods is split among them by
their average contribution over all orders in which they can be exchanged (Shapley), so that the parts add up
exactly.
"""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aneroid.errors import InputError
from aneroid.measures.ordinal import probabilities

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.measures.ideal_points import IdealPoints

Floats = NDArray[np.float64]

PARTS = ("own", "pole", "agenda")


def split_movement(points: IdealPoints, state: str, pole: str, start: int, end: int) -> pd.DataFrame:
    """Split the change of expected agreement between two periods.

    Parameters
    ----------
    points
        A fit of :func:`aneroid.measures.ideal_points.ideal_points`.
    state, pole
        Two states of the fit.
    start, end
        Two periods in which both vote.

    Returns
    -------
    pandas.DataFrame
        ``part, change, lo90, hi90``: rows ``own``, ``pole``, ``agenda`` and ``total``, as shares of full
        agreement (0.1 is ten points in a hundred). ``change`` is the mean over joint draws; the first three
        add up to the last.

    Raises
    ------
    InputError
        A state or period that the fit does not hold, or in which one of the two did not vote.
    """
    import pandas as pd

    i, p = _column(points, state), _column(points, pole)
    times = tuple(_row(points, when, (state, i), (pole, p)) for when in (start, end))
    agendas = [points.mode.items[points.record.rows(t)] for t in times]
    chosen = {
        "own": [points.draws[:, t, i].astype(np.float64) for t in times],
        "pole": [points.draws[:, t, p].astype(np.float64) for t in times],
    }
    cache: dict[tuple[int, int, int], Floats] = {}

    def agreement(own: int, other: int, agenda: int) -> Floats:
        key = (own, other, agenda)
        if key not in cache:
            cache[key] = expected_agreement(chosen["own"][own], chosen["pole"][other], agendas[agenda])
        return cache[key]

    orders = list(permutations(range(3)))
    parts = np.zeros((3, len(points.draws)))
    for order in orders:
        now = [0, 0, 0]
        for part in order:
            before = agreement(*now)
            now[part] = 1
            parts[part] += (agreement(*now) - before) / len(orders)
    rows = [*parts, parts.sum(axis=0)]
    return pd.DataFrame(
        {
            "part": [*PARTS, "total"],
            "change": [row.mean() for row in rows],
            "lo90": [np.quantile(row, 0.05) for row in rows],
            "hi90": [np.quantile(row, 0.95) for row in rows],
        }
    )


def expected_agreement(first: Floats, second: Floats, agenda: Floats) -> Floats:
    """Expected agreement of two positions on an agenda.

    Parameters
    ----------
    first, second
        ``[draw, axis]`` positions.
    agenda
        Items as rows ``(slopes, midpoint, log gap)``.

    Returns
    -------
    numpy.ndarray
        One value a draw, 1 for certainly the same votes, 0 for certainly opposite ones.
    """
    pairs = zip(probabilities(first, agenda), probabilities(second, agenda), strict=True)
    distance = sum((a + b - 2 * a * b for a, b in pairs), np.zeros((len(agenda), len(first))))
    return np.asarray(1 - distance.mean(axis=0) / 2, dtype=np.float64)


def _column(points: IdealPoints, state: str) -> int:
    where = np.flatnonzero(points.record.states == state)
    if not len(where):
        raise InputError(f"{state!r} casts no vote in this record; choose one of its states.")
    return int(where[0])


def _row(points: IdealPoints, when: int, *who: tuple[str, int]) -> int:
    where = np.flatnonzero(points.record.periods == when)
    if not len(where):
        first, last = points.record.periods[0], points.record.periods[-1]
        raise InputError(f"The record has no period {when}; it runs from {first} to {last}.")
    for name, column in who:
        if not points.record.n_votes[where[0], column]:
            raise InputError(f"{name} casts no vote in period {when}; choose a period in which both vote.")
    return int(where[0])
