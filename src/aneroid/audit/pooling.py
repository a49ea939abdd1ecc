"""A shift pooled over cases, with what chance gives it: the sums that an event study rests on.

For case c with gap ``e_c`` over the years −5 … +5 (closeness less that of matched controls, zero in the year before) and
the answer ``r_c`` of the estimate to a shift of one standard deviation from year ``start`` on (`injection`), the shift is

    s = Σ_c r_cᵀ C⁻¹ e_c / Σ_c r_cᵀ C⁻¹ r_c,

generalised least squares with the covariance C of placebo gaps: it undoes the smoothing of the estimate and uses the years
that tell most. Its unit is the standard deviation between states of the raw readings. What chance gives is the same sum
over placebo cases, one drawn for each case; their mean is taken off, and their spread is widened to that of the cases
themselves, clustered by pole and year, where that is larger (waves of treaties; receivers of arms are livelier than others).
The shift of a single case is bounded.

References
----------
Abadie, Diamond, Hainmueller (2010), doi:10.1198/jasa.2009.ap08746, on placebo inference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.audit.matching import BASE, HORIZONS, Curves

if TYPE_CHECKING:
    from aneroid.orientation.model import Array

START = 1
"""The headline asks for a shift from the year after the signal on: a signal that precedes."""
STARTS = tuple(range(-3, 4))
DRAWS = 4000
RIDGE = 0.01
Z90 = 1.6448536269514722
FEW_CLUSTERS = 8
BOUND = 2.0
"""No single case counts as more than this many standard deviations: one upheaval must not be the finding."""


@dataclass(frozen=True)
class Case:
    """One event and what it was compared with."""

    state: str
    pole: str
    year: int
    dose: float
    what: str
    curves: Curves
    answer: Array
    """Starts × horizons: closeness, in units, for a shift of one standard deviation; zero in the year before."""


@dataclass(frozen=True)
class Estimate:
    """A shift with its interval, in standard deviations between states of the raw readings."""

    shift: float
    sd: float
    p: float
    detectable: float
    """Smallest shift found with a power of 80 % at 5 %, two-sided."""

    @property
    def interval(self) -> tuple[float, float]:
        """The likely range, 9 in 10."""
        return self.shift - Z90 * self.sd, self.shift + Z90 * self.sd

    def power(self, shift: float) -> float:
        """Probability that a true shift of this size would be found at 5 %."""
        from scipy.stats import norm

        size, limit = abs(shift) / self.sd, float(norm.ppf(0.975))
        return float(norm.sf(limit - size) + norm.cdf(-limit - size))


class Sums:
    """Weighted means over cases, and the same over placebo cases drawn for them."""

    def __init__(self, cases: Sequence[Case], seed: int) -> None:
        self.cases = cases
        rng = np.random.default_rng(seed)
        self.picks = [rng.integers(1, len(case.curves.states), DRAWS) for case in cases]
        self.placebos = np.concatenate([case.curves.gap[1:] for case in cases])
        self.widened = 1.0

    def of(self, weights: Sequence[Array]) -> tuple[float, Array]:
        """Mean over cases of weight times gap, and its draws under no effect, both less the draws' mean."""
        values = [np.nan_to_num(c.curves.gap) @ w for c, w in zip(self.cases, weights, strict=True)]
        return self.mean(values, np.ones(len(values)))

    def mean(self, values: Sequence[Array], share: Array) -> tuple[float, Array]:
        """Mean of the first value of each case, and its draws from the others, both less the draws' mean."""
        real, draws = 0.0, np.zeros(DRAWS)
        for value, pick, part in zip(values, self.picks, share / share.sum(), strict=True):
            real += part * float(value[0])
            draws += part * value[pick]
        centre = float(draws.mean())
        return float(real - centre), (draws - centre) * self.widened

    def shifts(self, start: int) -> tuple[list[Array], Array]:
        """Least-squares shift of each case and of its placebo cases, bounded, and its information."""
        weights, information = self.step(start)
        # A case whose pole had no reading that could shift carries no information and counts for nothing.
        values = [
            np.clip(np.nan_to_num(case.curves.gap) @ weight / (size or 1.0), -BOUND, BOUND)
            for case, weight, size in zip(self.cases, weights, information, strict=True)
        ]
        return values, information

    def step(self, start: int) -> tuple[list[Array], Array]:
        """Weights of the least-squares shift of each case, and its information."""
        weights, information = [], []
        for case in self.cases:
            answer = case.answer[STARTS.index(start)]
            used = np.isfinite(answer) & np.isfinite(case.curves.gap[0]) & (np.arange(HORIZONS.size) != BASE)
            weight = np.zeros(HORIZONS.size)
            weight[used] = np.linalg.solve(_covariance(self.placebos[:, used]), answer[used])
            weights.append(weight)
            information.append(float(weight[used] @ answer[used]))
        return weights, np.array(information)

    def estimate(self, start: int) -> Estimate:
        """The pooled shift."""
        return _estimate(*self.mean(*self.shifts(start)))


def _estimate(real: float, draws: Array) -> Estimate:
    limit = float(np.quantile(np.abs(draws), 0.95))
    p = (1 + int((np.abs(draws) >= abs(real)).sum())) / (1 + draws.size)
    # A shift s is found when draw + s passes the limit: in four of five draws from here on.
    return Estimate(real, float(draws.std()), p, limit - float(np.quantile(draws, 0.2)))


def _covariance(rows: Array) -> Array:
    """Covariance of placebo gaps from those that reach all the horizons asked for, a little shrunk."""
    whole = rows[np.isfinite(rows).all(axis=1)]
    covariance = np.cov(whole, rowvar=False, bias=True).reshape(rows.shape[1], rows.shape[1])
    return np.asarray(covariance + RIDGE * np.trace(covariance) / rows.shape[1] * np.eye(rows.shape[1]))


def headline_of(cases: Sequence[Case], seed: int) -> tuple[Estimate, float]:
    """The pooled shift of some cases, and how much the spread of placebo cases was widened for it."""
    sums = Sums(cases, seed)
    sums.widened = widening(sums)
    return sums.estimate(START), sums.widened


def widening(sums: Sums) -> float:
    """Spread of cases, clustered by pole and year, relative to that of placebo draws; at least one."""
    values, information = sums.shifts(START)
    shifts = np.array([value[0] for value in values])
    clusters: dict[tuple[str, int], list[int]] = {}
    for n, case in enumerate(sums.cases):
        clusters.setdefault((case.pole, case.year), []).append(n)
    if len(clusters) < FEW_CLUSTERS:  # too few to see their spread: as if the cases of each were one
        return float(np.sqrt(max(len(members) for members in clusters.values())))
    total = information.sum()
    centre = float(information @ shifts / total)
    parts = [
        (information[members] * (shifts[members] - centre)).sum() / total for members in clusters.values()
    ]
    spread = float(np.sqrt(np.square(parts).sum() * len(clusters) / (len(clusters) - 1)))
    return max(1.0, spread / sums.estimate(START).sd)
