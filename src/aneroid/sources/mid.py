"""Militarized interstate disputes, MID 5.0, directed dyadic dispute-years 1816–2014.

Layout
    ``dispnum``, ``ccode1``, ``ccode2`` (COW), ``year``, ``hostlev1``, ``hostlev2`` (1 none, 2 threat, 3
    display, 4 use of force, 5 war).
Terms
    Free with citation, no open licence: derived readings only.
Quirks
    - Level 1 is a side which did nothing itself; the reading takes the higher side, so that a threat against
      a passive state counts.
    - Levels below 0 stand for unknown and are not used.

References
----------
Palmer et al. (2022), The MID5 Dataset, 2011–2014, doi:10.1177/0738894221995743.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow
from aneroid.sources.panel import TIE, readings
from aneroid.states import poles

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "mid"
PATH = "peacesciencer/cow_mid_dirdisps.parquet"
COLUMNS = ["dispnum", "ccode1", "ccode2", "year", "hostlev1", "hostlev2"]
COVERAGE = (1946, 2014)


def load(path: Path, rejected: Rejections) -> pd.DataFrame:
    """Read dispute-years between states and poles.

    Parameters
    ----------
    path
        ``cow_mid_dirdisps.parquet``.
    rejected
        Log of rows whose codes name no state that year, or without a level.

    Returns
    -------
    pandas.DataFrame
        ``state``, ``pole``, ``year``, ``dispnum``, ``level`` (the higher of both sides, 1–5).
    """
    raw = read_checked(path, COLUMNS, source=SOURCE)
    raw = raw[raw["year"].between(*COVERAGE)].reset_index(drop=True)
    raw["level"] = raw[["hostlev1", "hostlev2"]].max(axis=1)
    unknown = ~(raw["level"] > 0)
    rejected.add(SOURCE, "no hostility level", raw.loc[unknown, "dispnum"])
    raw = raw[~unknown].reset_index(drop=True)
    # The file is directed: every pair stands in both orders.
    raw["state"] = from_cow(raw, "ccode1", "year", source=SOURCE, rejected=rejected)
    raw["pole"] = from_cow(raw, "ccode2", "year", source=SOURCE, rejected=rejected)
    raw = raw[raw["state"].notna() & raw["pole"].isin(poles.ALL)]
    return raw.astype({"year": "int16"})[[*TIE, "dispnum", "level"]].reset_index(drop=True)


def derive(disputes: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Return the readings ``dispute``: highest hostility between state and pole in the year.

    Parameters
    ----------
    disputes
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        Readings; ``value`` 0 (no dispute) to 5 (war), on opposite sides.
    """
    worst = disputes.groupby(TIE).agg(value=("level", "max"), count=("dispnum", "nunique")).reset_index()
    worst["detail"] = worst["count"].astype(str) + worst["count"].map(
        lambda n: " dispute" if n == 1 else " disputes"
    )
    return readings("dispute", worst, coverage=COVERAGE, zero_where_absent=True, rejected=rejected)
