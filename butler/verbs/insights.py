"""`butler insights`: what log review proposes, and deciding about it from the command line."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from butler.app import encoder_of, engine_of, warn_of
from butler.channels.terminal import printable
from butler.clock import SystemClock
from butler.config import Config
from butler.conversation.messages import Person
from butler.conversation.reports.asking import insight_line, insights_of
from butler.conversation.reports.carrying_out import Applying, dismiss
from butler.conversation.reports.closing import withdraw
from butler.conversation.reports.cut_off import has_taken_back, rollback_reason
from butler.conversation.reports.deciding import DISMISSED, GONE
from butler.conversation.reports.messages import ROLLBACK
from butler.conversation.reports.standing import FOR_ADMINS, NO_SUCH, concerns, decided_text
from butler.failures import UsageError
from butler.homes import look
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, log_to_stderr
from butler.verbs.speaking import person_of
from engine.api import Engine
from engine.learning import outcomes
from store import Store, insights, open_store
from store.insights import Insight

NONE = "There is no insight."


def run(options: Namespace) -> int:
    """Print insights, or decide about one; 0 where that was done, 1 where nothing came of it."""
    log_to_stderr()
    config = config_of(options)
    with open_store(config.data.require_store()) as store:
        person = person_of(options, config, store)
        if options.part is None:
            return _show(store, person, everything=options.all)
        insight = _of(store, person, options.number)
        return _apply(config, store, person, insight) if options.part == "apply" else _dismiss(store, person, insight)


def _show(store: Store, person: Person, *, everything: bool) -> int:
    found = insights_of(store, person.id, person.role, everything=everything)
    for insight in found:
        say(printable(insight_line(insight)))
    if not found:
        say(NONE)
    return 0


def _of(store: Store, person: Person, number: int) -> Insight:
    """Return an insight that is open and the person's to decide; raises UsageError."""
    found = insights.get(store, number)
    if found is None or not concerns(found, person.id, person.role):
        if found is not None and found.owner is None:
            raise UsageError(FOR_ADMINS.format(number=number))
        whose = " It is one person's own: --user says whose you decide." if found is not None else ""
        raise UsageError(NO_SUCH.format(number=number) + whose)
    if not found.is_open:
        raise UsageError(decided_text(store, found, person.id))
    return found


def _apply(config: Config, store: Store, person: Person, insight: Insight) -> int:
    warn_of(config)
    clock = SystemClock()
    engine = engine_of(config, store, encoder_of(config), clock)
    try:
        if insight.insight_type == ROLLBACK:
            return _take_back(engine, store, person, insight, clock.now())
        done = Applying(engine, store, look(config), person, clock.now()).apply(insight)
    finally:
        engine.close()
    withdraw(store, insight, person.id, clock.now())
    say(printable(done.text))
    return 0 if done.status == "applied" else 1


def _take_back(engine: Engine, store: Store, person: Person, insight: Insight, at: datetime) -> int:
    number = insight.change["improvement"]
    came = engine.roll_back(number, actor=person.id, at=at, reason=rollback_reason(insight))
    if isinstance(came, outcomes.BuiltUpon):
        raise UsageError(f"others build on #{number}: /rollback {number} in a chat offers to take all of them back")
    done = isinstance(came, outcomes.RolledBack) or has_taken_back(store, insight, number)
    if done:
        insights.decide(store, insight.id, "applied", by=person.id, at=at, improvement=number)
        say(f"Took #{number} back.")
    else:
        insights.decide(store, insight.id, "failed", by=person.id, at=at, problem=GONE)
        say(GONE)
    withdraw(store, insight, person.id, at)
    return 0 if done else 1


def _dismiss(store: Store, person: Person, insight: Insight) -> int:
    at = datetime.now(UTC)
    done = dismiss(store, insight, person.id, at)
    withdraw(store, insight, person.id, at)
    say(DISMISSED if done else NONE)
    return 0 if done else 1
