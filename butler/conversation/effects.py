"""What a press does, by the kind of effect its button carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from butler.conversation import acting, wording
from butler.conversation.acting import carry_out_command, chosen
from butler.conversation.correcting import put_right
from butler.conversation.dialogue import Deed
from butler.conversation.exporting import undo_export, write_export
from butler.conversation.home_lists import change_home_list
from butler.conversation.household import end_access
from butler.conversation.judged import judge_right, judge_wrong, meant_instead
from butler.conversation.later.presses import LATER_PRESSES
from butler.conversation.later.reversal import plan_back
from butler.conversation.leaving import leave
from butler.conversation.mentions import word_to_learn
from butler.conversation.messages import Role
from butler.conversation.ranks import may
from butler.conversation.reports.presses import ASIDE, INSIGHT_PRESSES
from butler.conversation.responding import respond
from butler.conversation.reviewing import add_matter_to_golden, close_matter, propose_matter
from butler.conversation.ringing.answering import press_done, press_snooze
from butler.conversation.ringing.cancelling import press_cancel
from butler.conversation.ringing.timing import press_length
from butler.conversation.rolling import roll_back
from butler.conversation.rolling_several import redo, roll_back_by, roll_back_since
from butler.conversation.shown import turn_of
from butler.conversation.steering import approve_text, reject_text
from butler.conversation.taking_back import take_back_pressed
from butler.conversation.tasks.presses import TASK_PRESSES
from butler.conversation.teaching import for_speaker, learn, meaning_words
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.undoing import take_back, take_back_guarded
from engine.learning import outcomes
from engine.learning.changes import WordChange, from_payload, to_payload
from engine.learning.documents import from_document
from engine.learning.experience import Later, Saying
from engine.understanding.interpretation import Disposition, Reason
from store import buttons, notices, outbox

Effect = Mapping[str, Any]


@dataclass(frozen=True)
class EffectKind:
    """What a kind of effect does, and what a person has to be at least to bring it about."""

    run: Callable[[Ports, Turn, Effect], None]
    least: Role = Role.GUEST


def apply_effect(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Do what a pressed button says, if who pressed it may do that now, whatever they were when it was shown."""
    _trace_press(ports, turn, effect)
    known = EFFECTS[effect["kind"]]
    if not may(turn.incoming.user.role, known.least):
        turn.outcome = "refused"
        turn.trace("press", "refused", outcome="role")
        turn.say(ports.words(wording.ABOVE_ROLE[known.least], what="that"))
        return
    if "notice" in effect and effect["kind"] not in ASIDE:
        notices.answer(ports.store, effect["notice"], effect["label"], turn.incoming.at)
    known.run(ports, turn, effect)


