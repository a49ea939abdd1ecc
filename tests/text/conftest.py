"""Short ways to read a sentence in tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from aneroid.text import Claim, Reading, read_article

PUBLISHED = date(2020, 6, 10)  # a Wednesday


def read(text: str) -> Reading:
    """Read plain text as an article of 10 June 2020."""
    return read_article(text + "\n", media_type="text/plain", published=PUBLISHED)


@pytest.fixture(scope="session")
def reading() -> Callable[[str], Reading]:
    """Read some sentences."""
    return read


@pytest.fixture(scope="session")
def claims() -> Callable[[str], tuple[Claim, ...]]:
    """Read the claims of some sentences."""
    return lambda text: read(text).claims


@pytest.fixture(scope="session")
def only(claims: Callable[[str], tuple[Claim, ...]]) -> Callable[[str], Claim]:
    """Read the single claim of a sentence."""

    def first(text: str) -> Claim:
        found = claims(text)
        assert len(found) == 1, [(c.event, c.rule) for c in found]
        return found[0]

    return first


@pytest.fixture(scope="session")
def dyads(
    claims: Callable[[str], tuple[Claim, ...]],
) -> Callable[[str], list[tuple[str | None, str | None, str]]]:
    """Read source, target and event of each claim."""

    def key(claim: Claim) -> tuple[str | None, str | None, str]:
        source, target = claim.source, claim.target
        return (
            (source.state or source.actor) if source else None,
            (target.state or target.actor) if target else None,
            claim.event,
        )

    return lambda text: [key(claim) for claim in claims(text)]
