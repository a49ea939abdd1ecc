"""A store is built whole or not at all, and the same readings are known by the same fingerprint."""

from __future__ import annotations

from pathlib import Path

import pytest

from aneroid.record import readings as rows
from aneroid.record.citations import cited
from aneroid.record.status import status
from aneroid.record.store import DATABASE, Store, remove


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as a user gets it."""
    where = tmp_path_factory.mktemp("built")
    Store.open(where).close()
    return where


def test_a_killed_build_is_begun_anew(folder: Path, tmp_path: Path) -> None:
    """What a killed run left under another name is neither used nor in the way."""
    (tmp_path / (DATABASE + ".1.part")).write_bytes(b"half a store")
    with Store.open(tmp_path) as again, Store.open(folder) as whole:
        assert rows.fingerprint(again) == rows.fingerprint(whole)
    remove(tmp_path)
    assert not tmp_path.exists()


def test_opening_again_changes_nothing(folder: Path) -> None:
    """A store that is there is opened, not built."""
    before = (folder / DATABASE).stat().st_mtime_ns
    Store.open(folder).close()
    assert (folder / DATABASE).stat().st_mtime_ns == before


def test_every_reading_has_a_source_with_terms(folder: Path) -> None:
    """No indicator without a cited source, no source without a licence."""
    with Store.open(folder) as store:
        known = set(cited(store).source)
        assert set(status(store).source) <= known
        assert (cited(store).licence.str.len() > 0).all()


def test_as_known_on_hides_what_was_not_published(folder: Path) -> None:
    """A reading is not known before its period has ended and its source has published it."""
    with Store.open(folder) as store:
        early = rows.readings(store, known_in=1990)
        assert early.year.max() <= 1990
        assert len(early) < len(rows.readings(store))


def test_contested_roll_calls_only(folder: Path) -> None:
    """The votes behind a reading are those that tell sides apart; Iraq cast none in 1999."""
    with Store.open(folder) as store:
        table = rows.split_votes(store, "EGY", "USA", (1985, 1985))
        assert len(table) > 50
        assert set(table.state_vote) <= {"yes", "abstain", "no"}
        assert table.agrees.mean() < 0.5
        assert rows.split_votes(store, "IRQ", "USA", (1999, 1999)).empty
