"""Find turns of all states in the readings, strongest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.realignment.evidence import Evidence, gather_evidence
from aneroid.realignment.false_alarms import (
    expected_false,
    placebo_scores,
    placebo_turns,
    probability_of_turn,
    rare,
    rarity,
)
from aneroid.realignment.turns import DISCOUNT, direction_prior, score_turns, strongest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.sources.indicators import Indicator

SEED = 20
HEADLINE = 0.5
"""Probability from which a turn is reported."""
COLUMNS = ("state", "year", "away_from", "toward", "score", "probability", "expected_false", "because")
_SAID = 1.0  # a family whose surprise is smaller than e to this is not named


def detect(
    readings: pd.DataFrame, indicators: Sequence[Indicator], *, poles: Sequence[str], seed: int = SEED
) -> pd.DataFrame:
    """Rank the turns of all states.

    Parameters
    ----------
    readings
        Frame with ``state, pole, indicator, year, value``.
    indicators
        What each indicator means.
    poles
        Towards and away from which poles.
    seed
        Seed of the placebo worlds.

    Returns
    -------
    pandas.DataFrame
        ``state, year, away_from, toward, score, probability, expected_false, because``, strongest first; one turn of
        a state within three years. ``score`` is the rarity of `aneroid.realignment.false_alarms`. ``year`` is the
        first year of the new orientation. ``probability`` is that several kinds of ties turned together rather than
        by chance. ``expected_false``: so many alarms this strong or stronger would chance raise in the whole record.
        ``because`` names the kinds of ties, loudest first.

    Raises
    ------
    InputError
        No reading towards these poles.
    """
    return rank(gather_evidence(readings, indicators, poles), seed=seed)


def rank(evidence: Evidence, *, seed: int = SEED, discount: float = DISCOUNT) -> pd.DataFrame:
    """Rank the turns that evidence shows; columns as of `detect`."""
    import pandas as pd

    prior = direction_prior(evidence, discount)
    score, direction = score_turns(evidence, evidence.total, prior, discount)
    worlds = placebo_scores(evidence, prior, seed=seed, discount=discount)
    chance = rarity(evidence, worlds)
    placebo = placebo_turns([rare(world, chance) for world in worlds])
    score = rare(score, chance)
    rows, years = strongest(score)
    found = score[rows, years]
    away, toward = np.divmod(direction[rows, years], len(evidence.poles) + 1)
    names = np.array([*evidence.poles, ""], dtype=object)
    because = [
        _because(evidence, int(row), int(year), int(a), int(b))
        for row, year, a, b in zip(rows, years, away, toward, strict=True)
    ]
    return pd.DataFrame(
        {
            "state": np.array(evidence.states, dtype=object)[rows],
            "year": evidence.years[years].astype(int),
            "away_from": names[away],
            "toward": names[toward],
            "score": found,
            "probability": probability_of_turn(found, placebo),
            "expected_false": expected_false(found, placebo),
            "because": because,
        },
        columns=list(COLUMNS),
    )


def _because(evidence: Evidence, row: int, year: int, away: int, toward: int) -> str:
    """Name what speaks for a direction: ``arms (RUS +); votes (USA −)``."""
    said: list[tuple[float, str]] = []
    for family, surprise in zip(evidence.families, evidence.surprise[:, row, :, year], strict=True):
        parts, size = [], 0.0
        for place, sign in ((away, -1.0), (toward, 1.0)):
            if place < len(evidence.poles) and sign * surprise[place] >= _SAID:
                parts.append(f"{evidence.poles[place]} {'+' if sign > 0 else '−'}")
                size += sign * float(surprise[place])
        if parts:
            said.append((size, f"{family} ({', '.join(parts)})"))
    return "; ".join(text for _, text in sorted(said, key=lambda item: (-item[0], item[1])))
