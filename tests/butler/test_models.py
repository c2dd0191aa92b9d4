"""`butler models` and `butler models bench`: against a stand-in for the server, with a store of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from butler.cli import main
from engine.fallback.benching import bench
from engine.learning.golden import GoldenSet
from engine.llm import ScriptedModel
from engine.llm.jobs import JOBS, NAMES, TASKS, UNDERSTAND
from store import model_registry, open_store
from tests.engine.fallback.paraphrasing import NOTHING, said_in
from tests.ollama_server import StandIn

CASES = 6


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn(_answer) as one:
        yield one


def _answer(body: dict[str, Any]) -> dict[str, Any]:
    parts = (body.get("format") or {}).get("properties", {})
    return {**NOTHING} if "intent" in parts else {"entity": "none"}


@pytest.fixture
def data(tmp_path: Path, server: StandIn, monkeypatch: pytest.MonkeyPatch) -> Path:
    with open_store(tmp_path / "butler.db"):
        pass
    monkeypatch.setenv("BUTLER_DATA", str(tmp_path))
    monkeypatch.setenv("OLLAMA_HOST", server.url)
    monkeypatch.setenv("BUTLER_OLLAMA_MODELS", "tiny:1b")
    return tmp_path


def test_the_models_of_the_server_are_listed_with_what_they_do(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    told = capsys.readouterr().out
    assert "tiny:1b (1B, Q4_K_M, 93 MB); does understand, names" in told
    assert "No language model is asked" in told


def test_what_the_server_lacks_is_said_and_what_is_gone_is_kept(
    data: Path, server: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models"]) == 0
    server.models = ("other:7b",)
    assert main(["models"]) == 0
    told = capsys.readouterr().out
    assert "tiny:1b (1B, Q4_K_M, 93 MB); does" in told
    assert "gone since" in told
    assert "other:7b" in told


def test_a_bench_measures_a_model_and_its_figures_are_kept(
    data: Path, server: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "bench", "--cases", str(CASES), "--job", "understand", "--job", "names"]) == 0
    assert "tiny:1b, understand:" in capsys.readouterr().out
    with open_store(data / "butler.db") as store:
        known = model_registry.get(store, "tiny:1b")
    assert known is not None
    assert set(known.bench) == {UNDERSTAND, NAMES}
    assert known.bench[UNDERSTAND]["asked"] == CASES
    assert known.bench[UNDERSTAND]["valid"] == 1.0
    assert known.bench[NAMES]["right"] == 0.0


@pytest.mark.parametrize("arguments", [["--cases", "0"], ["--job", "cooking"], ["--model", "huge:70b"]])
def test_what_cannot_be_measured_is_said(data: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "bench", *arguments]) == 2
    assert capsys.readouterr().err.startswith("butler: ")


def test_without_a_server_there_is_one_line_and_an_exit_code(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", "http://127.0.0.1:9")
    assert main(["models"]) == 69
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_model_that_is_right_is_measured_as_right(golden: GoldenSet) -> None:
    """And one that is always wrong as wrong; a job without right answers is not measured."""
    meant = {case.utterance: case.expected for case in golden.cases}

    def right(question: Any) -> dict[str, Any]:
        wanted = meant[said_in(question)]
        assert wanted is not None
        device = wanted.entities.get("device", "none")
        offered = question.schema["properties"]["device"]["enum"]
        known = isinstance(device, str) and device in offered
        action = wanted.entities.get("action", "none")
        return {**NOTHING, "intent": wanted.intent, "action": action, "device": device if known else "none"}

    found = bench(ScriptedModel(always=right), UNDERSTAND, golden, CASES)
    assert found is not None
    assert (found.asked, found.valid, found.right) == (CASES, CASES, CASES)
    wrong = bench(ScriptedModel(always=lambda _: []), UNDERSTAND, golden, CASES)
    assert wrong is not None
    assert (wrong.asked, wrong.valid, wrong.right) == (CASES, 0, 0)
    assert TASKS in JOBS
    assert bench(ScriptedModel(), TASKS, golden, CASES) is None
