"""A night's analysis in the background: turns go on meanwhile, lessons too, and neither waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from engine.embedding import Encoder, Vectors
from store import signals
from store.signals import NewSignal, SignalType
from tests.acceptance.household import START, Household, Parts

WORD = "zorblex"
LAMP = "light.floor_lamp"
SOON = 30.0  # seconds after which something waits for ever


class StallingEncoder:
    """An encoder that takes as long as the test wants, for the night alone."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.id, self.dim = encoder.id, encoder.dim
        self.begun, self.go_on = threading.Event(), threading.Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        if threading.current_thread().name == "background":
            self.begun.set()
            assert self.go_on.wait(SOON)
        return self._encoder.encode(texts)


class Night:
    """The nightly analysis as the background runs it."""

    def __init__(self, home: Household) -> None:
        self.summary = ""
        self._over = threading.Event()
        self._app = home.app
        self._app.background.submit(self._run)

    def _run(self) -> None:
        try:
            run = self._app.scheduler.run("nightly_analysis", self._app.clock.now())
            self.summary = run.problem or run.summary
        finally:
            self._over.set()

    @property
    def over(self) -> bool:
        return self._over.is_set()

    def wait(self) -> str:
        assert self._over.wait(SOON), "the night never ends"
        return self.summary


@pytest.fixture
def put_right() -> Callable[[Household], None]:
    """Return what records that somebody said, by a press, what their word stands for."""
    actual = {"intent": "light_control", "slots": {"action": "on"}, "targets": [], "reason": "unknown_name"}
    meant = {"intent": "light_control", "slots": {"action": "on"}, "targets": [LAMP]}
    context = {"role": "resident", "chat": "family", "of_turn": 1, "evidence": "correction", "pressed": True}

    def record(home: Household) -> None:
        one = NewSignal(
            SignalType.ENTITY_FAIL, f"turn on the {WORD}", "ben", 2, START - timedelta(days=1), meant, actual, context
        )
        signals.add(home.app.store, [one])

    return record


def test_turns_go_on_while_a_night_takes_long(
    parts: Parts, tmp_path: Path, put_right: Callable[[Household], None]
) -> None:
    """The analysis stands still in the middle; people are answered all the same, and it ends as it would have."""
    encoder = StallingEncoder(parts.interpreter.encoder)
    slow = replace(parts, interpreter=replace(parts.interpreter, encoder=encoder))
    home = Household(slow, tmp_path / "data")
    put_right(home)
    try:
        night = Night(home)
        assert encoder.begun.wait(SOON)
        assert "on" in home.say("turn on the floor lamp")
        assert home.state(LAMP) == "on"
        assert not night.over
        encoder.go_on.set()
        assert "1 live" in night.wait()
        home.say("turn off the floor lamp")
        home.say(f"turn on the {WORD}")
        assert home.state(LAMP) == "on"
    finally:
        encoder.go_on.set()
        home.close()


def test_a_lesson_during_the_night_is_learned_and_so_is_what_the_night_found(
    home: Household, put_right: Callable[[Household], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The night tests a change, and has the lock, when somebody teaches a word: it must not wait for their turn."""
    deployer, engine = home.app.engine._deployer, home.app.engine
    tested, testing = deployer.test, threading.Event()

    def test(*given: object, **named: object) -> object:
        if threading.current_thread().name == "background":
            testing.set()
            pause = threading.Event()
            for _ in range(int(SOON * 100)):
                if engine.wanted:
                    break
                pause.wait(0.01)
            assert engine.wanted
        return tested(*given, **named)  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr(deployer, "test", test)
    put_right(home)
    night = Night(home)
    assert testing.wait(SOON)
    answers: list[str] = []
    turn = threading.Thread(
        target=lambda: answers.append(home.say("when i say quibble corner i mean the desk lamp")), daemon=True
    )
    turn.start()
    turn.join(SOON)
    assert not turn.is_alive(), "the turn and the night wait for each other"
    assert "1 live" in night.wait()
    names = [active.change.phrase for active in engine.aliases("ana")]
    assert sorted(names) == ["quibble corner", WORD], answers
