"""Orientation from the store: fit once, keep the fit under the hash of what determines it, answer from it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.orientation.votes import MEASURED, vote_readings, without_doubles
from aneroid.record.measured import measured_from, replace_measured, roll_call_fingerprint, roll_calls
from aneroid.record.readings import fingerprint, last_years, readings
from aneroid.record.runs import has_run, run_folder, run_id, save_run
from aneroid.record.store import Store
from aneroid.states import poles as pole_set

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.contributions import Contributions
    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.own import OwnIndicator
    from aneroid.orientation.reports import Step

FITTING = (
    *("model", "indicators", "levels", "groups", "filter", "regression", "private", "estimate"),
    *("working", "poles", "correlations", "scale", "votes", "storage", "fitting", "jackknife"),
)
"""Modules that determine a fit; the others only ask it."""
SEED = 20
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Run:
    """Which computation an answer comes from."""

    run: str
    inputs: dict[str, object]
    settings: dict[str, object]
    versions: dict[str, str]


def current_run(store: Store, *, without: Sequence[str] = (), own: Sequence[OwnIndicator] = ()) -> Run:
    """Name the run that the store's present readings, this release and the user's wishes determine."""
    from aneroid.orientation.model import Priors

    inputs: dict[str, object] = {"readings": fingerprint(store)}
    if own:
        inputs["own"] = [each.fingerprint for each in own]
    settings: dict[str, object] = {"poles": list(pole_set.ALL), "priors": asdict(Priors())}
    if without:
        settings["without"] = sorted(without)
    versions = {
        "aneroid": version("aneroid"),
        "model": _code_hash("aneroid.orientation", FITTING),
        "numpy": version("numpy"),
        "scipy": version("scipy"),
    }
    return Run(run_id("orientation", inputs, settings, versions, SEED), inputs, settings, versions)


def load_fit(
    folder: Path,
    progress: Progress | None = None,
    *,
    without: Sequence[str] = (),
    own: Sequence[OwnIndicator] = (),
) -> OrientationFit:
    """Return the fit of the store in ``folder``, computing and keeping it if there is none for its readings.

    Parameters
    ----------
    folder
        Folder of the store; built from the snapshot if absent.
    progress
        Called with one line for each step.
    without
        Families of indicators to leave out.
    own
        The user's own indicators, or those from the news, to put beside the store's.

    Returns
    -------
    OrientationFit
        All states, all nine poles, all years. A second call reads it from disk.
    """
    from aneroid.orientation.fit import OrientationFit

    tell = progress or (lambda line: None)
    _measure(folder, tell)
    with Store.open(folder, progress=tell) as store:
        run = current_run(store, without=without, own=own)
        path = run_folder(store) / f"{run.run}.npz"
        if has_run(store, run.run) and path.exists():
            return OrientationFit.load(path)
    with Store.open(folder, write=True, progress=tell) as store:
        return _compute(store, run, path, tell, without, own)


def _measure(folder: Path, tell: Progress) -> None:
    """Measure nearness of votes from the store's roll calls, once for each state of them and of the measuring code."""
    from aneroid.sources.indicators import load_indicators

    code = _code_hash("aneroid.measures", None)
    with Store.open(folder, progress=tell) as store:
        mark = f"{code}:{roll_call_fingerprint(store)}"
        if measured_from(store, MEASURED) == mark:
            return
    with Store.open(folder, write=True) as store:
        tell("Measuring positions from roll calls …")
        indicator = next(each for each in load_indicators() if each.name == MEASURED)
        table = vote_readings(*roll_calls(store), indicator, pole_set.ALL, seed=SEED)
        replace_measured(store, MEASURED, table, source=indicator.source, mark=mark)


