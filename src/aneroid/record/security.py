"""Armed conflict, forces and ties that say who protects whom, as the store holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd


def conflicts(store: Store) -> pd.DataFrame:
    """Return conflict-years of parties that fight for themselves.

    Parameters
    ----------
    store
        The store.

    Returns
    -------
    pandas.DataFrame
        ``state, year, conflict_id, type, intensity, opponent``. Colonial wars (type 1) are left out: they are
        fought in what was not yet a state.
    """
    return store.frame(
        "SELECT state, year, conflict_id, type, intensity, opponent FROM conflict_years "
        "WHERE opponent NOT LIKE '%(supporting %' AND type <> 1 ORDER BY state, year, conflict_id"
    )


def supporters(store: Store) -> pd.DataFrame:
    """Return which states sent troops in support of which party: one row a supporter, party and conflict-year.

    Parameters
    ----------
    store
        The store.

    Returns
    -------
    pandas.DataFrame
        ``supporter, state, year, conflict_id, type, against`` (the party's opponent). A supporter's entry
        begins with the opponents of the side it is on, so it is matched to the party that fights the same
        ones; supporters of rebels match no state and drop out.
    """
    return store.frame(
        "SELECT DISTINCT s.state AS supporter, p.state, p.year, p.conflict_id, p.type, p.opponent AS against "
        "FROM conflict_years s JOIN conflict_years p USING (conflict_id, year) "
        "WHERE s.opponent LIKE '%(supporting %' AND p.opponent NOT LIKE '%(supporting %' "
        "AND starts_with(s.opponent, p.opponent || ' (supporting ') AND s.state <> p.state "
        "ORDER BY p.state, p.year, p.conflict_id, s.state"
    )


def troops(store: Store) -> pd.DataFrame:
    """Return United States forces: ``host, year, troops``; null where nothing was reported, which is not zero."""
    return store.frame("SELECT host, year, troops FROM troops ORDER BY host, year")


def ties(store: Store, indicators: list[str], *, state: str | None = None) -> pd.DataFrame:
    """Return readings of some indicators: ``state, pole, indicator, year, value``, of one state if given."""
    return store.frame(
        "SELECT state, pole, indicator, year, value FROM readings "
        "WHERE list_contains(?, indicator) AND (? IS NULL OR state = ?) ORDER BY indicator, pole, state, year",
        [indicators, state, state],
    )


def coverage(store: Store) -> pd.DataFrame:
    """Return ``indicator, label, source, first_year, last_year`` of every indicator, by name."""
    return store.frame(
        "SELECT indicator, label, source, first_year, last_year FROM indicators ORDER BY indicator"
    )
