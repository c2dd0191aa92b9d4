"""What a verb says to the person who called it."""

from __future__ import annotations

import sys


def say(text: str = "") -> None:
    """Write a line to standard output at once; what the terminal's encoding lacks is replaced."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()
