"""Fits as known on a past date: computed once a date, kept in the store's folder beside the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.orientation.desk import SEED, current_run
from aneroid.record.measured import roll_calls
from aneroid.record.readings import readings
from aneroid.record.runs import run_id
from aneroid.record.store import Store
from aneroid.states import poles

if TYPE_CHECKING:
    from aneroid.orientation.fit import OrientationFit

EARLIEST = dt.date(1960, 1, 1)
"""Before this day too little had been published to set a scale."""


def vintage_path(folder: Path, store: Store, as_of: dt.date) -> Path:
    """Where the fit of a date is kept: named by readings, model code and date."""
    run = current_run(store)
    name = run_id("vintage", run.inputs, {**run.settings, "as_of": as_of.isoformat()}, run.versions, SEED)
    return folder / "fits" / f"{name}.npz"


def compute_vintage(folder: Path, as_of: dt.date, tell: Callable[[str], None]) -> OrientationFit:
    """Fit what was known on a date, unless that has been done before.

    Parameters
    ----------
    folder
        Folder of the store.
    as_of
        The day on which one looks.
    tell
        Called with one line for each step.

    Returns
    -------
    OrientationFit
        In units measured on the readings of that day alone.
    """
    from aneroid.orientation.fit import OrientationFit, fit
    from aneroid.orientation.vintage import readings_on
    from aneroid.sources.indicators import load_indicators

    with Store.open(folder, progress=tell) as store:
        path = vintage_path(folder, store, as_of)
        if path.exists():
            return OrientationFit.load(path)
        tell(f"Gathering what had been published by {as_of.isoformat()} …")
        table = readings(store)
        votes, calls = roll_calls(store)
    indicators = load_indicators()
    known = readings_on(table, indicators, as_of, votes=votes, rollcalls=calls, poles=poles.ALL, seed=SEED)
    tell("Fitting orientation for all states as of that day …")
    fitted = fit(
        known,
        indicators,
        poles=poles.ALL,
        seed=SEED,
        progress=lambda step, share: tell(f"  {share:4.0%} {step}"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    fitted.save(path)
    return fitted
