"""The event study: how far the other indicators shift after a signal, against placebo cases (`pooling` has the sums).

References
----------
Freyaldenhoven, Hansen, Shapiro (2019), doi:10.1257/aer.20180609, on pre-trends in event studies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aneroid.audit.injection import responses, spread_between_states
from aneroid.audit.matching import BASE, BEFORE, HORIZONS, Field, compare
from aneroid.audit.multiple import benjamini_hochberg
from aneroid.audit.pooling import START, STARTS, Z90, Case, Estimate, Sums, headline_of, widening

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.audit.signals import Signal
    from aneroid.orientation.fit import OrientationFit
    from aneroid.orientation.model import Array

MOST_SOLVED = 40
"""Cases whose answer is computed each; of more, the others take the answer of the nearest case in time."""
LEAST_DOSES = 8


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
    sums = Sums(cases, seed)
    values, information = sums.shifts(START)
    sums.widened = widening(sums)
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


def _lead_lag(sums: Sums) -> pd.DataFrame:
    import pandas as pd

    rows = []
    for start in STARTS:
        found = sums.estimate(start)
        low, high = found.interval
        rows.append({"start": start, "shift": found.shift, "lo90": low, "hi90": high, "p": found.p})
    return pd.DataFrame(rows)


def _curve(sums: Sums) -> pd.DataFrame:
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


def _change(sums: Sums) -> tuple[float, float, float]:
    weights = []
    for case in sums.cases:
        after = (HORIZONS > 0) & np.isfinite(case.curves.gap[0])
        weights.append(after / after.sum() - (HORIZONS < 0) / BEFORE)
    gap, draws = sums.of(weights)
    half = Z90 * float(draws.std())
    return gap, gap - half, gap + half


def _pretrend(sums: Sums) -> float:
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
