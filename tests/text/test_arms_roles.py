"""Who supplies whom, in many ways of telling it; and what is no deal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aneroid.text import Claim

Claims = Callable[[str], tuple[Claim, ...]]


@pytest.mark.parametrize(
    "text",
    [
        "Peru leased two submarines to Chile.",
        "Chile leased two submarines from Peru.",
        "Peru supplied Chile with radars.",
        "Chile placed an order with Peru for three corvettes.",
        "Chile paid Peru 40 million dollars for six howitzers.",
        "Peru offered Chile 16 second-hand F-5 jets.",
        "Peru promised Chile a battery of Patriot missiles.",
        "Peru declined a request by Chile for Stinger missiles.",
        "Peru suspended the sale of helicopters to Chile.",
        "Peru cancelled the delivery of 12 helicopters to Chile.",
        "Chile cancelled an order for 12 helicopters from Peru.",
        "Chile was sold six radars by Peru.",
        "Peru's cabinet approved the export of armoured vehicles to Chile.",
        "Peru shipped five used C-130 Hercules transports to Chile.",
        "The first four of 24 Rafale jets that Chile ordered from Peru arrived on Sunday.",
        "Chile's president said that his country would buy fighter jets from Peru.",
        "Peru ruled out selling Leopard tanks to Chile.",
    ],
)
def test_goods_go_from_peru_to_chile(claims: Claims, text: str) -> None:
    """Verbs, prepositions, passives, refusals and cancelled orders leave the direction."""
    ends = {(c.supplier, c.recipient) for c in claims(text) if c.weapons}
    assert ends == {("PER", "CHL")}


def test_talks_on_limiting_arms_are_no_deal(claims: Claims) -> None:
    """Weapons below a verb of another kind are not bought or sold."""
    assert [c.kind for c in claims("Peru and Chile held talks on limiting nuclear missiles.")] != [
        "arms_deal"
    ]


def test_a_weapon_set_aside_is_not_what_is_bought(claims: Claims) -> None:
    """ "Rather than" and "to replace" name other systems."""
    (claim,) = claims("Peru bought 36 Rafale jets from France rather than the Su-35.")
    assert claim.weapons == ("Rafale",)


def test_a_class_word_means_the_weapon_named_before(claims: Claims) -> None:
    """ "Six of the boats" are the submarines of the clause before."""
    text = (
        "Peru's first Kilo submarine was launched in June; Lima ordered six of the boats from Russia in 2009."
    )
    (claim,) = [c for c in claims(text) if c.kind == "arms_deal"]
    assert (claim.weapons, claim.quantity, claim.supplier) == (("Kilo",), 6, "RUS")


def test_who_says_to_be_hit_is_the_target(claims: Claims) -> None:
    """Where nobody is named as hit, the state that tells of it is."""
    (claim,) = claims("Damascus says Israeli aircraft bombed a farm.")
    assert claim.target and claim.target.state == "SYR"


def test_votes_for_measures_and_against_cooperation(claims: Claims) -> None:
    """A vote for sanctions is a sanction decided; a vote to expel is a refusal."""
    (measure,) = claims("Peru's congress voted to impose sanctions on Chile.")
    (refusal,) = claims("Peru's parliament voted to expel Chilean troops.")
    assert (measure.event, measure.modality) == ("SANCTION", "decided")
    assert (refusal.event, refusal.modality) == ("REJECT", "decided")
