"""What several parts of the tests share: a small fitted store, made once however many processes run the tests."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

STATES = [
    "IRQ",
    "IRN",
    "TUR",
    "SYR",
    "SAU",
    "JOR",
    "KWT",
    "EGY",
    "ISR",
    "CUB",
    "POL",
    "GBR",
    "FRA",
    "IND",
    "PAK",
    "PRK",
    "SWE",
    "BGR",
    "USA",
    "RUS",
    "CHN",
    "MEX",
    "NZL",
    "THA",
    "ETH",
    "KEN",
    "BRA",
    "VNM",
    "DEU",
    "DDR",
]


@pytest.fixture(scope="session")
def small_states() -> list[str]:
    """Thirty states, every pole among them, of several regions and alliances."""
    return STATES


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the readings of thirty states and a fit of them; copy it before writing to it."""
    from aneroid.orientation.desk import load_fit
    from aneroid.record.store import Store
    from aneroid.states import poles

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    where = shared / "small-store"
    with (shared / "small-store.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (where / "made").exists():
            with Store.open(where, write=True) as store:
                for table in ("readings", "votes"):
                    store.execute(
                        f"DELETE FROM {table} WHERE NOT list_contains(?, state)", [[*STATES, *poles.ALL]]
                    )
            load_fit(where)
            (where / "made").touch()
    return where
