"""`butler chat`: greet at once, load the model meanwhile, and talk."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from butler.channels.lines import lines_of
from butler.channels.terminal import FAREWELL, GREETING, Terminal, typed_lines
from butler.clock import SystemClock
from butler.config import Config
from butler.conversation.messages import Message, Person, Reply, Role
from butler.verbs.loading import Loading
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, log_to_file, login

_PROMPT = "> "
_HISTORY = 1_000  # lines


def run(options: Namespace) -> int:
    """Talk until the input ends or Ctrl-C."""
    config = config_of(options)
    with config.data.held("chat"), ExitStack() as closing:
        log_to_file(config.data)
        loading = closing.enter_context(Loading(config, SystemClock()))
        _greet(config)
        source = closing.enter_context(_source(config))
        terminal = Terminal(_Partner(loading, _speaker(options, config)), source, sys.stdout, _PROMPT)
        if sys.stdin is not None and sys.stdin.isatty():
            loading.after_jobs = terminal.interrupt
        with suppress(KeyboardInterrupt):
            terminal.talk()
        loading.after_jobs = None
        # Whatever went wrong while loading is told even to those who said nothing.
        loading.wait().notices_shown()
        say(FAREWELL)
    return 0


@dataclass(frozen=True)
class _Partner:
    """One person's Butler, once it is loaded."""

    loading: Loading
    person: Person

    def say(self, text: str) -> Reply:
        return self.loading.wait().handle(self.person, self.person.id, text=text)

    def press(self, button: str) -> Reply:
        return self.loading.wait().handle(self.person, self.person.id, press=button)

    def notices(self) -> Sequence[Message]:
        return self.loading.wait().take_notices()


def _greet(config: Config) -> None:
    say(GREETING.format(name=config.household.names[0]))


def _speaker(options: Namespace, config: Config) -> Person:
    if options.user is None:
        return Person(login(), Role.ADMIN)
    return Person(options.user, config.people.role_of(options.user))


@contextmanager
def _source(config: Config) -> Iterator[Iterable[str]]:
    """Yield the lines to answer: typed with a prompt and a history, or read from a file or pipe."""
    if sys.stdin is None:  # closed by whoever started the process
        yield ()
    elif sys.stdin.isatty():
        with _history(config.data.chat_history):
            yield typed_lines(_PROMPT)
    else:
        yield (line.data[:10_000].decode("utf-8", "replace") for line in lines_of(sys.stdin.buffer))


@contextmanager
def _history(file: Path) -> Iterator[None]:
    try:
        import readline  # noqa: PLC0415 - a Python built without it has no line editing, and that is all
    except ImportError:
        yield
        return
    with suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(_HISTORY)
    try:
        yield
    finally:
        with suppress(OSError):
            readline.write_history_file(file)
