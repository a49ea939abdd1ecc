"""Do the rates of a withdrawal scenario say more than one rate for all? Countries left out one at a time.

For every cut with a known outcome the rates are computed again without any episode or control year of that
country, and the squared error of the probability (Brier 1950,
doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2) is averaged over cuts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from aneroid.scenarios.episodes import COUNTED, episodes, stratum
from aneroid.scenarios.model import Member, Outcome
from aneroid.scenarios.outcomes import LEVEL, member
from aneroid.scenarios.rates import controls, counts, pooled, pooling, result
from aneroid.scenarios.world import World

YEARS = 5
FIRST_CUT, LAST_CUT = 1952, 2018  # the years of the published target


@dataclass(frozen=True, slots=True)
class WithdrawalScore:
    """Brier scores of one outcome; lower is better."""

    outcome: Outcome
    n: int
    hosts: int
    events: int
    constant: float  # one rate for all, from the other countries
    by_stratum: float  # rates of the stratum, nothing pooled
    without_cut: float  # rate of like hosts without a cut
    pooled: float  # what the scenario prints


def leave_one_country_out(
    world: World, *, guarantor: str = "USA", before: bool = False
) -> list[WithdrawalScore]:
    """Score the rates on countries they have not seen.

    Parameters
    ----------
    world
        The record.
    guarantor
        Whose cuts.
    before
        Take the stratum from the years up to the one before the cut, instead of the year of the cut, as if
        asked a year earlier.

    Returns
    -------
    list of WithdrawalScore
        Any armed conflict, then war, within five years.
    """
    found = [e for e in episodes(world, guarantor, 0.5) if FIRST_CUT <= e.year <= LAST_CUT]
    members = [member(world, each) for each in found]
    if before:
        earlier = [stratum(world, each.episode.host, each.episode.year - 1) for each in members]
        members = [replace(m, stratum=s) for m, s in zip(members, earlier, strict=True) if s is not None]
    hosts = sorted({each.episode.host for each in members})
    predictions: dict[Outcome, list[tuple[float, ...]]] = {outcome: [] for outcome in LEVEL}
    for host in hosts:
        rest = [each for each in members if each.episode.host != host]
        base = controls(world, found, counted=guarantor == COUNTED, without=host)
        k = pooling(rest, base)
        for each in (m for m in members if m.episode.host == host):
            for outcome in LEVEL:
                seen = result(each, outcome, YEARS)
                if seen is None:
                    continue
                events, n = counts(rest, outcome, each.stratum, YEARS)
                c = base.rate[outcome, each.stratum, YEARS]
                plain = (len(events) + 0.5) / (n + 1)
                full = pooled(len(events), n, c, k)[0]
                predictions[outcome].append((float(seen), _overall(rest, outcome), plain, c, full))
    return [_score(outcome, np.array(rows), len(hosts)) for outcome, rows in predictions.items()]


def _overall(rest: list[Member], outcome: Outcome) -> float:
    known = [seen for each in rest if (seen := result(each, outcome, YEARS)) is not None]
    return sum(known) / len(known)


def _score(outcome: Outcome, rows: np.ndarray, hosts: int) -> WithdrawalScore:
    seen = rows[:, 0]
    error = ((rows[:, 1:] - seen[:, None]) ** 2).mean(axis=0)
    return WithdrawalScore(outcome, len(rows), hosts, int(seen.sum()), *(float(each) for each in error))
