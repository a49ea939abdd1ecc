"""Facts about the page of the tests of orientation and what it keeps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from aneroid.evaluation.orientation_data import Bench
from aneroid.evaluation.orientation_page import Section, markdown_table, verdict


def test_a_verdict_says_missed_where_it_missed() -> None:
    """A figure outside its range is called missed, with what was asked."""
    assert verdict("coverage:", 0.9, 0.87, 0.93).startswith("reached")
    missed = verdict("coverage:", 0.95, 0.87, 0.93)
    assert missed.startswith("missed") and ".87–.93" in missed


def test_a_page_holds_every_table_and_keeps_missing_apart_from_zero() -> None:
    """Every row of a table stands on the page; a missing figure is empty, a zero is a zero."""
    table = pd.DataFrame({"name": ["a | b", "c"], "gain": [0.0, np.nan]})
    section = Section("Title", "Asked.", (("Gains", table),), ("reached: all",))
    shown = section.markdown("A remark.")
    assert "| a / b | 0.000 |" in shown
    assert "| c |  |" in shown
    assert "A remark." in shown and "- reached: all" in shown
    assert "a | b" in section.text()
    assert markdown_table(table).count("\n") == 3


def test_results_are_kept_until_the_settings_change(tmp_path: Path) -> None:
    """A table is computed once for its settings, again for others."""
    said: list[str] = []
    calls = []

    def compute() -> pd.DataFrame:
        calls.append(1)
        return pd.DataFrame({"x": [1.0]})

    for quick in (False, False, True):
        bench = Bench.open(tmp_path, ("USA", "RUS"), quick=quick, say=said.append)
        bench.table("test", compute)
    assert len(calls) == 2
    assert len(said) == 2
