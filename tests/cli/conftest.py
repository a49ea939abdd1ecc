"""A small store to run commands on, and a way to run them that gives exit code, stdout and stderr."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def folder(small_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small fitted store of one's own, to be written to."""
    return Path(shutil.copytree(small_store, tmp_path_factory.mktemp("cli") / "store"))


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
