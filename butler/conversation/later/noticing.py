"""Notices on devices in talk: asked for, shown, muted, once or every time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from rapidfuzz import fuzz

from butler.conversation.keeping import kept
from butler.conversation.later.conditional import DECLINED, OFFER, offer_without, to_you
from butler.conversation.later.conditions import is_so
from butler.conversation.later.finding import Watchable, named_devices, near, watchables
from butler.conversation.later.notice_words import waited_for
from butler.conversation.phrasing import joined, many, opening
from butler.conversation.ringing.planning import JOB
from butler.conversation.tasks.phrases import label
from butler.conversation.tasks.reading import mark_kept, with_slots
from butler.conversation.tasks.telling import undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.conditions import Condition, condition_within, read_condition, stops_telling, unmutes
from engine.tasks.planned_words import read_change
from engine.understanding.interpretation import Interpretation, Reason
from store import device_notices, jobs
from store.device_notices import DeviceNotice, NewDeviceNotice

_MOST_KEPT = 100
_MOST_AT_ONCE = 8
_MOST_OFFERED = 6
_ALIKE = 60.0  # of 100, as rapidfuzz counts
_CHOOSE_S = 600.0
_NEVER_MIND = Option("Never mind", {"kind": "leave"})
_UNCLEAR = (
    "I couldn't make out what to watch for. Tell me like this: tell me when the garage door opens, "
    "or: tell me if the bedroom gets below 18 degrees."
)
_GONE = "That notice is gone already."


def answer_notice(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Do what a sentence about notices asks for."""
    with_slots(turn, found)
    if stops_telling(found.text):
        change_notices(ports, turn, found.text)
        return
    take_notice(ports, turn, found.text)


def take_notice(ports: Ports, turn: Turn, text: str) -> None:
    """Keep a notice that a sentence asks for, ask which device is meant, or say why not."""
    if len(device_notices.of_user(ports.store, turn.user)) >= _MOST_KEPT:
        turn.outcome = "refused"
        turn.say(f"I watch {_MOST_KEPT} things for you already. Delete some first, please: /schedules.")
        return
    wanted = read_condition(text)
    turn.trace("later", "notice_read", component="notices", **_as_metadata(wanted))
    if wanted is None or not turn.snapshot.entities:
        turn.outcome = "not_understood"
        turn.say(_UNCLEAR)
        return
    if wanted.vague:
        turn.outcome = "asked"
        turn.say("From what number on? Tell me like this: tell me if the bedroom gets below 18 degrees.")
        return
    found = watchables(ports, turn, wanted)
    if len(found) == 1 or (found and wanted.several and len(found) <= _MOST_AT_ONCE):
        keep_notices(ports, turn, wanted, found)
    else:
        unnamed = not found and not named_devices(ports, turn, wanted)
        _ask_which(ports, turn, wanted, near(turn, wanted) if unnamed else found, text)


def keep_notices(ports: Ports, turn: Turn, wanted: Condition, found: Sequence[Watchable]) -> None:
    """Keep notices on devices, and say what will be told of when."""
    so_now = [bool(is_so(one.entity, one.condition)) for one in found]
    with ports.store.atomic():
        numbers = [_add(ports, turn, wanted, one) for one in found]
        said = _kept_text(wanted, found, so_now)
        undo: Effect = {"kind": "notice_set", "notices": numbers}
        kept(ports, turn, said, undo)
        jobs.schedule_earlier(ports.store, JOB, turn.incoming.at)
    for number, one in zip(numbers, found, strict=True):
        turn.trace(
            "later",
            "notice_set",
            component="notices",
            device_notice=number,
            entity=one.entity.entity_id,
            condition=one.condition,
            once=not wanted.always,
        )
    mark_kept(turn)
    once = wanted.always
    other = Option("Just once" if once else "Every time", {"kind": "notice_once", "notices": numbers, "once": once})
    turn.offer(said, (other, undo_option(turn, undo)))


