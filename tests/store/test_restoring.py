"""A store is kept before it is migrated, and a backup takes its place without losing the present one."""

import shutil
import sqlite3
from pathlib import Path
from typing import Any, cast

import pytest
from playhouse.migrations import Runner

from store import (
    Store,
    StoreCorrupt,
    StoreTooNew,
    StoreUnreachable,
    backup,
    integrity_check,
    open_store,
    outbox,
    turns,
)
from store.connection import StoreDatabase
from store.restoring import Restored, restore
from store.schema import MIGRATIONS
from tests.store.conftest import NOW


def _say(store: Store, text: str) -> None:
    turns.append(store, turns.NewTurn("ana", "c", NOW, text=text))


def _said(path: Path) -> list[str | None]:
    with open_store(path) as store:
        assert integrity_check(store) == []
        return [turn.text for turn in turns.recent(store, 99)]


def _texts(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("SELECT text FROM turns ORDER BY number")]
    connection.close()
    return found


def _first_schema(path: Path, text: str) -> None:
    old = StoreDatabase(path, 5.0)
    cast("Any", Runner)(old, str(MIGRATIONS)).up("0001_initial")
    sql = "INSERT INTO turns (user, chat, text, at) VALUES ('ana', 'c', ?, '2026-01-01T00:00:00.000000Z')"
    old.fetch(sql, (text,))
    old.close_all()


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_a_store_is_kept_as_it_was_before_it_is_migrated(db_path: Path) -> None:
    """The copy lies beside it, bears the schema's name, and is the old schema with its rows."""
    _first_schema(db_path, "old")
    assert _said(db_path) == ["old"]
    copy = db_path.with_name("butler.db.before-0001_initial.bak")
    assert _names(db_path.parent) == ["butler.db", copy.name]
    assert _texts(copy) == ["old"]
    connection = sqlite3.connect(copy)
    tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert "outbox" not in tables


def test_no_copy_is_made_of_what_is_new_or_up_to_date(db_path: Path) -> None:
    """A fresh store and one that needs no migration leave nothing beside them."""
    for _ in range(3):
        open_store(db_path).close()
    assert _names(db_path.parent) == ["butler.db"]


def test_a_copy_is_never_overwritten(db_path: Path) -> None:
    """A second upgrade of other content gets a name of its own; the same content needs no second copy."""
    for text in ("one", "two"):
        db_path.unlink(missing_ok=True)
        _first_schema(db_path, text)
        open_store(db_path).close()
    first, second = (db_path.with_name(f"butler.db.before-0001_initial{more}.bak") for more in ("", "-2"))
    assert (_texts(first), _texts(second)) == (["one"], ["two"])


def test_a_migration_that_fails_again_and_again_keeps_one_copy(db_path: Path, tmp_path: Path) -> None:
    """A start that cannot succeed does not fill the disk."""
    directory = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, directory)
    (directory / "9000_more.py").write_text("def up(migrator, db):\n    raise RuntimeError('broken')\n")
    with open_store(db_path) as store:
        _say(store, "kept")
    for _ in range(3):
        with pytest.raises(RuntimeError, match="broken"):
            open_store(db_path, migrations=directory)
    newest = max(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))
    assert _names(db_path.parent) == ["butler.db", f"butler.db.before-{newest}.bak"]
    assert _said(db_path) == ["kept"]


def test_a_backup_takes_the_stores_place(db_path: Path, tmp_path: Path) -> None:
    """What was there is kept, under a new name each time, with what lay only in its log."""
    with open_store(db_path) as store:
        _say(store, "first")
        copy = backup(store, tmp_path / "copy.bak")
        _say(store, "second")
        for path in list(db_path.parent.glob("butler.db*")):  # as after a crash: the log was not folded in
            shutil.copy(path, tmp_path / path.name.replace("butler", "crashed"))
    crashed = tmp_path / "crashed.db"
    assert crashed.with_name("crashed.db-wal").stat().st_size > 0
    kept = restore(copy, crashed).kept
    assert kept == tmp_path / "crashed.db.replaced-1.bak"
    assert (_texts(crashed), _texts(kept)) == (["first"], ["first", "second"])
    assert _said(crashed) == ["first"]
    assert restore(kept, crashed).kept == tmp_path / "crashed.db.replaced-2.bak"
    assert _said(crashed) == ["first", "second"]


