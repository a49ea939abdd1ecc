"""Weapons: spellings, plurals, producers, generic classes."""

from __future__ import annotations

import pytest

from aneroid.actors import find_weapons, producers
from aneroid.actors.weapons import bare_name, weapons
from aneroid.states import names_index


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the S-400 Triumf and two SA-21 batteries", ["S-400", "S-400"]),
        ("Pantsyr-S1 and Pantsir units", ["Pantsir-S1", "Pantsir-S1"]),
        ("F-16s, F‑16 jets", ["F-16", "F-16"]),
        ("S-300PMU-2", ["S-300"]),
        ("Bayraktar TB2 drones", ["Bayraktar TB2"]),
        ("a patriot wrote of a hawk and a tiger", []),
        ("MS-4000 and XF-160", []),
    ],
)
def test_spellings_lead_to_one_system(text: str, names: list[str]) -> None:
    """Designations, nicknames, other hyphens and plurals mean the same system; parts of words mean none."""
    assert [match.weapon.name for match in find_weapons(text)] == names


def test_a_weapon_implies_its_maker_only_when_there_is_one() -> None:
    """A system of one producer names the supplier; a joint one does not; a class of weapons never does."""
    by_name = {weapon.name: weapon for weapon in weapons()}
    assert by_name["S-400"].implied_supplier == "RUS"
    assert by_name["Eurofighter Typhoon"].implied_supplier is None
    assert by_name["attack helicopters"].implied_supplier is None
    assert producers("Rafale") == ("FRA",)
    assert producers("no such weapon") == ()


def test_producers_are_known_states() -> None:
    """Every producer code is a state id, and there are at least a hundred systems."""
    known = {row.state for row in names_index()}
    systems = {w.name: w.producers for w in weapons() if w.producers}
    assert len(systems) >= 100
    assert {code for codes in systems.values() for code in codes} <= known


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Iran sent Kowsar drones to Sudan.", ["Kowsar"]),
        ("They took six M-346 jets and 40 K-8s.", ["M-346", "K-8"]),
        ("Russian tanks and French frigates", ["tanks", "frigates"]),
        (
            "three patrol aircraft and self-propelled howitzers",
            ["patrol aircraft", "self-propelled howitzers"],
        ),
        ("six Typhoons and the typhoon season", ["Eurofighter Typhoon"]),
        ("the G-20 summit, COVID-19 and the army's vehicles", []),
        ("Modern life; the Ukrainian Army fighters", []),
    ],
)
def test_systems_that_no_list_knows_are_named_by_their_class(text: str, names: list[str]) -> None:
    """A name before a noun of arms is a system; states, armies and summits are none."""
    assert [match.weapon.name for match in find_weapons(text)] == names


@pytest.mark.parametrize(
    ("words", "bare"),
    [("F-16s", "F-16"), ("Javelin anti-tank missiles", "Javelin"), ("cruise missiles", "cruise missiles")],
)
def test_a_name_stands_without_its_class(words: str, bare: str) -> None:
    """The class behind a proper name and a plural s are left out; a class alone stays."""
    assert bare_name(words) == bare
