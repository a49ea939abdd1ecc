"""New readings added to a finished fit: the states they touch are solved again, the parameters stay.

Thresholds of levels, units and parameters are those of the fit. A year after its last is appended; the common shock of a new
pole-year is estimated from the new readings alone, shrunken towards zero as in the fit. States that no reading touches keep
their estimates. A full fit on all readings says the same up to what the new readings would have changed in the parameters.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.orientation.indicators import COLUMNS, Design, slope, transform
from aneroid.orientation.jackknife import covariances
from aneroid.orientation.levels import working as grade
from aneroid.orientation.poles import States, solve
from aneroid.orientation.working import Working

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array, Parameters
    from aneroid.sources.indicators import Indicator

    Places = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]

FARTHEST = 3
"""Years after the last of the fit that may be appended; later, fit again."""


def update(fit: OrientationFit, readings: pd.DataFrame, indicators: Sequence[Indicator]) -> OrientationFit:
    """Add readings; see `OrientationFit.update`."""
    rows = _usable(fit, readings)
    at = _places(fit, rows)
    grown = max(0, int(at[3].max()) - fit.design.years.size + 1)
    design, parameters = _grow(fit.design, grown), _grow_parameters(fit.parameters, grown)
    working = _grow_working(fit.working, grown)
    mean = np.concatenate([fit.mean, np.full((*fit.mean.shape[:2], grown), np.nan)], axis=2)
    _place(design, working, fit, rows, at, indicators)
    parameters = _with_shocks(parameters, design, working, mean, at)
    _start_levels(design, parameters, working, mean, at)
    only = np.unique(at[1]).tolist()
    states = States(design, parameters, fit.priors, working)
    solve(states, only=only)
    solved = solve(states, last=True, only=only)
    spread = np.concatenate([fit.spread, np.repeat(fit.spread[..., -1:], grown, axis=-1)], axis=-1)
    more = covariances(spread[:, only])
    cov, across = (
        np.concatenate([old, np.zeros((old.shape[0], grown, *old.shape[2:]))], axis=1)
        for old in (fit.cov, fit.across)
    )
    mean[only], cov[only], across[only] = (
        solved[0][only],
        solved[1][only] + more[0],
        solved[2][only] + more[1],
    )
    cov, across = (each.astype(np.float32).astype(float) for each in (cov, across))
    latest = {name: int(rows["year"][rows["indicator"] == name].max()) for name in rows["indicator"].unique()}
    notes = tuple(replace(n, last_year=max(n.last_year, latest.get(n.name, 0))) for n in fit.indicators)
    return replace(
        fit,
        design=design,
        parameters=parameters,
        indicators=notes,
        mean=np.where(design.exists, mean, np.nan),
        cov=cov,
        across=across,
        working=working,
        spread=spread,
        _solutions={},
    )


def _usable(fit: OrientationFit, readings: pd.DataFrame) -> pd.DataFrame:
    missing = [name for name in COLUMNS if name not in readings.columns]
    if missing:
        raise InputError(f"Readings lack the columns {', '.join(missing)}; needed are {', '.join(COLUMNS)}.")
    rows = readings[readings["value"].notna() & (readings["state"] != readings["pole"])]
    for column, known in (("state", fit.states), ("pole", fit.poles), ("indicator", fit.design.names)):
        strange = sorted(set(rows[column]) - set(known))
        if strange:
            raise InputError(f"The fit has no {column} {', '.join(strange)}; fit again with all readings.")
    if rows.empty:
        raise InputError("No reading to add: every value is missing.")
    first, last = fit.years
    outside = rows[(rows["year"] < first) | (rows["year"] > last + FARTHEST)]
    if len(outside):
        raise InputError(
            f"{outside['year'].iloc[0]} lies outside {first}–{last + FARTHEST}, the years that can be added to; fit again."
        )
    return rows


def _places(fit: OrientationFit, rows: pd.DataFrame) -> Places:
    def position(column: str, axis: Sequence[str]) -> NDArray[np.intp]:
        where = {name: n for n, name in enumerate(axis)}
        return np.array([where[name] for name in rows[column]], dtype=np.intp)

    k, i, p = (
        position(column, axis)
        for column, axis in (("indicator", fit.design.names), ("state", fit.states), ("pole", fit.poles))
    )
    return k, i, p, np.asarray(rows["year"].to_numpy(np.intp) - fit.years[0], dtype=np.intp)


def _grow(design: Design, grown: int) -> Design:
    """Append empty years; every array is a copy."""
    years = np.arange(design.years[0], design.years[-1] + 1 + grown)

    def longer(name: str, fill: float) -> Array:
        old = getattr(design, name)
        return np.concatenate([old, np.full((*old.shape[:-1], grown), fill)], axis=-1)

    return replace(
        design,
        years=years,
        value=longer("value", np.nan),
        y=longer("y", np.nan),
        low=longer("low", np.nan),
        high=longer("high", np.nan),
        error=longer("error", 0.0),
        pact=longer("pact", np.nan),
    )


def _grow_parameters(parameters: Parameters, grown: int) -> Parameters:
    delta = parameters.delta
    return replace(parameters, delta=np.concatenate([delta, np.zeros((*delta.shape[:2], grown))], axis=2))


def _grow_working(working: Working, grown: int) -> Working:
    def longer(old: Array, fill: float) -> Array:
        return np.concatenate([old, np.full((*old.shape[:-1], grown), fill)], axis=-1)

    return Working(
        longer(working.steps, 1.0), longer(working.response, np.nan), longer(working.noise, np.nan)
    )


def _place(
    design: Design,
    working: Working,
    fit: OrientationFit,
    rows: pd.DataFrame,
    at: Places,
    indicators: Sequence[Indicator],
) -> None:
    """Write readings into the design, on the scale and by the thresholds of the fit."""
    by_name = {item.name: item for item in indicators}
    value = rows["value"].to_numpy(float)
    known = rows["sd"].astype(float).fillna(0.0).to_numpy() if "sd" in rows else np.zeros(len(rows))
    design.value[at] = value
    for k in np.unique(at[0]):
        mine = at[0] == k
        here = tuple(each[mine] for each in at)
        item, before = by_name[design.names[k]], np.isfinite(fit.design.y[k])
        raw, y = fit.design.value[k][before], fit.design.y[k][before]
        low, high = fit.design.low[k][before], fit.design.high[k][before]
        if (low < high).any():
            # A value between two that the fit has seen is a point between their scores.
            seen, first = np.unique(item.sign * raw, return_index=True)
            asked = item.sign * value[mine]
            near = np.clip(np.searchsorted(seen, asked), 0, seen.size - 1)
            same = (seen[near] == asked) | (asked > seen[-1]) | (asked < seen[0])
            score = np.interp(asked, seen, y[first])
            design.y[here] = score
            design.low[here] = np.where(same, low[first][near], score)
            design.high[here] = np.where(same, high[first][near], score)
            design.error[here] = 0.0
        else:
            turned = item.sign * transform(raw, item.transform)
            unit = float(turned @ turned / (turned @ y))
            for array in (design.y, design.low, design.high):
                array[here] = item.sign * transform(value[mine], item.transform) / unit
            design.error[here] = known[mine] * slope(value[mine], item.transform) / unit
    working.response[at] = design.y[at]
    working.noise[at] = fit.parameters.r2[at[0]] + design.error[at] ** 2


def _with_shocks(
    parameters: Parameters, design: Design, working: Working, mean: Array, at: Places
) -> Parameters:
    """Estimate the common shock of pole-years that the fit had no reading of."""
    delta = parameters.delta.copy()
    carried = np.where(np.isfinite(mean), mean, 0.0)
    last = np.where(np.isfinite(mean).any(axis=2), np.isfinite(mean).cumsum(axis=2).argmax(axis=2), 0)
    for k, p, t in {(int(k), int(p), int(t)) for k, _, p, t in zip(*at, strict=True)}:
        if delta[k, p, t] != 0.0 or not parameters.d2[k]:
            continue
        mine = np.flatnonzero(np.isfinite(working.response[k, :, p, t]))
        a = carried[mine, p, np.minimum(t, last[mine, p])] + parameters.mu[p]
        left = working.response[k, mine, p, t] - parameters.alpha[k, p] - parameters.lam[k] * a
        spread = parameters.tau2[k] + parameters.s2[k] + parameters.r2[k]
        delta[k, p, t] = left.sum() / (mine.size + spread / parameters.d2[k])
    return replace(parameters, delta=delta)


def _start_levels(design: Design, parameters: Parameters, working: Working, mean: Array, at: Places) -> None:
    """Give new levels a working response at where the state stood last."""
    k, i, p, t = at
    level = design.low[at] < design.high[at]
    if not level.any():
        return
    here = tuple(each[level] for each in at)
    k, i, p, t = here
    there = np.isfinite(mean[i, p])
    last = np.where(there.any(axis=1), there.cumsum(axis=1).argmax(axis=1), 0)
    a = np.nan_to_num(mean[i, p, np.minimum(t, last)]) + parameters.mu[p]
    eta = parameters.alpha[k, p] + parameters.delta[k, p, t] + parameters.lam[k] * a
    both = grade(eta, parameters.r2[k], design.low[here], design.high[here])
    working.response[here], working.noise[here] = both
