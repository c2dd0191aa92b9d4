"""The sentences that do not depend on a device: talk, refusals, what is not built, what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from butler.conversation.messages import Role
from engine.understanding.interpretation import Reason

TOO_LONG = "That is more than I can take in at once (1,000 characters at most). Could you say it in fewer words?"
EMPTY = "I'm here. Tell me what you'd like, or type /help."
FORWARDED = "I don't act on forwarded messages, nor learn from them. If you'd like it done, tell me in your own words."
EDITED = "I don't act on edited messages. If you'd like it done, please send it as a new one."
BROKEN = "Sorry, something went wrong on my side with that. It has been written down, and I'm still here."
UNREACHABLE = "I can't reach the home at the moment, so I did nothing. Please try again in a little while."
NOT_UNDERSTOOD = (
    "Sorry, I didn't understand that. I can run the home (“turn on the kitchen light”), answer questions about it "
    "(“is the garage door open?”) and learn your words (“when I say snug I mean the living room”). /help shows more."
)
OUT_OF_SCOPE = "That is beyond me, I'm afraid: I look after the home, answer questions about it and learn your words."
NOTHING_BEFORE = "There is nothing before this that I could put right. What would you like me to do?"
WHAT_WAS_MEANT = "Sorry about that. I've noted that it was wrong. What did you mean? (Or say “undo” to take it back.)"
PRAISED = "Glad that was right."
GUESTS_CANNOT_TEACH = (
    "Teaching me words that everybody shares is for the people who live here, so I've left everything as it is. A word "
    "of your own you can teach me: say it with “for me” at the end."
)
GUESTS_OWN_WORDS = "That word is shared with the people who live here, so as a guest you can't take it back."
UNCLEAR_LESSON = (
    "I haven't learned anything from that: I can't tell which word should mean what, or it would bend words I need to "
    "understand you. Say it like this: when I say “snug” I mean the living room."
)
NOTHING_TO_UNDO = "There is nothing of yours here that I could undo."
LEFT = "All right, I've left it as it is."
UNKNOWN_BUTTON = "I don't know that button any more, so I did nothing. Just tell me what you'd like."
ANSWERED_BUTTON = "That question is already answered or dropped, so I did nothing more."
OTHERS_BUTTON = "That question was for someone else, so I did nothing. You can ask me yourself."
LATE_BUTTON = "That came too late, so I did nothing. Ask me again if you still want it."
NOT_KEPT = "I don't have that message any more. Just ask me again."
NO_SUCH_CODE = "That code isn't good here: it may be mistyped, used or over. An admin can give you a new one."
LAST_ADMIN = "That is the only admin here, so I did nothing: somebody has to look after me."
GUESTS_NOT_GUARDED = "Sorry, doors, gates and the like are for the people who live here, so I did nothing."

ABOVE_ROLE: Mapping[Role, str] = MappingProxyType(
    {
        Role.ADMIN: "Sorry, {what} is for admins only. Someone who is an admin here can do it for you.",
        Role.RESIDENT: "Sorry, {what} is for the people who live here, so I did nothing.",
        Role.GUEST: "Sorry, {what} is not for you, so I did nothing.",
    }
)

TALK: Mapping[str, str] = MappingProxyType(
    {
        "greeting": "Hello! What can I do for you?",
        "thanks": "You're welcome.",
        "goodbye": "Goodbye!",
        "smalltalk": "All is well here. I look after the home: what can I do for you?",
        "stop": "All right.",
        "affirm": "Good. I wasn't waiting for an answer, though: what would you like me to do?",
        "reject": "All right, I'm not doing anything.",
        "feedback_positive": "Thank you!",
        "feedback_negative": "Sorry. I haven't done anything just now that I could put right: what would you like?",
        "correction": NOTHING_BEFORE,
        "teach": "If that was meant to teach me a word, say it like this: when I say “snug” I mean the living room.",
        "forget": "If a word is to be forgotten, say it like this: forget “snug”. /aliases lists what I was taught.",
        "undo": NOTHING_TO_UNDO,
        "out_of_scope": OUT_OF_SCOPE,
    }
)

_BUILT_LATER = {
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


def not_built(intent: str) -> str | None:
    """Return the honest answer for an intent that is understood but not built; None for any other."""
    what = _BUILT_LATER.get(intent.partition("_")[0])
    if what is None:
        return None
    return f"I understand that this is about {what}, but that isn't built yet, so I haven't done anything."


REFUSALS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.NEGATION: "All right, I won't. Nothing was changed.",
        Reason.STATEMENT: "Thanks for telling me; I've changed nothing.",
        Reason.HYPOTHETICAL: "I've changed nothing. Tell me plainly if you'd like it done.",
        Reason.CONDITION: "I can't wait for a condition yet, so I've changed nothing. Tell me when it should be done.",
        Reason.DEFERRED: "I can't do things later yet, so I've changed nothing. Tell me when it should be done.",
        Reason.QUOTED: "I took that as something someone said, so I've changed nothing.",
        Reason.READ_ONLY: "I only ever read sirens and security alarms; I never switch them.",
        Reason.UNSUPPORTED: "That is something I can't do with it, so I've changed nothing.",
        Reason.GUARDED_INEXACT: "For something as important as that I need its exact name, so I've changed nothing.",
        Reason.NOT_HANDLED: "I understood that, but I can't do it, so I've changed nothing.",
        Reason.TOO_LONG: TOO_LONG,
        Reason.EMPTY: EMPTY,
        Reason.NOT_UNDERSTOOD: NOT_UNDERSTOOD,
    }
)

ASKS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.AMBIGUOUS_NAME: "Which one do you mean?",
        Reason.MISSING_TARGET: "Which one do you mean?",
        Reason.MISSING_VALUE: "What should I set it to?",
        Reason.MISSING_ACTION: "What should I do with it?",
        Reason.NOTHING_TO_REFER_TO: "I'm not sure what that refers to. Which one do you mean?",
        Reason.UNSURE: "I'm not sure I understood. Is this what you mean?",
        Reason.GUARDED_INEXACT: "For something as important as that I need to be sure. Which one do you mean?",
    }
)
