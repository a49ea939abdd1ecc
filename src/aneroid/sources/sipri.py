"""Transfers of major arms: the SIPRI trade register 1950–2024 and its deliveries by year 1995–2024.

Layout
    Register: one row a deal: ``Recipient``, ``Supplier``, ``Year of order`` (``uncertain:Year of order``
    holds ``?``), ``Year(s) of delivery`` (``1971; 1972``), and TIV, the trend-indicator value (a volume,
    never money), of the order and of what was delivered. Deliveries: one row a deal and delivery year with
    ``TIV delivery values``.
Terms
    © SIPRI: cite; no rows may be passed on. We ship coarse quantities of our own (logarithms in steps of a
    tenth) after our own spreading rule; neither is a SIPRI figure.
Rules
    - Deliveries to 1994: the TIV delivered under a deal is spread evenly over its delivery years. From 1995:
      the TIV of each year as listed. Both agree within 2 % on the total of each large supplier, and within
      some 30 % in a single year.
    - Orders: the TIV of all deals ordered in the year (what was delivered, where the size of the order is
      unknown).
    - ``value`` is log(1 + million TIV) in steps of 0.1; anything delivered or ordered is at least 0.1.
Quirks
    - ``*`` marks armed groups and ``**`` organisations; their names contain that of a host country. They are
      no states.
    - ``Serbia`` stands for the Federal Republic of Yugoslavia too: our ``YUG`` to 2006.
    - 1,166 deals have no delivery year: nothing was delivered. They count as orders.
    - In over half of the rows the year of order is marked uncertain; ``detail`` says how many.
    - Where an unknown supplier has more than a tenth of a recipient's year, a pole without deliveries is no
      zero: no row.
    - Order years before 1950 belong to deals delivered later; readings begin in 1950.

References
----------
SIPRI Arms Transfers Database, sources and methods,
https://www.sipri.org/databases/armstransfers/sources-and-methods.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aneroid.sources.checks import Rejections, read_checked
from aneroid.sources.codes import from_names
from aneroid.sources.panel import TIE, readings
from aneroid.states import poles

if TYPE_CHECKING:
    import pandas as pd

SOURCE = "sipri"
REGISTER = "restricted/sipri/trade_register_1950_2024.parquet"
DELIVERIES = "restricted/sipri/deliveries_by_year_1995_2025.parquet"
ORDERED = "SIPRI TIV for total order"
DELIVERED = "SIPRI TIV of delivered weapons"
REGISTER_COLUMNS = [
    "Recipient", "Supplier", "Year of order", "uncertain:Year of order", "Year(s) of delivery", ORDERED,
    DELIVERED,
]  # fmt: skip
DELIVERY_COLUMNS = ["Supplier", "Recipient", "Delivery year", "TIV delivery values"]
COVERAGE = (1950, 2024)
LISTED_FROM = 1995
SERBIA_ALONE = 2006
UNKNOWN_SHARE = 0.1
STEP = 0.1
UNKNOWN_SUPPLIER = "unknown supplier(s)"
ALIASES = {
    "Congo": "COG",
    "East Germany (GDR)": "DDR",
    "North Yemen": "YEM",
    "Yemen Arab Republic (North Yemen)": "YEM",
    "South Yemen": "YEMS",
    "South Vietnam": "RVN",
}


@dataclass(frozen=True)
class Transfers:
    """Arms by recipient, supplier and year; ``supplier`` is null where SIPRI does not know it."""

    orders: pd.DataFrame  # state, pole, year, tiv, uncertain (bool); one row a deal
    deliveries: pd.DataFrame  # state, pole (null: unknown supplier), year, tiv; one row a deal and year


def load(register: Path, deliveries: Path, rejected: Rejections) -> Transfers:
    """Read both exports.

    Parameters
    ----------
    register, deliveries
        ``trade_register_1950_2024.parquet`` and ``deliveries_by_year_1995_2025.parquet``.
    rejected
        Log of deals with armed groups, organisations or unknown recipients, and of names that mean no state
        that year.

    Returns
    -------
    Transfers
        Orders and deliveries from poles, with the deliveries of unknown suppliers.
    """
    import pandas as pd

    deals = read_checked(register, REGISTER_COLUMNS, source=SOURCE).rename(columns={"Year of order": "year"})
    deals["tiv"] = deals[ORDERED].where(deals[ORDERED] > 0, deals[DELIVERED])
    deals["uncertain"] = deals["uncertain:Year of order"] == "?"
    orders = _named(deals[deals["year"].between(*COVERAGE)], rejected)
    listed = read_checked(deliveries, DELIVERY_COLUMNS, source=SOURCE)
    listed = listed.rename(columns={"Delivery year": "year", "TIV delivery values": "tiv"})
    spread = spread_deliveries(deals)
    columns = ["Recipient", "Supplier", "year", "tiv"]
    early, late = spread["year"] < LISTED_FROM, listed["year"] >= LISTED_FROM
    flows = pd.concat([spread.loc[early, columns], listed.loc[late, columns]])
    flows = _named(flows[flows["year"].between(*COVERAGE)], rejected)
    orders = orders[orders["pole"].notna()]
    return Transfers(orders[[*TIE, "tiv", "uncertain"]], flows[[*TIE, "tiv"]])


def spread_deliveries(deals: pd.DataFrame) -> pd.DataFrame:
    """Spread the TIV delivered under each deal evenly over its delivery years; without years there is no row.

    Parameters
    ----------
    deals
        The register.

    Returns
    -------
    pandas.DataFrame
        One row a deal and delivery year, with ``year`` and ``tiv``; the sum over a deal is what was delivered
        under it.
    """
    years = deals["Year(s) of delivery"].fillna("").str.findall(r"\d{4}")
    count = years.map(len)
    spread = deals.assign(year=years, tiv=deals[DELIVERED] / count)
    return spread[count > 0].explode("year").astype({"year": "int64"})


def _named(frame: pd.DataFrame, rejected: Rejections) -> pd.DataFrame:
    """Keep what goes to states, from poles or from unknown suppliers, with our ids."""
    frame = frame.reset_index(drop=True)
    no_state = frame["Recipient"].str.endswith("*") | frame["Recipient"].str.startswith("unknown ")
    rejected.add(
        SOURCE, "recipient is an armed group, an organisation or unknown", frame.loc[no_state, "Recipient"]
    )
    frame = frame[~no_state].reset_index(drop=True)
    federal = (frame["Recipient"] == "Serbia") & (frame["year"] <= SERBIA_ALONE)
    frame["Recipient"] = frame["Recipient"].mask(federal, "Yugoslavia")
    frame["state"] = from_names(frame, "Recipient", "year", aliases=ALIASES, source=SOURCE, rejected=rejected)
    # Suppliers outside the pole set are no concern of ours: their names are not logged.
    frame["pole"] = from_names(
        frame, "Supplier", "year", aliases=ALIASES, source=SOURCE, rejected=Rejections()
    )
    known = frame["state"].notna() & (frame["pole"].isin(poles.ALL) | (frame["Supplier"] == UNKNOWN_SUPPLIER))
    frame = frame[known & (frame["state"] != frame["pole"])]
    return frame.assign(pole=frame["pole"].mask(frame["Supplier"] == UNKNOWN_SUPPLIER))


def derive(transfers: Transfers, rejected: Rejections) -> pd.DataFrame:
    """Return the readings ``arms_deliveries`` and ``arms_orders``.

    Parameters
    ----------
    transfers
        What :func:`load` returns.
    rejected
        Log of values for states that did not exist that year.

    Returns
    -------
    pandas.DataFrame
        Readings; ``value`` is log(1 + million TIV) in steps of 0.1, 0 where the state received or ordered
        nothing from the pole.
    """
    import pandas as pd

    orders = transfers.orders.groupby(TIE).agg(
        tiv=("tiv", "sum"), n=("tiv", "size"), unsure=("uncertain", "sum")
    )
    orders = orders.reset_index()
    orders["detail"] = [_orders(n, unsure) for n, unsure in zip(orders["n"], orders["unsure"], strict=True)]
    known = transfers.deliveries.dropna(subset="pole").groupby(TIE)["tiv"].agg(["sum", "size"]).reset_index()
    known = known.rename(columns={"sum": "tiv"})
    known["detail"] = [f"{n} deal{'s' if n > 1 else ''} delivering" for n in known["size"]]
    delivered = readings(
        "arms_deliveries", _scaled(known), coverage=COVERAGE, zero_where_absent=True, rejected=rejected
    )
    doubtful = _doubtful_years(transfers.deliveries)
    hidden = pd.MultiIndex.from_frame(delivered[["state", "year"]]).isin(doubtful) & (delivered["value"] == 0)
    ordered = readings(
        "arms_orders", _scaled(orders), coverage=COVERAGE, zero_where_absent=True, rejected=rejected
    )
    return pd.concat([delivered[~hidden], ordered], ignore_index=True)


def _scaled(amounts: pd.DataFrame) -> pd.DataFrame:
    import numpy as np

    steps = np.maximum(np.rint(np.log1p(amounts["tiv"].to_numpy()) / STEP), 1)
    return amounts.assign(value=np.round(steps * STEP, 1))


def _orders(count: int, unsure: int) -> str:
    text = f"{count} order{'s' if count > 1 else ''}"
    return f"{text}, {unsure} with an uncertain year" if unsure else text


def _doubtful_years(deliveries: pd.DataFrame) -> pd.MultiIndex:
    """State-years in which an unknown supplier delivered more than a tenth of what is listed here."""
    import pandas as pd

    total = deliveries.groupby(["state", "year"])["tiv"].sum()
    unknown = deliveries[deliveries["pole"].isna()].groupby(["state", "year"])["tiv"].sum()
    share = unknown / total.reindex(unknown.index)
    return pd.MultiIndex.from_tuples(share.index[share > UNKNOWN_SHARE].tolist(), names=["state", "year"])
