"""Watching devices for those who want to be told of them: at once where the home tells of changes."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta

from butler.conversation.later.conditions import is_so
from butler.conversation.later.notice_words import over_text, told_text
from butler.conversation.notices import TELEGRAM
from butler.conversation.ringing.planning import JOB
from butler.conversation.turn import Notice, Option, Ports
from butler.home.errors import HomeError
from butler.home.port import Home, Watched
from engine.understanding.snapshot import Entity, Snapshot
from store import StoreError, device_notices, jobs, people, traces
from store.device_notices import DeviceNotice
from store.traces import TraceEntry

_LOG = logging.getLogger(__name__)
_LOOK = timedelta(minutes=1)
_MOST_HEARD = 10_000  # changes that wait to be looked at; more of them are only seen as what is so in the end
_NOT_AGAIN = timedelta(minutes=1)  # a value that trembles about its bound is told of once a minute at most


class Watching:
    """Tells people of what they wait for in the home.

    Where the home tells of changes, each is looked at in its order, and what passes within a second is not missed;
    else the home is looked at every minute.
    """

    def __init__(self, ports: Ports, home: Home, now: Callable[[], datetime], wake: Callable[[], None]) -> None:
        self._ports = ports
        self._now, self._wake = now, wake
        self._heard: deque[tuple[datetime, Entity]] = deque(maxlen=_MOST_HEARD)
        self._guard = threading.Lock()
        self._watched: frozenset[str] = frozenset()
        self._looked: datetime | None = None
        self._began = 0.0  # by the timer of the ports, when the run began that is being traced
        self._told_of_changes = isinstance(home, Watched)
        if isinstance(home, Watched):
            home.watch(self._is_watched, self._hear)

    def next_due(self) -> datetime | None:
        """Return when there is something to look at next, which may be past, or None."""
        with self._guard:
            heard = self._heard[0][0] if self._heard else None
        return min(filter(None, [heard, self._next_look(), device_notices.next_due(self._ports.store)]), default=None)

    def run(self, now: datetime) -> str:
        """Look at what changed and at what is so, and tell whoever waits for it."""
        with self._guard:
            heard = [*self._heard]
            self._heard.clear()
        self._looked, self._began = now, self._ports.timer()
        waiting = device_notices.active(self._ports.store)
        self._watched = frozenset(one.entity_id for one in waiting)
        if not waiting:
            return ""
        told = sum(
            self._judge(one.id, entity, at, now, changed=True)
            for at, entity in heard
            for one in self._of(waiting, entity)
        )
        home = self._look()
        if home is not None:
            told += sum(self._attend(one, home, now) for one in waiting)
        return f"Told of {told} in the home." if told else ""

    def _next_look(self) -> datetime | None:
        if self._looked is not None and self._told_of_changes:
            return None
        waiting = device_notices.active(self._ports.store, limit=1)
        if not waiting:
            return None
        return waiting[0].created_at if self._looked is None else self._looked + _LOOK

    def _is_watched(self, entity_id: str) -> bool:
        return entity_id in self._watched

    def _hear(self, entity: Entity) -> None:
        """Take down a change, in whatever thread, and have it looked at."""
        now = self._now()
        with self._guard:
            first = not self._heard
            self._heard.append((now, entity))
        if not first:
            return
        try:
            jobs.schedule_earlier(self._ports.store, JOB, now)
        except StoreError as exc:
            _LOG.warning("a change of %s is looked at later: %s", entity.entity_id, exc)
        self._wake()

    def _of(self, waiting: list[DeviceNotice], entity: Entity) -> list[DeviceNotice]:
        return [one for one in waiting if one.entity_id == entity.entity_id]

    def _attend(self, notice: DeviceNotice, home: Snapshot, now: datetime) -> bool:
        if notice.user.startswith(TELEGRAM) and people.get(self._ports.store, notice.user) is None:
            self._end(notice, "owner_gone", now)
            return False
        entity = home.by_id.get(notice.entity_id)
        if entity is None:
            return self._gone(notice, now)
        return self._judge(notice.id, entity, now, now, changed=False)

    def _judge(self, number: int, entity: Entity, at: datetime, now: datetime, *, changed: bool) -> bool:
        """Take down that a condition holds or not as an entity was at an instant; return whether its person is told.

        `changed` says that it became so at that instant, and was otherwise until then; else it was only seen so.
        """
        store = self._ports.store
        with store.atomic():
            notice = device_notices.get(store, number)
            so = is_so(entity, notice.condition) if notice is not None and notice.state == "active" else None
            if notice is None or so is None:
                return False
            if not so:
                # It was so for long enough before, though nobody looked; where it is only seen, that is not known.
                lasted = changed and notice.due_at is not None and notice.due_at <= at
                told = self._tell(notice, over_text(entity, notice), now) if lasted else False
                device_notices.end(store, number)
                return told
            if notice.since is None:
                device_notices.begin(store, number, since=at, due_at=_due(notice, at))
                notice = device_notices.get(store, number)
            return notice is not None and self._tell(notice, told_text(entity, notice), now)

    def _tell(self, notice: DeviceNotice, text: str, now: datetime) -> bool:
        if not device_notices.tell(self._ports.store, notice.id, at=now):
            return False
        self._ports.notify(_notice(notice, text), now)
        self._trace(notice, "told", now)
        return True

    def _gone(self, notice: DeviceNotice, now: datetime) -> bool:
        name = notice.entity_id.partition(".")[2].replace("_", " ")
        text = f"The {name} is no longer in the home, so I've stopped watching for this: {notice.text}."
        with self._ports.store.atomic():
            if not self._end(notice, "gone", now):
                return False
            self._ports.notify(_notice(notice, text, buttons=()), now)
        return True

    def _end(self, notice: DeviceNotice, why: str, now: datetime) -> bool:
        with self._ports.store.atomic():
            self._trace(notice, why, now)
            return device_notices.cancel(self._ports.store, notice.id)

    def _look(self) -> Snapshot | None:
        try:
            return self._ports.home.snapshot()
        except HomeError as exc:
            _LOG.warning("home unreachable", extra={"problem": str(exc)})
            return None

    def _trace(self, notice: DeviceNotice, decision: str, now: datetime) -> None:
        entry = TraceEntry(
            trace_id=f"device-notice-{notice.id}",
            stage="later",
            component="notices",
            created_at=now,
            decision=decision,
            outcome=decision,
            duration_ms=(self._ports.timer() - self._began) * 1_000,
            metadata={"user": notice.user, "device_notice": notice.id, "entity": notice.entity_id},
        )
        traces.append(self._ports.store, [entry])


def _due(notice: DeviceNotice, since: datetime) -> datetime:
    due = since + timedelta(seconds=float(notice.condition.get("for_s") or 0.0))
    return due if notice.told_at is None else max(due, notice.told_at + _NOT_AGAIN)


def _notice(notice: DeviceNotice, text: str, buttons: tuple[Option, ...] | None = None) -> Notice:
    again = Option("Tell me again next time", {"kind": "notice_once", "notices": [notice.id], "once": False})
    mute = Option("Mute", {"kind": "notice_mute", "notices": [notice.id]})
    return Notice(
        kind="device",
        text=text,
        to=notice.user,
        buttons=((again,) if notice.once else (mute,)) if buttons is None else buttons,
        urgent=True,
        held=False,
        repeatable=True,
        chat=notice.chat,
    )
