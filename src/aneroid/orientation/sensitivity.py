"""How much a headline depends on choices: each indicator, the issues voted on, the poles, the width of steps, own weights.

Every line solves the state anew from other readings, with the parameters of the fit (they come from all states, and one
state moves them little). A refit without a family, where one is given, stands beside it: such lines need not add up to
anything.

References
----------
Simonsohn, Simmons, Nelson (2020), doi:10.1038/s41562-020-0912-z, on specification curves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aneroid.orientation.filter import Posterior
from aneroid.orientation.poles import States
from aneroid.orientation.weights import reweighted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array
    from aneroid.orientation.solution import Solution
    from aneroid.orientation.weights import Weights

Z90 = 1.6448536269514722
WIDTHS = (0.5, 2.0)
"""Steps of closeness that many times as wide."""
BLOCKS: Mapping[str, tuple[str, ...]] = {
    "Middle East": ("me",),
    "arms and nuclear": ("nu", "di"),
    "human rights": ("hr",),
    "colonialism and development": ("co", "ec"),
}
"""Blocks of issues of roll calls."""


@dataclass(frozen=True)
class Headline:
    """The lean of a state between two poles, and how it moved between two years."""

    state: str
    pole_a: str
    pole_b: str
    start: int
    end: int


def sensitivity(
    fitted: OrientationFit,
    headline: Headline,
    *,
    refits: Mapping[str, OrientationFit] | None = None,
    votes: Mapping[str, pd.DataFrame] | None = None,
    weights: Weights | None = None,
) -> pd.DataFrame:
    """Give a headline under every choice.

    Parameters
    ----------
    fitted
        The fit.
    headline
        What to look at.
    refits
        Fits without a family, by its name.
    votes
        Readings of ``roll_calls`` measured from one block of issues alone, by the name of the block.
    weights
        The user's own.

    Returns
    -------
    pandas.DataFrame
        ``kind, choice, lean_start, lean_end, movement, sd, lo90, hi90``, the estimate itself first (kind ``estimate``). A
        choice under which the headline has no estimate is left out.
    """
    import pandas as pd

    rows = [_row("estimate", "all indicators", fitted._solution(headline.state), headline)]
    for kind, choice, solution in _choices(fitted, headline, votes or {}, weights):
        rows.append(_row(kind, choice, solution, headline))
    for family, other in (refits or {}).items():
        if headline.state in other.states:
            rows.append(
                _row("refit", f"refitted without {family}", other._solution(headline.state), headline)
            )
    return pd.DataFrame(rows)


def votes_by_issue(folder: Path) -> dict[str, pd.DataFrame]:
    """Measure nearness in roll calls from one block of issues at a time; some seconds for each.

    Parameters
    ----------
    folder
        Folder of the store whose roll calls are used.

    Returns
    -------
    dict
        Readings like those of ``roll_calls``, by the name of the block, for `sensitivity`.
    """
    from aneroid.orientation.desk import SEED
    from aneroid.orientation.votes import MEASURED, vote_readings
    from aneroid.record.measured import roll_calls
    from aneroid.record.store import Store
    from aneroid.sources.indicators import load_indicators
    from aneroid.states import poles as pole_set

    with Store.open(folder) as store:
        votes, calls = roll_calls(store)
    indicator = next(item for item in load_indicators() if item.name == MEASURED)
    measured = {}
    for block, wanted in BLOCKS.items():
        mine = calls[[bool(set(str(text).split(",")) & set(wanted)) for text in calls["issues"]]]
        cast = votes[votes["rcid"].isin(mine["rcid"])]
        measured[block] = vote_readings(cast, mine, indicator, pole_set.ALL, seed=SEED)
    return measured


def weighted_lean(
    fitted: OrientationFit,
    states: Sequence[str],
    poles: tuple[str, str],
    years: tuple[int, int],
    weights: Weights,
) -> pd.DataFrame:
    """Set the lean under own weights beside the estimate.

    Returns
    -------
    pandas.DataFrame
        ``state, date, pole_a, pole_b, lean, lo90, hi90, own_lean, own_lo90, own_hi90``.
    """
    import pandas as pd

    frame = fitted.lean(list(states), *poles, *years)
    own = []
    for state, part in frame.groupby("state", sort=False):
        alone = replace(fitted, _solutions={})
        usual = alone._solution(str(state))
        solution = _resolved(alone, str(state), weights.of(fitted.design))
        for date, sd in zip(part["date"], part["sd"], strict=True):
            functional = solution.lean(int(str(date)[:4]), *poles)
            mean, variance = solution.moments(functional)
            # What the parameters leave open, beyond what the solver knows, is the same under other weights.
            extra = max(float(sd) ** 2 - usual.moments(functional)[1], 0.0)
            half = Z90 * float(np.sqrt(variance + extra))
            own.append({"own_lean": mean, "own_lo90": mean - half, "own_hi90": mean + half})
    columns = ["state", "date", "pole_a", "pole_b", "lean", "lo90", "hi90"]
    return pd.concat([frame[columns].reset_index(drop=True), pd.DataFrame(own)], axis=1)


def _choices(
    fitted: OrientationFit, headline: Headline, votes: Mapping[str, pd.DataFrame], weights: Weights | None
) -> Iterator[tuple[str, str, Solution]]:
    design, state = fitted.design, headline.state
    read = np.isfinite(design.y[:, design.states.index(state)]).any(axis=(1, 2))
    ones = np.ones(len(design.names))
    for n in np.flatnonzero(read):
        left = ones.copy()
        left[n] = 0.0
        yield "leave one out", f"without {design.names[n]}", _resolved(fitted, state, left)
    two = (headline.pole_a, headline.pole_b)
    yield "poles", f"{two[0]} and {two[1]} alone", _resolved(fitted, state, ones, poles=two)
    for width in WIDTHS:
        words = "half as wide" if width < 1 else "twice as wide"
        yield "prior", f"steps {words}", _resolved(fitted, state, ones, width=width)
    for block, readings in votes.items():
        yield "votes", f"votes on {block} alone", _resolved(_with_votes(fitted, state, readings), state, ones)
    if weights is not None:
        yield "weights", "own weights", _resolved(fitted, state, weights.of(design))


def _resolved(
    fitted: OrientationFit,
    state: str,
    weight: Array,
    *,
    poles: Sequence[str] | None = None,
    width: float = 1.0,
) -> Solution:
    """Solve a state with other weights of indicators, from some poles' readings alone, or with other steps."""
    steps = fitted.working.steps.copy()
    steps[fitted.states.index(state)] /= width**2
    working = replace(fitted.working, steps=steps)
    solution = fitted._solution(state)
    used = [fitted.poles.index(pole) for pole in poles if pole in fitted.poles] if poles else None
    groups, sources = [], []
    for group, source in zip(solution.posterior.readings, solution.sources, strict=True):
        mine = weight[source.indicator] * (1.0 if used is None else np.isin(source.pole, used))
        left, keep = reweighted(group, mine)
        if keep.size:
            groups.append(left)
            sources.append(type(source)(source.indicator[keep], source.pole[keep], source.year[keep]))
    solver = States(fitted.design, fitted.parameters, fitted.priors, working)
    prior = solver.prior_precision(solution.index)
    return replace(solution, posterior=Posterior(prior, groups), sources=sources)


