"""What closeness should have something to say about: six outcomes between a state and a pole, by year.

Each is an array over states × poles × years: 1 where it happened, 0 where it did not, ``nan`` where the source does not
speak or one of both did not exist. Votes are shares of agreement instead.

- ``votes``: share of contested roll calls (largest option under nine tenths) on which both cast the same vote, in years
  with ten or more in common;
- ``obligation``: an alliance obligation of a higher kind than the year before (none, non-aggression or neutrality,
  consultation, defence);
- ``agreement``: a bilateral defence agreement signed (with the source file: from 1980; else a rise of the packaged count
  from 1986);
- ``order``: major arms ordered from the pole;
- ``sanctions``: a kind of sanctions (trade, arms, other) by the pole that was not in force the year before;
- ``dispute``: a militarized dispute with the pole.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from aneroid.evaluation.orientation_data import Bench
from aneroid.measures.verbs import packaged_votes
from aneroid.sources import dcad
from aneroid.sources.checks import Rejections
from aneroid.sources.panel import pole_panel
from aneroid.sources.snapshot import table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FIRST, LAST = 1946, 2024
CONTESTED, FEWEST_VOTES = 0.9, 10
DCAD_YEARS = (1980, 2010)


@dataclass(frozen=True)
class Outcome:
    """One outcome with what a historian of the dyad would know."""

    name: str
    happened: Floats
    """States × poles × years."""
    stock: Floats
    """What is in force at the end of a year (level of obligation, sanctions, agreements); zero where there is no stock."""
    lag: int
    """Years until the source has published a year."""
    span: tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """Axes of all arrays."""

    states: tuple[str, ...]
    poles: tuple[str, ...]
    exists: NDArray[np.bool_]

    @classmethod
    def of(cls, poles: tuple[str, ...]) -> Grid:
        """All dyads of the poles, 1946 to 2024."""
        panel = pole_panel(FIRST, LAST, poles)
        states = tuple(sorted(set(panel["state"])))
        grid = cls(states, poles, np.empty(0, dtype=bool))
        return cls(states, poles, np.isfinite(grid.place(panel.assign(value=1.0))))

    def place(self, frame: pd.DataFrame, column: str = "value") -> Floats:
        """Lay a frame of ``state, pole, year`` out; ``nan`` where it has no row."""
        out = np.full((len(self.states), len(self.poles), LAST - FIRST + 1), np.nan)
        state = frame["state"].map({name: n for n, name in enumerate(self.states)})
        pole = frame["pole"].map({name: n for n, name in enumerate(self.poles)})
        inside = (state.notna() & pole.notna() & frame["year"].between(FIRST, LAST)).to_numpy()
        out[
            state.to_numpy(float)[inside].astype(int),
            pole.to_numpy(float)[inside].astype(int),
            frame["year"].to_numpy(int)[inside] - FIRST,
        ] = frame[column].to_numpy(float)[inside]
        return out


def outcomes(bench: Bench, grid: Grid, data: Path | None) -> list[Outcome]:
    """Measure all six.

    Parameters
    ----------
    bench
        Readings.
    grid
        Axes.
    data
        Folder of source files; without it defence agreements come from the packaged counts.

    Returns
    -------
    list of Outcome
    """
    readings = table("readings")
    value = {name: grid.place(part) for name, part in readings.groupby("indicator")}
    lag = {item.name: math.ceil(item.lag_years) for item in bench.indicators}
    level = np.where(value["alliance"] > 0, 3.0, value["consultation"])
    level = np.where(np.isnan(value["alliance"]), np.nan, level)
    kinds = np.stack([value[f"sanctions_{kind}"] for kind in ("trade", "arms", "other")])
    none = np.zeros_like(level)
    signed, in_force, first = _agreements(grid, value["defence_agreements"], data)
    return [
        Outcome("votes", _agreement_in_votes(bench, grid), none, lag["roll_calls"], (1946, 2019)),
        Outcome("obligation", _risen(level), np.nan_to_num(level), lag["alliance"], (1947, 2018)),
        Outcome("agreement", signed, in_force, lag["defence_agreements"], (first, DCAD_YEARS[1])),
        Outcome("order", _happened(value["arms_orders"]), none, lag["arms_orders"], (1950, 2024)),
        Outcome("sanctions", _any_new(kinds), np.nansum(kinds, axis=0), lag["sanctions_trade"], (1951, 2022)),
        Outcome("dispute", _happened(value["dispute"]), none, lag["dispute"], (1946, 2014)),
    ]


def window(outcome: Outcome, origin: int, horizon: int) -> Floats:
    """Say what happened in the years after an origin.

    Returns
    -------
    array
        States × poles: whether it happened at least once (for votes the mean share); ``nan`` where the first of the years
        is unknown or the window ends after the source does.
    """
    if origin + horizon > outcome.span[1] or origin + 1 < outcome.span[0]:
        return np.full(outcome.happened.shape[:2], np.nan)
    part = outcome.happened[:, :, origin + 1 - FIRST : origin + 1 + horizon - FIRST]
    seen = np.isfinite(part)
    total = np.where(seen, part, 0.0).sum(axis=2)
    if outcome.name == "votes":
        return np.where(seen.any(axis=2), total / np.maximum(seen.sum(axis=2), 1), np.nan)
    return np.where(seen[:, :, 0], (total > 0).astype(float), np.nan)


def _happened(value: Floats) -> Floats:
    return np.where(np.isnan(value), np.nan, (value > 0).astype(float))


def _risen(level: Floats) -> Floats:
    out = np.full_like(level, np.nan)
    known = np.isfinite(level[..., 1:]) & np.isfinite(level[..., :-1])
    out[..., 1:] = np.where(known, (level[..., 1:] > level[..., :-1]).astype(float), np.nan)
    return out


def _any_new(kinds: Floats) -> Floats:
    new = _risen(kinds)
    known = np.isfinite(new)
    return np.where(known.any(axis=0), (np.where(known, new, 0.0).sum(axis=0) > 0).astype(float), np.nan)


def _agreements(grid: Grid, counted: Floats, data: Path | None) -> tuple[Floats, Floats, int]:
    """Signatures, agreements in force at the end of a year, and the first year of signatures."""
    if data is None or not (data / dcad.PATH).is_file():
        return _risen(counted), np.log1p(np.nan_to_num(counted)), 1986
    rows = dcad.load(data / dcad.PATH, Rejections())
    signed = np.where(grid.exists, 0.0, np.nan)
    years = np.arange(FIRST, LAST + 1)
    signed[..., (years < DCAD_YEARS[0]) | (years > DCAD_YEARS[1])] = np.nan
    in_force = np.zeros_like(signed)
    rows = rows[rows["state"].isin(grid.states) & rows["pole"].isin(grid.poles)]
    for who, whom, first, last in zip(rows["state"], rows["pole"], rows["first"], rows["last"], strict=True):
        i, p, start = grid.states.index(who), grid.poles.index(whom), int(first) - FIRST
        signed[i, p, start] = 1.0
        in_force[i, p, start : int(last) - FIRST + 1] += 1
    return signed, np.log1p(in_force), DCAD_YEARS[0]


def _agreement_in_votes(bench: Bench, grid: Grid) -> Floats:
    votes, calls = packaged_votes()
    largest = calls[["yes", "no", "abstain"]].max(axis=1) / calls[["yes", "no", "abstain"]].sum(axis=1)
    contested = calls.loc[largest < CONTESTED, ["rcid", "year"]]
    votes = votes.merge(contested, on="rcid")
    shares = np.full((len(grid.states), len(grid.poles), LAST - FIRST + 1), np.nan)
    for n, pole in enumerate(grid.poles):
        own = votes.loc[votes["state"] == pole, ["rcid", "vote"]].rename(columns={"vote": "pole_vote"})
        both = votes.merge(own, on="rcid")
        same = (both["vote"] == both["pole_vote"]).groupby([both["state"], both["year"]])
        found = same.agg(["mean", "size"]).reset_index()
        found = found[(found["size"] >= FEWEST_VOTES) & (found["state"] != pole)].assign(pole=pole)
        shares[:, n] = grid.place(found, "mean")[:, n]
    bench.say("agreement on contested votes")
    return shares
