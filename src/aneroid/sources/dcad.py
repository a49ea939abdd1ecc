"""Bilateral defence cooperation agreements, DCAD v1.0, signed 1980–2010.

Layout
    One row an agreement and pair: ``ccode1``, ``ccode2`` (COW), ``signYear``, ``endYearEstimate``, ``type``
    general or sector; −77 and its neighbours stand for *not applicable*.
Terms
    Free with citation, no open licence: derived readings only.
Quirks
    - A pair stands once: mirror it.
    - Nothing signed before 1980 is in, so a zero in the early 1980s is unknown. Readings start in 1985 and a
      zero of that time still means *none signed since 1980*.
    - 64 % of ``endYearEstimate`` are 2010, the last year of the data: those agreements did not end then.
      Nothing is read after 2010.

References
----------
Kinne (2020), The Defense Cooperation Agreement Dataset (DCAD), doi:10.1177/0022002719857796.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow
from aneroid.sources.panel import TIE, both_ways, each_year, readings

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "dcad"
PATH = "dcad/dcad_v1_main.parquet"
COLUMNS = ["ccode1", "ccode2", "signYear", "endYearEstimate"]
COVERAGE = (1985, 2010)


def load(path: Path, rejected: Rejections) -> pd.DataFrame:
    """Read agreements between states and poles.

    Parameters
    ----------
    path
        ``dcad_v1_main.parquet``.
    rejected
        Log of rows whose codes name no state in the year of signature, or whose years are not years.

    Returns
    -------
    pandas.DataFrame
        ``state``, ``pole``, ``first``, ``last`` (years, both included), one row an agreement and pole.
    """
    raw = read_checked(path, COLUMNS, source=SOURCE)
    dated = (raw["signYear"] > 0) & (raw["endYearEstimate"] >= raw["signYear"])
    rejected.add(SOURCE, "no usable years", raw.index[~dated])
    raw = raw[dated].reset_index(drop=True)
    raw["a"] = from_cow(raw, "ccode1", "signYear", source=SOURCE, rejected=rejected)
    raw["b"] = from_cow(raw, "ccode2", "signYear", source=SOURCE, rejected=rejected)
    raw = raw.rename(columns={"signYear": "first", "endYearEstimate": "last"})
    return both_ways(raw)[["state", "pole", "first", "last"]].reset_index(drop=True)


def derive(agreements: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Return the readings ``defence_agreements``: how many are in force in the year.

    Parameters
    ----------
    agreements
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        Readings; ``value`` counts agreements signed since 1980 and not ended before the year. Zero where the
        pair has none.
    """
    spells = each_year(agreements, "first", "last", COVERAGE)
    counted = spells.groupby(TIE).size().rename("value").reset_index()
    counted["detail"] = counted["value"].astype(str) + " in force"
    return readings(
        "defence_agreements", counted, coverage=COVERAGE, zero_where_absent=True, rejected=rejected
    )
