"""How every command prints: data alone on stdout, everything else on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd


class Format(StrEnum):
    """Forms of output."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


FormatOption = Annotated[
    Format, typer.Option("--format", help="table for reading, json or csv for programs.")
]
QuietOption = Annotated[
    bool, typer.Option("--quiet", "-q", help="Print the data alone, no notes and no progress.")
]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the store; default ANEROID_STORE, then ./.aneroid.")
]


def emit(
    frame: pd.DataFrame,
    form: Format,
    *,
    headings: dict[str, str] | None = None,
    decimals: int = 2,
    title: str = "",
) -> None:
    """Print a frame on stdout.

    Parameters
    ----------
    frame
        What to print.
    form
        ``csv`` and ``json`` give all columns with six decimals; ``table`` gives the columns named in ``headings``.
    headings
        Column name → heading of the table; all columns by default.
    decimals
        Decimals of numbers in the table.
    title
        A line above the table.
    """
    if form is Format.CSV:
        sys.stdout.write(frame.to_csv(index=False, float_format="%.6f", lineterminator="\n"))
    elif form is Format.JSON:
        rows = json.loads(
            frame.to_json(orient="records", double_precision=6, date_format="iso", force_ascii=False)
        )
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        _print_table(frame, headings or {str(name): str(name) for name in frame.columns}, decimals, title)


def notes(lines: Iterable[str], *, quiet: bool = False) -> None:
    """Print lines of explanation on stderr."""
    if not quiet:
        for line in lines:
            print(line, file=sys.stderr)


def cell(value: object, decimals: int = 2) -> str:
    """Write one value for a table: a real minus sign, blank for missing."""
    import pandas as pd

    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.{decimals}f}".replace("-", "−")
    return str(value)


def _print_table(frame: pd.DataFrame, headings: dict[str, str], decimals: int, title: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, title=escape(title) or None, title_justify="left", pad_edge=False)
    for name, heading in headings.items():
        number = frame[name].dtype.kind in "fiu"
        table.add_column(heading, justify="right" if number else "left", overflow="fold")
    for row in frame[list(headings)].itertuples(index=False):
        table.add_row(*[escape(cell(value, decimals)) for value in row])
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)
    console.print(table)


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
