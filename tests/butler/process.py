"""A real `butler` process for tests."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
_OURS = ("BUTLER_", "OLLAMA_", "TELEGRAM_")
START = "2026-03-14T12:00:00+00:00"


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a test's process: this checkout, and nothing that configures Butler."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    kept.pop("TZ", None)
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything anew would be half of a start
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def run(*arguments: str, given: str | bytes = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    raw = given.encode() if isinstance(given, str) else given
    done = subprocess.run(
        [sys.executable, "-m", "butler", *arguments],
        input=raw,
        capture_output=True,
        env=environment(**environ),
        timeout=120,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


class Stdio:
    """A running `butler stdio` with a manual clock."""

    def __init__(
        self, data: Path, *arguments: str, clock: Sequence[str] = ("--clock", "manual", "--now", START)
    ) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "butler", "stdio", "--data", str(data), *clock, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )

    def send(self, line: bytes) -> dict[str, Any]:
        """Send a line as it is and return the answer to it."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        """Send a request and return its answer."""
        return self.send(json.dumps(request).encode())

    def say(self, text: str, user: str = "ana", **more: str) -> dict[str, Any]:
        """Send what a user says and return its answer."""
        return self.ask({"user": user, "text": text, **more})

    def end(self) -> int:
        """Close the input and return the exit code."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(60)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream is not None
            stream.close()
