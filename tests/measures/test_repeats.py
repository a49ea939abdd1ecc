"""Repeated texts: what is linked and what never is."""

from __future__ import annotations

import numpy as np

from aneroid.measures.repeats import link_repeated


def test_the_same_title_in_the_next_session_is_the_same_text() -> None:
    """Case, "adopted by" and small changes of wording do not hide a text; another one in between does not
    confuse it.
    """
    titles = [
        "Comprehensive nuclear test ban treaty : resolution / adopted by the General Assembly",
        "The Syrian Golan",
        "THE SYRIAN GOLAN : resolution",
        "Comprehensive nuclear-test-ban treaty",
    ]
    assert link_repeated(titles, [1, 1, 2, 2]).tolist() == [-1, -1, 1, 0]


def test_gaps_of_three_sessions_are_bridged_and_longer_ones_not() -> None:
    """A text that comes back within three sessions is linked, after four it is not."""
    titles = [
        "Right to development of peoples",
        "Right to development of peoples",
        "Right to development of peoples",
    ]
    assert link_repeated(titles, [1, 4, 8]).tolist() == [-1, 0, -1]


def test_words_of_the_presiding_officer_are_never_linked() -> None:
    """Announcing a separate vote says nothing about what is voted on."""
    titles = ["The President: I shall now put to the vote operative paragraph 5"] * 2
    assert link_repeated(titles, [1, 2]).tolist() == [-1, -1]


def test_different_texts_and_empty_titles_are_not_linked() -> None:
    """Nothing in common, no link; no title, no link; two votes of one session are never the same text."""
    assert (link_repeated(["Fisheries at sea", "Use of mercenaries", "", ""], [1, 2, 3, 4]) == -1).all()
    assert (link_repeated(["Use of mercenaries"] * 2, [1, 1]) == -1).all()


def test_each_text_has_at_most_one_successor() -> None:
    """Chains do not branch."""
    titles = ["Effects of atomic radiation", "Law of the sea"] * 5
    before = link_repeated(titles, np.repeat(np.arange(5), 2).tolist())
    used = before[before >= 0]
    assert len(used) == len(set(used.tolist())) == 8


def test_several_roll_calls_under_one_title_are_not_linked() -> None:
    """Where a title stands over two roll calls of a session, nobody knows which of them came back."""
    titles = ["Disarmament", "Disarmament", "Use of mercenaries", "Disarmament", "Use of mercenaries"]
    assert link_repeated(titles, [1, 1, 1, 2, 2]).tolist() == [-1, -1, -1, -1, 2]
