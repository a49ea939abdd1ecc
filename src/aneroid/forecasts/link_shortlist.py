"""First pass over all entities: a mixture of simple forecasters, its weights learned by expectation–maximisation.

p(o | s, r, t) = Σ_k π_k(b) p_k(o | s, r, t), where b is how often (s, r) occurred lately. Each p_k is one way to
foresee the target: it was the target before, a rule fires, it is popular with this relation, it is near in the
low-rank factors, and so on. A forecaster that knows little gives away little: p_k sums to less than one.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import scipy.sparse as sp

from aneroid.forecasts.decayed_counts import DecayedCounts
from aneroid.forecasts.link_graph import RULE_RATES, LinkGraph

_BLEND = np.array([0.3, 0.3, 0.2, 0.1, 0.1], np.float32)  # of the five half-lives, short to long
_SLOW = np.array([0.0, 0.1, 0.3, 0.3, 0.3], np.float32)
_SHARPNESS = 6.0
_HISTORY_BINS = np.array([0.2, 1.0, 4.0])

Scores = dict[str, np.ndarray]


def forecasters(graph: LinkGraph, s: np.ndarray, r: np.ndarray) -> Scores:
    """Score every entity as the target of each question (s, r, ?) in each simple way; larger is likelier."""
    out: Scores = {}
    out.update(_from_pairs(graph, s, r))
    out.update(_from_homes(graph, s, r))
    out.update(_from_popularity(graph, s, r))
    out.update(_from_factors(graph, s, r))
    out["two steps"] = _two_steps(graph, s)
    return out


def _blend(fading: np.ndarray, weights: np.ndarray) -> np.ndarray:
    # Not a matrix product: on five columns some BLAS kernels read past the end and raise false warnings.
    return np.asarray(np.einsum("ij,j->i", fading, weights))


def _cells(owner: np.ndarray, target: np.ndarray, weight: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    total = np.bincount(owner * shape[1] + target, weight, minlength=shape[0] * shape[1])
    return total.astype(np.float32).reshape(shape)


def _from_pairs(graph: LinkGraph, s: np.ndarray, r: np.ndarray) -> Scores:
    table, shape = graph.basic["s r o"], (len(s), graph.n)
    slot, owner = table.ranges(s * graph.width * graph.n, graph.width * graph.n)
    target, cause, fading = table.keys[slot] % graph.n, graph.slot_relation[slot], table.fading[slot]
    out = {}
    for i, (rate, rule) in enumerate(zip(RULE_RATES, graph.rules(), strict=True)):
        out[f"rule {i}"] = _cells(owner, target, fading[:, rate] * rule[cause, r[owner]], shape)
    same = cause == r[owner]
    blend = _blend(fading, _BLEND)
    out["repeat"] = _cells(owner[same], target[same], blend[same] + 0.02, shape)
    out["partner"] = _cells(owner, target, blend + 0.01, shape)
    return out


def _from_homes(graph: LinkGraph, s: np.ndarray, r: np.ndarray) -> Scores:
    """What others of the same home or the same sector do."""
    home, sector, d, shape = graph.home[s], graph.traits.sector[s], graph.direction(r), (len(s), graph.n)
    table = graph.by_home["Hs r o"]
    # One home and relation group is shared by many questions: score each home's rules once per relation asked.
    asked, which = np.unique(home * graph.width + r, return_inverse=True)
    slot, owner = table.ranges(asked // graph.width * graph.width * graph.n, graph.width * graph.n)
    cause = (table.keys[slot] // graph.n) % graph.width
    rate = table.fading[slot, RULE_RATES[1]] * graph.rules()[1][cause, (asked % graph.width)[owner]]
    rule = _cells(owner, table.keys[slot] % graph.n, rate, (len(asked), graph.n))[which]
    return {
        "home rule": rule,
        "home repeat": _rows(table, (home * graph.width + r) * graph.n, shape),
        "home partner": _rows(graph.by_home["Hs d o"], (home * 2 + d) * graph.n, shape),
        "sector repeat": _rows(graph.by_home["Ss r o"], (sector * graph.width + r) * graph.n, shape),
        "sector type": _types(graph, "Ss r So", sector * graph.width + r, home),
        "type": _types(graph, "r So", r, home),
    }


def _rows(table: DecayedCounts, first: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    slot, owner = table.ranges(first, shape[1])
    out = np.zeros(shape, np.float32)
    out[owner, table.keys[slot] - first[owner]] = _blend(table.fading[slot], _BLEND)
    return out


def _types(graph: LinkGraph, name: str, kind: np.ndarray, home: np.ndarray) -> np.ndarray:
    """Count of (kind, sector of the target, same home or not), given to every member of that sector."""
    table, width = graph.by_home[name], graph.traits.n_sectors * 2
    slot, owner = table.ranges(kind * width, width)
    counts = np.zeros((len(kind), width), np.float32)
    counts[owner, table.keys[slot] - kind[owner] * width] = _blend(table.fading[slot], _SLOW)
    elsewhere, at_home = counts[:, 0::2], counts[:, 1::2]
    same = graph.home[None, :] == home[:, None]
    member = graph.traits.sector
    activity = _activity(graph).sum(axis=0)
    spread = np.where(same, at_home[:, member], elsewhere[:, member]) * (activity + 0.05)
    return np.asarray(spread, np.float32)


def _activity(graph: LinkGraph) -> np.ndarray:
    table = graph.basic["d o"]
    out = np.zeros(2 * graph.n, np.float32)
    out[table.keys] = _blend(table.fading[:-1], _BLEND) + 0.02 * table.total[:-1]
    return out.reshape(2, graph.n)


def _from_popularity(graph: LinkGraph, s: np.ndarray, r: np.ndarray) -> Scores:
    asked, which = np.unique(r, return_inverse=True)
    shape = (len(asked), graph.n)
    popular = _rows(graph.basic["r o"], asked * graph.n, shape)
    # A target's other roles foretell this one too: the rules again, summed over all sources.
    table = graph.basic["r o"]
    cause, target = table.keys // graph.n, table.keys % graph.n
    roles = sp.csr_matrix((table.fading[:-1, RULE_RATES[0]], (target, cause)), shape=(graph.n, graph.width))
    node = np.asarray(roles @ graph.rules()[0][:, asked]).T
    return {
        "popular": popular[which],
        "node rule": node[which].astype(np.float32),
        "active": _activity(graph)[graph.direction(r)],
    }


def _from_factors(graph: LinkGraph, s: np.ndarray, r: np.ndarray) -> Scores:
    out = {}
    d = graph.direction(r)
    for i, (left, right) in enumerate(graph.pair_factors):
        closeness = np.empty((len(s), graph.n), np.float32)
        for way in (0, 1):
            rows = d == way
            closeness[rows] = left[s[rows]] @ right[way * graph.n : (way + 1) * graph.n].T
        out[f"factors {i}"] = closeness
    return out


def _two_steps(graph: LinkGraph, s: np.ndarray) -> np.ndarray:
    """Partners of partners, a shared partner counting the less the more partners it has."""
    table, n = graph.basic["s d o"], graph.n
    live = np.nonzero(table.total[:-1] > 0)[0]
    source, target = table.keys[live] // (2 * n), table.keys[live] % n
    links = sp.csr_matrix((table.fading[live, 2] + 0.02, (source, target)), shape=(n, n))
    share = sp.diags(1 / (np.asarray(links.sum(axis=1)).ravel() + 1)) @ links
    asked, which = np.unique(s, return_inverse=True)
    return np.asarray((share[asked] @ share).todense(), np.float32)[which]


def _distributions(scores: Scores) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield, for each forecaster, its scores and the factor that turns each row of them into probabilities."""
    for name, score in scores.items():
        if name.startswith("factors"):
            top = np.abs(score).max(axis=1, keepdims=True) + 1e-9
            score = np.exp(np.float32(_SHARPNESS) * score / top)
        # Rules are rates a day, far below one; all else counts facts.
        little = 0.1 if "rule" in name else 1.0
        yield score, 1 / (score.sum(axis=1) + little)
    shape = next(iter(scores.values())).shape
    yield np.broadcast_to(np.float32(1 / shape[1]), shape), np.ones(shape[0], np.float32)


