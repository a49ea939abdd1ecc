"""The whole answer: what an honest expert would say, and when it refuses."""

from __future__ import annotations

import pytest

from aneroid.errors import InputError
from aneroid.evaluation.withdrawals import leave_one_country_out
from aneroid.record.store import Store
from aneroid.scenarios import withdrawal
from aneroid.scenarios.model import Stratum
from aneroid.scenarios.world import World


def test_iraq_in_2020_is_answered_like_an_expert_would(store: Store) -> None:
    """Stratum, cases by name, Iraq 2011 nearest, what cannot be said, and questions for later."""
    found = withdrawal(store, "Iraq", "USA", on="2020-01")
    assert found.year == 2019 and found.stratum is Stratum.MINOR
    assert found.analogs[0].member.episode.label == "Iraq 2011" and "the same country" in found.analogs[0].why
    assert "Iraq 2011" in found.headline and "likely range" in found.headline
    assert found.cautions[0].startswith("Association, not effect")
    assert any("Coups are outside coverage" in caution for caution in found.cautions)
    assert not found.synthetic.informative
    assert "Iraq" in found.questions[0]
    assert found.n >= found.n_stratum >= 8
    assert found.all_powers is not None and found.all_powers.n > found.n_stratum
    assert {"Iraq 2011", "Rwanda 1993"} <= set(found.all_powers.members)


def test_only_what_was_known_is_used(store: Store) -> None:
    """Asked in 2012, no case has an outcome after 2011 and no analog shows a later year."""
    found = withdrawal(store, "IRQ", "USA", on="2011")
    assert all(step.year <= 2011 for each in found.analogs for step in each.timeline)
    assert all(each.episode.year <= 2011 for each in found.members)


def test_strata_and_horizons_have_a_rate_each(store: Store) -> None:
    """Two outcomes, three horizons, four strata; a shorter horizon shows fewer."""
    whole = withdrawal(store, "KOR", "USA")
    assert {(r.years, r.stratum) for r in whole.rates} == {(y, s) for y in (1, 2, 5) for s in Stratum}
    assert {r.years for r in withdrawal(store, "KOR", "USA", horizon=2).rates} == {1, 2}
    assert len(whole.frame()) == len(whole.rates)


@pytest.mark.parametrize("guarantor", ["RUS", "FRA", "GBR"])
def test_other_guarantors_are_answered_from_cited_departures(store: Store, guarantor: str) -> None:
    """Every case comes from the hand list and its reference is given."""
    found = withdrawal(store, "ARM", guarantor)
    assert {each.episode.basis for each in found.members} == {"hand list"}
    assert all(each.episode.citation in found.citations for each in found.members)
    assert any("listed by hand" in caution for caution in found.cautions)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"host": "NER", "guarantor": "CHN"}, "8 are the least"),
        ({"host": "AFG", "guarantor": "RUS", "on": "1980"}, "8 are the least"),
        ({"host": "XKX", "guarantor": "USA", "on": "2009"}, "three years"),
        ({"host": "USA", "guarantor": "USA"}, "two states"),
        ({"host": "IRQ", "guarantor": "USA", "share": 0.0}, "share"),
        ({"host": "IRQ", "guarantor": "USA", "horizon": 3}, "horizon"),
    ],
)
def test_it_refuses_in_one_sentence(store: Store, arguments: dict[str, object], words: str) -> None:
    """Too few cases, no history, no second state, no share, no such horizon."""
    with pytest.raises(InputError, match=words):
        withdrawal(store, **arguments)  # type: ignore[arg-type]  # each row fits the signature


def test_rates_beat_one_rate_for_all_on_countries_left_out(world: World) -> None:
    """Brier score within five years: conflict under .118, war under .078, both well under one rate for all."""
    conflict, war = leave_one_country_out(world)
    assert conflict.pooled <= 0.118 < 0.15 < conflict.constant
    assert war.pooled <= 0.078 < war.constant
