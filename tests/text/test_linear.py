"""The linear classifier: probabilities, unknown features, storage without words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.text.linear import LinearModel, feature_id
from aneroid.text.relations import decide, load_parameters


@pytest.fixture
def model() -> LinearModel:
    """Two words, two classes: "attack" speaks for the second class."""
    ids = np.sort(np.array([feature_id("words", "attack"), feature_id("words", "help")], np.uint32))
    attack = int(np.searchsorted(ids, feature_id("words", "attack")))
    weights = np.zeros((2, 2), np.float32)
    weights[attack] = [-2.0, 2.0]
    weights[1 - attack] = [1.0, -1.0]
    return LinearModel(("AID", "ASSAULT"), ids, np.ones(2, np.float32), weights, np.zeros(2, np.float32))


def test_a_known_feature_decides(model: LinearModel) -> None:
    """The class whose weights the text's features add up to is the most probable."""
    shares = model.probabilities([{"words": Counter({"attack": 1})}, {"words": Counter({"help": 1})}])
    assert shares.argmax(axis=1).tolist() == [1, 0]


@given(st.dictionaries(st.text(max_size=8), st.integers(1, 9), max_size=8))
def test_probabilities_add_up_to_one(words: dict[str, int]) -> None:
    """Whatever the features, a row is a probability distribution."""
    shares = load_parameters("quads").probabilities([{"words": Counter(words)}])
    assert shares.shape == (1, 5)
    assert shares.sum() == pytest.approx(1)
    assert (shares >= 0).all()


def test_features_never_seen_leave_the_base_rates(model: LinearModel) -> None:
    """A text of unknown words says nothing, and is no error."""
    shares = model.probabilities([{"words": Counter({"zyx": 3})}, {}])
    assert np.allclose(shares, 0.5)


def test_parameters_survive_storage(model: LinearModel, tmp_path: Path) -> None:
    """What is loaded predicts like what was saved, within the rounding of one byte a weight."""
    model.save(tmp_path / "small.npz")
    loaded = LinearModel.load(tmp_path / "small.npz")
    text = {"words": Counter({"attack": 2, "help": 1})}
    assert np.allclose(loaded.probabilities([text]), model.probabilities([text]), atol=0.01)


@pytest.mark.parametrize("name", ["relations", "quads", "cues"])
def test_what_ships_is_small_and_holds_no_text(name: str) -> None:
    """Parameters are hashes and numbers; the only words are the names of the classes."""
    found = load_parameters(name)
    assert found.ids.dtype == np.uint32
    assert all(len(label) < 12 for label in found.labels)


def test_the_quad_class_is_decided_before_the_class() -> None:
    """Two cooperative classes that share their probability beat one hostile class with a little more."""
    verdict = decide(np.array([[0.35, 0.25, 0.4]]), ("CONSULT", "SUPPORT", "ASSAULT"))[0]
    assert (verdict.label, verdict.quad) == ("CONSULT", 1)
    assert verdict.confidence == pytest.approx(0.6)
