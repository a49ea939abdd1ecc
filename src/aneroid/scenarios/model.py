"""What a withdrawal scenario is made of. All frozen; text is for reading, numbers are plain."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class Stratum(StrEnum):
    """Conflict in the host in the three years up to the cut."""

    PEACE = "three years of peace"
    LULL = "a conflict that paused"
    MINOR = "minor conflict"
    WAR = "war"


class Outcome(StrEnum):
    """What may follow."""

    CONFLICT = "any armed conflict"
    WAR = "war"
    REALIGNMENT = "turn away from the guarantor"


@dataclass(frozen=True, slots=True)
class Episode:
    """One large cut of a guarantor's forces in one host."""

    host: str
    name: str
    guarantor: str
    year: int  # the cut; outcomes are counted from the year after
    first: int  # first year of a cut that took several
    before: int | None  # strength before, where the record has it
    after: int | None
    basis: str  # "troop table" or "hand list"
    note: str
    citation: str
    brief: bool  # one report stands at twice every other: an exercise or a surge

    @property
    def label(self) -> str:
        """Such as ``Iraq 2011``."""
        return f"{self.name} {self.year}"


@dataclass(frozen=True, slots=True)
class Member:
    """An episode with its stratum and what followed; None where the record does not reach or the host ended."""

    episode: Episode
    stratum: Stratum
    conflict: tuple[bool | None, ...]  # any armed conflict within 1, 2 and 5 years
    war: tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """How often an outcome followed, in one stratum and within so many years."""

    outcome: Outcome
    stratum: Stratum
    years: int
    wording: str  # "minor conflict becomes war"
    events: int
    n: int
    rate: float  # pooled with hosts that saw no cut; reads as a probability
    low: float
    high: float
    wilson_low: float  # of events / n alone
    wilson_high: float
    control_rate: float  # states without a cut, same stratum
    control_n: int
    members: tuple[str, ...]  # where it happened


@dataclass(frozen=True, slots=True)
class Step:
    """One year of an analog."""

    year: int
    conflict: int | None  # 0 none, 1 minor, 2 war; None: outside coverage or no such state
    troops: int | None  # None: not reported
    lean: float | None


@dataclass(frozen=True, slots=True)
class Analog:
    """One of the nearest past episodes."""

    member: Member
    distance: float
    why: tuple[str, ...]
    timeline: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """Difference of a rate between episodes and like hosts without a cut, in probability."""

    outcome: Outcome
    difference: float
    low: float
    high: float
    n: int
    hosts: int


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A synthetic control of one past episode, or why it says nothing."""

    about: str
    informative: bool
    reason: str
    pre_error: float | None  # root mean squared error before the cut, in steps of conflict (0, 1, 2)
    gap: float | None  # mean difference after
    placebo_p: float | None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The answer to `aneroid scenario withdrawal`."""

    host: str
    host_name: str
    guarantor: str
    guarantor_name: str
    share: float
    year: int  # last complete year that was known
    horizon: int
    stratum: Stratum
    situation: str
    n: int
    n_stratum: int
    hosts: int
    headline: str
    rates: tuple[Rate, ...]
    all_powers: Rate | None  # the headline's rate over departures of every power on record
    members: tuple[Member, ...]
    analogs: tuple[Analog, ...]
    matched: tuple[Matched, ...]
    synthetic: Synthetic
    selection: str
    cautions: tuple[str, ...]
    questions: tuple[str, ...]
    citations: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """One row a rate, as :class:`Rate`, with members joined by ``;``."""
        import pandas as pd

        table = pd.DataFrame([asdict(rate) for rate in self.rates])
        table["members"] = [";".join(rate.members) for rate in self.rates]
        return table
