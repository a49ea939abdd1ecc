"""Do the intervals of closeness hold across disjoint halves of what is known?

Two estimates of the same closeness, â and b̂, come from readings that share none: halves of the families of indicators,
or roll calls on different issues. An interval is honest about more than its own agenda if

    |â − b̂| < 1.645 √(Va + Vb)

in nine cases of ten. The rule is slightly generous where both halves know little, since both then rest on the same prior.
``width`` and ``score`` (interval score of the difference) say what the coverage costs; their unit is the standard deviation
between pairs, which the model fixes at one for closeness and which nearness of one-dimensional positions has after
standardising. Knowing nothing at all (mean zero, standard deviation one) would cost 4.65.

References
----------
Gneiting, Raftery (2007), doi:10.1198/016214506000001437, on the interval score.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from aneroid.evaluation.interval_studies import issue_blocks
from aneroid.evaluation.orientation_data import CELL, Bench
from aneroid.measures.ideal_points import ideal_points
from aneroid.measures.prior import Prior
from aneroid.measures.verbs import packaged_votes
from aneroid.orientation.indicators import PACT
from aneroid.orientation.votes import MEASURED, PUBLISHED
from aneroid.scores import coverage, interval_score
from aneroid.sources.snapshot import table

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NORMAL_90 = 1.6448536269514722
RESAMPLES = 200


def family_halves(
    families: list[str], count: int, seed: int
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Draw different ways to split families into two halves.

    Parameters
    ----------
    families
        Names; votes count as one family.
    count
        How many splits at most.
    seed
        Of the choice.

    Returns
    -------
    list
        Pairs of disjoint tuples that together hold all families.
    """
    first, rest = families[0], families[1:]
    ways = [(first, *some) for some in combinations(rest, len(families) // 2 - 1)]
    chosen = np.random.default_rng(seed).permutation(len(ways))[:count]
    return [(ways[n], tuple(f for f in families if f not in ways[n])) for n in sorted(chosen)]


def compare_halves(bench: Bench, *, splits: int, seed: int = 3) -> pd.DataFrame:
    """Compare closeness from halves of the families.

    Parameters
    ----------
    bench
        Readings and fits.
    splits
        How many random splits.
    seed
        Of the splits.

    Returns
    -------
    pandas.DataFrame
        Columns of `score_difference`, one row a split, and ``all``.
    """
    import pandas as pd

    readings = bench.readings()
    family = {item.name: item.family for item in bench.indicators}
    there = list(dict.fromkeys(family[name] for name in sorted(set(readings["indicator"]))))
    rows, pooled = [], []
    for halves in family_halves(sorted(there), splits, seed):
        a, b = (
            bench.closeness("half", readings, [name for name in family if family[name] in half])
            for half in halves
        )
        both = differences(a, b)
        pooled.append(both)
        rows.append({"split": " + ".join(halves[0]), **score_difference(both)})
    rows.append({"split": "all", **score_difference(pd.concat(pooled))})
    return pd.DataFrame(rows)


def compare_mixed(bench: Bench, *, splits: int, seed: int = 4) -> pd.DataFrame:
    """Compare closeness from halves of the other families, each with votes on issues of its own.

    Parameters
    ----------
    bench, splits, seed
        As in `compare_halves`.

    Returns
    -------
    pandas.DataFrame
        Columns of `score_difference`, one row a split, and ``all``.
    """
    import pandas as pd

    readings = bench.readings()
    readings = readings[~readings["indicator"].isin([MEASURED, PUBLISHED])]
    family = {item.name: item.family for item in bench.indicators}
    families = sorted({family[name] for name in set(readings["indicator"])})
    blocks = issue_blocks(packaged_votes()[1])
    votes = {name: bench.measured(name, calls) for name, calls in blocks.items()}
    rows, pooled = [], []
    ways = [pair for _ in range(splits) for pair in combinations(blocks, 2)]
    for half, issues in zip(family_halves(families, splits, seed), ways, strict=False):
        a, b = (
            bench.closeness(
                "mixed",
                pd.concat([readings, votes[issue]]),
                [MEASURED, *(name for name in family if family[name] in some)],
            )
            for some, issue in zip(half, issues, strict=True)
        )
        both = differences(a, b)
        pooled.append(both)
        rows.append(
            {"split": f"{' + '.join(half[0])} + {issues[0]} | … + {issues[1]}", **score_difference(both)}
        )
    rows.append({"split": "all", **score_difference(pd.concat(pooled))})
    return pd.DataFrame(rows)


def compare_issues(bench: Bench) -> pd.DataFrame:
    """Compare closeness from votes alone, measured from roll calls on different issues.

    Returns
    -------
    pandas.DataFrame
        Columns of `score_difference`: closeness by pair of issues (``kind`` *closeness*), and nearness of
        one-dimensional positions blown up by one constant, learned on half of the states and scored on the other
        (``kind`` *1-D blown up*); *1-D* is the same without the constant.
    """
    import pandas as pd

    blocks = issue_blocks(packaged_votes()[1])
    fits = {
        name: bench.closeness(f"votes-{name}", _with_pacts(bench, name, calls), [MEASURED])
        for name, calls in blocks.items()
    }
    flat = {name: _one_dimension(bench, name, calls) for name, calls in blocks.items()}
    rows, pooled, rival = [], [], []
    for one, two in combinations(blocks, 2):
        both = differences(fits[one], fits[two])
        pooled.append(both)
        rows.append({"kind": "closeness", "split": f"{one} | {two}", **score_difference(both)})
        rival.append(differences(flat[one], flat[two]).assign(split=f"{one} | {two}"))
    rows.append({"kind": "closeness", "split": "all", **score_difference(pd.concat(pooled))})
    points = pd.concat(rival, ignore_index=True)
    for kind, factor in (("1-D", 1.0), ("1-D blown up", None)):
        widened = points.assign(variance=points["variance"] * _constants(points, factor) ** 2)
        for split, part in [*widened.groupby("split", sort=False), ("all", widened)]:
            rows.append({"kind": kind, "split": split, **score_difference(part)})
    return pd.DataFrame(rows)


def differences(a: pd.DataFrame, b: pd.DataFrame) -> pd.DataFrame:
    """Join two estimates where both have read something: ``difference, variance, spread`` by cell.

    ``spread`` is the standard deviation of the estimates between pairs, the mean over both.
    """
    some = [part[part["n_indicators"] > 0] for part in (a, b)]
    both = some[0].merge(some[1], on=CELL, suffixes=("_a", "_b"))
    spread = np.sqrt((both["mean_a"].var() + both["mean_b"].var()) / 2)
    found: pd.DataFrame = both[CELL].assign(
        difference=both["mean_a"] - both["mean_b"],
        variance=both["sd_a"] ** 2 + both["sd_b"] ** 2,
        spread=spread,
        r=both["mean_a"].corr(both["mean_b"]),
    )
    return found


def score_difference(both: pd.DataFrame) -> dict[str, float]:
    """Score differences against their stated variance.

    Parameters
    ----------
    both
        From `differences`.

    Returns
    -------
    dict
        ``n`` cells; ``r`` between both estimates; ``coverage`` of 90 % intervals with ``lo`` and ``hi`` (95 %, states
        resampled); mean ``width`` and interval ``score`` of the difference; ``spread``, standard deviation of the
        estimates themselves; ``in_pole``, coverage once the mean difference of each pole is taken out.
    """
    half = NORMAL_90 * np.sqrt(both["variance"].to_numpy())
    gap = both["difference"].to_numpy()
    centred = (both["difference"] - both.groupby("pole")["difference"].transform("mean")).to_numpy()
    inside = np.abs(gap) <= half
    low, high = by_state(both["state"].to_numpy(), inside.astype(float))
    return {
        "n": len(both),
        "r": float(both["r"].mean()),
        "coverage": coverage(-half, half, gap),
        "lo": low,
        "hi": high,
        "width": float((2 * half).mean()),
        "score": interval_score(-half, half, gap),
        "spread": float(both["spread"].mean()),
        "in_pole": coverage(-half, half, centred),
    }


def by_state(state: NDArray[np.object_], values: Floats, seed: int = 5) -> tuple[float, float]:
    """95 % interval of a mean over cells, states resampled whole."""
    _, group = np.unique(state.astype(str), return_inverse=True)
    total, count = np.bincount(group, values), np.bincount(group).astype(float)
    times = np.random.default_rng(seed).multinomial(
        total.size, np.full(total.size, 1 / total.size), RESAMPLES
    )
    low, high = np.quantile((times @ total) / (times @ count), (0.025, 0.975))
    return float(low), float(high)


def _with_pacts(bench: Bench, name: str, calls: pd.DataFrame) -> pd.DataFrame:
    import pandas as pd

    packaged = table("readings")
    return pd.concat([packaged[packaged["indicator"] == PACT], bench.measured(name, calls)])


def _one_dimension(bench: Bench, name: str, calls: pd.DataFrame) -> pd.DataFrame:
    """Nearness of one-dimensional positions to every pole, mean 0 and standard deviation 1 towards each."""
    import pandas as pd

    votes = packaged_votes()[0]
    fitted = ideal_points(
        votes[votes["rcid"].isin(calls["rcid"])],
        calls,
        dims=1,
        period="year",
        prior=Prior(issue_spread=0.0),
        draws=100,
    )
    bench.say(f"one dimension, {name}")
    frames = []
    for pole in bench.poles:
        near = fitted.nearness(pole)
        unit = near["nearness"].std()
        frames.append(
            near.assign(
                pole=pole, mean=(near["nearness"] - near["nearness"].mean()) / unit, sd=near["sd"] / unit
            )
        )
    return pd.concat(frames).rename(columns={"period": "year"}).assign(n_indicators=1)


def _constants(points: pd.DataFrame, factor: float | None) -> Floats:
    """Return the constant of each cell: given, or learned on the half of the states that it does not belong to."""
    if factor is not None:
        return np.full(len(points), factor)
    states = np.array(sorted(set(points["state"])))
    chosen = set(states[np.random.default_rng(7).random(states.size) < 0.5])
    inside = points["state"].isin(chosen).to_numpy()
    ratio = (points["difference"].abs() / np.sqrt(points["variance"])).to_numpy() / NORMAL_90
    return np.asarray(np.where(inside, np.quantile(ratio[~inside], 0.9), np.quantile(ratio[inside], 0.9)))
