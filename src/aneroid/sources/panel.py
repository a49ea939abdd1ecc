"""State × pole × year: who existed when, and zeros only where absence means none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from aneroid import states
from aneroid.states import poles
from aneroid.states.registry import code_rows

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.sources.checks import Rejections

READING_COLUMNS = ["state", "pole", "indicator", "year", "value", "sd", "detail"]
TIE = ["state", "pole", "year"]
NOT_ALIVE = "state or pole did not exist that year"


@cache
def system_members() -> frozenset[str]:
    """Return the ids of states that the dyadic sources list at all: those with a Correlates of War number.

    For the others (Palestine) a tie that is in a source counts, but silence is no zero.
    """
    return frozenset(row.state for row in code_rows() if row.system == "cow")


def state_years(first: int, last: int) -> pd.DataFrame:
    """List every state in every year in which it existed on at least one day.

    Parameters
    ----------
    first, last
        Calendar years, both included.

    Returns
    -------
    pandas.DataFrame
        ``state``, ``year``, sorted.
    """
    import pandas as pd

    rows = [(state.id, year) for year in range(first, last + 1) for state in states.all_states(year)]
    return pd.DataFrame(rows, columns=["state", "year"]).sort_values(["state", "year"], ignore_index=True)


def pole_panel(first: int, last: int, pole_ids: Iterable[str] = poles.ALL) -> pd.DataFrame:
    """List every state with every pole in every year in which both existed; a pole is not paired with itself.

    Parameters
    ----------
    first, last
        Calendar years, both included.
    pole_ids
        State ids of the poles.

    Returns
    -------
    pandas.DataFrame
        ``state``, ``pole``, ``year``, sorted.
    """
    lives = state_years(first, last)
    wanted = lives[lives["state"].isin(list(pole_ids))].rename(columns={"state": "pole"})
    pairs = lives.merge(wanted, on="year")
    pairs = pairs[pairs["state"] != pairs["pole"]]
    return pairs[TIE].sort_values(TIE, ignore_index=True)


def each_year(spells: pd.DataFrame, first: str, last: str, coverage: tuple[int, int]) -> pd.DataFrame:
    """Repeat each spell for every year it spans.

    Parameters
    ----------
    spells
        One row a spell.
    first, last
        Names of the columns with its first and last year, both included.
    coverage
        Years outside this range are left out.

    Returns
    -------
    pandas.DataFrame
        The rows with a column ``year``; a spell outside coverage gives none.
    """
    import numpy as np

    begin = spells[first].clip(lower=coverage[0]).to_numpy()
    length = (spells[last].clip(upper=coverage[1]).to_numpy() - begin + 1).clip(min=0)
    offset = np.arange(length.sum()) - np.repeat(length.cumsum() - length, length)
    repeated: pd.DataFrame = spells.iloc[np.repeat(np.arange(len(spells)), length)].reset_index(drop=True)
    return repeated.assign(year=np.repeat(begin, length) + offset)


def both_ways(pairs: pd.DataFrame, pole_ids: Iterable[str] = poles.ALL) -> pd.DataFrame:
    """Read each pair from both sides and keep the sides that look at a pole.

    Parameters
    ----------
    pairs
        Rows with the two state ids in ``a`` and ``b``, null where there is none.
    pole_ids
        State ids of the poles.

    Returns
    -------
    pandas.DataFrame
        The rows with ``state`` and ``pole`` instead; a pair of two poles stands twice.
    """
    import pandas as pd

    known = pairs.dropna(subset=["a", "b"])
    mirrored = pd.concat(
        [
            known.rename(columns={"a": "state", "b": "pole"}),
            known.rename(columns={"b": "state", "a": "pole"}),
        ],
        ignore_index=True,
    )
    kept: pd.DataFrame = mirrored[
        mirrored["pole"].isin(list(pole_ids)) & (mirrored["state"] != mirrored["pole"])
    ]
    return kept


def alive(frame: pd.DataFrame, state: str, *, source: str, rejected: Rejections) -> pd.DataFrame:
    """Keep the rows of states in years in which they existed.

    Parameters
    ----------
    frame
        Rows with a state id and ``year``.
    state
        Name of the column with the id.
    source, rejected
        Registry id and log for the rows that are dropped.

    Returns
    -------
    pandas.DataFrame
        The rows kept, in their order.
    """
    lives = state_years(int(frame["year"].min()), int(frame["year"].max())).rename(columns={"state": state})
    matched = frame.merge(lives, on=[state, "year"], how="left", indicator="alive")
    found = matched["alive"].to_numpy() == "both"
    gone = frame[~found]
    kept: pd.DataFrame = frame[found]
    keys = [f"{who} {year}" for who, year in zip(gone[state], gone["year"], strict=True)]
    rejected.add(source, NOT_ALIVE, keys)
    return kept.reset_index(drop=True)


def readings(
    indicator: str,
    values: pd.DataFrame,
    *,
    coverage: tuple[int, int],
    zero_where_absent: bool,
    rejected: Rejections,
    pole_ids: Sequence[str] = poles.ALL,
) -> pd.DataFrame:
    """Turn values by state, pole and year into readings of one indicator.

    Parameters
    ----------
    indicator
        Its name in ``indicators.yaml``.
    values
        ``state``, ``pole``, ``year``, ``value`` and, where known, ``sd`` and ``detail``; one row a tie and
        year. A null value means *not reported*: it becomes neither a reading nor a zero.
    coverage
        First and last year of the source.
    zero_where_absent
        Whether a tie without a row counts as an explicit zero.
    rejected
        Log of values for a state that did not exist that year.
    pole_ids
        The poles this indicator speaks of.

    Returns
    -------
    pandas.DataFrame
        Columns ``READING_COLUMNS``, sorted; nothing outside coverage, outside a state's life, or of a pole to
        itself.
    """
    values = values.reindex(columns=[*TIE, "value", "sd", "detail"])
    values = values[values["year"].between(*coverage)]
    panel = pole_panel(*coverage, pole_ids)
    joined = panel.merge(values, on=TIE, how="outer", validate="one_to_one", indicator="found")
    stray = joined["found"] == "right_only"
    strays = zip(*(joined.loc[stray, column] for column in TIE), strict=True)
    rejected.add(indicator, NOT_ALIVE, [f"{state} {pole} {year}" for state, pole, year in strays])
    joined = joined[~stray].astype({"value": "float64", "sd": "float64"}).assign(indicator=indicator)
    if zero_where_absent:
        silent = (joined["found"] == "left_only") & joined["state"].isin(system_members())
        joined["value"] = joined["value"].mask(silent, 0.0)
    kept: pd.DataFrame = joined[joined["value"].notna()]
    return kept[READING_COLUMNS].sort_values(["pole", "state", "year"], ignore_index=True)
