"""One household over a data folder: Butler as it is composed in earnest, stopped and started at will."""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from butler.app import App, build
from butler.channels.lines import Line
from butler.channels.stdio import answer
from butler.clock import ManualClock
from butler.config import load_config
from butler.data_folder import DataFolder
from engine.api import Engine
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import Knowledge
from store import LearningWriter, Store

START = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
ADMIN, GUEST = "root", "gil"
Answer = dict[str, Any]
Writing = Callable[[Store], LearningWriter]


def few(golden: GoldenSet) -> GoldenSet:
    """Return plain cases about lights and a little of what must not act: enough for a test that lessons are tested."""
    plain = tuple(case for case in golden.cases if case.id.startswith("light-") and case.category == "plain")
    return replace(golden, cases=plain, must_not_act=golden.must_not_act[::30], digest="few")


@dataclass(frozen=True)
class Parts:
    """What every start in one process shares, because making it takes long: the interpreter and the golden cases."""

    interpreter: Interpreter
    golden: GoldenSet
    verdicts: Path | None = None

    def warmed(self, data: Path) -> Parts:
        """Return the same with what the suite says of knowledge nobody added to, found once in the demo home."""
        app = self.start(data, ManualClock(START))
        app.engine.warm(app.home.snapshot())
        app.close()
        return replace(self, verdicts=app.config.data.verdicts)

    def start(
        self, data: Path, clock: ManualClock, *, house: Path | None = None, writing: Writing | None = None
    ) -> App:
        """Build the app of a data folder as the command line does, but for the shared parts."""
        flags = {"people.admins": [ADMIN], "people.guests": [GUEST], "home.file": str(house) if house else None}
        config = load_config(DataFolder(data), environ={}, flags=flags, zone_of_system=False)

        def open_engine(store: Store, *given: Any, **named: Any) -> Engine:
            writer = writing(store) if writing else None
            return Engine.open(store, *given, **named, build=self._with_knowledge, writer=writer)

        shared = {
            "Engine": SimpleNamespace(open=open_engine),
            "GoldenSet": SimpleNamespace(packaged=lambda: self.golden),
            "encoder_of": lambda _: self.interpreter.encoder,
        }
        data.mkdir(exist_ok=True)
        if self.verdicts and not config.data.verdicts.exists():
            config.data.verdicts.parent.mkdir(exist_ok=True)
            shutil.copy(self.verdicts, config.data.verdicts)
        with patch.multiple("butler.app", **shared):
            return build(config, clock=clock)

    def _with_knowledge(self, knowledge: Knowledge, _: object) -> Interpreter:
        return self.interpreter.with_knowledge(knowledge)


class Household:
    """A household spoken to through the stdio contract; `at` is when the clock starts."""

    def __init__(self, parts: Parts, data: Path, *, house: Path | None = None, at: datetime = START) -> None:
        self.clock = ManualClock(at)
        self._start = functools.partial(parts.start, data, self.clock, house=house)
        self.app = self._start()
        self.last: Answer = {}

    def restart(self) -> None:
        """Stop Butler and start another over the same data folder; the demo home starts anew with it."""
        self.app.close()
        self.app = self._start()

    def ask(self, request: Answer) -> Answer:
        """Return the answer to one request."""
        return answer(self.app, Line(json.dumps(request).encode()))

    def say(self, text: str, who: str = "ana") -> str:
        """Send a message and return what was answered."""
        return self._heard(self.ask({"user": who, "text": text, "chat": "family"}))

    def press(self, label: str, who: str = "ana") -> str:
        """Press the button of the last answer whose label begins so."""
        return self.press_id(self.buttons[label], who)

    def press_id(self, button: str, who: str = "ana") -> str:
        """Press a button by its id."""
        return self._heard(self.ask({"user": who, "press": button, "chat": "family"}))

    @property
    def buttons(self) -> dict[str, str]:
        """The ids of the buttons of the last answer, by the first word of their label and by the whole label."""
        shown = [button for message in self.last["messages"] for button in message["buttons"]]
        return {name: b["id"] for b in shown for name in (b["label"].partition(",")[0], b["label"])}

    @property
    def called(self) -> list[str]:
        """The entities that the last message had called."""
        said = [call["entity_id"] for call in self.last["calls"]]
        return sorted(i for ids in said for i in ([ids] if isinstance(ids, str) else ids))

    @property
    def knowledge(self) -> Answer:
        """What is in force, as the contract shows it."""
        return self.ask({"op": "knowledge"})

    @property
    def digest(self) -> str:
        """The digest of what is in force."""
        return str(self.knowledge["digest"])

    def state(self, entity_id: str) -> str:
        """Return the state of an entity."""
        return str(self.app.home.states()[entity_id]["state"])

    def advance(self, seconds: float) -> None:
        """Move the clock."""
        assert "error" not in self.ask({"op": "advance", "seconds": seconds})

    def close(self) -> None:
        """Stop Butler."""
        self.app.close()

    def _heard(self, heard: Answer) -> str:
        assert "error" not in heard, heard
        self.last = heard
        return "\n".join(message["text"] for message in heard["messages"])
