"""A private copy of the store, so that readers never wait for a writer and a writer never for readers.

DuckDB lets one process write or many read. The pages read a copy that is renewed whenever the store has changed and nobody
is writing to it; what was being read goes on in the copy before.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aneroid.errors import AneroidError
from aneroid.record.store import DATABASE, Store

_LOOK_EVERY = 2.0  # seconds between two looks at the file


class Library:
    """The copy that pages read from.

    Parameters
    ----------
    folder
        Folder of the store.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.version = ""
        """Changes whenever the copy does; empty while there is none."""
        self._scratch = Path(tempfile.mkdtemp(prefix="aneroid-pages-"))
        self._here = threading.local()
        self.alone = threading.Lock()
        """Held while this process has the store itself open: DuckDB opens a file one way at a time in one process."""
        self._looked = 0.0
        self._seen: tuple[int, int] | None = None
        self._count = 0

    def is_stale(self) -> bool:
        """Whether the store's file has changed since it was copied; looks at most every two seconds."""
        now = time.monotonic()
        if now - self._looked < _LOOK_EVERY:
            return False
        self._looked = now
        return self._stamp() != self._seen

    def renew(self) -> None:
        """Copy the store if it has changed; the store is built from the snapshot if there is none.

        Raises
        ------
        AneroidError
            The store cannot be built or read, or another process has been writing to it for twenty seconds.
        """
        with self.alone:
            with Store.open(self.folder):  # while it is open for reading nobody can write
                stamp = self._stamp()
                if stamp == self._seen:
                    return
                place = self._scratch / str(self._count + 1)
                place.mkdir(exist_ok=True)
                for path in self.folder.glob(DATABASE + "*"):
                    if path.suffix in {".duckdb", ".wal"}:
                        shutil.copyfile(path, place / path.name)
            self._count += 1
            self._seen = stamp
            self.version = f"{self._count}-{stamp[0] if stamp else 0:x}"
            # Readers of the copy before last have long finished; open files outlive their names anyway.
            shutil.rmtree(self._scratch / str(self._count - 2), ignore_errors=True)

    @contextmanager
    def open(self) -> Iterator[Store]:
        """Give this thread's connection to the present copy."""
        if not self._count:
            raise AneroidError("The store is still being prepared. Try again in a few seconds.")
        held: tuple[int, Store] | None = getattr(self._here, "store", None)
        if held is None or held[0] != self._count:
            if held is not None:
                held[1].close()
            held = (self._count, Store.open(self._scratch / str(self._count)))
            self._here.store = held
        yield held[1]

    def close(self) -> None:
        """Delete the copies."""
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = (self.folder / DATABASE).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size
