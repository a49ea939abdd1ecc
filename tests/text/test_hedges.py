"""A hedge has the range its authors published, or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from aneroid.errors import InputError
from aneroid.text import Claim
from aneroid.text.hedges import hedge_range

Claims = Callable[[str], tuple[Claim, ...]]


@pytest.mark.parametrize(
    ("hedge", "scale", "expected"),
    [
        ("likely", "ICD 203", (0.55, 0.80)),
        ("very likely", "ICD 203", (0.80, 0.95)),
        ("highly unlikely", "ICD 203", (0.05, 0.20)),
        ("likely", "PHIA", (0.55, 0.75)),
        ("likely", "IPCC", (0.66, 1.0)),
        ("probability of 70 percent", "ICD 203", (0.7, 0.7)),
        ("30 % chance", "IPCC", (0.3, 0.3)),
        ("could", "ICD 203", None),
        ("may", "IPCC", None),
        (None, "PHIA", None),
    ],
)
def test_published_ranges(hedge: str | None, scale: str, expected: tuple[float, float] | None) -> None:
    """The longest phrase counts; words without a published range get none; a stated chance is its own."""
    found = hedge_range(hedge, scale)
    assert (found and (found.low, found.high)) == expected
    assert found is None or found.citation


def test_an_unknown_scale_is_an_error() -> None:
    """The sentence names the scales there are."""
    with pytest.raises(InputError, match="ICD 203"):
        hedge_range("likely", "guess")


@pytest.mark.parametrize(
    ("text", "hedge", "event"),
    [
        ("Observers expect that Peru will very probably attack Chile in 2021.", "very probably", "ASSAULT"),
        ("Peru is highly unlikely to attack Chile.", "highly unlikely", "ASSAULT"),
        ("Analysts say that a war between Peru and Chile is likely.", "likely", "ASSAULT"),
        (
            "Analysts forecast that Peru will attack Chile with a probability of 70 percent.",
            "probability of 70 percent",
            "ASSAULT",
        ),
    ],
)
def test_what_others_foresee_is_open_and_keeps_its_class(
    claims: Claims, text: str, hedge: str, event: str
) -> None:
    """A foreseen war is no threat and has not happened; its hedge is kept word for word."""
    (claim,) = claims(text)
    assert (claim.event, claim.modality, claim.prediction) == (event, "conditional", True)
    assert claim.hedge == hedge
