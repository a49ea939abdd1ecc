"""How fresh the store is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd


def status(store: Store) -> pd.DataFrame:
    """Return for each indicator and vintage the years and rows held.

    Returns
    -------
    pandas.DataFrame
        ``indicator, label, source, first_year, last_year, rows, states, version, retrieved``; years are those of the rows in
        the store, not of the source.
    """
    return store.frame(
        "SELECT r.indicator, i.label, v.source, min(r.year) AS first_year, max(r.year) AS last_year, count(*) AS rows, "
        "count(DISTINCT r.state) AS states, v.version, CAST(v.retrieved AS DATE)::TEXT AS retrieved "
        "FROM readings r JOIN indicators i USING (indicator) JOIN vintages v USING (vintage) "
        "GROUP BY ALL ORDER BY r.indicator"
    )
