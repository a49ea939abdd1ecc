"""The sentences of a scenario, all made from its numbers."""

from __future__ import annotations

from dataclasses import dataclass

from aneroid.guarantors.forces import presences
from aneroid.scenarios.episodes import COUNTED, TROOP_CITATION
from aneroid.scenarios.model import Episode, Member, Rate, Stratum
from aneroid.scenarios.outcomes import control_mask, hosts_mask, strata
from aneroid.scenarios.rates import result
from aneroid.scenarios.turns import TURN, rival_of
from aneroid.scenarios.world import FIRST, UNKNOWN, World
from aneroid.states.registry import states

ASSOCIATION = (
    "Association, not effect: these are frequencies in a class of past cases, not what a cut would cause."
)
CONFLICT_CITATION = (
    "UCDP/PRIO Armed Conflict Dataset 24.1 (Davies et al. 2024, doi:10.1177/00223433241262912; "
    "Gleditsch et al. 2002, doi:10.1177/0022343302039005007)"
)


@dataclass(frozen=True)
class Facts:
    """What the sentences draw on."""

    world: World
    host: str
    power: str
    share: float
    year: int
    horizon: int
    stratum: Stratum
    members: tuple[Member, ...]
    known: tuple[Member, ...]

    @property
    def host_name(self) -> str:
        """Name of the host."""
        return states()[self.host].name

    @property
    def power_name(self) -> str:
        """Name of the guarantor, as it stands in a sentence."""
        name = states()[self.power].name
        return f"the {name}" if name.startswith("United") else name


def percent(value: float) -> str:
    """Print a frequency as a whole percentage; certainty is never claimed."""
    whole = round(100 * value)
    return "under 1 %" if whole == 0 else "over 99 %" if whole == 100 else f"{whole} %"


def span(rate: Rate) -> str:
    """Print a rate with its likely range."""
    return f"{percent(rate.rate)} (likely range {100 * rate.low:.0f}–{100 * rate.high:.0f} %)"


def situation(facts: Facts) -> str:
    """Say where the host stands."""
    level = facts.world.conflict(facts.host, facts.year)
    text = {0: "no armed conflict", 1: "minor conflict", 2: "war"}[level or 0]
    before = f"; stratum: {facts.stratum}" if facts.stratum in (Stratum.PEACE, Stratum.LULL) else ""
    return f"{facts.host_name} at the end of {facts.year}: {text}{before}. {_forces(facts)}"


def _forces(facts: Facts) -> str:
    if facts.power != COUNTED:
        listed = [
            f"{each.text}, since {each.first}"
            for each in presences()
            if (each.host, each.guarantor) == (facts.host, facts.power) and each.present(facts.year)
        ]
        shown = f"Listed by hand: {'; '.join(listed)}. " if listed else ""
        return f"{shown}Strengths of forces of {facts.power_name} are counted in no source at hand."
    world, strength = facts.world, facts.world.strength(facts.host, facts.year)
    if strength is not None:
        return f"Forces of the United States on record: {strength:,}."
    for year in range(facts.year - 1, FIRST, -1):
        last = world.strength(facts.host, year)
        if last is not None:
            return f"Forces of the United States were last reported in {year}: {last:,}; silence since then is not zero."
    return "No report of forces of the United States is on record."


def headline(facts: Facts, rate: Rate | None) -> str:
    """Answer in two sentences."""
    size = _size(facts.share)
    if rate is None:
        return (
            f"No past cut of {size} by {facts.power_name} with a known outcome met a host with {facts.stratum}; "
            "the other strata do not answer the question."
        )
    where = "with " + rate.stratum if rate.stratum is not Stratum.WAR else "at war"
    names = f" ({', '.join(rate.members)})" if rate.members else ""
    cases = "case" if rate.n == 1 else "cases"
    return (
        f"Past cuts of {size} by {facts.power_name} in hosts {where}: within {_years(rate.years)}, {rate.wording} in "
        f"{rate.events} of {rate.n} {cases}{names}. Pooled with what happens without a cut: {span(rate)}, against "
        f"{percent(rate.control_rate)} where nothing was cut."
    )


def _size(share: float) -> str:
    return (
        "the whole force" if share >= 1 else "half or more" if share == 0.5 else f"{percent(share)} or more"
    )


def _years(years: int) -> str:
    return "a year" if years == 1 else f"{years} years"


def selection(facts: Facts) -> str:
    """Say which way the choice of cases is likely to bend the rates, from how calm the hosts were."""
    world = facts.world
    place = strata(world)
    free = control_mask(world, [each.episode for each in facts.members]) & (place >= 0)
    if facts.power == COUNTED:
        free &= hosts_mask(world)
    calm = list(Stratum).index(Stratum.PEACE)
    elsewhere = float((place[free] == calm).mean())
    here = sum(each.stratum is Stratum.PEACE for each in facts.members) / len(facts.members)
    compare = "hosts without a cut" if facts.power == COUNTED else "states in general"
    shown = f"{percent(here)} of these cuts came after three years of peace, as did {percent(elsewhere)} of years of {compare}."
    if here > elsewhere + 0.05:
        bent = (
            "Guarantors left where it was calm, so rates over all strata understate what a cut elsewhere "
            "would be followed by."
        )
    elif here < elsewhere - 0.05:
        bent = "Guarantors left hosts in trouble more often, so rates over all strata overstate what follows elsewhere."
    else:
        bent = "By this measure cuts came neither to calmer nor to more troubled hosts."
    within = (
        "Within a stratum the direction is likely downward where forces left once a settlement was in sight, and upward where "
        "they were driven out; the record does not tell these apart."
    )
    return f"{shown} {bent} {within}"


