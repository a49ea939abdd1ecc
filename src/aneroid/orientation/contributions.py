"""What moved a lean: the weight of every reading times its deviation, exact and additive.

Given the parameters, lean is linear in the readings, so its movement between two years is a sum over all readings of
the state, before, within and after the window, towards all poles of the fit (neighbouring poles inform each other).
A reading counts as its deviation from what is usual towards that pole, ``y − α − λμ``; the common shock ``−δ``
of each indicator, pole and year is a row of its own: movement of the pole or of the agenda, not of the state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.indicators import untransform

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.orientation.fit import IndicatorNote
    from aneroid.orientation.model import Array
    from aneroid.orientation.solution import Solution

READING, SHOCK, PRIOR = "reading", "common shock", "prior"


@dataclass(frozen=True)
class Contributions:
    """The parts of a movement of lean; both frames add up to `movement`."""

    state: str
    pole_a: str
    pole_b: str
    start: int
    end: int
    movement: float
    sd: float
    by_indicator: pd.DataFrame
    """``kind, indicator, label, pole, contribution, source, last_year``; largest first."""
    by_reading: pd.DataFrame
    """``kind, indicator, pole, year, value, contribution, after_window``; ``after_window`` marks what is dated later
    than the window and so was not known then."""

    def drivers(self, count: int = 3) -> pd.DataFrame:
        """Name the indicators that moved the lean most in the direction it went, net of common shocks.

        Returns
        -------
        pandas.DataFrame
            ``indicator, label, contribution``, largest first, summed over poles; fewer rows than asked for, or
            none, where fewer indicators pulled that way.
        """
        own = self.by_indicator[self.by_indicator["kind"] == READING]
        summed = own.groupby(["indicator", "label"], as_index=False)["contribution"].sum()
        along = summed[summed["contribution"] * np.sign(self.movement) > 0]
        order = along["contribution"].abs().sort_values(ascending=False, kind="stable").index
        return along.loc[order].head(count).reset_index(drop=True)

    def split(self) -> dict[str, float]:
        """Own movement of the state, that shared with all states (pole or agenda), and the prior's part."""
        sums = self.by_indicator.groupby("kind")["contribution"].sum()
        return {kind: float(sums.get(kind, 0.0)) for kind in (READING, SHOCK, PRIOR)}


def assemble(
    solution: Solution, pole_a: str, pole_b: str, window: tuple[int, int], notes: Sequence[IndicatorNote]
) -> Contributions:
    """Take the movement of a lean between two years apart.

    Parameters
    ----------
    solution
        The solved state.
    pole_a, pole_b
        Positive is towards ``pole_a``.
    window
        First and last year.
    notes
        What to print about each indicator, in the order of the design.

    Returns
    -------
    Contributions
        In units of closeness.
    """
    import pandas as pd

    start, end = window
    design = solution.design
    functional = solution.lean(end, pole_a, pole_b) - solution.lean(start, pole_a, pole_b)
    movement, variance = solution.moments(functional)
    rows = _reading_rows(solution, functional)
    prior = {"kind": PRIOR, "indicator": -1, "pole": -1, "contribution": solution.prior_mean(functional)}
    rows = pd.concat([rows, pd.DataFrame([prior])], ignore_index=True)
    rows["year"] = rows["year"].astype("Int64")
    rows["after_window"] = (rows["year"] > end).fillna(False).astype(bool)
    by_indicator = rows.groupby(["kind", "indicator", "pole"], as_index=False)["contribution"].sum()
    order = by_indicator["contribution"].abs().sort_values(ascending=False, kind="stable").index
    by_indicator = by_indicator.loc[order].reset_index(drop=True)
    # Position −1 picks the last entry: the row of the prior, which belongs to no indicator and no pole.
    names, poles = (
        np.array([*design.names, "prior"], dtype=object),
        np.array([*design.poles, ""], dtype=object),
    )
    at = by_indicator["indicator"].to_numpy(int)
    words = {
        "label": [*(note.label for note in notes), "Usual closeness to the poles"],
        "source": [*(note.source for note in notes), ""],
        "last_year": [*(note.last_year for note in notes), pd.NA],
    }
    for column, entries in words.items():
        by_indicator[column] = np.array(entries, dtype=object)[at]
    by_indicator["last_year"] = by_indicator["last_year"].astype("Int64")
    for frame in (rows, by_indicator):
        frame["indicator"] = names[frame["indicator"].to_numpy(int)]
        frame["pole"] = poles[frame["pole"].to_numpy(int)]
    state = design.states[solution.index]
    columns = ["kind", "indicator", "label", "pole", "contribution", "source", "last_year"]
    return Contributions(
        state, pole_a, pole_b, start, end, movement, float(np.sqrt(variance)), by_indicator[columns], rows
    )


def _reading_rows(solution: Solution, functional: Array) -> pd.DataFrame:
    """Contribution of every reading and of its common shock; indicator and pole as positions."""
    import pandas as pd

    design, parameters = solution.design, solution.parameters
    frames = []
    for weight, source in zip(solution.posterior.weights(functional), solution.sources, strict=True):
        k, p, t = source.indicator, source.pole, source.year
        y = design.y[k, solution.index, p, t]
        usual = parameters.alpha[k, p] + parameters.lam[k] * parameters.mu[p]
        columns = {"indicator": k, "pole": p, "year": design.years[t].astype(int)}
        own = {"kind": READING, **columns, "value": y, "contribution": weight * (y - usual)}
        shared = {
            "kind": SHOCK,
            **columns,
            "value": np.nan,
            "contribution": -weight * parameters.delta[k, p, t],
        }
        frames += [pd.DataFrame(own), pd.DataFrame(shared)]
    rows = pd.concat(frames, ignore_index=True)
    raw, indicator = rows["value"].to_numpy(float).copy(), rows["indicator"].to_numpy(int)
    for k, kind in enumerate(design.transforms):
        raw[indicator == k] = untransform(raw[indicator == k] * design.scale[k] * design.sign[k], kind)
    return rows.assign(value=raw)
