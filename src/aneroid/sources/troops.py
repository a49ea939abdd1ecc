"""United States active-duty troops by host country and year, 1950–2023 (the legacy country-year file).

Layout
    ``ccode`` (COW, with codes of the compiler's own above 1000 for territories), ``countryname``, ``year``,
    ``troops``.
Terms
    The counts are facts published by the US Department of Defense (public domain); the compilation is cited.
Quirks
    - Use the *legacy* country-year file. The rebuilt one adds up several reports of one year (Iraq 2006:
      423,300 = 3 × 141,100).
    - The department stopped publishing strengths for Afghanistan, Iraq and Syria with its report of December
      2017. Later figures were filled in from statements until those too stop, and the file then shows zero or
      the embassy guard. For these hosts a value under a tenth of the last reported one is *not reported*
      (null), not a withdrawal.
    - 255 and 260 overlap in 1990 (0 and 227,586): the larger stands. Rows of a state after its end (GDR to
      2005) are rejected.
    - Ethiopia is 530 to 2021 and 529 after. Montenegro, Libya, Iran and others have no row for 2022: no row,
      no zero.
    - Territories, "unknown" and the United States itself are not hosts.
    - Cuba is Guantánamo Bay: see ``WITHOUT_CONSENT``.

References
----------
Allen, Flynn, Martinez Machain (2022), US global military deployments, 1950–2020,
doi:10.1177/07388942211030885.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow
from aneroid.sources.panel import alive, readings

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "troops"
PATH = "troopdata/troopdata_legacy_country_year.parquet"
COLUMNS = ["ccode", "year", "troops"]
COVERAGE = (1950, 2023)
TERRITORIES_FROM = 1000
RECODED = {529: 530}

# Hosts whose strengths the department has withheld since its report of December 2017.
WITHHELD = ("AFG", "IRQ", "SYR")
WITHHELD_FROM = 2017
WITHHELD_FALL = 0.1

# Presence which the host's government has declared illegal from that year on: counted in the troop table,
# never a tie. Guantánamo Bay: Cuba has refused the rent of the 1903 lease since 1960 and demanded the base
# back.
WITHOUT_CONSENT = {"CUB": 1960}


def load(path: Path, rejected: Rejections) -> pd.DataFrame:
    """Read troops by host and year.

    Parameters
    ----------
    path
        ``troopdata_legacy_country_year.parquet``.
    rejected
        Log of rows that name no host state.

    Returns
    -------
    pandas.DataFrame
        ``host``, ``year``, ``troops``; null where the file's figure means that nothing was reported.
    """
    import numpy as np

    raw = read_checked(path, COLUMNS, source=SOURCE)
    raw["ccode"] = raw["ccode"].replace(RECODED)
    territory = raw["ccode"] >= TERRITORIES_FROM
    rejected.add(SOURCE, "territory or unknown host", _keys(raw[territory]))
    frame = raw[~territory].reset_index(drop=True)
    frame["host"] = from_cow(frame, "ccode", "year", source=SOURCE, rejected=rejected)
    abroad = frame[frame["host"].notna() & (frame["host"] != "USA")]
    abroad = alive(abroad, "host", source=SOURCE, rejected=rejected)
    hosts: pd.DataFrame = abroad.groupby(["host", "year"])["troops"].max().reset_index()
    unknown = _withheld(hosts["host"].tolist(), hosts["year"].tolist(), hosts["troops"].tolist())
    hosts["troops"] = hosts["troops"].astype("Int32").mask(np.array(unknown))
    return hosts.astype({"year": "int16"})


def _withheld(hosts: list[str], years: list[int], troops: list[int]) -> list[bool]:
    """Mark, in rows sorted by host and year, what cannot be told from silence."""
    marks = []
    last: dict[str, int] = {}
    for host, year, count in zip(hosts, years, troops, strict=True):
        silent = host in WITHHELD and year >= WITHHELD_FROM and count < WITHHELD_FALL * last.get(host, 0)
        marks.append(silent)
        if not silent:
            last[host] = count
    return marks


def _keys(frame: pd.DataFrame) -> list[str]:
    return [f"{code} {year}" for code, year in zip(frame["ccode"], frame["year"], strict=True)]


def derive(hosts: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Return the readings ``troops``: active-duty strength of the United States in each host.

    Parameters
    ----------
    hosts
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        Readings towards the United States alone; ``value`` counts persons. A host-year without a row stays
        without one.
    """
    ties = hosts.rename(columns={"host": "state", "troops": "value"}).assign(pole="USA")
    refused = ties["state"].map(WITHOUT_CONSENT)
    ties = ties[~(ties["year"] >= refused)].copy()
    ties["value"] = ties["value"].astype("Float64").astype("float64")
    return readings(
        "troops", ties, coverage=COVERAGE, zero_where_absent=False, rejected=rejected, pole_ids=["USA"]
    )
