"""Armed conflicts by year, UCDP/PRIO Armed Conflict Dataset 24.1, 1946–2023.

Layout
    One row a conflict and year: ``conflict_id``, ``side_a``, ``side_b`` (names by comma), ``gwno_a``,
    ``gwno_b`` (Gleditsch–Ward codes of the primary parties that are states), ``gwno_a_2nd``, ``gwno_b_2nd``
    (of states that send troops in support), ``intensity_level`` (1 minor, 25–999 battle deaths a year; 2
    war), ``type_of_conflict`` (1 colonial, 2 between states, 3 internal, 4 internal with foreign troops).
Terms
    CC BY 4.0.
Quirks
    - Code cells are text lists with stray spaces (``900,  200,  2``). An internal conflict has no code for
      its rebels.
    - A supporting state fights away from home: its rows carry ``(supporting …)`` in ``opponent``.

References
----------
Davies, Engström, Pettersson, Öberg (2024), doi:10.1177/00223433241262912. Gleditsch et al. (2002),
doi:10.1177/0022343302039005007.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_gw
from aneroid.sources.panel import alive

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "ucdp"
PATH = "ucdp/ucdp_prio_acd_24_1.parquet"
SIDES = ["gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd"]
COLUMNS = ["conflict_id", "year", "side_a", "side_b", "intensity_level", "type_of_conflict", *SIDES]
COVERAGE = (1946, 2023)
PREFIX = "Government of "


def load(path: Path, rejected: Rejections) -> pd.DataFrame:
    """Read which states fought in which conflict and year.

    Parameters
    ----------
    path
        ``ucdp_prio_acd_24_1.parquet``.
    rejected
        Log of party codes that name no state that year.

    Returns
    -------
    pandas.DataFrame
        ``state``, ``year``, ``conflict_id``, ``type``, ``intensity``, ``opponent``; one row a state, year and
        conflict. A state that supports one side has ``(supporting …)`` after its opponent.
    """
    import pandas as pd

    raw = read_checked(path, COLUMNS, source=SOURCE)
    parts = [_party(raw, column) for column in SIDES]
    frame = pd.concat(parts, ignore_index=True)
    frame["state"] = from_gw(frame, "gw", "year", source=SOURCE, rejected=rejected)
    frame = frame.dropna(subset="state").rename(
        columns={"type_of_conflict": "type", "intensity_level": "intensity"}
    )
    frame = alive(frame, "state", source=SOURCE, rejected=rejected)
    frame = frame.astype({"year": "int16", "conflict_id": "int32", "type": "int8", "intensity": "int8"})
    key = ["state", "year", "conflict_id"]
    # Primary parties come first: a state that is both primary and supporting keeps its primary row.
    frame = frame.drop_duplicates(key).sort_values(key, ignore_index=True)
    return frame[[*key, "type", "intensity", "opponent"]]


def _party(raw: pd.DataFrame, column: str) -> pd.DataFrame:
    """Explode the codes of one kind of party; primary or supporting, side a or b."""
    own, other = ("side_a", "side_b") if column.startswith("gwno_a") else ("side_b", "side_a")
    frame = raw[raw[column].notna()].copy()
    frame["opponent"] = frame[other].map(_names)
    if column.endswith("_2nd"):
        frame["opponent"] += " (supporting " + frame[own].map(_names) + ")"
    frame["gw"] = frame[column].str.split(",")
    frame = frame.explode("gw")
    frame["gw"] = frame["gw"].str.strip().astype(int)
    # Stable order: primary parties before supporters, whatever the side.
    frame["rank"] = int(column.endswith("_2nd"))
    return frame.reset_index(drop=True)


def _names(side: str) -> str:
    return ", ".join(name.strip().removeprefix(PREFIX) for name in side.split(","))
