"""`butler history` and `butler audit`: found by what they are, and exported for other programs."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from butler.cli import main
from store import LearningWriter, open_store
from tests.store.conftest import NOW, proposed


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with an alias of Ana's that was rejected, and an exemplar of Ben's a day later."""
    with open_store(tmp_path / "butler.db") as store:
        writer = LearningWriter(store)
        first = proposed(writer)
        writer.reject(first, actor="ada", reason="not “so”", at=NOW + timedelta(hours=1))
        proposed(writer, improvement_type="exemplar", submitted_by="ben", target="lights please")
        writer.close()
    (tmp_path / "config.toml").write_text('[household]\ntime_zone = "UTC"\n')
    return tmp_path


@pytest.mark.parametrize(
    ("flags", "numbers"),
    [
        ([], "#2 #1"),
        (["--status", "rejected"], "#1"),
        (["--status", "rejected", "--status", "Pending"], "#2 #1"),
        (["--person", "BEN"], "#2"),
        (["--kind", "exemplars"], "#2"),
        (["--since", "2026-03-14"], "#2 #1"),
        (["--since", "2026-03-15"], ""),
        (["--person", "ana", "--kind", "exemplar"], ""),
    ],
)
def test_history_is_filtered(data: Path, flags: list[str], numbers: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "--data", str(data), *flags]) == 0
    shown = capsys.readouterr().out
    assert " ".join(line.split()[0] for line in shown.splitlines() if line.startswith("#")) == numbers
    assert numbers or "Nothing like that" in shown


@pytest.mark.parametrize(
    ("flags", "named"),
    [
        (["--status", "purple"], "rolled back"),
        (["--person", "eve"], "nobody called “eve”"),
        (["--kind", "tune"], "alias"),
        (["--since", "noon"], "2026-11-01"),
    ],
)
def test_a_wrong_filter_says_what_there_is(
    data: Path, flags: list[str], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", "--data", str(data), *flags]) == 2
    assert named in capsys.readouterr().err


def test_the_audit_of_one_improvement_is_json_a_line(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--data", str(data), "--improvement", "1", "--format", "jsonl"]) == 0
    steps = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(step["improvement"], step["action"], step["actor"]) for step in steps] == [
        ("improvement-1", "created", "ana"),
        ("improvement-1", "rejected", "ada"),
    ]
    assert steps[1]["created_at"] == "2026-03-14T10:26:53.589793Z"
    assert steps[1]["details"]["reason"] == "not “so”"
    assert [step["number"] for step in steps] == sorted(step["number"] for step in steps)


def test_the_whole_audit_is_text_for_people(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--data", str(data)]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 3
    assert shown[1] == "2026-03-14T10:26:53.589793Z  improvement-1  rejected by ada: not “so”"


def test_the_audit_of_what_there_is_not_says_so(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--data", str(data), "--improvement", "9"]) == 2
    assert "no improvement #9" in capsys.readouterr().err
