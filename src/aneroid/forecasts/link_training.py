"""Learn the two passes of the link forecaster from the last weeks before the cut."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aneroid.forecasts.link_features import chunks, shortlist
from aneroid.forecasts.link_graph import LinkGraph
from aneroid.forecasts.link_questions import Questions, questions_of
from aneroid.forecasts.link_ranker import Examples, Ranker
from aneroid.forecasts.link_shortlist import forecasters, history_bin, learn_weights, shares_of

SHORTLIST = 300
WINDOW = 100  # days the ranker learns from
LEAST_DAYS = 30  # of history
REFRESH = 5  # days that homes and factors stay as they are
_WEIGHT_DAYS = 12  # days before the window that the first pass's weights are learned from
_WEIGHT_QUESTIONS = 4000
_HARD, _EASY = 40, 24  # candidates a question: the likeliest, and a sample of the others
_QUESTIONS = 48_000
_NETWORKS, _EPOCHS = 3, 4

Progress = Callable[[int, int], None]


class DayReader:
    """The facts of each day, as questions."""

    def __init__(self, facts: np.ndarray, n_relations: int) -> None:
        self._facts = facts[np.argsort(facts[:, 3], kind="stable")]
        self._n_relations = n_relations
        self.days = np.unique(self._facts[:, 3])

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
    before = days.days[days.days < cut - WINDOW][-_WEIGHT_DAYS::2]
    # With a short history, the second day has to do: the first has nothing before it.
    span = before if len(before) else days.days[1:2]
    given, rows = [], []
    for day in span.tolist():
        move_to(graph, day)
        questions = days.sample(day, _WEIGHT_QUESTIONS // len(span), random)
        for part in chunks(len(questions)):
            s, r = questions.s[part], questions.r[part]
            answers = questions.answers[part]
            question = np.repeat(np.arange(len(s)), [len(right) for right in answers])
            given.append(shares_of(forecasters(graph, s, r), question, np.concatenate(answers)))
            rows.append(history_bin(graph, s, r)[question])
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
    a_day = _QUESTIONS // (cut - first)
    store = _Store(a_day * (cut - first))
    for day in range(first, cut):
        move_to(graph, day)
        questions = days.sample(day, a_day, random)
        for part in chunks(len(questions)):
            store.add(_examples(graph, questions, part, weights, random))
        if progress:
            progress(day - first + 1, cut - first)
    ranker = Ranker(graph.width, graph.traits.n_sectors)
    seeds = tuple(int(seed) for seed in random.integers(2**31, size=_NETWORKS))
    ranker.fit(store.examples(), seeds=seeds, epochs=_EPOCHS)
    return ranker


class _Store:
    """Examples in arrays of full size from the start: joining parts at the end would hold them all twice."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._rows = 0
        self._fields: dict[str, np.ndarray] = {}

    def add(self, part: Examples) -> None:
        stop = self._rows + len(part.numbers)
        for name in Examples.__annotations__:
            values = getattr(part, name)
            if name not in self._fields:
                self._fields[name] = np.empty((self._capacity, *values.shape[1:]), values.dtype)
            self._fields[name][self._rows : stop] = values
        self._rows = stop

    def examples(self) -> Examples:
        return Examples(**{name: values[: self._rows] for name, values in self._fields.items()})


def _examples(
    graph: LinkGraph, questions: Questions, part: slice, weights: np.ndarray, random: np.random.Generator
) -> Examples:
    """Keep the likeliest candidates and a sample of the rest, with the offset that makes up for sampling."""
    s, r, n = questions.s[part], questions.r[part], len(questions.s[part])
    size = min(SHORTLIST, graph.n - 1)
    hard = min(_HARD, size)
    easy = min(_EASY, size - hard)
    sampled = np.argsort(random.random((n, size - hard)), axis=1)[:, :easy] + hard
    places = np.concatenate([np.tile(np.arange(hard), (n, 1)), sampled], axis=1)
    found = shortlist(graph, s, r, weights, size, places)
    answers = questions.answers[part]
    offset = np.where(places < hard, 0.0, np.log(max(size - hard, 1) / max(easy, 1)))
    return Examples(
        # Half precision halves the memory; the numbers are logarithms of counts.
        found.numbers.reshape(n, hard + easy, -1).astype(np.float16),
        found.relation.reshape(n, -1).astype(np.int32),
        found.sector.reshape(n, -1).astype(np.int32),
        np.stack([np.isin(row, given) for row, given in zip(found.target, answers, strict=True)]),
        offset.astype(np.float32),
    )
