"""A backup is whole, equal, and never half there."""

from pathlib import Path

import pytest

from store import (
    LearningWriter,
    Store,
    StoreUnreachable,
    active_rows,
    backup,
    head,
    improvements,
    integrity_check,
    open_store,
    turns,
)
from tests.store.conftest import NOW, deployed


def test_a_backup_restores_everything(store: Store, writer: LearningWriter, tmp_path: Path) -> None:
    """The copy, one file that is opened as a store, holds every row of every table."""
    deployed(writer, store)
    turns.append(store, turns.NewTurn("ana", "c", NOW, text="hello", calls=[{"service": "light.turn_on"}]))
    copy = backup(store, tmp_path / "copy.db")
    turns.append(store, turns.NewTurn("ana", "c", NOW, text="later"))
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == ["copy.db"]
    with open_store(copy) as restored:
        assert (head(restored), active_rows(restored)) == (head(store), active_rows(store))
        assert improvements.audit(restored) == improvements.audit(store)
        assert [turn.text for turn in turns.recent(restored, 9)] == ["hello"]
        for table in store.database.get_tables():
            if table not in ("turns", "sqlite_sequence"):
                sql = f"SELECT * FROM {table}"
                assert restored.database.fetch(sql) == store.database.fetch(sql)
        assert integrity_check(restored) == []


def test_a_backup_replaces_the_one_before(store: Store, tmp_path: Path) -> None:
    """The same name always holds the newest whole copy."""
    for count in (1, 2):
        turns.append(store, turns.NewTurn("ana", "c", NOW))
        with open_store(backup(store, tmp_path / "copy.db")) as restored:
            assert turns.count(restored) == count


def test_a_backup_into_no_folder_is_said_so(store: Store, tmp_path: Path) -> None:
    """Nothing is left behind when the copy cannot be made."""
    with pytest.raises(StoreUnreachable, match=r"copy\.db"):
        backup(store, tmp_path / "nowhere" / "copy.db")
    assert not (tmp_path / "nowhere").exists()


def test_a_sound_store_has_no_findings(store: Store) -> None:
    """The full check says nothing of a fresh store."""
    assert integrity_check(store) == []