def _trace_press(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Log what was pressed, and under which notice and how long after it."""
    told = notices.get(ports.store, effect["notice"]) if "notice" in effect else None
    under: dict[str, Any] = {}
    if told is not None and told.user == turn.user:
        after_s = (turn.incoming.at - told.created_at).total_seconds()
        under = {"notice": told.number, "notice_kind": told.kind, "after_s": after_s}
    turn.trace("press", str(effect.get("kind")), outcome="pressed", **under)


def _leave(ports: Ports, turn: Turn, __: Effect) -> None:
    turn.outcome = "declined"
    turn.say(ports.words(wording.LEFT))


def _confirmed(ports: Ports, turn: Turn, effect: Effect) -> None:
    if not turn.reachable:
        turn.say(ports.words(wording.UNREACHABLE))
        return
    for document in effect["commands"]:
        found = from_document(document)
        turn.interpretation = turn.interpretation or found
        turn.dialogue = turn.dialogue.attempted(found, turn.number, turn.incoming.at)
        done = carry_out_command(ports, turn, found)
        turn.say(done.text(ports, turn.snapshot))
        plan_back(ports, turn, found, done.report)


def _still(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Do what was asked for long ago, through the risk rules as they are now."""
    commands = tuple(from_document(document) for document in effect["commands"])
    found = replace(commands[0], clauses=commands) if len(commands) > 1 else commands[0]
    turn.interpretation = found
    respond(ports, turn, found)


def _chosen(ports: Ports, turn: Turn, effect: Effect) -> None:
    asked = from_document(effect["asked"])
    number = turn_of(turn.pressed or "")
    found = chosen(asked, effect["targets"])
    turn.interpretation = found
    if acting.split_by_risk(ports, turn, found)[1]:
        turn.interpretation = replace(found, disposition=Disposition.CONFIRM, reason=Reason.GUARDED)
    respond(ports, turn, found)
    if number is not None:
        turn.later = Later(number, Saying.CHOICE, found, pressed=False)
    if turn.dialogue.attempt is not None and not asked.targets:
        # A correction of the choice teaches the word that was unknown, too.
        turn.dialogue = replace(turn.dialogue, attempt=replace(turn.dialogue.attempt, exact_names=False))
    change = word_to_learn(ports, turn, asked, found.targets)
    if change is not None and found.disposition is Disposition.ACT:
        text = f"Shall I remember that “{change.phrase}” is {meaning_words(turn, change)}?"
        turn.offer(text, (Option("Remember it", {"kind": "teach_target", "change": to_payload(change)}),))


def _meant(ports: Ports, turn: Turn, effect: Effect) -> None:
    attempt = turn.dialogue.attempt
    if attempt is None:
        turn.say(ports.words(wording.NOTHING_BEFORE))
        return
    put_right(ports, turn, attempt, effect["wanted"])


def _conflict(ports: Ports, turn: Turn, effect: Effect) -> None:
    change, answer = _word(effect), outcomes.Option(effect["answer"])
    if answer is outcomes.Option.KEEP:
        turn.outcome = "declined"
        if effect.get("of_turn") is not None:
            # The word was understood rightly then, so what was said against it speaks for no other meaning.
            turn.later = Later(effect["of_turn"], Saying.PRAISE)
        turn.say(f"All right, I leave “{change.phrase}” as it is.")
        return
    mine = for_speaker(change, turn.user) if answer is outcomes.Option.ONLY_FOR_ME else change
    learn(ports, turn, mine, rationale=f"{answer.value} chosen for “{change.phrase}”", answer=answer)


def _teach_target(ports: Ports, turn: Turn, effect: Effect) -> None:
    change = _word(effect)
    learn(ports, turn, change, rationale=f"chosen as the meaning of “{change.phrase}”")


def _forget(ports: Ports, turn: Turn, effect: Effect) -> None:
    for number in effect["improvements"]:
        roll_back(ports, turn, number, "forgotten on request", deed=True)


def _roll_back_all(ports: Ports, turn: Turn, effect: Effect) -> None:
    by_admin = turn.incoming.user.role is Role.ADMIN
    roll_back(ports, turn, effect["improvement"], effect["reason"], with_builders=True, by_admin=by_admin, deed=True)


def _undo(ports: Ports, turn: Turn, effect: Effect) -> None:
    take_back(ports, turn, Deed(effect["turn"], turn.incoming.at))


def _undo_guarded(ports: Ports, turn: Turn, effect: Effect) -> None:
    take_back_guarded(ports, turn, effect["turn"])


def _dont_remember(ports: Ports, turn: Turn, effect: Effect) -> None:
    roll_back(ports, turn, effect["improvement"], "not to be remembered")


def _take_back(ports: Ports, turn: Turn, effect: Effect) -> None:
    for number in effect["improvements"]:
        roll_back(ports, turn, number, "undone by an admin", with_builders=True, by_admin=True)


def _redo(ports: Ports, turn: Turn, effect: Effect) -> None:
    redo(ports, turn, effect["improvements"])


def _word(effect: Effect) -> WordChange:
    change = from_payload(effect["change"])
    assert isinstance(change, WordChange)
    return change


def _approve(ports: Ports, turn: Turn, effect: Effect) -> None:
    turn.say(approve_text(ports, turn, effect["improvement"]))


def _reject(ports: Ports, turn: Turn, effect: Effect) -> None:
    turn.say(reject_text(ports, turn, effect["improvement"], ""))


def _answer(_: Ports, turn: Turn, effect: Effect) -> None:
    turn.outcome = "notice_answered"
    turn.say(effect["said"])


def _again(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Send a message once more as it was, with those of its buttons that still do something."""
    row = outbox.get(ports.store, effect["outbox"])
    if row is None or row.user != turn.user or not row.payload.get("text"):
        turn.say(ports.words(wording.NOT_KEPT))
        return
    live = buttons.remaining(ports.store, [button for button, _ in row.payload["buttons"]], turn.incoming.at)
    left = [pair for pair in row.payload["buttons"] if pair[0] in live]
    at = turn.incoming.at
    payload = {**row.payload, "buttons": left}
    turn.resent.append(outbox.as_outgoing(row, payload=payload, created_at=at, due_at=at))
    turn.outcome = "shown_again"


def _remove(ports: Ports, turn: Turn, effect: Effect) -> None:
    end_access(ports, turn, effect["user"])


EFFECTS: Mapping[str, EffectKind] = MappingProxyType(
    {
        "leave": EffectKind(_leave),
        "confirmed": EffectKind(_confirmed, Role.RESIDENT),
        "still": EffectKind(_still),
        "chosen": EffectKind(_chosen),
        "meant": EffectKind(_meant),
        "conflict": EffectKind(_conflict),
        "teach_target": EffectKind(_teach_target),
        "forget": EffectKind(_forget),
        "roll_back_all": EffectKind(_roll_back_all),
        "undo": EffectKind(_undo),
        "undo_guarded": EffectKind(_undo_guarded, Role.RESIDENT),
        "dont_remember": EffectKind(_dont_remember),
        "take_back": EffectKind(_take_back, Role.ADMIN),
        "roll_back_since": EffectKind(roll_back_since, Role.ADMIN),
        "roll_back_by": EffectKind(roll_back_by, Role.ADMIN),
        "redo": EffectKind(_redo, Role.ADMIN),
        "review_propose": EffectKind(propose_matter, Role.ADMIN),
        "review_close": EffectKind(close_matter, Role.ADMIN),
        "review_golden": EffectKind(add_matter_to_golden, Role.ADMIN),
        "approve": EffectKind(_approve, Role.ADMIN),
        "reject": EffectKind(_reject, Role.ADMIN),
        "right": EffectKind(judge_right),
        "wrong": EffectKind(judge_wrong),
        "instead": EffectKind(meant_instead),
        "answer": EffectKind(_answer),
        "again": EffectKind(_again),
        "home_list": EffectKind(change_home_list),
        "export": EffectKind(write_export, Role.ADMIN),
        "export_undo": EffectKind(undo_export, Role.ADMIN),
        "remove": EffectKind(_remove, Role.ADMIN),
        "forget_me": EffectKind(leave),
        "take_back_written": EffectKind(take_back_pressed),
        **{kind: EffectKind(run) for kind, run in TASK_PRESSES.items()},
        **{kind: EffectKind(run, least) for kind, (run, least) in LATER_PRESSES.items()},
        **{kind: EffectKind(run) for kind, run in INSIGHT_PRESSES.items()},
        "ring_done": EffectKind(press_done),
        "ring_snooze": EffectKind(press_snooze),
        "ring_cancel": EffectKind(press_cancel),
        "timer_length": EffectKind(press_length),
    }
)
