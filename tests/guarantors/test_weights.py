"""The packaged weights come from the record."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from aneroid.guarantors.cases import WINDOW, between, within
from aneroid.guarantors.parameters import conventions, load_weights, save_weights
from aneroid.guarantors.showing_up import estimate
from aneroid.guarantors.ties import READ, Ties, load_ties
from aneroid.record.store import create
from aneroid.sources import snapshot


def test_conventions_state_their_reason_and_range() -> None:
    """A weight that is not estimated says why, and its value lies within its range."""
    for each in conventions().values():
        assert each.low <= each.value <= each.high and each.reason and each.unit


def test_weights_survive_the_file(tmp_path: Path) -> None:
    """What is saved is what is read."""
    found = load_weights()
    save_weights(found, tmp_path / "parameters.npz")
    with np.load(tmp_path / "parameters.npz") as held:
        np.testing.assert_allclose(held["within_mode"], found["within"].mode)


def test_a_pole_on_the_other_side_is_no_candidate(ties: Ties) -> None:
    """In a dispute begun by Russia, Russia cannot show up for the state it threatens; another pole that joins counts."""
    import pandas as pd

    table = pd.DataFrame(
        [
            (1, 2000, "RUS", True, True, 3),
            (1, 2000, "DEU", False, True, 1),
            (1, 2000, "USA", False, False, 3),
        ],
        columns=["dispute", "year", "state", "initiator", "original", "level"],
    )
    found = between(ties, table)
    assert set(found.host) == {"DEU"} and len(found.y) == 8 and found.y.sum() == 1.0


@pytest.mark.slow
def test_packaged_weights_of_wars_within_follow_from_the_packaged_record(tmp_path: Path) -> None:
    """Estimating again from the snapshot gives the weights that ship."""
    store = create(tmp_path, "aneroid.duckdb")
    readings = snapshot.table("readings")
    store.insert("readings", readings[readings["indicator"].isin(READ)].assign(vintage="test"))
    for name in ("conflict_years", "troops"):
        store.insert(name, snapshot.table(name))
    ties = load_ties(store)
    last = int(ties.conflicts["year"].max()) - WINDOW + 1
    np.testing.assert_allclose(
        estimate(within(ties, last=last)).mode, load_weights()["within"].mode, atol=1e-5
    )
