"""What is typed right after something rang ("done", "snooze", "20 more minutes"), and how long a timer is to run."""

from __future__ import annotations

import re
from datetime import timedelta

from butler.conversation.ringing.answering import LATELY, done_text, just_rung, snoozed_text, tomorrow
from butler.conversation.ringing.timing import LENGTH, start_timer
from butler.conversation.turn import Ports, Turn
from engine.tasks.timers import LONGEST_S
from engine.tasks.times import find_duration
from engine.understanding.plain import plain
from store import buttons
from store.rings import Ring

_DONE = frozenset(
    "done;ok done;its done;did it;i did it;ive done it;got it;im up;im awake;i am up;i am awake;stop;stop it;quiet;"
    "be quiet;shut up;turn it off;switch it off;dismiss;dismiss it;stop ringing".split(";")
)
_STOPPING = frozenset("stop;stop it;quiet;be quiet;shut up;turn it off;switch it off;dismiss;dismiss it".split(";"))
_SNOOZE = re.compile(
    r"(?:(?:please )?(?:snooze|remind me|wake me|ring|tell me|ask me)"
    r"(?: (?:it|me|that|this|up|(?:the )?(?:alarm|reminder|timer)))?(?: again| later)?"
    r"|give me|i need|let me have|can i have|i want|again|not now|later|(?P<bare>))"
    r"(?: (?:for|in|at))? ?(?P<long>.*?)(?: more| longer| later| please)*"
)
_NO_LENGTH = re.compile(
    r"(?:(?:just |only )?(?:[-−+]?\d[\d.,]*|zero|no) ?"
    r"(?:(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|century)s?|"
    r"centuries|secs?|mins?|hrs?|wks?|mths?|yrs?|mo|[smhdwy]))"
)
_BOUNDS = "I can put that off for a second at the least and a week at the most. Try: snooze 10 minutes."
_TOMORROW = frozenset({"tomorrow", "until tomorrow", "till tomorrow"})
_DAY = timedelta(days=1)
_NOW = timedelta(minutes=10)
_ASKING = re.compile(r"^(?:please )?(?:give me|i need|let me have|can i have|i want) (?:just )?")
_MORE = frozenset({"more", "another", "longer"})
_AS_LONG_S = 600.0
_LONGEST_ANSWER = 60  # characters
_LONGEST_SNOOZE = 200
_FILLERS = frozenset("just only for in another more again later please about a bit longer".split())


def take_words(ports: Ports, turn: Turn) -> bool:
    """Take a text for an answer to what rang just now, or to how long a timer is to run; False when it is neither."""
    question = turn.dialogue.question
    if question is not None and question.kind == LENGTH:
        return _take_length(ports, turn)
    said = plain(turn.text).replace("'", "")
    snoozes = said.startswith("snooze")
    if (question is not None and not snoozes) or len(turn.text) > (_LONGEST_SNOOZE if snoozes else _LONGEST_ANSWER):
        return False
    text = _answer(ports, turn, said) if said in _DONE or _may_snooze(said) else None
    if text is not None:
        turn.say(text)
    return text is not None


def _answer(ports: Ports, turn: Turn, said: str) -> str | None:
    """Return what comes of an answer to what rang lately; None where nothing did that it may mean."""
    snoozes = said.startswith("snooze")
    ring = just_rung(ports, turn, within=_DAY if snoozes else _NOW if _wants_more(said) else LATELY)
    if ring is None:
        return "Nothing rang lately that I could put off." if snoozes and _SNOOZE.fullmatch(said) else None
    if ring.kind == "reminder" and said in _STOPPING:
        return None
    turn.trace("ring", "answered_in_words", ring=ring.id)
    return done_text(ports, turn, ring) if said in _DONE else _snoozed(ports, turn, ring, said)


def _may_snooze(said: str) -> bool:
    return (
        _wants_more(said)
        or said.split()[:1] in (["snooze"], ["again"], ["later"])
        or " again " in f" {said} "
        or said == "not now"
    )


def _wants_more(said: str) -> bool:
    """Tell whether words are only a length with "more" or "another": right after a ring they put it off."""
    return not _MORE.isdisjoint(said.split()) and whole_duration(_ASKING.sub("", said)) is not None


def _snoozed(ports: Ports, turn: Turn, ring: Ring, said: str) -> str | None:
    """Put off what rang as the words say: so long, until tomorrow, or ten minutes; None for other words."""
    words = _SNOOZE.fullmatch(said)
    if words is None:
        return None
    rest = words["long"].strip()
    if rest in _TOMORROW:
        return snoozed_text(ports, turn, ring, tomorrow(ports, turn, ring))
    seconds = whole_duration(rest) if rest else _AS_LONG_S
    if seconds is None:
        return _out_of_bounds(turn, rest) if said.startswith("snooze") else None
    return snoozed_text(ports, turn, ring, turn.incoming.at + timedelta(seconds=seconds))


def whole_duration(text: str) -> float | None:
    """Return the seconds a text names, or None where it names none, too many, or says something else as well."""
    seconds = _length(text)
    return seconds if seconds is not None and 0 < seconds <= LONGEST_S else None


def _length(text: str) -> float | None:
    """Return the seconds a text names and says nothing else than, however many, or None."""
    found = find_duration(text)
    if found is None:
        return None
    seconds, (start, end) = found
    rest = f"{text[:start]} {text[end:]}".split()
    return float(seconds) if not set(rest) - _FILLERS else None


def _out_of_bounds(turn: Turn, said: str) -> str | None:
    """Return what is said of a length that nothing can be put off by; None for words that are no length."""
    if _length(said) is None and _NO_LENGTH.fullmatch(said) is None:
        return None
    turn.outcome = "refused"
    return _BOUNDS


def _take_length(ports: Ports, turn: Turn) -> bool:
    question = turn.dialogue.question
    seconds = whole_duration(plain(turn.text))
    if question is None or seconds is None or question.expired(turn.incoming.at):
        return False
    button = buttons.get(ports.store, question.buttons[0][0]) if question.buttons else None
    name = button.payload["effect"].get("name") if button is not None else None
    turn.trace("open_question", LENGTH, outcome="answered")
    start_timer(ports, turn, name or None, seconds)
    return True
