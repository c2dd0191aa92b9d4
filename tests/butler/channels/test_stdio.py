"""`butler stdio` as a real process: the whole contract over one pipe."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import jobs, open_store
from tests.butler.process import Stdio, environment, run


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def running(data: Path) -> Iterator[Stdio]:
    with Stdio(data, "--admin", "root", "--guest", "gil") as process:
        yield process


@pytest.fixture
def stdio(running: Stdio) -> Stdio:
    assert running.ask({"op": "reset"}) == {"ok": True}
    return running


def test_a_command_is_carried_out_and_told_in_full(stdio: Stdio) -> None:
    answer = stdio.say("turn on the kitchen light")
    assert set(answer) == {"messages", "calls", "interpretation", "turn"}
    assert answer["calls"] == [{"service": "light.turn_on", "entity_id": "light.kitchen", "data": {}}]
    assert answer["interpretation"]["intent"] == "light_control"
    assert answer["interpretation"]["targets"] == ["light.kitchen"]
    (message,) = answer["messages"]
    assert set(message) == {"id", "to", "text", "buttons"}
    assert message["to"] == "ana"
    assert stdio.ask({"op": "states"})["states"]["light.kitchen"]["state"] == "on"


def test_a_guarded_command_waits_for_the_press_of_who_gave_it(stdio: Stdio) -> None:
    asked = stdio.say("unlock the front door")
    button = asked["messages"][0]["buttons"][0]
    assert asked["calls"] == []
    assert button["label"].startswith(("Yes", "Confirm"))
    assert stdio.ask({"user": "bo", "press": button["id"]})["calls"] == []
    pressed = stdio.ask({"user": "ana", "press": button["id"]})
    assert [call["service"] for call in pressed["calls"]] == ["lock.unlock"]


def test_a_chat_of_several_hears_nothing_of_what_was_written_down_in_private(stdio: Stdio) -> None:
    stdio.say("task: buy a ring for bo")
    stdio.say("task: buy bread", chat="family")
    (told,) = stdio.say("/tasks", chat="family")["messages"]
    assert "bread" in told["text"]
    assert "ring" not in told["text"]
    assert "ring" in stdio.say("/tasks")["messages"][0]["text"]


def test_a_confirmation_is_late_a_minute_on(stdio: Stdio) -> None:
    button = stdio.say("unlock the front door")["messages"][0]["buttons"][0]["id"]
    assert stdio.ask({"op": "advance", "seconds": 60.5})["messages"] == []
    assert stdio.ask({"user": "ana", "press": button})["calls"] == []


def test_a_chat_is_answered_where_it_was_spoken(stdio: Stdio) -> None:
    answer = stdio.say("turn on the kitchen light", chat="family")
    assert {message["to"] for message in answer["messages"]} == {"family"}


def test_roles_are_those_of_the_command_line(stdio: Stdio) -> None:
    refused, told = stdio.say("/history"), stdio.say("/history", user="root")
    assert "admin" in refused["messages"][0]["text"]
    assert "admin" not in told["messages"][0]["text"]


def test_an_entity_is_set_by_merging_and_null_removes(stdio: Stdio) -> None:
    stdio.ask({"op": "set", "entity_id": "light.kitchen", "state": "on", "attributes": {"a": 1, "b": 2}})
    assert stdio.ask({"op": "set", "entity_id": "light.kitchen", "attributes": {"a": None, "c": 3}}) == {"ok": True}
    shown = stdio.ask({"op": "states"})["states"]["light.kitchen"]
    assert shown["state"] == "on"
    assert {name: shown["attributes"].get(name) for name in "abc"} == {"a": None, "b": 2, "c": 3}
    assert "light.nowhere" in stdio.ask({"op": "set", "entity_id": "light.nowhere", "state": "on"})["error"]


def test_a_fault_shows_and_reset_takes_it_away(stdio: Stdio) -> None:
    assert stdio.ask({"op": "fault", "entity_id": "light.kitchen", "fault": "unavailable"}) == {"ok": True}
    assert stdio.ask({"op": "states"})["states"]["light.kitchen"]["state"] == "unavailable"
    assert stdio.say("turn on the kitchen light")["calls"] == []
    stdio.ask({"op": "reset"})
    assert stdio.ask({"op": "states"})["states"]["light.kitchen"]["state"] == "off"
    assert "error" in stdio.ask({"op": "fault", "entity_id": "light.kitchen", "fault": "melted"})


def test_a_slow_device_times_out_without_anybody_waiting_and_obeys_when_its_time_has_come(stdio: Stdio) -> None:
    stdio.ask({"op": "fault", "entity_id": "light.kitchen", "fault": "slow:30"})
    assert "did not answer" in stdio.say("turn on the kitchen light")["messages"][0]["text"]
    stdio.ask({"op": "advance", "seconds": 31})
    assert stdio.ask({"op": "states"})["states"]["light.kitchen"]["state"] == "on"


def test_reset_forgets_open_questions(stdio: Stdio) -> None:
    button = stdio.say("unlock the front door")["messages"][0]["buttons"][0]["id"]
    stdio.ask({"op": "reset"})
    assert stdio.ask({"user": "ana", "press": button})["calls"] == []


def test_knowledge_has_its_version_digest_and_rows(stdio: Stdio) -> None:
    found = stdio.ask({"op": "knowledge"})
    assert set(found) == {"version", "digest", "aliases", "synonyms", "exemplars"}
    assert found["exemplars"] > 1_000
    assert len(found["digest"]) == 64


@pytest.mark.parametrize(
    "name",
    ["nightly_analysis", "digest", "watch", "completion", "log_review", "report", "slow_work", "schedules", "cleanup"],
)
def test_every_job_runs_to_its_end_and_says_what_it_did(stdio: Stdio, name: str) -> None:
    answer = stdio.ask({"op": "run", "job": name})
    assert set(answer) == {"messages", "calls", "interpretation", "turn", "summary"}
    assert answer["summary"].endswith(".")


def test_what_falls_due_while_the_clock_is_moved_is_run_at_its_instant(stdio: Stdio, data: Path) -> None:
    stdio.ask({"op": "advance", "seconds": 3 * 86_400})
    with open_store(data / "butler.db") as store:
        row = jobs.get(store, "cleanup")
    assert row is not None
    assert row.last_run is not None
    assert (row.last_run.hour, row.last_run.minute) == (4, 0)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"hello",
        b"[" * 200_000,
        b"\xff\xfe",
        b'"text"',
        b'{"op":"explode"}',
        b'{"op":"run","job":"explode"}',
        b'{"op":"advance","seconds":-1}',
        b'{"op":"advance","seconds":1e15}',
        b'{"user":"ana","text":"' + b"x" * 1_100_000 + b'"}',
    ],
    ids=range(10),
)
def test_what_is_wrong_is_told_in_one_line_and_the_process_goes_on(stdio: Stdio, line: bytes) -> None:
    assert set(stdio.send(line)) == {"error"}
    assert "states" in stdio.ask({"op": "states"})


@pytest.mark.parametrize(
    "text", ["", "\u0000", "\ud83d", "🏠" * 400, "x" * 100_000, "'; DROP TABLE turns; --", "\u202e"]
)
def test_whatever_is_said_is_answered_and_moves_nothing(stdio: Stdio, text: str) -> None:
    answer = stdio.say(text)
    assert answer["calls"] == []
    assert answer["messages"]


def test_a_second_process_is_told_who_holds_the_folder(stdio: Stdio, data: Path) -> None:
    done = run("chat", "--data", str(data))
    assert done.returncode == 75
    assert f"`butler stdio` (process {stdio.process.pid})" in done.stderr
    assert done.stdout == ""


def test_other_verbs_read_while_the_folder_is_held(stdio: Stdio, data: Path, tmp_path: Path) -> None:
    assert run("history", "--data", str(data)).returncode == 0
    assert run("backup", "--data", str(data), str(tmp_path / "copy.db")).returncode == 0
    with open_store(tmp_path / "copy.db") as copy:
        assert jobs.get(copy, "cleanup") is not None


def test_a_killed_process_leaves_the_folder_free_and_the_next_clock_may_not_go_back(tmp_path: Path) -> None:
    with Stdio(tmp_path) as first:
        first.ask({"op": "advance", "seconds": 3_600})
        number = first.say("turn on the kitchen light")["turn"]
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
    done = run("stdio", "--data", str(tmp_path), "--clock", "manual", "--now", "2026-03-14T12:59:59Z")
    assert done.returncode == 2
    assert "before the last turn" in done.stderr
    with Stdio(tmp_path, clock=("--clock", "manual", "--now", "2026-03-14T13:00:00Z")) as second:
        assert second.say("turn off the kitchen light")["turn"] == number + 1
        assert second.end() == 0


PRINTS = """
import os, sys
from butler.verbs import stdio
build = stdio.build
def noisy(*given, **named):
    print("a library prints")
    os.write(1, b"a library writes to descriptor 1\\n")
    return build(*given, **named)
stdio.build = noisy
from butler.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_nothing_but_answers_reaches_standard_output_and_the_system_clock_is_not_advanced(tmp_path: Path) -> None:
    lines = b'{"op":"states"}\n{"op":"advance","seconds":1}'
    done = subprocess.run(
        [sys.executable, "-c", PRINTS, "stdio", "--data", str(tmp_path)],
        input=lines,
        capture_output=True,
        env=environment(),
        timeout=120,
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [list(answer) for answer in answers] == [["states"], ["error"]]
    assert "--clock manual" in answers[1]["error"]
    assert b"a library prints" in done.stderr
    assert b"a library writes" in done.stderr
