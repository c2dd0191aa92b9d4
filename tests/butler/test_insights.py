"""`butler insights`, `butler report` and `butler maintenance scan | status`, beside a Butler that may be running."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from butler.cli import main
from engine.learning.changes import KeywordRuleChange, TimeMappingChange
from store import improvements, insights, open_store, traces, turns
from store.traces import TraceEntry
from store.turns import NewTurn
from tests.butler.conversation.reports.planting import plant

NOW = datetime.now(UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with open_store(tmp_path / "butler.db") as store:
        for weight, phrase in enumerate(("dentist", "rent", "taxes", "school"), 1):
            plant(store, KeywordRuleChange(phrase, "high"), priority=float(weight))
        plant(store, TimeMappingChange("after work", "at 18:00", "personal", "ana"), owner="ana")
    return tmp_path


def butler(capsys: pytest.CaptureFixture[str], data: Path, *words: str, code: int = 0) -> str:
    assert main([*words, "--data", str(data)]) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_insights_are_listed_for_whom_they_concern(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = butler(capsys, data, "insights")
    assert told.splitlines()[0].startswith("4. Tasks with “school” are important.")
    assert "after work" not in told
    assert "after work" in butler(capsys, data, "insights", "--user", "ana")


def test_a_report_shows_three_and_then_the_rest(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = butler(capsys, data, "report")
    assert first.count("System Insight") == 3
    assert "dentist" not in first
    assert "“dentist”" in butler(capsys, data, "report")
    assert "nothing new" in butler(capsys, data, "report")


def test_what_the_report_could_not_write_is_not_lost(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that is full is one line on standard error, and the next report has all that was not seen."""
    with monkeypatch.context() as full, Path("/dev/full").open("w", encoding="utf-8") as output:
        full.setattr("sys.stdout", output)
        code = main(["report", "--data", str(data)])
        with contextlib.suppress(OSError):
            output.close()
    assert code == 74
    assert capsys.readouterr().err == "butler: nothing more can be written to the output: No space left on device\n"
    assert butler(capsys, data, "report").count("System Insight") == 3


def test_one_is_dismissed_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Dismissed" in butler(capsys, data, "insights", "dismiss", "2")
    assert "was dismissed already" in butler(capsys, data, "insights", "dismiss", "2", code=2)
    assert "rent" not in butler(capsys, data, "insights")
    assert "(dismissed)" in butler(capsys, data, "insights", "--all")


def test_one_is_applied_by_whom_it_concerns(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--user says whose" in butler(capsys, data, "insights", "apply", "5", code=2)
    assert "takes an admin" in butler(capsys, data, "insights", "apply", "1", "--user", "ana", code=2)
    assert "no insight 9" in butler(capsys, data, "insights", "apply", "9", code=2)
    assert "Applied: " in butler(capsys, data, "insights", "--user", "ana", "apply", "5")
    with open_store(data / "butler.db") as store:
        (row,) = improvements.listing(store)
        found = insights.get(store, 5)
    assert (row.source, row.submitted_by, row.status) == ("insight", "ana", "applied")
    assert found is not None
    assert (found.status, found.improvement) == ("applied", 1)


def test_a_scan_says_what_it_read_and_status_when(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "not been reviewed" in butler(capsys, data, "maintenance", "status")
    assert "Read 0 traces" in butler(capsys, data, "maintenance", "scan", "--logs")
    told = butler(capsys, data, "maintenance", "status")
    assert f"Last reviewed {NOW:%Y-}" in told
    assert "Open insights: 5" in told
    assert "say what to scan" in butler(capsys, data, "maintenance", "scan", code=2)


def test_a_file_that_is_no_export_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = data / "wrong.jsonl"
    wrong.write_text('{"schema": 99}\n', encoding="utf-8")
    told = butler(capsys, data, "maintenance", "scan", "--logs", "--from", str(wrong), code=2)
    assert "line 1 is no trace" in told


def test_an_export_gives_the_same_patterns_as_the_store(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _plant_traces(data)
    out = data / "logs.jsonl"
    assert main(["export-logs", "--data", str(data), "--out", str(out)]) == 0
    capsys.readouterr()
    exported = butler(capsys, data, "maintenance", "scan", "--logs", "--from", str(out))
    stored = butler(capsys, data, "maintenance", "scan", "--logs")
    lines = [line.partition(" (")[0] for line in exported.splitlines() if line.startswith("  ")]
    assert lines
    assert lines == [line.partition(" (")[0] for line in stored.splitlines() if line.startswith("  ")]


def _plant_traces(data: Path) -> None:
    with open_store(data / "butler.db") as store:
        for number in range(8):
            at = NOW - timedelta(days=8 - number)
            said = turns.append(
                store, NewTurn("ana", "ana", at, text=f"call the vet about cat {number}", outcome="kept")
            )
            put = turns.append(store, NewTurn("ana", "ana", at, text="make it urgent", outcome="kept"))
            title = {"title": f"call the vet about cat {number}", "priority": "normal"}
            after = {"of_turn": said, "after_s": 60.0, "after": {"priority": "urgent"}, "by": "talk"}
            traces.append(
                store,
                [
                    TraceEntry(f"turn-{said}", "capture", "tasks", at, said, "task", "kept", 0.9, metadata=title),
                    TraceEntry(f"turn-{put}", "amend", "tasks", at, put, "changed", "correction", metadata=after),
                ],
            )
