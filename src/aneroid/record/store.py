"""Open, build and find the store.

A store is a folder: ``store.duckdb``, ``raw/`` (files by SHA-256) and ``fits/`` (estimates by run id). It is built under
another name and renamed when complete, and every later write is one transaction: a killed run leaves a usable store.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from aneroid.errors import EnvironmentProblem

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

SCHEMA_VERSION = "2"
DATABASE = "store.duckdb"
_OURS = re.compile(
    r"store\.duckdb(\.\d+\.part)?(\.wal)?|raw/[0-9a-f]{2}/[0-9a-f]{64}(\.part)?|fits/[0-9a-f]{16}\.(npz|json)|"
    r"digests/[A-Z]{3,4}-\d{4}-\d{4}\.html"
)
"""Names, inside its folder, of the files that a store and the demo make."""
WAIT_SECONDS = 20.0  # for another process to finish writing
Progress = Callable[[str], None]


def find_store(given: Path | None = None) -> Path:
    """Say where the store is: ``given``, else ``ANEROID_STORE`` or ``aneroid.toml``, else ``./.aneroid``."""
    from aneroid.settings import load_settings

    return given if given is not None else load_settings().store


class Store:
    """An open store. Use :meth:`open`, which builds it from the packaged snapshot when there is none."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection, *, writable: bool) -> None:
        self.folder = folder
        self.writable = writable
        self._connection = connection

    @classmethod
    def open(cls, folder: Path, *, write: bool = False, progress: Progress | None = None) -> Store:
        """Open the store in ``folder``, building it from the snapshot first if there is none.

        Parameters
        ----------
        folder
            Folder of the store.
        write
            Open for writing. One process may write, many may read, not both at once.
        progress
            Called with one line for each step of a build.

        Raises
        ------
        EnvironmentProblem
            The folder cannot be written or read, or another process holds the store.
        AneroidError
            A later release made the store. One of an earlier release is brought up to date, and its articles are kept.
        """
        database = folder / DATABASE
        if not database.exists():
            from aneroid.record.build import build_store

            build_store(folder, progress or (lambda line: None))
        from aneroid.record.migrate import is_current, migrate

        store = cls(folder, _connect(database, read_only=not write), writable=write)
        try:
            current = is_current(store)
        except BaseException:
            store.close()
            raise
        if current:
            return store
        store.close()
        migrate(folder, progress or (lambda line: None))
        return cls(folder, _connect(database, read_only=not write), writable=write)

    def frame(self, sql: str, parameters: list[object] | None = None) -> pd.DataFrame:
        """Run a query and return its rows; for the modules of ``record`` only."""
        return self._connection.execute(sql, parameters or []).df()

    def value(self, sql: str, parameters: list[object] | None = None) -> Any:
        """Run a query and return the first cell, or None."""
        # DuckDB keeps a connection busy until a result is fetched to its end.
        rows = self._connection.execute(sql, parameters or []).fetchall()
        return rows[0][0] if rows else None

    def insert(self, table: str, frame: pd.DataFrame, *, existing: str = "fail") -> None:
        """Append a frame to a table by column name.

        Parameters
        ----------
        table
            A table of ``schema.sql``.
        frame
            Rows; columns by name.
        existing
            What happens to a row whose key is there already: ``fail``, ``keep`` the old one, or ``replace`` it.
        """
        import duckdb

        if frame.empty:
            return
        verb = {"fail": "INSERT", "keep": "INSERT OR IGNORE", "replace": "INSERT OR REPLACE"}[existing]
        columns = ", ".join(f'"{name}"' for name in frame.columns)
        self._connection.register("rows_to_insert", frame)
        try:
            self._connection.execute(f"{verb} INTO {table} ({columns}) SELECT {columns} FROM rows_to_insert")
        except BaseException:
            # Inside a transaction that has just failed, nothing more may run: the rows are forgotten with the connection,
            # and the caller sees why the insertion failed.
            with suppress(duckdb.Error):
                self._connection.unregister("rows_to_insert")
            raise
        self._connection.unregister("rows_to_insert")

    def execute(self, sql: str, parameters: list[object] | None = None) -> None:
        """Run a statement; for the modules of ``record`` only."""
        self._connection.execute(sql, parameters or []).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's writes, or none of them."""
        self._connection.begin()
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        self._connection.commit()

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def create(folder: Path, name: str) -> Store:
    """Create an empty store file called ``name`` in ``folder`` with the schema laid."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            f"Cannot make a store in {folder}: {error.strerror}. Choose a folder you may write to with --store."
        ) from None
    store = Store(folder, _connect(folder / name, read_only=False), writable=True)
    store.execute(schema())
    store.execute("INSERT INTO meta VALUES ('schema', ?), ('layout', ?)", [SCHEMA_VERSION, layout()])
    return store


def schema() -> str:
    """The statements that lay out a store."""
    return (files("aneroid.record") / "schema.sql").read_text(encoding="utf-8")


def layout() -> str:
    """A hash of the layout without its comments: a store laid out otherwise is brought up to date when opened."""
    statements = " ".join(re.sub(r"--.*", "", schema()).split())
    return hashlib.sha256(statements.encode()).hexdigest()[:16]


def remove(folder: Path) -> None:
    """Delete what a store consists of, and folders that are empty then; files of other names stay.

    Nothing happens where there is no store.
    """
    if not any(folder.glob(DATABASE + "*")):
        return
    for path in [
        *folder.glob(DATABASE + "*"),
        *folder.glob("raw/*/*"),
        *folder.glob("fits/*"),
        *folder.glob("digests/*"),
    ]:
        if _OURS.fullmatch(path.relative_to(folder).as_posix()):
            path.unlink()
    for path in sorted(
        [*folder.glob("raw/*"), *(folder / name for name in ("raw", "fits", "digests")), folder], reverse=True
    ):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _connect(database: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    import duckdb

    patience = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return duckdb.connect(str(database), read_only=read_only)
        except duckdb.Error as error:
            text = str(error)
        if "lock" not in text.lower() or time.monotonic() > patience:
            break
        time.sleep(0.25)
    if "lock" in text.lower():
        reason = "another process is writing to it; try again when that has finished"
    elif "permission" in text.lower() or "read-only" in text.lower():
        reason = "the folder may not be written to; choose another with --store"
    else:
        reason = f"it is not a readable DuckDB file ({text.splitlines()[0]}); point --store at another folder"
    raise EnvironmentProblem(f"Cannot open the store {database}: {reason}.")
