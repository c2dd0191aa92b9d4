"""The schema is made by migrations, and every older one is brought up to date."""

import shutil
from pathlib import Path
from typing import Any, cast

import pytest
from playhouse.migrations import Runner
from playhouse.schema_diff import diff_models

from store import Store, StoreConstraint, lists, open_store, people, rings, signals, tasks, traces, turns
from store.connection import StoreDatabase
from store.models import MODELS
from store.schema import MIGRATIONS
from tests.store.conftest import NOW

NAMES = sorted(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


def test_models_and_migrations_make_the_same_tables(store: Store) -> None:
    """No table or column is in one and missing in the other."""
    drift = cast("Any", diff_models)(store.database, [store.model(model) for model in MODELS])
    assert [drift.create_tables, drift.drop_columns] == [[], []]
    assert [field.name for field in drift.add_columns] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_store_of_any_older_schema_is_brought_up_to_date(db_path: Path, name: str) -> None:
    """From the oldest schema on, opening migrates and keeps the rows, and what is new of them has its default."""
    old = StoreDatabase(db_path, 5.0)
    cast("Any", Runner)(old, str(MIGRATIONS)).up(name)
    old.fetch("INSERT INTO turns (user, chat, text, at) VALUES ('ana', 'c', 'hello', '2026-01-01T00:00:00.000000Z')")
    old.fetch(
        "INSERT INTO improvement_signals (id, signal_type, utterance, created_at) "
        "VALUES ('sig-1', 'feedback', 'hello', '2026-01-01T00:00:00.000000Z')"
    )
    old.fetch(
        "INSERT INTO execution_logs (trace_id, turn, stage, component, metadata, created_at) "
        "VALUES ('t', 1, 'pattern', 'hassil', '{\"n\":1}', '2026-01-01T00:00:00.000000Z')"
    )
    old.fetch("INSERT INTO people (user, role, first_seen) VALUES ('ana', 'admin', '2026-01-01T00:00:00.000000Z')")
    old.close_all()
    with open_store(db_path) as store:
        assert [row[0] for row in store.database.fetch("SELECT name FROM schema_migration ORDER BY name")] == NAMES
        assert [(turn.text, turn.learnable, turn.verdict) for turn in turns.recent(store, 5)] == [("hello", True, None)]
        assert [signal.utterance for signal in signals.get(store, ["sig-1"])] == ["hello"]
        (trace,) = traces.by_turn(store, 1)
        assert (trace.metadata, trace.project, trace.model) == ({"n": 1}, None, None)
        assert [person.user for person in people.everyone(store)] == ["ana"]
        assert (tasks.open_of(store, "ana"), lists.names(store), rings.next_due(store)) == ([], [], None)
        with pytest.raises(StoreConstraint, match="never changed"):
            store.database.fetch("UPDATE improvement_signals SET utterance = 'bye'")


def _with_one_more(tmp_path: Path, body: str) -> Path:
    directory = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, directory)
    (directory / "9000_more.py").write_text(f"def up(migrator, db):\n    {body}\n")
    return directory


def test_a_further_migration_is_applied_to_an_existing_store(db_path: Path, tmp_path: Path) -> None:
    """A store made before the migration has its column afterwards, and the older program then refuses it."""
    with open_store(db_path) as store:
        turns.append(store, turns.NewTurn("ana", "c", NOW))
    more = _with_one_more(tmp_path, "db.execute_sql('ALTER TABLE turns ADD COLUMN mood TEXT')")
    with open_store(db_path, migrations=more) as store:
        assert store.database.fetch("SELECT mood FROM turns") == [(None,)]
        assert store.database.pragma("foreign_keys") == 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(db_path: Path, tmp_path: Path) -> None:
    """Half a migration is never there."""
    open_store(db_path).close()
    more = _with_one_more(tmp_path, "db.execute_sql('CREATE TABLE half (x)'); raise RuntimeError('broken')")
    with pytest.raises(RuntimeError, match="broken"):
        open_store(db_path, migrations=more)
    with open_store(db_path) as store:
        assert "half" not in store.database.get_tables()
