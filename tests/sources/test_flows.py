"""Arms and trade on invented rows in the real layout, and the rebuild of a small snapshot."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.sources import sipri, trade
from aneroid.sources.build import build_snapshot
from aneroid.sources.checks import Rejections
from aneroid.tables import write_parquet

Table = Callable[[dict[str, list[object]]], Path]


def register(rows: list[tuple[str, str, int, str, str, float, float]]) -> dict[str, list[object]]:
    """Deals as (recipient, supplier, order year, uncertain, delivery years, TIV ordered, TIV delivered)."""
    names = sipri.REGISTER_COLUMNS
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def listed(rows: list[tuple[str, str, int, float]]) -> dict[str, list[object]]:
    names = sipri.DELIVERY_COLUMNS
    return {name: [row[number] for row in rows] for number, name in enumerate(names)}


def scale(tiv: float) -> float:
    return max(round(math.log1p(tiv), 1), 0.1)


@pytest.fixture
def arms(table: Table, rejected: Rejections) -> pd.Series[float]:
    deals = register(
        [
            ("Iraq", "Soviet Union", 1979, "?", "1980; 1981", 80.0, 80.0),
            ("Iraq", "Russia", 2012, "", "2014; 2015", 100.0, 100.0),
            ("Iraq", "Russia", 2012, "?", "", 20.0, 0.0),
            ("Contras (Nicaragua)*", "United States", 1983, "", "1984", 50.0, 50.0),
            ("NATO**", "United States", 1983, "", "1984", 50.0, 50.0),
            ("Mali", "unknown supplier(s)", 1984, "", "1985", 5.0, 5.0),
            ("Mali", "France", 1984, "", "1985", 5.0, 5.0),
            ("Serbia", "Russia", 1997, "", "1997", 0.0, 0.02),
        ]
    )
    years = listed(
        [("Russia", "Iraq", 2014, 90.0), ("Russia", "Iraq", 2015, 10.0), ("Russia", "Serbia", 1997, 0.02)]
    )
    found = sipri.derive(sipri.load(table(deals), table(years), rejected), rejected)
    return found.set_index(["indicator", "state", "pole", "year"])["value"]


def test_early_deliveries_are_spread_and_late_ones_as_listed(arms: pd.Series[float]) -> None:
    """Half of 80 in each of two years; from 1995 the listed years; Soviet deliveries are Russia's."""
    assert arms["arms_deliveries", "IRQ", "RUS", 1980] == scale(40)
    assert arms["arms_deliveries", "IRQ", "RUS", 1981] == scale(40)
    assert arms["arms_deliveries", "IRQ", "RUS", 2014] == scale(90)
    assert arms["arms_deliveries", "IRQ", "RUS", 2015] == scale(10)
    assert arms["arms_deliveries", "IRQ", "RUS", 2016] == 0


def test_orders_count_in_their_year_even_without_delivery(arms: pd.Series[float]) -> None:
    """The order without a delivery year adds to 2012 and to no delivery."""
    assert arms["arms_orders", "IRQ", "RUS", 2012] == scale(120)
    assert arms["arms_orders", "IRQ", "RUS", 2014] == 0


def test_armed_groups_and_organisations_are_no_states(arms: pd.Series[float], rejected: Rejections) -> None:
    """What the Contras got is not Nicaragua's."""
    assert arms["arms_deliveries", "NIC", "USA", 1984] == 0
    reason = ("sipri", "recipient is an armed group, an organisation or unknown")
    assert rejected.counts()[reason] == 4, "two orders and two deliveries"


def test_an_unknown_supplier_leaves_no_zeros(arms: pd.Series[float]) -> None:
    """Where half of the year came from nobody knows whom, only the known supplier has a row."""
    assert arms["arms_deliveries", "MLI", "FRA", 1985] == scale(5)
    assert ("arms_deliveries", "MLI", "USA", 1985) not in arms.index
    assert arms["arms_deliveries", "MLI", "USA", 1986] == 0


