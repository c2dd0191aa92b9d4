"""A process that forks a Butler for each plan, has it told something, and kills it with SIGKILL at a named point.

The home is a demo home whose calls are also written to a journal, because a real home outlives Butler.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from butler.app import App
from butler.channels.lines import Line
from butler.channels.stdio import answer
from butler.clock import ManualClock
from butler.home import DemoHome
from butler.home.port import Call
from engine.embedding import HashedEncoder
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from store import LearningWriter, Store
from tests.acceptance.household import START, Parts, few

NOWHERE = "nowhere"
JOURNAL = "calls.jsonl"


def small_parts() -> Parts:
    """Return parts that a process makes within a second: a hashing encoder and few examples."""
    whole = BaseKnowledge.load()
    base = BaseKnowledge(whole.exemplars[::40], whole.patterns, "small")
    return Parts(Interpreter.build(Knowledge(base), HashedEncoder()), few(GoldenSet.packaged()))


class _Point:
    """Kills this process at a named point, once it is armed."""

    def __init__(self, name: str, skip: int) -> None:
        self._name, self._left, self.armed = name, skip, False

    def __call__(self, name: str) -> None:
        if not self.armed or name != self._name:
            return
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left -= 1


def run(parts: Parts, plan: Mapping[str, Any]) -> None:
    """Have everything said, dying at the plan's point during the last message."""
    data, point = Path(plan["data"]), _Point(plan["point"], plan.get("skip", 0))

    def writing(store: Store) -> LearningWriter:
        return LearningWriter(store, on_step=point)

    app = parts.start(data, ManualClock(START), writing=writing)
    _journal(app.home, data / JOURNAL, point)
    *before, last = plan["says"]
    for text in before:
        _say(app, text)
    point.armed = True
    _say(app, last)
    app.close()


def _say(app: App, text: str) -> None:
    heard = answer(app, Line(json.dumps({"user": "root", "text": text}).encode()))
    assert "error" not in heard, heard


def _journal(home: DemoHome, path: Path, point: _Point) -> None:
    carry_out = home.call

    def call(asked: Call, timeout_s: float) -> None:
        point("before_call")
        carry_out(asked, timeout_s)
        with path.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps([asked.service, *asked.entity_ids]) + "\n")
        point("after_call")

    home.call = call  # type: ignore[method-assign]  # the demo home with a witness


def main() -> None:
    """Run each plan of standard input in a process of its own and print how each ended."""
    parts = small_parts()
    ends = []
    for plan in json.load(sys.stdin):
        child = os.fork()
        if child == 0:
            try:
                run(parts, plan)
            except BaseException:  # noqa: BLE001  # the parent is told by the exit code
                sys.excepthook(*sys.exc_info())
                os._exit(1)
            os._exit(0)
        ends.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    json.dump(ends, sys.stdout)


if __name__ == "__main__":
    main()
