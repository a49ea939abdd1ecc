"""Do ties say who shows up? Hosts left out one at a time, against the habit of each pole alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aneroid.guarantors.showing_up import Cases, estimate
from aneroid.sources import mid
from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow
from aneroid.states.poles import ALL

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["dispnum", "ccode1", "ccode2", "year", "sidea1", "orig1", "hostlev1"]
YEARS = (1947, 2014)


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


def load_disputes(folder: Path) -> pd.DataFrame:
    """Read participants of disputes from the source file, which is not packaged.

    Parameters
    ----------
    folder
        Folder with ``peacesciencer/cow_mid_dirdisps.parquet``.

    Returns
    -------
    pandas.DataFrame
        As :func:`aneroid.guarantors.cases.between` wants them.
    """
    import pandas as pd

    raw = read_checked(folder / mid.PATH, COLUMNS, source=mid.SOURCE)
    raw = raw[raw["year"].between(*YEARS)].reset_index(drop=True)
    raw["state"] = from_cow(raw, "ccode1", "year", source=mid.SOURCE, rejected=Rejections())
    raw = raw.dropna(subset="state")
    table = pd.DataFrame(
        {
            "dispute": raw["dispnum"].astype(int),
            "year": raw["year"].astype(int),
            "state": raw["state"],
            "initiator": raw["sidea1"] == 1,
            "original": raw["orig1"] == 1,
            "level": raw["hostlev1"],
        }
    )
    return table.drop_duplicates().reset_index(drop=True)


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
