"""What log review is told of a household, and what it says of what it found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from butler.config import People
from butler.model_wording import reword_insights
from engine.api import Engine
from engine.learning.changes import Change, to_payload
from engine.llm.jobs import JOBS
from engine.review.log_review import ReviewResult, review
from engine.review.rules import ReviewRules
from store import improvements, people
from store.database import Store
from store.status import IN_FORCE


def rules_of(engine: Engine, store: Store, configured: People, zone: tzinfo) -> ReviewRules:
    """Return what log review may know of a household: what is in force, and whose names are not to be said."""
    members, former = people.everyone(store), people.former(store)
    known = {one.user for one in members}
    hours = {user: found.hour for user in (*known, *configured.admins) if (found := engine.report_hour(user))}
    models = {job: model.id for job in JOBS if (model := engine.model_for(job)) is not None}
    return ReviewRules(
        zone=zone,
        names=tuple({name for one in (*members, *former) for name in (one.name, one.username) if name}),
        guests=frozenset({one.user for one in members if one.role == "guest"} | configured.guests),
        models=models,
        report_hours=hours,
        in_force=_in_force(store),
        threshold=_threshold(engine),
    )


def reviewing(engine: Engine, store: Store, configured: People, zone: tzinfo) -> Callable[[datetime], str]:
    """Return what reads the traces that are new and says what it found."""

    def run(now: datetime) -> str:
        found = review(store, now, rules=rules_of(engine, store, configured, zone))
        reword_insights(engine, store, found.insights)
        return result_text(found)

    return run


def result_text(found: ReviewResult) -> str:
    """Return what a review read and found, in a sentence."""
    return f"Read {_many(found.traces, 'trace')}: {_many(len(found.insights), 'new insight')}."


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _in_force(store: Store) -> Callable[[Change], bool]:
    documents = [one.proposed_value for one in improvements.listing(store, IN_FORCE)]
    return lambda change: to_payload(change) in documents


def _threshold(engine: Engine) -> Callable[[str], float | None]:
    def value(name: str) -> float | None:
        try:
            return engine.threshold(name)
        except KeyError:
            return None

    return value
