"""The user's own indicators: declared in a few lines of YAML, read from a table, checked, and fitted like any other.

A declaration holds ``name, label, family, file, unit, sign, coverage`` and may hold ``poles`` (a list, or all),
``absence_means_none`` (false), ``lag`` (years until publication, 1), ``transform`` (identity) and ``note``. The table has the
columns ``state, pole, year, value`` and may have ``sd``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from aneroid.errors import InputError
from aneroid.sources.indicators import Indicator, Transform, Zero
from aneroid.states import all_states, exists, resolve
from aneroid.states import poles as pole_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

NEEDED = ("name", "label", "family", "file", "unit", "sign", "coverage")
OPTIONAL = ("poles", "absence_means_none", "lag", "transform", "note")
COLUMNS = ("state", "pole", "year", "value")


@dataclass(frozen=True)
class OwnIndicator:
    """A declared indicator with its readings."""

    indicator: Indicator
    readings: pd.DataFrame
    """``state, pole, indicator, year, value, sd, detail``; explicit zeros where absence means none."""

    @property
    def fingerprint(self) -> str:
        """Hash of declaration and readings: a fit is kept under it."""
        body = self.readings.to_csv(index=False) + repr(self.indicator)
        return hashlib.sha256(body.encode()).hexdigest()[:16]


def read_own(path: Path) -> OwnIndicator:
    """Read a declaration and its table.

    Parameters
    ----------
    path
        The YAML file; ``file`` in it is found from its folder.

    Returns
    -------
    OwnIndicator
        Ready to stand beside the readings of the store.

    Raises
    ------
    InputError
        If a field lacks or cannot be read, or the table holds a row that cannot be used; the sentence names it.
    """
    try:
        entry = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError as problem:
        raise InputError(
            f"There is no file {path}. Give the path of a YAML file with --indicator."
        ) from problem
    except yaml.YAMLError as problem:
        raise InputError(f"{path} is not YAML: {str(problem).splitlines()[0]}.") from problem
    if not isinstance(entry, dict):
        raise InputError(f"{path} holds no fields; needed are {', '.join(NEEDED)}.")
    unknown = [str(key) for key in entry if key not in (*NEEDED, *OPTIONAL)]
    missing = [key for key in NEEDED if key not in entry]
    if unknown or missing:
        wrong = f"lacks {', '.join(missing)}" if missing else f"has the unknown field {', '.join(unknown)}"
        allowed = f"needed are {', '.join(NEEDED)}; allowed besides are {', '.join(OPTIONAL)}"
        raise InputError(f"{path} {wrong}; {allowed}.")
    indicator = _indicator(path, entry)
    return OwnIndicator(indicator, _readings(path.parent / str(entry["file"]), indicator))


def _indicator(path: Path, entry: Mapping[str, object]) -> Indicator:
    name = str(entry["name"])
    if not name.isidentifier():
        raise InputError(f'{path}: name must be letters, digits and _ without spaces; "{name}" was given.')
    if entry["sign"] not in (1, -1):
        raise InputError(
            f"{path}: sign must be 1 (more is closer) or -1 (more is farther); {entry['sign']} was given."
        )
    coverage = entry["coverage"]
    if not (isinstance(coverage, list) and len(coverage) == 2 and all(isinstance(y, int) for y in coverage)):
        raise InputError(f"{path}: coverage must be [first year, last year]; {coverage} was given.")
    if coverage[0] > coverage[1]:
        raise InputError(
            f"{path}: coverage begins in {coverage[0]} and ends in {coverage[1]}; turn them round."
        )
    given = entry.get("poles", "all")
    named = pole_set.ALL if given == "all" else tuple(resolve(str(p)).id for p in _listed(path, given))
    if other := [pole for pole in named if pole not in pole_set.ALL]:
        raise InputError(f"{path}: {', '.join(other)} is no pole; there are {', '.join(pole_set.ALL)}.")
    lag, absence = entry.get("lag", 1.0), entry.get("absence_means_none", False)
    if not isinstance(lag, int | float) or lag < 0:
        raise InputError(f"{path}: lag is a number of years, zero or more; {lag} was given.")
    if not isinstance(absence, bool):
        raise InputError(f"{path}: absence_means_none is true or false; {absence} was given.")
    kind = str(entry.get("transform", "identity"))
    if kind not in set(Transform):
        raise InputError(f"{path}: transform is one of {', '.join(Transform)}; {kind} was given.")
    return Indicator(
        name=name,
        label=str(entry["label"]),
        family=str(entry["family"]),
        source="own",
        unit=str(entry["unit"]),
        sign=int(str(entry["sign"])),
        poles=named,
        coverage=(coverage[0], coverage[1]),
        # Where absence means none, zero is zero towards every pole.
        zero=Zero.ABSOLUTE if absence else Zero.PER_POLE,
        absence_means_none=absence,
        lag_years=float(lag),
        transform=Transform(kind),
        note=" ".join(str(entry.get("note", "")).split()),
    )


def _listed(path: Path, value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise InputError(f"{path}: poles is a list such as [USA, RUS], or all; {value} was given.")
    return value


def _readings(path: Path, indicator: Indicator) -> pd.DataFrame:
    import pandas as pd

    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError as problem:
        raise InputError(f"There is no file {path}, which indicator {indicator.name} names.") from problem
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise InputError(f"{path} lacks the columns {', '.join(missing)}; needed are {', '.join(COLUMNS)}.")
    lines = [dict(zip(table.columns, line, strict=True)) for line in table.itertuples(index=False, name=None)]
    rows = [_row(path, number, line, indicator) for number, line in enumerate(lines, start=2)]
    found = pd.DataFrame(rows, columns=["state", "pole", "year", "value", "sd"])
    doubled = found.duplicated(["state", "pole", "year"])
    if doubled.any():
        first = found[doubled].iloc[0]
        raise InputError(
            f"{path}: {first['state']} and {first['pole']} have two values in {first['year']}; keep one."
        )
    if indicator.absence_means_none:
        found = _with_zeros(found, indicator)
    return found.assign(indicator=indicator.name, detail=None)


def _row(path: Path, number: int, row: Mapping[str, str], indicator: Indicator) -> dict[str, object]:
    """Read one line of the table; the line is named where it cannot be used."""
    try:
        year, value = int(row["year"]), float(row["value"])
        sd = float(row["sd"]) if row.get("sd") else None
    except ValueError as problem:
        raise InputError(f"{path}, line {number}: {problem}. Year, value and sd are numbers.") from problem
    if not indicator.covers(year):
        first, last = indicator.coverage
        raise InputError(f"{path}, line {number}: {year} lies outside the declared coverage {first}–{last}.")
    try:
        state, pole = resolve(row["state"], on=year).id, resolve(row["pole"]).id
    except InputError as problem:
        raise InputError(f"{path}, line {number}: {problem}") from problem
    if pole not in indicator.poles:
        raise InputError(
            f"{path}, line {number}: {pole} is not among the declared poles {', '.join(indicator.poles)}."
        )
    if state == pole:
        raise InputError(f"{path}, line {number}: {state} is given as its own pole.")
    return {"state": state, "pole": pole, "year": year, "value": value, "sd": sd}


def _with_zeros(found: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Add a zero for every pair of state and pole that existed and has no row."""
    import pandas as pd

    first, last = indicator.coverage
    grid = [
        (state.id, pole, year)
        for year in range(first, last + 1)
        for state in all_states(year)
        for pole in indicator.poles
        if pole != state.id and exists(pole, year)
    ]
    every = pd.DataFrame(grid, columns=["state", "pole", "year"])
    joined = every.merge(found, on=["state", "pole", "year"], how="outer")
    return joined.assign(value=joined["value"].fillna(0.0))
