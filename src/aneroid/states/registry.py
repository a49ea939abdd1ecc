"""The tables behind the registry, read once and on first use.

``data/states.csv`` has one row a state with the codes that never meant anything else; ``data/codes.csv`` has
the codes that changed hands, were withdrawn, or are accepted on input only; ``data/names.csv`` has aliases,
demonyms and capitals with the years in which they were in use (open where that never mattered).
"""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib import resources
from typing import NamedTuple

from aneroid.errors import InputError
from aneroid.states.dates import ALWAYS, Span, stored_span
from aneroid.states.model import State

SYSTEMS = ("iso3", "iso2", "cow", "cow_abbreviation", "gw", "fips", "cameo", "un", "sipri")
"""Code systems. ``un`` and ``sipri`` are lists of names; the others are codes."""

NAME_SYSTEMS = frozenset({"un", "sipri"})
NUMERIC_SYSTEMS = frozenset({"cow", "gw"})


def system_named(text: str) -> str:
    """Check the name of a code system, in any case."""
    name = text.strip().casefold()
    if name not in SYSTEMS:
        raise InputError(f'Unknown code system "{text}". Use one of {", ".join(SYSTEMS)}.')
    return name


class CodeRow(NamedTuple):
    """One code of one state while it held. ``official`` is false where it is accepted but never given out."""

    system: str
    code: str
    state: str
    span: Span
    official: bool


class Surface(NamedTuple):
    """One way to name a state in running text: ``kind`` is name, alias, demonym, plural or capital."""

    surface: str
    kind: str
    state: str
    first: dt.date
    last: dt.date


def table(name: str) -> list[dict[str, str]]:
    """Read one CSV table of the registry as dictionaries of text."""
    text = resources.files("aneroid.states").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _state_rows() -> list[dict[str, str]]:
    return table("states.csv")


@cache
def states() -> dict[str, State]:
    """Give all states by id, in the order of their Correlates of War numbers."""
    found = {}
    for row in _state_rows():
        spells = tuple(stored_span(*spell.split("/")) for spell in row["spells"].split(";"))
        successors = tuple(row["successors"].split(";")) if row["successors"] else ()
        found[row["id"]] = State(
            row["id"], row["name"], row["iso3"], row["iso2"], row["region"], spells, successors
        )
    return found


def _within_series(row: dict[str, str]) -> Span:
    """Read the dates of a row; an open end closes with the series it belongs to."""
    span = stored_span(row["from"], row["to"])
    return Span(span.first, min(span.last, states()[row["state"]].last))


@cache
def code_rows() -> list[CodeRow]:
    """Give every code of every state with its dates."""
    rows = []
    for row in _state_rows():
        # A code that only ever meant this state holds backwards without limit: the UN counted votes of
        # Ukraine from 1946 under the number it has today. It ends with the series.
        span = Span(ALWAYS.first, states()[row["id"]].last)
        rows += [CodeRow(system, row[system], row["id"], span, True) for system in SYSTEMS if row[system]]
    for row in table("codes.csv"):
        span = _within_series(row)
        rows.append(CodeRow(row["system"], row["code"], row["state"], span, row["use"] != "input"))
    return rows


@cache
def names_index() -> list[Surface]:
    """List every surface form by which text names a state, for matching against running text.

    Returns
    -------
    list of Surface
        ``(surface, kind, state, first, last)``. One surface may stand for several states ("Congolese",
        "Korea"); a form without known limits runs from ``date.min`` to ``date.max``. A capital names its
        government from ``first`` to ``last`` only.
    """
    found = [
        Surface(state.name, "name", state.id, *Span(ALWAYS.first, state.last)) for state in states().values()
    ]
    for row in table("names.csv"):
        span = _within_series(row)
        found.append(Surface(row["surface"], row["kind"], row["state"], *span))
    known = {(row.surface, row.state) for row in found}
    for row in _state_rows():
        for system in sorted(NAME_SYSTEMS):
            if row[system] and (row[system], row["id"]) not in known:
                known.add((row[system], row["id"]))
                found.append(Surface(row[system], "alias", row["id"], *ALWAYS))
    return found
