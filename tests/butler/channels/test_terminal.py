"""The terminal: lines in, messages out, buttons by their numbers."""

import io
import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from butler.channels.terminal import FAREWELL, Terminal, printable, typed_lines
from butler.conversation.messages import Button, Message, Reply
from tests.butler.process import environment, run

HELLO = "Hello, I am Butler."


class Parrot:
    """Says what it was told, with the buttons it was given."""

    def __init__(self, *buttons: str) -> None:
        self.heard: list[str] = []
        self.buttons = tuple(Button(label.casefold(), label) for label in buttons)
        self.unasked: list[Message] = []

    def say(self, text: str) -> Reply:
        self.heard.append(f"said {text}")
        return Reply((Message("m", "ana", f"You said {text}", self.buttons),))

    def press(self, button: str) -> Reply:
        self.heard.append(f"pressed {button}")
        return Reply((Message("m", "ana", "Pressed."),))

    def notices(self) -> Sequence[Message]:
        taken, self.unasked = self.unasked, []
        return taken


def talk(parrot: Parrot, *lines: str) -> str:
    sink = io.StringIO()
    Terminal(parrot, lines, sink).talk()
    return sink.getvalue()


def test_buttons_are_shown_as_numbers_and_a_number_presses_one() -> None:
    parrot = Parrot("Yes", "No")
    assert talk(parrot, "hi\n", "2\n") == "You said hi\n  1. Yes\n  2. No\nPressed.\n"
    assert parrot.heard == ["said hi", "pressed no"]


@pytest.mark.parametrize("line", ["exit", "Quit\n", "/quit", "/EXIT"])
def test_whoever_wants_to_leave_may(line: str) -> None:
    parrot = Parrot()
    assert talk(parrot, "hi", line, "still here") == "You said hi\n"


def test_what_rings_while_somebody_types_is_shown_at_once_above_a_new_prompt() -> None:
    parrot, sink = Parrot(), io.StringIO()
    terminal = Terminal(parrot, ["1"], sink, "> ")
    parrot.unasked = [Message("n1", "ana", "⏰ The pasta timer is done.", (Button("done", "Done"),))]
    terminal.interrupt()
    terminal.interrupt()
    assert sink.getvalue() == "\n⏰ The pasta timer is done.\n  1. Done\n> "
    terminal.talk()
    assert parrot.heard == ["pressed done"]


@pytest.mark.parametrize("line", ["3", "0", "-1", "1.", "²", "one", "99999999999999999999"])
def test_a_number_without_a_button_is_said(line: str) -> None:
    parrot = Parrot("Yes", "No")
    talk(parrot, "hi", line)
    assert parrot.heard == ["said hi", f"said {line}"]


def test_the_buttons_of_an_older_answer_have_no_numbers_any_more() -> None:
    parrot = Parrot("Yes")
    sink = io.StringIO()
    terminal = Terminal(parrot, ["hi", "1", "1"], sink)
    terminal.talk()
    assert parrot.heard == ["said hi", "pressed yes", "said 1"]


def test_empty_lines_are_passed_over_and_notices_are_shown() -> None:
    parrot = Parrot()
    parrot.unasked.append(Message("n", "ana", "By the way."))
    assert talk(parrot, "  \n", "\n") == "By the way.\n"
    assert parrot.heard == []


def test_what_would_steer_the_terminal_is_not_written() -> None:
    assert printable("a\x1b[2Jb\x07\x9bc\r\n\td") == "a\ufffd[2Jb\ufffd\ufffdc\ufffd\n\td"


@pytest.mark.parametrize("end", [EOFError, KeyboardInterrupt])
def test_typing_ends_with_either_key(end: type[BaseException], capsys: pytest.CaptureFixture[str]) -> None:
    typed = iter(["one", "two"])

    def read(_: str) -> str:
        line = next(typed, None)
        if line is None:
            raise end
        return line

    assert list(typed_lines("> ", read)) == ["one", "two"]
    assert capsys.readouterr().out == "\n"


def test_with_nothing_to_read_butler_greets_and_ends_well(tmp_path: Path) -> None:
    done = run("chat", "--data", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(HELLO)
    assert done.stdout.endswith(f"{FAREWELL}\n")


def test_a_conversation_may_come_through_a_pipe_whatever_bytes_it_holds(tmp_path: Path) -> None:
    said = b"turn on the kitchen light\n\xff\xfe\nunlock the front door\n1\n" + b"x" * 20_000
    done = run("chat", "--data", str(tmp_path), "--user", "ana", given=said)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Kitchen light is on." in done.stdout
    assert "  1. Yes" in done.stdout
    assert "Front door is unlocked." in done.stdout


def test_at_a_terminal_one_is_prompted_and_ctrl_c_is_a_polite_end(tmp_path: Path) -> None:
    master, slave = pty.openpty()
    # Started in the background, the tests may have been told to ignore Ctrl-C, and a child would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    process = subprocess.Popen(
        [sys.executable, "-m", "butler", "chat", "--data", str(tmp_path)],
        stdin=slave,
        stdout=slave,
        stderr=subprocess.PIPE,
        env=environment(TERM="dumb"),
    )
    os.close(slave)
    seen = _until(master, b"> ")
    os.write(master, b"turn on the kitchen light\n")
    seen += _until(master, b"> ")
    os.write(master, b"set an egg timer for 1 second\n")
    seen += _until(master, "⏰ The egg timer is done".encode())  # nobody types meanwhile
    seen += _interrupted(process, master)
    os.close(master)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, b"")
    assert HELLO.encode() in seen
    assert b"Kitchen light is on." in seen
    assert b"turn on the kitchen light" in (tmp_path / "chat_history").read_bytes()


def _interrupted(process: subprocess.Popen[bytes], descriptor: int) -> bytes:
    """Press Ctrl-C until it is seen: Python itself overlooks one that comes just as it begins to wait for a key."""
    seen = b""
    while FAREWELL.encode() not in seen:
        process.send_signal(signal.SIGINT)
        if select.select([descriptor], [], [], 2)[0]:
            seen += _until(descriptor, FAREWELL.encode())
    return seen


def _until(descriptor: int, wanted: bytes) -> bytes:
    seen = b""
    while wanted not in seen:
        seen += os.read(descriptor, 1_000)
    return seen