def test_a_backup_is_restored_where_nothing_was(store: Store, tmp_path: Path) -> None:
    """On a new machine there is nothing to keep."""
    _say(store, "hello")
    copy, new = backup(store, tmp_path / "copy.bak"), tmp_path / "new.db"
    assert restore(copy, new) == Restored(None, 0)
    assert (_said(new), _texts(copy)) == (["hello"], ["hello"])


def test_a_store_that_is_damaged_is_replaced_and_kept_as_it_lies(store: Store, tmp_path: Path) -> None:
    """The very reason to restore must not stand in its way."""
    _say(store, "hello")
    copy, broken = backup(store, tmp_path / "copy.bak"), tmp_path / "broken.db"
    broken.write_bytes(b"this is no database, " * 200)
    before = broken.read_bytes()
    kept = restore(copy, broken).kept
    assert kept is not None
    assert kept.read_bytes() == before
    assert _said(broken) == ["hello"]


def test_what_waited_to_be_sent_is_not_sent_from_a_backup(db_path: Path, tmp_path: Path) -> None:
    """Waiting, cut off or to be forgotten: all of it is marked, none is due; what was sent stays as it was."""
    with open_store(db_path) as store:
        for text, forget in (("sent", False), ("cut off", False), ("waits", False), ("secret", True)):
            said = outbox.Outgoing("telegram", "telegram:1", "telegram:1", {"text": text}, NOW, NOW, forget=forget)
            outbox.add(store, said)
        for number in (1, 2):
            outbox.claim(store, number, NOW)
        outbox.sent(store, 1, 5, NOW)
        copy = backup(store, tmp_path / "copy.bak")
    assert restore(copy, db_path).unsent == 3
    with open_store(db_path) as store:
        assert outbox.due(store, "telegram", NOW) == []
        assert (outbox.counts(store).dropped, outbox.counts(store).sent) == (3, 1)
        assert outbox.cut_off(store, "telegram") == []
        row = outbox.get(store, 3)
        assert row is not None
        assert row.problem == "not sent: restored from a copy"
    assert b"secret" not in db_path.read_bytes()
    with open_store(copy) as store:
        assert outbox.counts(store).waiting == 2


def test_an_older_backup_is_migrated_at_the_next_start(db_path: Path, tmp_path: Path) -> None:
    """A backup of an older version is taken; opening brings it up to date."""
    old = tmp_path / "old.bak"
    _first_schema(old, "old")
    connection = sqlite3.connect(old)
    connection.execute("PRAGMA application_id = 0x42544C52")
    connection.close()
    restore(old, db_path)
    assert _said(db_path) == ["old"]


def _no_database(path: Path) -> None:
    path.write_bytes(b"hello " * 2000)


def _other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE photos (x)")
    connection.close()


def _too_new(path: Path) -> None:
    with open_store(path) as made:
        made.database.fetch("INSERT INTO schema_migration (name, applied) VALUES ('9001_future', '2030-01-01')")


def _damaged(path: Path) -> None:
    with open_store(path) as made:
        for number in range(300):
            _say(made, f"turn {number} " * 20)
    content = bytearray(path.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 : page * 4096 + 64] = b"\xa5" * 64
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (_no_database, StoreCorrupt),
        (_other_program, StoreCorrupt),
        (_too_new, StoreTooNew),
        (_damaged, StoreCorrupt),
        (lambda path: None, StoreUnreachable),
        (lambda path: path.mkdir(), StoreUnreachable),
    ],
)
def test_what_is_no_good_backup_is_not_taken(db_path: Path, tmp_path: Path, make: Any, error: type[Exception]) -> None:
    """The file is named, and the store and its folder stay as they were."""
    with open_store(db_path) as store:
        _say(store, "kept")
    bad = tmp_path / "elsewhere" / "bad.bak"
    bad.parent.mkdir()
    make(bad)
    before = (db_path.read_bytes(), _names(tmp_path))
    with pytest.raises(error, match=r"bad\.bak"):
        restore(bad, db_path)
    assert (db_path.read_bytes(), _names(tmp_path)) == before


def test_a_folder_that_is_missing_is_not_made_up(store: Store, tmp_path: Path) -> None:
    """Where the store is to lie must exist."""
    copy = backup(store, tmp_path / "copy.bak")
    with pytest.raises(StoreUnreachable, match="folder does not exist"):
        restore(copy, tmp_path / "nowhere" / "butler.db")
