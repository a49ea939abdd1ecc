"""The event study: how far the other indicators shift after a signal, against placebo cases.

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
Abadie, Diamond, Hainmueller (2010), doi:10.1198/jasa.2009.ap08746, on placebo inference;
Freyaldenhoven, Hansen, Shapiro (2019), doi:10.1257/aer.20180609, on pre-trends in event studies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.audit.injection import responses, spread_between_states
from aneroid.audit.matching import BASE, BEFORE, HORIZONS, Curves, Field, compare
from aneroid.audit.multiple import benjamini_hochberg

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.audit.signals import Signal
    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array

START = 1
"""The headline asks for a shift from the year after the signal on: a signal that precedes."""
STARTS = tuple(range(-3, 4))
DRAWS = 4000
RIDGE = 0.01
MOST_SOLVED = 40
"""Cases whose answer is computed each; of more, the others take the answer of the nearest case in time."""
Z90 = 1.6448536269514722
FEW_CLUSTERS = 8
LEAST_DOSES = 8
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


@dataclass(frozen=True)
class Study:
    """All that is known about one signal."""

    signal: Signal
    cases: tuple[Case, ...]
    not_compared: tuple[str, ...]
    """Events without enough years of estimates around them, or without controls."""
    headline: Estimate | None
    lead_lag: pd.DataFrame
    """``start, shift, lo90, hi90, p``: a shift that begins so many years after (or before) the signal."""
    curve: pd.DataFrame
    """``horizon, gap, lo90, hi90, placebo_lo, placebo_hi, cases``, in units of closeness."""
    change: tuple[float, float, float]
    """Mean closeness in the five years after less that in the five before, with its likely range, in units."""
    pretrend_p: float
    dose: tuple[float, float, int]
    """Rise of the shift per log of dose, its p value, and the number of cases with a dose."""
    by_case: pd.DataFrame
    """``state, pole, year, what, dose, shift, percentile, controls``."""
    by_pole: pd.DataFrame
    """``pole, cases, shift, lo90, hi90, p``, poles with at least three cases; p adjusted for their number."""
    widened: float
    """How much the spread of placebo cases was widened for cases that move together."""
    level_sd: float
    """Standard deviation of closeness between states, mean over cases, in units."""


def run_study(signal: Signal, fitted: OrientationFit, seed: int) -> Study:
    """Study one signal.

    Parameters
    ----------
    signal
        Its events.
    fitted
        A fit without the families of the signal.
    seed
        Of the placebo draws.

    Returns
    -------
    Study
        With ``headline`` None where no event could be compared.
    """
    field = Field(fitted)
    compared, lost = [], []
    for row in signal.events.to_dict("records"):
        curves = compare(field, row["state"], row["pole"], int(row["year"]), signal.events)
        if curves is None:
            lost.append(str(row["what"]))
        else:
            compared.append((row, curves))
    solved = _answers(fitted, [(row["state"], row["pole"], int(row["year"])) for row, _ in compared])
    cases = tuple(
        Case(
            row["state"], row["pole"], int(row["year"]), float(row["dose"]), str(row["what"]), curves, answer
        )
        for (row, curves), answer in zip(compared, solved, strict=True)
    )
    return assemble(signal, cases, tuple(lost), seed)


def _answers(fitted: OrientationFit, events: Sequence[tuple[str, str, int]]) -> list[Array]:
    """Answer of the estimate for each event; of many events an even sample is solved."""
    if not events:
        return []
    order = sorted(range(len(events)), key=lambda n: (events[n][1], events[n][2], events[n][0]))
    picked = sorted({order[round(n)] for n in np.linspace(0, len(order) - 1, min(MOST_SOLVED, len(order)))})
    done = {}
    for n in picked:
        state, pole, year = events[n]
        spread = spread_between_states(fitted, pole, (year - BEFORE, year + BEFORE))
        years = [year + int(h) for h in HORIZONS]
        answer = responses(fitted, state, pole, [year + start for start in STARTS], years, spread)
        done[n] = answer - answer[:, [BASE]]

    def nearest(n: int) -> Array:
        same = [m for m in picked if events[m][1] == events[n][1]] or picked
        return done[min(same, key=lambda m: (abs(events[m][2] - events[n][2]), m))]

    return [done[n] if n in done else nearest(n) for n in range(len(events))]


class _Sums:
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
    sums = _Sums(cases, seed)
    sums.widened = _widening(sums)
    return sums.estimate(START), sums.widened


def assemble(signal: Signal, cases: tuple[Case, ...], lost: tuple[str, ...], seed: int) -> Study:
    """Compute everything a study reports from its cases."""
    import pandas as pd

    if not cases:
        empty = pd.DataFrame()
        none = (float("nan"),) * 3
        return Study(
            signal,
            (),
            lost,
            None,
            empty,
            empty,
            none,
            float("nan"),
            (*none[:2], 0),
            empty,
            empty,
            1.0,
            none[0],
        )
    sums = _Sums(cases, seed)
    values, information = sums.shifts(START)
    sums.widened = _widening(sums)
    headline = sums.estimate(START)
    return Study(
        signal,
        cases,
        lost,
        headline,
        _lead_lag(sums),
        _curve(sums),
        _change(sums),
        _pretrend(sums),
        _dose(cases, values, information, seed),
        _by_case(cases, values),
        _by_pole(cases, seed),
        sums.widened,
        float(np.mean([case.curves.level for case in cases])),
    )


def _widening(sums: _Sums) -> float:
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


def _lead_lag(sums: _Sums) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for start in STARTS:
        found = sums.estimate(start)
        low, high = found.interval
        rows.append({"start": start, "shift": found.shift, "lo90": low, "hi90": high, "p": found.p})
    return pd.DataFrame(rows)


def _curve(sums: _Sums) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for at, horizon in enumerate(HORIZONS):
        reach = [bool(np.isfinite(case.curves.gap[0, at])) for case in sums.cases]
        if not any(reach):
            continue
        weights = [np.eye(HORIZONS.size)[at] * here * len(reach) / sum(reach) for here in reach]
        gap, draws = sums.of(weights)
        half = Z90 * float(draws.std())
        row = {"horizon": int(horizon), "gap": gap, "lo90": gap - half, "hi90": gap + half}
        rows.append({**row, "placebo_lo": -half, "placebo_hi": half, "cases": sum(reach)})
    return pd.DataFrame(rows)


def _change(sums: _Sums) -> tuple[float, float, float]:
    weights = []
    for case in sums.cases:
        after = (HORIZONS > 0) & np.isfinite(case.curves.gap[0])
        weights.append(after / after.sum() - (HORIZONS < 0) / BEFORE)
    gap, draws = sums.of(weights)
    half = Z90 * float(draws.std())
    return gap, gap - half, gap + half


def _pretrend(sums: _Sums) -> float:
    """P value of a slope over the years before, less what smoothing of the shift itself puts there."""
    before = HORIZONS < 0
    slope = np.where(before, HORIZONS - HORIZONS[before].mean(), 0.0)
    slope = slope / np.square(slope).sum()
    leak = np.mean([slope @ np.nan_to_num(case.answer[STARTS.index(START)]) for case in sums.cases])
    real, draws = sums.of([np.where(np.isfinite(case.curves.gap[0]), slope, 0.0) for case in sums.cases])
    shift, shifts = sums.mean(*sums.shifts(START))
    real, draws = real - leak * shift, draws - leak * shifts
    return float((1 + (np.abs(draws) >= abs(real)).sum()) / (1 + draws.size))


def _dose(
    cases: Sequence[Case], values: Sequence[Array], information: Array, seed: int
) -> tuple[float, float, int]:
    dose, shifts = np.array([case.dose for case in cases]), np.array([value[0] for value in values])
    known = np.isfinite(dose) & (dose > 0)
    if known.sum() < LEAST_DOSES or np.ptp(dose[known]) == 0:
        return float("nan"), float("nan"), int(known.sum())
    x, y, w = np.log(dose[known]), shifts[known], information[known] / information[known].sum()
    y = y - w @ y

    def slope(of: Array) -> float:
        centred = of - w @ of
        return float((w * centred) @ y / (w @ centred**2))

    rng = np.random.default_rng(seed)
    by_chance = np.array([slope(rng.permutation(x)) for _ in range(2000)])
    p = (1 + (np.abs(by_chance) >= abs(slope(x))).sum()) / 2001
    return slope(x), float(p), int(known.sum())


def _by_case(cases: Sequence[Case], values: Sequence[Array]) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for case, value in zip(cases, values, strict=True):
        rows.append(
            {
                "state": case.state,
                "pole": case.pole,
                "year": case.year,
                "what": case.what,
                "dose": case.dose,
                "shift": float(value[0]),
                "percentile": float((value[1:] < value[0]).mean()),
                "controls": ", ".join(case.curves.controls),
            }
        )
    return pd.DataFrame(rows).sort_values(["year", "state"]).reset_index(drop=True)


def _by_pole(cases: Sequence[Case], seed: int) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for pole in sorted({case.pole for case in cases}):
        mine = [case for case in cases if case.pole == pole]
        if len(mine) < 3 or len(mine) == len(cases):
            continue
        found, _ = headline_of(mine, seed)
        low, high = found.interval
        rows.append(
            {"pole": pole, "cases": len(mine), "shift": found.shift, "lo90": low, "hi90": high, "p": found.p}
        )
    table = pd.DataFrame(rows, columns=["pole", "cases", "shift", "lo90", "hi90", "p"])
    return table.assign(p=benjamini_hochberg(table["p"].tolist()))
