"""Codes given out: one state at a time, or a column of a million rows at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.states.dates import Span, When, span_of
from aneroid.states.errors import AmbiguousState, UnknownState
from aneroid.states.lookup import code_key, rows_by_code, state_of
from aneroid.states.model import State
from aneroid.states.names import keys
from aneroid.states.registry import NAME_SYSTEMS, NUMERIC_SYSTEMS, CodeRow, code_rows, system_named

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

_FIRST_YEAR, _LAST_YEAR = 1500, 2200


@cache
def _official() -> dict[tuple[str, str], list[CodeRow]]:
    filed: dict[tuple[str, str], list[CodeRow]] = {}
    for row in code_rows():
        if row.official:
            filed.setdefault((row.system, row.state), []).append(row)
    return filed


def to(system: str, state: State | str, on: When | None = None) -> int | str:
    """Give the code of a state in a code system.

    Parameters
    ----------
    system
        One of `aneroid.states.SYSTEMS`, or ``name`` for the English short name.
    state
        A state, its id, or any name that `resolve` reads.
    on
        A year, month or day; needed where the code changed. In a year of change
        the code of its last day counts.

    Returns
    -------
    int or str
        A number for ``cow`` and ``gw``, text otherwise.

    Raises
    ------
    UnknownState
        If the state has no code there, or none on that date.
    AmbiguousState
        If the code changed over time and no date is given; ``candidates`` holds the codes.

    Examples
    --------
    >>> to("cow", "DEU", on=1970), to("cow", "DEU", on=2000), to("gw", "YEM")
    (260, 255, 678)
    """
    found = state_of(state)
    if system == "name":
        return found.name
    system = system_named(system)
    rows = _official().get((system, found.id), [])
    if on is not None:
        rows = _held(rows, span_of(on))
    codes = list(dict.fromkeys(row.code for row in rows))
    if not codes:
        when = "" if on is None else f" on {on}"
        raise UnknownState(
            f"{found} has no {system} code{when}. Use its id {found.id} or another code system."
        )
    if len(codes) > 1:
        dated = "; ".join(f"{row.code} {row.span}" for row in rows)
        raise AmbiguousState(
            f"{found} has several {system} codes ({dated}). Give a date to choose one.", tuple(codes)
        )
    return int(codes[0]) if system in NUMERIC_SYSTEMS else codes[0]


def _held(rows: list[CodeRow], period: Span) -> list[CodeRow]:
    """Keep the row that held last within the period."""
    within = [row for row in rows if row.span.overlaps(period)]
    return [max(within, key=lambda row: row.span.last)] if within else []


def from_code(system: str, code: int | str, on: When) -> str | None:
    """Give the id of the state that held a code on a date, or None if nobody did.

    For joins: no near matches and no errors, so that a caller can count what did not map.

    Parameters
    ----------
    system
        One of `aneroid.states.SYSTEMS`.
    code
        The code, as text or number.
    on
        A year, month or day; in a year of change the holder of its last day counts.

    Returns
    -------
    str or None
        A state id.
    """
    form = keys(str(code))[:1] if system in NAME_SYSTEMS else (code_key(str(code)),)
    held = _held(rows_by_code().get((system, form[0] if form else ""), []), span_of(on))
    return held[0].state if held else None


@cache
def _grid(system: str) -> NDArray[np.object_]:
    """Lay out a numeric code system as code by year; built once, then only indexed."""
    import numpy as np

    rows = [row for row in code_rows() if row.system == system]
    grid = np.full((max(int(row.code) for row in rows) + 2, _LAST_YEAR - _FIRST_YEAR + 1), None, dtype=object)
    # Whoever held a code last in a year is written last. Rows for input only yield to official ones.
    for row in sorted(rows, key=lambda row: (row.official, row.span.last)):
        first = max(row.span.first.year, _FIRST_YEAR) - _FIRST_YEAR
        last = min(row.span.last.year, _LAST_YEAR) - _FIRST_YEAR
        grid[int(row.code), first : last + 1] = row.state
    return grid


def ids_for(system: str, codes: ArrayLike, years: ArrayLike) -> NDArray[np.object_]:
    """Give the state ids for columns of numeric codes and years.

    Parameters
    ----------
    system
        ``cow`` or ``gw``.
    codes, years
        Numbers of equal length (or a single year for all); missing values and codes that nobody held in that
        year give None. A year of transition goes to the holder of its last day.

    Returns
    -------
    numpy.ndarray
        Ids and None, as objects, in the order given. A million rows take a fraction of a second.

    Raises
    ------
    InputError
        If the system is not numeric.

    Examples
    --------
    >>> ids_for("cow", [260, 345, 345, 999], [1970, 1970, 2010, 1970]).tolist()
    ['DEU', 'YUG', 'SRB', None]
    """
    import numpy as np

    if system not in NUMERIC_SYSTEMS:
        raise InputError(
            f'"{system}" codes are not numbers. Columns are mapped for cow and gw; use from_code.'
        )
    grid = _grid(system)
    code, year = np.broadcast_arrays(_whole(codes), _whole(years))
    column = year - _FIRST_YEAR
    unknown = (code < 0) | (code >= len(grid)) | (column < 0) | (column >= grid.shape[1])
    found: NDArray[np.object_] = grid[np.where(unknown, len(grid) - 1, code), np.where(unknown, 0, column)]
    return found


def _whole(values: ArrayLike) -> NDArray[np.int64]:
    """Turn numbers with gaps into whole numbers, a gap or a fraction into -1."""
    import numpy as np
    import pandas as pd

    numbers = pd.to_numeric(pd.Series(np.atleast_1d(np.asarray(values, dtype=object))), errors="coerce")
    floats = numbers.to_numpy(dtype=float, na_value=np.nan)
    whole = np.isfinite(floats) & (floats == np.floor(floats))
    return np.where(whole, floats, -1).astype(np.int64)


def ids_for_cow(codes: ArrayLike, years: ArrayLike) -> NDArray[np.object_]:
    """Give the state ids for Correlates of War codes and years; see `ids_for`."""
    return ids_for("cow", codes, years)


def ids_for_gw(codes: ArrayLike, years: ArrayLike) -> NDArray[np.object_]:
    """Give the state ids for Gleditsch–Ward codes and years; see `ids_for`."""
    return ids_for("gw", codes, years)
