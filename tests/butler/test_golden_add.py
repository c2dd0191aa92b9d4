"""`butler golden add` writes cases of the household's own, and `butler review` shows what is for people to look at."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from butler.cli import main, parser
from engine.learning.changes import AliasChange, to_payload
from store import LearningWriter, Proposal, open_store


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder in which a lesson failed its test."""
    change = to_payload(AliasChange("otto", "entity", "light.desk_lamp"))
    with open_store(tmp_path / "butler.db") as store, closing(LearningWriter(store)) as writer:
        now = datetime.now(UTC)
        number = writer.propose(
            Proposal("alias", 1, "otto", change, source="voice_command", submitted_by="ana"), actor="ana", at=now
        )
        writer.record_test(number, passed=False, results={"reasons": ["it would be slower"]}, at=now)
        writer.reject(number, actor="system", reason="it would be slower", at=now)
    return tmp_path


def add(data: Path, *more: str) -> int:
    return main(["golden", "add", "lights please", "--data", str(data), *more])


def test_a_case_is_added_once(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--intent", "light_control", "--device", "light.b", "--device", "light.a")
    assert add(data, *asked) == 0
    assert "Added “lights please”" in capsys.readouterr().out
    (line,) = (data / "golden.jsonl").read_text("utf-8").splitlines()
    case = json.loads(line)
    assert (case["utterance"], case["expected_intent"]) == ("lights please", "light_control")
    assert case["expected_entities"] == {"device": ["light.a", "light.b"]}
    assert "user" not in case
    assert add(data, *asked) == 2
    assert "already" in capsys.readouterr().err
    assert add(data, "--intent", "smalltalk", "--user", "ana") == 0
    assert json.loads((data / "golden.jsonl").read_text("utf-8").splitlines()[1])["user"] == "ana"


def test_an_unknown_intent_is_refused(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(data, "--intent", "juggling") == 2
    assert "no intent 'juggling'" in capsys.readouterr().err
    assert not (data / "golden.jsonl").exists()


def test_golden_alone_still_measures() -> None:
    """Its part need not be named."""
    assert parser().parse_args(["golden"]).part is None


def test_what_is_for_review_is_shown_and_closed_by_its_key(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--data", str(data)]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("failed-1: #1, taught by ana")
    assert "It would be slower." in shown
    assert main(["review", "--data", str(data), "--close", "failed-2"]) == 2
    assert main(["review", "--data", str(data), "--close", "failed-1"]) == 0
    capsys.readouterr()
    assert main(["review", "--data", str(data)]) == 0
    assert "Nothing is for review" in capsys.readouterr().out
