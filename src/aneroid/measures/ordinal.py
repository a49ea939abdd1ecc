r"""The ordinal logit of one vote, and its sums over states and over roll calls.

State *i* with position ``x[i]`` votes on roll call *j* with discrimination ``b[j]`` and cutpoints ``u[j] <
v[j]``::

    A = P(at least abstain) = sigma(b.x - u)        B = P(yes) = sigma(b.x - v)

The middle category has probability ``A - B = A (1 - B) (1 - exp(u - v))``, so the log likelihood splits into
two binary logits, each over the cells where it is informative, plus ``n_abstain log(1 - exp(u - v))``. One
exponential a cell serves both. Items are held as ``theta = (b, c, g)``: midpoint ``c = (u + v)/2`` and log
gap ``g = log(v - u)``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aneroid.measures.record import VoteRecord

Floats = NDArray[np.float64]
Cells = NDArray[np.float32]

# exp() of a clipped predictor times exp() of a cutpoint must stay within float32.
_PREDICTOR_LIMIT = 30.0
_CUTPOINT_LIMIT = 40.0


class Responses(NamedTuple):
    """Scores and expected information of the two binary answers of every cell of one period."""

    score_low: Cells
    score_high: Cells
    information_low: Cells
    information_high: Cells


def cutpoints(items: Floats) -> tuple[Floats, Floats]:
    """Return lower and upper cutpoints of the items."""
    half = np.exp(items[:, -1]) / 2
    return items[:, -2] - half, items[:, -2] + half


def probabilities(positions: Floats, items: Floats) -> tuple[Cells, Cells]:
    """Return P(at least abstain) and P(yes), roll calls by states."""
    predictor = items[:, :-2].astype(np.float32) @ positions.T.astype(np.float32)
    np.clip(predictor, -_PREDICTOR_LIMIT, _PREDICTOR_LIMIT, out=predictor)
    odds_against = np.exp(-predictor)
    low, high = (np.clip(cut, -_CUTPOINT_LIMIT, _CUTPOINT_LIMIT) for cut in cutpoints(items))
    at_least = odds_against * np.exp(low).astype(np.float32)[:, None]
    at_least += 1
    np.reciprocal(at_least, out=at_least)
    odds_against *= np.exp(high).astype(np.float32)[:, None]
    odds_against += 1
    np.reciprocal(odds_against, out=odds_against)
    return at_least, odds_against


def responses(record: VoteRecord, t: int, positions: Floats, items: Floats) -> Responses:
    """Evaluate all cells of period ``t``; missing cells come out as zeros."""
    rows = record.rows(t)
    low, high, middle = record.low[rows], record.high[rows], record.middle[rows]
    at_least, yes = probabilities(positions[t], items[rows])
    information_low = at_least * low
    score_low = middle - information_low
    np.subtract(1, at_least, out=at_least)
    information_low *= at_least
    information_high = yes * high
    score_high = high - middle
    score_high -= information_high
    np.subtract(1, yes, out=yes)
    information_high *= yes
    return Responses(score_low, score_high, information_low, information_high)


def each_period(
    record: VoteRecord, positions: Floats, items: Floats
) -> Iterator[tuple[int, slice, Responses]]:
    """Go through the periods: index, rows, responses."""
    for t in range(len(record.periods)):
        yield t, record.rows(t), responses(record, t, positions, items)


def state_sums(record: VoteRecord, positions: Floats, items: Floats) -> tuple[Floats, Floats]:
    """Score and expected information about every position, ``[t, state, k]`` and ``[t, state, k, k]``."""
    shape, dims = record.n_votes.shape, positions.shape[-1]
    score, information = np.zeros((*shape, dims)), np.zeros((*shape, dims, dims))
    first, second = np.triu_indices(dims)
    slopes = items[:, :dims].astype(np.float32)
    for t, rows, cells in each_period(record, positions, items):
        slope = slopes[rows]
        score[t] = (cells.score_low + cells.score_high).T @ slope
        packed = (cells.information_low + cells.information_high).T @ (slope[:, first] * slope[:, second])
        information[t][:, first, second] = packed
        information[t][:, second, first] = packed
    return score, information


def item_sums(record: VoteRecord, positions: Floats, items: Floats) -> tuple[Floats, Floats]:
    """Score and expected information about every item ``(b, c, g)``, ``[row, p]`` and ``[row, p, p]``."""
    size, dims = len(items), positions.shape[-1]
    score, information = np.zeros((size, dims + 2)), np.zeros((size, dims + 2, dims + 2))
    first, second = np.triu_indices(dims)
    half = np.exp(items[:, -1]) / 2
    for t, rows, cells in each_period(record, positions, items):
        x = positions[t].astype(np.float32)
        low, high = cells.score_low.sum(axis=1), cells.score_high.sum(axis=1)
        score[rows, :dims] = (cells.score_low + cells.score_high) @ x
        score[rows, dims] = -(low + high)
        score[rows, dims + 1] = (low - high) * half[rows]
        basis = np.concatenate([np.ones((len(x), 1), dtype=np.float32), x], axis=1)
        low_sums, high_sums = cells.information_low @ basis, cells.information_high @ basis
        total, tilt = low_sums + high_sums, (low_sums - high_sums) * half[rows, None]
        block = information[rows]
        packed = (cells.information_low + cells.information_high) @ (x[:, first] * x[:, second])
        block[:, first, second] = packed
        block[:, second, first] = packed
        block[:, :dims, dims] = block[:, dims, :dims] = -total[:, 1:]
        block[:, :dims, dims + 1] = block[:, dims + 1, :dims] = tilt[:, 1:]
        block[:, dims, dims] = total[:, 0]
        block[:, dims, dims + 1] = block[:, dims + 1, dims] = -tilt[:, 0]
        block[:, dims + 1, dims + 1] = total[:, 0] * half[rows] ** 2
    return _with_gap_term(record, items, score, information)


def _with_gap_term(
    record: VoteRecord, items: Floats, score: Floats, information: Floats
) -> tuple[Floats, Floats]:
    """Add ``n_abstain log(1 - exp(-gap))``, which keeps the cutpoints apart."""
    abstained = record.middle.sum(axis=1).astype(np.float64)
    gap = np.exp(items[:, -1])
    growth = np.expm1(gap)
    score[:, -1] += abstained * gap / growth
    information[:, -1, -1] += abstained * np.maximum(gap * (gap * np.exp(gap) - growth) / growth**2, 0)
    return score, information
