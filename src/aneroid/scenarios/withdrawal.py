"""What tended to follow when a guarantor cut its forces: the reference class, set beside hosts without a cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.guarantors.dates import complete_year
from aneroid.guarantors.forces import presences
from aneroid.record.security import conflicts, troops
from aneroid.record.store import Store
from aneroid.scenarios import sentences
from aneroid.scenarios.analogs import Situation, nearest
from aneroid.scenarios.episodes import COUNTED, episodes, stratum
from aneroid.scenarios.matched import MIN_CASES, matched
from aneroid.scenarios.model import Episode, Member, Outcome, Rate, Stratum, Withdrawal
from aneroid.scenarios.outcomes import HORIZONS, member
from aneroid.scenarios.rates import controls, pooling, rates, result
from aneroid.scenarios.synthetic import AFTER, synthetic
from aneroid.scenarios.turns import leans_of, turn_rates
from aneroid.scenarios.world import World, build_world
from aneroid.states import resolve
from aneroid.states.dates import When

if TYPE_CHECKING:
    from aneroid.orientation.fit import OrientationFit

CAPABLE = ("USA", "RUS", "FRA", "GBR")  # guarantors with a list of departures worth suggesting


def withdrawal(
    store: Store,
    host: str,
    guarantor: str,
    *,
    share: float = 0.5,
    on: When | None = None,
    horizon: int = 5,
    fitted: OrientationFit | None = None,
) -> Withdrawal:
    """Describe what followed past cuts like the one asked about.

    Parameters
    ----------
    store
        The store.
    host, guarantor
        Names or codes.
    share
        Smallest share of the force that leaves.
    on
        Date of the question; only what years complete by then hold is used. The last year of the record by
        default.
    horizon
        Years ahead: 1, 2 or 5.
    fitted
        The orientation fit; without it nothing is said about a turn away from the guarantor.

    Returns
    -------
    Withdrawal
        Rates with intervals by stratum, named members, nearest analogs, a matched difference, a gated
        synthetic control, and what cannot be said. Rates read as frequencies in a reference class:
        association, not effect.

    Raises
    ------
    InputError
        The class has fewer than eight cases, the host did not exist for three years, or an argument cannot
        be used.
    """
    home, power, year = _checked(host, guarantor, share, on, horizon)
    whole = build_world(conflicts(store), troops(store))
    year = min(year, whole.last)
    world = whole.until(year)
    now = _stratum(world, home, year)
    found = episodes(world, power, share)
    members = [member(world, each) for each in found]
    known = [each for each in members if result(each, Outcome.WAR, horizon) is not None]
    _enough(known, power, share, year)
    base = controls(world, found, counted=power == COUNTED)
    horizons = tuple(years for years in HORIZONS if years <= horizon)
    table = rates(members, base, horizons=horizons)
    leans = leans_of(fitted, power, world.states, year) if fitted else {}
    if fitted and leans:
        k = pooling(members, base)
        table += turn_rates(world, fitted, leans, members, k=k, horizons=horizons, stratum=now)
    strength = world.strength(home, year) if power == COUNTED else None
    near = nearest(world, Situation(home, year, now, strength), known, leans)
    about = _explained(world, home, found, near[0].member.episode if near else found[-1])
    first = headline_rate(table, now, horizon)
    facts = sentences.Facts(world, home, power, share, year, horizon, now, tuple(members), tuple(known))
    return Withdrawal(
        host=home,
        host_name=facts.host_name,
        guarantor=power,
        guarantor_name=facts.power_name,
        share=share,
        year=year,
        horizon=horizon,
        stratum=now,
        situation=sentences.situation(facts),
        n=len(known),
        n_stratum=sum(each.stratum is now for each in known),
        hosts=len({each.episode.host for each in known}),
        headline=sentences.headline(facts, first),
        rates=tuple(table),
        all_powers=_all_powers(world, share, first, counted=power == COUNTED),
        members=tuple(members),
        analogs=tuple(near),
        matched=tuple(matched(world, members, horizon, counted=power == COUNTED)),
        synthetic=synthetic(world, about, found),
        selection=sentences.selection(facts),
        cautions=sentences.cautions(facts, first, with_turns=bool(leans)),
        questions=sentences.questions(facts, first),
        citations=sentences.citations(facts),
    )


def headline_rate(table: Sequence[Rate], stratum: Stratum, horizon: int) -> Rate | None:
    """The rate that answers first: war where there is conflict, any conflict where there is none."""
    calm = stratum in (Stratum.PEACE, Stratum.LULL)
    wanted = Outcome.CONFLICT if calm else Outcome.WAR
    matching = [r for r in table if r.stratum is stratum and r.outcome is wanted and r.years == horizon]
    return matching[0] if matching else None


def _all_powers(world: World, share: float, first: Rate | None, *, counted: bool) -> Rate | None:
    """The headline's rate over departures of every power in the lists: more cases, less alike."""
    if first is None:
        return None
    powers = sorted({COUNTED} | {each.guarantor for each in presences() if each.exit is not None})
    found = [each for power in powers for each in episodes(world, power, share)]
    members = [member(world, each) for each in found]
    wider = rates(members, controls(world, found, counted=counted), horizons=(first.years,))
    return next(r for r in wider if (r.outcome, r.stratum) == (first.outcome, first.stratum))


def _checked(host: str, guarantor: str, share: float, on: When | None, horizon: int) -> tuple[str, str, int]:
    if not 0 < share <= 1:
        raise InputError(f"A share of {share} cannot leave; give one above 0 and up to 1, for instance 0.5.")
    if horizon not in HORIZONS:
        raise InputError(f"A horizon of {horizon} years was asked for; choose 1y, 2y or 5y.")
    year = complete_year(on) if on is not None else 9999
    when = None if on is None else str(year)
    home, power = resolve(host, on=when).id, resolve(guarantor, on=when).id
    if home == power:
        raise InputError(f"{host} cannot be its own guarantor; name two states.")
    return home, power, year


def _stratum(world: World, host: str, year: int) -> Stratum:
    found = stratum(world, host, year) if host in world.states else None
    if found is None:
        raise InputError(
            f"{resolve(host).name} has no record of conflict through {year - 2}–{year}; the record runs "
            "from 1946. Choose --on so that the state had existed for three years."
        )
    return found


def _enough(known: list[Member], power: str, share: float, year: int) -> None:
    if len(known) >= MIN_CASES:
        return
    noun = "departure" if len(known) == 1 else "departures"
    raise InputError(
        f"The record to {year} holds {len(known)} {noun} of {resolve(power).name} of at least {100 * share:.0f} % "
        f"whose outcome is known, and {MIN_CASES} are the least that says anything. Ask for a smaller --share, "
        f"a later --on, or a guarantor with more cases ({', '.join(CAPABLE)})."
    )


def _explained(world: World, host: str, found: list[Episode], nearest_one: Episode) -> Episode:
    """The host's own latest case that is no exercise and has years after it, else the nearest analog."""
    own = [e for e in found if e.host == host and not e.brief and e.year + AFTER <= world.last]
    return own[-1] if own else nearest_one
