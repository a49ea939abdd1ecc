"""Does closeness predict an indicator that it has not seen?

The model is fitted without indicator k, for any state. On nine tenths of the states an ordered probit (`orientation_probit`)
learns one loading of k on that closeness, and a zero for each pole; readings of k of the other states are then predicted.
Against

- the **marginal**: shares of classes towards the same pole, among the other states;
- the **climatology** of the dyad: its own earlier readings of k, shrunken towards the marginal as far as serves other states
  best (shares of classes, or a probit on their mean; the better of both on the other states). It has seen k, we have not;
- climatology **with** closeness, against climatology alone: what closeness adds to what the dyad's own readings say.

Scores are in nats per reading, higher = better; intervals are 95 %, states resampled whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from aneroid.evaluation.orientation_data import CELL, Bench
from aneroid.evaluation.orientation_halves import by_state
from aneroid.evaluation.orientation_probit import Ladder, Probit, fit_probit, mixed

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

FOLDS = 10
TRAINING_ROWS = 12_000
SHRINKAGE = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
DOMAINS = {
    "security": (
        "alliance",
        "arms_deliveries",
        "arms_orders",
        "defence_agreements",
        "dispute",
        "sanctions_arms",
        "troops",
    ),
    "economic": ("sanctions_other", "sanctions_trade", "trade"),
    "diplomatic": ("consultation", "roll_calls", "votes"),
}
"""Which indicators the three factors of a rival design read."""


@dataclass(frozen=True)
class Task:
    """Readings of one indicator with what predicts them; rows are dyad-years."""

    frame: pd.DataFrame
    """``state, pole, year, value`` and the covariates."""
    sign: int


@dataclass(frozen=True)
class Scores:
    """Log score of every row under each prediction, and the edges of its transform."""

    log: dict[str, Floats]
    below: Floats
    upto: Floats
    loading: float


def leave_out(bench: Bench) -> pd.DataFrame:
    """Predict every indicator from all others.

    Parameters
    ----------
    bench
        Readings and fits.

    Returns
    -------
    pandas.DataFrame
        ``indicator``, ``n`` readings, ``loading``; gain over ``marginal`` and over ``climatology`` (``_lo``, ``_hi``);
        ``added`` to climatology; ``uniform_p``, the p-value of a Kolmogorov–Smirnov test of the randomised transform on
        one reading a state (median of 99 choices); ``d1 … d10``, shares of its tenths.
    """
    import pandas as pd

    readings = bench.readings()
    rows = []
    for item in bench.indicators:
        others = [other.name for other in bench.indicators if other.name != item.name]
        closeness = bench.closeness(f"without-{item.name}", readings, others)
        task = task_of(readings, item.name, item.sign, {"closeness": closeness})
        rows.append({"indicator": item.name, **_summary(task, score(task, ["closeness"]))})
    return pd.DataFrame(rows)


def factors(bench: Bench) -> pd.DataFrame:
    """Predict every indicator from one factor of all others, and from three factors of them (`DOMAINS`).

    Returns
    -------
    pandas.DataFrame
        ``indicator, domain, n``; gain over the marginal of ``one`` factor, of its own ``domain`` alone, and of ``three``
        (one loading on each); ``three_over_one`` with ``_lo`` and ``_hi``: above zero, three predict better.
    """
    import pandas as pd

    readings = bench.readings()
    rows = []
    for item in bench.indicators:
        kept = {name: [k for k in members if k != item.name] for name, members in DOMAINS.items()}
        own = next(name for name, members in DOMAINS.items() if item.name in members)
        every = [k for members in kept.values() for k in members]
        found = {"one": bench.closeness(f"without-{item.name}", readings, every)}
        found |= {name: bench.closeness(f"{name}", readings, members) for name, members in kept.items()}
        task = task_of(readings, item.name, item.sign, found)
        one, three, alone = (score(task, names) for names in (["one"], list(DOMAINS), [own]))
        state = task.frame["state"].to_numpy()
        gain = three.log["closeness"] - one.log["closeness"]
        low, high = by_state(state, gain)
        rows.append(
            {
                "indicator": item.name,
                "domain": own,
                "n": len(gain),
                "one": float((one.log["closeness"] - one.log["marginal"]).mean()),
                "own_domain": float((alone.log["closeness"] - alone.log["marginal"]).mean()),
                "three": float((three.log["closeness"] - three.log["marginal"]).mean()),
                "three_over_one": float(gain.mean()),
                "lo": low,
                "hi": high,
            }
        )
    return pd.DataFrame(rows)


def task_of(readings: pd.DataFrame, name: str, sign: int, closeness: dict[str, pd.DataFrame]) -> Task:
    """Join readings of an indicator with closeness that has not seen it, by name; rows without closeness go.

    Where a reading has nothing else beside it that year, closeness still stands with its wider interval.
    """
    frame = readings[readings["indicator"] == name][[*CELL, "value"]]
    for label, found in closeness.items():
        named = found[[*CELL, "mean", "sd"]].rename(columns={"mean": label, "sd": f"{label}_sd"})
        frame = frame.merge(named, on=CELL)
    return Task(frame.sort_values(CELL, ignore_index=True), sign)


def score(task: Task, names: list[str], seed: int = 11) -> Scores:
    """Score all predictions on states that taught nothing.

    Parameters
    ----------
    task
        The readings.
    names
        Covariates to use as closeness.
    seed
        Of the folds and of the rows that are learned from.

    Returns
    -------
    Scores
        ``marginal``, ``closeness``, ``climatology`` and ``both``.
    """
    frame = task.frame
    value = task.sign * frame["value"].to_numpy(float)
    states = np.array(sorted(set(frame["state"])))
    generator = np.random.default_rng(seed)
    fold_of = dict(zip(states, generator.permutation(states.size) % FOLDS, strict=True))
    fold = frame["state"].map(fold_of).to_numpy()
    kinds = ("marginal", "closeness", "climatology", "both")
    log = {kind: np.zeros(len(frame)) for kind in kinds}
    below, upto, loadings = np.zeros(len(frame)), np.zeros(len(frame)), []
    for f in range(FOLDS):
        out = _Fold(frame, value, fold == f, names, generator)
        for kind, p in out.probabilities().items():
            log[kind][fold == f] = np.log(p)
        below[fold == f], upto[fold == f] = out.transform
        loadings.append(out.loading)
    return Scores(log, below, upto, float(np.mean(loadings)))


class _Fold:
    """What nine tenths of the states teach, and what it says about the rest."""

    def __init__(
        self,
        frame: pd.DataFrame,
        value: Floats,
        test: NDArray[np.bool_],
        names: list[str],
        generator: np.random.Generator,
    ) -> None:
        self.test = test
        self.ladder = Ladder.of(value[~test])
        self.code = self.ladder.code(value)
        poles = np.unique(frame["pole"].to_numpy(str))
        self.pole = np.searchsorted(poles, frame["pole"].to_numpy(str))
        self.intercepts = np.eye(poles.size)[self.pole]
        self.mean = frame[names].to_numpy(float)
        self.variance = frame[[f"{name}_sd" for name in names]].to_numpy(float) ** 2
        size = self.ladder.share.size
        counts = np.zeros((poles.size, size))
        np.add.at(counts, (self.pole[~test], self.code[~test]), 1.0)
        self.shares = (counts + self.ladder.share) / (counts.sum(axis=1, keepdims=True) + 1)
        self.marginal = self.shares[self.pole, self.code]
        train = np.flatnonzero(~test)
        self.train = generator.choice(train, min(TRAINING_ROWS, train.size), replace=False)
        self.counts, self.past, self.known = self._history(frame)
        self.transform: tuple[Floats, Floats] = (np.empty(0), np.empty(0))
        self.loading = 0.0

    def probabilities(self) -> dict[str, Floats]:
        """Probability of what was read, of every reading of the states left out."""
        test, base = self.test, self.marginal[self.test]
        alone = self._fit(self.mean, self.variance)
        self.loading = float(alone.b[-self.mean.shape[1]])
        low, high = self._edges(alone, self.mean, self.variance)
        self.transform = (low[test], high[test])
        history = np.column_stack([self.past, self.past * self.known, self.known])
        none = np.zeros_like(history)
        own = self._fit(history, none)
        x, v = np.column_stack([history, self.mean]), np.column_stack([none, self.variance])
        climatology = self._better(self._probability(own, history, none))
        both = self._pooled(climatology, self._probability(self._fit(x, v), x, v))
        return {
            "marginal": base,
            "closeness": mixed((high - low)[test], base),
            "climatology": mixed(climatology[test], base),
            "both": mixed(both[test], base),
        }

    def _fit(self, x: Floats, v: Floats) -> Probit:
        rows = self.train
        x = np.column_stack([self.intercepts, x])
        v = np.column_stack([np.zeros_like(self.intercepts), v])
        return fit_probit(self.ladder.cuts, self.code[rows], x[rows], v[rows])

    def _edges(self, model: Probit, x: Floats, v: Floats) -> tuple[Floats, Floats]:
        x = np.column_stack([self.intercepts, x])
        return model.edges(x, np.column_stack([np.zeros_like(self.intercepts), v]), self.code)

    def _probability(self, model: Probit, x: Floats, v: Floats) -> Floats:
        low, high = self._edges(model, x, v)
        return np.asarray(high - low)

    def _pooled(self, one: Floats, two: Floats) -> Floats:
        """Mix two forecasts in the proportion that serves the other states best."""
        rows, grid = self.train, np.linspace(0, 1, 11)
        base = self.marginal[rows]
        gains = [np.log(mixed((1 - w) * one[rows] + w * two[rows], base)).mean() for w in grid]
        w = float(grid[int(np.argmax(gains))])
        return (1 - w) * one + w * two

    def _history(self, frame: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
        """Classes of the dyad's earlier readings (counts), their mean on the normal scale, and how much is known."""
        one_hot = np.eye(self.ladder.share.size)[self.code]
        middle = np.cumsum(self.ladder.share) - self.ladder.share / 2
        normal = ndtri(np.clip(middle, 1e-4, 1 - 1e-4))[self.code]
        dyad = frame.groupby(["state", "pole"], sort=False).ngroup().to_numpy()
        first = np.r_[True, dyad[1:] != dyad[:-1]]
        start = np.maximum.accumulate(np.where(first, np.arange(dyad.size), 0))
        sums = np.cumsum(np.column_stack([one_hot, normal]), axis=0) - np.column_stack([one_hot, normal])
        sums -= sums[start]
        counts = sums[:, :-1]
        n = counts.sum(axis=1)
        return counts, sums[:, -1] / np.maximum(n, 1), n / (n + 5)

    def _better(self, probit: Floats) -> Floats:
        """Dyad climatology: the form that serves the other states better."""
        rows, best, chosen = self.train, -np.inf, probit
        for strength in SHRINKAGE:
            seen = self.counts[np.arange(self.code.size), self.code] + strength * self.marginal
            p = seen / (self.counts.sum(axis=1) + strength)
            value = float(np.log(mixed(p[rows], self.marginal[rows])).mean())
            if value > best:
                best, chosen = value, p
        other = float(np.log(mixed(probit[rows], self.marginal[rows])).mean())
        return probit if other > best else chosen


