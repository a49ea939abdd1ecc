"""The contribution of votes, opened roll call by roll call.

A reading of votes is the nearness of two positions, which rest on all roll calls of all years; no sum over the roll calls
of one year gives it back. What can be said exactly is how it goes with disagreement: within a pair, nearness falls on the
share of contested roll calls in which state and pole parted, with slope b. A roll call of year t, one of n, with
disagreement d (0, ½, 1) then carries ``weight · b · (d − d̄) / n``, with d̄ the pair's usual disagreement; what the roll calls
of the year do not carry stands in a line of its own, so that the lines of a year add up to its contribution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.votes import MEASURED
from aneroid.record.readings import split_votes

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.contributions import Contributions
    from aneroid.record.store import Store

STEPS = {"yes": 0.0, "abstain": 0.5, "no": 1.0}
REST = "what other years and other states say of the positions"
COLUMNS = ["pole", "year", "key", "title", "state_vote", "pole_vote", "contribution"]


def by_roll_call(store: Store, result: Contributions) -> pd.DataFrame:
    """Split the contribution of votes over roll calls.

    Parameters
    ----------
    store
        The store the fit came from.
    result
        The movement taken apart.

    Returns
    -------
    pandas.DataFrame
        ``pole, year, key, title, state_vote, pole_vote, contribution``, largest first; ``key`` is the symbol of the resolution.
        All lines add up to the contribution of votes to 1e-9.
    """
    import pandas as pd

    mine = result.by_reading
    mine = mine[(mine["kind"] == "reading") & (mine["indicator"] == MEASURED)]
    frames = [_of_pole(store, result.state, str(pole), rows) for pole, rows in mine.groupby("pole")]
    if not frames:
        return pd.DataFrame(columns=COLUMNS)
    table = pd.concat(frames, ignore_index=True)
    order = table["contribution"].abs().sort_values(ascending=False, kind="stable").index
    sorted_rows: pd.DataFrame = table.loc[order, COLUMNS].reset_index(drop=True)
    return sorted_rows


def _of_pole(store: Store, state: str, pole: str, rows: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    years = rows["year"].astype(int)
    calls = split_votes(store, state, pole, (int(years.min()), int(years.max())))
    calls = calls.assign(
        year=pd.to_datetime(calls["date"]).dt.year,
        apart=(calls["state_vote"].map(STEPS) - calls["pole_vote"].map(STEPS)).abs(),
    )
    calls = calls[calls["year"].isin(set(years))]
    yearly = calls.groupby("year")["apart"].agg(["mean", "size"])
    response = rows.assign(year=years).set_index("year")["response"].reindex(yearly.index)
    usual = float(yearly["mean"].mean()) if len(yearly) else 0.0
    slope = _slope(yearly["mean"].to_numpy(float), response.to_numpy(float))
    weight = rows.assign(year=years).set_index("year")["weight"]
    each = calls["year"].map(weight).to_numpy(float) * slope * (calls["apart"].to_numpy(float) - usual)
    calls = calls.assign(
        pole=pole, key=calls["symbol"], contribution=each / calls["year"].map(yearly["size"]).to_numpy(float)
    )
    told = calls.groupby("year")["contribution"].sum()
    left = rows["contribution"].to_numpy(float) - years.map(told).fillna(0.0).to_numpy(float)
    rest = pd.DataFrame(
        {"pole": pole, "year": years.to_numpy(), "key": "", "title": REST, "contribution": left}
    )
    return pd.concat([calls, rest], ignore_index=True)


def _slope(apart: np.ndarray, nearness: np.ndarray) -> float:
    """Least-squares slope, never above zero: parting more often does not bring nearer."""
    if apart.size < 3 or float(apart.std()) < 1e-6:
        return 0.0
    centred = apart - apart.mean()
    return min(0.0, float(centred @ (nearness - nearness.mean()) / (centred @ centred)))
