"""Alliance obligations, ATOP v5.1, directed dyad-years 1815–2018.

Layout
    ``ccode1``, ``ccode2`` (COW), ``year``, and 0/1 for ``atop_defense``, ``atop_offense``, ``atop_neutral``,
    ``atop_nonagg``, ``atop_consul``. A pair without any obligation has no row.
Terms
    Free with citation, no open licence: derived readings only.
Quirks
    - There is no treaty id, and declarations of many states (Helsinki 1975 among them) appear as
      non-aggression or consultation. Only the defence obligation is a level that means something; the rest is
      kept apart as the weak reading ``consultation``.
    - A few hundred rows name a duty in one direction only: a tie counts where either side is bound.

References
----------
Leeds, Ritter, Mitchell, Long (2002), Alliance Treaty Obligations and Provisions, doi:10.1080/03050620213653.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow
from aneroid.sources.panel import TIE, both_ways, readings

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "atop"
PATH = "peacesciencer/atop_alliance.parquet"
OBLIGATIONS = ["defense", "neutral", "nonagg", "consul"]
COLUMNS = ["ccode1", "ccode2", "year", *(f"atop_{name}" for name in OBLIGATIONS)]
COVERAGE = (1946, 2018)


def load(path: Path, rejected: Rejections) -> pd.DataFrame:
    """Read obligations between states and poles.

    Parameters
    ----------
    path
        ``atop_alliance.parquet``.
    rejected
        Log of rows whose codes name no state that year.

    Returns
    -------
    pandas.DataFrame
        ``state``, ``pole``, ``year`` and 0/1 for ``defense``, ``neutral``, ``nonagg``, ``consul``, whichever
        side is bound.
    """
    raw = read_checked(path, COLUMNS, source=SOURCE)
    raw = raw[raw["year"].between(*COVERAGE)].reset_index(drop=True)
    raw["a"] = from_cow(raw, "ccode1", "year", source=SOURCE, rejected=rejected)
    raw["b"] = from_cow(raw, "ccode2", "year", source=SOURCE, rejected=rejected)
    raw = raw.rename(columns={f"atop_{name}": name for name in OBLIGATIONS})
    return both_ways(raw).groupby(TIE, as_index=False)[OBLIGATIONS].max()


def derive(ties: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Return the readings ``alliance`` and ``consultation``.

    Parameters
    ----------
    ties
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        ``alliance`` is 1 where a defence obligation was in force in the year, else 0. ``consultation`` is 2
        with a duty to consult, 1 with non-aggression or neutrality alone, else 0; where a defence obligation
        stands, the weaker promise says nothing more and there is no row.
    """
    import pandas as pd

    defence = ties["defense"] > 0
    bound = ties[defence].assign(value=1.0, detail="defence obligation")
    weak = (ties[["neutral", "nonagg"]].max(axis=1) > 0).astype(float).mask(ties["consul"] > 0, 2.0)
    labels = {2.0: "consultation", 1.0: "non-aggression or neutrality"}
    consultation = ties.assign(value=weak.mask(defence), detail=weak.map(labels))
    parts = [
        readings(name, values, coverage=COVERAGE, zero_where_absent=True, rejected=rejected)
        for name, values in (("alliance", bound), ("consultation", consultation))
    ]
    return pd.concat(parts, ignore_index=True)
