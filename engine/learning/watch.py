"""The watch over what went live: it sees turns that changed, learns what came of them, takes back, and completes."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from engine.embedding.port import Encoder
from engine.learning.attribution import UNCHANGED, Attribution, Attributor
from engine.learning.experience import FEEDBACK, WITNESSED, Experience, Happened
from engine.learning.meanings import all_builders_on
from engine.learning.metrics import Window, figures
from engine.learning.pausing import paused
from engine.learning.taken_back import TOLD, TakenBack, taken_back, told_until
from engine.learning.understander import Situation
from engine.learning.watch_case import Case, together
from engine.learning.watched import Watched, WatchList, taught_by
from engine.learning.watching import DOUBTED, WINDOW, Without, done_next, said_of
from engine.learning.workshop import Workshop
from engine.understanding.interpretation import Disposition, Interpretation
from store import Status, StoreError, WrongStatus, facts, improvements, observations, traces, turns
from store.observations import Observation, Outcome
from store.turns import Turn

MOST_ASKED = 3
WATCHED_AT_LEAST = timedelta(hours=24)
WATCHED_AT_MOST = timedelta(days=30)
LEAST_CHANGED = 5

_MOST_TURNS = 3000
_MOST_TIMED = 200


class Watch:
    """Watches the improvements in force; safe from any thread, and what it does is done once however often it is asked.

    `attribute` reads, `keep` writes rows of the store and belongs into the transaction that ends the turn; `look`,
    `hourly` and `complete` use the learning writer and come after it.
    """

    def __init__(self, workshop: Workshop, encoder: Encoder) -> None:
        self._store = workshop.store
        self._workshop = workshop
        self._attributor = Attributor(encoder)
        self._list = WatchList(workshop.store)
        self._touched: set[int] = set()
        self._looked = False
        self._returned = 0
        self._lock = threading.RLock()
        self._deciding = threading.RLock()

    def warm(self) -> None:
        """Prepare for the next turn: the first after a start would else pay for all exemplars under watch."""
        now = self._workshop.in_force.refresh()
        with self._lock:
            self._list.follow(now)
            watched = self._list.numbers
        self._attributor.warm(now, watched)

    def attribute(self, found: Interpretation, situation: Situation, text: str) -> Attribution:
        """Return which improvements under watch a turn's outcome is owed to, and whether to ask if it was right."""
        now = self._workshop.in_force.refresh()
        with self._lock:
            self._list.follow(now)
            watched = self._list.numbers
        charges = self._attributor.charges(now, watched, found, text, situation)
        if not charges:
            return UNCHANGED
        changed = Attribution(charges, version=now.head.version)
        return replace(changed, confirm=self._asks(changed, found, situation.speaker))

    def _asks(self, changed: Attribution, found: Interpretation, speaker: str | None) -> bool:
        """Tell whether to ask: of each change the first three times, but nobody about what they taught themselves."""
        if any(one.disposition is not Disposition.ACT for one in found.clauses or (found,)):
            return False
        known = (self._list.get(number) for number in changed.changed_by)
        others = [one for one in known if one is not None and (one.taught_by is None or one.taught_by != speaker)]
        return any(observations.counts(self._store, one.number, since=one.since).asked < MOST_ASKED for one in others)

    def keep(self, experience: Experience, attribution: Attribution = UNCHANGED) -> None:
        """Record what a turn says of earlier ones, and that it was changed itself; store rows only.

        Where the answer did not carry ✅ and ❌ after all, hand in the attribution with `confirm` false.
        """
        if not experience.learnable:
            return
        self._hear(experience)
        if attribution.charges and experience.found is not None and experience.happened in WITNESSED:
            observations.add(self._store, _observed(experience, experience.found, attribution))

    def _hear(self, experience: Experience) -> None:
        later = experience.later
        if later is not None and later.saying in FEEDBACK:
            self._think_again(later.of_turn)
        for one in observations.open_before(self._store, experience.at + timedelta(seconds=1)):
            if one.turn >= experience.turn:
                continue
            if later is not None and later.of_turn == one.turn:
                without = _without(one)
                taught = self._taught_by(one.improvement) == experience.user
                outcome = said_of(without, later, taught=taught) if without else None
            else:
                outcome = self._next_of(one, experience)
            if outcome is not None:
                self._settle(one, outcome, experience.at)

    def _think_again(self, turn: int) -> None:
        """Let the last feedback on a turn decide what came of it, whatever was said or concluded before."""
        reopened = observations.reopen(self._store, turn)
        with self._lock:
            self._touched.update(reopened)

    def _next_of(self, one: Observation, experience: Experience) -> Outcome | None:
        """Return what a turn that says nothing of an earlier one makes of it, as the next of the same person there."""
        earlier = turns.get(self._store, one.turn)
        if earlier is None or (earlier.user, earlier.chat) != (experience.user, experience.chat):
            return None
        if experience.happened is Happened.OTHER or (one.asked and not _doubted(earlier)):
            return None  # a command says nothing, and the buttons of an answer may still be pressed
        return _unsaid(one, earlier, experience.found)

    def _taught_by(self, number: int) -> str | None:
        row = improvements.get(self._store, number)
        return taught_by(row) if row else None

    def _settle(self, one: Observation, outcome: Outcome, at: datetime) -> None:
        settled = observations.settle(self._store, one.turn, outcome, at, improvement=one.improvement)
        with self._lock:
            self._touched.update(settled)

    def look(self, at: datetime) -> tuple[TakenBack, ...]:
        """Decide about the improvements whose turns got an outcome; return what was taken back and was not told yet.

        The first look of a process looks at all of them, so that what a kill cut off is finished.
        """
        if not self._looked:
            return self.hourly(at)
        self._settle_overdue(at)
        with self._lock:
            touched = frozenset(self._touched)
        return self._decide(touched, at) if touched else ()

    def hourly(self, at: datetime) -> tuple[TakenBack, ...]:
        """Decide about every improvement under watch; return what was taken back and was not told yet."""
        self._settle_overdue(at)
        now = self._workshop.in_force.refresh()
        with self._lock:
            self._list.read_again(now)
            numbers = self._list.numbers | self._touched
            self._looked = True
        return self._decide(numbers, at, again=True)

    def told(self, taken: Iterable[TakenBack]) -> None:
        """Remember that the admins were told; belongs into the transaction that puts the notice up."""
        until = max((one.audit for one in taken), default=0)
        if until > told_until(self._store):
            facts.put(self._store, TOLD, str(until))

    def _settle_overdue(self, at: datetime) -> None:
        for one in observations.open_before(self._store, at - WINDOW):
            earlier = turns.get(self._store, one.turn)
            if earlier is not None and _doubted(earlier) and at - one.at <= 2 * WINDOW:
                continue
            self._settle(one, "A" if earlier is None else _unsaid(one, earlier, None), at)

    def _decide(self, numbers: Iterable[int], at: datetime, *, again: bool = False) -> tuple[TakenBack, ...]:
        if paused(self._store) is not None:
            return ()
        considered = frozenset(numbers)
        with self._deciding:
            with self._lock:
                self._touched -= considered
            try:
                return self._decided(considered, at, again=again)
            except StoreError:
                with self._lock:
                    self._touched |= considered
                raise

    def _decided(self, considered: frozenset[int], at: datetime, *, again: bool) -> tuple[TakenBack, ...]:
        """Take back; what was returned before is returned `again` where nobody was told of it meanwhile."""
        cases = [case for number in sorted(considered) if (case := self._case(number)) and case.reached]
        for group in together(cases):
            self._take_back(group, at)
        if not cases and not again:
            return ()
        new = tuple(
            one
            for one in taken_back(self._store, told_until(self._store))
            if one.audit > self._returned or at - one.at >= WINDOW
        )
        self._returned = max((one.audit for one in new), default=self._returned)
        return new

    def _case(self, number: int) -> Case | None:
        watched = Watched.of(improvements.get(self._store, number))
        return Case.of(self._store, watched) if watched else None

    def _take_back(self, group: list[Case], at: datetime) -> None:
        numbers = [case.watched.number for case in group]
        reason = "; ".join(f"#{case.watched.number}: {case.reason()}" for case in group)
        now = self._workshop.in_force.refresh()
        builders = sorted({b for number in numbers for b in all_builders_on(number, now.active)} - {*numbers})
        if builders:
            reason += f"; built upon by {', '.join(f'#{number}' for number in builders)}"
        try:
            self._workshop.deployer.take_out(numbers, actor="system", reason=reason, at=at)
        except WrongStatus:
            return  # a person, or another process, was quicker

    def complete(self, at: datetime, *, accuracy: float | None = None) -> tuple[int, ...]:
        """End the watch over what changed five turns or more in 24 hours, and over all that is 30 days old.

        Return the improvements completed. `accuracy` is the suite's with the knowledge in force, for the results; else
        that of each one's own test stands there.
        """
        self._settle_overdue(at)
        done: list[int] = []
        recent: list[Turn] | None = None
        for row in improvements.listing(self._store, {Status.APPLIED})[::-1]:
            watched = Watched.of(row)
            if watched is None or at - watched.since < WATCHED_AT_LEAST:
                continue
            case = Case.of(self._store, watched)
            unused = len(case.settled) < LEAST_CHANGED
            if case.reached or case.waits or (unused and at - watched.since < WATCHED_AT_MOST):
                continue
            recent = turns.recent(self._store, _MOST_TURNS) if recent is None else recent
            tested = (row.shadow_test_results or {}).get("accuracy") or {}
            suite = tested.get("before"), tested.get("after") if accuracy is None else accuracy
            results = case.results() | {"figures": self._figures(watched, recent, at, suite)}
            if self._complete(watched.number, results | ({"unused": True} if unused else {}), at):
                done.append(watched.number)
        return tuple(done)

    def _complete(self, number: int, results: dict[str, object], at: datetime) -> bool:
        try:
            self._workshop.writer.complete(number, results=results, at=at)
        except WrongStatus:
            return False
        with self._lock:
            self._list.ended(number)
        return True

    def _figures(
        self, watched: Watched, recent: list[Turn], at: datetime, accuracy: tuple[float | None, float | None]
    ) -> dict[str, object]:
        """Return the figures of the watch and of as long a time before it."""
        start = watched.since - (at - watched.since)
        before = [turn for turn in recent if start <= turn.at < watched.since]
        during = [turn for turn in recent if watched.since <= turn.at <= at]
        return figures(self._window(before), self._window(during), accuracy)

    def _window(self, found: list[Turn]) -> Window:
        timed = [turn.number for turn in found[-_MOST_TIMED:]]
        return Window.of(found, traces.longest(self._store, "understand", timed))


def _observed(experience: Experience, found: Interpretation, attribution: Attribution) -> list[Observation]:
    return [
        Observation(
            number,
            experience.turn,
            experience.at,
            without=Without.of(
                charge.without, found, version=attribution.version, milliseconds=charge.milliseconds
            ).to_json(),
            charged=charge.numbers,
            asked=attribution.confirm,
        )
        for charge in attribution.charges
        for number in charge.numbers
    ]


def _without(one: Observation) -> Without | None:
    return Without.from_json(one.without) if one.without else None


def _doubted(earlier: Turn) -> bool:
    return earlier.verdict in DOUBTED or earlier.outcome in DOUBTED


def _unsaid(one: Observation, earlier: Turn, found: Interpretation | None) -> Outcome:
    """Return what came of a turn of which nothing more is said than its verdict."""
    without = _without(one)
    if without is None:
        return "C" if _doubted(earlier) else "A"
    return done_next(without, found, "disputed" if _doubted(earlier) else earlier.verdict)
