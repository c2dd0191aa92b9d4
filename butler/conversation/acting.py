"""Acting on what was understood: the only place in Butler from which a device is called."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from butler.conversation import wording
from butler.conversation.imperatives import imperative
from butler.conversation.journal import about_to_call
from butler.conversation.lateness import KIND as LATE
from butler.conversation.lateness import late_text
from butler.conversation.later.reversal import supersede
from butler.conversation.messages import Role
from butler.conversation.phrasing import joined
from butler.conversation.reporting import report_text
from butler.conversation.sequences import members_text
from butler.conversation.turn import Option, Ports, Turn
from butler.home.calls import Plan, plan_calls
from butler.home.control import ActionReport, carry_out
from butler.home.errors import HomeError
from butler.home.planners.steps import Unsupported
from butler.home.port import Call, Outcome
from engine.learning.documents import to_document
from engine.sentences import Sentence
from engine.understanding.handlers import HandlerRisk, handler_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.risk import is_guarded, is_read_only
from engine.understanding.snapshot import Entity, Snapshot

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Done:
    """What came of one command: the report (None when the home could not be reached) and what it could not do."""

    report: ActionReport | None
    plan: Plan
    slots: Mapping[str, Any]

    def text(self, ports: Ports, snapshot: Snapshot) -> str:
        """Return what may truthfully be said of it; only what was read back is told as done."""
        if self.report is None:
            return ports.words(wording.UNREACHABLE)
        told = report_text(self.report, self.plan.unsupported, self.slots, snapshot) or "There was nothing to do."
        told = f"{told} {members_text(self.report, snapshot, ports.settings.risk)}".rstrip()
        whole = bool(self.report.calls) and self.report.succeeded and not self.plan.unsupported
        return ports.words(wording.DONE, what=told) if whole else told


@dataclass(frozen=True)
class Acted:
    """What was done at once, and what is held until a person has pressed."""

    done: Done | None = None
    held: Interpretation | None = None


def perform(ports: Ports, turn: Turn, calls: Sequence[Call]) -> ActionReport | None:
    """Carry out calls and keep what was before; None when the home as a whole does not answer."""
    if turn.home_until is None:
        turn.home_until = ports.monotonic() + ports.settings.call_timeout_s
    try:
        about_to_call(ports, turn, calls)
        report = carry_out(ports.home, calls, turn.home_until - ports.monotonic(), ports.monotonic)
    except HomeError as exc:
        _LOG.warning("home unreachable", extra={"problem": str(exc), "turn": turn.number})
        turn.calls.extend(calls)
        turn.trace("act", "home_unreachable", outcome=str(exc))
        turn.outcome = "home_unreachable"
        turn.spoilt = True
        return None
    _remember(turn, report)
    supersede(ports, turn, report.after)
    return report


def _remember(turn: Turn, report: ActionReport) -> None:
    turn.calls.extend(report.calls)
    turn.readings.clear()
    for entity_id, entity in report.before.items():
        turn.before.setdefault(entity_id, entity)
    turn.after.update(report.after)
    turn.snapshot = _with_entities(turn.snapshot, report.after)
    turn.unsure = turn.unsure or bool(report.with_outcome(Outcome.TIMED_OUT))
    turn.spoilt = turn.spoilt or not report.succeeded
    outcomes = {outcome.entity_id: outcome.outcome.value for outcome in report.outcomes}
    turn.trace("act", "called" if report.calls else "nothing_called", outcomes=outcomes)
    turn.outcome = "acted" if report.succeeded else "acted_in_part"


def carry_out_command(ports: Ports, turn: Turn, found: Interpretation) -> Done:
    """Do what an interpretation says for its targets, whatever the risk: the risk was dealt with before."""
    allowed, forbidden = _readable(ports, turn, found.targets)
    plan = plan_calls(found.intent, found.slots, allowed, turn.snapshot)
    plan = replace(plan, unsupported=(*plan.unsupported, *forbidden))
    report = perform(ports, turn, plan.calls) if plan.calls else ActionReport()
    return Done(report, plan, found.slots)


def act(ports: Ports, turn: Turn, found: Interpretation) -> Acted:
    """Act on a command as far as that needs no press; nothing is said here about it.

    What this household lets somebody else answer is not acted on, whatever way it came.
    """
    if handler_of(found.intent, ports.engine.knowledge.routing).risk is not HandlerRisk.ACTS:
        turn.outcome = "refused"
        turn.say(ports.words(wording.DECLINED, what=INTENTS[found.intent].about.partition(":")[0]))
        return Acted()
    turn.dialogue = turn.dialogue.attempted(found, turn.number, turn.incoming.at)
    if not turn.reachable:
        turn.outcome = "home_unreachable"
        turn.spoilt = True
        return Acted(Done(None, Plan(), found.slots))
    if turn.late:
        return Acted(held=found)
    free, guarded = split_by_risk(ports, turn, found)
    held = replace(found, targets=guarded) if guarded else None
    done = carry_out_command(ports, turn, replace(found, targets=free)) if free or not guarded else None
    return Acted(done, held)


def split_by_risk(ports: Ports, turn: Turn, found: Interpretation) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the targets that may be acted on at once, and those that need a press first."""
    by_id = turn.snapshot.by_id
    guarded = tuple(
        i
        for i in found.targets
        if i in by_id
        and is_guarded(by_id[i], ports.settings.risk, by_id)
        and not is_read_only(by_id[i], ports.settings.risk)
    )
    if found.disposition is Disposition.CONFIRM and not guarded:
        guarded = found.targets
    return tuple(i for i in found.targets if i not in guarded), guarded


