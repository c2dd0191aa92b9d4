"""The terminal channel: a conversation typed line by line, with buttons as numbers."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TextIO

from butler.conversation.messages import Button, Message, Reply

GREETING = (
    'Hello, I am {name}. Talk to me as you like, for example "turn on the kitchen light" or "which lights are on"; '
    "/help shows more. “exit” or Ctrl-D ends."
)
_LEAVING = frozenset({"exit", "quit", "/exit", "/quit"})
FAREWELL = "Goodbye."


class Partner(Protocol):
    """Whom the terminal talks to."""

    def say(self, text: str) -> Reply:
        """Return the reply to a message."""

    def press(self, button: str) -> Reply:
        """Return the reply to a press."""

    def notices(self) -> Sequence[Message]:
        """Return what was sent unasked."""


@dataclass
class Terminal:
    """Reads from `source` (anything that yields lines) and writes to `sink`; `prompt` is what a person types at."""

    partner: Partner
    source: Iterable[str]
    sink: TextIO
    prompt: str = ""
    _buttons: tuple[Button, ...] = field(default=(), init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)

    def talk(self) -> None:
        """Answer every line until there are no more, or somebody wants to leave."""
        for line in self.source:
            text = line.strip()
            if text.casefold() in _LEAVING:
                return
            with self._lock:
                if text:
                    self._show_all(self._answer(text).messages)
                self._show_all(self.partner.notices())

    def interrupt(self) -> None:
        """Show what was sent unasked while the person types, from any thread, and the prompt beneath it."""
        with self._lock:
            unasked = self.partner.notices()
            if unasked:
                print(file=self.sink)
                self._show_all(unasked)
                print(self.prompt, end="", file=self.sink, flush=True)

    def _answer(self, text: str) -> Reply:
        chosen = self._chosen(text)
        self._buttons = ()
        return self.partner.press(chosen.id) if chosen else self.partner.say(text)

    def _chosen(self, text: str) -> Button | None:
        if not (text.isascii() and text.isdigit()) or len(text) > 3:
            return None
        number = int(text)
        return self._buttons[number - 1] if 0 < number <= len(self._buttons) else None

    def _show_all(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self._show(message)

    def _show(self, message: Message) -> None:
        """Write a message; its buttons go on counting after those that are shown already."""
        print(printable(message.text), file=self.sink)
        for number, button in enumerate(message.buttons, start=len(self._buttons) + 1):
            print(f"  {number}. {printable(button.label)}", file=self.sink)
        self._buttons += message.buttons
        self.sink.flush()


def printable(text: str) -> str:
    """Return the text without what would steer the terminal: control characters other than newline and tab."""
    return "".join(c if c in "\n\t" or (ord(c) >= 32 and not 127 <= ord(c) < 160) else "\ufffd" for c in text)


def typed_lines(prompt: str, read: Callable[[str], str] = input) -> Iterable[str]:
    """Yield what is typed at a prompt until Ctrl-D or Ctrl-C."""
    while True:
        try:
            yield read(prompt)
        except (EOFError, KeyboardInterrupt):
            sys.stdout.write("\n")
            return
