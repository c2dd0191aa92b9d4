"""What else the words of an unsure guess may be about, as far as they speak of it at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from engine.understanding.clauses import looks_like_command, looks_like_question, split
from engine.understanding.exceptions import split_exception
from engine.understanding.handlers import FIXED
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Interpretation, Reason
from engine.understanding.plain import plain
from engine.understanding.slots import prepare, seconds_in
from engine.understanding.vetoing import why_not
from engine.understanding.wordings import word_of

_DENIES = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|without|already|cannot|dont|doesnt|didnt|havent|hasnt|isnt|wont|cant)\b|n't\b"
)
_AT_A_TIME = frozenset({"schedule_set", "alarm_set"})
_TIMELESS = frozenset({"list_add", "list_remove", "list_clear"})
_ENDS = re.compile(
    word_of("cancel|stop|drop|forget|scrap|delete|remove|off|skip|end|kill|quit|lose|clear|undo|no more|call off|bin")
)
_SPEAKS_OF: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "task_complete": re.compile(
            word_of(
                "done|finished|did|over|completed?|off|tick|strike|cross|mark|is|are|was|were|been|have|has|got|i've"
            )
        ),
        "task_amend": re.compile(
            word_of("change|move|make|rename|put|push|shift|instead|edit|update|correct|earlier|later|postpone|delay")
        ),
        "list_remove": re.compile(
            word_of("remove|delete|off|take|took|out|cross|strike|scratch|drop|erase|lose|got|have|bought")
        ),
        "list_clear": re.compile(word_of("clear|empty|delete|erase|wipe|remove|everything|all|new|start")),
        **dict.fromkeys(("timer_cancel", "alarm_cancel", "reminder_cancel", "schedule_cancel"), _ENDS),
    }
)
"""What is changed or ended says so by one of these words."""


def may_be_about(text: str, intent: str) -> bool:
    """Tell whether words may be about an intent.

    Words that deny something, and several wishes at once, are offered as nothing else. Nothing is changed by a
    question; what is for later names a time, and a list none.
    """
    if intent not in INTENTS or intent in FIXED:
        return False
    said = plain(text)
    if _DENIES.search(said) or len(split(text)) > 1 or split_exception(text):
        return False
    asks = text.rstrip().endswith("?") or looks_like_question(said)
    if intent.endswith("_query"):
        return asks or why_not(text) is not Reason.DEFERRED
    return not asks and _speaks_of(text, said, intent)


def names_what_it_does(found: Interpretation) -> bool:
    """Tell whether a command names its thing or sounds like one: what names nothing is not the only vacuum there is."""
    return not INTENTS[found.intent].acts or found.exact_names or looks_like_command(plain(found.text))


def _speaks_of(text: str, said: str, intent: str) -> bool:
    later = why_not(text)
    if intent in _AT_A_TIME:
        return later in {Reason.DEFERRED, Reason.CONDITION}
    if intent in _TIMELESS and later is Reason.DEFERRED:
        return False
    if intent == "notice_set":
        return later is Reason.CONDITION
    if intent == "timer_set":
        return seconds_in(prepare(text)) is not None
    return intent not in _SPEAKS_OF or _SPEAKS_OF[intent].search(said) is not None