def _compute(
    store: Store,
    run: Run,
    path: Path,
    tell: Progress,
    without: Sequence[str],
    own: Sequence[OwnIndicator],
) -> OrientationFit:
    import pandas as pd

    from aneroid.orientation.fit import fit
    from aneroid.sources.indicators import load_indicators

    started = time.monotonic()
    tell("Fitting orientation for all states" + (f" without {', '.join(without)}" if without else "") + " …")
    rows = without_doubles(readings(store))
    fitted = fit(
        pd.concat([rows, *(each.readings for each in own)], ignore_index=True) if own else rows,
        [*load_indicators(), *(each.indicator for each in own)],
        poles=pole_set.ALL,
        seed=SEED,
        without=tuple(without),
        progress=lambda step, share: tell(f"  {share:4.0%} {step}"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    fitted.save(path)
    with store.transaction():
        save_run(
            store,
            run.run,
            "orientation",
            inputs=run.inputs,
            settings=run.settings,
            versions=run.versions,
            seed=SEED,
            seconds=time.monotonic() - started,
            path=path,
        )
    return fitted


def pairs(poles: Sequence[str]) -> list[tuple[str, str]]:
    """All pairs of poles, in the order given: (USA, RUS), (USA, CHN), (RUS, CHN)."""
    return [(a, b) for i, a in enumerate(poles) for b in poles[i + 1 :]]


def orient(
    fitted: OrientationFit,
    states: Sequence[str],
    *,
    poles: Sequence[str],
    start: int,
    end: int,
    step: Step = "year",
) -> pd.DataFrame:
    """Lean of each state between each pair of poles, year by year or month by month.

    Parameters
    ----------
    fitted
        From :func:`load_fit`.
    states
        State ids.
    poles
        Pole ids; every pair gives rows.
    start, end
        First and last year, both included.
    step
        ``year`` or ``month``.

    Returns
    -------
    pandas.DataFrame
        ``state, date, pole_a, pole_b, lean, sd, lo50, hi50, lo90, hi90, n_indicators, flags``. A positive lean is towards
        ``pole_a``; one unit is the usual distance between dyads with and without a defence pact. A state that did not exist,
        or of which nothing is known, has no row; so has a pole with itself.
    """
    import pandas as pd

    frames = [
        fitted.lean([s for s in states if s not in pair], pair[0], pair[1], start, end, step=step)
        for pair in pairs(poles)
    ]
    return pd.concat(frames, ignore_index=True)


def explain(
    fitted: OrientationFit, state: str, *, pole_a: str, pole_b: str, start: int, end: int
) -> Contributions:
    """Say what moved a state's lean between two years: contributions that add up to the movement.

    Raises
    ------
    InputError
        There is no estimate for one of the two years.
    """
    known = fitted.lean([state], pole_a, pole_b, start, end)
    for year in (start, end):
        if str(year) not in set(known.date):
            span = f"{known.date.min()}–{known.date.max()}" if len(known) else "none of these years"
            raise InputError(
                f"There is no estimate of {state} between {pole_a} and {pole_b} in {year}; there is one for {span}. "
                "Choose --from and --to within the years of estimates."
            )
    return fitted.contributions(state, pole_a, pole_b, start, end)


def families(text: str, own: Sequence[OwnIndicator] = ()) -> tuple[str, ...]:
    """Read a comma-separated list of families to leave out.

    Raises
    ------
    InputError
        One of them is unknown, or none would be left.
    """
    from aneroid.sources.indicators import FAMILIES

    known = (
        *FAMILIES,
        *dict.fromkeys(each.indicator.family for each in own if each.indicator.family not in FAMILIES),
    )
    chosen = tuple(sorted({part.strip() for part in text.split(",") if part.strip()}))
    if unknown := [name for name in chosen if name not in known]:
        raise InputError(f'"{unknown[0]}" is no family of indicators. There are {", ".join(known)}.')
    if len(chosen) > len(known) - 2:
        raise InputError(f"At least two families must stay; there are {', '.join(known)}.")
    return chosen


def own_indicators(store_folder: Path, files: Sequence[Path], *, news: bool) -> list[OwnIndicator]:
    """Read the indicators a user declares and, if asked for, those that the store's articles give.

    Parameters
    ----------
    store_folder
        Folder of the store.
    files
        Declarations.
    news
        Whether reported events count.

    Returns
    -------
    list of OwnIndicator
        For :func:`load_fit`.

    Raises
    ------
    InputError
        If a declaration or its table cannot be used, a name is taken, or the store holds no event between a state and a pole.
    """
    from aneroid.orientation.news import news_indicators
    from aneroid.orientation.own import read_own
    from aneroid.record.standings import claims
    from aneroid.sources.indicators import load_indicators

    made = [read_own(path) for path in files]
    if news:
        with Store.open(store_folder) as store:
            told = claims(store)
        told = told[(told["modality"] == "happened") & ~told["prediction"].astype(bool)]
        found = news_indicators(told.drop_duplicates(["source", "target", "event", "date"]))
        if not found:
            raise InputError(
                "No article of this store reports an event between a state and a pole with its year. Read some with "
                "`aneroid read FILE`, or leave out --news."
            )
        made += found
    taken = {each.name for each in load_indicators()}
    for each in made:
        if each.indicator.name in taken:
            raise InputError(
                f'An indicator named "{each.indicator.name}" is there already; choose another name.'
            )
        taken.add(each.indicator.name)
    return made


def _code_hash(package: str, modules: Sequence[str] | None) -> str:
    """Hash of a package's own code, so that a changed model never answers from an old fit."""
    digest = hashlib.sha256()
    for entry in sorted(files(package).iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".py") and (modules is None or entry.name[:-3] in modules):
            digest.update(entry.read_bytes())
    return digest.hexdigest()[:16]


def limits(store: Store) -> tuple[str, ...]:
    """Say what the estimates of this store cannot show, one sentence each."""
    table = last_years(store)
    newest = int(table.last_year.max())
    ended = table[table.last_year < newest - 1].sort_values("last_year")
    ends = ", ".join(f"{row.label} in {row.last_year}" for row in ended.itertuples())
    return (
        f"Sources end at different times: {ends}. The range widens after that, and losing an instrument can look like a turn.",
        "Forces abroad are recorded for the United States alone; those of other powers are not seen.",
        "The measure speaks of governments' recorded ties, not of opinion, and not of what is kept secret.",
        "The range supposes that the form of the model is right; it does not cover errors of the sources themselves.",
        "Contributions say what moved the estimate, not what caused the policy.",
    )
