"""Turns as each edition of readings and detector showed them, and the states somebody watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd


def latest_edition(store: Store) -> tuple[int, str]:
    """Return number and mark of the latest edition: what its readings and detector were; 0 and nothing where none is kept."""
    found = store.frame("SELECT edition, mark FROM realignments ORDER BY edition DESC LIMIT 1")
    return (int(found.edition[0]), str(found.mark[0])) if len(found) else (0, "")


def standing_turns(store: Store) -> pd.DataFrame:
    """Return the last that was recorded of every turn, withdrawn ones too, with all columns; by state and year."""
    return store.frame(
        "SELECT * FROM realignments QUALIFY row_number() OVER (PARTITION BY turn ORDER BY edition DESC) = 1 "
        "ORDER BY state, year"
    )


def turn_history(store: Store, states: list[str] | None = None) -> pd.DataFrame:
    """Return every record of turns of some states, or of all: by edition, strongest first."""
    return store.frame(
        "SELECT * FROM realignments WHERE ? IS NULL OR list_contains(?, state) "
        "ORDER BY edition, probability DESC, state, year",
        [states, states or []],
    )


def save_edition(store: Store, rows: pd.DataFrame, *, edition: int, mark: str, recorded: datetime) -> None:
    """Keep what an edition shows of every turn, in one transaction.

    Parameters
    ----------
    store
        Open for writing.
    rows
        ``turn, status`` (new, holding, withdrawn) and the columns of a turn.
    edition, mark
        Number of the edition; what its readings and detector were.
    recorded
        When.
    """
    with store.transaction():
        store.insert("realignments", rows.assign(edition=edition, mark=mark, recorded=recorded))


def save_watch(store: Store, state: str, poles: list[str], since: datetime) -> None:
    """Watch a state; a second watch of it replaces the first but keeps what was already told."""
    store.execute(
        "INSERT INTO watches VALUES (?, ?, ?, 0) ON CONFLICT (state) DO UPDATE SET poles = excluded.poles",
        [state, ",".join(poles), since],
    )


def remove_watch(store: Store, state: str) -> None:
    """Watch a state no longer."""
    store.execute("DELETE FROM watches WHERE state = ?", [state])


def watches(store: Store) -> pd.DataFrame:
    """Return ``state, poles`` (a comma list, empty for all), ``since, told`` (the last edition told of); by state."""
    return store.frame("SELECT state, poles, since, told FROM watches ORDER BY state")


def mark_told(store: Store, edition: int) -> None:
    """Note that all watches have been told of everything up to an edition."""
    store.execute("UPDATE watches SET told = ?", [edition])


def years_read(store: Store) -> tuple[int, int]:
    """First and last year of the readings."""
    found = store.frame("SELECT min(year) AS first, max(year) AS last FROM readings")
    return int(found["first"][0]), int(found["last"][0])
