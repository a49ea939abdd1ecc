"""Readings that we measure from the store's own rows: kept like any other, marked with what they were measured from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.record.store import Store

if TYPE_CHECKING:
    import pandas as pd

# Session 19 has one roll call and Zanzibar two votes: neither can be placed.
_WITHOUT_SESSION, _WITHOUT_STATE = 19, "EAZ"


def roll_calls(store: Store) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the votes and roll calls of the store that positions can be measured from."""
    calls = store.frame("SELECT * FROM rollcalls WHERE session <> ? ORDER BY rcid", [_WITHOUT_SESSION])
    votes = store.frame(
        "SELECT v.* FROM votes v JOIN rollcalls r USING (rcid) WHERE r.session <> ? AND v.state <> ? ORDER BY v.rcid, v.state",
        [_WITHOUT_SESSION, _WITHOUT_STATE],
    )
    return votes, calls


def roll_call_fingerprint(store: Store) -> str:
    """A hash of all votes, whatever their order."""
    return str(
        store.value(
            "SELECT count(*) || ':' || coalesce(sum(hash(rcid, state, vote)::HUGEINT), 0)::TEXT FROM votes"
        )
    )


def measured_from(store: Store, indicator: str) -> str | None:
    """Say from what the readings of an indicator were measured, or None if they were not."""
    found = store.value("SELECT value FROM meta WHERE key = ?", [f"measured:{indicator}"])
    return None if found is None else str(found)


def replace_measured(store: Store, indicator: str, table: pd.DataFrame, *, source: str, mark: str) -> None:
    """Replace the readings of a measured indicator, in one transaction.

    Parameters
    ----------
    store
        Open for writing.
    indicator
        Its name.
    table
        ``state, pole, indicator, year, value, sd, detail``.
    source
        Where the rows it was measured from came from; their vintage is the readings' vintage.
    mark
        What it was measured from, for :func:`measured_from`.
    """
    vintage = store.value("SELECT max(vintage) FROM vintages WHERE source = ?", [source])
    with store.transaction():
        store.execute("DELETE FROM readings WHERE indicator = ?", [indicator])
        store.insert("readings", table.assign(vintage=vintage))
        store.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [f"measured:{indicator}", mark])
