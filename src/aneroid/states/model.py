"""A state: one series of a government's foreign policy under one id."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from aneroid.states.dates import Span, When, span_of


@dataclass(frozen=True, slots=True)
class State:
    """One state, from the first day to the last on which it stood in the international system.

    Parameters
    ----------
    id
        The id used everywhere in this package: ISO 3166 alpha-3 where there is one.
    name
        The English short name.
    iso3, iso2
        ISO 3166 codes, also withdrawn ones; empty where the series never had one.
    region
        The region it is filed under; `aneroid.states.members` knows wider groups too.
    spells
        When it was independent. Gaps are years of occupation, union or colonial rule.
    successors
        Ids of the states that followed, for a series that has ended.
    """

    id: str
    name: str
    iso3: str
    iso2: str
    region: str
    spells: tuple[Span, ...]
    successors: tuple[str, ...]

    @property
    def first(self) -> dt.date:
        """The first day of the first spell."""
        return self.spells[0].first

    @property
    def last(self) -> dt.date:
        """The last day of the last spell; ``date.max`` while the state exists."""
        return self.spells[-1].last

    @property
    def ended(self) -> bool:
        """Whether the series is over."""
        return self.last != dt.date.max

    def existed(self, on: When) -> bool:
        """Tell whether the state stood on a date, or on any day of a year or month."""
        period = span_of(on)
        return any(spell.overlaps(period) for spell in self.spells)

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"
