"""The scores that compete: what each said about a dyad on the last day of an origin, from what was known then.

- ``ours``: closeness from all indicators, fitted to what was known; ``votes alone``: the same from votes;
- ``ideal points``: minus the distance of the published positions. They were estimated once, from all votes to this day,
  so they have an advantage that we do not have;
- ``S``, ``kappa``: similarity of the votes of the last year known (absolute distances; weighted kappa);
- every indicator alone, as it was last read.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aneroid.evaluation.orientation_data import CELL, Bench
from aneroid.measures.dyads import dyad_similarity
from aneroid.measures.verbs import packaged_votes
from aneroid.orientation.indicators import PACT
from aneroid.orientation.votes import MEASURED, PUBLISHED
from aneroid.sources.snapshot import table

if TYPE_CHECKING:
    import pandas as pd

OURS = "ours"
SINGLE = "only "
"""Begins the name of a score that is one indicator."""
REACH = 3
"""A score read longer ago than so many years before the last year known is missing."""


def scores_at(bench: Bench, origin: int) -> pd.DataFrame:
    """Return all scores of an origin.

    Parameters
    ----------
    bench
        Readings and fits.
    origin
        Year on whose last day one looks.

    Returns
    -------
    pandas.DataFrame
        ``state, pole`` and one column a score; missing where a score says nothing about the dyad. Larger is closer,
        but a logit may find otherwise.
    """
    import pandas as pd

    known = bench.known(origin)
    votes = [MEASURED, PUBLISHED]
    columns = {
        OURS: _latest(bench.closeness(f"{origin}", known), "mean", origin),
        "votes alone": _latest(
            bench.closeness(f"{origin}-votes", known[known["indicator"].isin([*votes, PACT])], votes),
            "mean",
            origin,
        ),
        "ideal points": _ideal_point_nearness(bench, origin),
    }
    similar = _vote_similarity(bench, origin)
    columns |= {
        "S": similar.set_index(CELL[:2])["s_absolute"],
        "kappa": similar.set_index(CELL[:2])["kappa_squared"],
    }
    for item in bench.indicators:
        part = known[known["indicator"] == item.name]
        if not part.empty:
            signed = part.assign(mean=item.sign * part["value"])
            columns[SINGLE + item.name] = _latest(signed, "mean", origin - math.ceil(item.lag_years))
    return pd.DataFrame(columns).rename_axis(CELL[:2]).reset_index()


def _latest(frame: pd.DataFrame, column: str, until: int) -> pd.Series:
    """Last value of each dyad, if it is not too old."""
    recent = frame[frame["year"].between(until - REACH, until)].sort_values("year")
    latest: pd.Series = recent.groupby(CELL[:2])[column].last()
    return latest


def _ideal_point_nearness(bench: Bench, origin: int) -> pd.Series:
    points = table("ideal_points")
    points = points[points["year"].between(origin - REACH, origin - 1)].sort_values("year")
    last = points.groupby("state")["point"].last()
    import pandas as pd

    frames = [
        pd.DataFrame({"state": last.index, "pole": pole, "mean": -np.abs(last.to_numpy() - last[pole])})
        for pole in bench.poles
        if pole in last.index
    ]
    both = pd.concat(frames)
    nearness: pd.Series = both[both["state"] != both["pole"]].set_index(CELL[:2])["mean"]
    return nearness


def _vote_similarity(bench: Bench, origin: int) -> pd.DataFrame:
    """S and kappa of the votes of the last year known."""
    import pandas as pd

    votes, calls = packaged_votes()
    year = int(calls.loc[calls["year"] <= origin - 1, "year"].max())
    held = calls.loc[calls["year"] == year, "rcid"]
    portfolio = votes[votes["rcid"].isin(held)].rename(columns={"rcid": "item", "vote": "level"})
    found = dyad_similarity(
        portfolio.assign(period=year), measures=("s_absolute", "kappa_squared"), minimum=10
    )
    mirrored = pd.concat(
        [
            found.rename(columns={"state_a": "state", "state_b": "pole"}),
            found.rename(columns={"state_b": "state", "state_a": "pole"}),
        ]
    )
    kept: pd.DataFrame = mirrored[mirrored["pole"].isin(bench.poles)]
    return kept
