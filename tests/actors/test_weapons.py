"""Weapons: spellings, plurals, producers, generic classes."""

from __future__ import annotations

import pytest

from aneroid.actors import find_weapons, producers
from aneroid.actors.weapons import weapons
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
