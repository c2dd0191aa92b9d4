"""A process that does one learning operation and is killed at a named point of it."""

import os
import signal
import sys
from datetime import UTC, datetime

from store import LearningWriter, NewRow, head, open_store

ROWS = (
    NewRow("alias", "big bertha", {"target": "light.floor_lamp"}),
    NewRow("synonym", "hoover", {"target": "vacuum"}),
    NewRow("command", "movie time", {"parts": ["dim the lights"]}),
)


def main(path: str, operation: str, point: str) -> None:
    """Do the operation on improvement #1 and die at the point."""

    def on_step(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    store = open_store(path)
    writer = LearningWriter(store, on_step=on_step)
    now, before = datetime.now(UTC), head(store).digest
    if operation == "deploy":
        writer.deploy(1, ROWS, expected_head_digest=before, new_digest="after", actor="system", at=now)
    elif operation == "roll_back":
        writer.roll_back(1, expected_head_digest=before, new_digest="after", actor="ana", reason="r", at=now)
    else:
        writer.redo(1, expected_head_digest=before, new_digest="after", actor="ana", at=now)


if __name__ == "__main__":
    main(*sys.argv[1:])
