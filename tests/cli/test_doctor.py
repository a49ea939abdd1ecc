"""`aneroid doctor` says what is there and what is amiss."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_whole_store_is_well(run: Callable[..., Any], folder: Path) -> None:
    """Every line says what was found; data alone are on stdout."""
    done = run("doctor", "--store", folder, "--format", "json")
    rows = {row["what"]: row for row in json.loads(done.out)}
    assert done.code == 0
    assert rows["store"]["state"] == "well" and rows["fit"]["found"] == "up to date"


def test_a_broken_store_is_amiss_and_strict_says_so(run: Callable[..., Any], tmp_path: Path) -> None:
    """A file that is no database is named, with what to do."""
    (tmp_path / "store.duckdb").write_text("no database", encoding="utf-8")
    done = run("doctor", "--store", tmp_path, "--strict", "--format", "json")
    rows = {row["what"]: row for row in json.loads(done.out)}
    assert done.code == 1
    assert rows["store"]["state"] == "amiss" and rows["store"]["advice"]
