"""Outlets are described by one rule, and owners that are one count as one."""

from __future__ import annotations

import re

import pytest

from aneroid.sources.outlets import find_outlet, outlet_named_in, outlets, owner_group
from aneroid.states import resolve


def test_every_entry_follows_the_rule() -> None:
    """Owner, seat, funding and citation everywhere; a state's budget makes the group that state; no name stands twice."""
    names: list[str] = []
    for outlet in outlets():
        assert outlet.owner
        assert outlet.citation
        assert outlet.funding in {"state", "public", "commercial", "cooperative", "donations"}
        assert (outlet.funding == "state") == outlet.group.startswith("state:")
        if outlet.country is not None:
            assert resolve(outlet.country, on=outlet.as_of).id == outlet.country
        if outlet.group.startswith("state:"):
            assert outlet.group == f"state:{outlet.country}"
        names += [name.casefold() for name in outlet.names]
    assert len(outlets()) >= 36
    assert len(names) == len(set(names))


def test_assessments_are_dated_attributed_and_answered() -> None:
    """Each says who, when and on which page, with the outlet's reply beside it; several governments' outlets have one."""
    assessed = [(outlet, each) for outlet in outlets() for each in outlet.assessments]
    for _, each in assessed:
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", each.date)
        assert all((each.by, each.says, each.citation, each.reply))
    assert len({outlet.country for outlet, _ in assessed}) >= 6


@pytest.mark.parametrize(
    ("name", "url", "group"),
    [
        ("Reuters", "", "thomson-reuters"),
        ("the guardian", "", "scott-trust"),
        ("BBC News - World", "", "bbc"),
        ("", "https://www.tass.com/politics/1", "state:RUS"),
        ("RIA Novosti", "", "state:RUS"),
        ("Voice of America", "", "state:USA"),
        ("Valley Gazette", "", "unlisted:valley gazette"),
        ("", "https://news.example.org/a", "unlisted:news.example.org"),
        ("", "", ""),
    ],
)
def test_owner_of_an_article(name: str, url: str, group: str) -> None:
    """By name or address; outlets of one state's budget are one owner; an unknown outlet owns itself, none owns nothing."""
    assert owner_group(name, url) == group


def test_names_in_words() -> None:
    """An outlet cited in a text is found; short names need their capitals."""
    assert getattr(outlet_named_in("the TASS news agency"), "id", None) == "tass"
    assert outlet_named_in("he did it rt away") is None
    assert find_outlet("Unknown Herald") is None
