"""The rows that claims and questions are held against, as plain frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd


def coverage(store: Store, indicator: str) -> tuple[int, int, float] | None:
    """Return the first and last year of an indicator and its years of lag; None where the store has no such indicator."""
    rows = store.frame(
        "SELECT first_year, last_year, lag_years FROM indicators WHERE indicator = ?", [indicator]
    )
    if rows.empty:
        return None
    return int(rows.first_year[0]), int(rows.last_year[0]), float(rows.lag_years[0])


def troops_of(store: Store, host: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return United States troops in a host: ``year, troops``; a year that was not reported has a null."""
    return store.frame(
        "SELECT year, troops FROM troops WHERE host = ? AND year BETWEEN ? AND ? ORDER BY year",
        [host, *years],
    )


def conflicts_of(store: Store, state: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return a state's armed conflicts: ``state, year, conflict_id, type, intensity, opponent``."""
    return store.frame(
        "SELECT * FROM conflict_years WHERE state = ? AND year BETWEEN ? AND ? ORDER BY year, conflict_id",
        [state, *years],
    )


def last_conflict_year(store: Store) -> int | None:
    """Return the last year of the conflict data, or None where there are none."""
    found = store.value("SELECT max(year) FROM conflict_years")
    return None if found is None else int(found)


def votes_of(store: Store, state: str, first_day: str, last_day: str) -> pd.DataFrame:
    """Return how a state voted in roll calls of these days: ``rcid, date, symbol, title, vote`` with the vote as a word.

    A state that was absent has a null vote: absence is on record too.
    """
    return store.frame(
        "SELECT r.rcid, CAST(r.date AS TEXT) AS date, r.symbol, r.title, "
        "list_extract(['yes', 'abstain', 'no'], v.vote) AS vote FROM rollcalls r "
        "LEFT JOIN votes v ON v.rcid = r.rcid AND v.state = ? WHERE r.date BETWEEN CAST(? AS DATE) AND CAST(? AS DATE) "
        "ORDER BY r.date, r.rcid",
        [state, first_day, last_day],
    )


def last_vote_day(store: Store) -> str | None:
    """Return the day of the last roll call, or None where there are none."""
    found = store.value("SELECT CAST(max(date) AS TEXT) FROM rollcalls")
    return None if found is None else str(found)


def readings_like(store: Store, indicator: str, *, pole: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return the readings of one indicator towards a pole, of all states: ``state, year, value``."""
    return store.frame(
        "SELECT state, year, value FROM readings WHERE indicator = ? AND pole = ? AND year BETWEEN ? AND ? "
        "ORDER BY state, year",
        [indicator, pole, *years],
    )


def all_conflicts(store: Store, years: tuple[int, int]) -> pd.DataFrame:
    """Return the armed conflicts of all states: ``state, year, conflict_id, type, intensity, opponent``."""
    return store.frame(
        "SELECT * FROM conflict_years WHERE year BETWEEN ? AND ? ORDER BY state, conflict_id, year",
        [*years],
    )


def all_troops(store: Store, years: tuple[int, int]) -> pd.DataFrame:
    """Return United States troops in all hosts: ``host, year, troops``."""
    return store.frame(
        "SELECT host, year, troops FROM troops WHERE year BETWEEN ? AND ? ORDER BY host, year", [*years]
    )
