"""Does closeness go with what it should go with, and is it more than that?

**Convergent**: correlation, across dyads of an era, with measures that scholars use for the same thing (S, kappa and pi of
votes; S of alliance portfolios; nearness of published ideal points). **Discriminant**: the same measures against closeness
fitted without votes, which they cannot share by construction, and the correlation between votes and hardware
(alliances, arms, troops) themselves: if all were one number, one indicator would do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.evaluation.orientation_data import CELL, Bench
from aneroid.measures.dyads import dyad_similarity
from aneroid.measures.verbs import packaged_votes
from aneroid.orientation.votes import MEASURED, PUBLISHED
from aneroid.sources.snapshot import table

if TYPE_CHECKING:
    import pandas as pd

ERAS = ((1950, 1969), (1970, 1989), (1990, 2004), (2005, 2019))
MEASURES = {"s_absolute": "S (votes)", "kappa_squared": "kappa (votes)", "pi_squared": "pi (votes)"}
HARDWARE = ("alliances", "arms", "troops", "agreements")


def validity(bench: Bench) -> pd.DataFrame:
    """Correlate closeness with other measures, by era.

    Parameters
    ----------
    bench
        Readings and fits.

    Returns
    -------
    pandas.DataFrame
        ``era, closeness`` (from which readings), ``n`` dyad-years with votes, and the mean over years of the correlation
        across dyads with each measure (1 = same order and distances); ``hardware`` is closeness from hardware alone.
    """
    import pandas as pd

    readings = bench.readings()
    family = {item.name: item.family for item in bench.indicators}
    kinds = {
        "all indicators": None,
        "without votes": [k for k in family if k not in (MEASURED, PUBLISHED)],
        "votes alone": [MEASURED, PUBLISHED],
        "hardware alone": [k for k in family if family[k] in HARDWARE],
    }
    fits = {
        name: bench.closeness(name.replace(" ", "-"), readings, using)[[*CELL, "mean"]]
        for name, using in kinds.items()
    }
    others = _measures(bench).merge(
        fits["hardware alone"].rename(columns={"mean": "hardware"}), on=CELL, how="left"
    )
    columns = [name for name in others.columns if name not in CELL]
    rows = []
    for first, last in ERAS:
        for name, found in fits.items():
            both = found.merge(others, on=CELL)
            both = both[both["year"].between(first, last)]
            row: dict[str, object] = {"era": f"{first}–{last}", "closeness": name, "n": len(both)}
            rows.append(row | {column: _by_year(both, column) for column in columns})
    return pd.DataFrame(rows)


def _by_year(both: pd.DataFrame, column: str) -> float:
    by_year = both.groupby("year")[["mean", column]].corr().iloc[0::2, 1]
    return float(np.nanmean(by_year))


def _measures(bench: Bench) -> pd.DataFrame:
    """S, kappa and pi of votes, S of alliances, nearness of ideal points, by state, pole and year."""
    votes, calls = packaged_votes()
    portfolio = votes.merge(calls[["rcid", "year"]], on="rcid").rename(
        columns={"year": "period", "rcid": "item", "vote": "level"}
    )
    found = _towards(bench, dyad_similarity(portfolio, measures=tuple(MEASURES), minimum=10))
    found = found.rename(columns=MEASURES)[[*CELL, *MEASURES.values()]]
    allied = table("readings")
    allied = allied[allied["indicator"] == "alliance"].rename(
        columns={"year": "period", "pole": "item", "value": "level"}
    )
    ties = _towards(
        bench, dyad_similarity(allied, measures=("s_absolute",), levels=(0, 1), minimum=3)
    ).rename(columns={"s_absolute": "S (alliances with poles)"})
    points = table("ideal_points")[["state", "year", "point"]]
    poles = points[points["state"].isin(bench.poles)].rename(columns={"state": "pole", "point": "at"})
    near = points.merge(poles, on="year")
    near["ideal points"] = -(near["point"] - near["at"]).abs()
    joined: pd.DataFrame = found.merge(ties[[*CELL, "S (alliances with poles)"]], on=CELL, how="left").merge(
        near[[*CELL, "ideal points"]], on=CELL, how="left"
    )
    return joined


def _towards(bench: Bench, pairs: pd.DataFrame) -> pd.DataFrame:
    """Read every pair from both sides and keep those that look at a pole."""
    import pandas as pd

    both = pd.concat(
        [
            pairs.rename(columns={"state_a": "state", "state_b": "pole"}),
            pairs.rename(columns={"state_b": "state", "state_a": "pole"}),
        ]
    ).rename(columns={"period": "year"})
    kept: pd.DataFrame = both[both["pole"].isin(bench.poles)]
    return kept
