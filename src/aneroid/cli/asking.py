"""What a command is asked about: states, poles, years and dates, read the same way everywhere."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from aneroid.errors import InputError

PolesOption = Annotated[
    str,
    typer.Option("--poles", help="Poles, comma-separated, for instance USA,RUS. Default: the setting poles."),
]
FromOption = Annotated[int | None, typer.Option("--from", help="First year.")]
ToOption = Annotated[int | None, typer.Option("--to", help="Last year.")]


def pole_ids(given: str) -> tuple[str, ...]:
    """Resolve the poles given, or those of the settings; a lean needs two."""
    from aneroid.settings import load_settings
    from aneroid.states import parse_poles

    found = parse_poles(given or load_settings().poles)
    if len(found) < 2:
        raise InputError(f"A lean needs two poles; {found[0]} is one. For instance --poles {found[0]},CHN.")
    return found


def others(state: str, poles: tuple[str, ...]) -> tuple[str, str]:
    """The first two poles other than the state itself."""
    left = [pole for pole in poles if pole != state]
    if len(left) < 2:
        raise InputError(
            f"{state} is itself one of the poles {', '.join(poles)}. Give two others with --poles."
        )
    return left[0], left[1]


def state_ids(names: list[str], start: int, end: int) -> list[str]:
    """Resolve names and codes over a period, without repeats."""
    from aneroid.states import resolve

    return list(dict.fromkeys(resolve(name, between=(start, end)).id for name in names))


def scope(
    names: list[str], first: int | None, last: int | None, years: tuple[int, int], *, shown: int
) -> tuple[list[str], int, int]:
    """Resolve states and fill in the years not given: the last ones of those states that still exist or existed last."""
    from aneroid.states import resolve

    if first is None and last is None:
        found = [resolve(name) for name in names]
        end = max(min(state.last.year, years[1]) for state in found)
        start, end = period(None, end, years, shown=shown)
        return list(dict.fromkeys(state.id for state in found)), start, end
    start, end = period(first, last, years, shown=shown)
    return state_ids(names, start, end), start, end


def period(first: int | None, last: int | None, years: tuple[int, int], *, shown: int) -> tuple[int, int]:
    """Fill in the years not given and refuse what cannot be.

    Raises
    ------
    InputError
        The years are reversed or outside the estimates.
    """
    if first is not None and last is not None and first > last:
        raise InputError(f"--from {first} is after --to {last}. Give the earlier year first.")
    end = years[1] if last is None else last
    start = max(years[0], end - shown + 1) if first is None else first
    if end < years[0] or start > years[1]:
        outside = f"{first}" if last is None else f"{last}" if first is None else f"{first}–{last}"
        raise InputError(
            f"There are estimates for {years[0]}–{years[1]}; {outside} lies outside. Choose years within."
        )
    return max(start, years[0]), min(end, years[1])


def day(text: str, option: str) -> date | None:
    """Read a date given to an option; None where none was given."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(
            f'{option} "{text}" is not a date. Write it as YYYY-MM-DD, for instance 2020-02-02.'
        ) from None
