"""A small neural ranker in NumPy: two hidden layers, softmax over the candidates of a question.

For candidates i of a question, x_i their numbers: h_i = φ(W₀x_i + b₀ + E_r + F_sector(i)), score z_i = W₂φ(W₁h_i + b₁),
loss −Σ_answers log softmax(z + c)_answer with the other answers left out. Easy candidates enter by a sample;
c_i = −log(probability of being sampled) keeps the softmax that of the whole shortlist (Bengio and Senécal 2008).

References
----------
Bengio, Y., Senécal, J.-S. (2008). Adaptive importance sampling to accelerate training of a neural probabilistic
language model. doi:10.1109/TNN.2007.912312
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import scipy.sparse as sp

_LEAK = np.float32(0.01)
_HIDDEN = (64, 32)
_BATCH = 48
_RATE = 3e-3
_WARM_UP = 100
_DECAY = {"weight": 1e-4, "class": 1e-3}
_CLIP = 5.0

Parameters = dict[str, np.ndarray]


@dataclass
class Examples:
    """Training questions: ``numbers`` questions × candidates × features, the rest questions × candidates."""

    numbers: np.ndarray
    relation: np.ndarray
    sector: np.ndarray
    correct: np.ndarray
    offset: np.ndarray


class Ranker:
    """Average of a few networks that differ by seed.

    Parameters
    ----------
    n_relations, n_sectors
        Sizes of the two classes with own weights.
    """

    def __init__(self, n_relations: int, n_sectors: int) -> None:
        self._sizes = (n_relations, n_sectors)
        self._networks: list[Parameters] = []

    def fit(self, examples: Examples, *, seeds: tuple[int, ...], epochs: int) -> None:
        """Learn from questions that have an answer among their candidates.

        Parameters
        ----------
        examples
            Overwritten: the numbers are standardised in place.
        seeds
            One network a seed.
        epochs
            Passes over the questions.
        """
        flat = examples.numbers.reshape(-1, examples.numbers.shape[-1])
        sample = flat[:: max(1, len(flat) // 200_000)].astype(np.float32)
        self._mean, self._scale = sample.mean(axis=0), sample.std(axis=0) + 1e-3
        for rows in np.array_split(np.arange(len(examples.numbers)), 64):
            examples.numbers[rows] = self._standardise(examples.numbers[rows])
        self._networks = [self._train(examples, np.random.default_rng(seed), epochs) for seed in seeds]

    def score(self, numbers: np.ndarray, relation: np.ndarray, sector: np.ndarray) -> np.ndarray:
        """Return one score a row; larger ranks higher."""
        standard = self._standardise(numbers)
        scores = [_forward(net, standard, relation, sector)[0] for net in self._networks]
        return np.asarray(np.mean(scores, axis=0))

    def _standardise(self, numbers: np.ndarray) -> np.ndarray:
        return np.asarray(np.clip((numbers - self._mean) / self._scale, -_CLIP, _CLIP), np.float32)

    def _train(self, examples: Examples, random: np.random.Generator, epochs: int) -> Parameters:
        net = self._start(examples.numbers.shape[-1], random)
        order = np.nonzero(examples.correct.any(axis=1))[0]
        optimiser = _Adam(net)
        batches = max(1, len(order) // _BATCH)
        for step in range(epochs * batches):
            if step % batches == 0:
                random.shuffle(order)
            rows = order[step % batches * _BATCH :][:_BATCH]
            progress = step / (epochs * batches)
            rate = _RATE * min(1, (step + 1) / _WARM_UP) * max(0.02, (1 + np.cos(np.pi * progress)) / 2)
            optimiser.step(net, _gradient(net, examples, rows), rate)
        return net

    def _start(self, n_features: int, random: np.random.Generator) -> Parameters:
        net: Parameters = {}
        sizes = (n_features, *_HIDDEN, 1)
        for i, (wide, narrow) in enumerate(pairwise(sizes)):
            gain = 2.0 if narrow > 1 else 0.1
            net[f"W{i}"] = random.standard_normal((wide, narrow), np.float32) * np.float32(
                np.sqrt(gain / wide)
            )
            net[f"b{i}"] = np.zeros(narrow, np.float32)
        for name, size in zip(("relation", "sector"), self._sizes, strict=True):
            net[name] = np.zeros((size, _HIDDEN[0]), np.float32)
        return net


def _rectify(z: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(z, _LEAK * z))


def _forward(
    net: Parameters, x: np.ndarray, relation: np.ndarray, sector: np.ndarray
) -> tuple[np.ndarray, list[np.ndarray]]:
    first = _rectify(x @ net["W0"] + net["b0"] + net["relation"][relation] + net["sector"][sector])
    second = _rectify(first @ net["W1"] + net["b1"])
    return (second @ net["W2"] + net["b2"])[:, 0], [x, first, second]


def _gradient(net: Parameters, examples: Examples, rows: np.ndarray) -> Parameters:
    x = examples.numbers[rows].reshape(-1, examples.numbers.shape[-1]).astype(np.float32)
    classes = {"relation": examples.relation[rows].ravel(), "sector": examples.sector[rows].ravel()}
    score, layers = _forward(net, x, classes["relation"], classes["sector"])
    logits = score.reshape(len(rows), -1) + examples.offset[rows]
    down = _filtered_softmax_gradient(logits, examples.correct[rows]).reshape(-1, 1)
    out: Parameters = {}
    for i in (2, 1, 0):
        out[f"W{i}"], out[f"b{i}"] = layers[i].T @ down, down.sum(axis=0)
        if i:
            down = (down @ net[f"W{i}"].T) * np.where(layers[i] > 0, np.float32(1), _LEAK)
    for name, owner in classes.items():
        pick = sp.csr_matrix(
            (np.ones(len(owner), np.float32), (owner, np.arange(len(owner)))),
            shape=(len(net[name]), len(owner)),
        )
        out[name] = pick @ down
    return out


def _filtered_softmax_gradient(logits: np.ndarray, correct: np.ndarray) -> np.ndarray:
    """Gradient of the loss on the scores: each answer against the wrong candidates only, as in evaluation."""
    power = np.exp(logits - logits.max(axis=1, keepdims=True))
    wrong = np.where(correct, 0, power)
    rivals = wrong.sum(axis=1, keepdims=True)
    of_answers = np.where(correct, rivals / (power + rivals), 0)
    of_wrong = wrong * np.where(correct, 1 / (power + rivals), 0).sum(axis=1, keepdims=True)
    return np.asarray((of_wrong - of_answers) / correct.sum(), np.float32)


class _Adam:
    """Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019)."""

    def __init__(self, net: Parameters) -> None:
        self._mean = {name: np.zeros_like(value) for name, value in net.items()}
        self._square = {name: np.zeros_like(value) for name, value in net.items()}
        self._steps = 0

    def step(self, net: Parameters, gradient: Parameters, rate: float) -> None:
        self._steps += 1
        for name, value in net.items():
            self._mean[name] = 0.9 * self._mean[name] + 0.1 * gradient[name]
            self._square[name] = 0.99 * self._square[name] + 0.01 * gradient[name] ** 2
            mean = self._mean[name] / (1 - 0.9**self._steps)
            spread = np.sqrt(self._square[name] / (1 - 0.99**self._steps)) + 1e-8
            decay = _DECAY["class" if name in ("relation", "sector") else "weight"]
            net[name] = (value - rate * (mean / spread + decay * value)).astype(np.float32)
