"""Published ideal points of General Assembly voting, July 2025 release, by calendar year.

Layout
    One row a state and year: ``ccode`` (COW), ``year``, ``idealpointfp`` (final-passage votes, to 2024),
    ``idealpointall`` (all votes, to 2023), posterior quantiles ``q5fp`` … ``q95fp``, ``nvotesfp``.
Terms
    CC0.
Quirks
    - The ``fp`` and ``all`` series differ in scale; ``all`` ends in 2023. We read ``fp`` alone, for all
      years.
    - Rows of states that share a year with their successor (260 and 678 in 1990, 345 in the years without
      votes) hold no point: they are not readings.
    - 713 carries the China seat 1946–1971. Before 1949 that is our ``CHN``, from then on ``TWN``; 710 begins
      in 1971.
    - Iraq cast no recorded vote from 1995 to autumn 2003, so there is no point for those years, and none is
      made up here.

References
----------
Bailey, Strezhnev, Voeten (2017), Estimating Dynamic State Preferences from United Nations Voting
Data, doi:10.1177/0022002715595700.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import SEAT_MOVED, from_cow
from aneroid.sources.panel import readings
from aneroid.states import poles

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "ideal_points"
PATH = "unga/idealpoints_july2025.parquet"
COLUMNS = ["ccode", "year", "idealpointfp", "q5fp", "q95fp", "nvotesfp"]
COVERAGE = (1946, 2024)

TAIWAN = 713

# q95 − q05 of a normal posterior is 2 × 1.645 standard deviations.
WIDTH_90 = 3.29


def load(path: Path, rejected: Rejections) -> pd.DataFrame:
    """Read the published points.

    Parameters
    ----------
    path
        ``idealpoints_july2025.parquet``.
    rejected
        Log of rows without a state or a point.

    Returns
    -------
    pandas.DataFrame
        ``state``, ``year``, ``point`` (higher = closer to the United States), ``q05``, ``q95``, ``n_votes``;
        one row a state and year.
    """
    raw = read_checked(path, COLUMNS, source=SOURCE)
    empty = raw["idealpointfp"].isna()
    rejected.add(
        SOURCE,
        "no point in that year",
        [f"{c} {y:.0f}" for c, y in raw.loc[empty, ["ccode", "year"]].to_numpy()],
    )
    frame = raw[~empty].reset_index(drop=True)
    frame["state"] = from_cow(frame, "ccode", "year", source=SOURCE, rejected=rejected)
    frame["state"] = frame["state"].mask((frame["ccode"] == TAIWAN) & (frame["year"] < SEAT_MOVED), "CHN")
    frame = frame.dropna(subset="state").rename(
        columns={"idealpointfp": "point", "q5fp": "q05", "q95fp": "q95", "nvotesfp": "n_votes"}
    )
    frame = frame.astype(
        {"year": "int16", "n_votes": "int16", "point": "float32", "q05": "float32", "q95": "float32"}
    )
    frame = frame[["state", "year", "point", "q05", "q95", "n_votes"]]
    # One point a state and year: where two codes meet in one state, the one with more votes speaks.
    frame = frame.sort_values(["state", "year", "n_votes"]).drop_duplicates(["state", "year"], keep="last")
    return frame.reset_index(drop=True)


def derive(points: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Measure how near each state's point is to each pole's: the readings ``votes``.

    Parameters
    ----------
    points
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        Readings. ``value`` is minus the distance of the two points (0 is identical, −4 is opposite ends);
        ``sd`` combines the two published 90 % intervals as if independent. No row where state or pole has no
        point that year.
    """
    own = points.assign(sd=(points["q95"] - points["q05"]) / WIDTH_90)[
        ["state", "year", "point", "sd", "n_votes"]
    ]
    pole = own[own["state"].isin(poles.ALL)].drop(columns="n_votes").rename(columns={"state": "pole"})
    pairs = own.merge(pole, on="year", suffixes=("", "_pole"))
    pairs["value"] = (-(pairs["point"] - pairs["point_pole"]).abs()).round(4)
    pairs["sd"] = ((pairs["sd"] ** 2 + pairs["sd_pole"] ** 2) ** 0.5).round(4)
    pairs["detail"] = pairs["n_votes"].astype(str) + " votes"
    pairs = pairs[pairs["state"] != pairs["pole"]]
    return readings("votes", pairs, coverage=COVERAGE, zero_where_absent=False, rejected=rejected)
