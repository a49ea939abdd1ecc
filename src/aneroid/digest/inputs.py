"""What a digest is built from: frames as ``docs/architecture.md`` defines them; no store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.guarantors.model import Assessment
    from aneroid.scenarios.model import Withdrawal


@dataclass(frozen=True, slots=True)
class Movement:
    """What moved the lean between two years: ``by_indicator`` adds up to ``amount``.

    ``p_towards_a`` is the posterior probability that the later lean is the greater one, None if not known.
    """

    start: int
    end: int
    amount: float
    by_indicator: pd.DataFrame  # label, pole, contribution, source, last_year
    p_towards_a: float | None = None


@dataclass(frozen=True, slots=True)
class Vintage:
    """Which data, computation and date a digest speaks of. No clock is read: dates come in."""

    snapshot: str
    run: str
    as_of: str
    made_on: str
    software: str


@dataclass(frozen=True, slots=True)
class DigestInput:
    """All that a digest of one state shows.

    Parameters
    ----------
    state, name
        Id and name of the state.
    poles
        Pairs of id and name; the first two are the main pair, positive lean is towards the first.
    start, end
        First and last year asked for.
    lean
        Lean frame of the state for every pair of poles (``date, pole_a, pole_b, lean, lo50, …,
        n_indicators, flags``).
    neighbours
        Lean frame of other states on the main pair, for ``end`` and the year before.
    neighbour_ids
        Every state to be listed beside it, with or without an estimate.
    names
        Names of the states by id.
    movement
        What moved the lean, None where there is no estimate at both ends.
    p_towards_a
        Posterior probability that the lean of the last year is above zero, None if not known.
    indicators
        ``name, label, unit, source, first, last`` (coverage years of the source).
    readings
        Readings of the state: ``indicator, pole, year``.
    claims
        ``claim, date, source, event, target, modality, attributed_to, details, standing, answer, evidence,
        sentence,
        sentence_start, title, outlet, published``.
    facts
        ``date, text, citation``.
    sources
        ``source, title, citation, doi, url, licence, redistribute, retrieved`` of exactly what was used.
    vintage
        Versions and dates.
    limits
        Limits of the method that the model reports about itself, one sentence each.
    guarantors
        Who provides the state's security at the end of the period; None where the record does not reach.
    withdrawal
        What followed past cuts of forces like one by the first guarantor, or a sentence why nothing can be said.
    """

    state: str
    name: str
    poles: tuple[tuple[str, str], ...]
    start: int
    end: int
    lean: pd.DataFrame
    neighbours: pd.DataFrame
    neighbour_ids: tuple[str, ...]
    names: Mapping[str, str]
    movement: Movement | None
    p_towards_a: float | None
    indicators: pd.DataFrame
    readings: pd.DataFrame
    claims: pd.DataFrame
    facts: pd.DataFrame
    sources: pd.DataFrame
    vintage: Vintage
    limits: tuple[str, ...] = ()
    guarantors: Assessment | None = None
    withdrawal: Withdrawal | str = ""
