"""The probability that one government will be reported to act on another within a week or a month, by class of event.

For pair d, class k and the period from day t: climatology is a Beta-binomial rate p₀ = (n_dk + m_k·r_k)/(N + m_k), with
r_k the share of all pair-periods and m_k chosen by likelihood. Then

    log odds = logit(r_k) + a + f(d, k, t)·b + a_k + (f, g)(d, t)·b_k

where f are features that mean the same for every class, with slopes b learned from all classes at once, and g are the
counts of every class, whose slopes b_k are shrunk hard towards none: a rare class borrows from the frequent ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.forecasts.dyad_events import DyadEvents, event_classes
from aneroid.forecasts.dyad_features import DyadState, all_features, describe, happened, shared_features
from aneroid.forecasts.logit import fit_logit

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRENGTHS = (2.0, 5.0, 10.0, 20.0, 40.0, 80.0)  # m_k: how many periods of the average pair a pair is given
_SHARED_PENALTY, _CLASS_PENALTY = 10.0, 800.0
_WARM_UP = 8  # periods of a week before the first one that is learned from
_STEP = 7  # days between the days that are learned from
MODELS = ("base rate", "climatology", "shared", "full")


@dataclass(frozen=True)
class Scale:
    """Centre and spread of features."""

    mean: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, numbers: np.ndarray) -> Scale:
        """Measure the columns."""
        return cls(numbers.mean(axis=0), numbers.std(axis=0) + 1e-6)

    def __call__(self, numbers: np.ndarray) -> np.ndarray:
        """Standardise."""
        return np.asarray((numbers - self.mean) / self.spread, dtype=np.float32)


class DyadForecaster:
    """Learned from the events before ``cut``.

    Parameters
    ----------
    events
        Events; those of ``cut`` and later are not looked at.
    cut
        First day that nothing is learned from.
    horizon
        Days ahead: at least one event within so many days. 7 or 30 are usual.

    Raises
    ------
    InputError
        With less history than eight weeks and two horizons.
    """

    def __init__(self, events: DyadEvents, cut: int, *, horizon: int = 7) -> None:
        if cut < least_days(horizon):
            raise InputError(
                f"{cut} days of events were given; to forecast {horizon} days ahead needs at least "
                f"{least_days(horizon)} to learn from."
            )
        days = range(_WARM_UP * _STEP, cut - horizon + 1, _STEP)
        past = events.before(cut)
        self.horizon = horizon
        states = [describe(past, day, horizon) for day in days]
        outcome = np.concatenate([happened(past, state, horizon) for state in states])
        self.base = np.clip(outcome.mean(axis=0), 1e-6, 1 - 1e-6)
        self.strength = self._strengths(states, outcome)
        self._learn_shared(states, outcome)
        self._learn_classes(states, outcome)

    def predict(self, events: DyadEvents, day: int) -> tuple[DyadState, dict[str, np.ndarray]]:
        """Forecast the period that begins on a day.

        Parameters
        ----------
        events
            Events; those of ``day`` and later are not looked at.
        day
            First day of the period.

        Returns
        -------
        DyadState
            The pairs, all that have met before.
        dict
            For each of ``MODELS`` pairs × classes probabilities; "full" is the forecast, the others are what it has to
            beat.
        """
        from scipy.special import expit

        state = describe(events, day, self.horizon)
        shape = (len(state.source), len(self.base))
        out = {"base rate": np.broadcast_to(self.base, shape), "climatology": self._climatology(state)}
        shared, full = np.empty(shape), np.empty(shape)
        rest = self._all_scale(all_features(state))
        for kind in range(shape[1]):
            features = self._shared_scale(self._features(state, kind))
            shared[:, kind] = self._shared_odds(features, kind)
            own = self._own[kind]
            full[:, kind] = shared[:, kind] + own[0] + np.concatenate([features, rest], axis=1) @ own[1:]
        return state, {**out, "shared": expit(shared), "full": expit(full)}

    def _strengths(self, states: Sequence[DyadState], outcome: np.ndarray) -> np.ndarray:
        counts = np.concatenate([state.weeks_with for state in states])
        periods = np.concatenate([np.full(len(state.source), state.periods) for state in states])[:, None]
        losses = []
        for strength in _STRENGTHS:
            rate = np.clip((counts + strength * self.base) / (periods + strength), 1e-9, 1 - 1e-9)
            losses.append(-np.where(outcome, np.log(rate), np.log1p(-rate)).sum(axis=0))
        return np.asarray(np.take(_STRENGTHS, np.argmin(losses, axis=0)))

    def _climatology(self, state: DyadState) -> np.ndarray:
        rate = (state.weeks_with + self.strength * self.base) / (state.periods + self.strength)
        return np.asarray(np.clip(rate, 1e-9, 1 - 1e-9))

    def _features(self, state: DyadState, kind: int) -> np.ndarray:
        rate: np.ndarray = self._climatology(state)[:, kind]
        return shared_features(state, kind, _log_odds(rate) - _log_odds(self.base[kind]))

    def _shared_odds(self, features: np.ndarray, kind: int) -> np.ndarray:
        return np.asarray(_log_odds(self.base[kind]) + self._shared[0] + features @ self._shared[1:])

    def _learn_shared(self, states: Sequence[DyadState], outcome: np.ndarray) -> None:
        stacked = np.concatenate(
            [
                np.concatenate([self._features(state, kind) for state in states])
                for kind in range(len(self.base))
            ]
        )
        self._shared_scale = Scale.of(stacked)
        offset = np.repeat(_log_odds(self.base), len(outcome))
        self._shared = fit_logit(
            self._shared_scale(stacked), outcome.T.ravel(), offset, penalty=_SHARED_PENALTY
        )

    def _learn_classes(self, states: Sequence[DyadState], outcome: np.ndarray) -> None:
        rest = np.concatenate([all_features(state) for state in states])
        self._all_scale = Scale.of(rest)
        rest = self._all_scale(rest)
        self._own = []
        for kind in range(len(self.base)):
            features = self._shared_scale(np.concatenate([self._features(state, kind) for state in states]))
            offset = self._shared_odds(features, kind)
            design = np.concatenate([features, rest], axis=1)
            self._own.append(fit_logit(design, outcome[:, kind], offset, penalty=_CLASS_PENALTY))


def least_days(horizon: int) -> int:
    """Return how many days of events it takes to learn a forecast so many days ahead."""
    return (_WARM_UP + 1) * _STEP + horizon


def _log_odds(probability: np.ndarray) -> np.ndarray:
    return np.asarray(np.log(probability) - np.log1p(-probability))


def class_names() -> list[str]:
    """Return the names of the classes in the order of the columns of a forecast."""
    return [one.name for one in event_classes()]
