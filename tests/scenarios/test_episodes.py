"""Which cuts count, and what followed them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from aneroid.scenarios.episodes import episodes
from aneroid.scenarios.model import Stratum
from aneroid.scenarios.outcomes import followed, member, strata, window_outcomes
from aneroid.scenarios.world import FIRST, World


def labels(world: World, guarantor: str = "USA", share: float = 0.5) -> set[str]:
    return {each.label for each in episodes(world, guarantor, share)}


def test_known_departures_are_found_and_dated_by_the_day_they_ended(world: World) -> None:
    """The table counts on one day of the year; departures of record carry their own year."""
    assert {"Iraq 2011", "Philippines 1992", "France 1967", "Panama 1999", "Afghanistan 2021"} <= labels(
        world
    )
    assert {"Afghanistan 1989", "Georgia 2007"} <= labels(world, "RUS")


def test_silence_is_not_a_cut(world: World) -> None:
    """Iraq 2022, Syria 2022: the reports stop, and no departure is read from that."""
    assert np.isnan(world.troops[world.row("IRQ"), 2022 - FIRST])
    assert not {"Iraq 2022", "Iraq 2023", "Syria 2022", "Syria 2023"} & labels(world)


def test_the_narrower_count_of_2018_is_not_a_cut(world: World) -> None:
    """Forces in operations left the count, not the country."""
    assert not {label for label in labels(world) if label.endswith(" 2018")}


def test_forces_the_host_refuses_are_no_guarantee_to_lose(world: World) -> None:
    """Guantánamo Bay shrank in 1996; Cuba lost no protector."""
    assert "Cuba 1996" not in labels(world)


def test_removing_a_report_removes_the_cut(world: World) -> None:
    """With the strength after the cut not reported there is no episode."""
    troops = world.troops.copy()
    troops[world.row("ISL"), 2005 - FIRST :] = np.nan
    silent = [e for e in episodes(replace(world, troops=troops), "USA", 0.5) if e.host == "ISL"]
    assert [each.basis for each in silent] == ["hand list"]


def test_a_larger_share_keeps_fewer_cases(world: World) -> None:
    """Every cut of nine tenths is also one of a half."""
    hosts = {each.host for each in episodes(world, "USA", 0.9)}
    assert hosts < {each.host for each in episodes(world, "USA", 0.5)}


def test_an_unfinished_window_is_unknown_even_if_war_has_come(world: World) -> None:
    """Counting only early wars of young cases would bend the rate."""
    known = world.until(2013)
    assert followed(known, "IRQ", 2011, 2, 2) is True
    assert followed(known, "IRQ", 2011, 5, 2) is None


def test_a_state_that_ended_without_war_is_unknown(world: World) -> None:
    """Czechoslovakia was dissolved in 1992; what it would have seen by 1996 is not known."""
    assert followed(world, "CSK", 1991, 5, 1) is None


def test_arrays_agree_with_single_answers(world: World) -> None:
    """Outcomes and strata computed at once are those computed one by one."""
    observed, place = window_outcomes(world, 5, 2), strata(world)
    for each in episodes(world, "USA", 0.5):
        found = member(world, each)
        cell = world.row(each.host), each.year - FIRST
        assert list(Stratum)[place[cell]] is found.stratum
        single = found.war[2]
        assert np.isnan(observed[cell]) if single is None else observed[cell] == single


@pytest.mark.parametrize("year", [1975, 2000])
def test_the_past_does_not_know_the_future(world: World, year: int) -> None:
    """Episodes found with the record up to a year are those of the whole record, as far as they go."""
    early = {(e.host, e.first) for e in episodes(world.until(year), "USA", 0.5)}
    later = {(e.host, e.first) for e in episodes(world, "USA", 0.5) if e.first <= year}
    assert early <= later
