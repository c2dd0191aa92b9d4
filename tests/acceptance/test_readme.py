"""What README.md shows of a conversation is what a person sees who says the same."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from butler.app import App
from butler.channels.terminal import Terminal
from butler.conversation.messages import Message, Person, Reply, Role
from tests.acceptance.conftest import Opening
from tests.acceptance.household import ADMIN

PERSON = Person(ADMIN, Role.ADMIN)
README = Path(__file__).resolve().parents[2] / "README.md"


@dataclass(frozen=True)
class Butler:
    """Whom the terminal talks to."""

    app: App

    def say(self, text: str) -> Reply:
        return self.app.handle(PERSON, ADMIN, text=text)

    def press(self, button: str) -> Reply:
        return self.app.handle(PERSON, ADMIN, press=button)

    def notices(self) -> Sequence[Message]:
        return self.app.take_notices()


@pytest.fixture
def shown() -> list[str]:
    """Return the lines of the conversation, without greeting and farewell."""
    talk = README.read_text("utf-8").partition("\nHello, I am Butler.")[2].partition("\n```")[0]
    return talk.splitlines()[1:-1]


def test_the_conversation_goes_as_it_is_shown(opened: Opening, shown: list[str]) -> None:
    said = [line.removeprefix("> ") for line in shown if line.startswith("> ")]
    screen = io.StringIO()
    Terminal(Butler(opened().app), said, screen).talk()
    assert screen.getvalue().splitlines() == [line for line in shown if not line.startswith("> ")]
    assert len(said) > 5
