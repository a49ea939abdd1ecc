"""Small source files with invented rows in the layout of the real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from aneroid.sources.checks import Rejections
from aneroid.tables import write_parquet

Table = Callable[[dict[str, list[object]]], Path]


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Write columns to a Parquet file and return its path."""
    count = 0

    def write(columns: dict[str, list[object]]) -> Path:
        nonlocal count
        count += 1
        path = tmp_path / f"table{count}.parquet"
        write_parquet(pd.DataFrame(columns), path)
        return path

    return write


@pytest.fixture
def rejected() -> Rejections:
    """An empty log of rejected rows."""
    return Rejections()
