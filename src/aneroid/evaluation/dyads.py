"""Dyad forecasts on a rolling origin: learned again every few weeks, scored on the weeks that follow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aneroid.forecasts.dyad_events import DyadEvents
from aneroid.forecasts.dyad_features import happened
from aneroid.forecasts.dyads import MODELS, DyadForecaster, class_names

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

RELEARN = 4  # periods between two times of learning
_BOOTSTRAP = 400


@dataclass(frozen=True)
class RollingForecasts:
    """Forecasts of every model beside what happened: one row a pair and period, one column a class."""

    day: np.ndarray
    pair: np.ndarray
    outcome: np.ndarray
    probability: dict[str, np.ndarray]


def roll(
    events: DyadEvents,
    first: int,
    last: int,
    *,
    horizon: int = 7,
    progress: Callable[[int, int], None] | None = None,
) -> RollingForecasts:
    """Forecast every period from ``first`` on that ends by ``last``, each from the days before it.

    Parameters
    ----------
    events
        All events.
    first, last
        First day of the first period, and the day after the last one.
    horizon
        Days in a period.
    progress
        Called with periods done and periods in all.
    """
    days = range(first, last - horizon + 1, horizon)
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, np.ndarray]]] = []
    for i, day in enumerate(days):
        if i % RELEARN == 0:
            forecaster = DyadForecaster(events, day, horizon=horizon)
        state, probability = forecaster.predict(events, day)
        pair = state.source * len(events.states) + state.target
        parts.append((np.full(len(pair), day), pair, happened(events, state, horizon), probability))
        if progress:
            progress(i + 1, len(days))
    return RollingForecasts(
        np.concatenate([part[0] for part in parts]),
        np.concatenate([part[1] for part in parts]),
        np.concatenate([part[2] for part in parts]),
        {model: np.concatenate([part[3][model] for part in parts]) for model in MODELS},
    )


def score_table(rolled: RollingForecasts, *, seed: int = 0) -> pd.DataFrame:
    """Score every model and class.

    Returns
    -------
    pandas.DataFrame
        ``class``, ``share`` of pair-periods with an event, ``model``, ``brier_skill`` and ``log_skill`` against the base
        rate (1 is perfect, 0 no better), ``calibration_error``, and for the log skill ``gain`` over the model before,
        with a 90 % interval from a bootstrap over pairs (``gain_lo90``, ``gain_hi90``).
    """
    import pandas as pd

    rng = np.random.default_rng(seed)
    pairs, pair = np.unique(rolled.pair, return_inverse=True)
    draws = rng.multinomial(len(pairs), np.full(len(pairs), 1 / len(pairs)), size=_BOOTSTRAP)
    rows = []
    for k, name in enumerate(class_names()):
        y = rolled.outcome[:, k]
        log_loss = {model: _log_losses(p[:, k], y) for model, p in rolled.probability.items()}
        base = _by_pair(log_loss["base rate"], pair)
        brier_base = float(((rolled.probability["base rate"][:, k] - y) ** 2).mean())
        for before, model in pairwise(MODELS):
            p = rolled.probability[model][:, k]
            gain = _by_pair(log_loss[before] - log_loss[model], pair)
            low, high = np.quantile((draws @ gain) / (draws @ base), [0.05, 0.95])
            rows.append(
                {
                    "class": name,
                    "share": float(y.mean()),
                    "model": model,
                    "brier_skill": 1 - float(((p - y) ** 2).mean()) / brier_base,
                    "log_skill": 1 - float(log_loss[model].sum() / base.sum()),
                    "calibration_error": reliability_gap(p, y),
                    "gain": float(gain.sum() / base.sum()),
                    "gain_lo90": float(low),
                    "gain_hi90": float(high),
                }
            )
    return pd.DataFrame(rows)


def reliability_gap(probability: np.ndarray, outcome: np.ndarray, *, bins: int = 15) -> float:
    """Expected calibration error of the probability that an event happens, in bins of equal width."""
    place = np.minimum((probability * bins).astype(np.int64), bins - 1)
    return float(np.abs(np.bincount(place, probability - outcome, minlength=bins)).sum() / len(outcome))


def _log_losses(probability: np.ndarray, outcome: np.ndarray) -> np.ndarray:
    return np.asarray(-np.where(outcome, np.log(probability), np.log1p(-probability)))


def _by_pair(values: np.ndarray, pair: np.ndarray) -> np.ndarray:
    return np.bincount(pair, values)
