"""Fit orientation, keep the fit, and ask it for closeness, lean, posture, probabilities and contributions.

Examples
--------
>>> from aneroid.orientation.fit import fit                                        # doctest: +SKIP
>>> orientation = fit(readings, indicators, poles=["USA", "RUS", "CHN"])            # doctest: +SKIP
>>> orientation.lean(["IRQ"], "USA", "RUS", 1990, 2020)                              # doctest: +SKIP
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.orientation.contributions import Contributions, assemble
from aneroid.orientation.fitting import compute
from aneroid.orientation.indicators import Design
from aneroid.orientation.leave_out import leave_out
from aneroid.orientation.model import Parameters, Priors
from aneroid.orientation.outlook import outlook
from aneroid.orientation.poles import States
from aneroid.orientation.posture import posture_of
from aneroid.orientation.reports import Step, around, report
from aneroid.orientation.scale import Scale
from aneroid.orientation.solution import Solution
from aneroid.orientation.storage import read, write
from aneroid.orientation.table import choose_cells
from aneroid.orientation.updating import update
from aneroid.orientation.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd
    from numpy.typing import NDArray

    from aneroid.orientation.model import Array
    from aneroid.sources.indicators import Indicator

INFORMATIVE = 0.25
"""Least information of a reading that counts as one, as a share of that of a measurement."""


def fit(
    readings: pd.DataFrame,
    indicators: Sequence[Indicator],
    *,
    poles: Sequence[str],
    seed: int = 0,
    priors: Priors | None = None,
    without: Sequence[str] = (),
    progress: Callable[[str, float], None] | None = None,
) -> OrientationFit:
    """Estimate closeness of every state to every pole in every year.

    Parameters
    ----------
    readings
        Frame with ``state, pole, indicator, year, value`` and, where known, ``sd``. Missing is a missing row.
    indicators
        What each indicator means.
    poles
        All poles to fit together; a report may then use any of them.
    seed
        Seeds the draws behind posture; the estimates use no chance.
    priors
        Settings of the model.
    without
        Families of indicators to leave out, for a study that would otherwise be circular.
    progress
        Called with what is being done and the share that is done.

    Returns
    -------
    OrientationFit
        Ask it for `closeness`, `lean`, `posture`, `probability` and `contributions`.

    Raises
    ------
    InputError
        If there is nothing to fit or the unit cannot be measured.
    """
    found = compute(
        readings, indicators, poles=poles, priors=priors or Priors(), without=without, progress=progress
    )
    notes = tuple(_note(item) for name in found.design.names for item in indicators if item.name == name)
    return OrientationFit(
        found.design,
        found.parameters,
        found.priors,
        found.scale,
        notes,
        seed,
        found.mean,
        found.cov,
        found.across,
        found.working,
        found.spread,
    )


@dataclass(frozen=True)
class IndicatorNote:
    """What a report says about an indicator."""

    name: str
    label: str
    source: str
    last_year: int


def _note(indicator: Indicator) -> IndicatorNote:
    return IndicatorNote(indicator.name, indicator.label, indicator.source, indicator.coverage[1])


@dataclass(frozen=True)
class OrientationFit:
    """Closeness of all states to all poles, and what it takes to explain it."""

    design: Design
    parameters: Parameters
    priors: Priors
    scale: Scale
    indicators: tuple[IndicatorNote, ...]
    seed: int
    mean: Array
    """ã over states × poles × years, ``nan`` where a pair does not exist."""
    cov: Array
    """Its covariance between poles: states × years × poles × poles."""
    across: Array
    """Covariance of the year before (rows) with the year (columns), likewise."""
    working: Working
    spread: Array
    """What the parameters leave open, groups × states × poles × years; its products are part of the covariances."""
    _solutions: dict[str, Solution] = field(default_factory=dict, repr=False, compare=False)

    @property
    def states(self) -> tuple[str, ...]:
        """States with an estimate."""
        return self.design.states

    @property
    def poles(self) -> tuple[str, ...]:
        """Poles of the fit."""
        return self.design.poles

    @property
    def years(self) -> tuple[int, int]:
        """First and last year."""
        return int(self.design.years[0]), int(self.design.years[-1])

    @property
    def informative(self) -> NDArray[np.bool_]:
        """Whether a reading says something, on the axes of the design: at least a quarter of what a point would.

        A zero where nothing was likely does not; a missing reading neither.
        """
        share = self.parameters.r2[:, None, None, None] / self.working.noise
        return np.asarray(np.nan_to_num(share) >= INFORMATIVE)

    def save(self, path: Path) -> None:
        """Write the fit to ``path.npz`` and ``path.json``."""
        write(self, path)

    @classmethod
    def load(cls, path: Path) -> OrientationFit:
        """Read a fit that `save` has written."""
        return read(path)

    def closeness(
        self,
        states: Sequence[str] | None,
        poles: Sequence[str] | None,
        start: int,
        end: int,
        *,
        step: Step = "year",
    ) -> pd.DataFrame:
        """Give closeness to each pole.

        Parameters
        ----------
        states, poles
            Ids; all of them if None.
        start, end
            First and last year.
        step
            ``year``: as it stood on 31 December; ``month``: at the end of every month, with bands that widen between.

        Returns
        -------
        pandas.DataFrame
            ``state, date, pole, closeness, sd, lo50, hi50, lo90, hi90, n_indicators, flags``. Zero is the median pair
            without a defence pact and one the median pair with one (1955–1989). ``n_indicators`` counts the indicators
            that said something of the pair that year. A pole has no row for itself, nor has a state before it began or
            after it ended.
        """
        import pandas as pd

        frames = []
        for pole in poles if poles is not None else self.poles:
            p = self._pole(pole)
            if states is None or set(states) != {pole}:
                frame = report(self, states, (start, end), {p: 1.0}, "closeness", step)
                frame.insert(2, "pole", pole)
                frames.append(frame)
        table = pd.concat(frames, ignore_index=True)
        return table.sort_values(["state", "date"], kind="stable", ignore_index=True)

    def lean(
        self,
        states: Sequence[str] | None,
        pole_a: str,
        pole_b: str,
        start: int,
        end: int,
        *,
        step: Step = "year",
    ) -> pd.DataFrame:
        """Give closeness to one pole minus closeness to another, with an interval that knows how both hang together.

        Parameters
        ----------
        states
            Ids; all with an estimate towards both poles if None.
        pole_a, pole_b
            Positive lean is towards ``pole_a``.
        start, end
            First and last year.
        step
            As in `closeness`.

        Returns
        -------
        pandas.DataFrame
            ``state, date, pole_a, pole_b, lean, sd, lo50, hi50, lo90, hi90, n_indicators, flags``. ``n_indicators``
            counts the indicators that said something that year of at least one of both ties.
        """
        a, b = self._two(pole_a, pole_b)
        frame = report(self, states, (start, end), {a: 1.0, b: -1.0}, "lean", step)
        frame.insert(2, "pole_a", pole_a)
        frame.insert(3, "pole_b", pole_b)
        return frame

    def forecast(
        self,
        states: Sequence[str] | None,
        poles: Sequence[str] | None,
        months: int = 12,
        *,
        shift: float = 0.5,
        draws: int = 4000,
    ) -> pd.DataFrame:
        """Say where closeness may be in the months after the last December of the fit.

        Parameters
        ----------
        states, poles
            Ids; all of them if None.
        months, shift, draws
            How far ahead, in months; the movement, in units, of which probabilities speak; how many draws.

        Returns
        -------
        pandas.DataFrame
            ``state, pole, date, months_ahead, closeness, sd, lo50, hi50, lo90, hi90, p_rise, p_fall``: the last two are the
            probabilities of a movement of at least ``shift`` since that December. Bands widen with every month.
        """
        chosen = self.poles if poles is None else poles
        reports = {pole: {self.poles[self._pole(pole)]: 1.0} for pole in chosen}
        table = outlook(self, states, reports, months=months, shift=shift, draws=draws)
        return table.rename(columns={"report": "pole", "mean": "closeness"})

    def forecast_lean(
        self,
        states: Sequence[str] | None,
        pole_a: str,
        pole_b: str,
        months: int = 12,
        *,
        shift: float = 0.5,
        draws: int = 4000,
    ) -> pd.DataFrame:
        """Say where lean may be in the months after the last December of the fit.

        Parameters
        ----------
        states, pole_a, pole_b
            As in `lean`.
        months, shift, draws
            As in `forecast`.

        Returns
        -------
        pandas.DataFrame
            ``state, pole_a, pole_b, date, months_ahead, lean, sd, lo50, hi50, lo90, hi90, p_rise, p_fall``.
        """
        self._two(pole_a, pole_b)
        reports = {"lean": {pole_a: 1.0, pole_b: -1.0}}
        table = outlook(self, states, reports, months=months, shift=shift, draws=draws)
        table = table.drop(columns="report").rename(columns={"mean": "lean"})
        table.insert(1, "pole_a", pole_a)
        table.insert(2, "pole_b", pole_b)
        return table

    def posture(
        self, states: Sequence[str] | None, poles: Sequence[str] | None, start: int, end: int
    ) -> pd.DataFrame:
        """Give autonomy and hedging; `aneroid.orientation.posture` defines them.

        Parameters
        ----------
        states, poles
            Ids; all of them if None.
        start, end
            First and last year.

        Returns
        -------
        pandas.DataFrame
            ``state, date``, then ``autonomy`` and ``hedging`` each with ``_lo90`` and ``_hi90``, the ``nearest`` pole with
            the probability that it is, ``n_indicators`` and ``flags``. No row where fewer than two of the poles
            have an estimate.
        """
        chosen = [self._pole(pole) for pole in (poles if poles is not None else self.poles)]
        level = self.parameters.mu[chosen][:, None] - self.scale.zero
        units = (self.mean[:, chosen] + level) / self.scale.size
        cov = self.cov[:, :, chosen][:, :, :, chosen] / self.scale.size**2
        cells = choose_cells(
            self.design, np.asarray(np.isfinite(units).sum(axis=1) >= 2), states, (start, end), chosen
        )
        table = posture_of(
            units[cells.row, :, cells.column],
            cov[cells.row, cells.column],
            [self.poles[p] for p in chosen],
            self.seed,
        )
        return around(self, cells, table)

    def probability(
        self, *, lean_greater: tuple[tuple[str, int], tuple[str, int]], pole_a: str, pole_b: str
    ) -> float:
        """Say how probable it is that one lean exceeds another.

        Parameters
        ----------
        lean_greater
            Two pairs of state and year, the first supposed to lean further towards ``pole_a``. Two years of one state
            are compared jointly; two states are independent given the parameters.
        pole_a, pole_b
            As in `lean`.

        Returns
        -------
        float
            Between 0 and 1.
        """
        from scipy.stats import norm

        (state, year), (other, other_year) = lean_greater
        one, two = self._solution(state), self._solution(other)
        left, right = one.lean(year, pole_a, pole_b), two.lean(other_year, pole_a, pole_b)
        if state == other:
            mean, variance = one.moments(left - right)
        else:
            (m1, v1), (m2, v2) = one.moments(left), two.moments(right)
            mean, variance = m1 - m2, v1 + v2
        return float(norm.cdf(mean / np.sqrt(variance))) if variance > 0 else 0.5

    def draws(self, state: str, poles: Sequence[str], start: int, end: int, count: int = 1000) -> Array:
        """Draw closeness of one state jointly over poles and years.

        Returns
        -------
        array
            Draws × poles × years, in units; a regression that uses each in turn carries the uncertainty on.
        """
        solution = self._solution(state)
        generator = np.random.default_rng([self.seed, solution.index])
        drawn = solution.posterior.draws(count, generator)
        at = np.array([[solution.coordinate(pole, year) for year in range(start, end + 1)] for pole in poles])
        level = self.parameters.mu[[self._pole(pole) for pole in poles]][:, None] - self.scale.zero
        return np.asarray((drawn[:, at] + level) / self.scale.size)

    def contributions(self, state: str, pole_a: str, pole_b: str, start: int, end: int) -> Contributions:
        """Take a movement of lean apart into the readings that made it.

        Parameters
        ----------
        state
            Id of the state.
        pole_a, pole_b
            As in `lean`.
        start, end
            The movement is lean at ``end`` minus lean at ``start``.

        Returns
        -------
        Contributions
            In units of closeness; rows add up to the movement to 1e-9.
        """
        if start >= end:
            raise InputError(f"A movement needs a first year before its last; {start} and {end} were given.")
        self._pole(pole_a), self._pole(pole_b)
        return assemble(self._solution(state), pole_a, pole_b, (start, end), self.indicators)

    def update(self, readings: pd.DataFrame, indicators: Sequence[Indicator]) -> OrientationFit:
        """Add readings without estimating parameters again: the states they touch are solved anew.

        Parameters
        ----------
        readings
            ``state, pole, indicator, year, value`` and, where known, ``sd``, of states, poles and indicators of the fit; up
            to three years after its last. A reading that is there already is replaced.
        indicators
            As given to `fit`.

        Returns
        -------
        OrientationFit
            A new fit; this one stays as it is. Common shocks of new years rest on the new readings alone.

        Raises
        ------
        InputError
            If a state, pole, indicator or year is none of the fit's.
        """
        return update(self, readings, indicators)

    def left_out(self, state: str, pole_a: str, pole_b: str, start: int, end: int) -> pd.DataFrame:
        """Say what a movement of lean would be without each indicator in turn.

        Parameters
        ----------
        state, pole_a, pole_b, start, end
            As in `contributions`.

        Returns
        -------
        pandas.DataFrame
            ``indicator, label, movement, lo90, hi90, difference``: the movement that the other readings of the state give
            with the parameters as they are, and what the indicator adds to it; largest first. Differences need not add
            up. Each is against the state solved as often with all its indicators, whose jumps have settled further than
            those of the fit.
        """
        with_all = self.contributions(state, pole_a, pole_b, start, end)
        return leave_out(self, with_all)

    def _two(self, pole_a: str, pole_b: str) -> tuple[int, int]:
        if pole_a == pole_b:
            raise InputError(f"Lean needs two different poles; {pole_a} was given twice.")
        return self._pole(pole_a), self._pole(pole_b)

    def _pole(self, pole: str) -> int:
        if pole not in self.poles:
            raise InputError(f'"{pole}" is not a pole of this fit; there are {", ".join(self.poles)}.')
        return self.poles.index(pole)

    def _solution(self, state: str) -> Solution:
        if state not in self.states:
            raise InputError(
                f'No estimate for state "{state}": the record holds no reading of it. Check the code.'
            )
        if state not in self._solutions:
            index = self.states.index(state)
            solver = States(self.design, self.parameters, self.priors, self.working)
            readings, sources = solver.system(index)
            self._solutions[state] = Solution(
                index=index,
                posterior=solver.posterior(index, readings),
                sources=sources,
                poles=solver.poles_of(index),
                span=solver.span_of(index),
                design=self.design,
                parameters=self.parameters,
                scale=self.scale,
                response=self.working.response[:, index],
            )
        return self._solutions[state]
