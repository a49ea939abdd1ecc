"""Open a contribution down to the readings behind it, their keys, and the rows that may be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.orientation.votes import MEASURED
from aneroid.record.readings import deals, last_years, reading, split_votes
from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.orientation.contributions import Contributions


def open_rows(store: Store, result: Contributions, indicator: str) -> tuple[pd.DataFrame, list[str]]:
    """Open one indicator's contribution down to its readings and their keys.

    Parameters
    ----------
    store
        The store the fit came from.
    result
        From :func:`explain`.
    indicator
        Name of an indicator, for instance ``votes``.

    Returns
    -------
    tuple
        A frame with one row a reading (``pole, year, value, contribution, detail``, largest first) and lines that name
        source, last year of data, citation, and the rows behind the readings that may be shown.

    Raises
    ------
    InputError
        The indicator has no reading in this result.
    """
    mine = result.by_reading[result.by_reading.indicator == indicator]
    if mine.empty:
        have = ", ".join(sorted(set(result.by_indicator.indicator[result.by_indicator.kind == "reading"])))
        raise InputError(f'No reading of "{indicator}" moved this lean. Indicators that did: {have}.')
    keys = _details(store, result, indicator)
    table = mine.merge(keys, on=["pole", "year"], how="left").drop(
        columns=["indicator", "kind", "response", "weight"]
    )
    table = table.sort_values("contribution", key=abs, ascending=False, ignore_index=True)
    known = last_years(store).set_index("indicator")
    if indicator not in known.index:
        label, source = mine.merge(result.by_indicator, on=["indicator", "pole"])[["label", "source"]].iloc[0]
        return table, [f"{label}. Not part of the store; source: {source}."]
    meta = known.loc[indicator]
    lines = [
        f"{meta.label}. Unit: {meta.unit}. Data to {meta.last_year}. {meta.citation} Licence: {meta.licence}."
    ]
    if indicator == MEASURED:
        lines += _vote_lines(store, result)
    if indicator.startswith("arms"):
        lines += _deal_lines(store, result)
    return table, lines


def _details(store: Store, result: Contributions, indicator: str) -> pd.DataFrame:
    """The keys of the readings (how many votes, which orders), as the snapshot tells them in a few words."""
    import pandas as pd

    frames = []
    for pole in (result.pole_a, result.pole_b):
        frame = reading(store, indicator, result.state, pole, (0, 9999))[["year", "detail"]]
        frames.append(frame.assign(pole=pole))
    return pd.concat(frames, ignore_index=True)


def _vote_lines(store: Store, result: Contributions) -> list[str]:
    """Roll calls of the two end years in which state and pole parted, as far as the raw votes reach."""
    lines = []
    for year in (result.start, result.end):
        for pole in (result.pole_a, result.pole_b):
            table = split_votes(store, result.state, pole, (year, year))
            if table.empty:
                lines.append(
                    f"{year}: no contested roll call of {result.state} and {pole} in the raw votes of this store."
                )
                continue
            apart = table[~table.agrees]
            lines.append(
                f"{year}: {result.state} and {pole} parted in {len(apart)} of {len(table)} contested roll calls."
            )
            lines += [
                f"  {row.symbol}: {row.title} ({result.state} {row.state_vote}, {pole} {row.pole_vote})"
                for row in apart.head(8).itertuples()
            ]
            if len(apart) > 8:
                lines.append(f"  … and {len(apart) - 8} more.")
    return lines


def _deal_lines(store: Store, result: Contributions) -> list[str]:
    """Notable deals between the state and the two poles, up to the end year."""
    table = deals(store, recipient=result.state)
    table = table[table.supplier.isin([result.pole_a, result.pole_b]) & (table.order_year <= result.end)]
    return [
        f"{row.order_year}: {row.weapon} from {row.supplier} ({row.status}). {row.citation}"
        for row in table.itertuples()
    ]