def uniformity(
    below: Floats, upto: Floats, state: NDArray[np.object_], seed: int = 13
) -> tuple[float, Floats]:
    """Test whether the randomised transform is uniform.

    Parameters
    ----------
    below, upto
        Probability of less than, and of at most, what was read.
    state
        Readings of one state hang together: each choice takes one of them.
    seed
        Of the choices.

    Returns
    -------
    p, tenths
        Median p-value over 99 choices; shares of the ten tenths over all readings.
    """
    from scipy.stats import kstest

    generator = np.random.default_rng(seed)
    _, group = np.unique(state.astype(str), return_inverse=True)
    values = []
    for _ in range(99):
        u = below + generator.random(below.size) * (upto - below)
        order = generator.permutation(below.size)
        one = order[np.unique(group[order], return_index=True)[1]]
        values.append(kstest(u[one], "uniform").pvalue)
    u = below + generator.random(below.size) * (upto - below)
    return float(np.median(values)), np.histogram(u, bins=10, range=(0, 1))[0] / below.size


def _summary(task: Task, scores: Scores) -> dict[str, float]:
    state = task.frame["state"].to_numpy()
    row: dict[str, float] = {"n": float(len(state)), "loading": scores.loading}
    for name, better, worse in (
        ("marginal", "closeness", "marginal"),
        ("climatology", "closeness", "climatology"),
        ("added", "both", "climatology"),
    ):
        gain = scores.log[better] - scores.log[worse]
        row[name] = float(gain.mean())
        row[f"{name}_lo"], row[f"{name}_hi"] = by_state(state, gain)
    row["uniform_p"], tenths = uniformity(scores.below, scores.upto, state)
    return row | {f"d{n + 1}": float(share) for n, share in enumerate(tenths)}
