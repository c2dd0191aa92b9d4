"""Whatever is set, however the clock moves and wherever the process ends: each rings once, or once more marked so."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from butler.conversation.notices import Notifier
from butler.conversation.ringing.planning import JOB
from butler.conversation.settings import Settings
from butler.conversation.showing import show_again, taken_messages, were_shown
from butler.conversation.wording import SENT_AGAIN
from butler.ringing_jobs import Ringing, schedules
from engine.scheduler import Scheduler
from engine.tasks.due import Every, Recurrence
from engine.tasks.rules import TaskRules
from store import Store, jobs, open_store, rings
from store.rings import NewRing

START = datetime(2026, 3, 28, 12, tzinfo=UTC)
DAILY = Recurrence(Every.DAY, times=(time(12, 30),)).to_document()


class KilledError(BaseException):
    """The process is gone; nothing may catch it."""


class Rings(RuleBasedStateMachine):
    """Things are set, time passes or jumps, and the process is killed between any two statements it executes."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        folder = Path(self.closing.enter_context(tempfile.TemporaryDirectory()))
        self.store = self.closing.enter_context(open_store(folder / "butler.db"))
        self.now = START
        self.due: dict[str, datetime] = {}
        self.every_day: set[str] = set()
        self.shown: dict[str, list[str]] = defaultdict(list)
        self.started = 0
        self.start()

    def start(self) -> None:
        """Start anew over the same store, as the composition root does."""
        self.started += 1
        notify = Notifier(self.store, SimpleNamespace(admins=()), Settings()).notify
        self.ringing = Ringing(self.store, notify, UTC, TaskRules.base())
        jobs.release_expired(self.store, datetime.max.replace(tzinfo=UTC))
        self.ringing.realign(self.now)
        self.scheduler = Scheduler(self.store, [schedules([self.ringing])], owner=f"process {self.started}")
        self.scheduler.plan(self.now)
        show_again(self.store, self.now)

    @rule(minutes=st.integers(1, 200), daily=st.booleans())
    def is_set(self, minutes: int, daily: bool) -> None:
        title = f"thing {len(self.due)}"
        at = self.now + timedelta(minutes=minutes)
        again = DAILY if daily else None
        with self.store.atomic():
            rings.add(self.store, NewRing("reminder", title, at, "ana", "ana", self.now, recurrence=again))
            jobs.schedule_earlier(self.store, JOB, at)
        self.due[title] = at
        if daily:
            self.every_day.add(title)

    @rule(minutes=st.integers(1, 3_000))
    def time_passes(self, minutes: int) -> None:
        until = self.now + timedelta(minutes=minutes)
        self.scheduler.run_until(self.now, until, self.arrives)
        assert self.now == until
        assert not rings.due(self.store, self.now)

    @rule(minutes=st.integers(-30, 3_000))
    def clock_jumps(self, minutes: int) -> None:
        self.now = max(START, self.now + timedelta(minutes=minutes))
        self.scheduler.run_due(self.now)

    @rule(minutes=st.integers(1, 3_000), statements=st.integers(1, 60), down=st.integers(0, 3_000))
    def is_killed_while_time_passes(self, minutes: int, statements: int, down: int) -> None:
        try:
            with killed_after(self.store, statements):
                self.scheduler.run_until(self.now, self.now + timedelta(minutes=minutes), self.arrives)
        except KilledError:
            self.now += timedelta(minutes=down)
            self.start()

    @rule()
    def is_shown(self) -> None:
        self._look()
        were_shown(self.store)

    @rule(seen=st.booleans())
    def is_killed_while_it_shows(self, seen: bool) -> None:
        """Nobody knows whether what was taken was seen."""
        taken = list(taken_messages(self.store, self.now))
        if seen:
            for message in taken:
                self._saw(message.text)
        self.start()

    def teardown(self) -> None:
        try:
            self.time_passes(60 * 24 * 4)
            self._look()
            for title in self.due:
                assert self.shown[title], title
            for title, texts in self.shown.items():
                unmarked = [text for text in texts if not text.startswith(SENT_AGAIN)]
                assert len(unmarked) <= (self._days(title) if title in self.every_day else 1), (title, texts)
        finally:
            self.closing.close()

    def arrives(self, at: datetime) -> None:
        """Have the clock show an instant."""
        self.now = at

    def _days(self, title: str) -> int:
        return (max(self.now, self.latest) - self.due[title]).days + 2

    def _look(self) -> None:
        for message in taken_messages(self.store, self.now):
            self._saw(message.text)

    def _saw(self, text: str) -> None:
        title = next(title for title in sorted(self.due, key=len, reverse=True) if title in text)
        self.shown[title].append(text)

    @property
    def latest(self) -> datetime:
        """The latest instant anything rang at."""
        found = self.store.database.fetch("SELECT max(rung_at) FROM rings")[0][0]
        return datetime.fromisoformat(found) if found else START


@contextmanager
def killed_after(store: Store, statements: int) -> Iterator[None]:
    """Kill the process when it executes its n-th statement that writes or opens a transaction."""
    left, database = [statements], store.database
    real = type(database).execute_sql

    def execute(sql: str, params: Any = None) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise KilledError
        return real(database, sql, params)

    with patch.object(database, "execute_sql", execute):
        yield


TestRings = Rings.TestCase
TestRings.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
