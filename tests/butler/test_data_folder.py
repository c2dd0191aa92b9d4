"""The data folder: where it is, and that one Butler at a time holds it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from butler.data_folder import DataFolder, DataFolderHeld, DataFolderMissing, DataFolderRefused

HOLD = """
import sys, pathlib
from butler.data_folder import DataFolder
with DataFolder(pathlib.Path(sys.argv[1])).held("chat"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_flag_names_the_folder_before_the_environment(tmp_path: Path) -> None:
    environ = {"BUTLER_DATA": str(tmp_path / "variable")}
    assert DataFolder.find(tmp_path / "flag", environ).path == tmp_path / "flag"
    assert DataFolder.find(None, environ).path == tmp_path / "variable"
    assert DataFolder.find(None, {}).path.name == "butler"


def test_a_second_holder_is_told_who_has_the_folder_until_that_one_is_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        who = rf"`butler chat` \(process {holder.pid}\)"
        with pytest.raises(DataFolderHeld, match=who) as caught, DataFolder(tmp_path).held("stdio"):
            pass
        assert caught.value.exit_code == 75
    finally:
        holder.kill()
        holder.wait()
        holder.stdin.close()
        holder.stdout.close()
    with DataFolder(tmp_path).held("stdio"):
        pass


def test_the_folder_is_free_again_when_its_holder_is_done(tmp_path: Path) -> None:
    for verb in ("chat", "stdio"):
        with DataFolder(tmp_path / "new" / "folder").held(verb):
            assert (tmp_path / "new" / "folder").is_dir()


def test_two_holders_in_one_process_are_told_apart(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with folder.held("chat"), pytest.raises(DataFolderHeld, match=str(os.getpid())), folder.held("run"):
        pass


def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderRefused, match="file/folder"), DataFolder(tmp_path / "file" / "folder").held("chat"):
        pass


def test_a_verb_that_only_reads_says_that_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(DataFolderMissing, match=r"butler\.db"):
        DataFolder(tmp_path).require_store()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_made_is_for_its_owner_alone(tmp_path: Path) -> None:
    with DataFolder(tmp_path / "new").held("chat"):
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_who_holds_the_folder_can_be_asked_without_holding_it(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    assert data.holder() is None
    with data.held("run"):
        assert data.holder() == f"`butler run` (process {os.getpid()})"
    assert data.holder() is None
