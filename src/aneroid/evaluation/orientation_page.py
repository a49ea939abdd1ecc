"""The tests of orientation as one page: tables, and in words what was reached and what was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Section:
    """One test: what was asked, the tables, and what they say."""

    title: str
    asked: str
    tables: tuple[tuple[str, pd.DataFrame], ...]
    found: tuple[str, ...]
    """One sentence a target, computed from the tables."""

    def text(self, digits: int = 3) -> str:
        """Plain text for a terminal."""
        parts = [f"\n{self.title}\n{self.asked}"]
        for caption, table in self.tables:
            parts.append(f"\n{caption}\n\n{_rounded(table, digits).to_string(index=False)}")
        parts.append("\n" + "\n".join(f"  {sentence}" for sentence in self.found))
        return "\n".join(parts)

    def markdown(self, remarks: str, digits: int = 3) -> str:
        """The same for the documentation, with remarks that a person wrote."""
        parts = [f"## {self.title}", self.asked, "\n".join(f"- {sentence}" for sentence in self.found)]
        if remarks:
            parts.append(remarks)
        for caption, table in self.tables:
            parts += [f"**{caption}**", markdown_table(_rounded(table, digits))]
        return "\n\n".join(parts)


def verdict(what: str, value: float, low: float, high: float) -> str:
    """Say whether a figure lies where it should."""
    asked = f"{low:.2f}–{high:.2f}".replace("0.", ".") if high < float("inf") else f"at least {low:g}"
    return f"{'reached' if low <= value <= high else 'missed'}: {what} {value:.3f} (asked: {asked})"


def markdown_table(table: pd.DataFrame) -> str:
    """A frame as a table in Markdown."""
    head = "| " + " | ".join(str(name) for name in table.columns) + " |"
    rule = "| " + " | ".join("---" for _ in table.columns) + " |"
    rows = [
        "| " + " | ".join(str(value).replace("|", "/") for value in row) + " |"
        for row in table.itertuples(index=False)
    ]
    return "\n".join([head, rule, *rows])


def _rounded(table: pd.DataFrame, digits: int) -> pd.DataFrame:
    """Numbers as text with so many digits after the point, whole ones without."""
    shown = table.copy()
    for name in shown.columns:
        column = shown[name]
        if column.dtype.kind == "f":
            whole = bool((column.dropna() % 1 == 0).all()) and bool((column.abs().dropna() >= 10).any())
            shown[name] = [
                "" if value != value else f"{value:.0f}" if whole else f"{value:.{digits}f}"
                for value in column
            ]
    return shown
