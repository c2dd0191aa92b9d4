"""`butler suggest`: what a person suggests is tested at once, and goes live or waits for an admin."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import dataclass
from typing import Any

from butler.app import encoder_of, engine_of, settings_of, warn_of
from butler.channels.terminal import printable
from butler.clock import SystemClock
from butler.config import Config
from butler.conversation.messages import Person, Role
from butler.conversation.notices import Notifier, waiting_lesson
from butler.conversation.suggested import ROLES
from butler.conversation.suggesting import Suggester
from butler.conversation.suggestions import Suggestion, SuggestionError, of_parts
from butler.homes import look
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, log_to_stderr
from butler.verbs.speaking import person_of
from engine.learning import outcomes
from store import Store, improvements, open_store

_TAKEN = (outcomes.Live, outcomes.Held, outcomes.AlreadyKnown)


@dataclass(frozen=True)
class _Answer:
    """What came of a suggestion; `number` is None where nothing was recorded."""

    message: str
    number: int | None = None
    status: str = "refused"
    passed: bool | None = None
    taken: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the answer as other programs read it."""
        return {
            "id": self.number,
            "status": self.status,
            "shadow_test_passed": self.passed,
            "message": self.message,
        }


def run(options: Namespace) -> int:
    """Print what came of the suggestion; 0 where it is live, held or known, 1 where nothing came of it.

    Another process may have the folder meanwhile: it sees that knowledge moved.
    """
    log_to_stderr()
    config = config_of(options)
    warn_of(config)
    with open_store(config.data.require_store()) as store:
        answer = _answer(options, config, store)
    say(json.dumps(answer.to_json(), ensure_ascii=False) if options.json else printable(answer.message))
    return 0 if answer.taken else 1


def _answer(options: Namespace, config: Config, store: Store) -> _Answer:
    try:
        said = of_parts(options.type, options.source, options.target, options.note or "")
    except SuggestionError as error:
        return _Answer(str(error))
    person = person_of(options, config, store)
    if person.role is Role.GUEST:
        return _Answer("Suggestions are for the people who live here, so I did nothing.")
    return _suggested(said, person, config, store)


def _suggested(said: Suggestion, person: Person, config: Config, store: Store) -> _Answer:
    clock = SystemClock()
    engine = engine_of(config, store, encoder_of(config), clock)
    try:
        by = Suggester(engine, store, look(config), person.id, ROLES[person.role], clock.now())
        change = by.change(said)
        outcome = by.suggest(change, said.note)
        message = by.told(change, outcome)
        if isinstance(outcome, outcomes.Held) and not outcome.known:
            notice = waiting_lesson(outcome.number, by.asking(change, outcome, said.note), but=None)
            Notifier(store, config.people, settings_of(config)).notify(notice, clock.now())
    except SuggestionError as error:
        return _Answer(str(error))
    finally:
        engine.close()
    number = getattr(outcome, "number", None)
    found = improvements.get(store, number) if number is not None else None
    if found is None:
        return _Answer(message)
    taken = isinstance(outcome, _TAKEN)
    return _Answer(message, found.number, found.status.value, found.shadow_test_passed, taken)
