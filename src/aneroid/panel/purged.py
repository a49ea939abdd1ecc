"""Fits that leave families of indicators out, kept in the store beside the full one."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.orientation.desk import SEED, current_run, load_fit
from aneroid.orientation.votes import without_doubles
from aneroid.record.readings import readings
from aneroid.record.runs import has_run, run_folder, run_id, save_run
from aneroid.record.store import Store
from aneroid.sources.indicators import FAMILIES, load_indicators
from aneroid.states import poles as pole_set

if TYPE_CHECKING:
    from aneroid.orientation.fit import OrientationFit

Progress = Callable[[str], None]


def families(text: str) -> tuple[str, ...]:
    """Read a comma-separated list of families.

    Raises
    ------
    InputError
        One of them is unknown.
    """
    chosen = tuple(sorted({part.strip() for part in text.split(",") if part.strip()}))
    if unknown := [name for name in chosen if name not in FAMILIES]:
        raise InputError(f'"{unknown[0]}" is no family of indicators. There are {", ".join(FAMILIES)}.')
    return chosen


def load_purged(folder: Path, without: Sequence[str], progress: Progress | None = None) -> OrientationFit:
    """Return the fit of a store without some families of indicators, computing and keeping it if there is none.

    Parameters
    ----------
    folder
        Folder of the store.
    without
        Families to leave out; with none of them this is :func:`aneroid.orientation.desk.load_fit`.
    progress
        Called with one line for each step.

    Returns
    -------
    OrientationFit
        What the other indicators say: closeness that a study of the families left out may be compared with.
    """
    from aneroid.orientation.fit import OrientationFit, fit

    tell = progress or (lambda line: None)
    full = load_fit(folder, tell)
    if not without:
        return full
    with Store.open(folder) as store:
        run = current_run(store)
        settings = {**run.settings, "without": sorted(without)}
        name = run_id("orientation", run.inputs, settings, run.versions, SEED)
        path = run_folder(store) / f"{name}.npz"
        if has_run(store, name) and path.exists():
            return OrientationFit.load(path)
        rows = without_doubles(readings(store))
    started = time.monotonic()
    tell(f"Fitting orientation without {', '.join(sorted(without))} …")
    fitted = fit(rows, load_indicators(), poles=pole_set.ALL, seed=SEED, without=tuple(without))
    fitted.save(path)
    with Store.open(folder, write=True) as store, store.transaction():
        save_run(
            store,
            name,
            "orientation",
            inputs=run.inputs,
            settings=settings,
            versions=run.versions,
            seed=SEED,
            seconds=time.monotonic() - started,
            path=path,
        )
    return fitted
