"""Votes as a reading of closeness: nearness of positions measured from the roll calls, with their posterior.

Where the roll calls of the store reach, the reading is minus the distance of two K-dimensional positions, mean and
standard deviation over joint posterior draws, so that the pole's own movement and uncertainty are in it. After their last year
the published one-dimensional points carry on as an indicator of its own (its own zero and loading, the same family), so that a
change of scale is not read as a turn. No year has both: votes would count twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.measures.ideal_points import ideal_points
from aneroid.states import exists

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.sources.indicators import Indicator

MEASURED, PUBLISHED = "roll_calls", "votes"


def vote_readings(
    votes: pd.DataFrame, rollcalls: pd.DataFrame, indicator: Indicator, poles: Sequence[str], *, seed: int
) -> pd.DataFrame:
    """Measure nearness to every pole from roll calls.

    Parameters
    ----------
    votes, rollcalls
        As :func:`aneroid.measures.ideal_points.ideal_points` takes them.
    indicator
        The entry of ``roll_calls``: its coverage bounds the years.
    poles
        Pole ids; one that casts no vote in these roll calls has no reading.
    seed
        Seed of the posterior draws.

    Returns
    -------
    pandas.DataFrame
        ``state, pole, indicator, year, value, sd, detail``; only years in which state and pole both voted and the state
        existed.
    """
    import pandas as pd

    fitted = ideal_points(votes, rollcalls, period="year", seed=seed)
    counts = fitted.frame().drop_duplicates(["state", "period"])[["state", "period", "n_votes"]]
    voters = set(fitted.record.states)
    frames = [fitted.nearness(pole).assign(pole=pole) for pole in poles if pole in voters]
    table = pd.concat(frames).merge(counts, on=["state", "period"])
    table = table.rename(columns={"period": "year", "nearness": "value"})
    first, last = indicator.coverage
    table = table[table["year"].between(first, last)]
    years = table[["state", "year"]].drop_duplicates()
    years = years[[exists(state, int(year)) for state, year in years.itertuples(index=False)]]
    table = table.merge(years, on=["state", "year"]).assign(indicator=MEASURED)
    table["detail"] = table["n_votes"].astype(str) + " votes"
    columns = ["state", "pole", "indicator", "year", "value", "sd", "detail"]
    sorted_rows: pd.DataFrame = table[columns].sort_values(["pole", "state", "year"], ignore_index=True)
    return sorted_rows


def without_doubles(readings: pd.DataFrame) -> pd.DataFrame:
    """Drop published positions of the years that measured ones cover."""
    measured = readings.loc[readings["indicator"] == MEASURED, "year"]
    if measured.empty:
        return readings
    double = (readings["indicator"] == PUBLISHED) & (readings["year"] <= measured.max())
    kept: pd.DataFrame = readings.loc[~double]
    return kept
