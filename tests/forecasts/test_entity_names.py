"""Names of actors tell home and sector; the rest is learned from whom they deal with."""

from __future__ import annotations

import numpy as np

from aneroid.forecasts.entity_names import COUNTRY_SECTOR, NAMED_SECTOR, infer_homes, read_traits

NAMES = ["India", "Police_(India)", "Police (Chad)", "Narendra Modi", "Army (Chad)"]


def test_brackets_give_home_and_sector_in_both_spellings() -> None:
    """Underscores and blanks mean the same."""
    traits = read_traits(NAMES)
    assert traits.home[0] == traits.home[1] != traits.home[2] == traits.home[4]
    assert traits.sector[1] == traits.sector[2] != traits.sector[4]
    assert traits.sector[0] == COUNTRY_SECTOR and traits.sector[3] == NAMED_SECTOR
    assert traits.home[3] == -1


def test_a_person_gets_the_home_of_most_partners() -> None:
    """Two facts with India, one with Chad: India."""
    traits = read_traits(NAMES)
    homes = infer_homes(traits, np.array([3, 3, 3]), np.array([0, 1, 2]))
    assert homes[3] == traits.home[0]
    assert (homes[[0, 1, 2, 4]] == traits.home[[0, 1, 2, 4]]).all()


def test_one_fact_is_not_enough_for_a_home() -> None:
    """A single partner proves nothing."""
    assert infer_homes(read_traits(NAMES), np.array([3]), np.array([0]))[3] == -1


def test_names_without_any_home_are_allowed() -> None:
    """Data with bare names still works."""
    traits = read_traits(["a", "b"])
    assert (infer_homes(traits, np.array([0]), np.array([1])) == -1).all()
