"""What else the words of an unsure guess may be about, as far as they speak of it at all."""

from __future__ import annotations

from engine.understanding.handlers import FIXED
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Reason
from engine.understanding.slots import prepare, seconds_in
from engine.understanding.vetoing import why_not

_AT_A_TIME = frozenset({"schedule_set", "alarm_set"})
_WAITS = frozenset({Reason.DEFERRED, Reason.CONDITION})


def may_be_about(text: str, intent: str) -> bool:
    """Tell whether words may be about an intent: what is for later names a time, and a timer how long."""
    if intent not in INTENTS or intent in FIXED:
        return False
    if intent in _AT_A_TIME:
        return why_not(text) in _WAITS
    if intent == "notice_set":
        return why_not(text) is Reason.CONDITION
    return intent != "timer_set" or seconds_in(prepare(text)) is not None
