"""Words for probabilities and numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.charts.words import (
    MINUS,
    capital,
    estimate_text,
    inside,
    listed,
    number,
    percent,
    probability_adverb,
    probability_word,
    range_text,
    with_article,
)

MIRROR = {
    "almost certain": "almost certainly not",
    "very likely": "very unlikely",
    "likely": "unlikely",
    "even": "even",
}


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (1.0, "almost certain"),
        (0.95, "almost certain"),
        (0.94, "very likely"),
        (0.8, "very likely"),
        (0.79, "likely"),
        (0.55, "likely"),
        (0.54, "even"),
        (0.5, "even"),
        (0.46, "even"),
        (0.4, "unlikely"),
        (0.21, "unlikely"),
        (0.2, "very unlikely"),
        (0.05, "almost certainly not"),
    ],
)
def test_words_change_at_the_fixed_percentages(probability: float, word: str) -> None:
    """The scale of probability words is the published one."""
    assert probability_word(probability) == word


@given(st.floats(0.5, 1.0))
def test_a_probability_and_its_complement_have_mirrored_words(probability: float) -> None:
    """Swapping the two sides of a question mirrors the word, except where 55 and 45 % meet the even band."""
    word = probability_word(probability)
    mirrored = probability_word(1 - probability)
    assert mirrored == MIRROR[word] or percent(probability) == "55 %"


def test_the_word_fits_the_percentage_printed_beside_it() -> None:
    """A probability that prints as 95 % is called almost certain."""
    assert (percent(0.9496), probability_word(0.9496)) == ("95 %", "almost certain")
    assert probability_adverb(0.9496) == "almost certainly"


def test_certainty_is_never_printed() -> None:
    """The ends of the scale are open."""
    assert percent(1.0) == "over 99 %"
    assert percent(0.0) == "under 1 %"


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_probability_is_refused(wrong: float) -> None:
    """A number outside 0 to 1 has no word."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        probability_word(wrong)


@pytest.mark.parametrize(
    ("value", "text"),
    [(1.44, "1.4"), (-0.362, f"{MINUS}0.36"), (12.3, "12"), (0.0, "0.00"), (-0.001, "0.00")],
)
def test_numbers_have_two_significant_digits_and_no_negative_zero(value: float, text: str) -> None:
    """Leans are printed no finer than they are known."""
    assert number(value) == text


def test_the_ends_of_a_range_keep_their_side_of_zero() -> None:
    """An end just under zero is not printed as zero."""
    assert range_text(-1.42, -0.04) == f"{MINUS}1.42 to {MINUS}0.04"
    assert estimate_text(1.04, 0.2, 1.9) == "+1.0 (+0.2 to +1.9)"


def test_names_and_lists_read_as_in_a_sentence() -> None:
    """Articles, capitals and lists follow English use."""
    assert with_article("United States") == "the United States"
    assert with_article("Iraq") == "Iraq"
    assert capital("the United States") == "The United States"
    assert inside("UN votes") == "UN votes"
    assert inside("Arms deliveries") == "arms deliveries"
    assert listed(["a", "b", "c"]) == "a, b and c"
