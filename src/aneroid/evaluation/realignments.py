"""The evaluation task ``realignments``: turns the detector ranks, held against a list of documented ones.

An alarm is any ranked turn, right or wrong. A documented turn is found by the first alarm of its state within two years
of it whose direction is right. *Area* is recall averaged over 1 to 6 alarms per 100 state-years (state-years with a
published ideal point, so that the search on those points, the peer, raises as many). A direction is right where it
names one of the poles the list names, in its place, and none in the opposite place; *exact* where it names every pole
that the list names.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.states import poles as pole_set

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

COLUMNS = ("state", "year", "away_from", "toward")
TOLERANCE = 2
PER_100 = (1.0, 6.0)
WINDOW = 3  # years of the peer's means
QUIET = "quiet.csv"


@dataclass(frozen=True)
class Scored:
    """At which alarm each documented turn was found, by three rules; ``inf`` where never."""

    found: Array
    directed: Array
    exact: Array


def evaluate(path: Path, predictions: Path) -> dict[str, float | int]:
    """Rank all turns, write them down, and score them.

    Parameters
    ----------
    path
        CSV with ``state, year, away_from, toward`` (a pole, or empty where a turn has one side). It serves for scoring alone.
        A ``quiet.csv`` beside it (``state, from, to``) counts alarms where nobody has described a turn.
    predictions
        Written: one JSON object a line, strongest first: ``state, year, probability, away_from, toward``.

    Returns
    -------
    dict
        ``n``, ``state_years``, ``area`` (direction right), ``area_exact``, ``area_any_direction``, ``recall_at_1``,
        ``recall_at_3``, ``recall_at_6`` (alarms per 100 state-years), ``peer_area``, ``ratio``, and where there is a list
        of quiet states ``quiet_per_100`` at the headline probability.

    Raises
    ------
    InputError
        The file cannot be read or lacks a column.
    """
    from aneroid.realignment.detect import HEADLINE

    labelled = read_list(path, COLUMNS)
    ranked = rank_packaged()
    _write(ranked, predictions)
    n = state_years()
    ours, peer = score(ranked, labelled), score(peer_alarms(), labelled)
    area = recall_area(ours.directed, n)
    result: dict[str, float | int] = {
        "n": len(labelled),
        "state_years": n,
        "area": round(area, 4),
        "area_exact": round(recall_area(ours.exact, n), 4),
        "area_any_direction": round(recall_area(ours.found, n), 4),
    }
    for per_100 in (1, 3, 6):
        result[f"recall_at_{per_100}"] = round(float((ours.directed <= per_100 * n / 100).mean()), 4)
    peer_area = recall_area(peer.directed, n)
    result |= {"peer_area": round(peer_area, 4), "ratio": round(area / peer_area, 4) if peer_area else 0.0}
    quiet = path.parent / QUIET
    if quiet.is_file():
        headline = ranked[ranked["probability"] >= HEADLINE]
        result["quiet_per_100"] = round(quiet_alarms(headline, read_list(quiet, ("state", "from", "to"))), 4)
    return result


def rank_packaged() -> pd.DataFrame:
    """Rank the turns of all states from the packaged snapshot, without any store."""
    from aneroid.realignment.detect import detect
    from aneroid.sources.indicators import load_indicators

    return detect(packaged_readings(), load_indicators(), poles=pole_set.ALL)


def packaged_readings() -> pd.DataFrame:
    """All readings of the snapshot, nearness in votes measured from its roll calls."""
    import pandas as pd

    from aneroid.measures.verbs import packaged_votes
    from aneroid.orientation.desk import SEED
    from aneroid.orientation.votes import MEASURED, vote_readings
    from aneroid.sources.indicators import load_indicators
    from aneroid.sources.snapshot import table

    indicator = next(item for item in load_indicators() if item.name == MEASURED)
    votes = vote_readings(*packaged_votes(), indicator, pole_set.ALL, seed=SEED)
    return pd.concat([table("readings"), votes], ignore_index=True)


def state_years() -> int:
    """State-years with a published ideal point."""
    from aneroid.sources.snapshot import table

    return len(table("ideal_points"))


def peer_alarms() -> pd.DataFrame:
    """Search for change points on published ideal points: three-year means before and after.

    Returns
    -------
    pandas.DataFrame
        ``state, year, away_from, toward``, largest change first, one of a state within three years as for ours. A rise is
        towards the United States and away from Russia, which is what one dimension can say.
    """
    import pandas as pd

    from aneroid.realignment.evidence import movement
    from aneroid.realignment.turns import strongest
    from aneroid.sources.snapshot import table

    wide = table("ideal_points").pivot(index="state", columns="year", values="point")
    wide = wide.reindex(columns=range(int(wide.columns.min()), int(wide.columns.max()) + 1))
    moved = movement(wide.to_numpy(float), WINDOW)
    rows, years = strongest(np.where(np.isfinite(moved), np.abs(moved), -np.inf))
    rises = moved[rows, years] > 0
    return pd.DataFrame(
        {
            "state": np.asarray(wide.index, dtype=object)[rows],
            "year": np.asarray(wide.columns, dtype=int)[years],
            "away_from": np.where(rises, "RUS", "USA"),
            "toward": np.where(rises, "USA", "RUS"),
        }
    )


def score(alarms: pd.DataFrame, labelled: pd.DataFrame) -> Scored:
    """Say at which alarm each documented turn is found.

    Parameters
    ----------
    alarms
        ``state, year, away_from, toward``, strongest first.
    labelled
        The same columns, documented turns.

    Returns
    -------
    Scored
        Positions counted from one.
    """
    rules: tuple[Callable[[str, str, str, str], bool], ...] = (lambda *poles: True, is_right, is_exact)
    found = np.full((len(rules), len(labelled)), np.inf)
    place = np.arange(1, len(alarms) + 1)
    for n, case in enumerate(labelled.itertuples()):
        near = (alarms["state"] == case.state) & ((alarms["year"] - int(str(case.year))).abs() <= TOLERANCE)
        mine = alarms[near]
        for position, away, toward in zip(place[near], mine["away_from"], mine["toward"], strict=True):
            for row, rule in enumerate(rules):
                if rule(str(case.away_from), str(case.toward), away, toward):
                    found[row, n] = min(found[row, n], position)
    return Scored(*found)


def is_right(away_from: str, toward: str, said_away: str, said_toward: str) -> bool:
    """Whether a direction names one of the listed poles in its place and none in the opposite place."""
    agrees = (away_from != "" and said_away == away_from) or (toward != "" and said_toward == toward)
    contradicts = (away_from != "" and said_toward == away_from) or (toward != "" and said_away == toward)
    return agrees and not contradicts


def is_exact(away_from: str, toward: str, said_away: str, said_toward: str) -> bool:
    """Whether a direction names every listed pole in its place."""
    return away_from in ("", said_away) and toward in ("", said_toward)


def recall_area(found: Array, n_state_years: int) -> float:
    """Recall averaged over 1 to 6 alarms per 100 state-years."""
    low, high = (per_100 * n_state_years / 100 for per_100 in PER_100)
    return float(np.mean(np.clip((high - np.maximum(found, low)) / (high - low), 0.0, 1.0)))


def quiet_alarms(alarms: pd.DataFrame, quiet: pd.DataFrame) -> float:
    """Alarms per 100 state-years in which nobody has described a turn."""
    raised = sum(
        int(((alarms["state"] == state) & alarms["year"].between(first, last)).sum())
        for state, first, last in quiet[["state", "from", "to"]].itertuples(index=False)
    )
    return 100 * raised / float((quiet["to"] - quiet["from"] + 1).sum())


def compare(ours: Array, peer: Array, states: list[str], n_state_years: int, *, seed: int = 0) -> Array:
    """Bootstrap the ratio of two areas, resampling states with all their cases.

    Returns
    -------
    array
        2,000 ratios.
    """
    generator = np.random.default_rng(seed)
    names = sorted(set(states))
    cases = {name: [n for n, state in enumerate(states) if state == name] for name in names}
    ratios = np.empty(2000)
    for n in range(ratios.size):
        drawn = [case for name in generator.choice(names, len(names)) for case in cases[name]]
        below = recall_area(peer[drawn], n_state_years)
        ratios[n] = recall_area(ours[drawn], n_state_years) / below if below else np.inf
    return ratios


def read_list(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a CSV with these columns; an empty cell is an empty text."""
    import pandas as pd

    try:
        frame = pd.read_csv(path, keep_default_na=False)
    except (ValueError, OSError) as problem:
        raise InputError(
            f"{path} is no CSV table ({problem}); give one with {', '.join(columns)}."
        ) from problem
    missing = [name for name in columns if name not in frame]
    if missing:
        raise InputError(f"{path} lacks the column {', '.join(missing)}; it needs {', '.join(columns)}.")
    return frame


def _write(ranked: pd.DataFrame, predictions: Path) -> None:
    rows = ranked[["state", "year", "probability", "away_from", "toward"]].to_dict("records")
    lines = [json.dumps(row | {"probability": round(float(row["probability"]), 6)}) for row in rows]
    predictions.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
