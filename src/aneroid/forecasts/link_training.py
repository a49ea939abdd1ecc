"""Learn the two passes of the link forecaster from the last weeks before the cut."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aneroid.forecasts.link_features import Candidates, chunks, shortlist
from aneroid.forecasts.link_graph import LinkGraph
from aneroid.forecasts.link_questions import Questions, questions_of
from aneroid.forecasts.link_ranker import Examples, Ranker
from aneroid.forecasts.link_shortlist import as_distributions, forecasters, history_bin, learn_weights

SHORTLIST = 300
WINDOW = 60  # days the ranker learns from
REFRESH = 5  # days that homes and factors stay as they are
_WEIGHT_DAYS = 12  # days before the window that the first pass's weights are learned from
_WEIGHT_QUESTIONS = 4000
_HARD, _EASY = 60, 40  # candidates a question: the likeliest, and a sample of the others
_QUESTIONS = 20_000
_EPOCHS = 5

Progress = Callable[[int, int], None]


class DayReader:
    """The facts of each day, as questions."""

    def __init__(self, facts: np.ndarray, n_relations: int) -> None:
        self._facts = facts[np.argsort(facts[:, 3], kind="stable")]
        self._n_relations = n_relations

    def questions(self, day: int) -> Questions:
        """Return the questions of a day; none on a day without facts."""
        first, stop = np.searchsorted(self._facts[:, 3], [day, day + 1])
        return questions_of(self._facts[first:stop], self._n_relations)

    def sample(self, day: int, size: int, random: np.random.Generator) -> Questions:
        """Return up to ``size`` questions of a day."""
        questions = self.questions(day)
        return questions.pick(random.permutation(len(questions))[:size])


def move_to(graph: LinkGraph, day: int) -> None:
    """Bring the graph to the start of a day, refreshing homes and factors when they are due."""
    graph.advance(day)
    if graph.refreshed is None or day - graph.refreshed >= REFRESH:
        graph.refresh()


def learn_first_pass(graph: LinkGraph, days: DayReader, cut: int, random: np.random.Generator) -> np.ndarray:
    """Learn the mixture weights on the days before the ranker's window."""
    first = max(1, cut - WINDOW - _WEIGHT_DAYS)
    span = range(first, max(first + 1, cut - WINDOW), 2)
    given, rows = [], []
    for day in span:
        move_to(graph, day)
        questions = days.sample(day, _WEIGHT_QUESTIONS // len(span), random)
        for part in chunks(len(questions)):
            s, r = questions.s[part], questions.r[part]
            shares, row = as_distributions(forecasters(graph, s, r)), history_bin(graph, s, r)
            for i, answers in enumerate(questions.answers[part]):
                given.append(shares[:, i, answers].T)
                rows.append(np.full(len(answers), row[i]))
    return learn_weights(np.concatenate(given), np.concatenate(rows))


def learn_ranker(
    graph: LinkGraph,
    days: DayReader,
    weights: np.ndarray,
    cut: int,
    random: np.random.Generator,
    progress: Progress | None,
) -> Ranker:
    """Learn the second pass on a sample of the questions of the window."""
    first = max(graph.now, cut - WINDOW)
    parts: list[Examples] = []
    for day in range(first, cut):
        move_to(graph, day)
        questions = days.sample(day, _QUESTIONS // (cut - first), random)
        for part in chunks(len(questions)):
            found = shortlist(graph, questions.s[part], questions.r[part], weights, SHORTLIST)
            parts.append(_thin(found, questions.answers[part], random))
        if progress:
            progress(day - first + 1, cut - first)
    examples = Examples(
        *(np.concatenate([getattr(part, name) for part in parts]) for name in Examples.__annotations__)
    )
    parts.clear()
    ranker = Ranker(graph.width, graph.traits.n_sectors)
    ranker.fit(examples, seeds=tuple(int(seed) for seed in random.integers(2**31, size=3)), epochs=_EPOCHS)
    return ranker


def _thin(found: Candidates, answers: list[np.ndarray], random: np.random.Generator) -> Examples:
    """Keep the likeliest candidates and a sample of the rest, with the offset that makes up for sampling."""
    n, size = found.target.shape
    hard = min(_HARD, size)
    easy = min(_EASY, size - hard)
    sampled = np.argsort(random.random((n, size - hard)), axis=1)[:, :easy] + hard
    kept = np.concatenate([np.tile(np.arange(hard), (n, 1)), sampled], axis=1)
    correct = np.stack([np.isin(row, given) for row, given in zip(found.target, answers, strict=True)])
    offset = np.where(kept < hard, 0.0, np.log(max(size - hard, 1) / max(easy, 1)))

    def take(values: np.ndarray) -> np.ndarray:
        return np.take_along_axis(values.reshape(n, size), kept, axis=1)

    numbers = found.numbers.reshape(n, size, -1)
    return Examples(
        # Half precision halves the memory; the numbers are logarithms of counts.
        np.take_along_axis(numbers, kept[:, :, None], axis=1).astype(np.float16),
        take(found.relation).astype(np.int32),
        take(found.sector).astype(np.int32),
        take(correct),
        offset.astype(np.float32),
    )
