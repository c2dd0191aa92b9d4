"""The jobs of learning: the nightly analysis, the digest of it, the hourly watch, and the daily completion."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from butler.conversation.digest import send_digest
from butler.conversation.improvement_words import change_words
from butler.conversation.notices import Why, hold_back, waiting_lesson
from butler.conversation.taken_back import Teller
from butler.conversation.turn import Notify
from butler.home.errors import HomeError
from butler.home.port import Home
from butler.model_wording import name_clusters
from engine.api import Engine
from engine.learning.cycle import AUTOMATIC, Night
from engine.learning.pausing import paused
from engine.learning.teaching import NEEDS_ADMIN
from engine.scheduler import Job, daily, hourly
from engine.understanding.snapshot import Snapshot
from store import Status, facts, improvements
from store.database import Store
from store.improvements import Improvement

ANALYSIS_HOUR = 3
DIGEST_HOUR = 8
COMPLETION_HOUR = 5
_ASKED = "night_asked"  # the highest number of an improvement that a night brought before the admins


@dataclass(frozen=True)
class LearningJobs:
    """Carries the jobs of learning out, and tells the admins what they have to know."""

    engine: Engine
    home: Home
    store: Store
    notify: Notify

    def table(self, zone: tzinfo) -> Sequence[Job]:
        """Return the jobs, each at its hour of the household's clock."""
        return (
            Job("nightly_analysis", self.nightly_analysis, daily(ANALYSIS_HOUR, zone), background=True),
            Job("digest", self.digest, daily(DIGEST_HOUR, zone)),
            Job("watch", self.watch, hourly, background=True),
            Job("completion", self.completion, daily(COMPLETION_HOUR, zone), background=True),
        )

    def nightly_analysis(self, now: datetime) -> str:
        """Propose what the evidence supports; what needs an admin is brought before them."""
        snapshot = self.home.snapshot()
        night = self.engine.nightly(snapshot, now)
        self._ask_about(night, snapshot, now)
        if night.live:
            self.engine.warm(snapshot)
        name_clusters(self.engine, self.store, snapshot, now)
        return night.summary()

    def digest(self, now: datetime) -> str:
        """Tell the admins what was learned since the last digest."""
        return send_digest(self.store, self._names(), self.notify, now)

    def watch(self, now: datetime) -> str:
        """Take back what harms; while learning is paused, what came of turns is still noted."""
        taken = self.engine.watch(now)
        Teller(self.engine, self.store, self.notify).tell(taken, self._names(), now)
        if taken:
            return f"Took back {_numbers(n for one in taken for n in one.numbers)}."
        if paused(self.store) is None:
            return "All is well."
        hold_back(self.store, "rollback", Why.PAUSED, now)
        return "Learning is paused, so nothing is taken back."

    def completion(self, now: datetime) -> str:
        """End the watch over what has proved itself."""
        done = self.engine.complete(self.home.snapshot(), now)
        return f"Completed {_numbers(done)}." if done else "Nothing is complete yet."

    def _names(self) -> Snapshot:
        """Return the home for what things are called there; one out of reach keeps nobody from being told."""
        try:
            return self.home.snapshot()
        except HomeError:
            return Snapshot()

    def _ask_about(self, night: Night, snapshot: Snapshot, now: datetime) -> None:
        """Bring what a night left waiting before the admins, once; also what an earlier one, cut off, did not."""
        reasons = {held.number: held.reason for held in night.held if not held.known}
        with self.store.atomic():
            asked = int(facts.get(self.store, _ASKED) or 0)
            waiting = improvements.listing(self.store, {Status.PENDING})[::-1]
            new = [one for one in waiting if one.number in reasons or (one.number > asked and _is_held(one))]
            for one in new:
                words = change_words(self.store, snapshot, one.proposed_value)
                why = f" {one.rationale.rstrip('.')}." if one.rationale else ""
                because = reasons.get(one.number, NEEDS_ADMIN).rstrip(".")
                text = (
                    f"I would like to learn that {words} (#{one.number}).{why} It waits because {because}. "
                    "Shall I learn it?"
                )
                self.notify(waiting_lesson(one.number, text, but=""), now)
            if new:
                facts.put(self.store, _ASKED, str(max(asked, *(one.number for one in new))))


def _is_held(one: Improvement) -> bool:
    return one.source == AUTOMATIC and bool(one.shadow_test_passed)


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(f"#{number}" for number in numbers)
