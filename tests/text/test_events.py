"""Who did what to whom: voice, lists, operators, negation, nouns."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aneroid.text import Claim

Dyads = Callable[[str], list[tuple[str | None, str | None, str]]]
Only = Callable[[str], Claim]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru attacked Chile.", ("PER", "CHL", "ASSAULT")),
        ("Chile was attacked by Peru.", ("PER", "CHL", "ASSAULT")),
        ("Kenya condemned Sudan.", ("KEN", "SDN", "ACCUSE")),
        ("Sudan was condemned by Kenya.", ("KEN", "SDN", "ACCUSE")),
        ("Two Omani diplomats were expelled by Qatar.", ("QAT", "OMN", "SANCTION")),
    ],
)
def test_the_passive_keeps_the_direction(text: str, expected: tuple[str, str, str], dyads: Dyads) -> None:
    """Active and passive voice give the same dyad."""
    assert dyads(text) == [expected]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Brazil imposed sanctions on Cuba, Haiti and Peru.", ["CUB", "HTI", "PER"]),
        (
            "Brazil threatened to impose sanctions on the buyers (Cuba, Haiti and Peru).",
            ["CUB", "HTI", "PER"],
        ),
        ("Brazil imposed sanctions on several countries, including Cuba and Haiti.", ["CUB", "HTI"]),
        ("Brazil imposed sanctions on three states: Cuba, Haiti and Peru.", ["CUB", "HTI", "PER"]),
    ],
)
def test_lists_expand_to_one_dyad_each(text: str, targets: list[str], dyads: Dyads) -> None:
    """Coordination, brackets, "including" and colons all spell out the other side."""
    found = dyads(text)
    assert [target for _, target, _ in found] == targets
    assert {source for source, _, _ in found} == {"BRA"}


def test_listed_sources_expand_too(dyads: Dyads) -> None:
    """Several governments acting together give one dyad each."""
    expected = [("CAN", "PRK", "ACCUSE"), ("AUS", "PRK", "ACCUSE"), ("JPN", "PRK", "ACCUSE")]
    assert dyads("Canada, Australia and Japan condemned North Korea.") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Norway and Sweden held talks.",
        "The Norwegian and Swedish foreign ministers met in Oslo.",
        "Talks between Norway and Sweden took place in Oslo.",
        "Norway's prime minister met with the Swedish defence minister in Oslo.",
    ],
)
def test_meetings_pair_both_sides(text: str, claims: Callable[[str], tuple[Claim, ...]]) -> None:
    """X and Y met, talks between X and Y, X met with Y: one reciprocal consultation."""
    (claim,) = claims(text)
    assert (claim.event, claim.mode, claim.reciprocal) == ("CONSULT", "meet", True)
    assert claim.source is not None
    assert claim.target is not None
    assert {claim.source.state, claim.target.state} == {"NOR", "SWE"}


@pytest.mark.parametrize(
    ("text", "event", "modality"),
    [
        ("The Kenyan parliament voted in favour of expelling Ethiopian troops.", "REJECT", "decided"),
        ("The Kenyan parliament voted to expel Ethiopian troops.", "REJECT", "decided"),
        ("The Kenyan parliament voted against a defence agreement with Ethiopia.", "REJECT", "decided"),
        ("The Kenyan parliament voted for a defence agreement with Ethiopia.", "AGREE", "decided"),
        ("Kenya expelled Ethiopian diplomats.", "SANCTION", "happened"),
        ("Kenya threatened to expel Ethiopian diplomats.", "THREATEN", "threatened"),
        ("Kenya agreed to train Ethiopian soldiers.", "AGREE", "decided"),
        ("Kenya refused to train Ethiopian soldiers.", "REJECT", "happened"),
        ("Kenya stopped aid to Ethiopia.", "SANCTION", "happened"),
        ("Kenya lifted sanctions on Ethiopia.", "RETREAT", "happened"),
        ("Kenya urged Ethiopia to withdraw its troops.", "REQUEST", "requested"),
        ("Kenya is ready to sign a treaty with Ethiopia.", "AGREE", "planned"),
        ("Kenya will visit Ethiopia.", "AGREE", "planned"),
        ("Kenya may attack Ethiopia.", "THREATEN", "conditional"),
        ("Kenya has not joined the pact with Ethiopia.", "REJECT", "denied"),
        ("Kenya did not attack Ethiopia.", "ASSAULT", "denied"),
        ("Kenya decided not to sign the treaty with Ethiopia.", "REJECT", "decided"),
    ],
)
def test_operators_and_negation_decide_the_event(text: str, event: str, modality: str, only: Only) -> None:
    """What governs the act decides: a vote for an expulsion is no agreement, a refusal to help no help."""
    claim = only(text)
    assert (claim.event, claim.modality.value) == (event, modality)
    assert claim.source is not None
    assert claim.target is not None
    assert (claim.source.state, claim.target.state) == ("KEN", "ETH")


def test_a_denial_keeps_what_is_denied(only: Only) -> None:
    """The event is what is denied, the modality says so, and the denier is the one who says it."""
    claim = only("Ghana denied that it had attacked Togo.")
    assert (claim.event, claim.modality.value) == ("ASSAULT", "denied")
    assert claim.attribution is not None
    assert (claim.attribution.state, claim.attribution.cue) == ("GHA", "denied")


def test_a_request_is_to_whoever_is_asked(only: Only) -> None:
    """The party addressed is the target, not the place of what is asked."""
    claim = only("Finland called on Denmark to end its military presence in Iceland.")
    assert claim.target is not None
    assert (claim.event, claim.target.state, claim.third_parties) == ("REQUEST", "DNK", ("ISL",))


def test_event_nouns_need_both_sides(dyads: Dyads) -> None:
    """A named attack by one side on another is an event even without a verb; a nameless one is none."""
    assert dyads("Ghana's attack on Togo shocked everyone.") == [("GHA", "TGO", "ASSAULT")]
    assert dyads("The attack shocked everyone.") == []


def test_statements_of_no_event_give_no_claim(dyads: Dyads) -> None:
    """Geography, doctrine and weather are no events."""
    assert dyads("Peru borders Chile. The two navies of Peru and Chile share a doctrine.") == []


def test_pronouns_lead_to_the_subject(dyads: Dyads) -> None:
    """ "It" in a clause or the next sentence is the one spoken of."""
    assert ("GHA", "TGO", "ASSAULT") in dyads("Ghana is a state. It attacked Togo.")
    assert dyads("Ghana said that it had attacked Togo.") == [("GHA", "TGO", "ASSAULT")]


def test_the_government_of_the_sentence_before(claims: Callable[[str], tuple[Claim, ...]]) -> None:
    """A bare "the parliament" is that of the only state named before, and the source is marked as inferred."""
    (claim,) = claims("The capital of Ghana was quiet. The parliament condemned Togo.")
    assert claim.source is not None
    assert (claim.source.state, claim.source.sector) == ("GHA", "LEG")
    assert "source" in claim.inferred


def test_a_capital_after_in_is_a_place(only: Only) -> None:
    """Where people meet is the location, not another party."""
    claim = only("Peru's president met Chile's president in Vienna.")
    assert claim.location == "Vienna"
    assert claim.target is not None
    assert claim.target.state == "CHL"


def test_ethnic_names_are_no_states(dyads: Dyads) -> None:
    """Ethnic Russians abroad do not act for Russia."""
    assert dyads("Ethnic Russians attacked Latvian police.") == []


@pytest.mark.parametrize("date", ["On 3 May 2019", "On 3 May 2019,", "In May 2019", "On May 3, 2019"])
def test_a_date_in_front_does_not_swallow_the_subject(date: str, only: Only) -> None:
    """With or without a comma the date is a date and the subject acts."""
    claim = only(f"{date} Norway signed a treaty with Poland.")
    assert claim.source is not None
    assert (claim.source.phrase, claim.source.state) == ("Norway", "NOR")
    assert claim.date is not None
    assert claim.date.startswith("2019-05")