def ask_to_confirm(ports: Ports, turn: Turn, commands: Sequence[Interpretation]) -> None:
    """Ask for a press before guarded things are touched; it holds for the same user and a short while.

    What came late is asked about too, and may be answered at any time unless it touches what is guarded.
    """
    guarded = not turn.late or any(split_by_risk(ports, turn, found)[1] for found in commands)
    if guarded and turn.incoming.user.role is Role.GUEST:
        turn.outcome = "refused"
        turn.trace("risk", "guest", targets=[i for found in commands for i in found.targets])
        turn.say(ports.words(wording.GUESTS_NOT_GUARDED))
        return
    known = [(found, entities_of(turn, found)) for found in commands]
    words = joined(imperative(found, entities) for found, entities in known)
    effect = {"kind": "confirmed" if guarded else "still", "commands": [to_document(found) for found in commands]}
    turn.trace("risk", "confirm", targets=[i for found in commands for i in found.targets])
    turn.ask(
        "confirm" if guarded else LATE,
        f"{late_text(turn)} Shall I still {words}?" if turn.late else ports.words(wording.CONFIRM, what=words),
        (Option(f"Yes, {words}", effect), Option("No", {"kind": "leave"})),
        about=words,
        lasts_s=ports.settings.confirm_seconds if guarded else None,
    )


def choose_among(turn: Turn, found: Interpretation, text: str, about: str = "that") -> None:
    """Ask which targets are meant; a choice acts on them, through the risk rules again."""
    options = tuple(
        Option(choice.label, {"kind": "chosen", "asked": to_document(found), "targets": list(choice.targets)})
        for choice in found.choices
    )
    turn.ask("choose", text, (*options, Option("Never mind", {"kind": "leave"})), about=about)


def chosen(found: Interpretation, targets: Sequence[str]) -> Interpretation:
    """Return the interpretation with the targets a person picked."""
    return replace(
        found,
        targets=tuple(sorted(targets)),
        disposition=Disposition.ACT,
        reason=None,
        choices=(),
        clauses=(),
        exact_names=True,
    )


def entities_of(turn: Turn, found: Interpretation) -> list[Entity]:
    """Return the targets as the snapshot has them."""
    return [turn.snapshot.by_id[i] for i in found.targets if i in turn.snapshot.by_id]


def _readable(ports: Ports, turn: Turn, targets: Sequence[str]) -> tuple[tuple[str, ...], tuple[Unsupported, ...]]:
    """Part what may be switched from what is only ever read; the second is what cannot be done."""
    by_id = turn.snapshot.by_id
    read_only = tuple(i for i in targets if i in by_id and is_read_only(by_id[i], ports.settings.risk))
    rest = tuple(i for i in targets if i not in read_only)
    return rest, tuple(Unsupported(i, "read_only") for i in read_only)


def _with_entities(snapshot: Snapshot, seen: Mapping[str, Entity]) -> Snapshot:
    return snapshot.with_entities(tuple([seen.get(e.entity_id, e) for e in snapshot.entities])) if seen else snapshot


def refusal(found: Interpretation) -> Sentence:
    """Return the sentence that says why nothing is done."""
    return wording.REFUSALS.get(found.reason or Reason.NOT_HANDLED, wording.REFUSALS[Reason.NOT_HANDLED])