def test_small_amounts_are_not_zero(arms: pd.Series[float]) -> None:
    """Any delivery is at least a step; Serbia before 2006 is the federation."""
    assert arms["arms_deliveries", "YUG", "RUS", 1997] == 0.1


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 500), st.sets(st.integers(1950, 1994), max_size=6)), min_size=1, max_size=6
    )
)
def test_spreading_keeps_the_total(deals: list[tuple[float, set[int]]]) -> None:
    """What is spread over the years adds up to what was delivered under deals that have years."""
    rows = [("X", "Y", 1950, "", "; ".join(map(str, sorted(years))), tiv, tiv) for tiv, years in deals]
    spread = sipri.spread_deliveries(pd.DataFrame(register(rows)))
    assert spread["tiv"].sum() == pytest.approx(sum(tiv for tiv, years in deals if years))


STATES = {645: "IRQ", 640: "TUR", 20: "CAN", 230: "ESP", 325: "ITA", 740: "JPN", 900: "AUS", 140: "BRA"}


@pytest.fixture
def gravity(table: Table) -> tuple[Path, Path, Path]:
    """Trade that obeys the model exactly, but for Canada, which trades e times as much."""
    size = {code: (20 + number % 3, 15 + number % 4) for number, code in enumerate([2, *STATES])}
    distance = {code: 500.0 * (1 + number) ** 1.3 for number, code in enumerate(STATES)}
    flows = []
    for code in STATES:
        log = size[2][0] + size[code][0] - 0.3 * (size[2][1] + size[code][1]) - math.log(distance[code])
        flows.append(math.exp(log / 2 + (code == 20)))
    return (
        table(
            {
                "ccode1": [*[2.0] * len(STATES), 2.0],
                "ccode2": [*map(float, STATES), 365.0],
                "year": [2000.0] * (len(STATES) + 1),
                "flow1": [*flows, 0.0],
                "flow2": [
                    *[None if code == 140 else flow for code, flow in zip(STATES, flows, strict=True)],
                    0.0,
                ],
            }
        ),
        table(
            {
                "ccode": [float(code) for code in size],
                "year": [2000.0] * len(size),
                "wbgdp2011est": [float(gdp) for gdp, _ in size.values()],
                "wbpopest": [float(pop) for _, pop in size.values()],
            }
        ),
        table(
            {
                "iso_o": list(STATES.values()) + ["USA"] * len(STATES),
                "iso_d": ["USA"] * len(STATES) + list(STATES.values()),
                "dist": [*distance.values()] * 2,
            }
        ),
    )


def test_trade_is_net_of_size_and_distance(gravity: tuple[Path, Path, Path], rejected: Rejections) -> None:
    """The one state that trades beyond size and distance stands out; residuals are standardised."""
    found = trade.derive(trade.load(*gravity, rejected), rejected)
    towards = found[found["pole"] == "USA"].set_index("state")["value"]
    assert towards.idxmax() == "CAN"
    assert towards["CAN"] > 1.5
    assert abs(np.mean(towards)) < 0.01


def test_silent_dyads_have_no_trade_reading(gravity: tuple[Path, Path, Path], rejected: Rejections) -> None:
    """Zero in both directions may be unreported: no row; a null direction does not halve the other."""
    loaded = trade.load(*gravity, rejected)
    assert "RUS" not in set(loaded.flows["state"])
    assert ("trade", "no trade reported in either direction") in rejected.counts()
    brazil = loaded.flows[loaded.flows["state"] == "BRA"]["flow"].iloc[0]
    assert brazil == pytest.approx(_flow1(gravity[0], 140.0))


def _flow1(path: Path, code: float) -> float:
    from aneroid.tables import read_parquet

    frame = read_parquet(path)
    return float(frame.loc[frame["ccode2"] == code, "flow1"].iloc[0])


def test_the_same_rows_give_the_same_bytes(tmp_path: Path, gravity: tuple[Path, Path, Path]) -> None:
    """Deriving and writing twice gives identical files."""
    written = []
    for name in ("one", "two"):
        readings = trade.derive(trade.load(*gravity, Rejections()), Rejections())
        path = tmp_path / f"{name}.parquet"
        write_parquet(readings, path)
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_missing_source_file_is_named(tmp_path: Path) -> None:
    """The builder says which files it lacks before it starts."""
    with pytest.raises(InputError, match=r"Missing in .*gsdb_v3\.parquet"):
        build_snapshot(
            tmp_path, tmp_path / "out", lambda line: None, lambda texts, sessions: np.zeros(0, int)
        )
    assert not (tmp_path / "out").exists()
