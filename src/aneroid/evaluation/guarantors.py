"""Do ties say who shows up? Hosts left out one at a time, against the habit of each pole alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aneroid.guarantors.showing_up import Cases, estimate
from aneroid.states.poles import ALL


@dataclass(frozen=True, slots=True)
class ShowingUpScore:
    """Mean log loss (nats) and Brier score a pair of host and pole; lower is better."""

    n: int
    events: int
    habit_log_loss: float
    ties_log_loss: float
    habit_brier: float
    ties_brier: float

    def __str__(self) -> str:
        return (
            f"hosts left out ({self.n} pairs, {self.events} came): log loss {self.habit_log_loss:.4f} by the pole's habit, "
            f"{self.ties_log_loss:.4f} with ties; Brier {self.habit_brier:.4f}, {self.ties_brier:.4f}"
        )


def hosts_left_out(cases: Cases) -> ShowingUpScore:
    """Predict every host from the others.

    Parameters
    ----------
    cases
        Episodes of one kind.

    Returns
    -------
    ShowingUpScore
        Habit is the share of episodes in which the pole came at all.
    """
    habit, ties = np.zeros(len(cases.y)), np.zeros(len(cases.y))
    for host in np.unique(cases.host):
        own = cases.host == host
        rest = cases.where(~own)
        ties[own] = estimate(rest).probability(cases.x[own], cases.pole[own])
        shares = np.array(
            [(rest.y[rest.pole == p].sum() + 0.5) / ((rest.pole == p).sum() + 1) for p in range(len(ALL))]
        )
        habit[own] = shares[cases.pole[own]]
    y = cases.y
    return ShowingUpScore(
        len(y),
        int(y.sum()),
        _log_loss(habit, y),
        _log_loss(ties, y),
        float(((habit - y) ** 2).mean()),
        float(((ties - y) ** 2).mean()),
    )


def _log_loss(p: np.ndarray, y: np.ndarray) -> float:
    return float(-(y * np.log(p) + (1 - y) * np.log1p(-p)).mean())
