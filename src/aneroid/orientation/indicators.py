"""From rows of readings to arrays the model can read: transform, sign, scale, coverage.

Each indicator is turned so that larger means closer (its ``sign``). One whose zero is absolute is read by its levels
(`aneroid.orientation.levels`). Any other is transformed (its ``transform``) and divided by the standard deviation of all its
readings, over all states, poles and years: one constant, so that a movement of the average is not removed. A missing reading
stays missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.orientation.levels import thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from aneroid.orientation.model import Array
    from aneroid.sources.indicators import Indicator

COLUMNS = ("state", "pole", "indicator", "year", "value")
# The United States sanction in a tenth of all pair-years, most others hardly ever: only a departure from the
# sender's own propensity says something, although none in force is an absolute zero.
CENTRED_FAMILIES = frozenset({"sanctions"})
SLIGHT = {"events": 0.25}
"""Families whose loading is held to this share of the others': what newspapers choose to report."""
PACT = "alliance"


@dataclass(frozen=True)
class Design:
    """Readings as arrays over indicator × state × pole × year; ``nan`` is missing.

    Indicators are sorted by family. A reading says that z lies in ``(low, high]``; where both are equal z is known, and is
    ``sign · transform(value) / scale`` if the indicator is not read by its levels. ``y`` is z, or its mean in the interval.
    """

    states: tuple[str, ...]
    poles: tuple[str, ...]
    years: Array
    names: tuple[str, ...]
    of_family: tuple[str, ...]
    per_pole: tuple[bool, ...]
    resolution: Array
    value: Array
    y: Array
    low: Array
    high: Array
    error: Array
    pact: Array

    @property
    def pairs(self) -> NDArray[np.intp]:
        """State and pole index of every pair with at least one reading."""
        return np.argwhere(np.isfinite(self.y).any(axis=(0, 3)))

    @cached_property
    def families(self) -> tuple[str, ...]:
        """Families in the order of their indicators."""
        return tuple(dict.fromkeys(self.of_family))

    @cached_property
    def members(self) -> tuple[slice, ...]:
        """Indicators of each family."""
        first = [self.of_family.index(family) for family in self.families]
        return tuple(
            slice(start, start + self.of_family.count(f))
            for start, f in zip(first, self.families, strict=True)
        )

    @cached_property
    def exists(self) -> NDArray[np.bool_]:
        """Whether a pair exists in a year, states × poles × years: from its first reading to its last."""
        read = np.asarray(np.isfinite(self.y).any(axis=0))
        since = np.maximum.accumulate(read, axis=2)
        until = np.maximum.accumulate(read[:, :, ::-1], axis=2)[:, :, ::-1]
        return np.asarray(since & until)

    def year_index(self, year: int) -> int:
        """Position of a year on the grid."""
        return int(year - self.years[0])


def transform(values: Array, kind: str) -> Array:
    """Bring raw values to the scale on which the model is linear.

    Parameters
    ----------
    values
        Raw readings.
    kind
        ``identity``, ``log1p`` or ``signed_log`` (the same for values of zero and more).

    Returns
    -------
    array
        Same shape; the sign of a value is kept.
    """
    if kind == "identity":
        return values
    if kind in {"log1p", "signed_log"}:
        return np.sign(values) * np.log1p(np.abs(values))
    raise InputError(f'Unknown transform "{kind}". Allowed are identity, log1p and signed_log.')


def slope(values: Array, kind: str) -> Array:
    """Derivative of `transform`, which carries a known reading error over to the transformed scale."""
    if kind == "identity":
        return np.ones_like(values)
    return 1.0 / (1.0 + np.abs(values))


def resolution(values: Array) -> float:
    """Say how far readings can follow a normal quantity: the correlation with it of its best coarse version.

    Parameters
    ----------
    values
        All readings of one indicator.

    Returns
    -------
    float
        1 for a continuous reading, 0.8 for a fair yes or no, 0.24 for a yes in seven of a thousand readings.
    """
    from scipy.special import ndtri

    _, count = np.unique(values, return_counts=True)
    share = count / count.sum()
    edge = ndtri(np.clip(np.concatenate([[0.0], np.cumsum(share)]), 0.0, 1.0))
    density = np.exp(-(edge**2) / 2) / np.sqrt(2 * np.pi)
    return float(np.sqrt(np.sum(np.diff(density) ** 2 / share)))


