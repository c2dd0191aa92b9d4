"""SQLite itself refuses whatever is not learning on the learning connection."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import LearningWriter, Store, StoreError, WriteRefused, turns
from store.connection import SeamConnection
from store.learning_connection import LEARNING_TABLES, open_learning_connection
from tests.store.conftest import NOW, deployed


@pytest.fixture
def learning(store: Store) -> Iterator[SeamConnection]:
    """Open the restricted connection itself, over a store with a turn in it."""
    turns.append(store, turns.NewTurn("ana", "c", NOW, text="hello"))
    connection = open_learning_connection(store.path)
    yield connection
    connection.close()


FORBIDDEN = [
    # schema
    "CREATE TABLE loot (x)",
    "CREATE TEMP TABLE loot (x)",
    "CREATE TABLE loot AS SELECT * FROM turns",
    "DROP TABLE improvements",
    "DROP TABLE turns",
    "ALTER TABLE improvements ADD COLUMN x",
    "ALTER TABLE improvements RENAME TO x",
    "CREATE INDEX i ON improvements (tier)",
    "DROP INDEX improvements_status",
    "CREATE VIEW v AS SELECT 1",
    "CREATE TEMP VIEW v AS SELECT 1",
    "CREATE TRIGGER t AFTER INSERT ON improvements BEGIN DELETE FROM turns; END",
    "CREATE TEMP TRIGGER t AFTER INSERT ON improvements BEGIN DELETE FROM turns; END",
    "DROP TRIGGER improvement_audit_is_never_changed",
    "CREATE VIRTUAL TABLE v USING fts5(x)",
    "REINDEX",
    "ANALYZE",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    # other tables
    "INSERT INTO turns (user, chat, at) VALUES ('eve', 'c', 'now')",
    "UPDATE turns SET text = 'forged'",
    "DELETE FROM turns",
    "DELETE FROM execution_logs",
    "INSERT INTO people (user, role, first_seen) VALUES ('eve', 'admin', 'now')",
    "UPDATE dialogue SET state = '{}'",
    "UPDATE jobs SET due = NULL",
    "DELETE FROM schema_migration",
    "UPDATE sqlite_sequence SET seq = 0",
    "DELETE FROM sqlite_sequence",
    "UPDATE sqlite_master SET sql = 'x'",
    "INSERT INTO sqlite_master (type) VALUES ('table')",
    "WITH gone AS (SELECT 1) DELETE FROM buttons",
    # files and settings
    "ATTACH DATABASE 'other.db' AS other",
    "ATTACH DATABASE ':memory:' AS other",
    "DETACH DATABASE main",
    "PRAGMA writable_schema = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA journal_mode",
    "PRAGMA user_version = 9",
    "PRAGMA trusted_schema = ON",
    "PRAGMA table_info(turns)",
    # functions nobody named
    "SELECT load_extension('evil')",
    "SELECT load_extension('evil', 'entry')",
    "SELECT hex(randomblob(4))",
    "SELECT writefile('x', 'y')",
    "SELECT * FROM pragma_table_info('turns')",
]


REFUSALS = ("not authorized", "prohibited", "authorization denied", "may not be modified", "no such function")


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_sqlite_refuses_what_is_not_learning(learning: SeamConnection, store: Store, sql: str) -> None:
    """The statement fails, and the schema, the turns and the folder stay as they were."""
    schema = store.database.fetch("SELECT * FROM sqlite_master")
    files = sorted(path.name for path in store.path.parent.iterdir())
    with pytest.raises(StoreError) as caught:
        learning.execute(sql).fetchall()
    reason = str(caught.value)
    assert any(word in reason for word in REFUSALS), reason
    assert isinstance(caught.value.__cause__, sqlite3.Error)
    assert store.database.fetch("SELECT * FROM sqlite_master") == schema
    assert [turn.text for turn in turns.recent(store, 9)] == ["hello"]
    assert sorted(path.name for path in store.path.parent.iterdir()) == files


def test_it_reads_anything_and_writes_the_learning_tables(learning: SeamConnection, store: Store) -> None:
    """What learning needs is allowed: reads, transactions, savepoints, and its own tables."""
    assert learning.execute("SELECT text FROM turns").fetchall() == [("hello",)]
    learning.execute("BEGIN IMMEDIATE")
    learning.execute("SAVEPOINT s")
    learning.execute("UPDATE head SET version = version + 1")
    learning.execute("RELEASE s")
    learning.execute("COMMIT")
    assert store.database.fetch("SELECT version FROM head") == [(1,)]
    for table in sorted(LEARNING_TABLES - {"improvement_audit"}):
        learning.execute(f"DELETE FROM {table} WHERE 0")


def test_a_trigger_planted_by_others_cannot_reach_other_tables(store: Store, learning: SeamConnection) -> None:
    """Even through a trigger in the schema the learning connection touches nothing but its tables."""
    store.database.fetch("CREATE TRIGGER planted AFTER UPDATE ON head BEGIN DELETE FROM turns; END")
    with pytest.raises(WriteRefused):
        learning.execute("UPDATE head SET version = 9")
    assert turns.count(store) == 1


def test_the_restriction_survives_a_change_of_schema(store: Store, writer: LearningWriter, tmp_path: Path) -> None:
    """When another connection changes the schema, statements are prepared again and still judged."""
    connection = open_learning_connection(store.path)
    connection.execute("SELECT version FROM head").fetchall()
    store.database.fetch("CREATE TABLE later (x)")
    with pytest.raises(WriteRefused):
        connection.execute("INSERT INTO later VALUES (1)")
    assert connection.execute("SELECT version FROM head").fetchall() == [(0,)]
    connection.close()
    assert deployed(writer, store) == 1
