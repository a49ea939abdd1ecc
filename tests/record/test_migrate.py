"""A store of an earlier release is brought up to date when it is opened, and loses nothing of the user's."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from aneroid.record.store import DATABASE, SCHEMA_VERSION, Store


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store as an earlier release laid it out: a column fewer, an older history of claims, one article."""
    folder = tmp_path_factory.mktemp("earlier")
    Store.open(folder).close()
    with duckdb.connect(str(folder / DATABASE)) as connection:
        for statement in (
            "UPDATE meta SET value = '1' WHERE key = 'schema'",
            "DELETE FROM meta WHERE key IN ('layout', 'snapshot_hash')",
            "ALTER TABLE rollcalls DROP COLUMN text",
            "DROP TABLE ledger",
            "DROP TABLE claim_status",
            "CREATE TABLE claim_status (claim TEXT, standing TEXT, answer TEXT, evidence TEXT, since TIMESTAMP)",
            "INSERT INTO claim_status VALUES ('c1', 'reported', 'not checked', '', '2020-01-01')",
            "INSERT INTO articles (article, sha256, title, retrieved, text, reader) "
            "VALUES ('a1', 'x', 'Mine', '2020-01-01', 'Text.', '0.0')",
            "INSERT INTO meta VALUES ('measured:roll_calls', 'mark')",
            "INSERT INTO vintages VALUES ('mine@1', 'sipri', '1', '', 1, '2020-01-01')",
            "INSERT INTO readings SELECT state, pole, 'roll_calls', year, value, sd, detail, vintage FROM readings LIMIT 3",
            "INSERT INTO readings VALUES ('PER', 'FRA', 'arms_orders', 2010, 2, NULL, NULL, 'mine@1')",
            "DELETE FROM facts",
        ):
            connection.execute(statement)
    return folder


def test_an_earlier_store_is_brought_up_to_date(earlier: Path) -> None:
    """Packaged rows come afresh; articles, claims, measured and loaded readings are kept; a second opening changes nothing."""
    told: list[str] = []
    with Store.open(earlier, progress=told.append) as store:
        assert store.value("SELECT value FROM meta WHERE key = 'schema'") == SCHEMA_VERSION
        assert store.value("SELECT title FROM articles") == "Mine"
        assert store.value("SELECT standing FROM claim_status WHERE claim = 'c1'") == "reported"
        assert store.value("SELECT count(text) FROM rollcalls") > 0
        assert store.value("SELECT count(*) FROM facts") > 0
        assert store.value("SELECT count(*) FROM readings WHERE indicator = 'roll_calls'") == 3
        assert store.value("SELECT count(*) FROM readings WHERE vintage = 'mine@1'") == 1
        assert store.value("SELECT value FROM meta WHERE key = 'measured:roll_calls'") == "mark"
    assert any("up to date" in line for line in told)
    again: list[str] = []
    Store.open(earlier, progress=again.append).close()
    assert again == []
    assert [path.name for path in earlier.iterdir()] == [DATABASE]


def test_a_database_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """A DuckDB file without our tables is refused in a sentence and not touched."""
    from aneroid.errors import AneroidError

    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        connection.execute("CREATE TABLE mine AS SELECT 1 AS x")
    with pytest.raises(AneroidError, match="no store of Aneroid"):
        Store.open(tmp_path)
    with duckdb.connect(str(tmp_path / DATABASE)) as connection:
        assert connection.execute("SELECT x FROM mine").fetchone() == (1,)


def test_a_failed_insertion_says_why(tmp_path: Path) -> None:
    """Inside a transaction the first error is the one that is raised."""
    Store.open(tmp_path).close()
    row = pd.DataFrame([{"key": "schema", "value": "1"}])
    with (
        Store.open(tmp_path, write=True) as store,
        pytest.raises(duckdb.ConstraintException),
        store.transaction(),
    ):
        store.insert("meta", row)
