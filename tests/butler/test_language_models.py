"""Language models where they are turned on, and what they cost where they are not: nothing."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from butler.cli import main
from butler.config import load_config
from butler.data_folder import DataFolder
from butler.floor import Floor
from butler.language_models import SharedModel, asking_of
from engine.llm import Question, ScriptedModel
from tests.ollama_server import StandIn

_SAID = '{"user": "ana", "text": "blorp the frimble with gusto"}\n'
_TALK = """
import json, sys
from butler.cli import main
code = main(["stdio", "--clock", "manual", "--data", sys.argv[1]])
found = json.dumps([code, sorted(m for m in sys.modules if m.split(".")[0] == "ollama" or ".ollama" in m)])
with open(sys.argv[2], "w") as file:
    file.write(found)
"""


class Listener:
    """A port that counts who connects."""

    def __init__(self) -> None:
        self.visits = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.close()


def test_off_nothing_is_imported_and_nobody_is_called(tmp_path: Path, listener: Listener) -> None:
    """OLLAMA_HOST names the server and turns nothing on."""
    environment = {**os.environ, "OLLAMA_HOST": listener.url, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    environment.pop("BUTLER_OLLAMA", None)
    done = subprocess.run(
        [sys.executable, "-c", _TALK, str(tmp_path / "data"), str(tmp_path / "found")],
        input=_SAID,
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    assert json.loads(done.stdout)["messages"]
    assert json.loads((tmp_path / "found").read_text()) == [0, []]
    assert listener.visits == 0


def test_on_the_model_is_made_ready_and_a_turn_asks_it(tmp_path: Path) -> None:
    with StandIn(lambda body: "{}") as stand_in:
        environment = {
            **os.environ,
            "OLLAMA_HOST": stand_in.url,
            "BUTLER_OLLAMA": "1",
            "BUTLER_OLLAMA_MODELS": "tiny:1b",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        }
        done = subprocess.run(
            [sys.executable, "-c", _TALK, str(tmp_path / "data"), str(tmp_path / "found")],
            input=_SAID,
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        assert json.loads(done.stdout)["messages"]
        shapes = {bool(request.get("format")) for request in stand_in.requests}
    assert shapes == {False, True}


def test_off_there_is_nothing_to_ask(tmp_path: Path) -> None:
    config = load_config(DataFolder(tmp_path), environ={})
    assert asking_of(config, Floor()) is None


@pytest.mark.parametrize("host", ["http://127.0.0.1:notaport", "ht!tp://"])
def test_an_address_that_is_none_is_told_and_done_without(
    tmp_path: Path, host: str, caplog: pytest.LogCaptureFixture
) -> None:
    config = load_config(DataFolder(tmp_path), environ={"BUTLER_OLLAMA": "1", "OLLAMA_HOST": host})
    asking = asking_of(config, Floor())
    if asking is None:
        assert "goes on without a model" in caplog.text
    else:
        asking.close()


def test_while_a_model_thinks_others_have_the_floor() -> None:
    floor = Floor()
    taken: list[bool] = []

    def thinking(_: Question) -> dict[str, int]:
        def other() -> None:
            with floor:
                taken.append(True)

        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)
        return {}

    model = SharedModel(ScriptedModel(always=thinking), floor)
    with floor:
        assert model.complete("?", {"type": "object"}) == {}
    assert taken == [True]


def test_jobs_and_waits_are_configured(tmp_path: Path) -> None:
    named = {"BUTLER_OLLAMA_MODELS": "understand=a:1b, names=b:3b", "BUTLER_OLLAMA_WAIT_SECONDS": "2"}
    found = load_config(DataFolder(tmp_path), environ=named).ollama
    assert (found.models, found.wait_s) == ({"understand": "a:1b", "names": "b:3b"}, 2)
    (tmp_path / "config.toml").write_text('[ollama.models]\nunderstand = "c:7b"\n')
    assert load_config(DataFolder(tmp_path), environ={}).ollama.models == {"understand": "c:7b"}
    assert replace(found, enabled=True).enabled


@pytest.mark.parametrize(
    ("models", "told"),
    [
        ("tiny:1b", "has tiny:1b"),
        ("huge:70b", "lacks huge:70b: fetch with `ollama pull huge:70b`"),
    ],
)
def test_doctor_says_whether_the_server_has_the_models(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], models: str, told: str
) -> None:
    monkeypatch.setenv("BUTLER_DATA", str(tmp_path))
    monkeypatch.setenv("BUTLER_OLLAMA_MODELS", models)
    monkeypatch.setenv("BUTLER_OLLAMA", "1")
    with StandIn(lambda _: {}) as stand_in:
        monkeypatch.setenv("OLLAMA_HOST", stand_in.url)
        main(["doctor"])
        assert told in capsys.readouterr().out
    main(["doctor"])
    assert "nobody answers there" in capsys.readouterr().out
    monkeypatch.delenv("BUTLER_OLLAMA")
    main(["doctor"])
    assert "everything works without one" in capsys.readouterr().out
