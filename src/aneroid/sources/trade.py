"""Trade between states and poles net of size and distance: COW trade 4.0, with economies and distances.

Layout
    Trade: ``ccode1`` < ``ccode2`` (COW), ``year``, ``flow1`` (imports of the first from the second),
    ``flow2`` (the reverse), million current dollars. Economy: ``ccode``, ``year``, ``wbgdp2011est``,
    ``wbpopest`` (natural logs). Distance: ``iso_o``, ``iso_d``, ``dist`` (km).
Terms
    Trade and economy are free with citation, no open licence: derived readings only. CEPII distances are open
    (Etalab 2.0).
Model
    For every year, over all dyads of a state with a pole that report any trade: log f = b0 + b1 (g_i + g_p) +
    b2 (n_i + n_p) + b3 log d + r, with f the mean of the reported directions, g and n log GDP and log
    population. The reading is r divided by its standard deviation in that year: 1 is trade one deviation
    above what size and distance explain.
Quirks
    - Over half of the flows are zeros, and many are unreported rather than nil (Iraq and the Soviet Union
      1981–1993): a dyad-year with zero in both directions has no reading; a zero beside a positive flow
      counts.
    - A null direction is left out of the mean, not counted as zero.
    - 345 ends in 1996 and 817 in 1959, economies begin for many states only about 1950: no row there.
    - CEPII lists no Czechoslovakia, GDR, Serbia, Montenegro, Kosovo or South Vietnam and keeps old codes for
      others: see ``CEPII_CODE``.

References
----------
Barbieri, Keshk, Pollins (2009), Trading Data, doi:10.1177/0738894209343887. Anders, Fariss,
Markowitz (2020), Bread Before Guns or Butter. Mayer, Zignago (2011), CEPII GeoDist,
doi:10.2139/ssrn.1994531.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_cow
from aneroid.sources.panel import TIE, both_ways, readings
from aneroid.states import poles

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "trade"
FLOWS = "peacesciencer/cow_trade_ndy.parquet"
ECONOMY = "peacesciencer/cow_sdp_gdp.parquet"
DISTANCE = "cepii/dist_cepii.parquet"
FLOW_COLUMNS = ["ccode1", "ccode2", "year", "flow1", "flow2"]
ECONOMY_COLUMNS = ["ccode", "year", "wbgdp2011est", "wbpopest"]
DISTANCE_COLUMNS = ["iso_o", "iso_d", "dist"]
COVERAGE = (1946, 2014)

# CEPII's code where it differs from the state id, or that of the nearest capital where CEPII has none.
CEPII_CODE = {
    "ROU": "ROM", "COD": "ZAR", "TLS": "TMP", "PSE": "PAL", "SRB": "YUG", "MNE": "YUG",
    "XKX": "YUG", "CSK": "CZE", "DDR": "DEU", "RVN": "VNM", "YEMS": "YEM", "SSD": "SDN", "LIE": "CHE",
    "MCO": "FRA", "EAZ": "TZA",
}  # fmt: skip


@dataclass(frozen=True)
class Inputs:
    """What the gravity regression needs: flows by dyad, economies by state, distances by CEPII codes."""

    flows: pd.DataFrame  # state, pole, year, flow (mean of reported directions, above 0)
    economy: pd.DataFrame  # state, year, gdp, pop (logs)
    distance: pd.DataFrame  # iso_o, iso_d, dist


def load(flows: Path, economy: Path, distance: Path, rejected: Rejections) -> Inputs:
    """Read the three tables.

    Parameters
    ----------
    flows, economy, distance
        ``cow_trade_ndy.parquet``, ``cow_sdp_gdp.parquet``, ``dist_cepii.parquet``.
    rejected
        Log of rows without a state, and of dyad-years with no reported trade.

    Returns
    -------
    Inputs
        One row a dyad, state or pair.
    """
    size = read_checked(economy, ECONOMY_COLUMNS, source=SOURCE)
    size = size[size["year"].between(*COVERAGE)].dropna().reset_index(drop=True)
    size["state"] = from_cow(size, "ccode", "year", source=SOURCE, rejected=rejected)
    size = size.dropna(subset="state").drop_duplicates(["state", "year"], keep="last")
    size = size.rename(columns={"wbgdp2011est": "gdp", "wbpopest": "pop"})[["state", "year", "gdp", "pop"]]
    return Inputs(_flows(flows, rejected), size, read_checked(distance, DISTANCE_COLUMNS, source=SOURCE))


def _flows(path: Path, rejected: Rejections) -> pd.DataFrame:
    raw = read_checked(path, FLOW_COLUMNS, source=SOURCE)
    raw = raw[raw["year"].between(*COVERAGE)].reset_index(drop=True)
    raw["a"] = from_cow(raw, "ccode1", "year", source=SOURCE, rejected=rejected)
    raw["b"] = from_cow(raw, "ccode2", "year", source=SOURCE, rejected=rejected)
    raw["flow"] = raw[["flow1", "flow2"]].mean(axis=1)  # a null direction is left out of the mean
    raw = raw[raw["a"].isin(poles.ALL) | raw["b"].isin(poles.ALL)].dropna(subset=["a", "b"])
    silent = ~(raw["flow"] > 0)
    unreported = raw[silent]
    keys = zip(unreported["a"], unreported["b"], unreported["year"], strict=True)
    rejected.add(SOURCE, "no trade reported in either direction", [f"{a} {b} {y:.0f}" for a, b, y in keys])
    # Two codes of one state in the same year (mergers) report parts of one flow.
    flows: pd.DataFrame = both_ways(raw[~silent]).groupby(TIE)["flow"].sum().reset_index()
    return flows


def derive(inputs: Inputs, rejected: Rejections) -> pd.DataFrame:
    """Return the readings ``trade``: the gravity residual of each dyad, in standard deviations of its year.

    Parameters
    ----------
    inputs
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        Readings; 0 is what size and distance explain. No row where either economy or the distance is unknown.
    """
    import numpy as np
    import pandas as pd

    size = inputs.economy
    dyads = inputs.flows.merge(size, on=["state", "year"])
    dyads = dyads.merge(size.rename(columns={"state": "pole"}), on=["pole", "year"], suffixes=("", "_pole"))
    dyads["iso_o"] = dyads["state"].replace(CEPII_CODE)
    dyads["iso_d"] = dyads["pole"].replace(CEPII_CODE)
    dyads = dyads.merge(inputs.distance, on=["iso_o", "iso_d"])
    dyads = dyads[dyads["dist"] > 0].sort_values(TIE, ignore_index=True)
    # A dyad of two poles stands twice, once from each side; it enters the regression once.
    dyads["pair"] = [" ".join(sorted(pair)) for pair in zip(dyads["state"], dyads["pole"], strict=True)]
    parts = [_residuals(year) for _, year in dyads.groupby("year")]
    values = pd.concat(parts, ignore_index=True)
    values["value"] = values["value"].round(3).replace(-0.0, 0.0).astype(np.float64)
    return readings("trade", values, coverage=COVERAGE, zero_where_absent=False, rejected=rejected)


def _residuals(year: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    log_flow = np.log(year["flow"].to_numpy())
    design = np.column_stack(
        [
            np.ones(len(year)),
            year["gdp"] + year["gdp_pole"],
            year["pop"] + year["pop_pole"],
            np.log(year["dist"]),
        ]
    )
    once = (~year.duplicated("pair")).to_numpy()
    coefficients = np.linalg.lstsq(design[once], log_flow[once], rcond=None)[0]
    residual = log_flow - design @ coefficients
    return year[TIE].assign(value=residual / residual[once].std(), detail=None)
