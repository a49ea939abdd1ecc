"""Who protects a state: what each pole provides, combined into a share with its interval.

With *x* the ties of the state with pole *p*, each draw *d* of weights gives *q[d, p](x)* = *s* · P(between)
+ (1 − *s*) · P(within), where *s* is the share of danger that comes from other states, drawn from its
range. What ties add is *a[d, p]* = max(*q(x)* − *q(0)*, 0): a pole that goes everywhere is nobody's
guarantor by that alone. The share of *p* is *a[d, p]* / (*n* + the sum of *a* over all nine poles), where
*n* stands for nobody: shares of a state without ties are near 0. Bands hold nine draws in ten.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aneroid.errors import InputError
from aneroid.guarantors.dates import complete_year
from aneroid.guarantors.model import Assessment, Band, Dependence, Provision, Weight
from aneroid.guarantors.parameters import KINDS, conventions, load_weights
from aneroid.guarantors.provisions import Arms, arms, items, leaves
from aneroid.guarantors.showing_up import FEATURES, features, log_odds, logistic
from aneroid.guarantors.threats import threats
from aneroid.guarantors.ties import FIRST, LAST, Ties, load_ties
from aneroid.record.security import coverage
from aneroid.record.store import Store
from aneroid.states import resolve
from aneroid.states.dates import When
from aneroid.states.poles import ALL
from aneroid.states.registry import states

DRAWS, SEED = 4000, 20
BREAK = 2018  # of the count of United States forces
Floats = NDArray[np.float64]
CLEAR = 0.5  # a pole whose share is surely above this is named as the guarantor
UNPROTECTED = 0.05  # chance of showing up under which nobody is named
NOTICEABLE = 0.25  # share under which the first pole is not named
RIVAL = 0.10  # chance of being ahead from which another pole is named beside the first
PROVIDES = ("obligation", "forces", "arms", "record")


def assess(
    store: Store, state: str, *, on: When | None = None, poles: Sequence[str] | None = None
) -> Assessment:
    """Say what each pole provides for the security of a state.

    Parameters
    ----------
    store
        The store.
    state
        Name or code.
    on
        A year, month or day; the record up to the last year complete by then is used. The last year of the
        record by default.
    poles
        Poles to report, all nine by default; shares are always of all nine.

    Returns
    -------
    Assessment
        Provisions by share. ``shows_up`` reads as the chance that a pole takes the state's side by threat
        or force in an episode of attack, threat or internal war, from how often it did with such ties;
        pacts that deter leave no episode.

    Raises
    ------
    InputError
        The state did not exist then, or a pole is unknown.
    """
    year = LAST if on is None else complete_year(on)
    found = resolve(state) if on is None else resolve(state, on=str(year))
    wanted = tuple(poles) if poles else ALL
    unknown = [pole for pole in wanted if pole not in ALL]
    if unknown:
        raise InputError(f"{', '.join(unknown)}: no readings as a pole. Choose among {', '.join(ALL)}.")
    if not FIRST < year <= LAST or not found.existed(year):
        raise InputError(
            f"{found.name} in {year} is outside the record: it covers {FIRST + 1}–{LAST} and states "
            "that existed. Choose another --on."
        )
    ties = load_ties(store)
    row = ties.row(found.id)
    chance, shares = _draws(ties, row, year)
    supply = arms(ties, row, year, conventions()["arms_half_life"].value)
    provisions = [
        _provision(ties, row, year, ALL.index(pole), supply, chance, shares)
        for pole in wanted
        if pole != found.id
    ]
    provisions.sort(key=lambda each: -each.share.mid)
    everybody = np.delete(chance, ALL.index(found.id), axis=1) if found.id in ALL else chance
    alone = _band(np.prod(1 - everybody, axis=1))
    return Assessment(
        state=found.id,
        name=found.name,
        on=year,
        provisions=tuple(provisions),
        alone=alone,
        verdict=_verdict(found.name, provisions, shares),
        threats=threats(ties, row, year),
        dependence=_dependence(ties, row, year, supply),
        gaps=_gaps(store, year),
        weights=_weights(),
        basis=_basis(),
        sensitivity=_sensitivity(ties, row, year),
    )


def _draws(ties: Ties, row: int, year: int, fixed: dict[str, float] | None = None) -> tuple[Floats, Floats]:
    """Chance of showing up and share, draws by poles; conventions from their range unless fixed."""
    rng = np.random.default_rng(SEED)
    drawn = {
        name: np.full(DRAWS, fixed[name])
        if fixed and name in fixed
        else rng.uniform(each.low, each.high, DRAWS)
        for name, each in conventions().items()
    }
    x = features(ties, row, year)
    signed = [ties.latest("defence_agreements", row, pole, year) for pole in range(len(ALL))]
    doublings = np.log2(1 + np.array([0.0 if each is None else each[0] for each in signed]))
    extra = drawn["defence_agreements"][:, None] * doublings
    from_states = drawn["threat_between_states"][:, None]
    chance, habit = np.zeros((DRAWS, len(ALL))), np.zeros((DRAWS, len(ALL)))
    for number, (kind, found) in enumerate(load_weights().items()):
        part = from_states if kind == "between" else 1 - from_states
        weights = found.draws(DRAWS, SEED + number)
        chance += part * logistic(log_odds(weights, x) + extra)
        habit += part * logistic(log_odds(weights, np.zeros_like(x)))
    added = np.maximum(chance - habit, 0.0)
    if ties.states[row] in ALL:
        own = ALL.index(ties.states[row])
        chance[:, own] = added[:, own] = 0.0
    return chance, added / (added.sum(axis=1, keepdims=True) + drawn["nobody"][:, None])


def _band(draws: Floats) -> Band:
    low, mid, high = np.quantile(draws, [0.05, 0.5, 0.95])
    return Band(float(mid), float(low), float(high))


def _provision(
    ties: Ties, row: int, year: int, pole: int, supply: Arms, chance: Floats, shares: Floats
) -> Provision:
    half_life = conventions()["arms_half_life"].value
    return Provision(
        pole=ALL[pole],
        name=states()[ALL[pole]].name,
        share=_band(shares[:, pole]),
        shows_up=_band(chance[:, pole]),
        items=items(ties, row, pole, year, supply),
        arms_share=_number(supply.share[pole]),
        arms_stock_share=_number(supply.stock[pole]),
        arms_age=_number(supply.age[pole]),
        leaves=leaves(ties, row, pole, year, supply, half_life),
    )


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _verdict(name: str, provisions: list[Provision], shares: Floats) -> str:
    if not provisions:
        return f"{name}: none of the poles asked for is another state."
    first = provisions[0]
    bound = any(item.known and item.kind in PROVIDES for item in first.items)
    if not bound or first.share.mid < NOTICEABLE:
        return f"Nothing on this record makes one of these poles a guarantor of {name}."
    who = with_the(first.name)
    if first.shows_up.mid < UNPROTECTED:
        return (
            f"{who} ties itself most to {name}, but such ties have seldom brought a pole in: about "
            f"{100 * first.shows_up.mid:.0f} in a "
            "hundred times. No guarantor stands out on this record."
        )
    top = shares[:, ALL.index(first.pole)]
    near = [each.name for each in provisions[1:] if (shares[:, ALL.index(each.pole)] > top).mean() > RIVAL]
    if near:
        return f"{who} comes first for {name}, but the record does not set it apart from {_listed(near)}."
    if first.share.low > CLEAR:
        return f"{who} is the guarantor of {name} on this record."
    return f"{who} comes first for {name}; how far ahead, the record leaves open."


def _listed(names: list[str]) -> str:
    named = [name if not name.startswith("United") else f"the {name}" for name in names]
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def with_the(name: str) -> str:
    """Begin a sentence with the name of a pole."""
    return f"The {name}" if name.startswith("United") else name


def _dependence(ties: Ties, row: int, year: int, supply: Arms) -> tuple[Dependence, ...]:
    lines = []
    for good, shares in (
        ("arms delivered in ten years", supply.share),
        ("major arms likely in use", supply.stock),
    ):
        if not np.isnan(shares).all():
            top = int(np.nanargmax(shares))
            spread = supply.concentration if shares is supply.stock else float(np.nansum(shares**2))
            note = "of deliveries by the nine poles; other suppliers are not in it"
            lines.append(Dependence(good, ALL[top], float(shares[top]), spread, note))
    return tuple(lines)


def _gaps(store: Store, year: int) -> tuple[str, ...]:
    """Name what the record cannot show in this year."""
    ends = coverage(store).set_index("indicator")
    gone = [
        f"{row.label.lower() if not row.label[:2].isupper() else row.label} ({row.first_year}–{row.last_year})"
        for row in ends.loc[
            ["alliance", "defence_agreements", "dispute", "sanctions_arms", "troops"]
        ].itertuples()
        if not row.first_year <= year <= row.last_year
    ]
    lines = [
        "Forces are counted for the United States alone; those of other poles come from a hand list "
        "that is not complete, without strengths.",
        "Military and budget aid, training, intelligence, and forces that act through armed groups are in no source at hand.",
        "Arms shares are of the nine poles' deliveries; suppliers such as Germany, Italy, Israel or Sweden are outside them.",
        "Disputes are on record between states and poles alone: rivals that are no poles show only "
        "once there is armed conflict.",
        "Protection that deters leaves no episode, so weights speak of cases in which deterrence had failed.",
    ]
    if year >= BREAK:
        lines.insert(
            0,
            f"From {BREAK} on the count of United States forces leaves out those in operations, in "
            "the Gulf above all; they look smaller than they are.",
        )
    if gone:
        lines.insert(
            0,
            f"Not covered in {year}: {', '.join(gone)}; treaties and sanctions are carried on for at "
            "most eight years and say so.",
        )
    return tuple(lines)


def _weights() -> tuple[Weight, ...]:
    lines = []
    for kind in KINDS:
        found = load_weights()[kind]
        spread = 1.645 * np.sqrt(np.diag(found.covariance))
        basis = f"estimated: {'attacks and threats by states' if kind == 'between' else 'wars within'}"
        for place, (name, label) in enumerate(FEATURES.items()):
            value = float(found.mode[place])
            lines.append(
                Weight(
                    name,
                    label,
                    value,
                    value - float(spread[place]),
                    value + float(spread[place]),
                    basis,
                    "log-odds a unit",
                )
            )
    for each in conventions().values():
        label = each.name.replace("_", " ").capitalize()
        lines.append(
            Weight(
                each.name,
                label,
                each.value,
                each.low,
                each.high,
                "by convention",
                f"{each.unit}. {each.reason}",
            )
        )
    return tuple(lines)


def _basis() -> str:
    between, within = (load_weights()[kind] for kind in KINDS)
    return (
        f"Weights from {between.episodes:,} times a state was threatened or attacked (a pole took its "
        f"side in {between.events:,} of "
        f"{between.n:,} pairs) and {within.episodes:,} wars within ({within.events:,} of {within.n:,})."
    )


def _sensitivity(ties: Ties, row: int, year: int) -> tuple[str, ...]:
    """Say how the first share moves over the range of each convention that enters it."""
    lines = []
    for name in ("threat_between_states", "defence_agreements", "nobody"):  # those that enter shares
        each = conventions()[name]
        ends = []
        for value in (each.low, each.high):
            shares = np.median(_draws(ties, row, year, {name: value})[1], axis=0)
            top = int(shares.argmax())
            ends.append(f"{states()[ALL[top]].name} {100 * shares[top]:.0f} % at {value:g}")
        lines.append(f"{name.replace('_', ' ').capitalize()}: {', '.join(ends)}")
    return tuple(lines)
