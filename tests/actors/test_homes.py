"""Where towns, regions, parties and groups belong, without being taken for their state."""

from __future__ import annotations

import pytest

from aneroid.actors import default_index, identify
from aneroid.actors.homes import home_of


@pytest.mark.parametrize(
    ("phrase", "home", "sector"),
    [
        ("Shanghai authorities", "CHN", "GOV"),
        ("the Riigikogu", "EST", "LEG"),
        ("Hezbollah", "LBN", "REB"),
        ("the African National Congress", "ZAF", "PTY"),
        ("Abkhazia", "GEO", "PRE"),
        ("Ukrainian police", "UKR", "COP"),
    ],
)
def test_a_phrase_has_a_home(phrase: str, home: str, sector: str) -> None:
    """Whoever is named belongs somewhere, also who does not act for a state."""
    found = identify(phrase, 2020)
    assert (found.home, found.sector) == (home, sector)
    assert found.why


@pytest.mark.parametrize("phrase", ["the African National Congress", "Hezbollah", "Shanghai authorities"])
def test_a_group_or_town_is_never_counted_as_its_state(phrase: str) -> None:
    """The home of a party is told apart from the state it would act for."""
    assert identify(phrase, 2020).state is None
    assert all(
        match.entry.state is None for match in default_index().find(f"We saw {phrase} today", year=2020)
    )


@pytest.mark.parametrize("phrase", ["Glenda Jackson", "a cat named Frank", "taxi drivers", ""])
def test_people_and_things_have_no_home(phrase: str) -> None:
    """A town's name beside another name is somebody's surname."""
    assert home_of(phrase) is None


def test_former_holders_of_an_office_are_elites() -> None:
    """Whoever has left an office is no government any more."""
    assert identify("a former Kenyan minister", 2020).sector == "ELI"
