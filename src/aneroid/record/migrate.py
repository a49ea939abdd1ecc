"""Bring a store of an earlier release up to date: packaged rows afresh, everything the user brought carried over.

The new file is made beside the old one and takes its name when complete; a run that is killed leaves the old store.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from aneroid.errors import AneroidError, EnvironmentProblem
from aneroid.record.store import DATABASE, SCHEMA_VERSION, Store, layout

Progress = Callable[[str], None]
PACKAGED = frozenset(
    {
        *("meta", "sources", "vintages", "indicators", "readings", "rollcalls", "votes", "ideal_points"),
        *("conflict_years", "troops", "deals", "facts"),
    }
)
"""Tables that the snapshot fills; all others hold what the user brought or computed."""


def is_current(store: Store) -> bool:
    """Whether a store has the layout and the packaged rows of this release.

    Parameters
    ----------
    store
        An open store.

    Returns
    -------
    bool
        False where :func:`migrate` should be run.

    Raises
    ------
    AneroidError
        A later release made the store.
    """
    import duckdb

    from aneroid.record.build import snapshot_hash

    try:
        rows = store.frame("SELECT key, value FROM meta")
        meta: dict[str, str] = dict(zip(rows.key, rows.value, strict=True))
    except duckdb.Error:
        raise AneroidError(
            f"{store.folder / DATABASE} is no store of Aneroid. Point --store at another folder."
        ) from None
    found = meta.get("schema", "0")
    if not found.isdigit() or int(found) > int(SCHEMA_VERSION):
        raise AneroidError(
            f"The store {store.folder} was made by a later release (schema {found}, this one knows {SCHEMA_VERSION}). "
            "Install that release, or point --store at a new folder."
        )
    if found != SCHEMA_VERSION or meta.get("layout") != layout():
        return False
    return "snapshot" not in meta or meta.get("snapshot_hash") == snapshot_hash()


def migrate(folder: Path, progress: Progress) -> None:
    """Rebuild the store in ``folder`` in the layout of this release.

    Parameters
    ----------
    folder
        A folder with a store of an earlier release, or one built from another snapshot.
    progress
        Called with one line a step.

    Raises
    ------
    EnvironmentProblem
        The folder may not be written to, or another process holds the store.
    """
    from aneroid.record.build import fill
    from aneroid.record.store import _connect
    from aneroid.sources import snapshot

    if not os.access(folder, os.W_OK):
        raise EnvironmentProblem(
            f"The store {folder} was made by an earlier release and may not be written to; copy it to a folder you may "
            "write to and point --store at the copy."
        )
    progress(f"Bringing the store {folder} up to date; articles and claims are kept …")
    part = f"{DATABASE}.{os.getpid()}.part"
    # Writing access to the old file for as long as this takes keeps every other process out of it.
    old = Store(folder, _connect(folder / DATABASE, read_only=False), writable=True)
    try:
        old.execute("CHECKPOINT")
        if is_current(old):  # another process was faster
            return
        fill(folder, part, snapshot.verify().version, lambda line: None)
        quoted = str(folder / part).replace("'", "''")
        old.execute(f"ATTACH '{quoted}' AS fresh")
        with old.transaction():
            _carry_over(old)
        old.execute("CHECKPOINT fresh")
        old.execute("DETACH fresh")
        (folder / part).replace(folder / DATABASE)
    finally:
        old.close()
        (folder / part).unlink(missing_ok=True)


def _carry_over(old: Store) -> None:
    """Copy what the user brought or computed into the attached new store, column by column of the same name."""
    tables = old.frame(
        "SELECT DISTINCT table_name AS name FROM duckdb_columns() WHERE database_name = 'fresh'"
    )
    views = set(old.frame("SELECT view_name AS name FROM duckdb_views() WHERE NOT internal").name)
    for table in sorted(set(tables.name) - PACKAGED - views):
        _copy(old, table)
    packaged = old.value("SELECT value FROM meta WHERE key = 'snapshot'") or ""
    loaded = "vintage NOT LIKE '%@' || ?"  # vintages of the snapshot are called source@version
    _copy(old, "sources")
    _copy(old, "indicators")
    _copy(old, "vintages", loaded, packaged)
    _copy(old, "readings", loaded, packaged)
    _keep_measured(old)


def _copy(old: Store, table: str, condition: str = "true", parameter: object | None = None) -> None:
    shared = old.frame(
        "SELECT a.column_name AS name FROM duckdb_columns() a JOIN duckdb_columns() b USING (table_name, column_name) "
        "WHERE a.database_name = 'fresh' AND b.database_name <> 'fresh' AND table_name = ? ORDER BY a.column_index",
        [table],
    )
    if shared.empty:
        return
    columns = ", ".join(f'"{name}"' for name in shared.name)
    keyed = old.value(
        "SELECT 1 FROM duckdb_constraints() WHERE database_name = 'fresh' AND table_name = ? "
        "AND constraint_type = 'PRIMARY KEY'",
        [table],
    )
    verb = "INSERT OR IGNORE" if keyed else "INSERT"
    old.execute(
        f"{verb} INTO fresh.{table} ({columns}) SELECT {columns} FROM main.{table} WHERE {condition}",
        [] if parameter is None else [parameter],
    )


def _keep_measured(old: Store) -> None:
    """Keep readings that were measured from rows of the store, with the mark that says from which."""
    old.execute(
        "INSERT OR IGNORE INTO fresh.meta SELECT key, value FROM main.meta WHERE key LIKE 'measured:%' "
        "AND substr(key, 10) IN (SELECT indicator FROM fresh.indicators)"
    )
    old.execute(
        "INSERT INTO fresh.readings SELECT r.state, r.pole, r.indicator, r.year, r.value, r.sd, r.detail, "
        "(SELECT max(v.vintage) FROM fresh.vintages v JOIN fresh.indicators i USING (source) WHERE i.indicator = r.indicator) "
        "FROM main.readings r WHERE 'measured:' || r.indicator IN (SELECT key FROM fresh.meta)"
    )
