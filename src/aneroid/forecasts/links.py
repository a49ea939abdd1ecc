"""Who acts on whom next: rank the targets of (s, r, ?, t) and the sources of (?, r, o, t) from the facts before t.

Two passes. The first scores every entity by a mixture of simple counts; the second describes the likeliest few
hundred by what is known of them and ranks them with a small network. Both learn only from facts before the cut; later
days enter the counts when they have passed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from aneroid.errors import InputError
from aneroid.forecasts.link_features import chunks, shortlist
from aneroid.forecasts.link_graph import LinkGraph
from aneroid.forecasts.link_questions import Questions
from aneroid.forecasts.link_training import (
    LEAST_DAYS,
    SHORTLIST,
    DayReader,
    Progress,
    learn_first_pass,
    learn_ranker,
    move_to,
)
from aneroid.scores.ranking import mean_rank

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["s", "r", "o", "t"]
_ABOVE_ALL = 10.0  # first-pass scores are probabilities: shortlisted ones stand above them


class LinkForecaster:
    """Learned from the facts before ``cut``; scores questions of ``cut`` and later days, in order.

    Parameters
    ----------
    facts
        Integer array with columns s, r, o, t. Facts of ``cut`` and later become history once their day has passed.
    names
        Names of the entities in the order of their ids.
    n_relations
        Number of relations.
    cut
        First day that nothing is learned from.
    seed
        Of the samples and the networks.
    progress
        Called with days done and days in all while learning.
    """

    def __init__(
        self,
        facts: np.ndarray,
        names: Sequence[str],
        n_relations: int,
        *,
        cut: int,
        seed: int = 0,
        progress: Progress | None = None,
    ) -> None:
        random = np.random.default_rng(seed)
        # Days are counted from the first fact, wherever the caller's calendar begins.
        self._first = int(facts[:, 3].min())
        facts, cut = facts - np.array([0, 0, 0, self._first]), cut - self._first
        self._graph = LinkGraph(facts, names, n_relations)
        days = DayReader(facts[facts[:, 3] < cut], n_relations)
        self._weights = learn_first_pass(self._graph, days, cut, random)
        self._ranker = learn_ranker(self._graph, days, self._weights, cut, random, progress)

    def start_day(self, day: int) -> None:
        """Enter all facts before a day; days can only move forward."""
        move_to(self._graph, day - self._first)

    def scores(self, s: np.ndarray, r: np.ndarray) -> np.ndarray:
        """Score every entity as answer of each question.

        Parameters
        ----------
        s, r
            The questions (s, r, ?); relation r + n_relations asks (?, r, s).

        Returns
        -------
        numpy.ndarray
            Questions × entities; only the order within a row has a meaning.
        """
        rows = []
        for part in chunks(len(s)):
            found = shortlist(self._graph, s[part], r[part], self._weights, SHORTLIST)
            second = self._ranker.score(found.numbers, found.relation, found.sector)
            second = second.reshape(found.target.shape)
            second += _ABOVE_ALL - second.min(axis=1, keepdims=True)
            np.put_along_axis(found.first_pass, found.target, second.astype(np.float32), axis=1)
            rows.append(found.first_pass)
        return np.concatenate(rows)

    def likely(self, s: int, r: int, n: int = 10) -> np.ndarray:
        """Return the n likeliest answers of (s, r, ?) at the start of the current day, likeliest first."""
        row = self.scores(np.array([s]), np.array([r]))[0]
        return np.argsort(-row, kind="stable")[:n]


def rank_links(
    history: pd.DataFrame,
    queries: pd.DataFrame,
    names: Sequence[str],
    n_relations: int,
    *,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Rank the true target and the true source of each query among all entities.

    Parameters
    ----------
    history
        Facts ``s, r, o, t`` (integers; t counts days). Those of the first query's day and later are not used.
    queries
        Facts to foresee, same columns. A query's day is foreseen from the days before it, earlier queries included
        (single-step forecasting); queries of its own day serve for filtering alone.
    names
        Names of the entities in the order of their ids.
    n_relations
        Number of relations.
    seed
        Of the samples and the networks; the same seed and input give the same ranks.
    progress
        Called with days done and days in all, first while learning, then while ranking.

    Returns
    -------
    pandas.DataFrame
        The queries in their order, duplicates kept, with ``rank_tail`` (of o, given s and r) and ``rank_head`` (of s,
        given r and o). 1 is best. Other right answers of the same day are left out; ties count half.

    Raises
    ------
    InputError
        With too little history to learn from, or ids that have no name.

    References
    ----------
    Gastinger et al. 2024, doi:10.24963/ijcai.2024/444 (task and recurrency baseline).
    """
    asked = queries[COLUMNS].to_numpy(np.int64)
    cut = int(asked[:, 3].min()) if len(asked) else 0
    past = history[COLUMNS].to_numpy(np.int64)
    past = past[past[:, 3] < cut]
    _check(past, asked, len(names), n_relations, cut)
    facts = np.concatenate([past, np.unique(asked, axis=0)])
    forecaster = LinkForecaster(facts, names, n_relations, cut=cut, seed=seed, progress=progress)
    ranks = np.empty((len(asked), 2))
    days, by_day = DayReader(asked, n_relations), np.argsort(asked[:, 3], kind="stable")
    distinct, starts = np.unique(asked[by_day, 3], return_index=True)
    for i, (day, rows) in enumerate(zip(distinct, np.split(by_day, starts[1:]), strict=True)):
        forecaster.start_day(int(day))
        ranks[rows] = _rank_day(forecaster, days.questions(int(day)), asked[rows])
        if progress:
            progress(i + 1, len(distinct))
    out = queries[COLUMNS].copy()
    out["rank_tail"], out["rank_head"] = ranks[:, 0], ranks[:, 1]
    return out


def _rank_day(forecaster: LinkForecaster, questions: Questions, facts: np.ndarray) -> np.ndarray:
    ranks: dict[tuple[int, int], float] = {}
    for part in chunks(len(questions)):
        scores = forecaster.scores(questions.s[part], questions.r[part])
        for i, (row, answers) in enumerate(zip(scores, questions.answers[part], strict=True)):
            for answer in answers:
                ranks[part.start + i, int(answer)] = mean_rank(row, int(answer), answers)
    tails = zip(questions.of_tail.tolist(), facts[:, 2].tolist(), strict=True)
    heads = zip(questions.of_head.tolist(), facts[:, 0].tolist(), strict=True)
    return np.array([[ranks[tail], ranks[head]] for tail, head in zip(tails, heads, strict=True)])


def _check(past: np.ndarray, asked: np.ndarray, n_entities: int, n_relations: int, cut: int) -> None:
    if not len(asked):
        raise InputError("The file of queries is empty; give facts s, r, o, t to foresee.")
    days = len(np.unique(past[:, 3]))
    if days < LEAST_DAYS:
        raise InputError(
            f"{days} days of facts before day {cut} are too few to learn from; give at least {LEAST_DAYS}."
        )
    both = np.concatenate([past, asked])
    if both.min() < 0 or both[:, [0, 2]].max() >= n_entities or both[:, 1].max() >= n_relations:
        raise InputError(
            f"An entity or relation id has no name: {n_entities} entities and {n_relations} relations are "
            "named; use the name tables that belong to these facts."
        )
