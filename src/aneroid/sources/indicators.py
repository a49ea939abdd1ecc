"""What each indicator measures, how far its source reaches, how to read it: ``indicators.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from pathlib import Path

import yaml

from aneroid.errors import InputError
from aneroid.states import poles

FAMILIES = ("votes", "alliances", "arms", "troops", "sanctions", "disputes", "trade", "agreements")


class Zero(StrEnum):
    """Whether a value means the same towards every pole."""

    ABSOLUTE = "absolute"
    PER_POLE = "per_pole"


class Transform(StrEnum):
    """What to apply to ``value`` before a linear model reads it."""

    IDENTITY = "identity"
    LOG1P = "log1p"
    SIGNED_LOG = "signed_log"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measured tie between a state and a pole in a year."""

    name: str
    label: str
    family: str
    source: str
    unit: str
    sign: int  # +1 a larger value is closer, −1 farther
    poles: tuple[str, ...]
    coverage: tuple[int, int]
    zero: Zero
    absence_means_none: bool
    lag_years: float
    transform: Transform
    note: str

    def covers(self, year: int) -> bool:
        """Tell whether the source speaks of this year at all."""
        return self.coverage[0] <= year <= self.coverage[1]


def load_indicators(path: Path | None = None) -> list[Indicator]:
    """Read ``indicators.yaml``.

    Parameters
    ----------
    path
        The file; the packaged one by default.

    Returns
    -------
    list of Indicator
        In the order of the file.

    Raises
    ------
    InputError
        Where an entry lacks a field or holds a value that is not allowed.
    """
    packaged = files("aneroid.snapshot").joinpath("indicators.yaml")
    text = (path or packaged).read_text(encoding="utf-8")
    return [_indicator(entry) for entry in yaml.safe_load(text)]


def _indicator(entry: dict[str, object]) -> Indicator:
    name = str(entry.get("name", "without name"))
    try:
        first, last = (int(year) for year in _listed(entry["coverage"]))
        indicator = Indicator(
            name=name,
            label=str(entry["label"]),
            family=str(entry["family"]),
            source=str(entry["source"]),
            unit=str(entry["unit"]),
            sign=int(str(entry["sign"])),
            poles=poles.ALL if entry["poles"] == "all" else tuple(_listed(entry["poles"])),
            coverage=(first, last),
            zero=Zero(str(entry["zero"])),
            absence_means_none=bool(entry["absence_means_none"]),
            lag_years=float(str(entry["lag_years"])),
            transform=Transform(str(entry["transform"])),
            note=" ".join(str(entry["note"]).split()),
        )
    except (KeyError, ValueError) as problem:
        raise InputError(
            f"Indicator {name} in indicators.yaml: {problem}; compare it with its neighbours."
        ) from problem
    if indicator.family not in FAMILIES or indicator.sign not in (-1, 1):
        raise InputError(f"Indicator {name}: family must be one of {', '.join(FAMILIES)} and sign +1 or -1.")
    return indicator


def _listed(value: object) -> list[str]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not a list")
    return [str(item) for item in value]
