"""Attributions anywhere in a text, and how sure a text is of what it tells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.text.factuality import factuality
from aneroid.text.speech import find_speech


def parts(text: str) -> list[tuple[str, str, str]]:
    """Cue, source and content of each attribution as words."""
    return [
        tuple("" if span is None else text[span[0] : span[1]] for span in (s.cue, s.source, s.content))
        for s in find_speech(text)
    ]  # type: ignore[misc]  # a tuple of three by construction


def test_a_reporting_verb_has_source_and_content() -> None:
    """The subject says what stands in the clause."""
    found = parts("The minister said that the talks had failed.")
    assert found == [("said", "The minister", "that the talks had failed")]


def test_according_to_is_a_cue() -> None:
    """Prepositions attribute too."""
    cues = [cue for cue, _, _ in parts("According to the ministry, the harbour will be closed.")]
    assert cues == ["According to"]


def test_a_text_without_speech_has_no_attribution() -> None:
    """Plain narration has no source."""
    assert parts("It rained. The road was closed.") == []


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60))
def test_spans_lie_in_the_text(text: str) -> None:
    """Whatever the text, every span points into it."""
    for found in find_speech(text):
        for span in (found.cue, found.source, found.content):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


@pytest.mark.parametrize(
    ("sentence", "position", "low", "high"),
    [
        ("They left the city .", 1, 2, 3),
        ("They did not leave the city .", 3, -3, -1),
        ("They will leave the city .", 2, -0.5, 1),
        ("They refused to leave the city .", 3, -1, 1),
    ],
)
def test_grammar_says_how_certain_an_event_is(sentence: str, position: int, low: float, high: float) -> None:
    """Plain past is certain, negation is its opposite, the future and the refused are open."""
    value = factuality([(sentence.split(), [position])])[0][0]
    assert low <= value <= high


def test_every_predicate_gets_one_value() -> None:
    """Also none for a sentence without predicates."""
    assert [len(values) for values in factuality([(["Rain", "fell", "."], [0, 1]), (["Rain"], [])])] == [2, 0]
