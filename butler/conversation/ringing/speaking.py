"""What a sentence about reminders or alarms asks for: to set one, to hear of them, to call some off."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.ringing.answering import done_text, just_rung
from butler.conversation.ringing.asking import tell, visible
from butler.conversation.ringing.cancelling import call_off, cancel_found
from butler.conversation.ringing.changing import change_ring
from butler.conversation.ringing.choosing import means_all, meant, naming_words
from butler.conversation.tasks.capturing import take_down
from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of
from butler.conversation.tasks.skipping import skips_occurrence
from butler.conversation.turn import Ports, Turn
from engine.tasks.kinds import Kind
from engine.tasks.several_rings import several_alarms, several_reminders
from engine.understanding.interpretation import Interpretation
from store.rings import Kind as RingKind

_MOST_WAITING = 100
_KINDS: dict[str, RingKind] = {"reminder": "reminder", "alarm": "alarm"}


def answer_ringing(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Do what a sentence about reminders or alarms asks for."""
    name, _, verb = found.intent.partition("_")
    kind = _KINDS.get(name, "reminder")
    if change_ring(ports, turn, found) or skips_occurrence(ports, turn, found.text):
        return
    match verb:
        case "set":
            _set(ports, turn, found, kind)
        case "cancel":
            _cancel(ports, turn, found, kind)
        case _:
            waiting = visible(ports, turn, kind)
            asked = meant(found.text, waiting, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
            tell(ports, turn, kind, asked or waiting)


def _set(ports: Ports, turn: Turn, found: Interpretation, kind: RingKind) -> None:
    if len(visible(ports, turn)) >= _MOST_WAITING:
        turn.outcome = "refused"
        turn.say(f"{_MOST_WAITING} things of yours wait to ring already. Call some off first, please.")
        return
    parts = _several(ports, turn, found.text, kind)
    for text in parts or (found.text,):
        take_down(ports, turn, replace(found, text=text), Kind(kind))


def _several(ports: Ports, turn: Turn, text: str, kind: RingKind) -> tuple[str, ...]:
    read = {"alarm": several_alarms, "reminder": several_reminders}.get(kind)
    if read is None:
        return ()
    return read(text, now=moment(turn), zone=ports.settings.time_zone, rules=rules_of(ports, turn.user))


def _cancel(ports: Ports, turn: Turn, found: Interpretation, kind: RingKind) -> None:
    """Call off what the words mean; "turn off the alarm" while one rings means that one."""
    waiting = visible(ports, turn, kind)
    ringing = just_rung(ports, turn, kind) if kind == "alarm" else None
    if ringing is not None and not naming_words(found.text):
        turn.say(done_text(ports, turn, ringing))
        return
    chosen = meant(found.text, waiting, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
    if means_all(found.text) and chosen:
        call_off(ports, turn, chosen)
    else:
        cancel_found(ports, turn, kind, chosen, waiting)
