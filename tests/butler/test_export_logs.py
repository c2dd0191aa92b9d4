"""`butler export-logs`: traces as JSON Lines, without tokens, from an instant on, to the screen or a file."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from butler.cli import main
from engine.review.trace_lines import read_lines
from store import open_store, traces, turns
from store.traces import TraceEntry
from store.turns import NewTurn

NOW = datetime.now(UTC)
TOKEN = "123456789:AAHk3xYzQwErTyUiOpAsDfGhJkLzXcVbNm1"  # nobody's


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_store(tmp_path / "butler.db") as store:
        turn = turns.append(store, NewTurn("ana", "ana", NOW, text=f"my token is {TOKEN}", outcome="acted"))
        old = TraceEntry("job-1", "job", "digest", NOW - timedelta(days=40), outcome="done", duration_ms=3.5)
        new = TraceEntry("turn-1", "understand", "pattern", NOW, turn, "x", "act", 0.9, 1.5, {"said": f"é {TOKEN}"})
        traces.append(store, [old, new])
    return tmp_path


def exported(capfdbinary: pytest.CaptureFixture[bytes], data: Path, *more: str) -> list[dict[str, Any]]:
    assert main(["export-logs", "--data", str(data), *more]) == 0
    return [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]


def test_every_line_has_the_keys_the_admin_guide_names(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "admin-guide.md").read_text("utf-8")
    table = guide.partition("## Traces")[2].partition("## ")[0]
    old, new = exported(capfdbinary, data, "--format", "jsonl")
    assert [key for key in old if f"`{key}`" not in table] == []
    assert list(old) == list(new)
    assert (old["stage"], old["component"], old["duration_ms"], old["turn"]) == ("job", "digest", 3.5, None)
    assert (new["user"], new["confidence"], new["turn_outcome"]) == ("ana", 0.9, "acted")


def test_tokens_are_stars_wherever_they_stand(
    data: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(data / "butler.db") as store:
        traces.append(store, [TraceEntry("t", "error", "x", NOW, outcome="at http://h/?t=plain%2Dsecret plain-secret")])
        traces.append(store, [TraceEntry("t", "error", "x", NOW, outcome="Bearer abcdef123456", metadata={TOKEN: 1})])
    monkeypatch.setenv("HASS_TOKEN", "plain-secret")
    monkeypatch.setenv("BUTLER_HOME_ASSISTANT_TOKEN", "plain-secret")
    text = json.dumps(exported(capfdbinary, data))
    assert TOKEN not in text
    assert "abcdef123456" not in text
    assert "**********" in text


def test_since_takes_a_span_a_date_and_a_time(data: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    day = (NOW - timedelta(days=2)).date().isoformat()
    for since in ("30d", "4w", "12h", day, (NOW - timedelta(hours=3)).isoformat()):
        assert [line["stage"] for line in exported(capfdbinary, data, "--since", since)] == ["understand"]
    assert len(exported(capfdbinary, data, "--since", "41d")) == 2


@pytest.mark.parametrize("since", ["yesterday", "30", "-3d", "999999w", "2026-13-01"])
def test_a_since_that_is_none_is_an_error_that_names_it(
    data: Path, since: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export-logs", "--data", str(data), f"--since={since}"]) == 2
    assert "--since" in capsys.readouterr().err


def test_a_file_holds_it_whole_and_only_its_owner_reads_it(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "traces.jsonl"
    assert main(["export-logs", "--data", str(data), "--out", str(out)]) == 0
    assert [trace.stage for trace in read_lines(out.read_text("ascii").splitlines())] == ["job", "understand"]
    assert out.stat().st_mode & 0o077 == 0
    assert main(["export-logs", "--data", str(data), "--out", str(tmp_path / "no" / "where")]) == 2
    assert not list(tmp_path.glob(".*.part"))


def test_a_pipe_is_written_to_and_stays_one(data: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert main(["export-logs", "--data", str(data), "--out", str(pipe)]) == 0
        read = os.read(reading, 65_536).decode("ascii")
    finally:
        os.close(reading)
    assert [trace.stage for trace in read_lines(read.splitlines())] == ["job", "understand"]
    assert pipe.is_fifo()
    assert not list(tmp_path.glob(".*.part"))
