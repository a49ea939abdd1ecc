"""Where those belong who are no party of an event themselves: towns, regions, parties, firms, groups.

Reading events must not take a rebel group or a town for its state. Saying where somebody comes from is another
question; it is asked when a phrase names no state, organ or leader.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from aneroid.actors.index import AliasIndex
from aneroid.actors.lexicon import DATA, read_yaml

STATE_ORGANS = frozenset(
    {"GOV", "MIL", "LEG", "SPY"}
)  # sectors that act for their state; the main index has them


@dataclass(frozen=True, slots=True)
class Home:
    """An alias with the state it belongs to, its sector if it has one, and what it is."""

    alias: str
    state: str
    sector: str | None
    note: str


def homes() -> Iterator[Home]:
    """Every alias, the surest kind first: later ones under the same alias are rivals."""
    for state, sectors in read_yaml("more_institutions.yaml").items():
        for sector, names in sectors.items():
            yield from (
                Home(name, state, sector, "institution") for name in names if sector not in STATE_ORGANS
            )
    regions = read_yaml("regions.yaml")
    for state, names in regions["disputed"].items():
        yield from (Home(name, state, "PRE", "disputed region") for name in names)
    for state, names in regions["regions"].items():
        yield from (Home(name, state, None, "region") for name in names)
    for line in (DATA / "places.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, state = line.split("\t")
            yield Home(name.title(), state, None, "town (GeoNames)")


@cache
def _index() -> AliasIndex[Home]:
    return AliasIndex(homes())


def home_of(phrase: str) -> Home | None:
    """Return where the first thing known in a phrase belongs, institutions and regions before towns, or None."""
    found = [
        hit.entries[0]
        for hit in _index().find(phrase)
        if not hit.entries[0].note.startswith("town") or _alone(phrase, hit.start, hit.end)
    ]
    return min(found, key=lambda home: home.note.startswith("town"), default=None)


def _alone(phrase: str, start: int, end: int) -> bool:
    """Whether no capitalised word stands beside a town: "Jackson" is a town, "Glenda Jackson" is not."""
    before, after = phrase[:start].split(" ")[-2:-1], phrase[end:].split(" ")[1:2]
    return not any(word[:1].isupper() for word in (*before, *after))


@cache
def base_of(actor: str) -> str | None:
    """Return the state an armed group mainly acts from, or None when there is none or it is nobody's."""
    row = read_yaml("armed_groups.yaml").get(actor)
    return row["base"][0] if row and row.get("base") else None
