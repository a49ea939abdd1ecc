"""Simple forecasters of deaths in a country's month, 3 to 14 months ahead. Each is a row of equally likely counts.

``own year`` is the last 12 months ("conflictology"); ``own past`` fades over up to 48 months; ``nearest`` is what
followed where a country's past looked most alike; ``overdispersed`` is a negative binomial with the mean of the last
year and shape ½.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

FIRST_LEAD, LAST_LEAD = 3, 14
YEAR = 12
_PAST_MONTHS, _PAST_HALF_LIFE = 48, 10.0
_NEAREST = 120
_POINTS = 100
_SHAPE = 0.5
_LEAST_HISTORY = 3
_ACTIVE, _WAR = 0.7, 2.5  # mean of log(1 + deaths) over the last year


@dataclass(frozen=True)
class Analogs:
    """Past country-months seen as if they were now: state and the outcomes 3 to 14 months later."""

    state: np.ndarray
    outcomes: np.ndarray


def _mean_of_last(logs: np.ndarray, months: int) -> np.ndarray:
    return np.asarray(logs[:, -months:].mean(axis=1))


def conflict_state(history: np.ndarray) -> np.ndarray:
    """Describe the end of each country's history; Euclidean distance between rows says how alike two are."""
    logs = np.log1p(history)
    year = logs[:, -YEAR:]
    return np.stack(
        [
            0.5 * logs[:, -1],
            _mean_of_last(logs, 3),
            _mean_of_last(logs, 6),
            1.5 * year.mean(axis=1),
            2.0 * (year > 0).mean(axis=1),
            0.5 * year.max(axis=1),
            _mean_of_last(logs, 24),
        ],
        axis=1,
    )


def conflict_class(history: np.ndarray) -> np.ndarray:
    """Return 0 never a death, 1 none in the last year, 2 few, 3 some, 4 many."""
    year = history[:, -YEAR:]
    level = np.log1p(year).mean(axis=1)
    recent = np.where(level < _ACTIVE, 2, np.where(level < _WAR, 3, 4))
    return np.where(history.sum(axis=1) == 0, 0, np.where(year.sum(axis=1) == 0, 1, recent))


N_CLASSES = 5


def outcomes_after(history: np.ndarray, origin: int) -> np.ndarray:
    """Return months 3 to 14 after the first ``origin`` ones; not yet known ones are NaN."""
    out = np.full((len(history), LAST_LEAD - FIRST_LEAD + 1), np.nan)
    known = history[:, origin + FIRST_LEAD - 1 : origin + LAST_LEAD]
    out[:, : known.shape[1]] = known
    return out


def analogs(history: np.ndarray) -> Analogs:
    """Collect every past month of every country of which some outcome is known."""
    origins = range(_LEAST_HISTORY, history.shape[1] - FIRST_LEAD + 1)
    return Analogs(
        np.concatenate([conflict_state(history[:, :origin]) for origin in origins]),
        np.concatenate([outcomes_after(history, origin) for origin in origins]),
    )


def stratified(values: np.ndarray, weights: np.ndarray, n: int) -> np.ndarray:
    """Return the n midpoint quantiles of weighted values: n equally likely draws without sampling noise."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    position = np.searchsorted(reached, (np.arange(n) + 0.5) / n)
    return np.asarray(values[order][np.minimum(position, len(values) - 1)])


def forecasters(history: np.ndarray) -> dict[str, np.ndarray]:
    """Forecast each country from the end of its history in each simple way.

    Parameters
    ----------
    history
        Countries × months, without gaps, oldest month first.

    Returns
    -------
    dict
        By name: countries × equally likely counts.
    """
    year = history[:, -YEAR:]
    past = history[:, ::-1][:, :_PAST_MONTHS]
    fading = 0.5 ** (np.arange(past.shape[1]) / _PAST_HALF_LIFE)
    share = (np.arange(_POINTS) + 0.5) / _POINTS
    mean = np.maximum(year.mean(axis=1, keepdims=True), 1e-9)
    return {
        "own year": year.astype(np.float64),
        "own past": np.stack([stratified(row, fading, _POINTS) for row in past]),
        "overdispersed": stats.nbinom.ppf(share, _SHAPE, _SHAPE / (_SHAPE + mean)),
        "nearest": _after_the_nearest(conflict_state(history), analogs(history)),
    }


def _after_the_nearest(state: np.ndarray, known: Analogs) -> np.ndarray:
    rows = []
    for own in state:
        distance = ((known.state - own) ** 2).sum(axis=1)
        outcomes = known.outcomes[np.argsort(distance, kind="stable")[:_NEAREST]]
        rows.append(_points(outcomes[~np.isnan(outcomes)]))
    return np.stack(rows)


def _points(values: np.ndarray) -> np.ndarray:
    return stratified(values, np.ones(len(values)), _POINTS)
