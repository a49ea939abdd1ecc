"""Deaths in a country's month, by state and with the probabilities people ask for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.forecasts.fatalities import fatality_samples
from aneroid.scores.samples import quantile_of_draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

_COUNTRIES = Path(__file__).with_name("data") / "countries.csv"


@cache
def countries() -> dict[str, int]:
    """Return the number that the VIEWS system gives to each state."""
    lines = _COUNTRIES.read_text(encoding="utf-8").split()[1:]
    return {state: int(number) for number, state in (line.split(",") for line in lines)}


def fatality_outlook(history: pd.DataFrame, states: Sequence[str], year: int) -> pd.DataFrame:
    """Forecast deaths in state-based conflict for every month of a year, from the October before.

    Parameters
    ----------
    history
        ``country_id, month_id, fatalities``.
    states
        Ids of states; all of the history where there is none.
    year
        The year to forecast.

    Returns
    -------
    pandas.DataFrame
        ``state, month`` (ISO), ``mean``, ``q50``, the likely range ``lo90`` to ``hi90``, ``p_any`` (at least one
        death) and ``p_25`` (at least 25), read off 1,000 draws.

    Raises
    ------
    InputError
        A state outside the source's coverage, or too little history.
    """
    import pandas as pd

    number = countries()
    absent = [state for state in states if state not in number]
    if absent:
        raise InputError(
            f"The source of deaths by month has no series for {', '.join(absent)}; choose another state."
        )
    drawn = fatality_samples(history, year)
    name = {i: state for state, i in number.items()}
    frame = pd.DataFrame(
        {
            "state": [name.get(int(i), str(i)) for i in drawn.country_id],
            "month": [f"{1980 + (int(m) - 1) // 12}-{(int(m) - 1) % 12 + 1:02d}" for m in drawn.month_id],
            "mean": drawn.draws.mean(axis=1),
            "q50": quantile_of_draws(drawn.draws, 0.5),
            "lo90": quantile_of_draws(drawn.draws, 0.05),
            "hi90": quantile_of_draws(drawn.draws, 0.95),
            "p_any": (drawn.draws >= 1).mean(axis=1),
            "p_25": (drawn.draws >= 25).mean(axis=1),
        }
    )
    if states:
        frame = frame[frame["state"].isin(states)]
    lacking = sorted(set(states) - set(frame["state"]))
    if lacking:
        raise InputError(
            f"The history of {', '.join(lacking)} has gaps before October {year - 1}; no forecast is made."
        )
    order = np.lexsort((frame["month"], frame["state"]))
    return frame.iloc[order].reset_index(drop=True)
