"""What is known of two states on a day: decayed counts of their events, and how much each of them does elsewhere.

All numbers come from events of earlier days. Counts c of events decay as Σ 2^(−age/h) with four half-lives h and enter
as log(1 + c).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aneroid.forecasts.dyad_events import DyadEvents, event_classes

_HALF_LIVES = (4.0, 14.0, 45.0, 150.0)  # days: this week, this month, this quarter, this year
_OWN_HALF_LIVES = (14.0, 150.0)  # of what a state does towards everybody
_MONTH = 1  # place of the half-life of a month


@dataclass(frozen=True)
class DyadState:
    """What is known on ``day``; every array has one row a pair that has met before.

    ``own`` and ``back`` (pairs × classes × half-lives): what source did to target, and target to source. ``sent`` and
    ``received`` of source (suffix 1) and target (2) towards everybody (pairs × classes × 2). ``weeks_with`` counts the
    weeks with an event of the class, of ``weeks``.
    """

    day: int
    source: np.ndarray
    target: np.ndarray
    own: np.ndarray
    back: np.ndarray
    sent: tuple[np.ndarray, np.ndarray]
    received: tuple[np.ndarray, np.ndarray]
    age: np.ndarray
    weeks_with: np.ndarray
    periods: float


def describe(events: DyadEvents, day: int, horizon: int) -> DyadState:
    """Describe every pair that has met before a day.

    Parameters
    ----------
    events
        Any events; those of ``day`` and later are not looked at.
    day
        First day that is not yet known.
    horizon
        Length in days of the periods whose history is counted.
    """
    past = events.before(day)
    n, kinds = len(events.states), len(event_classes()) + 1
    code = past.source * n + past.target
    pairs, pair = np.unique(code, return_inverse=True)
    source, target = pairs // n, pairs % n
    age = day - 1 - past.day
    own = np.zeros((len(pairs) + 1, kinds, len(_HALF_LIVES)))
    for i, life in enumerate(_HALF_LIVES):
        np.add.at(own[:, :, i], (pair, past.kind), 0.5 ** (age / life))
    sent, received = (np.zeros((n, kinds, len(_OWN_HALF_LIVES))) for _ in range(2))
    for i, life in enumerate(_OWN_HALF_LIVES):
        np.add.at(sent[:, :, i], (past.source, past.kind), 0.5 ** (age / life))
        np.add.at(received[:, :, i], (past.target, past.kind), 0.5 ** (age / life))
    place = np.minimum(np.searchsorted(pairs, target * n + source), len(pairs) - 1)
    place = np.where(pairs[place] == target * n + source, place, len(pairs))  # the last row is empty
    first = np.full(len(pairs), day)
    np.minimum.at(first, pair, past.day)
    met = np.unique(np.stack([pair, past.kind, age // horizon], axis=1), axis=0)
    weeks_with = np.zeros((len(pairs), kinds - 1))
    known = met[:, 1] < kinds - 1
    np.add.at(weeks_with, (met[known, 0], met[known, 1]), 1)
    log = np.log1p
    return DyadState(
        day,
        source,
        target,
        log(own[:-1]),
        log(own[place]),
        (log(sent[source]), log(sent[target])),
        (log(received[source]), log(received[target])),
        log((day - first) / 7),
        weeks_with,
        max(day / horizon, 1.0),
    )


def happened(events: DyadEvents, state: DyadState, horizon: int) -> np.ndarray:
    """Return pairs × classes: was there at least one event of the class in the days from ``state.day`` on?"""
    n, kinds = len(events.states), len(event_classes())
    soon = (events.day >= state.day) & (events.day < state.day + horizon) & (events.kind < kinds)
    code, pairs = events.source[soon] * n + events.target[soon], state.source * n + state.target
    place = np.minimum(np.searchsorted(pairs, code), len(pairs) - 1)
    met_before = pairs[place] == code
    out = np.zeros((len(pairs), kinds), dtype=bool)
    out[place[met_before], events.kind[soon][met_before]] = True
    return out


def shared_features(state: DyadState, kind: int, climatology: np.ndarray) -> np.ndarray:
    """Features that mean the same for every class: pairs × features.

    Parameters
    ----------
    kind
        The class asked about.
    climatology
        Log odds of the pair's shrunk rate minus those of the class.
    """
    classes = event_classes()
    alike = [i for i, one in enumerate(classes) if one.hostile == classes[kind].hostile]
    counts = np.expm1(state.own)
    own, back = state.own[:, kind], state.back[:, kind]
    everything = np.log1p(counts.sum(axis=1))
    c = climatology[:, None]
    plain = [
        c,
        own,
        back,
        state.sent[0][:, kind],
        state.received[1][:, kind],
        everything,
        np.log1p(np.expm1(state.back).sum(axis=1)),
        np.log1p(counts[:, alike].sum(axis=1)),
        np.log1p(np.expm1(state.sent[0]).sum(axis=1)),
        np.log1p(np.expm1(state.received[1]).sum(axis=1)),
        state.age[:, None],
    ]
    # The log odds are not linear in the logs of counts: bends at common values, and a few products.
    bends = [
        *(np.maximum(own[:, 1:] - at, 0) for at in (0.7, 1.5)),
        *(np.maximum(everything[:, 1:] - at, 0) for at in (1.0, 2.5)),
        *(np.maximum(c - at, 0) for at in (1.0, 2.5)),
        c * everything[:, 2:3],
        c * own[:, _MONTH : _MONTH + 1],
        own[:, 2:3] * back[:, 2:3],
        own[:, :1] > 0,
    ]
    return np.concatenate([*plain, *bends], axis=1)


def all_features(state: DyadState) -> np.ndarray:
    """Every count of every class, for what one class foretells of another: pairs × features."""
    parts = [state.own, state.back, *state.sent, *state.received]
    return np.concatenate([part.reshape(len(state.source), -1) for part in parts], axis=1)
