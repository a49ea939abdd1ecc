"""Readings, indicators and the rows behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd


def readings(store: Store, *, known_in: int | None = None) -> pd.DataFrame:
    """Return all readings: ``state, pole, indicator, year, value, sd, detail``, ordered.

    Parameters
    ----------
    store
        The store.
    known_in
        Only what had been published by the end of this year; everything by default.
    """
    return store.frame(
        "SELECT state, pole, indicator, year, value, sd, detail FROM readings_known "
        "WHERE ? IS NULL OR published_year <= ? ORDER BY indicator, pole, state, year",
        [known_in, known_in],
    )


def fingerprint(store: Store) -> str:
    """A hash of all readings, whatever their order: two stores with the same readings have the same one."""
    return str(
        store.value(
            "SELECT count(*) || ':' || bit_xor(hash(state, pole, indicator, year, value, sd))::TEXT || ':' || "
            "sum(hash(state, pole, indicator, year, value, sd)::HUGEINT)::TEXT FROM readings"
        )
    )


def last_years(store: Store) -> pd.DataFrame:
    """Return for each indicator ``indicator, label, source, unit, first_year, last_year, citation, licence``."""
    return store.frame(
        "SELECT i.indicator, i.label, i.source, i.unit, i.first_year, i.last_year, s.citation, s.licence, i.note "
        "FROM indicators i JOIN sources s USING (source) ORDER BY i.indicator"
    )


def split_votes(store: Store, state: str, pole: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return the roll calls behind a votes reading, contested ones only.

    Parameters
    ----------
    store
        The store.
    state, pole
        Whose votes are compared.
    years
        First and last calendar year, both included.

    Returns
    -------
    pandas.DataFrame
        ``rcid, date, symbol, title, state_vote, pole_vote, agrees``, votes as words. Roll calls in which either was absent
        or in which more than nine in ten of the votes were alike are left out: they tell no side from another.
    """
    return store.frame(
        "SELECT r.rcid, r.date, r.symbol, r.title, "
        "list_extract(['yes', 'abstain', 'no'], a.vote) AS state_vote, "
        "list_extract(['yes', 'abstain', 'no'], b.vote) AS pole_vote, a.vote = b.vote AS agrees "
        "FROM rollcalls r JOIN votes a ON a.rcid = r.rcid AND a.state = ? JOIN votes b ON b.rcid = r.rcid AND b.state = ? "
        'WHERE r.year BETWEEN ? AND ? AND greatest(r.yes, r."no", r.abstain) <= 0.9 * (r.yes + r."no" + r.abstain) '
        "ORDER BY r.date, r.rcid",
        [state, pole, *years],
    )


def deals(store: Store, *, recipient: str | None = None, supplier: str | None = None) -> pd.DataFrame:
    """Return the notable arms deals of the snapshot, by recipient or supplier if given, in order of year."""
    return store.frame(
        "SELECT * FROM deals WHERE (? IS NULL OR recipient = ?) AND (? IS NULL OR supplier = ?) "
        "ORDER BY order_year, recipient, supplier, weapon",
        [recipient, recipient, supplier, supplier],
    )


def facts(store: Store, *, state: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return dated facts that concern a state within the years given, in order of date."""
    return store.frame(
        "SELECT * FROM facts WHERE list_contains(string_split(states, ','), ?) "
        "AND CAST(left(date, 4) AS INTEGER) BETWEEN ? AND ? ORDER BY date, fact",
        [state, *years],
    )


def reading(store: Store, indicator: str, state: str, pole: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return the readings of one indicator for one dyad within the years given: ``year, value, sd, detail``."""
    return store.frame(
        "SELECT year, value, sd, detail FROM readings WHERE indicator = ? AND state = ? AND pole = ? "
        "AND year BETWEEN ? AND ? ORDER BY year",
        [indicator, state, pole, *years],
    )
