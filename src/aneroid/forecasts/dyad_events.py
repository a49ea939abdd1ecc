"""Events between two governments, by day and class: the material of dyad forecasts.

A row of machine-coded events is a claim by whoever coded it, never a fact; forecasts made from it are forecasts of what
the same source will report.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import yaml

from aneroid.errors import InputError
from aneroid.states import resolve
from aneroid.tables import read_parquet

if TYPE_CHECKING:
    import pandas as pd

_CLASSES = Path(__file__).with_name("data") / "event_classes.yaml"
_BRACKETED = re.compile(r"\(([^()]*)\)$")
_COLUMNS = ("date", "source", "target", "event")


@dataclass(frozen=True)
class EventClass:
    """One class of events: its name, how people call it, whether it is hostile, and what falls under it."""

    name: str
    label: str
    hostile: bool
    codes: tuple[str, ...]
    names: frozenset[str]


@dataclass(frozen=True)
class DyadEvents:
    """Events in the order of their days.

    ``source`` and ``target`` index ``states``; ``kind`` indexes :func:`event_classes`, one past the end for any other
    event; ``day`` counts from ``first_day`` (ISO text; empty when the source numbers its days only). ``rejected``
    counts rows left out, by reason.
    """

    states: tuple[str, ...]
    source: np.ndarray
    target: np.ndarray
    kind: np.ndarray
    day: np.ndarray
    first_day: str
    rejected: dict[str, int]

    def before(self, day: int) -> DyadEvents:
        """Return the events of earlier days alone."""
        keep = self.day < day
        return DyadEvents(
            self.states,
            self.source[keep],
            self.target[keep],
            self.kind[keep],
            self.day[keep],
            self.first_day,
            self.rejected,
        )


@cache
def event_classes() -> tuple[EventClass, ...]:
    """Return the classes that are forecast, in the order of their numbers."""
    return tuple(
        EventClass(
            row["name"], row["label"], row["hostile"], tuple(map(str, row["codes"])), frozenset(row["names"])
        )
        for row in yaml.safe_load(_CLASSES.read_text(encoding="utf-8"))
    )


def read_dyad_events(path: Path) -> DyadEvents:
    """Read events between states from a table or from a folder of a temporal knowledge graph.

    Parameters
    ----------
    path
        A CSV or Parquet file with the columns ``date`` (ISO), ``source`` and ``target`` (names or codes of states) and
        ``event`` (a class of :func:`event_classes`, a CAMEO code, or an ICEWS event name); or a folder with
        ``train.parquet``, perhaps ``valid.parquet``, ``entity_names.parquet`` and ``relation_names.parquet``.

    Returns
    -------
    DyadEvents
        Events of a state towards another one. An actor within a state stands for it; rows whose actors belong to no
        state or to the same one are left out and counted.

    Raises
    ------
    InputError
        The file is missing or lacks a column, a date cannot be read, or no event between two states remains.
    """
    table = _graph(path) if path.is_dir() else _table(path)
    return _events(table)


def _table(path: Path) -> pd.DataFrame:
    import pandas as pd

    if not path.is_file():
        raise InputError(f"There is no file {path}; give a table with the columns {', '.join(_COLUMNS)}.")
    frame = (
        read_parquet(path)
        if path.suffix == ".parquet"
        else pd.read_csv(path, dtype=str, keep_default_na=False)
    )
    missing = [name for name in _COLUMNS if name not in frame.columns]
    if missing:
        raise InputError(
            f"{path.name} lacks the column {', '.join(missing)}; it needs {', '.join(_COLUMNS)}."
        )
    try:
        date = pd.to_datetime(frame["date"], format="ISO8601")
    except ValueError as error:
        raise InputError(f"A date in {path.name} cannot be read ({error}); write it as 2018-03-31.") from None
    first = date.min()
    return frame.assign(day=(date - first).dt.days, first_day=first.date().isoformat() if len(frame) else "")


def _graph(folder: Path) -> pd.DataFrame:
    import pandas as pd

    parts = [folder / f"{part}.parquet" for part in ("train", "valid")]
    needed = [parts[0], folder / "entity_names.parquet", folder / "relation_names.parquet"]
    lacking = [path.name for path in needed if not path.is_file()]
    if lacking:
        raise InputError(
            f"{folder} lacks {', '.join(lacking)}; give a folder in the layout of the link benchmarks."
        )
    facts = pd.concat([read_parquet(path) for path in parts if path.is_file()], ignore_index=True)
    entity = read_parquet(needed[1]).set_index("id")["name"].str.replace("_", " ")
    relation = read_parquet(needed[2]).set_index("id")["name"].str.replace("_", " ")
    return pd.DataFrame(
        {
            "day": facts["t"] - facts["t"].min(),
            "source": facts["s"].map(entity),
            "target": facts["o"].map(entity),
            "event": facts["r"].map(relation),
            "first_day": "",
        }
    )


def _events(table: pd.DataFrame) -> DyadEvents:
    source, target = (
        table[side].map({name: _home(str(name)) for name in table[side].unique()})
        for side in ("source", "target")
    )
    foreign = source.notna() & target.notna()
    between = foreign & (source != target)
    rejected = {
        "an actor that belongs to no state": int((~foreign).sum()),
        "both actors of one state": int((foreign & ~between).sum()),
    }
    if not between.any():
        raise InputError("No row tells of two different states; check the columns source and target.")
    kinds = {name: _class_of(str(name)) for name in table["event"].unique()}
    rows = (
        table[between]
        .assign(source=source[between], target=target[between])
        .sort_values(["day", "source", "target"], kind="stable")
    )
    states = tuple(sorted({*rows["source"], *rows["target"]}))
    number = {state: i for i, state in enumerate(states)}
    return DyadEvents(
        states,
        rows["source"].map(number).to_numpy(np.int64),
        rows["target"].map(number).to_numpy(np.int64),
        rows["event"].map(kinds).to_numpy(np.int64),
        rows["day"].to_numpy(np.int64),
        str(rows["first_day"].iloc[0]),
        rejected,
    )


@cache
def _home(name: str) -> str | None:
    """Id of the state an actor belongs to: "Police (India)" is India's."""
    inside = _BRACKETED.search(name)
    try:
        return resolve(inside[1] if inside else name).id
    except InputError:
        return None


def _class_of(event: str) -> int:
    classes = event_classes()
    for i, one in enumerate(classes):
        if event == one.name or event in one.names:
            return i
    matches = [
        (len(code), i) for i, one in enumerate(classes) for code in one.codes if event.startswith(code)
    ]
    return max(matches)[1] if matches and event.isdigit() else len(classes)
