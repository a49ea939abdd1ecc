"""Turns from the store: found once for each edition of readings and detector, kept with their history, then read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.orientation.desk import current_run, load_fit
from aneroid.realignment.detect import HEADLINE, detect
from aneroid.realignment.history import Status, compare, records, turn_name
from aneroid.realignment.shift import MIN_SHIFT, WINDOW, measure_shifts
from aneroid.record.readings import readings
from aneroid.record.realignments import latest_edition, save_edition, standing_turns
from aneroid.record.store import Store
from aneroid.states import poles as pole_set

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.fit import OrientationFit

Progress = Callable[[str], None]
_DETECTOR = ("evidence.py", "turns.py", "false_alarms.py", "detect.py", "shift.py", "history.py")


@dataclass(frozen=True)
class Search:
    """What to look for; the default is what the store keeps."""

    poles: tuple[str, ...] = pole_set.ALL
    min_shift: float = MIN_SHIFT
    window: int = WINDOW
    at_least: float = HEADLINE


def find_turns(
    folder: Path,
    search: Search | None = None,
    *,
    states: Sequence[str] | None = None,
    years: tuple[int, int] | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Find turns with these settings; nothing is kept.

    Parameters
    ----------
    folder
        Folder of the store; built and fitted first where it is not.
    search
        Poles, least shift, window and least probability.
    states
        Ids; all by default.
    years
        First and last year; all by default. The false alarms are those of a search over all states and years either way.
    progress
        Called with one line for each step.

    Returns
    -------
    pandas.DataFrame
        ``turn, status`` (found), columns of `aneroid.realignment.detect.detect` and of `aneroid.realignment.shift.Shift`,
        strongest first.
    """
    wanted = search or Search()
    tell = progress or (lambda line: None)
    fitted = load_fit(folder, tell)
    ranked = _rank(folder, wanted.poles, tell)
    chosen = ranked[ranked["probability"] >= wanted.at_least]
    if states is not None:
        chosen = chosen[chosen["state"].isin(list(states))]
    if years is not None:
        chosen = chosen[chosen["year"].between(*years)]
    chosen = chosen.drop(columns="score").reset_index(drop=True)
    chosen.insert(0, "turn", [turn_name(row) for row in records(chosen)])
    chosen.insert(1, "status", Status.FOUND.value)
    return _measured(fitted, chosen, wanted, tell)


def current_turns(folder: Path, progress: Progress | None = None) -> pd.DataFrame:
    """Return the turns that stand, with their history kept: found anew only where readings or detector changed.

    Parameters
    ----------
    folder
        Folder of the store; built and fitted first where it is not.
    progress
        Called with one line for each step.

    Returns
    -------
    pandas.DataFrame
        The last record of every turn (columns of the table ``realignments``), withdrawn ones too; by state and year.
    """
    tell = progress or (lambda line: None)
    fitted = load_fit(folder, tell)
    with Store.open(folder) as store:
        mark = _mark(store)
        if latest_edition(store)[1] == mark:
            return standing_turns(store)
    with Store.open(folder, write=True) as store:
        edition, kept = latest_edition(store)
        if kept != mark:
            _record(store, fitted, edition + 1, mark, tell)
        return standing_turns(store)


def _record(store: Store, fitted: OrientationFit, edition: int, mark: str, tell: Progress) -> None:
    rows = compare(standing_turns(store), _rank_readings(readings(store), pole_set.ALL, tell))
    save_edition(
        store,
        _measured(fitted, rows.drop(columns="score"), Search(), tell),
        edition=edition,
        mark=mark,
        recorded=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
    )


def _rank(folder: Path, poles: Sequence[str], tell: Progress) -> pd.DataFrame:
    with Store.open(folder) as store:
        table = readings(store)
    return _rank_readings(table, poles, tell)


def _rank_readings(table: pd.DataFrame, poles: Sequence[str], tell: Progress) -> pd.DataFrame:
    from aneroid.sources.indicators import load_indicators

    tell("Looking for turns of all states …")
    return detect(table, load_indicators(), poles=poles)


def _measured(fitted: OrientationFit, turns: pd.DataFrame, search: Search, tell: Progress) -> pd.DataFrame:
    tell(f"Measuring how far {len(turns)} turns went …")
    return measure_shifts(fitted, turns, min_shift=search.min_shift, window=search.window)


def _mark(store: Store) -> str:
    """Name what an edition rests on: the run of the orientation model (with its readings) and the detector's code."""
    digest = hashlib.sha256(current_run(store).run.encode())
    for name in _DETECTOR:
        digest.update((files("aneroid.realignment") / name).read_bytes())
    return digest.hexdigest()[:16]
