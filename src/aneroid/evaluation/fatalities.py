"""The evaluation task ``fatalities``: deaths by country and month, as 1,000 draws, on a rolling origin."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.forecasts.fatalities import ALL_FORECASTERS, fatality_samples
from aneroid.forecasts.fatality_history import COLUMNS, with_earlier_months
from aneroid.scores import coverage, interval_score
from aneroid.scores.samples import (
    crps_of_draws,
    ignorance_of_draws,
    quantile_of_draws,
    randomised_coverage,
)
from aneroid.tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd

Scores = dict[str, float | int | None]
_FIELDS = ("mean", "q05", "q50", "q95", "ign")


def evaluate_fatalities(
    actuals_file: Path, predictions_path: Path, *, use: tuple[str, ...] = ALL_FORECASTERS
) -> dict[str, object]:
    """Forecast every year in a file from the October before, and score the forecasts.

    Parameters
    ----------
    actuals_file
        Parquet with ``country_id, month_id, fatalities``. It is target and, for later years, history; months before
        its first come from the packaged history.
    predictions_path
        Written: a JSON object a line for every row of the file in its order, ``country_id, month_id, mean, q05, q50,
        q95, ign``; null where fewer than 12 months precede the cut or the country's series has a gap.
    use
        The simple forecasters in the mixture; the last twelve months alone are ``("own year",)``.

    Returns
    -------
    dict
        ``years``: by year ``n``, ``ign`` (bits, 1,000 draws), ``crps``, ``crps_log1p``, ``mis`` (interval score of
        the 90 % interval), ``coverage`` (closed intervals: zeros make it exceed .9), ``coverage_active`` (those
        whose upper end is above zero) and ``coverage_randomised`` (ties counted in part: .9 if calibrated).
        ``mean``: the same, averaged over years. ``n_missing``: rows without a forecast.

    Raises
    ------
    InputError
        The file is missing or lacks a column, a figure is empty or negative, or no year in it can be forecast.
    """
    actuals = _read(actuals_file)
    history = with_earlier_months(actuals)
    lines = np.full((len(actuals), len(_FIELDS)), np.nan)
    years: dict[str, Scores] = {}
    row_of = {key: i for i, key in enumerate(zip(actuals["country_id"], actuals["month_id"], strict=True))}
    for year in sorted(set((actuals["month_id"] - 1) // 12 + 1980)):
        try:
            forecast = fatality_samples(history, int(year), use=use)
        except InputError:
            continue  # too little history: these rows stay null, and are counted
        keys = zip(forecast.country_id.tolist(), forecast.month_id.tolist(), strict=True)
        rows = np.array([row_of.get(key, -1) for key in keys])
        known = rows >= 0
        if not known.any():
            continue
        draws, rows = forecast.draws[known], rows[known]
        outcomes = actuals["fatalities"].to_numpy(np.float64)[rows]
        lines[rows] = _describe(draws, outcomes)
        years[str(year)] = _score(draws, outcomes)
    if not years:
        raise InputError(
            f"No year in {actuals_file.name} has 12 months of history up to the October before; give earlier months."
        )
    _write(actuals, lines, predictions_path)
    missing = int(np.isnan(lines[:, 0]).sum())
    return {"n": len(actuals), "n_missing": missing, "years": years, "mean": _mean(years)}


def _read(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(f"There is no file {path}; give a Parquet table with {', '.join(COLUMNS)}.")
    frame = read_parquet(path)
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise InputError(f"{path.name} lacks the column {', '.join(missing)}; it needs {', '.join(COLUMNS)}.")
    frame = frame[COLUMNS]
    if frame.isna().to_numpy().any() or (frame["fatalities"] < 0).any():
        raise InputError(f"{path.name} has empty or negative figures; leave a missing month out instead.")
    if frame.duplicated(["country_id", "month_id"]).any():
        raise InputError(f"{path.name} names a country and month twice; keep one row of each.")
    return frame


def _describe(draws: np.ndarray, outcomes: np.ndarray) -> np.ndarray:
    quantiles = [quantile_of_draws(draws, level) for level in (0.05, 0.5, 0.95)]
    return np.column_stack([draws.mean(axis=1), *quantiles, ignorance_of_draws(draws, outcomes)])


def _score(draws: np.ndarray, outcomes: np.ndarray) -> Scores:
    low, high = quantile_of_draws(draws, 0.05), quantile_of_draws(draws, 0.95)
    active = high > 0
    return {
        "n": len(outcomes),
        "ign": float(ignorance_of_draws(draws, outcomes).mean()),
        "crps": float(crps_of_draws(draws, outcomes).mean()),
        "crps_log1p": float(crps_of_draws(np.log1p(draws), np.log1p(outcomes)).mean()),
        "mis": interval_score(low, high, outcomes),
        "coverage": coverage(low, high, outcomes),
        "coverage_active": coverage(low[active], high[active], outcomes[active]) if active.any() else None,
        "coverage_randomised": randomised_coverage(draws, outcomes),
    }


def _mean(years: dict[str, Scores]) -> Scores:
    def average(name: str) -> float | None:
        values = [scores[name] for scores in years.values()]
        known = [value for value in values if value is not None]
        return float(np.mean(known)) if known else None

    return {name: average(name) for name in next(iter(years.values())) if name != "n"}


def _write(actuals: pd.DataFrame, lines: np.ndarray, path: Path) -> None:
    keys = zip(actuals["country_id"].tolist(), actuals["month_id"].tolist(), strict=True)
    with path.open("w", encoding="utf-8") as out:
        for (country, month), line in zip(keys, lines.tolist(), strict=True):
            values = {
                name: None if value != value else value for name, value in zip(_FIELDS, line, strict=True)
            }
            out.write(json.dumps({"country_id": country, "month_id": month, **values}) + "\n")
