"""Timers in talk: what to count down, under which name; which to stop or to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from engine.tasks.slips import mended
from engine.tasks.tails import without_tail
from engine.tasks.times import find_duration
from engine.tasks.titles import without_lead, without_trail
from engine.understanding.numbers import with_digits
from engine.understanding.wordings import any_of


class TimerOp(StrEnum):
    """What is asked of timers; `change` moves the end of one that runs by the seconds that are said."""

    SET = "set"
    CANCEL = "cancel"
    QUERY = "query"
    CHANGE = "change"


@dataclass(frozen=True)
class TimerRequest:
    """What is asked of timers.

    `seconds` is how long a new timer runs, how long one to be stopped or looked at was set for, or by how much one is
    changed (less than 0: it ends sooner); `of_seconds` is then its length. None where it is not said, so a new timer
    without seconds asks. `all` means every timer of the person.
    """

    op: TimerOp
    name: str | None = None
    seconds: float | None = None
    all: bool = False
    of_seconds: float | None = None


MOST_AT_ONCE = 5
_SEVERAL = re.compile(
    r"(?:\s*,\s*(?:and\s+)?|\s+and\s+)(?=(?:one|a|an|another)\s+(?!half|quarter|third))", re.IGNORECASE
)
_TIMERS = re.compile(r"^(?P<head>(?:(?! and ).)*\btimers (?:for|of)) (?P<lengths>[^:;]+)$", re.IGNORECASE)
_BETWEEN_LENGTHS = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
_LENGTH = re.compile(r"(?:for )?(?P<number>\d{1,3})(?: (?P<unit>seconds?|secs?|minutes?|mins?|hours?))?", re.IGNORECASE)
_STOPS = re.compile(r"(?:stop|cancel|delete|clear|end|kill|remove)\b")
LONGEST_S = 7 * 86_400.0
"""The longest timer, in seconds: a week."""
_OPS = {"timer_set": TimerOp.SET, "timer_cancel": TimerOp.CANCEL, "timer_query": TimerOp.QUERY}
_TIMER = r"(?:timers?|countdowns?|count[- ]?down|egg timer|stopwatch)"
_WORD = (
    r"(?!(?:i|we|you|a|an|the|my|our|your|its|their|his|her|two|three|four|five|both|that|this|these|those|another|"
    r"second|new|"
    r"one|all|any|every|each|both|which|what|some|"
    r"set|start|create|make|add|put|begin|give|get|do|run|me|us|want|need|like|have|has|got|cancel|stop|delete|remove|"
    r"clear|kill|end|scrap|drop|bin|silence|off|on|in|of|for|to|is|are|and|it|its|how|much|long|left|please|can|you|"
    r"could|read|show|list|check|when|does|did|there|minutes?|hours?|seconds?|mins?|secs?|hrs?|with|at|no|more|last|"
    r"first|increase|decrease|extend|reduce|shorten|lengthen|another|current|running|active|only|just|still|time|"
    r"remaining|be|got|get|was|will|not|don'?t|"
    r"many|nearly|almost|timers?|countdowns?|\d[\d.,:]*)(?![\w'-]))[^\W_][\w'&-]*"
)
_NAME = rf"(?P<name>{_WORD}(?: {_WORD}){{0,2}})"
_BEFORE = re.compile(rf"(?<![\w'-]){_NAME}[ -]+{_TIMER}(?![\w'])", re.IGNORECASE)
_CALLED = re.compile(
    r"(?:,?\s*(?:and )?(?:called|named|labell?ed|titled|call it|name it)|"
    r"(?:with|under|by) the name(?: of)?)\s+(?:the |my )?['\"]?(?P<name>[^\W_][\w'& -]{0,40}?)['\"]?"
    r"(?=$|\s*[,.!?]|\s+(?:for|to|and make|at|please|in|with)\b)",
    re.IGNORECASE,
)
_NAME_A = re.compile(
    rf"(?:name|call|label)\s+(?:a|the|my|this|that|"
    rf"it)\s*(?:new )?(?:{_TIMER})?\s*['\"]?{_NAME}['\"]?",
    re.IGNORECASE,
)
_FOR = re.compile(
    rf"(?<![\w'])(?:for|on)\s+(?:the |my |our |some |a |an )*{_NAME}(?=$|[\s,.!?])",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"(?<![\w'])(?:all|every|each|both|everything|the lot|any(?! ?more| longer)|no more(?= timers))(?![\w'])"
    r"|\btimers\b(?!.{0,30}\b(?:is|which)\b)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"(?<![\w'])(?:a|the) (?:second|third) {_TIMER}(?!\w)")
_CHANGE = re.compile(
    any_of(
        r"(?P<more>add|put|give (?:me|it)|extend|increase|lengthen|another)",
        r"(?P<less>remove|take|knock|subtract|reduce|decrease|shorten|cut|drop)",
    )
    + r"(?![\w'])",
    re.IGNORECASE,
)
_TO_A_TIMER = re.compile(
    rf"(?<![\w'])(?:(?:more|extra|longer|less|off|from|to|onto|on|by)\b.{{0,40}}?{_TIMER}|{_TIMER}.{{0,40}}?\b(?:by|"
    rf"more|longer|less)\b)",
    re.IGNORECASE,
)
_A_TIMER = re.compile(
    rf"(?<![\w'])(?:a|an|another|new|me|set|start)\s+(?:(?!on |to |off |from |"
    rf"of )[\w'-]+ ){{0,5}}?{_TIMER}(?!\w)",
    re.IGNORECASE,
)
_STILL = re.compile(r"[\s,]+(?:called|named|for|on|and|the|of|please)$", re.IGNORECASE)
_NOT_A_NAME = frozenset(
    "it me us that this them timer timers countdown kitchen-timer clock now minute hour moment while go later "
    "going long sure bit sec zero nothing everything bed work".split()
)
_BARE_NUMBER = re.compile(r"(?<![\w.,:])(?:for|to|of)?\s*(\d{1,3}(?:\.5)?)(?![\w.,:]|\s*(?:am|pm|o'clock|%))")
_BELOW_ZERO = re.compile(r"(?<!\S)(?:[-−](?=\d)|(?:minus|negative) (?!the |my |our )(?=\d|[a-z]+ (?:sec|min|hour|hr)))")
_THE = r"(?:the |my |our )?"
_OWNERS = tuple(
    re.compile(wording, re.IGNORECASE)
    for wording in (
        rf"^{_THE}{_NAME} (?:came|is|are|was|were|'s|has|have)\b.{{0,80}}\b(?:its|their) timer\b",
        rf"^(?:is|are) {_THE}{_NAME}(?: nearly| almost| about)* (?:done|ready|finished|cooked)",
        rf"(?:^|\s)(?:has|have) {_THE}{_NAME} got\b",
        rf"^give (?:the|my|our) {_NAME}(?=\s)",
        rf"^(?:cancel|stop|delete|remove|clear|kill|end|scrap|drop|bin|silence|forget|lose) {_THE}{_NAME}(?: one)?$",
    )
)
_UNIT_TAIL = re.compile(r"^(?:\s+(?:long|exactly|from now))+")


def parse_timer(text: str, intent: str) -> TimerRequest | None:
    """Return what is asked of timers by a text understood as `intent`; None for any other intent.

    Names are lower case, without "the" or "timer". A number without a unit is minutes.
    """
    op = _OPS.get(intent)
    said = mended(without_trail(without_lead(" ".join(text.split()))))
    if op is None or not said:
        return None
    folded = _ORDINAL.sub("another timer", said.casefold())
    if op is TimerOp.SET and _STOPS.match(folded):
        op = TimerOp.CANCEL
    if op is TimerOp.SET and (change := _changed(folded)) is not None:
        return change
    seconds, rest = _seconds(folded, minutes=op is TimerOp.SET)
    if op is TimerOp.SET:
        return TimerRequest(op, _name(rest, folded, may_be_for=True), seconds)
    name = _name(rest, folded, may_be_for=False)
    every = name is None and seconds is None and _ALL.search(folded) is not None
    return TimerRequest(op, name, seconds, every)


def _seconds(said: str, *, minutes: bool) -> tuple[float | None, str]:
    """Return the first length of time in seconds, and the text without it."""
    found = find_duration(said)
    if found is not None:
        seconds, (start, end) = found
        return min(float(seconds), LONGEST_S), f"{said[:start]} {_UNIT_TAIL.sub('', said[end:])}"
    if not minutes:
        return None, said
    digits = with_digits(said)
    number = _BARE_NUMBER.search(digits)
    if number is None or float(number[1]) <= 0:
        return None, said
    return float(number[1]) * 60, f"{digits[: number.start()]} {digits[number.end() :]}"


def is_below_zero(text: str) -> bool:
    """Tell whether a length of less than no time is said ("a timer for -5 minutes")."""
    return _BELOW_ZERO.search(text.casefold()) is not None


def parse_timers(text: str, intent: str) -> tuple[TimerRequest, ...]:
    """Return every timer that "one for 5 minutes and one for 8" sets, each as a request of its own."""
    whole = parse_timer(text, intent)
    if whole is None or whole.op is not TimerOp.SET:
        return () if whole is None else (whole,)
    said = _SEVERAL.split(_with_units(" ".join(text.split())))[: MOST_AT_ONCE + 1]
    timed = [part for part in said if find_duration(part) is not None]
    if len(timed) < 2 or timed not in (said, said[1:]):
        return (whole,)
    return tuple(timer for part in timed[:MOST_AT_ONCE] if (timer := parse_timer(part, intent)) is not None)


def _with_units(text: str) -> str:
    """Return "timers for 5, 10 and 15 minutes" with the unit behind each, as of a timer of its own."""
    found = _TIMERS.match(with_digits(text.rstrip(" .!?")))
    if found is None:
        return text
    lengths = [_LENGTH.fullmatch(part) for part in _BETWEEN_LENGTHS.split(found["lengths"])]
    units = {one["unit"].rstrip("s").casefold() for one in lengths if one is not None and one["unit"]}
    if len(lengths) < 2 or not all(lengths) or len(units) != 1:
        return text
    unit = next(iter(units))
    return f"{found['head']} " + " and one for ".join(f"{one['number']} {unit}s" for one in lengths if one is not None)


def _changed(said: str) -> TimerRequest | None:
    """Return "add five minutes to the pasta timer" as a change; None for what sets a new one."""
    verb = _CHANGE.match(said)
    if verb is None or _TO_A_TIMER.search(said) is None or _A_TIMER.search(said):
        return None
    seconds, rest = _seconds(said, minutes=False)
    if seconds is None:
        return None
    other, rest = _seconds(rest, minutes=False)
    by, of = (other, seconds) if other is not None and " by " in f" {said} " else (seconds, other)
    assert by is not None
    return TimerRequest(TimerOp.CHANGE, _name(rest, said, may_be_for=False), -by if verb["less"] else by, of_seconds=of)


def _name(rest: str, whole: str, *, may_be_for: bool) -> str | None:
    for expression, text in ((_CALLED, whole), (_NAME_A, whole), (_BEFORE, rest), (_FOR, rest)):
        if expression is _FOR and not may_be_for and _BEFORE.search(text) is not None:
            continue
        for match in expression.finditer(text):
            name = _tidied(match["name"])
            if name is not None:
                return name
    return _its_owner(whole)


def _tidied(name: str) -> str | None:
    said = without_tail(_STILL, " ".join(name.split())).strip(" '\"-,.")
    return None if not said or said in _NOT_A_NAME or find_duration(said) is not None else said


def _its_owner(whole: str) -> str | None:
    found = (owner.search(whole) for owner in _OWNERS)
    return next((name for match in found if match and (name := _tidied(match["name"]))), None)
