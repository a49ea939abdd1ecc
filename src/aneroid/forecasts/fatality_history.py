"""The deaths by country and month that come with the program, for forecasts that need earlier months."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd

_FILE = Path(__file__).with_name("data") / "country_month_fatalities.parquet"
COLUMNS = ["country_id", "month_id", "fatalities"]


def packaged_history() -> pd.DataFrame:
    """Return state-based deaths by country and month, November 2016 to December 2022.

    Returns
    -------
    pandas.DataFrame
        ``country_id`` (of the VIEWS system), ``month_id`` (1 = January 1980), ``fatalities``: best estimates, so
        a figure may change in a later release of the source.

    References
    ----------
    Sundberg and Melander 2013, doi:10.1177/0022343313484347; UCDP Georeferenced Event Dataset, CC BY 4.0.
    """
    return read_parquet(_FILE, COLUMNS)


def with_earlier_months(actuals: pd.DataFrame) -> pd.DataFrame:
    """Put the packaged months that lie before the first month of ``actuals`` in front of it."""
    import pandas as pd

    packaged = packaged_history()
    earlier = packaged[packaged["month_id"] < actuals["month_id"].min()]
    joined: pd.DataFrame = pd.concat([earlier, actuals[COLUMNS]], ignore_index=True)
    return joined
