"""Who a whole phrase means: "Russian Foreign Minister Sergei Lavrov", "four Saudi men", "the rebels"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aneroid.actors.agents import sector_of
from aneroid.actors.homes import base_of, home_of
from aneroid.actors.index import Match, default_index
from aneroid.actors.lexicon import Kind


@dataclass(frozen=True, slots=True)
class Identity:
    """The state, sector and non-state actor a phrase means; each None when the phrase does not say."""

    phrase: str
    state: str | None
    sector: str | None
    actor: str | None
    why: str
    rivals: tuple[str, ...] = ()
    home: str | None = (
        None  # the state where somebody belongs who does not act for it: a group, a firm, a town
    )


def identify(phrase: str, on: date | int | None = None) -> Identity:
    """Say who a phrase means on a date.

    Parameters
    ----------
    phrase
        A noun phrase naming one actor.
    on
        The date or year the phrase was used; without it names are taken as of today.

    Returns
    -------
    Identity
        ``state`` is a state id, ``sector`` a PLOVER sector code, ``why`` the alias and rule in words; ``home`` is also
        given for those who do not act for a state. A person
        named without any other word keeps the state of the office; outside the term the sector is ELI.
    """
    year = on.year if isinstance(on, date) else on
    matches = default_index().find(phrase, year=year)
    noun_sector = sector_of(_without_names(phrase, matches))
    best = max(matches, key=_rank, default=None)
    if best is None:
        return _at_home(phrase, noun_sector)
    entry = best.entry
    state = entry.state or next((m.entry.state for m in matches if m.entry.state), None)
    rivals = tuple(r.state or r.actor or r.alias for r in best.rivals)
    home = state or (base_of(entry.actor) if entry.actor else None)
    return Identity(phrase, state, _sector(best, noun_sector), entry.actor, best.why, rivals, home)


def _at_home(phrase: str, noun_sector: str | None) -> Identity:
    """Nobody who acts for a state is named: say where the town, region, party or group belongs."""
    home = home_of(phrase)
    if home is None:
        return Identity(phrase, None, noun_sector, None, "no known name in the phrase")
    why = f"“{home.alias}” is a {home.note} in {home.state}"
    return Identity(phrase, None, home.sector or noun_sector, None, why, home=home.state)


def _sector(best: Match, noun_sector: str | None) -> str | None:
    """A noun beside a state or organisation says which part of it is meant; a person or institution has its own sector."""
    if noun_sector == "ELI" or best.entry.kind not in (Kind.PERSON, Kind.INSTITUTION, Kind.GROUP):
        return noun_sector or best.entry.sector
    return best.entry.sector or noun_sector


def _without_names(phrase: str, matches: list[Match]) -> str:
    """The other words of a phrase: the "states" of a name are no agent noun."""
    for match in reversed(matches):
        phrase = f"{phrase[: match.start]} {phrase[match.end :]}"
    return phrase


def _rank(match: Match) -> tuple[int, int]:
    """A person or institution says more than a nationality; among equals the first one named leads."""
    weight = {Kind.PERSON: 3, Kind.INSTITUTION: 3, Kind.GROUP: 2, Kind.ORGANISATION: 2}
    return weight.get(match.entry.kind, 1), -match.start
