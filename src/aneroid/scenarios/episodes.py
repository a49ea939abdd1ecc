"""Which cuts count: from the troop table by rule, and departures listed by hand.

Rule
    A year is a cut year where the strength is at most ``1 − share`` of the larger strength of the two years
    before, and that was at least 500. Cut years within two years of each other are one episode, dated by
    its largest fall; where a departure is listed by hand within or next to it, by that date (the table
    counts on one day of the year and shows a departure of December a year late). A strength that was not
    reported is neither a cut nor its absence.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aneroid.guarantors.forces import Presence, presences
from aneroid.scenarios.model import Episode, Stratum
from aneroid.scenarios.world import FIRST, World
from aneroid.states.registry import states

COUNTED = "USA"  # the one guarantor whose forces are counted
MIN_BEFORE = 500
MERGE_YEARS = 2
BREAK = 2018  # first year of the narrower count
TROOP_CITATION = "US Department of Defense, as compiled by Allen, Flynn and Machain 2022"


def episodes(world: World, guarantor: str, share: float) -> list[Episode]:
    """List the large cuts of one guarantor.

    Parameters
    ----------
    world
        What was on record.
    guarantor
        State id. Cuts of the United States come from the troop table, those of others from the hand list
        alone.
    share
        Smallest share of the force that must have left.

    Returns
    -------
    list of Episode
        By year and host. Hosts that had not existed for three years are left out: nothing is known of the
        time before.
    """
    listed = [p for p in presences() if p.guarantor == guarantor and p.exit is not None and p.exit >= share]
    listed = [p for p in listed if p.last is not None and p.last <= world.last and p.host in world.states]
    found = list(_from_table(world, share, listed)) if guarantor == COUNTED else []
    dated = {(e.host, e.year) for e in found}
    found += [_from_list(world, p) for p in listed if (p.host, p.last) not in dated]
    known = [episode for episode in found if stratum(world, episode.host, episode.year)]
    return sorted(known, key=lambda episode: (episode.year, episode.host))


def stratum(world: World, host: str, year: int) -> Stratum | None:
    """State of conflict in the three years to ``year``; None where the host did not exist through them."""
    levels = [world.conflict(host, year - back) for back in range(3)]
    if any(level is None for level in levels):
        return None
    if levels[0]:
        return Stratum.WAR if levels[0] == 2 else Stratum.MINOR
    return Stratum.LULL if any(levels) else Stratum.PEACE


def _from_table(world: World, share: float, listed: list[Presence]) -> Iterator[Episode]:
    unwelcome = [p for p in presences() if p.guarantor == COUNTED and not p.consent]
    for row, host in enumerate(world.states):
        strength = world.troops[row]
        for run in _runs(strength, share):
            if any(p.host == host and p.present(FIRST + run[0]) for p in unwelcome):
                continue
            largest = max(run, key=lambda place: _fall(strength, place))
            year, first, last = FIRST + largest, FIRST + run[0], FIRST + run[-1]
            date = next(
                (p for p in listed if p.host == host and first - 1 <= (p.last or 0) <= last + 1), None
            )
            held = strength[max(run[0] - 3, 0) : run[0]]
            yield Episode(
                host=host,
                name=world.names[row],
                guarantor=COUNTED,
                year=year if date is None or date.last is None else date.last,
                first=first,
                before=int(np.nanmax(held[-2:])),
                after=int(strength[_settled(run, largest, date)]),
                basis="troop table",
                note="" if date is None else date.text,
                citation=TROOP_CITATION if date is None else f"{TROOP_CITATION}; {date.citation}",
                brief=_is_brief(held),
            )


def _runs(strength: np.ndarray, share: float) -> list[list[int]]:
    """Places of cut years, those close together in one list."""
    runs: list[list[int]] = []
    for place in range(2, len(strength)):
        start = place - 2 if place < BREAK - FIRST else max(place - 2, BREAK - FIRST)
        before = strength[start:place]
        if np.isnan(before).all() or np.isnan(strength[place]):
            continue
        peak = float(np.nanmax(before))
        if peak < MIN_BEFORE or strength[place] > (1 - share) * peak:
            continue
        if runs and place - runs[-1][-1] <= MERGE_YEARS:
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def _settled(run: list[int], largest: int, date: Presence | None) -> int:
    """Place of the first report after a departure with a date, else of the largest fall."""
    if date is None or date.last is None:
        return largest
    return next((place for place in run if FIRST + place > date.last), run[-1])


def _is_brief(held: np.ndarray) -> bool:
    """Tell whether the strengths of three years show a spike: one report at least twice as large as any other."""
    reports = np.sort(held[~np.isnan(held)])
    return len(reports) > 1 and bool(reports[-2] < max(reports[-1] / 2, MIN_BEFORE))


def _fall(strength: np.ndarray, place: int) -> float:
    before = strength[place - 1] if not np.isnan(strength[place - 1]) else strength[place - 2]
    return float(np.log1p(before) - np.log1p(strength[place]))


def _from_list(world: World, presence: Presence) -> Episode:
    year = presence.last or 0
    known = (
        [world.strength(presence.host, year - back) for back in (1, 2)]
        if presence.guarantor == COUNTED
        else []
    )
    return Episode(
        host=presence.host,
        name=states()[presence.host].name,
        guarantor=presence.guarantor,
        year=year,
        first=year,
        before=max((count for count in known if count is not None and count >= MIN_BEFORE), default=None),
        after=None,
        basis="hand list",
        note=presence.text,
        citation=presence.citation,
        brief=False,
    )
