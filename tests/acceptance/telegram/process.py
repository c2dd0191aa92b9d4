"""The real `butler run`: started, killed, ended and started again over one data folder, with all it wrote kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.butler.process import environment

PATIENCE = 40.0  # seconds a busy machine may take for what it does in two
_CODE = re.compile(r"/start\s+([A-Za-z0-9_-]{6,64})")


def until(true: Callable[[], bool], what: str, patience: float = PATIENCE, every: float = 0.01) -> None:
    """Wait until something is so, looking every so many seconds; raise AssertionError naming what never was so."""
    end = time.monotonic() + patience
    while not true():
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience:g} s in vain for: {what}")
        time.sleep(every)


class Service:
    """One `butler run` at a time; `out` and `err` have what all of them wrote."""

    def __init__(self, data: Path, environ: Mapping[str, str], written: Path) -> None:
        self.data = data
        self._environ = dict(environ)
        written.mkdir(parents=True, exist_ok=True)
        self._out, self._err = written / "stdout", written / "stderr"
        self._out.touch()
        self._err.touch()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def out(self) -> str:
        """All that was written to standard output."""
        return self._out.read_text(encoding="utf-8", errors="replace")

    @property
    def err(self) -> str:
        """All that was written to standard error."""
        return self._err.read_text(encoding="utf-8", errors="replace")

    @property
    def running(self) -> bool:
        """Whether there is a process that has not ended."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The process's id."""
        assert self._process is not None
        return self._process.pid

    @property
    def memory(self) -> int:
        """Bytes the process has resident now."""
        fields = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")

    def first_on_path(self, folder: Path) -> None:
        """Have Python look for modules in a folder first."""
        self._environ["PYTHONPATH"] = f"{folder}{os.pathsep}{environment()['PYTHONPATH']}"

    def start(self, **environ: str) -> None:
        """Start it; variables given are added to the environment."""
        assert not self.running
        with self._out.open("ab") as out, self._err.open("ab") as err:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "butler", "run", "--data", str(self.data)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                env=environment(**{**self._environ, **environ}),
                cwd=self.data,
            )

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send it a signal."""
        assert self._process is not None
        self._process.send_signal(number)

    def wait(self, patience: float = PATIENCE) -> int:
        """Wait for its end and return its exit code."""
        assert self._process is not None
        try:
            return self._process.wait(patience)
        except subprocess.TimeoutExpired as exc:
            raise AssertionError(f"it did not end within {patience:g} s\n{self.err[-3000:]}") from exc

    def end(self) -> int:
        """Ask it to end, as systemd does, and return its exit code."""
        self.signal(signal.SIGTERM)
        return self.wait()

    def pairing_code(self) -> str:
        """Return the newest pairing code it printed, waiting for it."""
        until(lambda: bool(_CODE.search(self.out)) or not self.running, "a pairing code on standard output")
        found = _CODE.findall(self.out)
        assert found, self.err[-3000:]
        return str(found[-1])
