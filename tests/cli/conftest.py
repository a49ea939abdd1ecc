"""A small store to run commands on, and a way to run them that gives exit code, stdout and stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from aneroid.record.store import Store
from aneroid.states import poles

STATES = [
    "IRQ",
    "IRN",
    "TUR",
    "SYR",
    "SAU",
    "JOR",
    "KWT",
    "EGY",
    "ISR",
    "CUB",
    "POL",
    "GBR",
    "FRA",
    "IND",
    "PAK",
    "PRK",
    "SWE",
    "BGR",
    "USA",
    "RUS",
    "CHN",
    "MEX",
    "NZL",
    "THA",
    "ETH",
    "KEN",
    "BRA",
    "VNM",
    "DEU",
    "DDR",
]


class Done(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the readings of thirty states, so that fitting takes seconds."""
    from aneroid.orientation.desk import load_fit

    where = tmp_path_factory.mktemp("store")
    with Store.open(where, write=True) as store:
        for table in ("readings", "votes"):
            store.execute(f"DELETE FROM {table} WHERE NOT list_contains(?, state)", [[*STATES, *poles.ALL]])
    load_fit(where)
    return where


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Done]:
    """Run `aneroid` with arguments, as a shell would."""
    from aneroid.cli import main

    def call(*arguments: str | Path) -> Done:
        monkeypatch.setattr(sys, "argv", ["aneroid", *map(str, arguments)])
        code = 0
        try:
            main()
        except SystemExit as leaving:
            code = leaving.code if isinstance(leaving.code, int) else 1
        printed = capsys.readouterr()
        return Done(code, printed.out, printed.err)

    return call
