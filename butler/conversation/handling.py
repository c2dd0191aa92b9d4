"""The handlers: what is done with a clause by whoever serves its intent, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from butler.conversation import answers, wording
from butler.conversation.acting import act, refusal
from butler.conversation.agenda import answer_calendar
from butler.conversation.commands import help_text
from butler.conversation.later.noticing import answer_notice
from butler.conversation.later.reversal import plan_back
from butler.conversation.later.speaking import answer_later, for_a_while
from butler.conversation.outlook import outlook_text
from butler.conversation.phrasing import joined, the
from butler.conversation.ringing.speaking import answer_ringing
from butler.conversation.ringing.timing import answer_timer
from butler.conversation.tasks.answering import answer_note, answer_task
from butler.conversation.tasks.appointments import answer_without_calendar, takes_appointment
from butler.conversation.tasks.calling_off import calls_off_task
from butler.conversation.tasks.listing import answer_list
from butler.conversation.turn import Ports, Turn
from butler.conversation.unseen import is_unseen, say_unseen
from engine.understanding.handlers import ROUTES
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition, Interpretation, Reason
from engine.understanding.risk import is_read_only

Handle = Callable[[Ports, Turn, Interpretation], Interpretation | None]


def answer_by(name: str, ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    """Let the handler of this name answer a clause, and return it when it has to wait for a press."""
    if name != ROUTES.get(found.intent):
        turn.trace("route", name, intent=found.intent)
    return HANDLING[name](ports, turn, found)


def _command(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    if found.disposition is Disposition.NONE or not found.targets:
        turn.outcome = "refused"
        turn.say(ports.words(refusal(found) if found.reason else wording.NOT_UNDERSTOOD))
        return None
    acted = act(ports, turn, found)
    if acted.done:
        turn.say(acted.done.text(ports, turn.snapshot))
        plan_back(ports, turn, found, acted.done.report)
    if found.reason is Reason.GUARDED and found.choices and found.disposition is Disposition.ACT:
        turn.say(_left_alone(ports, turn, found))
    return acted.held


def _later(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    now = for_a_while(ports, turn, found)
    if now is not None:
        return _command(ports, turn, now)
    if found.intent != "schedule_cancel" or not calls_off_task(ports, turn, found):
        answer_later(ports, turn, found)
    return None


def _left_alone(ports: Ports, turn: Turn, found: Interpretation) -> str:
    """Return what is said of the guarded things that a command for many passed over."""
    left = [turn.snapshot.by_id[i] for choice in found.choices for i in choice.targets if i in turn.snapshot.by_id]
    read = [entity for entity in left if is_read_only(entity, ports.settings.risk)]
    rest = [entity for entity in left if entity not in read]
    told = f"I've left {joined(the(entity.name) for entity in left)} alone"
    if not rest:
        return f"{told}: I only ever read sirens and security alarms."
    return f"{told}: ask me for {'that' if len(rest) == 1 else 'those'} by name."


def _state(ports: Ports, turn: Turn, found: Interpretation) -> None:
    turn.dialogue = replace(turn.dialogue, previous=found)
    if not turn.reachable:
        turn.say(ports.words(wording.UNREACHABLE))
        return
    # A command that is only told about asks for no state of its own.
    asked = found if found.intent == "state_query" else replace(found, slots={})
    turn.say(answers.state_answer(asked, turn.snapshot))


def _clock(ports: Ports, turn: Turn, found: Interpretation) -> None:
    zone, city = ports.settings.time_zone, found.slots.get("city")
    turn.say(answers.time_answer(found.intent, turn.incoming.at, zone, city))


def _weather(ports: Ports, turn: Turn, found: Interpretation) -> None:
    if is_unseen(turn):
        say_unseen(ports, turn)
        return
    told = outlook_text(ports, turn, found)
    if told:
        turn.say(told)
    else:
        turn.say(ports.words(wording.NOTHING_TELLS, what=wording.about(found.intent) or ""))


def _calendar(ports: Ports, turn: Turn, found: Interpretation) -> None:
    if not takes_appointment(ports, turn, found) and not answer_calendar(ports, turn, found):
        answer_without_calendar(ports, turn, found)


def _help(_: Ports, turn: Turn, __: Interpretation) -> None:
    turn.say(help_text(turn.incoming.user.role))


def _talk(ports: Ports, turn: Turn, found: Interpretation) -> None:
    turn.say(ports.words(wording.TALK.get(found.intent, wording.NOT_UNDERSTOOD)))


def _decline(ports: Ports, turn: Turn, found: Interpretation) -> None:
    turn.outcome = "refused"
    turn.say(ports.words(wording.DECLINED, what=wording.about(found.intent) or _subject(found)))


def _subject(found: Interpretation) -> str:
    return INTENTS[found.intent].about.partition(":")[0]


HANDLING: Mapping[str, Handle] = MappingProxyType(
    {
        "home_command": _command,
        "home_state": _state,
        "weather": _weather,
        "clock": _clock,
        "help": _help,
        "talk": _talk,
        "timer": answer_timer,
        "reminder": answer_ringing,
        "alarm": answer_ringing,
        "schedule": _later,
        "notice": answer_notice,
        "calendar": _calendar,
        "list": answer_list,
        "task": answer_task,
        "note": answer_note,
        "decline": _decline,
    }
)
