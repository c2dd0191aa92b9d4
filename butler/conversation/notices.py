"""Telling people what they did not ask for, when it is not quiet: each notice waits in the outbox of its channel.

The composition root makes one `Notifier` and hands its `notify` to the conversation (`Ports.notify`) and to the jobs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from butler.conversation.settings import Settings
from butler.conversation.turn import Notice, Notify, Option
from engine.learning.documents import plain_json
from store import buttons, notices, outbox, people, traces
from store.database import Store
from store.fields import utc_text
from store.outbox import Outgoing
from store.traces import TraceEntry

__all__ = [
    "TELEGRAM",
    "ConfiguredPeople",
    "Notice",
    "Notifier",
    "Notify",
    "Why",
    "automatic_rollback",
    "hold_back",
    "waiting_lesson",
]

TELEGRAM = "telegram:"


class ConfiguredPeople(Protocol):
    """Those whose roles the configuration gives, on channels of this machine."""

    @property
    def admins(self) -> Collection[str]:
        """The ids of the admins."""


class Notifier:
    """Puts notices into the outbox, one for each person they go to, due when quiet hours are over."""

    def __init__(self, store: Store, people_config: ConfiguredPeople, settings: Settings) -> None:
        self._store = store
        self._configured = people_config
        self._settings = settings

    def notify(self, notice: Notice, at: datetime) -> list[int]:
        """Keep a notice for everybody it goes to, and return their numbers."""
        with self._store.atomic():
            users = self._addressees(notice)
            if not users:
                hold_back(self._store, notice.kind, Why.NOBODY, at)  # who left is not named again
            return [self._keep(notice, user, at) for user in users]

    def _addressees(self, notice: Notice) -> list[str]:
        if notice.to != "admins":
            gone = notice.to.startswith(TELEGRAM) and people.get(self._store, notice.to) is None
            return [] if gone else [notice.to]
        paired = [person.user for person in people.admins(self._store) if person.user.startswith(TELEGRAM)]
        return [user for user in [*paired, *sorted(self._configured.admins)] if user != notice.but]

    def _keep(self, notice: Notice, user: str, at: datetime) -> int:
        chat, due = notice.chat or user, self._due(notice, at)
        number = notices.plan(
            self._store,
            kind=notice.kind,
            user=user,
            text=notice.text,
            at=at,
            buttons=[{"label": option.label, "effect": plain_json(option.effect)} for option in notice.buttons],
            urgent=notice.urgent,
        )
        shown = [(f"n{number}b{place}", option) for place, option in enumerate(notice.buttons)]
        ids = [button for button, _ in shown]
        buttons.add(
            self._store,
            [
                buttons.Button(button, user, chat, {"effect": _effect(number, option), "siblings": ids}, at)
                for button, option in shown
            ],
        )
        outbox.add(
            self._store,
            Outgoing(
                channel="telegram" if chat.startswith(TELEGRAM) else "local",
                chat=chat,
                user=user,
                message=f"n{number}",
                payload={"text": notice.text, "buttons": [[button, option.label] for button, option in shown]},
                created_at=at,
                due_at=due,
                urgent=notice.urgent,
                repeatable=notice.repeatable,
            ),
        )
        traces.append(self._store, [_sent(notice, number, user, at, due)])
        return number

    def _due(self, notice: Notice, at: datetime) -> datetime:
        if notice.urgent or not notice.held:
            return at
        return self._settings.quiet_hours.over(at, self._settings.time_zone)


class Why(StrEnum):
    """Why nobody was written to unasked."""

    NOBODY = "nobody here to tell"
    NOTHING = "nothing to say"
    TOLD = "told already"
    LIMIT = "enough was said lately"
    OPEN_QUESTION = "a question is open"
    PAUSED = "paused"
    QUIET = "quiet hours"


def hold_back(
    store: Store,
    kind: str,
    why: Why,
    at: datetime,
    *,
    to: str | None = None,
    metadata: Mapping[str, Any] | None = None,
    trace_id: str | None = None,
) -> None:
    """Log that a notice of a kind was not sent, and why; `to` is whom it would have gone to."""
    entry = TraceEntry(
        trace_id=trace_id or f"notice-{kind}-{at.isoformat()}",
        stage="notice",
        component=kind,
        created_at=at,
        decision="held_back",
        outcome=why.value,
        duration_ms=0.0,
        metadata={**({"to": to} if to else {}), **(metadata or {})} or None,
    )
    traces.append(store, [entry])


def _sent(notice: Notice, number: int, user: str, at: datetime, due: datetime) -> TraceEntry:
    """Return the trace of a notice that goes out, at once or when quiet hours are over."""
    return TraceEntry(
        trace_id=f"notice-{number}",
        stage="notice",
        component=notice.kind,
        created_at=at,
        decision="send" if due == at else "send_later",
        outcome="asked for or urgent" if notice.urgent or not notice.held else Why.QUIET.value if due > at else "sent",
        duration_ms=0.0,
        metadata={"to": user, "notice": number, "due": utc_text(due), "waits_s": (due - at).total_seconds()},
    )


def _effect(number: int, option: Option) -> dict[str, Any]:
    return {**plain_json(option.effect), "notice": number, "label": option.label}


def waiting_lesson(number: int, text: str, *, but: str | None) -> Notice:
    """Return the notice that a lesson waits for an admin's decision."""
    decisions = (
        Option("Approve", {"kind": "approve", "improvement": number}),
        Option("Reject", {"kind": "reject", "improvement": number}),
    )
    return Notice("waiting", text, buttons=decisions, but=but)


def automatic_rollback(text: str) -> Notice:
    """Return the notice that something learned was taken back by itself, with the evidence in its text."""
    return Notice("rollback", text, urgent=True)
