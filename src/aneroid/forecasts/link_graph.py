"""The state of a temporal knowledge graph at the start of a day: counts by key, homes, low-rank factors, rules.

Each fact (s, r, o, t) is entered twice, as (s, r, o) and as (o, r + R, s) with R relations, so that every question is
"(s, r, ?)". Nothing of day t or later is in the state "at the start of day t".

Rules: the activity of relation q on a pair raises the rate of relation r on the same pair. The rate per unit of
activity is ρ_qr = Σ_facts(r) c_q / Σ_days Σ_pairs c_q, both learned with the state before the fact's own day.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp

from aneroid.forecasts.decayed_counts import DecayedCounts, expand
from aneroid.forecasts.entity_names import infer_homes, read_traits

RULE_RATES = (1, 3)  # columns of the half-lives at which rules are learned
_RULE_MEMORY = 0.99  # a day's evidence on rules weighs half after 69 days
_RULE_PRIOR = 2.0
_RANK, _EXTRA, _ITERATIONS = 48, 16, 3
_FACTOR_HALF_LIVES = (60.0, 15.0)


class LinkGraph:
    """All that is known of a graph before a day; :meth:`advance` moves the day forward.

    Parameters
    ----------
    facts
        Integer array with columns s, r, o, t.
    names
        Names of the entities in the order of their ids.
    n_relations
        Number of relations, without inverses.
    """

    def __init__(self, facts: np.ndarray, names: Sequence[str], n_relations: int) -> None:
        ordered = facts[np.argsort(facts[:, 3], kind="stable")].astype(np.int64)
        inverse = ordered[:, [2, 1, 0, 3]] + np.array([0, n_relations, 0, 0])
        both = np.concatenate([ordered, inverse])
        both = both[np.argsort(both[:, 3], kind="stable")]
        self.s, self.r, self.o, self.t = np.ascontiguousarray(both.T)
        self.n, self.n_relations, self.width = len(names), n_relations, 2 * n_relations
        self.traits = read_traits(names)
        self.now = 0
        self.refreshed: int | None = None
        self._day_start = np.searchsorted(self.t, np.arange(self.t.max() + 2))
        self._basic_tables()
        self._pair_index()
        self._rule_hits = np.zeros((len(RULE_RATES), self.width, self.width))
        self._rule_chances = np.zeros((len(RULE_RATES), self.width))
        self.by_home: dict[str, DecayedCounts] = {}

    def direction(self, relation: np.ndarray) -> np.ndarray:
        """Return 1 where a relation is an inverse, else 0."""
        return (relation >= self.n_relations).astype(np.int64)

    def inverse(self, relation: np.ndarray) -> np.ndarray:
        """Return the relation that says the same from the other side."""
        return (relation + self.n_relations) % self.width

    def basic_keys(self, s: np.ndarray, r: np.ndarray, o: np.ndarray) -> dict[str, np.ndarray]:
        """Return the key of each fact in every table that does not depend on homes."""
        way = self.direction(r)
        return {
            "s r o": (s * self.width + r) * self.n + o,
            "s d o": (s * 2 + way) * self.n + o,
            "r o": r * self.n + o,
            "d o": way * self.n + o,
            "s r": s * self.width + r,
            "s d": s * 2 + way,
        }

    def home_keys(self, s: np.ndarray, r: np.ndarray, o: np.ndarray) -> dict[str, np.ndarray]:
        """Return the key of each fact in every table on homes (H) and sectors (S)."""
        d, sector = self.direction(r), self.traits.sector
        hs, ho, homes, sectors = self.home[s], self.home[o], self.traits.n_homes + 1, self.traits.n_sectors
        same = (hs == ho).astype(np.int64)
        return {
            "Hs r o": (hs * self.width + r) * self.n + o,
            "s r Ho": (s * self.width + r) * homes + ho,
            "Hs d Ho": (hs * 2 + d) * homes + ho,
            "s r So": (s * self.width + r) * sectors + sector[o],
            "s d Ho": (s * 2 + d) * homes + ho,
            "Hs d o": (hs * 2 + d) * self.n + o,
            "Ss r o": (sector[s] * self.width + r) * self.n + o,
            "Ss r So": ((sector[s] * self.width + r) * sectors + sector[o]) * 2 + same,
            "r So": (r * sectors + sector[o]) * 2 + same,
            "Hs r": hs * self.width + r,
            "Ss r": sector[s] * self.width + r,
        }

    def advance(self, day: int) -> None:
        """Enter all facts before ``day``."""
        for today in range(self.now, day):
            first, stop = self._facts_before(today), self._facts_before(today + 1)
            for table in (*self.basic.values(), *self.by_home.values()):
                table.fade()
            self._learn_rules(first, stop)
            for table in (*self.basic.values(), *self.by_home.values()):
                table.add(first, stop, today)
        self.now = max(self.now, day)

    def refresh(self) -> None:
        """Infer homes, refill the tables on homes and recompute the factors from the facts entered so far."""
        stop = self._facts_before(self.now)
        # Unknown home is number 0, so that keys stay positive.
        self.home = infer_homes(self.traits, self.s[:stop], self.o[:stop]) + 1
        keys = self.home_keys(self.s, self.r, self.o)
        self.by_home = {name: DecayedCounts(key) for name, key in keys.items()}
        for table in self.by_home.values():
            table.fill(self.t[:stop], self.now)
        self._factorise(stop)
        self.refreshed = self.now

    def rules(self) -> np.ndarray:
        """Return ρ, the rates of rules: at each of the rule rates, cause relation by effect relation."""
        rates = self._rule_hits / (self._rule_chances[:, :, None] + _RULE_PRIOR)
        return rates.astype(np.float32)

    def _facts_before(self, day: int) -> int:
        return int(self._day_start[min(day, len(self._day_start) - 1)])

    def _basic_tables(self) -> None:
        keys = self.basic_keys(self.s, self.r, self.o)
        self.basic = {name: DecayedCounts(key) for name, key in keys.items()}

    def _pair_index(self) -> None:
        keys = self.basic["s r o"].keys
        self.slot_relation = (keys // self.n) % self.width
        pair = keys // (self.n * self.width) * self.n + keys % self.n
        _, self._pair_of_slot = np.unique(pair, return_inverse=True)
        self._slots_by_pair = np.argsort(self._pair_of_slot, kind="stable")
        n_pairs = int(self._pair_of_slot.max()) + 1
        self._pair_start = np.searchsorted(self._pair_of_slot[self._slots_by_pair], np.arange(n_pairs + 1))

    def _learn_rules(self, first: int, stop: int) -> None:
        table = self.basic["s r o"]
        pair = self._pair_of_slot[table.slot[first:stop]]
        position, owner = expand(self._pair_start[pair], self._pair_start[pair + 1])
        slot = self._slots_by_pair[position]
        cell = self.slot_relation[slot] * self.width + self.r[first:stop][owner]
        for i, rate in enumerate(RULE_RATES):
            hits = np.bincount(cell, table.fading[slot, rate], minlength=self.width**2)
            chances = np.bincount(self.slot_relation, table.fading[:-1, rate], minlength=self.width)
            self._rule_hits[i] = self._rule_hits[i] * _RULE_MEMORY + hits.reshape(self.width, self.width)
            self._rule_chances[i] = self._rule_chances[i] * _RULE_MEMORY + chances

    def _factorise(self, stop: int) -> None:
        s, o, d, age = (
            self.s[:stop],
            self.o[:stop],
            self.direction(self.r[:stop]),
            self.now - 1 - self.t[:stop],
        )
        self.pair_factors = [
            _factors(s, d * self.n + o, 0.5 ** (age / half), (self.n, 2 * self.n))
            for half in _FACTOR_HALF_LIVES
        ]
        # Columns are only the (relation, target) keys seen so far: later facts must not change the shape.
        slot = self.basic["r o"].slot[:stop]
        seen, column = np.unique(slot, return_inverse=True)
        left, right = _factors(s, column, 0.5 ** (age / _FACTOR_HALF_LIVES[0]), (self.n, len(seen)))
        self.role_column = np.full(len(self.basic["r o"].total), len(seen))
        self.role_column[seen] = np.arange(len(seen))
        self.role_factors = (left, np.concatenate([right, np.zeros((1, right.shape[1]), np.float32)]))


def _factors(
    row: np.ndarray, column: np.ndarray, weight: np.ndarray, shape: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Truncated singular value decomposition of a log-scaled matrix, rows and columns damped by their size."""
    matrix = sp.csr_matrix((weight.astype(np.float32), (row, column)), shape=shape)
    matrix.data = np.log1p(4 * matrix.data)
    damp_rows = sp.diags((np.asarray(matrix.sum(axis=1)).ravel() + 1) ** -0.35)
    damp_columns = sp.diags((np.asarray(matrix.sum(axis=0)).ravel() + 1) ** -0.35)
    return _truncated((damp_rows @ matrix @ damp_columns).tocsr().astype(np.float32))


def _truncated(matrix: sp.csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """Leading singular vectors by randomised subspace iteration (Halko, Martinsson and Tropp 2011).

    ARPACK restarts from fresh random vectors on matrices of low rank, so that the same input gives other factors;
    this does not.
    """
    rank = min(_RANK, *matrix.shape)
    start = np.random.default_rng(0).standard_normal(
        (matrix.shape[1], min(rank + _EXTRA, *matrix.shape)), np.float32
    )
    basis = np.linalg.qr(matrix @ start)[0]
    for _ in range(_ITERATIONS):
        basis = np.linalg.qr(matrix @ np.linalg.qr(matrix.T @ basis)[0])[0]
    small = np.asarray(matrix.T @ basis).T
    inner, size, right = np.linalg.svd(small, full_matrices=False)
    left = (basis @ inner)[:, :rank] * size[:rank]
    return np.asarray(left, np.float32), np.ascontiguousarray(right[:rank].T, np.float32)
