"""The store keeps what it was given, once, or says in a sentence why it cannot."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from aneroid.errors import AneroidError, EnvironmentProblem
from aneroid.record.raw import keep_raw
from aneroid.record.store import DATABASE, Store, create, remove


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    """A store with the schema and nothing in it."""
    return create(tmp_path, DATABASE)


def test_failed_transaction_leaves_nothing(empty: Store) -> None:
    """A step that fails half-way takes back what it had written."""
    with pytest.raises(RuntimeError), empty.transaction():
        empty.insert("meta", pd.DataFrame([{"key": "a", "value": "1"}]))
        raise RuntimeError
    assert empty.value("SELECT count(*) FROM meta WHERE key = 'a'") == 0


def test_existing_rows_fail_stay_or_give_way(empty: Store) -> None:
    """A row whose key is there already fails, is kept, or is replaced, as asked."""
    import duckdb

    row = pd.DataFrame([{"key": "a", "value": "1"}])
    empty.insert("meta", row)
    with pytest.raises(duckdb.Error):
        empty.insert("meta", row)
    empty.insert("meta", row.assign(value="2"), existing="keep")
    assert empty.value("SELECT value FROM meta WHERE key = 'a'") == "1"
    empty.insert("meta", row.assign(value="2"), existing="replace")
    assert empty.value("SELECT value FROM meta WHERE key = 'a'") == "2"


def test_same_bytes_are_kept_once(empty: Store) -> None:
    """Raw files live under their hash, unchanged."""
    first = keep_raw(empty, b"text", media_type="text/plain", origin="a.txt")
    second = keep_raw(empty, b"text", media_type="text/plain", origin="b.txt")
    assert first == second
    assert (empty.folder / "raw" / first[:2] / first).read_bytes() == b"text"
    assert empty.value("SELECT count(*) FROM raw_files") == 1


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """Something else under the store's name is an error in words, and is left alone."""
    (tmp_path / DATABASE).write_bytes(b"not a database" * 1000)
    with pytest.raises(EnvironmentProblem, match="not a readable DuckDB file"):
        Store.open(tmp_path)
    assert (tmp_path / DATABASE).read_bytes().startswith(b"not a database")


def test_a_store_of_a_later_release_is_refused(empty: Store, tmp_path: Path) -> None:
    """A newer schema is named, with what to do."""
    empty.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    empty.close()
    with pytest.raises(AneroidError, match="later release"):
        Store.open(tmp_path)


def test_remove_leaves_a_folder_that_is_no_store(tmp_path: Path) -> None:
    """Folders of the user that bear the same names are not ours to delete, with or without a store beside them."""
    for name in ("raw", "fits"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.csv").write_text("x")
    remove(tmp_path)
    assert (tmp_path / "raw" / "mine.csv").exists()
    create(tmp_path, DATABASE).close()
    remove(tmp_path)
    assert not (tmp_path / DATABASE).exists()
    assert (tmp_path / "fits" / "mine.csv").exists()


def test_remove_takes_only_what_a_store_consists_of(empty: Store, tmp_path: Path) -> None:
    """Files of the user in the same folder survive a reset."""
    empty.close()
    (tmp_path / "notes.txt").write_text("mine")
    remove(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
