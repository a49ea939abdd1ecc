"""Who a phrase means: boundaries, case, dates, ambiguity and reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aneroid.actors import default_index, identify
from aneroid.actors.index import fold
from aneroid.actors.lexicon import entries


def states(text: str, year: int | None = 2015) -> list[str | None]:
    return [match.entry.state or match.entry.actor for match in default_index().find(text, year=year)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They told us that the turkey was cold", []),
        ("The US and Turkey told us", ["USA", "TUR"]),
        ("Troops from Mali entered Guinea-Bissau and Equatorial Guinea", ["MLI", "GNB", "GNQ"]),
        ("Nigeria, not Niger", ["NGA", "NER"]),
        ("South Sudanese and North Korean envoys", ["SSD", "PRK"]),
        ("The Gulf War and the South China Sea", []),
    ],
)
def test_names_keep_their_capitals_and_boundaries(text: str, expected: list[str]) -> None:
    """Common words are no states, and the longest name at a place wins."""
    assert states(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Michael Jordan scored", []),
        ("Chad Smith played", []),
        ("Troops left Jordan for Chad", ["JOR", "TCD"]),
        ("Yesterday Jordan closed the border", ["JOR"]),
        ("Michelle Obama spoke", []),
        ("President Obama spoke", ["USA"]),
    ],
)
def test_ambiguous_names_need_to_stand_alone(text: str, expected: list[str]) -> None:
    """A name that is also a given name or surname is not taken when another name stands beside it."""
    assert states(text) == expected


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("Prague protested", 1980, ["CSK"]),
        ("Prague protested", 2005, ["CZE"]),
        ("Belgrade refused", 1995, ["YUG"]),
        ("Belgrade refused", 2015, ["SRB"]),
        ("Bonn refused", 1980, ["DEU"]),
        ("Bonn refused", 2015, []),
        ("ISIS advanced", 2015, ["ISIL"]),
        ("ISIS advanced", 1990, []),
        ("the Soviet Union fell", 2015, ["RUS"]),
    ],
)
def test_names_hold_on_their_dates_only(text: str, year: int, expected: list[str]) -> None:
    """A capital or group outside its years is nobody; a dissolved state may still be spoken of."""
    assert states(text, year) == expected


def test_a_leader_is_in_government_during_the_term_only() -> None:
    """The same name is an official in office and a former one after it."""
    assert identify("Barack Obama", 2012).sector == "GOV"
    assert identify("Barack Obama", 2020).sector == "ELI"
    assert identify("Barack Obama", 2020).state == "USA"


@pytest.mark.parametrize(
    ("phrase", "state", "sector"),
    [
        ("the Peruvian foreign minister", "PER", "GOV"),
        ("Kenyan lawmakers", "KEN", "LEG"),
        ("four Omani sailors", "OMN", "MIL"),
        ("the Pentagon", "USA", "MIL"),
        ("the Kremlin", "RUS", "GOV"),
        ("rebels", None, "REB"),
        ("the Bundestag", "DEU", "LEG"),
        ("Canadian newspapers", "CAN", "MED"),
    ],
)
def test_phrases_have_state_and_sector(phrase: str, state: str | None, sector: str) -> None:
    """Adjective and agent noun together say who is meant."""
    found = identify(phrase, 2015)
    assert (found.state, found.sector) == (state, sector)


def test_every_match_says_why() -> None:
    """The reason names the words that matched and the year."""
    why = identify("Angela Merkel", 2010).why
    assert "Angela Merkel" in why
    assert "DEU" in why
    assert "2010" in why


def test_an_organisation_is_not_a_state() -> None:
    """International organisations and armed groups have an actor id and no state."""
    assert (identify("NATO").actor, identify("NATO").state) == ("NATO", None)
    assert (identify("Hezbollah").actor, identify("Hezbollah").state) == ("HEZB", None)


@given(st.text(max_size=200))
def test_folding_never_moves_an_offset(text: str) -> None:
    """The folded text is as long as the text, whatever the script."""
    assert len(fold(text)) == len(text)


@given(st.text(max_size=80), st.sampled_from(["Iraq", "the Norwegian government", "NATO", "Sergei Lavrov"]))
def test_offsets_point_at_the_words(noise: str, name: str) -> None:
    """Each match quotes exactly the text at its offsets."""
    text = f"{noise} {name}, {noise}"
    for match in default_index().find(text, year=2015):
        assert text[match.start : match.end] == match.text


def test_all_people_have_terms_in_order() -> None:
    """Nobody leaves office before entering it."""
    wrong = [e.alias for e in entries() if e.first is not None and e.last is not None and e.last < e.first]
    assert wrong == []


def test_an_institution_belongs_to_the_state_before_it() -> None:
    """The bare name means the best-known one, with another state's name in front it is that state's."""
    assert identify("the Defense Department", 2015).state == "USA"
    assert identify("Chile's Defense Department", 2015).state == "CHL"


def test_former_officials_are_no_government() -> None:
    """Words such as former or ex- take the office away."""
    assert identify("a former Peruvian minister").sector == "ELI"
    assert identify("Peru's ex-president").sector == "ELI"
    assert identify("the United States").sector is None
