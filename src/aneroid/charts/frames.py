"""Read what charts need from the frames of the orientation model; nothing is estimated here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aneroid.charts.model import Json

if TYPE_CHECKING:
    import pandas as pd

NO_READING = "no data this year"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One lean with its intervals: a row of the lean frame."""

    year: int
    lean: float
    lo50: float
    hi50: float
    lo90: float
    hi90: float
    n_indicators: int
    flags: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Whether the likely range lies on one side of zero."""
        return self.lo90 > 0 or self.hi90 < 0

    @property
    def has_reading(self) -> bool:
        """Whether any indicator was read in that very year."""
        return NO_READING not in self.flags

    def record(self) -> Json:
        """The row as plain values, for the data beside a chart."""
        return {
            "year": self.year,
            "lean": self.lean,
            "lo50": self.lo50,
            "hi50": self.hi50,
            "lo90": self.lo90,
            "hi90": self.hi90,
            "n_indicators": self.n_indicators,
            "flags": "; ".join(self.flags),
        }


def flags_of(value: object) -> tuple[str, ...]:
    """Split the flags of a row; a missing value is no flag."""
    if not isinstance(value, str):
        return ()
    return tuple(flag.strip() for flag in value.split(";") if flag.strip())


def estimates(lean: pd.DataFrame) -> tuple[Estimate, ...]:
    """Read the rows of a lean frame of one state and pair of poles, by year; no estimate, no row."""
    return tuple(sorted(_rows(lean), key=lambda row: row.year))


def _rows(lean: pd.DataFrame) -> Iterator[Estimate]:
    import pandas as pd

    for row in lean.to_dict("records"):
        if pd.isna(row["lean"]) or pd.isna(row["lo90"]) or pd.isna(row["hi90"]):
            continue
        yield Estimate(
            year=int(str(row["date"])[:4]),
            lean=float(row["lean"]),
            lo50=float(row["lo50"]),
            hi50=float(row["hi50"]),
            lo90=float(row["lo90"]),
            hi90=float(row["hi90"]),
            n_indicators=0 if pd.isna(row["n_indicators"]) else int(row["n_indicators"]),
            flags=flags_of(row["flags"]),
        )


def at(rows: tuple[Estimate, ...], year: int) -> Estimate | None:
    """The estimate of a year, or None where there is none."""
    return next((row for row in rows if row.year == year), None)
