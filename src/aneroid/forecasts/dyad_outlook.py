"""The next week or month between governments, in the form that people read: a probability, its range, what is usual."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.forecasts.dyad_events import DyadEvents, event_classes
from aneroid.forecasts.dyad_features import happened
from aneroid.forecasts.dyads import DyadForecaster, least_days
from aneroid.forecasts.reliability import Reliability

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

_TRIALS = 8  # periods held back to see how often forecasts came true


def outlook(
    events: DyadEvents,
    *,
    day: int | None = None,
    horizon: int = 7,
    progress: Callable[[str], None] | None = None,
) -> pd.DataFrame:
    """Forecast one period for every pair of states that has met before.

    Parameters
    ----------
    events
        What was reported; events of ``day`` and later are not looked at.
    day
        First day of the period, counted as in ``events``; default the day after the last event.
    horizon
        Days in the period.
    progress
        Called with what is being done.

    Returns
    -------
    pandas.DataFrame
        ``source, target, class, label, start, end`` (ISO dates, or days where the source only numbers them; ``end`` is
        the last day of the period), ``probability`` of at least one event, ``lo90, hi90``: in the periods held back,
        forecasts like this one came true at a rate within this range (``n_past`` of them), ``climatology``: the pair's
        own past rate, shrunk to that of all pairs.

    Raises
    ------
    InputError
        With too little history.
    """
    import pandas as pd

    say = progress or (lambda line: None)
    first = int(events.day.max()) + 1 if day is None else day
    held_back = first - _TRIALS * horizon
    if held_back < least_days(horizon):
        raise InputError(
            f"{max(first, 0)} days of events lie before the period; {least_days(horizon) + _TRIALS * horizon} are needed to "
            f"forecast {horizon} days ahead and to say how often such forecasts came true."
        )
    say("Learning without the last periods, to see how often such forecasts come true …")
    tables = _reliability(events, held_back, first, horizon)
    say("Learning from everything …")
    state, probability = DyadForecaster(events, first, horizon=horizon).predict(events, first)
    start, end = _dates(events, first, horizon)
    parts = []
    for kind, one in enumerate(event_classes()):
        p = probability["full"][:, kind]
        low, high, n = tables[kind].range(p)
        names = np.array(events.states)
        parts.append(
            pd.DataFrame(
                {
                    "source": names[state.source],
                    "target": names[state.target],
                    "class": one.name,
                    "label": one.label,
                    "start": start,
                    "end": end,
                    "probability": p,
                    "lo90": low,
                    "hi90": high,
                    "n_past": n,
                    "climatology": probability["climatology"][:, kind],
                }
            )
        )
    out: pd.DataFrame = pd.concat(parts, ignore_index=True)
    return out.sort_values(
        ["probability", "source", "target"], ascending=[False, True, True], ignore_index=True
    )


def day_number(events: DyadEvents, on: str) -> int:
    """Return the day of an ISO date, or of a number where the source only numbers its days."""
    try:
        if not events.first_day:
            return int(on)
        return (date.fromisoformat(on) - date.fromisoformat(events.first_day)).days
    except ValueError:
        form = "a date such as 2018-09-01" if events.first_day else "the number of a day, such as 240"
        raise InputError(f"The period cannot begin on {on!r}; give {form}.") from None


def _reliability(events: DyadEvents, held_back: int, first: int, horizon: int) -> list[Reliability]:
    forecaster = DyadForecaster(events, held_back, horizon=horizon)
    known, told, came = events.before(first), [], []
    for day in range(held_back, first - horizon + 1, horizon):
        state, probability = forecaster.predict(known, day)
        told.append(probability["full"])
        came.append(happened(known, state, horizon))
    probability_of, outcome_of = np.concatenate(told), np.concatenate(came)
    return [Reliability.of(p, y) for p, y in zip(probability_of.T, outcome_of.T, strict=True)]


def _dates(events: DyadEvents, first: int, horizon: int) -> tuple[str, str]:
    if not events.first_day:
        return str(first), str(first + horizon - 1)
    begin = date.fromisoformat(events.first_day) + timedelta(days=first)
    return begin.isoformat(), (begin + timedelta(days=horizon - 1)).isoformat()
