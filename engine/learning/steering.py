"""What people decide about improvements: approved, rejected, taken out of force, put back, erased with a person."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.learning.changes import ChangeError, from_payload
from engine.learning.golden_erasure import Forgotten, forget_in_golden
from engine.learning.in_force import InForce
from engine.learning.meanings import all_builders_on
from engine.learning.outcomes import Approval, BuiltUpon, Failed, Redo, Rejected, Rejection, RollBack, RolledBack
from engine.learning.workshop import Workshop
from engine.understanding.snapshot import Snapshot
from store import Status, improvements
from store.improvements import Improvement
from store.status import IN_FORCE

OPEN = frozenset({Status.PENDING, Status.APPROVED})


@dataclass(frozen=True)
class Steering:
    """Carries decisions out, each as one step with its audit row."""

    workshop: Workshop

    def approve(self, number: int, *, actor: str, at: datetime, snapshot: Snapshot) -> Approval:
        """Put a held improvement in force with a person's approval, once it passes its test again."""
        return self._put_in_force(number, OPEN, actor=actor, at=at, snapshot=snapshot)

    def redo(self, number: int, *, actor: str, at: datetime, snapshot: Snapshot) -> Redo:
        """Put a rolled-back improvement in force again, in its old place, once it passes its test again."""
        return self._put_in_force(number, {Status.ROLLED_BACK}, actor=actor, at=at, snapshot=snapshot)

    def reject(self, number: int, *, actor: str, at: datetime, reason: str) -> Rejection:
        """Reject a held improvement."""
        with self.workshop.lock:
            found = self.workshop.found(number, OPEN)
            if not isinstance(found, Improvement):
                return found
            self.workshop.writer.reject(number, actor=actor, reason=reason, at=at)
            return Rejected(number)

    def roll_back(self, number: int, *, actor: str, at: datetime, reason: str, with_builders: bool = False) -> RollBack:
        """Take an improvement out of force; one that later ones build on stays, unless they are to go with it."""
        with self.workshop.lock:
            now = self.workshop.in_force.refresh(at)
            found = self.workshop.found(number, IN_FORCE)
            if not isinstance(found, Improvement):
                return found
            builders = all_builders_on(number, now.active)
            if builders and not with_builders:
                return BuiltUpon(number, builders)
            return self._take_out((number, *builders), actor=actor, at=at, reason=reason)

    def roll_back_since(self, number: int, *, actor: str, at: datetime, reason: str) -> RolledBack:
        """Take everything out of force that was learned as #number or later."""
        with self.workshop.lock:
            now = self.workshop.in_force.refresh(at)
            wanted = [active.number for active in now.active if active.number >= number]
            return self._with_builders(wanted, now, actor=actor, at=at, reason=reason)

    def roll_back_taught_by(self, person: str, *, actor: str, at: datetime, reason: str) -> RolledBack:
        """Take everything out of force that a person taught, and what builds on it."""
        with self.workshop.lock:
            now = self.workshop.in_force.refresh(at)
            theirs = improvements.listing(self.workshop.store, IN_FORCE, submitted_by=person)
            return self._with_builders([one.number for one in theirs], now, actor=actor, at=at, reason=reason)

    def erase(self, person: str, as_name: str, *, at: datetime) -> tuple[int, ...]:
        """Take a person's own words out of force and erase them; what they taught others stays, said by `as_name`.

        The household's golden cases that quote them go, too. Return the improvements that were erased. It may be done
        again after a crash.
        """
        with self.workshop.lock:
            self.workshop.in_force.refresh(at)
            own = [one for one in improvements.listing(self.workshop.store) if _is_own(one, person)]
            live = [one.number for one in own if one.status in IN_FORCE]
            if live:
                self.workshop.deployer.take_out(live, actor=as_name, reason="forgotten with the person", at=at)
            for one in own:
                if one.status in OPEN:
                    self.workshop.writer.reject(one.number, actor=as_name, reason="forgotten with the person", at=at)
            household = self.workshop.deployer.household
            if household is not None and household.golden_file is not None:
                forget_in_golden(household.golden_file, Forgotten.of(self.workshop.store, person, as_name))
            return self.workshop.writer.erase(person, as_name)

    def _with_builders(
        self, numbers: Iterable[int], now: InForce, *, actor: str, at: datetime, reason: str
    ) -> RolledBack:
        wanted = {*numbers}
        builders = {builder for number in wanted for builder in all_builders_on(number, now.active)}
        return self._take_out(sorted(wanted | builders), actor=actor, at=at, reason=reason)

    def _take_out(self, numbers: Collection[int], *, actor: str, at: datetime, reason: str) -> RolledBack:
        if not numbers:
            return RolledBack((), self.workshop.in_force.now.head.version)
        after = self.workshop.deployer.take_out(numbers, actor=actor, reason=reason, at=at)
        return RolledBack(tuple(sorted(numbers)), after.head.version)

    def _put_in_force(
        self, number: int, statuses: Collection[Status], *, actor: str, at: datetime, snapshot: Snapshot
    ) -> Approval:
        with self.workshop.lock:
            found = self.workshop.found(number, statuses)
            if not isinstance(found, Improvement):
                return found
            try:
                change = from_payload(found.proposed_value)
            except ChangeError as error:
                self.workshop.writer.record_failure(number, actor=actor, details={"refused": str(error)}, at=at)
                return Failed(number, (str(error),))
            self.workshop.in_force.refresh(at)
            return self.workshop.deployer.go_live(number, change, snapshot, status=found.status, actor=actor, at=at)


def _is_own(found: Improvement, person: str) -> bool:
    value = found.proposed_value
    return isinstance(value, dict) and value.get("scope") == "personal" and value.get("owner") == person
