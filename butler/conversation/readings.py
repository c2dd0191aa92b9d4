"""What a message was taken for, and why it was not simply done, in words that stand within a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from butler.conversation.imperatives import imperative
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation, Reason
from engine.understanding.snapshot import Entity

_INTENTS: Mapping[str, str] = MappingProxyType(
    {
        "light_control": "a command for a light",
        "switch_control": "a command for a switch",
        "fan_control": "a command for a fan",
        "climate_control": "a command for the heating or cooling",
        "cover_control": "a command for a blind, a door or a gate",
        "valve_control": "a command for a valve",
        "lock_control": "a command for a lock",
        "media_control": "a command for a player",
        "vacuum_control": "a command for a vacuum",
        "scene_activate": "a scene to start",
        "state_query": "a question about the home",
        "time_query": "a question about the time",
        "date_query": "a question about the date",
        "weather_query": "a question about the weather",
        "timer_set": "a timer to set",
        "timer_cancel": "a timer to cancel",
        "timer_query": "a question about timers",
        "reminder_set": "a reminder to set",
        "reminder_cancel": "a reminder to cancel",
        "reminder_query": "a question about reminders",
        "alarm_set": "an alarm to set",
        "alarm_cancel": "an alarm to cancel",
        "alarm_query": "a question about alarms",
        "schedule_set": "something to do in the home later",
        "schedule_cancel": "something planned for the home that is to be cancelled",
        "schedule_query": "a question about what is planned for the home",
        "notice_set": "a wish to be told when something happens",
        "calendar_query": "a question about the calendar",
        "list_add": "something to put on a list",
        "list_remove": "something to take off a list",
        "list_clear": "a list to empty",
        "list_query": "a question about a list",
        "task_add": "a task to write down",
        "task_query": "a question about tasks",
        "task_complete": "a task that is done",
        "task_amend": "a task to change",
        "note_add": "a note to write down",
        "greeting": "a greeting",
        "thanks": "a thank-you",
        "goodbye": "a goodbye",
        "smalltalk": "small talk",
        "help": "a question about what I can do",
        "stop": "a “never mind”",
        "affirm": "a yes",
        "reject": "a no",
        "teach": "a lesson",
        "correction": "a correction",
        "feedback_negative": "a complaint",
        "feedback_positive": "praise",
        "undo": "an undo",
        "forget": "a word to forget",
        "out_of_scope": "something beyond me",
    }
)
_REASONS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.NEGATION: "it says what not to do",
        Reason.STATEMENT: "it tells me something and asks for nothing",
        Reason.HYPOTHETICAL: "it only asks what if",
        Reason.CONDITION: "it hangs on a condition",
        Reason.DEFERRED: "it is for later",
        Reason.QUOTED: "it is what someone else said",
        Reason.UNKNOWN_NAME: "I know nothing by that name",
        Reason.UNKNOWN_PLACE: "I know no such place",
        Reason.AMBIGUOUS_NAME: "several things go by that name",
        Reason.MISSING_TARGET: "it doesn't say which one",
        Reason.MISSING_VALUE: "it doesn't say what to set it to",
        Reason.MISSING_ACTION: "it doesn't say what to do",
        Reason.NOTHING_TO_REFER_TO: "I couldn't tell what it refers to",
        Reason.UNSURE: "I wasn't sure enough",
        Reason.GUARDED: "something in it is guarded",
        Reason.GUARDED_INEXACT: "something guarded has to be called by its exact name",
        Reason.READ_ONLY: "I only ever read sirens and security alarms",
        Reason.UNSUPPORTED: "that can't be done with it",
        Reason.NOT_UNDERSTOOD: "I didn't understand it",
        Reason.TOO_LONG: "it was too long",
        Reason.EMPTY: "there were no words in it",
        Reason.NOT_HANDLED: "I can't do that",
    }
)


def taken_for(found: Interpretation, entities: Sequence[Entity]) -> str:
    """Return what a message was taken for: a command by what it asks for, all else by its kind."""
    intent = INTENTS.get(found.intent)
    if intent is not None and intent.acts and entities and found.slots.get("action"):
        return f"the command to {imperative(found, entities)}"
    return kind_of(found.intent)


def kind_of(intent: str) -> str:
    """Return what a message of this intent is."""
    return _INTENTS.get(intent, "something I have no word for")


def because(reason: Reason) -> str:
    """Return why a message was not simply done, to stand behind "because"."""
    return _REASONS[reason]
