"""Reading a source file with suspicion: columns by name, and a count of every row that was turned away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.errors import InputError
from aneroid.tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd


def read_checked(path: Path, columns: Sequence[str], *, source: str) -> pd.DataFrame:
    """Read the named columns of a Parquet file, and refuse a file whose header lacks one of them.

    Parameters
    ----------
    path
        The file, in the layout its loader describes.
    columns
        Names which must be there; other columns are left unread.
    source
        Registry id, used in the message.

    Returns
    -------
    pandas.DataFrame
        The columns asked for, in file order.

    Raises
    ------
    InputError
        Where the file is missing or its header has changed.
    """
    import duckdb

    if not path.is_file():
        raise InputError(f"No file {path.name} for source {source}: looked in {path.parent}; check --data.")
    with duckdb.connect() as connection:
        # DESCRIBE gives one row a column; the name stands first.
        described = connection.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    found = [str(row[0]) for row in described]
    missing = [name for name in columns if name not in found]
    if missing:
        raise InputError(
            f"{path.name} ({source}) lacks the column(s) {', '.join(missing)}; it has {', '.join(found)}. "
            "The layout has changed or this is another file: compare it with the loader's description."
        )
    return read_parquet(path, list(columns))


@dataclass
class Rejections:
    """Rows which a loader could not use, with the reason; nothing is dropped silently."""

    rows: list[tuple[str, str, str]] = field(default_factory=list)

    def add(self, source: str, reason: str, keys: Iterable[object]) -> None:
        """Note one rejected row for each key.

        Parameters
        ----------
        source
            Registry id.
        reason
            Few words, the same for all rows that share it.
        keys
            What names each row: a code with a year, a case number.
        """
        self.rows.extend((source, reason, str(key)) for key in keys)

    def frame(self) -> pd.DataFrame:
        """Return one line a rejected row: ``source``, ``reason``, ``key``."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=["source", "reason", "key"])

    def counts(self) -> dict[tuple[str, str], int]:
        """Return how many rows were rejected by source and reason."""
        counted: dict[tuple[str, str], int] = {}
        for source, reason, _ in self.rows:
            counted[source, reason] = counted.get((source, reason), 0) + 1
        return counted
