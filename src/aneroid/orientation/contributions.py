"""What moved a lean: the weight of every reading times its deviation, exact and additive.

Given the parameters and working weights, lean is linear in the readings, so its movement between two years is
a sum over all readings of the state: before, within and after the window, towards all poles of the fit (what a
state does towards one pole informs about another). A reading counts as its deviation from what is usual
towards that pole, ``y − α − λμ``; the common shock ``−δ`` of each indicator, pole and year is a row of its
own: movement of the pole or of the agenda, not of the state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

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
    """``kind, indicator, label, pole, contribution, source, last_year``, largest first. What is no reading is
    named as such: ``common shock: votes``, ``prior``."""
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
        along: pd.DataFrame = summed[summed["contribution"] * np.sign(self.movement) > 0]
        order = along["contribution"].abs().sort_values(ascending=False, kind="stable").index
        largest: pd.DataFrame = along.loc[order].head(count)
        return largest.reset_index(drop=True)

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
    words: list[tuple[str, str, str, int | None]] = [("prior", "Usual closeness to the poles", "", None)]
    words += [(note.name, note.label, note.source, note.last_year) for note in notes]
    for frame in (rows, by_indicator):
        at = frame["indicator"].to_numpy(int) + 1
        shared = (frame["kind"] == SHOCK).to_numpy()
        for column, position in (("label", 1), ("source", 2), ("last_year", 3)):
            frame[column] = [words[n][position] for n in at]
        frame["indicator"] = [
            f"{SHOCK}: {words[n][0]}" if shock else words[n][0] for n, shock in zip(at, shared, strict=True)
        ]
        frame.loc[shared, "label"] = "All states at once: " + frame.loc[shared, "label"]
        frame["last_year"] = frame["last_year"].astype("Int64")
        frame["pole"] = [design.poles[p] if p >= 0 else "" for p in frame["pole"].to_numpy(int)]
    state = design.states[solution.index]
    columns = ["kind", "indicator", "label", "pole", "contribution", "source", "last_year"]
    detail = ["kind", "indicator", "pole", "year", "value", "contribution", "after_window"]
    sd = float(np.sqrt(max(variance, 0.0)))
    return Contributions(state, pole_a, pole_b, start, end, movement, sd, by_indicator[columns], rows[detail])


def _reading_rows(solution: Solution, functional: Array) -> pd.DataFrame:
    """Contribution of every reading and of its common shock; indicator and pole as positions."""
    import pandas as pd

    design, parameters = solution.design, solution.parameters
    frames = []
    for weight, source in zip(solution.posterior.weights(functional), solution.sources, strict=True):
        k, p, t = source.indicator, source.pole, source.year
        y = solution.response[k, p, t]
        usual = parameters.alpha[k, p] + parameters.lam[k] * parameters.mu[p]
        columns: dict[str, object] = {"indicator": k, "pole": p, "year": design.years[t].astype(int)}
        own = {
            "kind": READING,
            **columns,
            "value": design.value[k, solution.index, p, t],
            "contribution": weight * (y - usual),
        }
        shared = {
            "kind": SHOCK,
            **columns,
            "value": np.nan,
            "contribution": -weight * parameters.delta[k, p, t],
        }
        frames += [pd.DataFrame(own), pd.DataFrame(shared)]
    return pd.concat(frames, ignore_index=True)
