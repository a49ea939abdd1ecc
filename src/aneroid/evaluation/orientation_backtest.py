"""Does closeness help to foresee what a state and a pole do next?

On the last day of every origin, everything is estimated again from what was known: votes measured, closeness fitted, a logit
of each outcome learned from earlier origins whose outcome had been published. The logit knows the history of the dyad
(happened in the last year known, how often in the last five, years since, ever, what is in force, the pole); beside
it stands the same logit with one score added (its value, its square, whether it is missing). What a score **adds** is the
difference of their log scores on the years after the origin.

References
----------
Beck, Katz, Tucker (1998), doi:10.2307/2991857, on years since the last event;
Ward, Greenhill, Bakke (2010), doi:10.1177/0022343309356491, on judging by prediction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aneroid.evaluation.orientation_bootstrap import Interval, two_way
from aneroid.evaluation.orientation_logit import fit_logit, log_score
from aneroid.evaluation.orientation_outcomes import FIRST, Grid, Outcome, window
from aneroid.evaluation.orientation_scores import OURS, SINGLE

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

HORIZONS = (1, 5)
FIRST_TEST = 1975
FEWEST_ORIGINS, FEWEST_EVENTS = 3, 30
"""An origin is tested once so many earlier ones, with so many events, can be learned from."""
MOST_ORIGINS = 15
"""Older ones teach nothing any more."""
BEST_SINGLE = "best single indicator"
NEVER = 50.0


@dataclass
class Forecasts:
    """Log scores of all forecasts of one outcome and horizon, one row a dyad and origin."""

    outcome: str
    horizon: int
    log: dict[str, list[Floats]] = field(default_factory=dict)
    """By score; ``history`` is the logit without any."""
    state: list[NDArray[np.intp]] = field(default_factory=list)
    origin: list[NDArray[np.intp]] = field(default_factory=list)
    happened: list[Floats] = field(default_factory=list)

    def added(self, score: str, over: str = "history", *, without: Sequence[int] = ()) -> Interval:
        """What a score adds to history, or to another score, per dyad and origin, in thousandths of a nat.

        Parameters
        ----------
        score, over
            Names of forecasts.
        without
            Origins to leave out.
        """
        origin = np.concatenate(self.origin)
        kept = ~np.isin(origin, list(without))
        gain = 1000 * (np.concatenate(self.log[score]) - np.concatenate(self.log[over]))
        # Windows of five years overlap: neighbouring origins are one wave.
        wave = origin // self.horizon
        return two_way(gain[kept], np.concatenate(self.state)[kept], wave[kept])


def history(outcome: Outcome, grid: Grid, origin: int) -> Floats:
    """What a historian of each dyad knows on the last day of an origin.

    Returns
    -------
    array
        States × poles × covariates, without missing values.
    """
    last = origin - outcome.lag
    past = outcome.happened[:, :, : max(last - FIRST + 1, 0)]
    seen = np.isfinite(past)
    filled = np.where(seen, past, 0.0)
    shape = filled.shape[:2]
    recent, known = filled[:, :, -5:].sum(axis=2), seen[:, :, -5:].sum(axis=2)
    now = filled[:, :, -1] if filled.shape[2] else np.zeros(shape)
    if outcome.name == "votes":
        total = filled.sum(axis=2) / np.maximum(seen.sum(axis=2), 1)
        mean = np.where(known > 0, recent / np.maximum(known, 1), total)
        now = np.where(seen[:, :, -1], now, mean)
        columns = [now, mean, total, (known > 0).astype(float), (seen.sum(axis=2) > 0).astype(float)]
    else:
        event = filled > 0
        ever = event.any(axis=2)
        since = np.where(ever, np.argmax(event[:, :, ::-1], axis=2) + 1.0, NEVER)
        columns = [now, recent, np.log(np.minimum(since, NEVER)), ever.astype(float)]
        columns += [filled.sum(axis=2) / np.maximum(seen.sum(axis=2), 1)]
        stock = outcome.stock[:, :, max(last - FIRST, 0)]
        columns += [stock, (stock > 0).astype(float), (stock == stock.max()).astype(float)]
    columns += [np.log1p(grid.exists[:, :, : origin - FIRST + 1].sum(axis=2))]
    poles = np.broadcast_to(np.eye(len(grid.poles)), (shape[0], len(grid.poles), len(grid.poles)))
    return np.concatenate([np.stack(columns, axis=2), poles], axis=2)


def back_test(
    grid: Grid,
    results: Sequence[Outcome],
    scores: dict[int, pd.DataFrame],
    *,
    horizons: Sequence[int] = HORIZONS,
    first_test: int = FIRST_TEST,
) -> list[Forecasts]:
    """Forecast every outcome from every origin with every score.

    Parameters
    ----------
    grid, results
        Dyads and outcomes.
    scores
        By origin, as `scores_at` returns them.
    horizons
        Years ahead.
    first_test
        Earlier origins only teach.

    Returns
    -------
    list of Forecasts
        One an outcome and horizon for which anything could be tested.
    """
    placed = {origin: _placed(grid, frame) for origin, frame in scores.items()}
    done = []
    for outcome in results:
        past = {origin: history(outcome, grid, origin) for origin in scores}
        for horizon in horizons:
            made = _forecasts(outcome, horizon, grid, past, placed, first_test)
            if made.state:
                done.append(made)
    return done


def _placed(grid: Grid, frame: pd.DataFrame) -> dict[str, Floats]:
    """Lay the scores of an origin out over states × poles; ``nan`` is missing."""
    year = frame.assign(year=FIRST)
    return {name: grid.place(year, name)[:, :, 0] for name in frame.columns if name not in {"state", "pole"}}


def _forecasts(
    outcome: Outcome,
    horizon: int,
    grid: Grid,
    past: dict[int, Floats],
    placed: dict[int, dict[str, Floats]],
    first_test: int,
) -> Forecasts:
    made = Forecasts(outcome.name, horizon)
    rows = {}
    for origin in sorted(past):
        y = window(outcome, origin, horizon)
        there = grid.exists[:, :, origin - FIRST] & np.isfinite(y)
        if there.any():
            rows[origin] = (there, y[there], past[origin][there])
    for origin in rows:
        before = [o for o in rows if o + horizon + outcome.lag <= origin]
        if origin < first_test or len(before) < FEWEST_ORIGINS:
            continue
        before = before[-MOST_ORIGINS:]
        if outcome.name != "votes" and sum(rows[o][1].sum() for o in before) < FEWEST_EVENTS:
            continue
        _forecast(made, origin, before, rows, placed)
    return made


def _forecast(
    made: Forecasts,
    origin: int,
    before: Sequence[int],
    rows: dict[int, tuple[NDArray[np.bool_], Floats, Floats]],
    placed: dict[int, dict[str, Floats]],
) -> None:
    there, y, x = rows[origin]
    train_x = np.concatenate([rows[o][2] for o in before])
    train_y = np.concatenate([rows[o][1] for o in before])
    base = fit_logit(train_x, train_y)
    found = {"history": log_score(base.probability(x), y)}
    best = -np.inf
    for name in placed[origin]:
        then = [
            placed[o][name][rows[o][0]] if name in placed[o] else np.full(len(rows[o][1]), np.nan)
            for o in before
        ]
        extra, now = _covariates(np.concatenate(then), placed[origin][name][there])
        model = fit_logit(np.column_stack([train_x, extra]), train_y, base)
        score = log_score(model.probability(np.column_stack([x, now])), y)
        if not name.startswith(SINGLE):
            found[name] = score
        elif model.log_likelihood > best:
            best, found[BEST_SINGLE] = model.log_likelihood, score
    for name, score in found.items():
        made.log.setdefault(name, []).append(score)
    made.state.append(np.nonzero(there)[0])
    made.origin.append(np.full(len(y), origin))
    made.happened.append(y)


def _covariates(then: Floats, now: Floats) -> tuple[Floats, Floats]:
    """Score, its square and whether it is missing, on the scale of the training rows and within their range."""
    seen = np.isfinite(then)
    if not seen.any():
        return np.zeros((then.size, 3)), np.zeros((now.size, 3))
    centre, unit = then[seen].mean(), then[seen].std() or 1.0
    low, high = then[seen].min(), then[seen].max()

    def columns(value: Floats) -> Floats:
        there = np.isfinite(value)
        z = np.where(there, (np.clip(np.nan_to_num(value), low, high) - centre) / unit, 0.0)
        return np.column_stack([z, np.where(there, z**2, 0.0), ~there])

    return columns(then), columns(now)


def summary(forecasts: Sequence[Forecasts]) -> pd.DataFrame:
    """Put what every score adds into one table.

    Returns
    -------
    pandas.DataFrame
        ``horizon, outcome, origins, n, events``; for each score what it adds in thousandths of a nat per dyad and
        origin, with ``*`` where the 95 % interval excludes zero; ``ours_lo, ours_hi``; ``verdict`` of ours (adds, tie,
        worse); ``best other`` and ``over best other`` with its interval.
    """
    import pandas as pd

    rows = []
    for made in forecasts:
        others = [name for name in made.log if name not in {"history", OURS}]
        added = {name: made.added(name) for name in (OURS, *others)}
        best = max(others, key=lambda name: added[name].mean)
        over = made.added(OURS, best)
        happened = np.concatenate(made.happened)
        rows.append(
            {
                "horizon": made.horizon,
                "outcome": made.outcome,
                "origins": len(made.origin),
                "n": happened.size,
                "rate": float(happened.mean()),
                "history": float(np.concatenate(made.log["history"]).mean() * 1000),
                OURS: added[OURS].mean,
                "lo": added[OURS].low,
                "hi": added[OURS].high,
                "verdict": {1: "adds", 0: "tie", -1: "worse"}[added[OURS].verdict],
                **{
                    name: f"{added[name].mean:.2f}{'*' if added[name].verdict > 0 else ''}" for name in others
                },
                "best other": best,
                "over it": over.mean,
                "over_lo": over.low,
                "over_hi": over.high,
            }
        )
    return pd.DataFrame(rows)


def tally(table: pd.DataFrame) -> pd.DataFrame:
    """Count outcomes by horizon.

    Returns
    -------
    pandas.DataFrame
        ``adds`` and ``worse`` significantly than history alone; ``most``, adds more than every other score (``most
        significantly`` where the interval over the best other excludes zero), and ``beaten significantly`` by it.
    """
    import pandas as pd

    rows = []
    for horizon, part in table.groupby("horizon"):
        rows.append(
            {
                "horizon": horizon,
                "outcomes": len(part),
                "adds": int((part["verdict"] == "adds").sum()),
                "worse": int((part["verdict"] == "worse").sum()),
                "most": int((part["over it"] > 0).sum()),
                "most significantly": int((part["over_lo"] > 0).sum()),
                "beaten significantly": int((part["over_hi"] < 0).sum()),
            }
        )
    return pd.DataFrame(rows)
