"""What a press does, by the kind of effect its button carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from butler.conversation import acting, wording
from butler.conversation.acting import carry_out_command, chosen
from butler.conversation.correcting import put_right
from butler.conversation.dialogue import Deed
from butler.conversation.mentions import word_to_learn
from butler.conversation.responding import respond
from butler.conversation.rolling import roll_back
from butler.conversation.stored import from_document
from butler.conversation.teaching import for_speaker, learn, meaning_words
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.undoing import take_back, take_back_guarded
from engine.learning import outcomes
from engine.learning.changes import ExemplarChange, WordChange, from_payload, to_payload
from engine.understanding.interpretation import Disposition, Reason

Effect = Mapping[str, Any]


def apply_effect(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Do what a pressed button says."""
    turn.trace("press", str(effect.get("kind")))
    _EFFECTS[effect["kind"]](ports, turn, effect)


def _leave(_: Ports, turn: Turn, __: Effect) -> None:
    turn.outcome = "declined"
    turn.say(wording.LEFT)


def _confirmed(ports: Ports, turn: Turn, effect: Effect) -> None:
    if not turn.reachable:
        turn.say(wording.UNREACHABLE)
        return
    for document in effect["commands"]:
        found = from_document(document)
        turn.interpretation = turn.interpretation or found
        turn.dialogue = turn.dialogue.attempted(found, turn.number, turn.incoming.at)
        turn.say(carry_out_command(ports, turn, found).text(turn.snapshot, ports.settings.risk))


def _chosen(ports: Ports, turn: Turn, effect: Effect) -> None:
    asked = from_document(effect["asked"])
    found = chosen(asked, effect["targets"])
    turn.interpretation = found
    if acting.split_by_risk(ports, turn, found)[1]:
        turn.interpretation = replace(found, disposition=Disposition.CONFIRM, reason=Reason.GUARDED)
    respond(ports, turn, found)
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
        turn.say(wording.NOTHING_BEFORE)
        return
    put_right(ports, turn, attempt, effect["wanted"])


def _conflict(ports: Ports, turn: Turn, effect: Effect) -> None:
    change, answer = _word(effect), outcomes.Option(effect["answer"])
    if answer is outcomes.Option.KEEP:
        turn.outcome = "declined"
        turn.say(f"All right, “{change.phrase}” keeps its meaning.")
        return
    mine = for_speaker(change, turn.user) if answer is outcomes.Option.ONLY_FOR_ME else change
    learn(ports, turn, mine, rationale=f"{answer.value} chosen for “{change.phrase}”", answer=answer)


def _teach_target(ports: Ports, turn: Turn, effect: Effect) -> None:
    change = _word(effect)
    learn(ports, turn, change, rationale=f"chosen as the meaning of “{change.phrase}”")


def _forget(ports: Ports, turn: Turn, effect: Effect) -> None:
    for number in effect["improvements"]:
        roll_back(ports, turn, number, "forgotten on request")


def _roll_back_all(ports: Ports, turn: Turn, effect: Effect) -> None:
    roll_back(ports, turn, effect["improvement"], effect["reason"], with_builders=True)


def _undo(ports: Ports, turn: Turn, effect: Effect) -> None:
    take_back(ports, turn, Deed(effect["turn"], turn.incoming.at))


def _undo_guarded(ports: Ports, turn: Turn, effect: Effect) -> None:
    take_back_guarded(ports, turn, effect["turn"])


def _dont_remember(ports: Ports, turn: Turn, effect: Effect) -> None:
    roll_back(ports, turn, effect["improvement"], "not to be remembered")


def _word(effect: Effect) -> WordChange:
    change = from_payload(effect["change"])
    assert not isinstance(change, ExemplarChange)
    return change


_EFFECTS: Mapping[str, Callable[[Ports, Turn, Effect], None]] = MappingProxyType(
    {
        "leave": _leave,
        "confirmed": _confirmed,
        "chosen": _chosen,
        "meant": _meant,
        "conflict": _conflict,
        "teach_target": _teach_target,
        "forget": _forget,
        "roll_back_all": _roll_back_all,
        "undo": _undo,
        "undo_guarded": _undo_guarded,
        "dont_remember": _dont_remember,
    }
)
