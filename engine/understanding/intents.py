"""Every intent Butler knows, declared once: what it is about, whether it acts on the home, and whether it is built."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Intent:
    """One intent; a home command has the `domains` it may act on and the `actions` it may ask for."""

    name: str
    about: str
    domains: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()

    @property
    def acts(self) -> bool:
        """Whether the intent changes the home."""
        return bool(self.actions)


def _command(name: str, about: str, domains: str, actions: str) -> Intent:
    return Intent(name, about, tuple(domains.split()), tuple(actions.split()))


_HOME = (
    _command("light_control", "lights: on, off, brightness, colour", "light", "on off toggle set increase decrease"),
    _command("switch_control", "switches and sockets", "switch input_boolean", "on off toggle"),
    _command("fan_control", "fans: on, off, speed", "fan", "on off toggle set increase decrease"),
    _command("climate_control", "heating and cooling", "climate", "on off set increase decrease"),
    _command(
        "cover_control",
        "blinds, curtains, shutters, doors and gates that move",
        "cover",
        "open close stop set increase decrease toggle",
    ),
    _command("valve_control", "water and gas valves", "valve", "open close stop set toggle"),
    _command("lock_control", "locks", "lock", "lock unlock"),
    _command(
        "media_control",
        "players: play, pause, volume, source",
        "media_player",
        "on off toggle play pause stop next previous set increase decrease mute unmute select_source",
    ),
    _command("vacuum_control", "robot vacuums", "vacuum", "start stop pause dock locate"),
    _command("scene_activate", "scenes and scripts", "scene script", "activate"),
    Intent("state_query", "what something in the home is doing"),
)
_REST = (
    Intent("time_query", "what time it is"),
    Intent("date_query", "what day or date it is"),
    Intent("weather_query", "the weather"),
    Intent("timer_set", "setting a timer"),
    Intent("timer_cancel", "cancelling a timer"),
    Intent("timer_query", "asking about timers"),
    Intent("reminder_set", "setting a reminder"),
    Intent("reminder_query", "asking about reminders"),
    Intent("reminder_cancel", "cancelling a reminder"),
    Intent("alarm_set", "setting an alarm"),
    Intent("alarm_query", "asking about alarms"),
    Intent("alarm_cancel", "cancelling an alarm"),
    Intent("schedule_set", "doing something in the home later"),
    Intent("schedule_query", "asking what is scheduled in the home"),
    Intent("schedule_cancel", "cancelling what is scheduled in the home"),
    Intent("notice_set", "telling you when something happens in the home"),
    Intent("calendar_query", "asking about the calendar"),
    Intent("list_add", "adding to a list"),
    Intent("list_remove", "taking something off a list"),
    Intent("list_clear", "emptying a list"),
    Intent("list_query", "reading a list"),
    Intent("task_add", "writing down something to do"),
    Intent("task_query", "asking what there is to do"),
    Intent("task_complete", "marking a task as done"),
    Intent("task_amend", "changing a task"),
    Intent("note_add", "writing down a note or an idea"),
    Intent("greeting", "a greeting"),
    Intent("thanks", "a thank-you"),
    Intent("goodbye", "a goodbye"),
    Intent("smalltalk", "small talk"),
    Intent("help", "asking what Butler can do"),
    Intent("stop", "stop, never mind"),
    Intent("affirm", "yes"),
    Intent("reject", "no"),
    Intent("teach", "teaching a word"),
    Intent("correction", "correcting what was just done"),
    Intent("feedback_negative", "saying that it was wrong"),
    Intent("feedback_positive", "saying that it was right"),
    Intent("undo", "taking back what was just done"),
    Intent("forget", "forgetting a taught word"),
    Intent("out_of_scope", "something Butler does not do"),
)

INTENTS = MappingProxyType({intent.name: intent for intent in (*_HOME, *_REST)})
OUT_OF_SCOPE = "out_of_scope"
