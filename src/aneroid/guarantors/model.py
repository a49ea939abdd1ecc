"""What an assessment of guarantors is made of. All frozen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Band:
    """An estimate and the range that holds nine in ten, given the model."""

    mid: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on record that ties a pole to the state."""

    kind: str  # obligation, forces, arms, record, sanctions, dispute
    text: str
    year: int | None  # the year it speaks of
    source: str
    known: bool = True  # False: no source covers it, which is not "none"


@dataclass(frozen=True, slots=True)
class Provision:
    """What one pole provides.

    ``shows_up`` reads as the chance that the pole takes the state's side, by threat or force, in an episode
    of attack, threat or internal war; ``share`` is the part of that chance which its ties add, over the sum
    of all nine poles.
    """

    pole: str
    name: str
    share: Band
    shows_up: Band
    items: tuple[Item, ...]
    arms_share: float | None  # of ten years' deliveries by the nine poles; None: none delivered
    arms_stock_share: float | None  # of what is likely still in use
    arms_age: float | None  # mean age in years of that stock
    leaves: tuple[str, ...]  # what would leave with the pole


@dataclass(frozen=True, slots=True)
class Threat:
    """Somebody or something the state may need protection from."""

    kind: str  # "within", "another state", "power", "next door"
    text: str
    first: int
    last: int
    source: str


@dataclass(frozen=True, slots=True)
class Dependence:
    """How much of one good comes from the largest provider, and how concentrated it is."""

    good: str
    pole: str
    share: float
    concentration: float | None  # sum of squared shares, 0 to 1
    note: str


@dataclass(frozen=True, slots=True)
class Weight:
    """One weight behind the shares."""

    name: str
    label: str
    value: float
    low: float
    high: float
    basis: str  # "estimated: between states", "estimated: within", "by convention"
    note: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The answer to `aneroid guarantor`."""

    state: str
    name: str
    on: int
    provisions: tuple[Provision, ...]  # of the poles asked for, largest share first
    alone: Band  # chance that none of the nine poles comes
    verdict: str
    threats: tuple[Threat, ...]
    dependence: tuple[Dependence, ...]
    gaps: tuple[str, ...]
    weights: tuple[Weight, ...]
    basis: str
    sensitivity: tuple[str, ...]

    def frame(self) -> pd.DataFrame:
        """One row a pole, numbers plain, items joined by ``;``."""
        import pandas as pd

        return pd.DataFrame(
            [
                {
                    "state": self.state,
                    "year": self.on,
                    "pole": each.pole,
                    "share": each.share.mid,
                    "share_lo90": each.share.low,
                    "share_hi90": each.share.high,
                    "shows_up": each.shows_up.mid,
                    "shows_up_lo90": each.shows_up.low,
                    "shows_up_hi90": each.shows_up.high,
                    "arms_share": each.arms_share,
                    "arms_stock_share": each.arms_stock_share,
                    "arms_age": each.arms_age,
                    "provides": "; ".join(item.text for item in each.items if item.known),
                }
                for each in self.provisions
            ]
        )
