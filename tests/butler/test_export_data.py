"""`butler export-data`: all that is kept about a person, on standard output."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from butler.cli import main
from store import open_store, people
from tests.butler.process import Stdio

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_store(tmp_path / "butler.db") as store:
        people.admit(store, "telegram:7", "resident", name="Ana", username="ana_b", at=NOON)
        people.admit(store, "telegram:8", "resident", name="Bo", username="bo", at=NOON)
        people.admit(store, "telegram:9", "resident", name="Bo", username="bob", at=NOON)
    return tmp_path


def exported(capsysbinary: pytest.CaptureFixture[bytes], data: Path, user: str) -> Any:
    assert main(["export-data", "--data", str(data), user]) == 0
    return json.loads(capsysbinary.readouterr().out)


@pytest.mark.parametrize("name", ["telegram:7", "@ana_b", "ana"])
def test_a_person_is_named_by_id_username_or_name(
    data: Path, name: str, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert exported(capsysbinary, data, name)["user"] == "telegram:7"


def test_a_name_that_two_bear_is_asked_about(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export-data", "--data", str(data), "Bo"]) == 2
    shown = capsys.readouterr()
    assert "telegram:8 or telegram:9" in shown.err
    assert shown.out == ""


def test_what_a_person_of_the_terminal_said_is_there(
    tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    with Stdio(tmp_path) as butler:
        butler.say("turn on the kitchen light", user="zoë")
        butler.say("turn off the hall light", user="bo")
        butler.end()
    document = json.dumps(exported(capsysbinary, tmp_path, "zoë"))
    assert "turn on the kitchen light" in document
    assert "hall light" not in document


def test_a_name_nobody_bears_is_told_instead_of_an_empty_file(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export-data", "--data", str(data), "Anna"]) == 2
    shown = capsys.readouterr()
    assert "nothing is kept about Anna" in shown.err
    assert shown.out == ""
