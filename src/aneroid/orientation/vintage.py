"""What was known on a date: readings as a reader of that day could have had them.

A reading of year t is known once t is over and its source has published it, ``lag_years`` later. These are
*pseudo*-vintages: values that a source corrected afterwards are taken as corrected. Votes are different, since their
readings are smoothed over years, so a later vote moves an earlier reading: they are measured again from the roll calls
that had been held.

References
----------
Croushore (2011), doi:10.1257/jel.49.1.72, on vintages of data in forecasts.
"""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.orientation.votes import MEASURED, vote_readings, without_doubles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.sources.indicators import Indicator

FEWEST_CALLS = 20
"""With fewer roll calls held there are no positions to measure."""


def known_on(readings: pd.DataFrame, indicators: Sequence[Indicator], date: dt.date) -> pd.DataFrame:
    """Keep the readings that had been published on a date.

    Parameters
    ----------
    readings
        ``state, pole, indicator, year, value, …``; a column ``month`` (1–12, null for a whole year), where there is one,
        ends the period of a reading within its year.
    indicators
        Say how long after the end of its period each reading is published; whole months count.
    date
        The day on which one looks.

    Returns
    -------
    pandas.DataFrame
        The rows kept, in their order. A reading published on the very day is known.

    Raises
    ------
    InputError
        If a reading belongs to no indicator, so that nobody knows when it was published.
    """
    lags = {item.name: _months(item.lag_years) for item in indicators}
    strange = sorted(set(readings["indicator"]) - set(lags))
    if strange:
        raise InputError(
            f"Nothing says when readings of {', '.join(strange)} are published; declare the indicator with its "
            "lag_years."
        )
    end = readings["year"] * 12 + (readings["month"].fillna(12) if "month" in readings else 12)
    kept: pd.DataFrame = readings[end + readings["indicator"].map(lags) <= _month_complete(date)]
    return kept


def calls_known_on(rollcalls: pd.DataFrame, indicator: Indicator, date: dt.date) -> pd.DataFrame:
    """Keep the roll calls whose year was published on a date.

    Parameters
    ----------
    rollcalls
        With a column ``year``.
    indicator
        The entry of ``roll_calls``, for its delay.
    date
        The day on which one looks.

    Returns
    -------
    pandas.DataFrame
        The roll calls kept. Years stand whole or not at all, as their readings do.
    """
    end = rollcalls["year"] * 12 + 12 + _months(indicator.lag_years)
    kept: pd.DataFrame = rollcalls[end <= _month_complete(date)]
    return kept


def readings_on(
    readings: pd.DataFrame,
    indicators: Sequence[Indicator],
    date: dt.date,
    *,
    votes: pd.DataFrame,
    rollcalls: pd.DataFrame,
    poles: Sequence[str],
    seed: int,
) -> pd.DataFrame:
    """Return all readings of a date, those from votes measured again from the roll calls held by then.

    Parameters
    ----------
    readings
        All readings; rows of ``roll_calls`` in it are replaced.
    indicators, date
        As in `known_on`.
    votes, rollcalls
        All votes, as `aneroid.orientation.votes.vote_readings` takes them.
    poles, seed
        Poles to measure nearness to; seed of the draws behind it.

    Returns
    -------
    pandas.DataFrame
        Ready for `aneroid.orientation.fit.fit`; published positions of years that are measured are left out.
    """
    import pandas as pd

    kept = known_on(readings[readings["indicator"] != MEASURED], indicators, date)
    entry = next((item for item in indicators if item.name == MEASURED), None)
    if entry is None:
        return kept
    calls = calls_known_on(rollcalls, entry, date)
    if len(calls) < FEWEST_CALLS:
        return kept
    held = votes[votes["rcid"].isin(calls["rcid"])]
    measured = vote_readings(held, calls, entry, poles, seed=seed)
    both: pd.DataFrame = pd.concat([kept, measured], ignore_index=True)
    return without_doubles(both)


def _months(years: float) -> int:
    return round(12 * years)


def _month_complete(date: dt.date) -> int:
    """Count the last month that is over on a date, on the calendar of ``12 · year + month``."""
    over = date.day == calendar.monthrange(date.year, date.month)[1]
    return date.year * 12 + date.month - (0 if over else 1)
