"""A store with the readings of some states, without votes: enough to say who protects them."""

from __future__ import annotations

import pytest

from aneroid.guarantors.ties import READ, Ties, load_ties
from aneroid.record.build import _indicators  # the table that every store holds
from aneroid.record.store import Store, create
from aneroid.sources import snapshot
from aneroid.states.poles import ALL

STATES = ["IRQ", "DEU", "SAU", "ARM", "CUB", "SYR", "PHL", "KOR", "CHE"]


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Nine states and the nine poles."""
    made = create(tmp_path_factory.mktemp("guarantors"), "aneroid.duckdb")
    readings = snapshot.table("readings")
    kept = readings["indicator"].isin(READ) & readings["state"].isin([*STATES, *ALL])
    made.insert("readings", readings[kept].assign(vintage="test"))
    for name in ("conflict_years", "troops"):
        made.insert(name, snapshot.table(name))
    made.insert("indicators", _indicators())
    return made


@pytest.fixture(scope="session")
def ties(store: Store) -> Ties:
    """The same as arrays."""
    return load_ties(store)
