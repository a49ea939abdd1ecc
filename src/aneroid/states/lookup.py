"""From a name or a code to a state, and back, always with the date in mind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from aneroid.errors import InputError
from aneroid.states.dates import ALWAYS, Span, When, span_of
from aneroid.states.errors import AmbiguousState, UnknownState
from aneroid.states.model import State
from aneroid.states.names import keys, near_matches, rows_named
from aneroid.states.registry import (
    NAME_SYSTEMS,
    NUMERIC_SYSTEMS,
    SYSTEMS,
    CodeRow,
    code_rows,
    states,
    system_named,
)

_EXACT = "Use an ISO3 code to be exact."


def resolve(
    text: str | int,
    *,
    system: str | None = None,
    on: When | None = None,
    between: tuple[When, When] | None = None,
) -> State:
    """Find the state that a name or a code stands for.

    Without a system, ids and ISO3 codes come first, then names and aliases, then all other codes. Names are
    read in any spelling ("Turkiye", "Korea, South"); a date only chooses between states that share a name.
    A code is read for the date: COW 345 was Serbia, then Yugoslavia, then Serbia again.

    Parameters
    ----------
    text
        A name, or a code as text or number.
    system
        One of `aneroid.states.SYSTEMS`, when the code system is known.
    on
        A year, month or day for which the code is meant. In a year of transition the holder on its last day
        counts.
    between
        First and last year (or date) of a period for which the code is meant.

    Returns
    -------
    State
        The one state that fits.

    Raises
    ------
    UnknownState
        If nothing goes by this name then; the message offers near matches or successors.
    AmbiguousState
        If several states fit; ``candidates`` holds their ids.

    Examples
    --------
    >>> resolve("RS", system="fips").id, resolve("Turkiye").id, resolve("NA").id
    ('RUS', 'TUR', 'NAM')
    >>> resolve(345, system="cow", on=1970).id
    'YUG'
    """
    given = str(text).strip()
    period = _period(on, between)
    if system is None:
        found = _anything(given, period)
    else:
        system = system_named(system)
        found = _of_codes(given, (system,), period, strict=system not in NAME_SYSTEMS)
        if not found and system in NAME_SYSTEMS:
            found = _named(given, period)
    if not found:
        raise UnknownState(_unknown(given, system, period))
    if len(found) > 1:
        raise AmbiguousState(_ambiguous(given, found, system), tuple(found))
    state = states()[found[0]]
    _check_not_over(state, period)
    return state


def _period(on: When | None, between: tuple[When, When] | None) -> Span | None:
    if on is not None and between is not None:
        raise InputError("Give either a date or a period, not both.")
    if between is None:
        return None if on is None else span_of(on)
    first, last = span_of(between[0]).first, span_of(between[1]).last
    if last < first:
        raise InputError(
            f"The period ends ({between[1]}) before it begins ({between[0]}). Swap the two dates."
        )
    return Span(first, last)


def _anything(given: str, period: Span | None) -> list[str]:
    """Try ids and ISO3 codes, then names, then every other code."""
    bare = code_key(given)
    if bare.isdigit():
        return _of_codes(given, ("cow", "gw"), period, strict=True)
    if bare in states():
        return [bare]
    others = tuple(name for name in SYSTEMS if name not in NAME_SYSTEMS | NUMERIC_SYSTEMS | {"iso3"})
    return (
        _of_codes(given, ("iso3",), period, strict=False)
        or _named(given, period)
        or _of_codes(given, others, period, strict=False)
    )


def code_key(code: str) -> str:
    """Bring a code to the form it is filed under: no punctuation, capitals, no leading zeros."""
    bare = re.sub(r"[^0-9A-Za-z]", "", code.removesuffix(".0")).upper()
    return bare.lstrip("0") or bare if bare.isdigit() else bare


@cache
def rows_by_code() -> dict[tuple[str, str], list[CodeRow]]:
    """File every code row under its system and the key of its code."""
    filed: dict[tuple[str, str], list[CodeRow]] = {}
    for row in code_rows():
        forms = keys(row.code) if row.system in NAME_SYSTEMS else (code_key(row.code),)
        for form in forms:
            filed.setdefault((row.system, form), []).append(row)
    return filed


def _of_codes(given: str, systems: Iterable[str], period: Span | None, *, strict: bool) -> list[str]:
    found: list[str] = []
    for system in systems:
        forms = keys(given) if system in NAME_SYSTEMS else (code_key(given),)
        rows = next((rows_by_code()[system, form] for form in forms if (system, form) in rows_by_code()), [])
        # A list of names is read as names are: without a date the holder of today is meant.
        now = period or (Span(ALWAYS.last, ALWAYS.last) if system in NAME_SYSTEMS else None)
        found += _fitting([(row.state, row.span) for row in rows], now, strict=strict)
    return list(dict.fromkeys(found))


def _named(given: str, period: Span | None) -> list[str]:
    rows = [(row.state, Span(row.first, row.last)) for row in rows_named(given)]
    return _fitting(rows, period or Span(ALWAYS.last, ALWAYS.last), strict=False)


def _fitting(rows: list[tuple[str, Span]], period: Span | None, *, strict: bool) -> list[str]:
    """Keep the states whose rows fit the period; when not strict, all of them if none does."""
    if period is None:
        return list(dict.fromkeys(state for state, _ in rows))
    within = [(state, span) for state, span in rows if span.overlaps(period)]
    if not within and not strict:
        within = rows
    elif period.first.year == period.last.year:
        # A year or less: who held it on the last day, or who held it last.
        latest = max((min(span.last, period.last) for _, span in within), default=None)
        within = [(state, span) for state, span in within if min(span.last, period.last) == latest]
    return list(dict.fromkeys(state for state, _ in within))


def _check_not_over(state: State, period: Span | None) -> None:
    if period is None or period.first <= state.last:
        return
    heirs = " or ".join(str(states()[heir]) for heir in state.successors)
    raise UnknownState(f"{state} ended on {state.last}. For later dates use {heirs}.")


def _unknown(given: str, system: str | None, period: Span | None) -> str:
    held = rows_by_code().get((system or "cow", code_key(given)), [])
    if held and period is not None and (system or code_key(given).isdigit()):
        past = "; ".join(f"{states()[row.state]} {row.span}" for row in held if row.official)
        label = f"{(system or 'cow').upper()} code {given}"
        return f"{label} stood for nothing then ({past}). Give another date or an ISO3 code."
    kind = f"{system} code or name" if system else "state"
    near = [states()[state] for state in near_matches(given)]
    if not near:
        return f'Unknown {kind} "{given}". Give the English name or an ISO3 code.'
    offers = " or ".join(f'"{state.name}" ({state.id})' for state in near)
    return f'Unknown {kind} "{given}". Did you mean {offers}? {_EXACT}'


def _ambiguous(given: str, found: list[str], system: str | None) -> str:
    readings = []
    for state in found:
        rows = [
            row
            for row in code_rows()
            if row.state == state
            and row.system not in NAME_SYSTEMS
            and code_key(row.code) == code_key(given)
            and (system is None or row.system == system)
        ]
        codes = ", ".join(f"{row.system} {row.span}" if row.span != ALWAYS else row.system for row in rows)
        readings.append(f"{states()[state]}" + (f" [{codes}]" if codes else ""))
    if not any("[" in reading for reading in readings):
        step = "Give the full name"
    else:
        step = "Give a date" if system else "Name the code system, give a date"
    return f'"{given}" may mean {" or ".join(readings)}. {step} or use an ISO3 code to be exact.'


def state_of(state: State | str) -> State:
    """Give the state for an id, or for anything that `resolve` reads without a date."""
    if isinstance(state, State):
        return state
    return states().get(state) or resolve(state)