def cautions(facts: Facts, rate: Rate | None, *, with_turns: bool) -> tuple[str, ...]:
    """Say what cannot be said, one sentence each."""
    lines = [ASSOCIATION, "Coups are outside coverage: no openly licensed list of them is at hand."]
    lines.append(
        "Conflict counts where the host is a party, wherever it is fought, from 25 battle deaths a year; war from 1,000. "
        "Unrest, repression and terrorism below that are not seen."
    )
    lines.append(
        "Cases are sorted by the conflict recorded up to the year of the cut. A cut planned for "
        "later meets a situation not yet known, "
        "and the rates then say less."
    )
    open_cases = [each.episode.label for each in facts.members if each not in facts.known]
    if open_cases:
        lines.append(
            f"Left out within {_years(facts.horizon)}, because the time was not over by {facts.year} or the host ended: "
            f"{', '.join(open_cases)}."
        )
    if facts.power == COUNTED:
        lines.append(_gaps(facts))
        lines += _brief(facts, rate)
    else:
        lines.append(
            f"Departures of {facts.power_name} are listed by hand from documents; minor ones are "
            "missing, and the list cannot claim "
            "to be complete."
        )
    own = [each.episode.label for each in facts.members if each.episode.host == facts.host]
    if own:
        lines.append(
            f"The host itself is in the class ({', '.join(own)}); it is one case among others there."
        )
    if with_turns:
        lines.append(
            f"A turn is a fall of the lean ({facts.power} against {rival_of(facts.power)}) by more "
            f"than {TURN} units from the year of the cut"
            + (", net of what the troop readings themselves contribute" if facts.power == COUNTED else "")
            + "; the estimate smooths over years, later ones than asked about too, so turns show early and blurred."
        )
    lines.append("Who governs, what army the host has, and why the guarantor leaves are not in the class.")
    return tuple(lines)


def _brief(facts: Facts, rate: Rate | None) -> list[str]:
    """Say what remains of the headline without presences that were exercises or surges."""
    of_stratum = [each for each in facts.known if each.stratum is facts.stratum]
    brief = [each.episode.label for each in of_stratum if each.episode.brief]
    if not brief or rate is None:
        return []
    kept = [each for each in of_stratum if not each.episode.brief]
    seen = sum(bool(result(each, rate.outcome, rate.years)) for each in kept)
    return [
        f"Counted by the rule, but a spike of one year rather than a guarantee: {', '.join(brief)}; without them, "
        f"{rate.wording} in {seen} of {len(kept)}."
    ]


def _gaps(facts: Facts) -> str:
    """Name the hosts whose series breaks off, which is read as not reported."""
    world = facts.world
    silent = []
    for row, name in enumerate(world.names):
        large = world.troops[row, -6:] >= 500
        missing = [
            FIRST + world.troops.shape[1] - 6 + i
            for i in range(6)
            if world.troops[row, -6:][i] != world.troops[row, -6:][i]
        ]
        exists = world.level[row, -1] != UNKNOWN
        if large.any() and missing and exists:
            silent.append(f"{name} {', '.join(map(str, missing))}")
    if not silent:
        return "Years without a report of troops are unknown, never zero."
    return f"Years without a report of troops are unknown, never zero; of late: {'; '.join(silent)}."


def questions(facts: Facts, rate: Rate | None) -> tuple[str, ...]:
    """Questions that the record can settle later, with the base rate of the class."""
    if rate is None:
        return ()
    first, last = facts.year + 1, facts.year + facts.horizon
    kind = (
        "war (1,000 battle deaths or more in a year)"
        if rate.outcome == "war"
        else "armed conflict (25 battle deaths or more in a year)"
    )
    return (
        f"If {facts.power_name} takes out {_size(facts.share)} of its force in {facts.year + 1}: does "
        f"UCDP record {facts.host_name} as a party to "
        f"{kind} in any of the {_years(facts.horizon)} after? Base rate of the class: {percent(rate.rate)}.",
        f"Without a cut: the same in {first}–{last}? Base rate: {percent(rate.control_rate)}.",
    )


def citations(facts: Facts) -> tuple[str, ...]:
    """References of everything the class was built from, each once."""
    listed = sorted({each.episode.citation for each in facts.members if each.episode.basis == "hand list"})
    tables = [CONFLICT_CITATION] + ([TROOP_CITATION] if facts.power == COUNTED else [])
    return (*tables, *listed)


def cut(episode: Episode) -> str:
    """Describe the size of a cut."""
    if episode.before is None or episode.after is None:
        return episode.note
    when = f"{episode.first}–{episode.year}" if episode.first < episode.year else str(episode.year)
    return f"{episode.before:,} to {episode.after:,}, {when}"