def prepare(
    readings: pd.DataFrame,
    indicators: Sequence[Indicator],
    poles: Sequence[str],
    *,
    without: Sequence[str] = (),
    by_levels: bool = True,
) -> Design:
    """Lay out readings on the grid of the model.

    Parameters
    ----------
    readings
        Frame with ``state, pole, indicator, year, value`` and, where known, ``sd``.
    indicators
        What each indicator means; rows of other indicators are left out.
    poles
        Poles to fit.
    without
        Families to leave out. Defence pacts still serve to measure the unit.
    by_levels
        Whether indicators whose zero is absolute are read by their levels.

    Returns
    -------
    Design
        States and years are sorted; a pole is never read against itself.

    Raises
    ------
    InputError
        If columns are missing, a pair has two readings in a year, or nothing is left to fit.
    """
    missing = [name for name in COLUMNS if name not in readings.columns]
    if missing:
        raise InputError(f"Readings lack the columns {', '.join(missing)}; needed are {', '.join(COLUMNS)}.")
    rows = readings[
        readings["pole"].isin(list(poles))
        & (readings["state"] != readings["pole"])
        & readings["value"].notna()
    ]
    keys = ["state", "pole", "indicator", "year"]
    if rows.duplicated(keys).any():
        first = rows[rows.duplicated(keys)].iloc[0]
        pair = f"{first['indicator']} for {first['state']} and {first['pole']}"
        raise InputError(f"Two readings of {pair} in {first['year']}; keep one.")
    present = set(rows["indicator"])
    used = [item for item in indicators if item.name in present and item.family not in without]
    pacts = rows[rows["indicator"] == PACT]
    rows = rows[rows["indicator"].isin([item.name for item in used])]
    if rows.empty:
        raise InputError(
            "No readings towards these poles: nothing can be fitted. Check poles and indicators."
        )
    used.sort(key=lambda item: (item.family, item.name))
    return _lay_out(rows, pacts, used, tuple(poles), by_levels=by_levels)


def _lay_out(
    rows: pd.DataFrame,
    pacts: pd.DataFrame,
    indicators: Sequence[Indicator],
    poles: tuple[str, ...],
    *,
    by_levels: bool,
) -> Design:
    states = tuple(sorted(rows["state"].unique()))
    years = np.arange(int(rows["year"].min()), int(rows["year"].max()) + 1, dtype=float)
    grid = (len(states), len(poles), years.size)

    def place(part: pd.DataFrame, values: Array, empty: float) -> Array:
        out = np.full(grid, empty)
        at = part["state"].map({state: i for i, state in enumerate(states)})
        inside = (at.notna() & part["year"].between(years[0], years[-1])).to_numpy()
        pole = part["pole"].map({pole: p for p, pole in enumerate(poles)}).to_numpy(int)
        year = part["year"].to_numpy(int) - int(years[0])
        out[at.to_numpy(float)[inside].astype(int), pole[inside], year[inside]] = values[inside]
        return out

    columns: dict[str, list[Array]] = {name: [] for name in ("value", "low", "high", "y", "error")}
    for item in indicators:
        part = rows[rows["indicator"] == item.name]
        raw = place(part, part["value"].to_numpy(float), np.nan)
        known = np.asarray(
            part["sd"].astype(float).fillna(0.0) if "sd" in part else np.zeros(len(part)), dtype=float
        )
        if by_levels and item.zero == "absolute":
            low, high, y = thresholds(item.sign * raw)
            error = np.zeros(grid)
        else:
            y = item.sign * transform(raw, item.transform)
            # From the grid, not the rows, so that the order of rows cannot touch the last digit.
            unit = float(y[np.isfinite(y)].std()) or 1.0
            y = low = high = y / unit
            error = place(part, known, 0.0) * slope(np.nan_to_num(raw), item.transform) / unit
        for name, values in (("value", raw), ("low", low), ("high", high), ("y", y), ("error", error)):
            columns[name].append(values)
    stacked = {name: np.stack(values) for name, values in columns.items()}
    return Design(
        states=states,
        poles=poles,
        years=years,
        names=tuple(item.name for item in indicators),
        of_family=tuple(item.family for item in indicators),
        per_pole=tuple(item.zero == "per_pole" or item.family in CENTRED_FAMILIES for item in indicators),
        resolution=np.array(
            [
                SLIGHT.get(item.family, 1.0) * (1.0 if by_levels else resolution(values[np.isfinite(values)]))
                for item, values in zip(indicators, stacked["y"], strict=True)
            ]
        ),
        pact=place(pacts, np.where(pacts["value"] > 0, 1.0, 0.0), np.nan),
        **stacked,
    )
