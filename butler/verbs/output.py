"""What a verb says to the person who called it."""

from __future__ import annotations

import sys


class OutputError(Exception):
    """What a command has to say cannot be written, as where the disk is full."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"nothing more can be written to the output: {problem}")


def say(text: str = "") -> None:
    """Write a line to standard output at once; what the terminal's encoding lacks is replaced.

    Raises OutputError, or BrokenPipeError where nobody reads any more.
    """
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as exc:
        raise OutputError(exc.strerror or str(exc)) from exc
