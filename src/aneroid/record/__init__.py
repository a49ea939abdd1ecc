"""The store: raw files by hash, tidy tables, claims, events and runs in one DuckDB file. All SQL lives here."""

from __future__ import annotations

from aneroid.record.store import Store, find_store

__all__ = ["Store", "find_store"]