def offer_notice(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Decline to act on a condition and offer to tell of it instead; False for a sentence that is none of that."""
    if found.reason is not Reason.CONDITION:
        return False
    if stops_telling(found.text):
        change_notices(ports, turn, found.text)
        return True
    condition = condition_within(found.text)
    wanted = read_condition(condition) if condition is not None else None
    if condition is None or wanted is None or wanted.vague or not _may_be_told(ports, turn, wanted):
        return offer_without(ports, turn, found.text)
    outcome = turn.outcome
    turn.trace("later", "condition_declined", component="notices", **_as_metadata(wanted))
    turn.ask(
        OFFER,
        f"{DECLINED}. Shall I tell you {to_you(condition)}?",
        (Option("Tell me", {"kind": "notice_offer", "text": f"tell me {condition}"}), Option("No", {"kind": "leave"})),
        about="telling you",
        lasts_s=_CHOOSE_S,
    )
    turn.outcome = outcome
    return True


def _may_be_told(ports: Ports, turn: Turn, wanted: Condition) -> bool:
    """Tell whether anything in the home can tell of a condition, so that an offer to tell of it can be kept."""
    return bool(watchables(ports, turn, wanted) or (not named_devices(ports, turn, wanted) and near(turn, wanted)))


def press_offered(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Keep the notice that was offered in place of acting on a condition."""
    take_notice(ports, turn, str(effect["text"]))


def change_notices(ports: Ports, turn: Turn, text: str) -> None:
    """Mute the notices that a sentence means, or let them speak again."""
    change = read_change(text)
    speak = unmutes(text)
    mine = device_notices.of_user(ports.store, turn.user)
    named = [one for one in mine if change.number is None or one.id == change.number]
    words = "" if change.number is not None else change.words
    scored = [(fuzz.token_set_ratio(words, one.text.lower()) if words else 100.0, one) for one in named]
    best = max((score for score, _ in scored), default=0.0)
    meant = [one for score, one in scored if score >= _ALIKE and score >= best - 1]
    kind = "notice_unmute" if speak else "notice_mute"
    if len(meant) == 1 or (change.all and meant):
        apply_change(ports, turn, kind, meant)
    elif meant:
        options = [Option(label(one.text), {"kind": kind, "notices": [one.id]}) for one in meant[:_MOST_OFFERED]]
        everything = Option("All of them", {"kind": kind, "notices": [one.id for one in meant]})
        turn.ask("choose", "Which one?", (*options, everything, _NEVER_MIND), about="notices", lasts_s=_CHOOSE_S)
    else:
        turn.say("I don't watch for anything like that.")


def apply_change(ports: Ports, turn: Turn, kind: str, found: Sequence[DeviceNotice]) -> None:
    """Mute, unmute or delete a person's notices, and say so."""
    change, said = _CHANGES[kind]
    with ports.store.atomic():
        done = [one for one in found if change(ports.store, one.id, user=turn.user)]
        if not done:
            turn.say(_GONE)
            return
        if kind == "notice_unmute":
            jobs.schedule_earlier(ports.store, JOB, turn.incoming.at)
        text = said.format(what=joined(one.text for one in done))
        undo: Effect | None = {"kind": "notice_muted", "notices": [one.id for one in done]}
        undo = undo if kind == "notice_mute" else None
        kept(ports, turn, text, undo)
    turn.trace("later", kind, component="notices", device_notices=[one.id for one in done])
    turn.offer(text, (undo_option(turn, undo),) if undo else ())


def press_notice(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Mute, unmute or delete what a button is of."""
    found = [device_notices.get(ports.store, number, user=turn.user) for number in effect["notices"]]
    apply_change(ports, turn, effect["kind"], [one for one in found if one is not None])


def press_once(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Have notices come once, or every time."""
    once = bool(effect["once"])
    done = [n for n in effect["notices"] if device_notices.repeat(ports.store, n, once=once, user=turn.user)]
    if done:
        jobs.schedule_earlier(ports.store, JOB, turn.incoming.at)
        turn.trace("later", "notice_once" if once else "notice_always", component="notices", device_notices=done)
    turn.say(("Just once, then." if once else "Every time, then.") if done else _GONE)


def press_chosen(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Keep a notice on the device that was chosen."""
    text = str(effect["text"])
    wanted = read_condition(text)
    entity = turn.snapshot.by_id.get(str(effect["entity"]))
    if wanted is None or entity is None:
        turn.say(_UNCLEAR)
        return
    keep_notices(ports, turn, wanted, [Watchable(entity, dict(effect["condition"]))])


def unset(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Take back notices that a turn set, and return what is so now."""
    gone = [n for n in undo["notices"] if device_notices.cancel(ports.store, n, user=turn.user)]
    return "I won't tell you, then." if gone else _GONE


def unmute(ports: Ports, turn: Turn, undo: Effect) -> str:
    """Let notices speak again that a turn muted, and return what is so now."""
    back = [n for n in undo["notices"] if device_notices.unmute(ports.store, n, user=turn.user)]
    return "I'll tell you again." if back else _GONE


def _ask_which(ports: Ports, turn: Turn, wanted: Condition, found: Sequence[Watchable], text: str) -> None:
    """Ask which device is meant, or say that none can tell."""
    if not found:
        turn.outcome = "refused"
        turn.say(_cannot_text(ports, turn, wanted))
        return
    options = [
        Option(
            label(one.entity.name),
            {"kind": "notice_chosen", "entity": one.entity.entity_id, "condition": one.condition, "text": text},
        )
        for one in found[:_MOST_OFFERED]
    ]
    question = "Which one do you mean?" if len(options) > 1 else f"Do you mean {many([found[0].entity])}?"
    turn.ask("choose", question, (*options, _NEVER_MIND), about="what to watch", lasts_s=_CHOOSE_S)


def _cannot_text(ports: Ports, turn: Turn, wanted: Condition) -> str:
    devices = named_devices(ports, turn, wanted)
    if not devices:
        what = f"“{wanted.thing}”" if wanted.thing else "that"
        return f"I can't see anything in the home that tells me of {what}, so I can't watch it."
    locks = [entity for entity in devices if entity.domain == "lock"]
    if locks and wanted.state in {"open", "closed"}:
        state = "unlocked" if wanted.state == "open" else "locked"
        return (
            f"{opening(many(locks))} only tells me whether it is locked, not whether it is open. "
            f"Say “tell me when {many(locks)} is {state}” if that helps."
        )
    return f"{opening(many(devices))} can't tell me that, so I can't watch for it."


def _kept_text(wanted: Condition, found: Sequence[Watchable], so_now: Sequence[bool]) -> str:
    what = joined((waited_for(one.entity, one.condition) for one in found), "or")
    often = "every time" if wanted.always else "when"
    said = f"I'll tell you {often} {what}."
    if any(so_now) and not wanted.for_s and len(found) == 1:
        said = f"That is so already. {said.replace(' when ', ' the next time ', 1)}"
    if wanted.besides:
        said = f"{said} I can't also go by “{wanted.besides}”, so I'll tell you at any time."
    return said


def _add(ports: Ports, turn: Turn, wanted: Condition, one: Watchable) -> int:
    now = turn.incoming.at
    new = NewDeviceNotice(
        user=turn.user,
        chat=turn.incoming.chat,
        entity_id=one.entity.entity_id,
        condition=one.condition,
        text=waited_for(one.entity, one.condition),
        created_at=now,
        once=not wanted.always,
        turn=turn.number,
    )
    number = device_notices.add(ports.store, new)
    if is_so(one.entity, one.condition):
        lasts = float(one.condition.get("for_s") or 0.0)
        due = now + timedelta(seconds=lasts) if lasts and wanted.for_s else None
        device_notices.begin(ports.store, number, since=now, due_at=due)
        if due is not None:
            jobs.schedule_earlier(ports.store, JOB, due)
    return number


def _as_metadata(wanted: Condition | None) -> dict[str, Any]:
    if wanted is None:
        return {"read": False}
    return {name: value for name, value in vars(wanted).items() if value not in (None, False, "", 0.0)}


_CHANGES = {
    "notice_mute": (device_notices.mute, "Muted: I won't tell you any more when {what}."),
    "notice_unmute": (device_notices.unmute, "I'll tell you again when {what}."),
    "notice_delete": (device_notices.cancel, "Deleted: I won't tell you any more when {what}."),
}
