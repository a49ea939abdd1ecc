"""Panels for a regression: one row a state-year or a directed dyad-year, with intervals, coverage and citations.

`build` says what stands in a panel, `files` writes it as CSV, Parquet, Stata or JSON Lines with its citations.
"""

from aneroid.panel.build import Panel, PanelSpec, build_panel
from aneroid.panel.files import write_panel

__all__ = ["Panel", "PanelSpec", "build_panel", "write_panel"]
