"""What became of turns from one edition of the data to the next: new, holding, withdrawn.

A turn found again within three years, between the same poles, is the same turn. It enters at the headline probability
and is withdrawn only when it falls well below, so that a turn near the line does not come and go.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from aneroid.realignment.detect import HEADLINE
from aneroid.realignment.turns import APART

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

WITHDRAWN_BELOW = 0.3
RECENT_YEARS = 5
"""Of the first edition of a store, turns of the last years alone are news."""


class Status(StrEnum):
    """Where a turn stands in an edition."""

    NEW = "new"
    HOLDING = "holding"
    WITHDRAWN = "withdrawn"
    FOUND = "found"
    """Found by a search that is not kept."""


def compare(standing: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Match the turns of a new edition with those on record.

    Parameters
    ----------
    standing
        The last record of every turn: ``turn, status, state, year, away_from, toward`` and more.
    found
        All turns the detector ranks now, strongest first.

    Returns
    -------
    pandas.DataFrame
        Columns of ``found``, ``turn`` (a stable name) and ``status``: one row for each turn that stands or stood until now.
        A withdrawn turn is given as it is now, or as it was last where the detector no longer ranks it.
    """
    import pandas as pd

    rows: list[dict[str, object]] = []
    used: set[int] = set()
    names = set(standing["turn"])
    for old in records(standing):
        match = _again(old, found, used)
        now = records(found.loc[[match]])[0] if match is not None else _gone(old, found)
        status = _status(old["status"] != Status.WITHDRAWN.value, float(str(now["probability"])))
        if match is not None and status is not Status.WITHDRAWN:
            used.add(match)
        if status is not None:
            rows.append({**now, "turn": old["turn"], "status": status.value})
    strong = found[(found["probability"] >= HEADLINE) & ~found.index.isin(list(used))]
    for row in records(strong):
        name = _name(row, names)
        names.add(name)
        rows.append({**row, "turn": name, "status": Status.NEW.value})
    return pd.DataFrame(rows, columns=[*found.columns, "turn", "status"])


def records(frame: pd.DataFrame) -> list[dict[str, object]]:
    """Rows of a frame by column name."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]


def _status(stood: bool, probability: float) -> Status | None:
    """What becomes of a turn on record; None for one that was withdrawn and stays so."""
    if probability >= (WITHDRAWN_BELOW if stood else HEADLINE):
        return Status.HOLDING if stood else Status.NEW
    return Status.WITHDRAWN if stood else None


def _gone(old: dict[str, object], found: pd.DataFrame) -> dict[str, object]:
    """A turn that the detector no longer ranks, as it was last."""
    return {str(name): old.get(str(name)) for name in found.columns} | {"probability": 0.0}


def _again(old: dict[str, object], found: pd.DataFrame, used: set[int]) -> int | None:
    """Position of the same turn in a new edition: the nearest in time, then the strongest."""
    same = found[
        (found["state"] == old["state"])
        & (found["away_from"] == old["away_from"])
        & (found["toward"] == old["toward"])
        & ((found["year"] - int(str(old["year"]))).abs() <= APART)
        & ~found.index.isin(list(used))
    ]
    if same.empty:
        return None
    distance = (same["year"] - int(str(old["year"]))).abs()
    return int(str(distance.sort_values(kind="stable").index[0]))


def turn_name(row: Mapping[str, object]) -> str:
    """Name a turn by state, year and poles."""
    return f"{row['state']}-{row['year']}-{row['away_from'] or 'none'}-{row['toward'] or 'none'}"


def _name(row: Mapping[str, object], taken: set[str]) -> str:
    """Name a turn; with a letter where the name is taken by one that was withdrawn."""
    suffixes = ("", *(f"-{letter}" for letter in "bcdefghijklmnopqrstuvwxyz"))
    return next(turn_name(row) + suffix for suffix in suffixes if turn_name(row) + suffix not in taken)


def alerts(history: pd.DataFrame, watched: pd.DataFrame, *, last_year: int) -> pd.DataFrame:
    """Pick what those who watch want to be told: turns that are new, and turns withdrawn.

    Parameters
    ----------
    history
        Every record of turns: ``edition, status, state, year, away_from, toward`` and more.
    watched
        ``state, poles`` (a comma list, empty for all) and ``told``, the last edition told of.
    last_year
        Last year of readings: of the first edition only turns of the five years up to it are news.

    Returns
    -------
    pandas.DataFrame
        Columns of ``history`` and ``unseen``: whether no earlier run told of it. In the order of ``history``.
    """
    import pandas as pd

    poles = {row.state: {p for p in str(row.poles).split(",") if p} for row in watched.itertuples()}
    told = dict(zip(watched["state"], watched["told"], strict=True))
    news = history["status"].isin([Status.NEW.value, Status.WITHDRAWN.value])
    news &= (history["edition"] > 1) | (history["year"] > last_year - RECENT_YEARS)
    wanted = pd.Series(
        [
            state in poles and (not poles[state] or bool({away, toward} & poles[state]))
            for state, away, toward in history[["state", "away_from", "toward"]].itertuples(index=False)
        ],
        index=history.index,
        dtype=bool,
    )
    chosen: pd.DataFrame = history[news & wanted].copy()
    chosen["unseen"] = (chosen["edition"] > chosen["state"].map(told)).astype(bool)
    return chosen
