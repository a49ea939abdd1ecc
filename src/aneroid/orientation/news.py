"""Events that articles report, as two slight indicators: what they did for each other, what against each other.

For state i, pole p and year t let n be the events of the store between them, cooperative and hostile apart, and v what their
volumes make one expect: all events of i that year times all of p over all. The reading is ``log((n + ½) / (v + ½))``, so that a
pair of which much is written is not thereby close, with a known error of ``√(1/(n + ½) + 1/(v + ½))``, wider than chance alone
since reporting is over-dispersed. A pair is read only in a year in which either of the two is reported at all.
Predictions, denials and threats are no events here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.own import OwnIndicator
from aneroid.sources.indicators import Indicator, Transform, Zero
from aneroid.states import poles as pole_set

if TYPE_CHECKING:
    import pandas as pd

FAMILY = "events"
KINDS = {
    "events_cooperative": ((1, 2), 1, "Cooperation in the news"),
    "events_hostile": ((3, 4), -1, "Hostility in the news"),
}
"""Name: quads of CAMEO, sign, label."""


def news_indicators(events: pd.DataFrame) -> list[OwnIndicator]:
    """Turn events of the store into readings.

    Parameters
    ----------
    events
        ``source, target, quad, date`` with state ids and ISO dates; one row an event.

    Returns
    -------
    list of OwnIndicator
        Cooperative and hostile; empty where no event joins a state and a pole.
    """
    import pandas as pd

    rows = events.dropna(subset=["source", "target", "date"])
    rows = rows[rows["source"] != rows["target"]].assign(year=lambda each: each["date"].str[:4].astype(int))
    both = pd.concat(
        [
            rows[["source", "target", "year", "quad"]].set_axis(["state", "pole", "year", "quad"], axis=1),
            rows[["target", "source", "year", "quad"]].set_axis(["state", "pole", "year", "quad"], axis=1),
        ]
    )
    made = []
    for name, (quads, sign, label) in KINDS.items():
        mine = both[both["quad"].isin(quads)]
        table = _readings(mine, name)
        if len(table):
            first, last = int(table["year"].min()), int(table["year"].max())
            made.append(OwnIndicator(_indicator(name, label, sign, (first, last)), table))
    return made


def _readings(mine: pd.DataFrame, name: str) -> pd.DataFrame:
    pairs = mine[mine["pole"].isin(pole_set.ALL)].groupby(["state", "pole", "year"]).size()
    n = pairs.rename("n").reset_index()
    volume = mine.groupby(["state", "year"]).size()
    total = mine.groupby("year").size()
    of_state = volume.reindex(list(zip(n["state"], n["year"], strict=True))).to_numpy(float)
    of_pole = volume.reindex(list(zip(n["pole"], n["year"], strict=True))).to_numpy(float)
    expected = of_state * of_pole / total.reindex(n["year"]).to_numpy(float)
    count = n["n"].to_numpy(float)
    table: pd.DataFrame = n[["state", "pole", "year"]].assign(
        indicator=name,
        value=np.log((count + 0.5) / (expected + 0.5)),
        sd=np.sqrt(1 / (count + 0.5) + 1 / (expected + 0.5)),
        detail=n["n"].astype(str) + " events",
    )
    return table


def _indicator(name: str, label: str, sign: int, coverage: tuple[int, int]) -> Indicator:
    return Indicator(
        name=name,
        label=label,
        family=FAMILY,
        source="articles of this store",
        unit="log of events reported over events expected from volume",
        sign=sign,
        poles=pole_set.ALL,
        coverage=coverage,
        zero=Zero.PER_POLE,
        absence_means_none=False,
        lag_years=0.0,
        transform=Transform.IDENTITY,
        note="Reported, not confirmed. Its weight is learned and small.",
    )
