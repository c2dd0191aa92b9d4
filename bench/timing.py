"""Times of repeated work, and what a process takes in memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
_ROOT = Path(__file__).resolve().parents[1]


def median_ms(work: Callable[[_T], object], inputs: Iterable[_T], *, clock: Callable[[], float]) -> float:
    """Return the median milliseconds of `work` over `inputs`, by a clock in seconds."""
    times = []
    for one in inputs:
        began = clock()
        work(one)
        times.append(clock() - began)
    return statistics.median(times) * 1000


def seconds_to_answer(arguments: list[str], question: str | None) -> float:
    """Return the seconds from starting `butler` with arguments to its answer, or without a question to its end."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "butler", *arguments]
    with subprocess.Popen(
        command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        if question is not None:
            process.stdin.write(question + "\n")
            process.stdin.flush()
        line = process.stdout.readline()
        took = time.perf_counter() - began
        process.stdin.close()
        process.stdout.read()
    if question is None:
        took = time.perf_counter() - began
    if not line or process.returncode:
        raise RuntimeError(f"butler {' '.join(arguments)} ended with {process.returncode}")
    return took


def resident_mb() -> float:
    """Return this process's resident memory in MB (Linux)."""
    status = Path("/proc/self/status").read_text("ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024
