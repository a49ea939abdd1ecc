"""Second pass: what is known about each shortlisted target of a question, as numbers for the ranker."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from aneroid.forecasts.decayed_counts import DecayedCounts
from aneroid.forecasts.link_graph import LinkGraph
from aneroid.forecasts.link_shortlist import Scores, forecasters, mixture

_ALL = (0, 1, 2, 3, 4)
_LONGEST_GAP = 1000.0
_RELATIVE = ("rule 0", "rule 1", "repeat", "partner", "home rule", "home repeat", "home partner", "two steps")
_HOME_RATES = (1, 3)
# Half-lives of each table that the ranker sees: for the question as asked, and for its inverse.
_OWN_RATES: dict[str, tuple[int, ...]] = {
    "s r o": _ALL,
    "s d o": _ALL,
    "r o": _ALL,
    "d o": (0, 2, 4),
    "s r": (0, 2, 4),
    "s d": (0, 2, 4),
}
_MIRRORED_RATES: dict[str, tuple[int, ...]] = {
    "s r o": (1, 3),
    "s d o": _ALL,
    "r o": (1, 3),
    "d o": (0, 2, 4),
    "s d": (2,),
}
_CHUNK = 192  # questions scored at once: bounds memory to some 200 MB with 23,000 entities


@dataclass(frozen=True)
class Candidates:
    """Shortlisted targets of a batch of questions.

    ``first_pass`` is questions × entities; ``target`` questions × shortlist, likeliest first; ``numbers`` one row a
    candidate in that order; ``relation`` and ``sector`` are the classes the ranker learns an own weight for.
    """

    first_pass: np.ndarray
    target: np.ndarray
    numbers: np.ndarray
    relation: np.ndarray
    sector: np.ndarray


def chunks(n: int) -> list[slice]:
    """Cut a day's questions into pieces that fit in memory."""
    return [slice(i, min(i + _CHUNK, n)) for i in range(0, n, _CHUNK)]


def shortlist(
    graph: LinkGraph,
    s: np.ndarray,
    r: np.ndarray,
    weights: np.ndarray,
    size: int,
    places: np.ndarray | None = None,
) -> Candidates:
    """Score all entities in the first pass and describe the likeliest.

    Parameters
    ----------
    graph
        The state at the start of the day.
    s, r
        The questions (s, r, ?).
    weights
        Of the first pass, from :func:`~aneroid.forecasts.link_shortlist.learn_weights`.
    size
        Candidates a question.
    places
        Places on the shortlist to describe, questions × places; all by default.

    Returns
    -------
    Candidates
        Ties in the first pass keep the order of entity ids.
    """
    scores = forecasters(graph, s, r)
    first_pass = mixture(graph, scores, weights, s, r)
    size = min(size, graph.n - 1)
    chosen = np.sort(np.argpartition(-first_pass, size, axis=1)[:, :size], axis=1)
    value = np.take_along_axis(first_pass, chosen, axis=1)
    target = np.take_along_axis(chosen, np.argsort(-value, axis=1, kind="stable"), axis=1)
    likeliest = target[:, :1]
    if places is None:
        places = np.tile(np.arange(size), (len(s), 1))
    target = np.take_along_axis(target, places, axis=1)
    numbers = _describe_scores(scores, first_pass, target, likeliest)
    numbers.append(np.log1p(places).ravel())
    width = target.shape[1]
    numbers += _describe_counts(graph, np.repeat(s, width), np.repeat(r, width), target.ravel())
    return Candidates(
        first_pass,
        target,
        np.column_stack([column.astype(np.float32, copy=False) for column in numbers]),
        np.repeat(r, width),
        graph.traits.sector[target.ravel()],
    )


def _describe_scores(
    scores: Scores, first_pass: np.ndarray, target: np.ndarray, likeliest: np.ndarray
) -> list[np.ndarray]:
    def at(score: np.ndarray) -> np.ndarray:
        return np.take_along_axis(score, target, axis=1)

    columns = []
    for name, score in scores.items():
        here = at(score)
        columns.append((here if name.startswith("factors") else np.log(here + 1e-4)).ravel())
        if name in _RELATIVE:
            columns.append(np.log((here + 1e-3) / (score.max(axis=1, keepdims=True) + 1e-3)).ravel())
    mixed = np.log(at(first_pass) + 1e-7)
    best = np.log(np.take_along_axis(first_pass, likeliest, axis=1) + 1e-7)
    columns += [mixed.ravel(), (mixed - best).ravel()]
    return columns


def _describe_counts(graph: LinkGraph, s: np.ndarray, r: np.ndarray, o: np.ndarray) -> list[np.ndarray]:
    d, back, basic = graph.direction(r), graph.inverse(r), graph.basic
    key, mirrored = graph.basic_keys(s, r, o), graph.basic_keys(s, back, o)
    columns = []
    fading = {}
    for name, rates in _OWN_RATES.items():
        fading[name] = basic[name].fading[basic[name].find(key[name])]
        columns += _columns(basic[name], key[name], rates, graph.now)
    for name, rates in _MIRRORED_RATES.items():
        columns += _columns(basic[name], mirrored[name], rates, graph.now)
    for rate in (1, 3, 4):
        for part, whole in (
            ("s r o", "s r"),
            ("s d o", "s d"),
            ("s r o", "s d o"),
            ("s r o", "r o"),
            ("s d o", "d o"),
        ):
            columns.append(np.log((fading[part][:, rate] + 0.01) / (fading[whole][:, rate] + 0.01)))
    for name, keys in graph.home_keys(s, r, o).items():
        slot = graph.by_home[name].find(keys)
        columns += [np.log(graph.by_home[name].fading[slot, rate] + 0.01) for rate in _HOME_RATES]
    left, right = graph.role_factors
    columns.append((left[s] * right[graph.role_column[basic["r o"].find(key["r o"])]]).sum(axis=1))
    home, sector = graph.home, graph.traits.sector
    columns += [home[s] == home[o], home[o] == 0, s == o, d]
    columns += [sector[who] == kind for who in (s, o) for kind in (0, 1)]
    return columns


def _columns(table: DecayedCounts, keys: np.ndarray, rates: tuple[int, ...], now: int) -> list[np.ndarray]:
    slot = table.find(keys)
    columns = [np.log(table.fading[slot, rate] + 0.01) for rate in rates]
    columns.append(np.log(np.minimum(now - table.last[slot], _LONGEST_GAP)))
    columns.append(np.log(table.total[slot] + 0.1))
    return columns
