"""Whether hosts turned away from the guarantor, as the orientation model sees it.

A turn is a fall of the lean towards the guarantor, against its rival, of more than ``TURN`` units within
the window. Troops are one of the model's own readings and a cut lowers the lean by itself, so the part that
the troop readings contributed is taken out first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.scenarios.episodes import COUNTED
from aneroid.scenarios.model import Member, Outcome, Rate, Stratum
from aneroid.scenarios.outcomes import control_mask, hosts_mask, strata
from aneroid.scenarios.rates import make_rate, share_of
from aneroid.scenarios.world import FIRST, World

if TYPE_CHECKING:
    from aneroid.orientation.fit import OrientationFit

TURN = 0.5  # units of lean: half of what usually lies between dyads with and without a defence pact
Leans = dict[tuple[str, int], float]


def rival_of(guarantor: str) -> str:
    """The pole that a lean is measured against: the United States for Russia, Russia for everybody else."""
    return "USA" if guarantor == "RUS" else "RUS"


def leans_of(fitted: OrientationFit, guarantor: str, states: tuple[str, ...], last: int) -> Leans:
    """Lean towards the guarantor of every state and year to ``last``; empty where the guarantor is no pole of the fit."""
    rival = rival_of(guarantor)
    if guarantor not in fitted.poles or rival not in fitted.poles:
        return {}
    others = [state for state in states if state in fitted.states and state not in (guarantor, rival)]
    table = fitted.lean(others, guarantor, rival, max(FIRST, fitted.years[0]), min(last, fitted.years[1]))
    years = table["date"].astype(int)
    return dict(zip(zip(table["state"], years, strict=True), table["lean"].astype(float), strict=True))


def turned(fitted: OrientationFit, leans: Leans, case: Member, years: int, last: int) -> bool | None:
    """Tell whether the host turned away within the window, net of the troop readings; None where not estimated."""
    host, start, end = case.episode.host, case.episode.year, case.episode.year + years
    if end > last or (host, start) not in leans or (host, end) not in leans:
        return None
    movement = leans[host, end] - leans[host, start]
    if movement > -TURN or case.episode.guarantor != COUNTED:
        return movement <= -TURN
    rival = rival_of(case.episode.guarantor)
    parts = fitted.contributions(host, case.episode.guarantor, rival, start, end).by_indicator
    own = parts.loc[parts["indicator"] == "troops", "contribution"].sum()
    return bool(movement - float(own) <= -TURN)


def turn_rates(
    world: World,
    fitted: OrientationFit,
    leans: Leans,
    members: list[Member],
    *,
    k: float,
    horizons: tuple[int, ...],
    stratum: Stratum,
) -> list[Rate]:
    """Rate of turns in one stratum, pooled with state-years without a cut as other rates are.

    Parameters
    ----------
    world, members, horizons
        As in :func:`aneroid.scenarios.rates.rates`.
    fitted, leans
        The orientation fit and its leans.
    k
        How many cases the controls are worth.
    stratum
        Which members to count.

    Returns
    -------
    list of Rate
        One a horizon, none where no case is estimated.
    """
    last = min(world.last, fitted.years[1])
    free = control_mask(world, [m.episode for m in members]) & (strata(world) == list(Stratum).index(stratum))
    if members and members[0].episode.guarantor == COUNTED:
        free &= hosts_mask(world)
    wanted = [m for m in members if m.stratum is stratum]
    table = []
    for years in horizons:
        seen = [(m, turned(fitted, leans, m, years, last)) for m in wanted]
        known = [(m, result) for m, result in seen if result is not None]
        if not known:
            continue
        falls = [
            leans[state, year + years] - leans[state, year]
            for row, state in enumerate(world.states)
            for year in range(FIRST, last - years + 1)
            if free[row, year - FIRST] and (state, year) in leans and (state, year + years) in leans
        ]
        if not falls:
            continue
        base = share_of(sum(fall <= -TURN for fall in falls), len(falls))
        events = [m for m, result in known if result]
        table.append(make_rate(Outcome.REALIGNMENT, stratum, years, events, len(known), base, len(falls), k))
    return table
