"""From the codes and names of a source to our state ids, with everything that has none noted as rejected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from aneroid import states
from aneroid.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.sources.checks import Rejections


# The government that moved to Taiwan in December 1949 held the China seat until 1971. Votes and points under
# its code are those of our CHN before that year, of TWN from it on.
SEAT_MOVED = 1949

# A name that sources go on using for the state that followed.
OUTLIVED = {"Yugoslavia": "SRB"}


def from_cow(
    frame: pd.DataFrame, code: str, year: str, *, source: str, rejected: Rejections
) -> pd.Series[str]:
    """Map a column of COW codes to state ids, each code read in its row's year.

    Parameters
    ----------
    frame
        Rows of a source.
    code, year
        Names of the columns with the code and the calendar year.
    source
        Registry id for the rejection log.
    rejected
        Where codes without a state in that year are noted, once for each row.

    Returns
    -------
    pandas.Series
        State ids; null where the code names no state in that year.
    """
    return _noted(frame, states.ids_for_cow(frame[code], frame[year]), code, year, source, rejected)


def from_gw(
    frame: pd.DataFrame, code: str, year: str, *, source: str, rejected: Rejections
) -> pd.Series[str]:
    """Map a column of Gleditsch–Ward codes to state ids; parameters and result as :func:`from_cow`."""
    return _noted(frame, states.ids_for_gw(frame[code], frame[year]), code, year, source, rejected)


def from_names(
    frame: pd.DataFrame,
    name: str,
    year: str,
    *,
    aliases: Mapping[str, str],
    source: str,
    rejected: Rejections,
) -> pd.Series[str]:
    """Map a column of state names to state ids.

    Parameters
    ----------
    frame
        Rows of a source.
    name, year
        Names of the columns with the state's name and the calendar year it is read in.
    aliases
        Names peculiar to the source, with the state id each means.
    source
        Registry id for the rejection log.
    rejected
        Where names without a state are noted.

    Returns
    -------
    pandas.Series
        State ids; null where the name means no state in that year.
    """
    pairs = frame[[name, year]].drop_duplicates()
    found = {
        (who, when): aliases.get(who) or _resolved(who, int(when))
        for who, when in zip(pairs[name], pairs[year], strict=True)
    }
    ids = [found[who, when] for who, when in zip(frame[name], frame[year], strict=True)]
    return _noted(frame, ids, name, year, source, rejected)


def _resolved(name: str, year: int) -> str | None:
    try:
        return states.resolve(name, on=year).id
    except InputError:
        return OUTLIVED.get(name)


def _noted(
    frame: pd.DataFrame, ids: Iterable[str | None], key: str, year: str, source: str, rejected: Rejections
) -> pd.Series[str]:
    import pandas as pd

    mapped = pd.Series(list(ids), index=frame.index, dtype="str")
    unknown = mapped.isna()
    keys = [
        f"{who} {when:.0f}"
        for who, when in zip(frame.loc[unknown, key], frame.loc[unknown, year], strict=True)
    ]
    rejected.add(source, "code or name of no state in that year", keys)
    return mapped
