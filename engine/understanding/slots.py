"""The values in a command: percentages, colours, degrees, durations. Each is read once and taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.understanding.colors import COLORS, WHITES
from engine.understanding.numbers import number, tidy, with_digits
from engine.understanding.plain import plain

Percentages = tuple[tuple[re.Pattern[str], int], ...]
"""Wordings with the values they stand for, in the order in which they are looked for."""

_NUMBER = r"(?P<n>-?\d+(?:[.,]\d+)?)"
_PERCENT = re.compile(
    rf"\b(?P<by>by |another |a further )?(?:to |at |of |on |about |around |roughly )*{_NUMBER} ?"
    r"(?:%|percents?\b|per cent\b|pct\b)(?: (?:brightness|volume|speed|power|open|bright))?"
)
_BARE = re.compile(
    rf"\b(?P<lead>to|at|by|of|level|brightness|volume|position|speed) (?:about |around |level )?{_NUMBER}\b"
    r"(?! ?(?:degrees?|celsius|fahrenheit|am|pm|o'clock|minutes?|mins?|hours?|seconds?|secs?|:|k\b|kelvin))"
)
_FINAL = re.compile(rf"(?<= ){_NUMBER}$")
_DEGREES = re.compile(
    rf"(?P<by>\bby )?(?:\b(?:to|at|on|of) )?{_NUMBER} ?(?:°|º|degrees?|deg)? ?"
    r"(?P<unit>celsius|centigrade|fahrenheit|c|f)?\b"
)
_KELVIN = re.compile(r"\b(?:to |at )?(?P<n>\d{4,5}) ?(?:k|kelvin)\b")
_DURATION = re.compile(r"(?P<n>\d+(?:\.\d+)?) ?(?P<unit>seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?)\b")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_HALF_HOUR = re.compile(
    r"\b(?:half an hour|a half hour|half hour|(?P<most>(?:three|3) quarters of an hour)|(?P<minute>half a minute)"
    r"|(?P<quarter>a quarter of an hour|quarter of an hour|quarter hour))\b"
)
_AN_HOUR = re.compile(r"\b(?:an?|one) (?P<unit>hour|minute|second|day)(?P<half> and a half)?\b")
_FOR = re.compile(
    r"\bfor (?:the next |about |around )?"
    r"(?:\d+(?:\.\d+)? (?:seconds?|secs?|minutes?|mins?|hours?|hrs?)(?: and \d+ (?:minutes?|seconds?))?"
    r"|an hour|a minute|half an hour|a while)\b"
)


@dataclass(frozen=True)
class Slots:
    """The values found in a text, and the text without them."""

    values: Mapping[str, Any]
    rest: str


def prepare(text: str) -> str:
    """Return the plain text with number words as digits and the signs for degrees as words."""
    spaced = re.sub(r"(?<=\d)\s*%", "% ", text.replace("°", " degrees ").replace("º", " degrees "))
    return with_digits(plain(re.sub(r"degrees\s+([cf])\b", r"degrees \1", spaced, flags=re.IGNORECASE)))


def _fraction_of_an_hour(match: re.Match[str]) -> str:
    if match["minute"]:
        return "30 seconds"
    return "45 minutes" if match["most"] else "15 minutes" if match["quarter"] else "30 minutes"


def seconds_in(prepared: str) -> int | float | None:
    """Return the length of time that a prepared text speaks of, in seconds; None when it speaks of none."""
    text = _HALF_HOUR.sub(_fraction_of_an_hour, prepared)
    text = re.sub(r"\b(\d+) (?:and )?(?:1/2|a half)\b", r"\1.5", text)
    text = re.sub(r"(\d+) (hours?|minutes?) and a half\b", lambda m: f"{m[1]}.5 {m[2]}", text)
    text = _AN_HOUR.sub(lambda m: f"{1.5 if m['half'] else 1} {m['unit']}s", text)
    parts = [number(m["n"]) * _SECONDS[m["unit"][0]] for m in _DURATION.finditer(text)]
    return tidy(sum(parts)) if parts else None


class _Reader:
    """Takes values out of a text one after another."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, Any] = {}

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Find the first match and take it out of the text."""
        match = pattern.search(self.text)
        if match:
            self.text = " ".join(f"{self.text[: match.start()]} {self.text[match.end() :]}".split())
        return match

    def percent(self, slot: str, words: Percentages, *, lone: bool = True) -> None:
        """Read a percentage into `slot`, or into `step` when it was said with "by"."""
        match = self.take(_PERCENT) or self.take(_BARE) or (self.take(_FINAL) if lone else None)
        if match:
            groups = match.groupdict()
            value = tidy(number(match["n"]))
            by = bool(groups.get("by")) or groups.get("lead") == "by"
            if 0 <= value <= 100:
                self.values["step" if by else slot] = value
            else:
                self.values[f"bad_{slot}"] = value
            return
        self.first(slot, words)

    def first(self, slot: str, words: Percentages) -> None:
        """Give `slot` the value of the first wording that stands in the text."""
        for pattern, value in words:
            if self.take(pattern):
                self.values[slot] = value
                return


def _percentages(table: Mapping[str, int]) -> Percentages:
    return tuple(
        (re.compile(rf"\b(?:(?:to|at|on|by|in) )?(?:the |its |a |their )*(?:{phrase})\b"), value)
        for phrase, value in table.items()
    )


_FRACTIONS = {
    r"(?:three quarters|three-quarters|3 quarters|3/4)(?: of the way)?": 75,
    r"(?:a |1 )?quarter(?: of the way)?": 25,
    r"(?:(?:a|1) third|(?<!the )third of the way)(?: of the way)?": 33,
    (
        "half ?way|half(?: (?:brightness|power|volume|speed|open|closed|of the way|way|up|down))*|medium brightness"
        "|50 50|mid ?way"
    ): 50,
}
_BRIGHTNESS = _percentages(
    {
        (
            "max(?:ed)? out"
            "|(?:full|max(?:imum)?|maximal|highest|fullest|brightest)"
            "(?: (?:brightness|power|blast|level|setting|whack))?"
            "|full on|all the way up"
            "|(?:as )?bright as (?:possible|it (?:can|goes)(?: go)?|they (?:can|go)(?: go)?)"
        ): 100,
        **_FRACTIONS,
        (
            "(?:min(?:imum)?|lowest|dimmest)(?: (?:brightness|level|setting))?"
            "|(?:as )?(?:dim|low) as (?:possible|it goes|it can go)|all the way down"
        ): 1,
        (
            "(?:(?:low|dim)(?: (?:brightness|level|setting|light))"
            "|(?<=to )(?:low|dim)|(?<=on )low|(?<=set )(?:low|dim)|low$)"
        ): 20,
    }
)
_SPEED = _percentages(
    {
        (
            "(?:full|max(?:imum)?|high(?:est)?|top|fastest|turbo)(?: (?:speed|power|blast|setting|level|gear))?"
            "|all the way up|speed 3"
        ): 100,
        "(?:medium|mid|middle|normal|half)(?: (?:speed|power|setting|level))?|speed 2": 66,
        "(?:low(?:est)?|slow(?:est)?|min(?:imum)?|quiet|gentle)(?: (?:speed|power|setting|level))?|speed 1": 33,
    }
)
_POSITION = _percentages(
    {
        "(?:a |1 )?quarter(?: of the way)? (?:closed|shut|down)": 75,
        **_FRACTIONS,
        "(?:fully|completely|all the way|wide) open": 100,
        "(?:fully|completely) (?:closed|shut)": 0,
    }
)
_VOLUME = _percentages(
    {
        "max out|(?:full|max(?:imum)?|highest|loudest)(?: (?:volume|blast))?": 100,
        **_FRACTIONS,
        "(?:min(?:imum)?|lowest)(?: volume)?": 1,
    }
)


def _hues(table: Iterable[str]) -> re.Pattern[str]:
    phrases = "|".join(sorted(table, key=lambda phrase: (-len(phrase), phrase)))
    return re.compile(
        rf"\b(?:(?:to|in|into|on|a|an|the|nice|colou?r|shade of) )*(?P<word>{phrases})(?: (?:colou?r|mode|light$))?\b"
    )


_WHITE = _hues(WHITES)
_COLOR = _hues(COLORS)
_TONES = (
    (re.compile(r"\b(?:warmer|cosier|cozier)\b"), 2700),
    (re.compile(r"\b(?:cooler|colder)\b"), 6500),
)


def _light(reader: _Reader) -> None:
    kelvin = reader.take(_KELVIN)
    if kelvin:
        reader.values["color_temp"] = int(kelvin["n"])
    reader.percent("brightness", _BRIGHTNESS)
    if kelvin:
        return
    if white := reader.take(_WHITE):
        reader.values["color_temp"] = WHITES[white["word"]]
    elif color := reader.take(_COLOR):
        reader.values["color"] = color["word"].replace("grey", "gray")
    else:
        reader.first("color_temp", _TONES)


_MODES = tuple(
    (mode, re.compile(rf"\b(?:{words})"))
    for mode, words in (
        ("heat_cool", r"(?:heat ?[/_ ]?(?:and |or )?cool)(?: mode)?"),
        (
            "heat",
            r"heat(?:ing)? mode|mode (?:to )?heat(?:ing)?|(?<=to )heat(?:ing)?\b|on heat\b|(?<=on )heating\b$",
        ),
        ("cool", r"cool(?:ing)? mode|mode (?:to )?cool(?:ing)?|(?<=to )cool(?:ing)?\b|on cool\b"),
        ("auto", r"auto(?:matic)?(?: mode)?"),
        ("dry", r"dry(?:ing)?(?: mode)?|dehumidify(?: mode)?"),
        ("fan_only", r"fan[ _]only(?: mode)?|fan mode|just the fan|only the fan"),
    )
)
_COMPARED = re.compile(r"\b(?:warmer|cooler|hotter|colder|higher|lower|more|less)\b")
_A_FEW_DEGREES = re.compile(r"\b(?:by )?(?:(?P<few>a couple of|a few)|an?|one) degrees?\b")


def _climate(reader: _Reader) -> None:
    for mode, words in _MODES:
        if reader.take(words):
            reader.values["hvac_mode"] = mode
            break
    match = reader.take(_DEGREES)
    if match:
        value = tidy(number(match["n"]))
        relative = bool(match["by"]) or (bool(_COMPARED.search(reader.text)) and abs(value) <= 10)
        reader.values["step" if relative else "temperature"] = value
        if match["unit"]:
            reader.values["unit"] = "fahrenheit" if match["unit"].startswith("f") else "celsius"
    elif couple := reader.take(_A_FEW_DEGREES):
        reader.values["step"] = 2 if couple["few"] else 1


_INPUT = re.compile(r"\b(?:input|source) (?:to |on )?(?P<s>hdmi ?\d|[\w ]+)$")
_HDMI = re.compile(r"\b(?:to |on |onto )?(?P<s>hdmi ?\d)\b")


def _media(reader: _Reader) -> None:
    source = reader.take(_INPUT) or reader.take(_HDMI)
    if source:
        reader.values["source"] = source["s"].strip()
    reader.percent("volume", _VOLUME, lone="volume" in reader.text or "turn" in reader.text)


def _nothing(_reader: _Reader) -> None:
    return


_READERS: Mapping[str, Callable[[_Reader], None]] = {
    "light_control": _light,
    "fan_control": lambda reader: reader.percent("speed", _SPEED),
    "climate_control": _climate,
    "cover_control": lambda reader: reader.percent("position", _POSITION),
    "valve_control": lambda reader: reader.percent("position", _POSITION),
    "media_control": _media,
}


def extract(prepared: str, intent: str) -> Slots:
    """Return the slot values that a prepared text holds for an intent, with the text that remains."""
    reader = _Reader(prepared)
    timed = reader.take(_FOR) if intent.endswith("_control") else None
    if timed:
        duration = seconds_in(timed.group())
        if duration:
            reader.values["duration"] = duration
    _READERS.get(intent, _nothing)(reader)
    return Slots(reader.values, reader.text)
