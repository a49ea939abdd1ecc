"""Arms, sums, attribution, conditions, predictions."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aneroid.text import Claim
from aneroid.text.amounts import find_amounts

Claims = Callable[[str], tuple[Claim, ...]]
Only = Callable[[str], Claim]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("worth 4.2 billion USD", 4.2e9, "USD"),
        ("worth $4.2bn", 4.2e9, "USD"),
        ("worth $4.2 billion", 4.2e9, "USD"),
        ("worth US$350 million", 3.5e8, "USD"),
        ("worth €1.5m", 1.5e6, "EUR"),
        ("worth 600 million euros", 6e8, "EUR"),
        ("worth two billion dollars", 2e9, "USD"),
        ("worth £12,500", 12500.0, "GBP"),
        ("worth 30 billion roubles", 3e10, "RUB"),
        ("worth 3 billion Canadian dollars", 3e9, "CAD"),
        ("worth half a billion dollars", 5e8, "USD"),
        ("Manila paid 11.6 billion pesos", 1.16e10, "PHP"),
        ("Riyadh lent three billion riyals", 3e9, "SAR"),
        ("worth A$70 million", 7e7, "AUD"),
        ("worth 5,000 Norwegian kroner", 5e3, "NOK"),
        ("worth 4.9 trillion won", 4.9e12, "KRW"),
        ("worth 11.6 billion pesos", None, None),  # whose pesos, nobody says
        ("a multi-billion-dollar deal", None, None),
        ("4,200 soldiers and 5 percent", None, None),
    ],
)
def test_sums_in_many_spellings(text: str, value: float | None, currency: str | None) -> None:
    """Symbol, code or word, before or after, with magnitude: one number and one currency."""
    found = find_amounts(text)
    if value is None:
        assert found == []
    else:
        assert [(a.value, a.currency) for a in found] == [(pytest.approx(value), currency)]


@pytest.mark.parametrize(
    ("text", "supplier", "recipient"),
    [
        ("Peru bought tanks from Poland.", "POL", "PER"),
        ("Poland sold tanks to Peru.", "POL", "PER"),
        ("Poland delivered 20 tanks to Peru.", "POL", "PER"),
        ("Tanks were delivered to Peru by Poland.", "POL", "PER"),
        ("Peru ordered Leopard 2 tanks.", "DEU", "PER"),
        ("Peru signed an arms contract with France for Rafale jets.", "FRA", "PER"),
        ("France signed an arms contract with Peru for Rafale jets.", "FRA", "PER"),
    ],
)
def test_who_supplies_whom(text: str, supplier: str, recipient: str, only: Only) -> None:
    """The verb gives the direction; where it does not, the maker of the weapon does."""
    claim = only(text)
    assert (claim.kind, claim.supplier, claim.recipient) == ("arms_deal", supplier, recipient)


def test_a_supplier_only_the_weapon_names_is_marked_inferred(only: Only) -> None:
    """What no word says is listed as inferred, with the reason."""
    claim = only("Peru is considering the purchase of 24 Su-35 fighter jets.")
    assert claim.target is not None
    assert (claim.supplier, claim.target.state, claim.quantity) == ("RUS", "RUS", 24)
    assert {"supplier", "target"} <= set(claim.inferred)
    assert "Su-35" in claim.target.why


def test_a_system_of_several_makers_implies_no_supplier(only: Only) -> None:
    """A jointly built aircraft leaves the supplier open."""
    assert only("Peru ordered Eurofighter Typhoon jets.").supplier is None


def test_sum_and_weapons_carry_over_from_the_next_sentence(claims: Claims, reading: Callable) -> None:  # type: ignore[type-arg]  # a fixture
    """ "The deal was worth ..." completes the deal told before, with its own span."""
    text = "Peru signed an arms deal with Sweden. The deal was worth $2 billion and covers Gripen jets."
    found = reading(text)
    claim = found.claims[0]
    assert (claim.amount, claim.currency, claim.weapons) == (2e9, "USD", ("Gripen",))
    assert (claim.supplier, claim.recipient) == ("SWE", "PER")
    (span,) = claim.spans["amount"]
    assert found.article.text[slice(*span)] == "$2 billion"


def test_another_states_deal_does_not_lend_its_sum(claims: Claims) -> None:
    """A sum of somebody else's deal is not carried."""
    claim = claims("Peru bought tanks from Poland. Chile's budget was $9 billion.")[0]
    assert claim.amount is None


@pytest.mark.parametrize(
    ("text", "source", "state"),
    [
        ("Media reported that Ghana had attacked Togo.", "Media", None),
        ("Ghana attacked Togo, Nigerian officials said.", "Nigerian officials", "NGA"),
        ("According to Reuters, Ghana attacked Togo.", "Reuters", "GBR"),
        ("Ghana reportedly attacked Togo.", "", None),
        ("Ghana is said to have attacked Togo.", "", None),
        ("There were reports that Ghana had attacked Togo.", "reports", None),
    ],
)
def test_who_says_so(text: str, source: str, state: str | None, only: Only) -> None:
    """Reporting verbs, according to, hearsay: the claim carries its source and cue."""
    attribution = only(text).attribution
    assert attribution is not None
    assert (attribution.source, attribution.state) == (source, state)


def test_the_articles_own_voice_has_no_attribution(only: Only) -> None:
    """A plain statement is the article's own."""
    assert only("Ghana attacked Togo.").attribution is None


def test_nested_attribution_keeps_who_relays(only: Only) -> None:
    """The innermost speaker is the source; the medium stands behind it."""
    attribution = only(
        "Reuters reported that Nigerian officials said that Ghana had attacked Togo."
    ).attribution
    assert attribution is not None
    assert attribution.source == "Nigerian officials"
    assert attribution.through is not None
    assert attribution.through.source == "Reuters"


def test_accusations_attribute_what_they_allege(claims: Claims) -> None:
    """ "Accused of arming" is a claim by the accuser, not the article's."""
    alleged = [c for c in claims("Chad accused Libya of sending tanks to Niger.") if c.kind == "arms_deal"]
    assert [(c.source.state, c.target.state) for c in alleged if c.source and c.target] == [("LBY", "NER")]
    assert alleged[0].attribution is not None
    assert alleged[0].attribution.state == "TCD"


def test_conditions_are_kept(only: Only) -> None:
    """The condition of a threat is a facet, and without another target the threat is to whom it names."""
    claim = only("Norway threatened to suspend talks if Iceland closes the port.")
    assert claim.condition == "if Iceland closes the port"
    assert claim.target is not None
    assert (claim.event, claim.target.state) == ("THREATEN", "ISL")


def test_predictions_are_claims_of_their_own_kind(only: Only) -> None:
    """Who foresees, what, under which condition and how hedged; the event keeps its class."""
    claim = only("Many analysts fear that Ghana could attack Togo if the talks fail.")
    assert claim.prediction
    assert (claim.event, claim.hedge, claim.condition) == ("ASSAULT", "could", "if the talks fail")
    assert claim.attribution is not None
    assert claim.attribution.source == "Many analysts"


def test_predictions_without_a_coded_event_are_kept(only: Only) -> None:
    """A foreseen state of affairs goes to the ledger with an empty event and its horizon."""
    claim = only("Observers expect that Ghana's economy will recover in 2024.")
    assert (claim.prediction, claim.event, claim.quad, claim.horizon) == (True, "", 0, "2024")


def test_officials_announcing_their_acts_predict_nothing(claims: Claims) -> None:
    """A government that says what it will do plans."""
    assert not any(c.prediction for c in claims("Ghana said that it would attack Togo."))
