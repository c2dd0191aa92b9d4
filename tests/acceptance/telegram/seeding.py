"""What is put into a household's store by the tests: people, words, and notices as the jobs to come will send them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from butler.config import load_config
from butler.conversation.notices import Notice, Notifier
from butler.conversation.quiet_hours import QuietHours
from butler.conversation.settings import Settings
from butler.conversation.turn import Option
from butler.data_folder import DataFolder
from store import Store, open_store, people
from store.fields import utc_text


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def _execute(store: Store, sql: str, values: tuple[str, ...] = ()) -> None:
    database: Any = store.database  # its methods have no types
    database.execute_sql(sql, values)


@dataclass(frozen=True)
class Seeds:
    """Writes to the store of one data folder, beside a running process or before it starts."""

    data: Path

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the store."""
        with open_store(DataFolder(self.data).store) as store:
            yield store

    def admit(self, members: Mapping[str, tuple[str, str]]) -> None:
        """Make people members, given as name and role by user."""
        with self.store() as store:
            for user, (name, role) in members.items():
                people.admit(store, user, role, name=name, username=None, at=now())

    def notify(self, kind: str, text: str, to: str, effects: Mapping[str, Mapping[str, Any]], **more: Any) -> list[int]:
        """Send a notice as a job does, and return its numbers."""
        config = load_config(DataFolder(self.data), environ={}, flags={}, zone_of_system=False)
        hours = QuietHours(config.quiet_hours.start, config.quiet_hours.end)
        settings = Settings(time_zone=config.household.time_zone, quiet_hours=hours)
        options = tuple(Option(label, dict(effect)) for label, effect in effects.items())
        with self.store() as store:
            return Notifier(store, config.people, settings).notify(Notice(kind, text, to, options, **more), now())

    def remove(self, users: list[str]) -> None:
        """End memberships."""
        with self.store() as store:
            for user in users:
                people.remove(store, user)

    def let_expire(self, message: str) -> None:
        """Make the buttons of a message too old to be pressed."""
        with self.store() as store, store.atomic():
            long_ago = utc_text(datetime(2026, 1, 1, tzinfo=UTC))
            _execute(store, "UPDATE buttons SET expires_at = ? WHERE id LIKE ?", (long_ago, f"{message}b%"))

    def make_due(self) -> None:
        """Let everything that waits in the outbox be due."""
        with self.store() as store, store.atomic():
            _execute(store, "UPDATE outbox SET due_at = created_at WHERE state = 'waiting'")
