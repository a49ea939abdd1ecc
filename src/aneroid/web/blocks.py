"""Blocks that only pages have, beside those of a digest: tables with links, and small forms."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aneroid.charts.words import fixed, range_text
from aneroid.digest.blocks import Block, Table

if TYPE_CHECKING:
    import pandas as pd

    from aneroid.charts.frames import Estimate

NOTHING = "–"
ESTIMATE_HEADER = ("Lean", "Likely range (9 in 10)", "Indicators", "Remarks")


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells may be links; ``numeric`` are columns set flush right."""

    caption: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[str | Link]]
    numeric: frozenset[int] = frozenset()
    strong: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """A row of links under a label; the one that is shown now has no address."""

    label: str
    items: tuple[Link, ...]


Item = Block | Grid | Links
"""Whatever may stand in a section of a page."""


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a page; without a title it has no heading."""

    key: str
    title: str
    blocks: tuple[Item, ...]


def estimate_cells(row: Estimate | None) -> tuple[str, ...]:
    """An estimate as the cells of a table: lean, range, indicators, remarks."""
    if row is None:
        return ("no estimate", NOTHING, NOTHING, "")
    return (
        fixed(row.lean, 2, signed=True),
        range_text(row.lo90, row.hi90),
        str(row.n_indicators),
        "; ".join(flag for flag in row.flags if " end " not in flag),
    )


def estimates_table(caption: str, first: str, rows: Iterable[tuple[str, Estimate | None]]) -> Table:
    """A table of estimates, one row a label."""
    body = tuple((label, *estimate_cells(row)) for label, row in rows)
    return Table(caption, (first, *ESTIMATE_HEADER), body, frozenset({1, 2, 3}))


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, missing values as None."""
    return [_row(row) for row in frame.to_dict("records")]


def _row(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    return {str(name): None if value is None or value != value else value for name, value in row.items()}


def cell(value: object, decimals: int = 2) -> str:
    """One value for a table: a dash for what is missing."""
    if value is None or value != value or str(value) in {"<NA>", "NaT", ""}:
        return NOTHING
    if isinstance(value, float):
        return fixed(value, 0 if value == int(value) and abs(value) >= 10 else decimals)
    return str(value)
