"""A home action for later, taken apart into what is to be done and when; what is to be done is read by others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from engine.tasks.due import Due, DueKind, Every, FoundTime, Recurrence, TimeMapping
from engine.tasks.sun_times import FoundSun, SunTime, find_sun
from engine.tasks.times import find_duration, find_time

_DAILY = Recurrence(Every.DAY)
_AND = re.compile(r",?\s+(?:and then|and|then|,)\s+", re.IGNORECASE)
_SPLIT_VERB = re.compile(
    r"^(?:please |can you |could you |would you |will you )*(?:turn|switch|put|have|leave|keep|get|flip)\b",
    re.IGNORECASE,
)
_PARTICLE = re.compile(r"\b(?:on|off|up|down|back)\b", re.IGNORECASE)
_ON_THEN = re.compile(
    r"^on (?=(?:from|between|at|around|by|in|until|till|tomorrow|tonight|today|every|each)\b)", re.IGNORECASE
)
_VERB_FIRST = re.compile(
    r"^(?:please )?(?:open|close|shut|set|dim|play|start|stop|run|raise|lower|activate|lock|unlock|pause|mute)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:back )?(?P<particle>on|off)(?: again)?", re.IGNORECASE)
_VALUE = re.compile(
    r"\b(?P<before>[\w']+) to (?P<value>\d+(?:\.\d+)?)(?![\d:]| ?(?:am|pm|a\.m|p\.m|o'clock))", re.IGNORECASE
)
_TO_THE_HOUR = re.compile(r"\d+|quarter|half|five|ten|twenty|twenty-five|minutes?|from", re.IGNORECASE)
_UNTIL = re.compile(r"^(?:until|till|til)\b", re.IGNORECASE)
_FROM_TO = re.compile(r"\b(?:from|between)\b.*\d.*\b(?:to|till|until|and|-)\b.*\d", re.IGNORECASE)
_LASTING = re.compile(
    r"\bfor (?:(?:about|around|another|the next|exactly|only|just) )*"
    r"(?P<long>(?:[\w.]+[ -]?){1,6}?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|h|m|s)\b"
    r"(?: and (?:a half|a quarter|\w+ (?:minutes?|mins?|seconds?)))?)",
    re.IGNORECASE,
)
_SHORTEST_S, _LONGEST_S = 1, 7 * 86_400
_LAST_HOUR = re.compile(r"\b(?:at|by|around|about) (?:1[0-2]|[1-9])$", re.IGNORECASE)
_CLOCKS = re.compile(
    r"\b(?:from|between) \d[\d:.]*(?: ?[ap]\.?m\b\.?)? (?:to|till|until|and) \d[\d:.]*(?: ?[ap]\.?m\b\.?)?",
    re.IGNORECASE,
)
_ENDS = " \t,;.!?"
_LONGEST = 500  # characters: what stands behind them is no part of a command
_LEFT_OVER = re.compile(r"^(?:then|and|also|so|that)\s+|\s+(?:and|then|every|at|by|from)$", re.IGNORECASE)


@dataclass(frozen=True)
class LaterRequest:
    """What is to be done (`command`, in the words that were said) and when.

    `due` is as it was read, None where only `sun` says when, or nothing does. `lasts_s` is how long it is to stay so
    ("for ten minutes", "from 6 to 8"), in seconds; without a time it begins now.
    """

    command: str
    due: Due | None = None
    sun: SunTime | None = None
    lasts_s: float | None = None

    @property
    def begins_now(self) -> bool:
        """Whether it is to be done now, and only its end is later."""
        return self.lasts_s is not None and self.due is None and self.sun is None

    @property
    def recurrence(self) -> Recurrence | None:
        """How it comes again, None for what is done once."""
        return self.due.recurrence if self.due is not None else None


def read_later(
    text: str, now: datetime, zone: tzinfo, mappings: Sequence[TimeMapping] = ()
) -> tuple[LaterRequest, ...]:
    """Return what a sentence wants done later, one request a time: "on at 6 and off at 8" are two."""
    parts = _with_times(" ".join(text.split())[:_LONGEST], now, zone, mappings)
    return tuple(_whole(_read(part, now, zone, mappings)) for part in parts)


def _with_times(text: str, now: datetime, zone: tzinfo, mappings: Sequence[TimeMapping]) -> list[str]:
    """Return the parts of a sentence that have a time each, else the sentence as a whole."""
    parts = [part for part in _AND.split(text) if part.strip(_ENDS)]
    timed = [bool(find_sun(part) or find_time(part, now, zone, mappings)) for part in parts]
    if len(parts) > 1 and all(timed) and all(_says_what(part, now, zone, mappings) for part in parts):
        return parts
    return [text]


def _says_what(part: str, now: datetime, zone: tzinfo, mappings: Sequence[TimeMapping]) -> bool:
    return len(_whole(_read(part, now, zone, mappings)).command.split()) > 1


def _whole(request: LaterRequest) -> LaterRequest:
    """Return the request with a whole sentence for what only says "off": "on at 6 and off at 8"."""
    bare = _BARE.fullmatch(request.command)
    return replace(request, command=f"turn it {bare['particle'].lower()}") if bare is not None else request


def _read(text: str, now: datetime, zone: tzinfo, mappings: Sequence[TimeMapping]) -> LaterRequest:
    text, lasts_s = _lasting(text)
    sun = find_sun(text)
    rest = _without(text, [(sun.start, sun.end)]) if sun is not None else text
    found = find_time(_without_values(rest), now, zone, mappings)
    hour = _LAST_HOUR.search(rest) if found is None else None
    if hour is not None and (at := find_time(hour.group(), now, zone, mappings)) is not None:
        return LaterRequest(_tidy(rest[: hour.start()]), at.due, sun.sun if sun else None, lasts_s)
    command = _tidy(_command(rest, found) if found is not None else rest)
    due = found.due if found is not None else None
    if sun is not None:
        return LaterRequest(command, _days_of(due, sun), sun.sun, lasts_s)
    if due is not None and due.at is not None and _UNTIL.match(due.wording) and due.at > now and lasts_s is None:
        return LaterRequest(command, lasts_s=(due.at - now).total_seconds())
    if due is not None and due.kind is DueKind.RANGE and _FROM_TO.search(due.wording):
        return _from_to(command, due)
    if due is not None and due.recurrence is not None and lasts_s is None:
        lasts_s = _stretch(rest, now, zone, mappings)
    return LaterRequest(command, due, lasts_s=lasts_s)


def _stretch(text: str, now: datetime, zone: tzinfo, mappings: Sequence[TimeMapping]) -> float | None:
    """Return how long "from 6 to 8" is, in seconds, where it is said of what comes again."""
    said = _CLOCKS.search(text)
    found = find_time(said.group(), now, zone, mappings) if said is not None else None
    if found is None or not isinstance(found.due.start, datetime) or not isinstance(found.due.end, datetime):
        return None
    return (found.due.end - found.due.start).total_seconds()


def _without_values(text: str) -> str:
    """Return the text, as long as it was, without the numbers that set a value: "down to 17 at night"."""
    if _FROM_TO.search(text):
        return text

    def masked(found: re.Match[str]) -> str:
        if _TO_THE_HOUR.fullmatch(found["before"]):
            return found.group()
        return f"{found['before']} to {'x' * len(found['value'])}"

    return _VALUE.sub(masked, text)


def _lasting(text: str) -> tuple[str, float | None]:
    """Return the text without how long something is to last, and that in seconds."""
    found = _LASTING.search(text)
    length = find_duration(found["long"]) if found is not None else None
    if found is None or length is None or not _SHORTEST_S <= length[0] <= _LONGEST_S:
        return text, None
    return _without(text, [found.span()]), float(length[0])


def _command(text: str, found: FoundTime) -> str:
    """Return the text without the time, but with the "on" of "turn the heating on tomorrow", "heating on from 6"."""
    spans = [*(found.spans or ((found.start, found.end),))]
    rest = _without(text, spans)
    if not _PARTICLE.search(rest) and not _VERB_FIRST.match(rest):
        switched = bool(_SPLIT_VERB.match(rest))
        for at, (start, end) in enumerate(spans):
            on = text[start:end].lower().startswith("on ") if switched else _ON_THEN.match(text[start:end])
            if on and text[:start].strip(_ENDS):
                spans[at] = (start + len("on "), end)
                return _without(text, spans)
    return rest


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    rest, position = [], 0
    for start, end in spans:
        rest.append(text[position:start])
        position = end
    return " ".join(" ".join([*rest, text[position:]]).split()).strip(_ENDS)


def _tidy(command: str) -> str:
    """Return the command without what only tied the time to it."""
    before = ""
    while before != command:
        before, command = command, _LEFT_OVER.sub("", command).strip(_ENDS)
    return command


def _days_of(due: Due | None, sun: FoundSun) -> Due | None:
    """Return which days a time by the sun is for: the hour that "every evening" may mean says nothing beside it."""
    if due is None:
        return Due(DueKind.RECURRENCE, "every day", recurrence=_DAILY) if sun.again else None
    if due.recurrence is not None:
        return replace(due, recurrence=replace(due.recurrence, times=()))
    return due


def _from_to(command: str, due: Due) -> LaterRequest:
    start, end = due.start, due.end
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end - start < timedelta(minutes=1):
        return LaterRequest(command, due)
    point = Due(DueKind.POINT, due.wording, at=start)
    return LaterRequest(command, point, lasts_s=(end - start).total_seconds())
