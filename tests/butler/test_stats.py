"""`butler stats`: a table of weeks, and the curve in a file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from butler.cli import main
from store import open_store, turns
from store.turns import NewTurn


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with three turns of last week, one of which was corrected, and one of this week."""
    with open_store(tmp_path / "butler.db") as store:
        now = datetime.now(UTC)
        for at, verdict in ((7, None), (7, "accepted"), (7, "corrected"), (0, None)):
            reading = {"intent": "light_control", "stage": "pattern", "disposition": "act"}
            turn = NewTurn("ana", "c", now - timedelta(days=at), "on", interpretation=reading, outcome="acted")
            number = turns.append(store, turn)
            turns.amend(store, number, verdict=verdict)
    (tmp_path / "config.toml").write_text('[household]\ntime_zone = "UTC"\n')
    return tmp_path


def test_the_table_has_a_row_a_week(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--data", str(data)]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["week", "from", "turns", "first", "try", "corrections", "fallbacks"]
    assert [row.split()[2:] for row in rows] == [["3", "66.7%", "1", "0"], ["1", "100.0%", "0", "0"]]


def test_one_week_alone_can_be_asked_for(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--weeks", "1", "--data", str(data)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2
    assert main(["stats", "--weeks", "0", "--data", str(data)]) == 2


def test_the_curve_is_written(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stats", "--png", str(data / "curve.png"), "--data", str(data)]) == 0
    assert (data / "curve.png").read_bytes().startswith(b"\x89PNG")
    assert main(["stats", "--png", str(data / "no" / "curve.png"), "--data", str(data)]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_an_empty_store_has_nothing_to_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_store(tmp_path / "butler.db").close()
    assert main(["stats", "--data", str(tmp_path)]) == 0
    assert "nothing to count" in capsys.readouterr().out
