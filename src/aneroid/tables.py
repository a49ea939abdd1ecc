"""Parquet in and out of data frames, through DuckDB, which every installation has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def read_parquet(path: Path, columns: list[str] | None = None) -> pd.DataFrame:
    """Read a Parquet file into a data frame, its rows in file order.

    Parameters
    ----------
    path
        The file.
    columns
        Names of the columns to read; all by default.

    Returns
    -------
    pandas.DataFrame
        Integer columns that hold nulls come as pandas' nullable ``Int`` types: missing stays missing.
    """
    import duckdb

    chosen = ", ".join(f'"{name}"' for name in columns) if columns else "*"
    with duckdb.connect() as connection:
        connection.execute("SET preserve_insertion_order = true")
        frame: pd.DataFrame = connection.sql(f"SELECT {chosen} FROM read_parquet({_quoted(path)})").df()
    return frame


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a data frame as zstd Parquet; the same frame gives the same bytes on the same DuckDB release.

    Parameters
    ----------
    frame
        What to write; the index is not kept.
    path
        Written as ``<path>.part`` first and renamed, so that a killed run leaves no half file.
    """
    import duckdb

    part = path.with_name(path.name + ".part")
    with duckdb.connect() as connection:
        # One thread: row groups must come out in the same order every time.
        connection.execute("SET threads = 1")
        connection.register("frame_to_write", frame)
        connection.execute(
            f"COPY (SELECT * FROM frame_to_write) TO {_quoted(part)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 19)"
        )
    part.replace(path)