def _with_votes(fitted: OrientationFit, state: str, readings: pd.DataFrame) -> OrientationFit:
    """Put readings of roll calls from one block of issues in the place of those from all, on the same scale.

    Both are brought to the mean and spread that all states' readings towards the pole have, since a distance among few
    roll calls is of another size.
    """
    from aneroid.orientation.votes import MEASURED

    design = fitted.design
    k, i = design.names.index(MEASURED), design.states.index(state)
    response = fitted.working.response.copy()
    for p, pole in enumerate(design.poles):
        part = readings[readings["pole"] == pole]
        mine = part[part["state"] == state]
        full = response[k, :, p]
        known = full[np.isfinite(full)]
        if not len(part) or not known.size or not part["value"].std():
            continue
        at = mine["year"].to_numpy(int) - int(design.years[0])
        scaled = (mine["value"].to_numpy(float) - part["value"].mean()) / part["value"].std()
        here = np.isfinite(response[k, i, p, at])
        response[k, i, p, at[here]] = (scaled * known.std() + known.mean())[here]
    return replace(fitted, working=replace(fitted.working, response=response), _solutions={})


def _row(kind: str, choice: str, solution: Solution, headline: Headline) -> dict[str, object]:
    poles = headline.pole_a, headline.pole_b
    start, end = solution.lean(headline.start, *poles), solution.lean(headline.end, *poles)
    movement, variance = solution.moments(end - start)
    sd = float(np.sqrt(max(variance, 0.0)))
    return {
        "kind": kind,
        "choice": choice,
        "lean_start": solution.moments(start)[0],
        "lean_end": solution.moments(end)[0],
        "movement": movement,
        "sd": sd,
        "lo90": movement - Z90 * sd,
        "hi90": movement + Z90 * sd,
    }
