"""State-based deaths by country and month as 1,000 equally likely draws.

The forecast for year Y uses months up to October of Y − 1. It is a mixture of the simple forecasters in
``fatality_pools``: p(y | country) = Σ_k π_k(class) p_k(y | country). The weights maximise the log score over the bins
of the VIEWS challenge at pseudo-origins before the cut, by expectation–maximisation, shrunk to equal weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.forecasts.fatality_pools import (
    FIRST_LEAD,
    N_CLASSES,
    YEAR,
    conflict_class,
    forecasters,
    outcomes_after,
    stratified,
)
from aneroid.scores.samples import FATALITY_BINS

if TYPE_CHECKING:
    import pandas as pd

N_DRAWS = 1000
ALL_FORECASTERS = ("own year", "own past", "nearest", "overdispersed")
_FIRST_PSEUDO_ORIGIN, _PSEUDO_ORIGINS_BACK, _PSEUDO_STEP = 7, 30, 2
_SHRINKAGE = 30.0
_ROUNDS = 80


@dataclass(frozen=True)
class FatalityDraws:
    """Forecasts of one year: one row of ``draws`` (sorted whole numbers) for each country and month.

    ``weights`` tells how far each simple forecaster is trusted, by class of conflict (rows).
    """

    country_id: np.ndarray
    month_id: np.ndarray
    draws: np.ndarray
    weights: np.ndarray
    forecasters: tuple[str, ...]


def first_month(year: int) -> int:
    """Return the number of January of a year; 1 is January 1980."""
    return (year - 1980) * 12 + 1


def fatality_samples(
    history: pd.DataFrame, target_year: int, *, use: tuple[str, ...] = ALL_FORECASTERS, draws: int = N_DRAWS
) -> FatalityDraws:
    """Forecast the deaths in each country and month of a year, from what was known the October before.

    Parameters
    ----------
    history
        Columns ``country_id``, ``month_id`` (1 = January 1980) and ``fatalities``. Months after October of the year
        before ``target_year`` are not looked at.
    target_year
        The year to forecast.
    use
        The simple forecasters that enter the mixture.
    draws
        Draws a country and month.

    Returns
    -------
    FatalityDraws
        Twelve months for every country that has a figure for each month from the first one in the history; a
        country with a gap gets no forecast, since a missing month is not a month without deaths. The
        draws are quantiles of the predictive distribution, evenly spaced in probability; read shares of them as
        probabilities. They are the same for the twelve months.

    Raises
    ------
    InputError
        With fewer than 12 months of history before the cut, or a name in ``use`` that does not exist.

    References
    ----------
    Hegre et al. 2024, doi:10.48550/arXiv.2407.11045 (protocol).
    """
    unknown = set(use) - set(ALL_FORECASTERS)
    if unknown or not use:
        raise InputError(
            f"No forecaster of fatalities is called {sorted(unknown)}; choose from {ALL_FORECASTERS}."
        )
    start = first_month(target_year)
    countries, table = _table(history, start - FIRST_LEAD, target_year)
    weights = _learn(table, use)
    parts = forecasters(table)
    rows = [
        _mix([parts[name][i] for name in use], weights[row], draws)
        for i, row in enumerate(conflict_class(table))
    ]
    return FatalityDraws(
        np.repeat(countries, YEAR),
        np.tile(np.arange(start, start + YEAR), len(countries)),
        np.repeat(np.stack(rows).astype(np.int64), YEAR, axis=0),
        weights,
        use,
    )


def _table(history: pd.DataFrame, last: int, year: int) -> tuple[np.ndarray, np.ndarray]:
    past = history[history["month_id"] <= last]
    if past.empty or past["month_id"].max() < last or last - past["month_id"].min() + 1 < YEAR:
        raise InputError(
            f"The history does not hold the 12 months up to October {year - 1} that a forecast of {year} needs; "
            "give a file with earlier months."
        )
    table = past.pivot(index="country_id", columns="month_id", values="fatalities")
    table = table.reindex(columns=range(int(table.columns.min()), last + 1)).dropna().sort_index()
    if table.empty:
        raise InputError(f"No country has a figure for every month up to October {year - 1}; fill the gaps.")
    return table.index.to_numpy(np.int64), table.to_numpy(np.float64)


def _mix(parts: list[np.ndarray], weights: np.ndarray, draws: int) -> np.ndarray:
    spread = [np.full(len(part), weight / len(part)) for part, weight in zip(parts, weights, strict=True)]
    return stratified(np.concatenate(parts), np.concatenate(spread), draws)


def _learn(table: np.ndarray, use: tuple[str, ...]) -> np.ndarray:
    """Weights by class of conflict, from origins at which three to fourteen months ahead is already known."""
    last = table.shape[1] - FIRST_LEAD
    given, rows = [], []
    for origin in range(max(_FIRST_PSEUDO_ORIGIN, last + 1 - _PSEUDO_ORIGINS_BACK), last + 1, _PSEUDO_STEP):
        parts = forecasters(table[:, :origin])
        later = outcomes_after(table, origin)
        share = np.stack([_shares(parts[name], later) for name in use], axis=-1)
        known = ~np.isnan(later)
        given.append(share[known])
        rows.append(np.repeat(conflict_class(table[:, :origin])[:, None], later.shape[1], axis=1)[known])
    prior = np.full(len(use), 1 / len(use))
    probabilities, row = np.concatenate(given), np.concatenate(rows)
    return np.stack([_maximise(probabilities[row == i], prior) for i in range(N_CLASSES)])


def _shares(points: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Share of each country's points that fall in the bin of each later month."""
    bins = len(FATALITY_BINS)
    own = np.searchsorted(FATALITY_BINS, points, side="right") - 1
    share = np.stack([np.bincount(row, minlength=bins) for row in own]) / points.shape[1]
    wanted = np.searchsorted(FATALITY_BINS, np.nan_to_num(later), side="right") - 1
    return np.take_along_axis(share, wanted, axis=1)


def _maximise(given: np.ndarray, prior: np.ndarray) -> np.ndarray:
    weights = prior
    for _ in range(_ROUNDS):
        blame = given * weights + 1e-12
        blame /= blame.sum(axis=1, keepdims=True)
        weights = (blame.sum(axis=0) + _SHRINKAGE * prior) / (len(given) + _SHRINKAGE)
    return weights
