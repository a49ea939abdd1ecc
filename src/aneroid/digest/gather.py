"""Gather from the store all that a digest of one state shows."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from statistics import NormalDist
from typing import TYPE_CHECKING

from aneroid.claims import claims_about
from aneroid.digest.inputs import DigestInput, Movement, Vintage
from aneroid.errors import InputError
from aneroid.guarantors import assess
from aneroid.orientation.desk import current_run, explain, limits, orient
from aneroid.record import citations, readings, status
from aneroid.record.store import Store
from aneroid.scenarios import withdrawal
from aneroid.states import all_states, neighbours, pole_name

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.guarantors.model import Assessment
    from aneroid.orientation.fit import OrientationFit
    from aneroid.scenarios.model import Withdrawal


def gather(
    store: Store,
    fitted: OrientationFit,
    state: str,
    *,
    poles: Sequence[str],
    start: int,
    end: int,
    made_on: str,
    security: bool = True,
) -> DigestInput:
    """Collect a state's estimates, what moved them, claims, facts and sources.

    Parameters
    ----------
    store
        The store, open for reading.
    fitted
        The fit of that store.
    state
        State id.
    poles
        Pole ids; the first two are the main pair.
    start, end
        First and last year, both included.
    made_on
        Date to print on the digest, ISO 8601.
    security
        Whether to ask who guarantees the state's security and what followed where such a power left (seconds).

    Returns
    -------
    DigestInput

    Raises
    ------
    InputError
        The state is one of the two poles of the main pair.
    """
    others = [pole for pole in poles if pole != state]
    if len(others) < 2:
        raise InputError(
            f"{state} is itself one of the poles {', '.join(poles)}. Choose others with --poles."
        )
    main = (others[0], others[1])
    lean = orient(fitted, [state], poles=others, start=start, end=end)
    near = tuple(sorted(s.id for s in neighbours(state, on=end) if s.id not in main))
    beside = fitted.lean(list(near), *main, end - 1, end)
    names = {each.id: each.name for each in all_states()}
    protection, leaving = _security(store, fitted, state, end) if security else (None, "")
    return DigestInput(
        state=state,
        name=names[state],
        poles=tuple((pole, pole_name(pole)) for pole in others),
        start=start,
        end=end,
        lean=lean,
        neighbours=beside,
        neighbour_ids=near,
        names=names,
        movement=_movement(fitted, state, main, lean),
        p_towards_a=_above_zero(lean, main, end),
        indicators=_indicators(store),
        readings=_readings(store, state, others, start, end),
        claims=claims_about(store, state, (start, end)),
        facts=readings.facts(store, state=state, years=(start, end)),
        sources=citations.cited(store),
        vintage=_vintage(store, made_on),
        limits=limits(store),
        guarantors=protection,
        withdrawal=leaving,
    )


def _security(
    store: Store, fitted: OrientationFit, state: str, year: int
) -> tuple[Assessment | None, Withdrawal | str]:
    """Who protects the state, and what followed where such a protector cut its forces by half."""
    try:
        found = assess(store, state, on=year)
    except InputError as problem:
        return None, str(problem)
    first = found.provisions[0]
    if not any(item.kind == "forces" and item.known for item in first.items):
        return found, f"No forces of the first guarantor on record ({first.name}) could be withdrawn."
    try:
        return found, withdrawal(store, state, first.pole, on=str(year), fitted=fitted)
    except InputError as problem:
        return found, str(problem)


def _above_zero(lean: pd.DataFrame, pair: tuple[str, str], year: int) -> float | None:
    """Posterior probability that the lean of a year is towards the first pole, None without an estimate."""
    row = lean[(lean.pole_a == pair[0]) & (lean.pole_b == pair[1]) & (lean.date == str(year))]
    return None if row.empty else 1.0 - NormalDist(row.lean.iloc[0], row.sd.iloc[0]).cdf(0.0)


def _movement(
    fitted: OrientationFit, state: str, main: tuple[str, str], lean: pd.DataFrame
) -> Movement | None:
    years = sorted(int(d) for d in lean.date[(lean.pole_a == main[0]) & (lean.pole_b == main[1])])
    if len(years) < 2:
        return None
    start, end = years[0], years[-1]
    found = explain(fitted, state, pole_a=main[0], pole_b=main[1], start=start, end=end)
    later = fitted.probability(lean_greater=((state, end), (state, start)), pole_a=main[0], pole_b=main[1])
    return Movement(start, end, found.movement, found.by_indicator, later)


def _indicators(store: Store) -> pd.DataFrame:
    table = readings.last_years(store)
    return table.rename(columns={"indicator": "name", "first_year": "first", "last_year": "last"})


def _readings(store: Store, state: str, poles: Sequence[str], start: int, end: int) -> pd.DataFrame:
    table = readings.readings(store)
    kept = (table.state == state) & table.pole.isin(list(poles)) & table.year.between(start, end)
    return table.loc[kept, ["indicator", "pole", "year"]]


def _vintage(store: Store, made_on: str) -> Vintage:
    run = current_run(store)
    retrieved = str(status.status(store).retrieved.max())
    snapshot = str(store.value("SELECT value FROM meta WHERE key = 'snapshot'"))
    return Vintage(snapshot, run.run, retrieved, made_on, f"Aneroid {version('aneroid')}")
