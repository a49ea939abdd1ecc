r"""Similarity of foreign-policy portfolios, for all pairs of states at once.

A portfolio is a row of ordered levels (votes no < abstain < yes; alliance ties none < entente < … < defence).
With cumulative indicators ``H_k[i, r] = 1[x_ir >= level_k]`` (``H_0`` marks what is observed), every measure
here is a
function of the joint counts ``G_kl = H_k W H_l'``, which one matrix product gives for all pairs of a period::

    sum w |a-b|   = sum_k d_k (G_k0 + G_0k - 2 G_kk)
    sum w (a-b)^2 = sum_k c_k (G_k0 + G_0k) - 2 sum_kl d_k d_l G_kl

where ``d_k = level_k - level_{k-1}`` and ``c_k`` the same difference of squares (levels counted from the
lowest).

Missing values: only items on which both states have a level are compared (pairwise deletion); a pair with
none has no value (NaN), never zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aneroid.errors import InputError

Floats = NDArray[np.floating]
Distances = tuple[Floats, Floats, Floats]

# Counts and their products stay exact integers in float32 up to this many unweighted items.
_EXACT_ITEMS = 1400


@dataclass(frozen=True, slots=True)
class JointCounts:
    """Weighted joint counts of all pairs of states: what every measure is computed from."""

    cumulative: Floats
    """``[k, l, a, b]``: weight of items where a is at level k or above and b at level l or above."""
    levels: tuple[float, ...]
    known: dict[bool, Distances] = field(default_factory=dict)
    """Distances already computed, by whether they are squared; several measures share them."""

    @property
    def joint(self) -> Floats:
        """Weight of the items on which both states are observed, ``[a, b]``."""
        return np.asarray(self.cumulative[0, 0])

    def distance(self, *, squared: bool) -> Distances:
        """Sum of distances; what chance gives under own and under pooled margins, times the joint weight."""
        if squared not in self.known:
            self.known[squared] = self._squared() if squared else self._absolute()
        return self.known[squared]

    def _absolute(self) -> Distances:
        g, n = self.cumulative, self.joint
        observed, own, pooled = np.zeros_like(n), np.zeros_like(n), np.zeros_like(n)
        for k in range(1, len(self.levels)):
            step = self.levels[k] - self.levels[k - 1]
            both = g[k, 0] + g[0, k]
            observed += step * (both - 2 * g[k, k])
            own += step * (n * both - 2 * g[k, 0] * g[0, k])
            pooled += step * (n * both - 0.5 * both * both)
        return observed, own, pooled

    def _squared(self) -> Distances:
        g, n = self.cumulative, self.joint
        above = [level - self.levels[0] for level in self.levels]
        square, cross = np.zeros_like(n), np.zeros_like(n)
        first, second = np.zeros_like(n), np.zeros_like(n)
        for k in range(1, len(above)):
            step = above[k] - above[k - 1]
            square += (above[k] ** 2 - above[k - 1] ** 2) * (g[k, 0] + g[0, k])
            first += step * g[k, 0]
            second += step * g[0, k]
            for m in range(1, len(above)):
                cross += step * (above[m] - above[m - 1]) * g[k, m]
        own = n * square - 2 * first * second
        pooled = n * square - 0.5 * (first + second) ** 2
        return square - 2 * cross, own, pooled

    def table(self) -> Floats:
        """Return ``[k, l, a, b]``: weight of items where a is at level k and b at level l exactly."""
        size = len(self.levels)
        padded = np.zeros((size + 1, size + 1, *self.joint.shape), dtype=self.cumulative.dtype)
        padded[:size, :size] = self.cumulative
        return padded[:-1, :-1] - padded[1:, :-1] - padded[:-1, 1:] + padded[1:, 1:]


def joint_counts(
    matrix: Floats, levels: Sequence[float] | None = None, weights: Floats | None = None
) -> JointCounts:
    """Count, for all pairs of rows, how often each combination of levels occurs.

    Parameters
    ----------
    matrix
        States by items; NaN where a state has no value.
    levels
        The ordered levels; by default the distinct values of ``matrix``. Give them whenever a level may not
        occur.
    weights
        One weight an item (for instance the size of the partner); all one by default.

    Returns
    -------
    JointCounts
    """
    observed = ~np.isnan(matrix)
    values = tuple(float(x) for x in (levels if levels is not None else np.unique(matrix[observed])))
    if len(values) < 2 or any(a >= b for a, b in pairwise(values)):
        raise InputError(f"Levels {values} were given; pass at least two, in ascending order.")
    if levels is not None and not np.isin(matrix[observed], values).all():
        raise InputError(
            f"The matrix holds values outside the levels {values}; recode it or widen the levels."
        )
    whole = all(value.is_integer() for value in values)
    kind = np.float32 if weights is None and whole and matrix.shape[1] <= _EXACT_ITEMS else np.float64
    stacked: Floats = np.concatenate([observed, *(matrix >= level for level in values[1:])]).astype(kind)
    right: Floats = stacked if weights is None else stacked * np.asarray(weights, dtype=kind)
    n, size = matrix.shape[0], len(values)
    product = (right @ stacked.T).reshape(size, n, size, n)
    return JointCounts(np.ascontiguousarray(product.transpose(0, 2, 1, 3)), values)


def _s_score(counts: JointCounts, *, squared: bool) -> Floats:
    span = counts.levels[-1] - counts.levels[0]
    largest = span**2 if squared else span
    observed = counts.distance(squared=squared)[0]
    return np.asarray(1 - 2 * observed / (largest * counts.joint))


def _chance_corrected(counts: JointCounts, *, squared: bool, pooled: bool) -> Floats:
    observed, own_margins, pooled_margins = counts.distance(squared=squared)
    expected = pooled_margins if pooled else own_margins
    score = 1 - observed * counts.joint / expected
    # Both states in one and the same level throughout: nothing to correct for, and full agreement.
    return np.where((observed == 0) & (counts.joint > 0), 1, score)


def _agreement(counts: JointCounts) -> Floats:
    table = counts.table()
    return np.asarray(np.trace(table, axis1=0, axis2=1) / counts.joint)


def _kappa_nominal(counts: JointCounts) -> Floats:
    table, n = counts.table(), counts.joint
    same = np.trace(table, axis1=0, axis2=1)
    expected = (table.sum(axis=1) * table.sum(axis=0)).sum(axis=0)
    score = (same * n - expected) / (n * n - expected)
    return np.where((same == n) & (n > 0), 1, score)


def _tau_b(counts: JointCounts) -> Floats:
    table = counts.table().astype(np.float64)
    size = len(counts.levels)
    balance = np.zeros(table.shape[2:])
    for k in range(size):
        for m in range(size):
            later = table[k + 1 :, m + 1 :].sum(axis=(0, 1)) - table[k + 1 :, :m].sum(axis=(0, 1))
            balance += table[k, m] * later
    n = counts.joint.astype(np.float64)
    untied_a = (n * n - (table.sum(axis=1) ** 2).sum(axis=0)) / 2
    untied_b = (n * n - (table.sum(axis=0) ** 2).sum(axis=0)) / 2
    return np.asarray(balance / np.sqrt(untied_a * untied_b))


MEASURES: dict[str, Callable[[JointCounts], Floats]] = {
    "s_absolute": lambda c: _s_score(c, squared=False),
    "s_squared": lambda c: _s_score(c, squared=True),
    "kappa": _kappa_nominal,
    "kappa_absolute": lambda c: _chance_corrected(c, squared=False, pooled=False),
    "kappa_squared": lambda c: _chance_corrected(c, squared=True, pooled=False),
    "pi_absolute": lambda c: _chance_corrected(c, squared=False, pooled=True),
    "pi_squared": lambda c: _chance_corrected(c, squared=True, pooled=True),
    "tau_b": _tau_b,
    "agreement": _agreement,
}
"""The measures by name."""


def similarity(
    matrix: Floats,
    *,
    measure: str = "s_absolute",
    levels: Sequence[float] | None = None,
    weights: Floats | None = None,
) -> Floats:
    """Compute one similarity measure for all pairs of rows of one period.

    Parameters
    ----------
    matrix
        States by items, ordered levels as numbers, NaN where missing.
    measure
        ``s_absolute``, ``s_squared`` (Signorino and Ritter); ``kappa`` (nominal), ``kappa_absolute``,
        ``kappa_squared`` (Cohen; chance from each state's own margins); ``pi_absolute``, ``pi_squared``
        (Scott; chance from pooled margins); ``tau_b`` (Kendall); ``agreement`` (share of identical levels).
    levels
        The ordered levels; the distinct values by default. S divides by their span.
    weights
        One weight an item; all one by default.

    Returns
    -------
    numpy.ndarray
        States by states, symmetric. 1 is identity; S and pi reach −1, agreement runs from 0 to 1; chance
        level is 0 for kappa, pi and tau-b. NaN: nothing in common, or (tau-b) a state that never varies.

    Raises
    ------
    InputError
        Unknown measure, or values outside the levels.

    References
    ----------
    Signorino and Ritter 1999, doi:10.1111/0020-8833.00113. Häge 2011, doi:10.1093/pan/mpr014.
    """
    chosen = measure_named(measure)
    with np.errstate(divide="ignore", invalid="ignore"):
        return chosen(joint_counts(matrix, levels, weights)).astype(np.float64)


def measure_named(name: str) -> Callable[[JointCounts], Floats]:
    if name not in MEASURES:
        raise InputError(f"Unknown similarity measure {name!r}; choose one of {', '.join(MEASURES)}.")
    return MEASURES[name]
