"""`butler restore`: a copy takes the store's place, what was there is kept, and nobody else may be at work."""

from pathlib import Path

import pytest

from butler.cli import main
from butler.data_folder import DataFolder
from store import StoreCorrupt, facts, open_store, outbox
from tests.store.conftest import NOW


def said(data: Path, value: str | None = None) -> str | None:
    """Write a fact, if one is given, and return what stands there."""
    with open_store(data / "butler.db") as store:
        if value is not None:
            facts.put(store, "fact", value)
        return facts.get(store, "fact")


def test_a_backup_is_put_back_and_what_was_there_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.db"
    data.mkdir()
    said(data, "old")
    assert main(["backup", "--data", str(data), str(copy)]) == 0
    said(data, "new")
    assert main(["restore", "--data", str(data), str(copy)]) == 0
    assert said(data) == "old"
    kept = Path(capsys.readouterr().out.splitlines()[-1].rpartition(" kept as ")[2].rstrip("."))
    assert main(["restore", "--data", str(data), str(kept)]) == 0
    assert said(data) == "new"


def test_it_says_how_many_messages_are_not_sent_any_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.db"
    data.mkdir()
    with open_store(data / "butler.db") as store:
        outbox.add(store, outbox.Outgoing("local", "ana", "ana", {"text": "old news", "buttons": []}, NOW, NOW))
    assert main(["backup", "--data", str(data), str(copy)]) == 0
    capsys.readouterr()
    assert main(["restore", "--data", str(data), str(copy)]) == 0
    assert "1 message that waited to be sent" in capsys.readouterr().out
    assert main(["restore", "--data", str(data), str(data / "butler.db.replaced-1.bak")]) == 0


def test_an_empty_data_folder_takes_a_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "old"
    old.mkdir()
    said(old, "moved")
    main(["backup", "--data", str(old), str(tmp_path / "copy.db")])
    assert main(["restore", "--data", str(tmp_path / "new"), str(tmp_path / "copy.db")]) == 0
    assert said(tmp_path / "new") == "moved"
    assert "kept" not in capsys.readouterr().out.splitlines()[-1]


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.db"
    open_store(copy).close()
    with DataFolder(tmp_path / "data").held("run"):
        assert main(["restore", "--data", str(tmp_path / "data"), str(copy)]) == 75
    assert "butler run" in capsys.readouterr().err
    assert not (tmp_path / "data" / "butler.db").exists()


def test_what_is_no_store_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, wrong = tmp_path / "data", tmp_path / "wrong.db"
    data.mkdir()
    said(data, "mine")
    wrong.write_bytes(b"not a database at all" * 500)
    assert main(["restore", "--data", str(data), str(wrong)]) == StoreCorrupt.exit_code
    assert main(["restore", "--data", str(data), str(tmp_path / "nowhere.db")]) != 0
    assert main(["restore", "--data", str(data), str(data / "butler.db")]) == 2
    assert said(data) == "mine"
    assert len(capsys.readouterr().err.splitlines()) == 3
