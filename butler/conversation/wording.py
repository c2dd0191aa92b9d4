"""Which sentence is said when: talk, refusals, questions, what nothing here tells, what went wrong.

What a household may word otherwise is a `Sentence`, said by `Ports.words`; what is said before anything is known of the
household, or when something broke, is fixed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from butler.conversation.messages import Role
from engine.sentences import SENTENCES, Sentence
from engine.understanding.interpretation import Reason

BROKEN = "Sorry, something went wrong on my side with that. It has been written down, and I'm still here."
UNKNOWN_BUTTON = "I don't know that button any more, so I did nothing. Just tell me what you'd like."
ANSWERED_BUTTON = "That question is already answered or dropped, so I did nothing more."
OTHERS_BUTTON = "That question was for someone else, so I did nothing. You can ask me yourself."
LATE_BUTTON = "That came too late, so I did nothing. Ask me again if you still want it."
SENT_AGAIN = "(Again, in case it didn't reach you.)"
NO_SUCH_CODE = "That code isn't good here: it may be mistyped, used or over. An admin can give you a new one."

TOO_LONG = SENTENCES["too_long"]
EMPTY = SENTENCES["empty"]
FORWARDED = SENTENCES["forwarded"]
EDITED = SENTENCES["edited"]
UNREACHABLE = SENTENCES["unreachable"]
SHUT_OUT = SENTENCES["shut_out"]
NOT_UNDERSTOOD = SENTENCES["not_understood"]
OUT_OF_SCOPE = SENTENCES["out_of_scope"]
NOTHING_BEFORE = SENTENCES["nothing_before"]
WHAT_WAS_MEANT = SENTENCES["what_was_meant"]
PRAISED = SENTENCES["praised"]
GUESTS_CANNOT_TEACH = SENTENCES["guests_cannot_teach"]
GUESTS_OWN_WORDS = SENTENCES["guests_own_words"]
GUESTS_NOT_GUARDED = SENTENCES["guests_not_guarded"]
UNCLEAR_LESSON = SENTENCES["unclear_lesson"]
NOTHING_TO_UNDO = SENTENCES["nothing_to_undo"]
LEFT = SENTENCES["left"]
NOT_KEPT = SENTENCES["not_kept"]
LAST_ADMIN = SENTENCES["last_admin"]
NOTHING_TELLS = SENTENCES["nothing_tells"]
DECLINED = SENTENCES["declined_here"]
CONFIRM = SENTENCES["confirm"]
DONE = SENTENCES["done"]
ASK_AGAIN = SENTENCES["ask_again"]

ABOVE_ROLE: Mapping[Role, Sentence] = MappingProxyType({role: SENTENCES[f"above_{role.value}"] for role in Role})

TALK: Mapping[str, Sentence] = MappingProxyType(
    {
        **{
            intent: SENTENCES[intent]
            for intent in (
                "greeting",
                "thanks",
                "goodbye",
                "smalltalk",
                "stop",
                "affirm",
                "reject",
                "feedback_positive",
                "feedback_negative",
                "teach",
                "forget",
            )
        },
        "correction": NOTHING_BEFORE,
        "undo": NOTHING_TO_UNDO,
        "out_of_scope": OUT_OF_SCOPE,
    }
)

_ABOUT = {
    "timer": "timers",
    "reminder": "reminders",
    "alarm": "alarms",
    "schedule": "doing things later",
    "notice": "telling you when something happens",
    "calendar": "the calendar",
    "list": "lists",
    "task": "tasks",
    "note": "notes",
    "weather": "the weather",
}


def about(intent: str) -> str | None:
    """Return what an intent is about where that is kept or looked up, to stand behind a verb; None for any other."""
    return _ABOUT.get(intent.partition("_")[0])


REFUSALS: Mapping[Reason, Sentence] = MappingProxyType(
    {
        **{
            reason: SENTENCES[f"refused_{reason.value}"]
            for reason in (
                Reason.NEGATION,
                Reason.STATEMENT,
                Reason.HYPOTHETICAL,
                Reason.CONDITION,
                Reason.DEFERRED,
                Reason.QUOTED,
                Reason.READ_ONLY,
                Reason.UNSUPPORTED,
                Reason.GUARDED_INEXACT,
                Reason.NOT_HANDLED,
            )
        },
        Reason.TOO_LONG: TOO_LONG,
        Reason.EMPTY: EMPTY,
        Reason.NOT_UNDERSTOOD: NOT_UNDERSTOOD,
    }
)

ASKS: Mapping[Reason, Sentence] = MappingProxyType(
    {
        reason: SENTENCES[f"ask_{reason.value}"]
        for reason in (
            Reason.AMBIGUOUS_NAME,
            Reason.MISSING_TARGET,
            Reason.MISSING_VALUE,
            Reason.MISSING_ACTION,
            Reason.NOTHING_TO_REFER_TO,
            Reason.UNSURE,
            Reason.GUARDED_INEXACT,
        )
    }
)
