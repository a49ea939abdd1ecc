"""Indicators as columns: the value that was read, and a flag that tells no tie from no knowledge.

``read``: the source speaks of that state, pole and year, and the value may be an explicit zero; ``not_reported``: the
source covers the year but holds nothing usable; ``no_coverage``: outside the years or poles of the source;
``not_in_system``: the state did not stand that year. In the last three the value is blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aneroid.panel.estimates import DECIMALS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aneroid.sources.indicators import Indicator

COVERAGE = ("read", "not_reported", "no_coverage", "not_in_system")


def indicator_columns(
    readings: pd.DataFrame,
    indicators: Sequence[Indicator],
    rows: pd.DataFrame,
    *,
    pole: str | None = None,
) -> dict[str, object]:
    """Lay readings out on the rows of a panel.

    Parameters
    ----------
    readings
        ``state, pole, indicator, year, value``.
    indicators
        Which, in which order.
    rows
        ``state, year, in_system`` and, for dyads, ``pole``.
    pole
        For a state-year: the pole that the columns are about; its id ends their names.

    Returns
    -------
    dict
        For every indicator a column of its name and one with ``_cov``.
    """
    import pandas as pd

    end = "" if pole is None else f"_{pole.lower()}"
    poles = rows["pole"] if pole is None else pd.Series(pole, index=rows.index)
    keys = pd.MultiIndex.from_arrays([rows["state"], poles, rows["year"]])
    columns: dict[str, object] = {}
    for item in indicators:
        mine = readings[readings["indicator"] == item.name]
        value = mine.set_index(["state", "pole", "year"])["value"].reindex(keys).to_numpy(float)
        covered = rows["year"].between(*item.coverage) & poles.isin(item.poles) & (rows["state"] != poles)
        how = np.where(covered, "not_reported", "no_coverage")
        how = np.where((rows["in_system"] == 0) & np.isnan(value), "not_in_system", how)
        how = np.where(np.isnan(value), how, "read")
        columns[item.name + end] = value.round(DECIMALS)
        columns[f"{item.name}{end}_cov"] = pd.Categorical(how, categories=list(COVERAGE))
    return columns


def indicator_labels(indicators: Sequence[Indicator], pole: str | None = None) -> dict[str, str]:
    """What each column holds."""
    end = "" if pole is None else f"_{pole.lower()}"
    towards = "" if pole is None else f" towards {pole}"
    labels = {}
    for item in indicators:
        labels[item.name + end] = f"{item.label}{towards}: {item.unit}"
        labels[f"{item.name}{end}_cov"] = f"{item.label}{towards}: whether read"
    return labels
