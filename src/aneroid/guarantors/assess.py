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
from aneroid.guarantors import words
from aneroid.guarantors.dates import complete_year
from aneroid.guarantors.model import Assessment, Band, Dependence, Provision
from aneroid.guarantors.parameters import conventions, load_weights
from aneroid.guarantors.provisions import Arms, arms, items, leaves
from aneroid.guarantors.showing_up import features, log_odds, logistic
from aneroid.guarantors.threats import threats
from aneroid.guarantors.ties import FIRST, LAST, Ties, load_ties
from aneroid.record.store import Store
from aneroid.states import resolve
from aneroid.states.dates import When
from aneroid.states.poles import ALL
from aneroid.states.registry import states

DRAWS, SEED = 4000, 20
Floats = NDArray[np.float64]


def assess(
    store: Store,
    state: str,
    *,
    on: When | None = None,
    poles: Sequence[str] | None = None,
    ties: Ties | None = None,
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
    ties
        What :func:`aneroid.guarantors.ties.load_ties` read, for many calls on one store; read anew by default.

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
    ties = ties or load_ties(store)
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
        verdict=words.verdict(found.name, provisions, shares),
        threats=threats(ties, row, year),
        dependence=_dependence(ties, row, year, supply),
        gaps=words.gaps(store, year),
        weights=words.weights(),
        basis=words.basis(),
        sensitivity=_sensitivity(ties, row, year, max((each.share.mid for each in provisions), default=0.0)),
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


def _dependence(ties: Ties, row: int, year: int, supply: Arms) -> tuple[Dependence, ...]:
    lines = []
    for good, shares in (
        ("arms delivered in ten years", supply.share),
        ("major arms reckoned in use", supply.stock),
    ):
        if not np.isnan(shares).all():
            top = int(np.nanargmax(shares))
            spread = supply.concentration if shares is supply.stock else float(np.nansum(shares**2))
            note = "of deliveries by the nine poles; other suppliers are not in it"
            lines.append(Dependence(good, ALL[top], float(shares[top]), spread, note))
    return tuple(lines)


def _sensitivity(ties: Ties, row: int, year: int, largest: float) -> tuple[str, ...]:
    """Say how the first share moves over the range of each convention that enters it, where there is a share."""
    if largest < words.NOTICEABLE:
        return ()
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
