"""An order that hangs on a condition: what it asks for without it, offered in its place."""

from __future__ import annotations

import re

from butler.conversation.later.reading import read_requests
from butler.conversation.later.setting import plan_later
from butler.conversation.tasks.phrases import short
from butler.conversation.turn import Effect, Option, Ports, Turn
from butler.conversation.understood import understand
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Disposition
from engine.understanding.slots import prepare

OFFER = "notice_offer"
DECLINED = "I don't do things in the home by myself when something happens"
_LASTS_S = 600.0
_LONGEST = 300  # characters
_ENDS = " \t,;.!?"
_WORD = r"(?:if|unless|when(?:ever)?|once|as soon as|in case|every time|each time|provided(?: that)?|assuming)"
_ORDER = (
    r"(?P<order>(?:turn|switch|open|close|shut|lock|unlock|set|start|stop|dim|brighten|raise|lower|play|pause|put|make"
    r"|activate|run)\b.+)"
)
_FIRST = re.compile(rf"(?:please )?{_ORDER.replace('.+', '.+?')},? {_WORD} .+")
_BEHIND = re.compile(rf"{_WORD} .+?,? (?:then |please )*{_ORDER}")
_YOU = (
    (re.compile(r"\bi'm\b|\bi am\b"), "you are"),
    (re.compile(r"\bi've\b"), "you have"),
    (re.compile(r"\bi'll\b"), "you will"),
    (re.compile(r"\bi was\b"), "you were"),
    (re.compile(r"\bi\b|\bme\b"), "you"),
    (re.compile(r"\bmy\b"), "your"),
)


def order_within(text: str) -> str | None:
    """Return what is ordered without the condition it hangs on, None where the text is not of that form."""
    said = prepare(text).strip(_ENDS)
    found = (_FIRST.fullmatch(said) or _BEHIND.fullmatch(said)) if len(said) <= _LONGEST else None
    return found["order"].strip(_ENDS) if found is not None else None


def to_you(condition: str) -> str:
    """Return a condition as it is said to the one who spoke of themselves: "when i leave" is "when you leave"."""
    for pattern, word in _YOU:
        condition = pattern.sub(word, condition)
    return condition


def offer_without(ports: Ports, turn: Turn, text: str) -> bool:
    """Say that nothing is done on a condition, and offer to do it whatever happens; False for no such order."""
    order = order_within(text)
    if order is None:
        return False
    meant = understand(ports, turn, order)
    of_home = INTENTS[meant.intent].acts or meant.intent == "schedule_set"
    if not of_home or meant.disposition is Disposition.REFUSE:
        return False
    turn.trace("later", "condition_declined", component="notices", read=False)
    if meant.intent != "schedule_set" or not _has_time(ports, turn, order):
        turn.say(f"{DECLINED}, so I've changed nothing. I can do it at a time: say “{short(order)} at 18:00”.")
        return True
    outcome = turn.outcome
    turn.ask(
        OFFER,
        f"{DECLINED}, so I've planned nothing. Shall I do it whatever happens: “{short(order)}”?",
        (Option("Plan it", {"kind": "later_whatever", "text": order}), Option("No", {"kind": "leave"})),
        about="doing it whatever happens",
        lasts_s=_LASTS_S,
    )
    turn.outcome = outcome
    return True


def press_whatever(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Plan what was ordered, without the condition it hung on."""
    text = str(effect["text"])
    plan_later(ports, turn, understand(ports, turn, text))


def _has_time(ports: Ports, turn: Turn, order: str) -> bool:
    requests = read_requests(ports, turn, order)
    return all(one.due is not None or one.sun is not None for one in requests)
