"""The packaged record of conflicts and forces."""

from __future__ import annotations

import pytest

from aneroid.record.security import conflicts, troops
from aneroid.record.store import Store, create
from aneroid.scenarios.world import World, build_world
from aneroid.sources import snapshot


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with what a scenario reads."""
    made = create(tmp_path_factory.mktemp("scenarios"), "aneroid.duckdb")
    for name in ("conflict_years", "troops"):
        made.insert(name, snapshot.table(name))
    return made


@pytest.fixture(scope="session")
def world(store: Store) -> World:
    """The same as arrays."""
    return build_world(conflicts(store), troops(store))
