"""A whole Butler over Home Assistant, as its configuration puts it together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from butler.app import App, build
from butler.channels.lines import Line
from butler.channels.stdio import answer
from butler.cli import main
from butler.clock import SystemClock
from butler.config import load_config
from butler.conversation.messages import Person, Role
from butler.data_folder import DataFolder
from butler.home.port import admission_of
from butler.homes import problem_of
from engine.understanding.interpreter import Interpreter
from store import notices, signals
from tests.home_assistant.conftest import within
from tests.home_assistant.stand_in import TOKEN, StandIn

ADMIN = Person("ana", Role.ADMIN)


@pytest.fixture
def folder(server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the data folder of a household whose environment names the server."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME_ASSISTANT_URL", server.address.url)
    monkeypatch.setenv("HOME_ASSISTANT_TOKEN", TOKEN)
    return tmp_path / "data"


@pytest.fixture
def app(folder: Path, server: StandIn, interpreter: Interpreter) -> Iterator[App]:
    data = DataFolder(folder)
    folder.mkdir()
    (folder / "config.toml").write_text('[people]\nadmins = ["ana"]\n', "utf-8")
    environ = {"HOME_ASSISTANT_URL": server.address.url, "HOME_ASSISTANT_TOKEN": TOKEN}
    with data.held("test"):
        app = build(load_config(data, environ=environ), clock=SystemClock(), encoder=interpreter.encoder)
        yield app
        app.close()


def say(app: App, text: str) -> str:
    return "\n".join(message.text for message in app.handle(ADMIN, "home", text=text).messages)


def ask(app: App, **request: Any) -> dict[str, Any]:
    return answer(app, Line(json.dumps(request).encode()))


def test_the_home_is_run_and_read_over_stdio(app: App, server: StandIn) -> None:
    said = ask(app, user="ana", text="turn off the table lamp")
    assert said["calls"] == [{"service": "light.turn_off", "entity_id": "light.table", "data": {}}]
    assert server.house.demo.states()["light.table"]["state"] == "off"
    assert ask(app, op="states")["states"]["light.table"]["state"] == "off"


@pytest.mark.parametrize(
    "request_",
    [
        {"op": "set", "entity_id": "light.table", "state": "off"},
        {"op": "fault", "entity_id": "light.table", "fault": "error"},
        {"op": "reset"},
    ],
)
def test_what_only_the_demo_home_does_is_an_error_that_says_so(app: App, request_: dict[str, Any]) -> None:
    assert "is for the demo home" in ask(app, **request_)["error"]
    assert ask(app, op="states")["states"]["light.table"]["state"] == "on"


def test_while_the_home_is_away_butler_captures_says_so_and_learns_nothing(app: App, server: StandIn) -> None:
    say(app, "turn off the table lamp")
    server.stop()
    assert within(5, lambda: problem_of(app.home) is not None)
    before = signals.counts(app.store)
    assert "can't reach" in say(app, "turn on the table lamp")
    assert "can't reach" in say(app, "which lights are on")
    assert "milk" in say(app, "buy milk this weekend")
    say(app, "no, I meant the counter light")
    assert signals.counts(app.store) == before
    server.start()
    assert within(10, lambda: bool(app.home.states()))
    assert "on" in say(app, "turn on the table lamp")


def test_a_withdrawn_token_is_told_to_the_admins_once(app: App, server: StandIn) -> None:
    assert told_to_ana(app) == []
    server.revoke()
    assert within(5, lambda: admission_of(app.home) is False)
    assert len(told_to_ana(app)) == len(told_to_ana(app)) == 1
    assert "long-lived access token" in told_to_ana(app)[0]
    assert TOKEN not in told_to_ana(app)[0]


def told_to_ana(app: App) -> list[str]:
    app.tick()
    return [notice.text for notice in notices.of_user(app.store, "ana")]


def test_a_withdrawn_token_is_said_in_the_chat_as_what_it_is(app: App, server: StandIn) -> None:
    say(app, "turn off the table lamp")
    server.revoke()
    assert within(5, lambda: admission_of(app.home) is False)
    for asked in ("turn on the table lamp", "which lights are on", "undo"):
        assert "new token" in say(app, asked)


def test_the_doctor_says_whether_the_home_is_reached(
    folder: Path, server: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["doctor", "--data", str(folder)])
    assert "10 devices to speak of among 10" in _line(capsys.readouterr().out, "home:")
    server.stop()
    main(["doctor", "--data", str(folder)])
    told = capsys.readouterr()
    assert "cannot be reached" in _line(told.out, "home:")
    assert TOKEN not in told.out + told.err


def test_words_are_exported_shown_and_taken_back_from_the_command_line(
    folder: Path, server: StandIn, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    say(app, "when I say big bertha I mean the table lamp")
    assert main(["export", "aliases", "--to", "home-assistant", "--data", str(folder), "--yes"]) == 0
    assert "big bertha" in capsys.readouterr().out
    assert server.house.entries["light.table"]["aliases"] == ["big bertha"]
    assert main(["import", "aliases", "--data", str(folder)]) == 0
    assert "Table Lamp: “big bertha”" in capsys.readouterr().out
    assert main(["export", "aliases", "--undo", "--data", str(folder)]) == 0
    assert server.house.entries["light.table"]["aliases"] == []


def test_nobody_can_be_asked_without_a_terminal_so_nothing_is_written(
    folder: Path, server: StandIn, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    say(app, "when I say big bertha I mean the table lamp")
    assert main(["export", "aliases", "--data", str(folder)]) == 2
    assert "--yes" in capsys.readouterr().err
    assert server.house.entries["light.table"]["aliases"] == []


def test_sentences_are_written_to_a_file_or_the_screen(
    folder: Path, app: App, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "sentences", "--data", str(folder)]) == 0
    assert "language: en" in capsys.readouterr().out
    file = folder / "butler.yaml"
    assert main(["export", "sentences", str(file), "--data", str(folder)]) == 0
    assert file.read_text("utf-8").startswith("# Sentences that Butler was taught.")


def _line(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if name in line)