def mixture(
    graph: LinkGraph, scores: Scores, weights: np.ndarray, s: np.ndarray, r: np.ndarray
) -> np.ndarray:
    """Return the first pass: the forecasters mixed by the weights of each question's history class."""
    own = weights[history_bin(graph, s, r)].astype(np.float32)
    mixed = np.zeros((len(s), graph.n), np.float32)
    for weight, (score, factor) in zip(own.T, _distributions(scores), strict=True):
        mixed += (weight * factor).astype(np.float32)[:, None] * score
    return mixed


def shares_of(scores: Scores, question: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """Return the probability each forecaster gave to each answer: answers × forecasters."""
    return np.stack(
        [score[question, answer] * factor[question] for score, factor in _distributions(scores)], axis=1
    )


def history_bin(graph: LinkGraph, s: np.ndarray, r: np.ndarray) -> np.ndarray:
    """Return the class of each question by how much (s, r) occurred lately."""
    table = graph.basic["s r"]
    return np.asarray(np.digitize(table.fading[table.find(s * graph.width + r), 3], _HISTORY_BINS))


N_HISTORY_BINS = len(_HISTORY_BINS) + 1


def learn_weights(answers: np.ndarray, rows: np.ndarray, steps: int = 60) -> np.ndarray:
    """Learn mixture weights by expectation–maximisation.

    Parameters
    ----------
    answers
        Probability each forecaster gave to each true answer; answers × forecasters.
    rows
        History class of each answer's question.
    steps
        Rounds; the likelihood is concave in the weights, and this many settle it for a shortlist.

    Returns
    -------
    numpy.ndarray
        History classes × forecasters, each row adding up to one.
    """
    n_forecasters = answers.shape[1]
    weights = np.full((N_HISTORY_BINS, n_forecasters), 1 / n_forecasters)
    for row in range(N_HISTORY_BINS):
        given = answers[rows == row]
        for _ in range(steps):
            share = given * weights[row] + 1e-12
            share /= share.sum(axis=1, keepdims=True)
            weights[row] = (share.sum(axis=0) + 1) / (len(given) + n_forecasters)
    return weights
