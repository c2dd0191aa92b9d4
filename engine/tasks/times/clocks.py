"""Times of day: 17:30, half past seven, 5pm, quarter to nine, noon, at 5."""

from __future__ import annotations

import re

from engine.tasks.times.clock_words import (
    A_YEAR,
    AFTER,
    FOLLOWS,
    FREE,
    HALF,
    HOUR,
    HOUR_WORD,
    HOURS,
    MINUTE_WORD,
    MINUTE_WORDS,
    NOT_A_UNIT,
    OCLOCK,
    PART_FOLLOWS,
    RANGE_LEADS,
    TO,
    TRIGGERS,
    ZONE,
    ZONES,
    is_a_time,
    sets_an_amount,
)
from engine.tasks.times.moment import Clock, Moment, Scene
from engine.tasks.times.numbers import CARDINALS
from engine.tasks.times.rule import Rule, rule


def _half(found: re.Match[str]) -> str:
    groups = found.groupdict()
    letter = groups.get("half") or groups.get("short")
    return f"{letter}m" if letter else ""


def _offset(found: re.Match[str]) -> int | None:
    zone = found.groupdict().get("zone")
    return ZONES[zone] if zone else None


def clock_at(
    hour: int,
    minute: int = 0,
    second: int = 0,
    *,
    half: str = "",
    settled: bool = False,
    offset: int | None = None,
    latent: bool = False,
    hour_only: bool = False,
) -> Clock | None:
    """Return a time of day, or None where there is none such."""
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= second < 60) or (hour == 24 and (minute or second)):
        return None
    settled = settled or hour == 0 or hour > 12
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
        settled = True
    return Clock(hour % 24, minute, second, half, settled, offset, latent, hour_only)


def _moment(clock: Clock | None) -> Moment | None:
    return Moment(clock=clock) if clock else None


def _colon(found: re.Match[str], _: Scene) -> Moment | None:
    settled = found["mark"] == "h" or (found["hour"][0] == "0" and len(found["hour"]) == 2)
    second = int(found["second"] or 0)
    clock = clock_at(
        int(found["hour"]), int(found["minute"]), second, half=_half(found), settled=settled, offset=_offset(found)
    )
    return _moment(clock)


def _french(found: re.Match[str], _: Scene) -> Moment | None:
    return _moment(clock_at(int(found["hour"]), settled=True, offset=_offset(found), hour_only=True))


def _with_half(found: re.Match[str], _: Scene) -> Moment | None:
    digits = found["digits"]
    if digits in HOURS:
        hour, minute = HOURS[digits], 0
    elif len(digits) > 2:
        hour, minute = int(digits[:-2]), int(digits[-2:])
    else:
        hour, minute = int(digits), 0
    said = found["minute"]
    if said:
        minute = int(said) if said.isdigit() else MINUTE_WORDS.get(said.replace("-", " "), 0)
    if hour > 12 and minute == 0 and len(digits) <= 2 and not said:
        return None
    return _moment(clock_at(hour, minute, half=_half(found), offset=_offset(found), hour_only=not minute and not said))


def _hour(words: str) -> int:
    return int(words) if words.isdigit() else HOURS[words]


def _oclock(found: re.Match[str], _: Scene) -> Moment | None:
    return _moment(clock_at(_hour(found["hour"]), half=_half(found), offset=_offset(found), hour_only=True))


_WORD_MINUTES = MINUTE_WORDS | {"quarter": 15, "a quarter": 15, "half": 30, "five": 5, "one": 1, "two": 2, "three": 3}
_WORD_MINUTES |= {"four": 4, "six": 6, "seven": 7, "eight": 8, "nine": 9}


def _past(found: re.Match[str], _: Scene) -> Moment | None:
    said = found["minutes"].replace("-", " ")
    minutes = int(said) if said.isdigit() else _WORD_MINUTES.get(said)
    way = found["way"]
    if minutes is None or minutes > 59 or (said == "half" and way not in {"past", "after", "gone"}):
        return None
    bare = said.isdigit() and not found["unit"]
    if bare and way in {"to", "of", "from"} and not (found["at"] or _half(found) or found["named"]):
        follows = PART_FOLLOWS.match(found.string, found.end()) or _half(found)
        if not follows or RANGE_LEADS.search(found.string, max(0, found.start() - 8), found.start()):
            return None
    counted = said not in {"quarter", "half"} and not (found["unit"] or found["at"] or found["named"])
    if counted and way in {"of", "from"}:
        return None
    half = _half(found)
    if found["named"]:
        hour, settled = (0, True) if found["named"] == "midnight" else (12, True)
    else:
        hour, settled = _hour(found["hour"]), False
        if half and hour <= 12:
            hour = hour % 12 + (12 if half == "pm" else 0)
            settled = True
    settled = settled or hour > 12
    total = hour * 60 + (minutes if way in {"past", "after", "gone", "from"} else -minutes)
    if not settled and total < 60:
        total += 720
    hour, minute = divmod(total % 1440, 60)
    if hour > 23:
        return None
    return Moment(clock=Clock(hour, minute, settled=settled, half=half, offset=_offset(found)))


def _half_hour(found: re.Match[str], _: Scene) -> Moment | None:
    return _moment(clock_at(_hour(found["hour"]), 30, half=_half(found)))


def _named(found: re.Match[str], scene: Scene) -> Moment | None:
    at = scene.conventions.midnight if found["named"] == "midnight" else scene.conventions.noon
    half = "midnight" if found["named"] == "midnight" else "pm"
    return Moment(clock=Clock(at.hour, at.minute, settled=True, half=half))


def _bare(found: re.Match[str], _scene: Scene) -> Moment | None:
    digits, said = found["digits"], found["minute"]
    settled = False
    if digits in HOURS:
        hour, minute = HOURS[digits], 0
    elif len(digits) > 2:
        hour, minute = int(digits[:-2]), int(digits[-2:])
        settled = digits[0] == "0"
    else:
        hour, minute = int(digits), 0
        settled = digits[0] == "0" and len(digits) == 2
    if said:
        plain = said.replace("-", " ")
        minute = int(plain) if plain.isdigit() else MINUTE_WORDS.get(plain.removeprefix("o ").removeprefix("oh "), -1)
        if minute < 0:
            minute = CARDINALS[plain.split()[-1]]
    latent = found["at"] is None and not found.group().endswith("ish")
    if not latent and not is_a_time(found, _scene):
        if not (found["at"] or "").startswith("for"):
            return None
        latent = True
    if latent and not FOLLOWS.match(found.string, found.end()):
        return None
    if A_YEAR.fullmatch(digits) and not (found["at"] or "").startswith(("at", "@")):
        return None
    return _moment(
        clock_at(
            hour,
            minute,
            settled=settled,
            latent=latent,
            hour_only=(not said and len(digits) < 3) or digits in HOURS,
            offset=_offset(found),
        )
    )


def _military(found: re.Match[str], _: Scene) -> Moment | None:
    return _moment(clock_at(int(found["hour"]), int(found["minute"]), settled=True))


_SPOKEN_MINUTE = rf"(?P<minute>[0-5]\d|(?:o|oh)[ -](?:one|two|three|four|five|six|seven|eight|nine)|{MINUTE_WORD})"


def _range(found: re.Match[str], scene: Scene) -> Moment | None:
    first_half, half = found["a_half"] or found["a_short"], found["half"] or found["short"]
    sure = bool(
        first_half or half or found["a_minute"] or found["minute"] or found["from"] or found["h1"] or found["h2"]
    )
    if found["way"] == "and" and not (found["from"] or "").startswith("between"):
        return None
    if sets_an_amount(scene) and not (first_half or half):
        return None
    first, second = int(found["a_hour"]), int(found["hour"])
    last = f"{half}m" if half else ""
    lead = f"{first_half}m" if first_half else ""
    if last and not lead and first <= 12:
        lead = last if first % 12 < second % 12 or (first % 12 == second % 12) else {"pm": "am", "am": "pm"}[last]
    minutes_to = found["way"] == "to" and not (found["a_minute"] or found["from"]) and first in {5, 10, 20, 25}
    if minutes_to and second <= 12 and (last or PART_FOLLOWS.match(found.string, found.end())):
        return None
    start = clock_at(
        first, int(found["a_minute"] or 0), half=lead, settled=bool(found["h1"]), latent=not sure, offset=_offset(found)
    )
    end = clock_at(
        second, int(found["minute"] or 0), half=last, settled=bool(found["h2"]), latent=not sure, offset=_offset(found)
    )
    return Moment(clock=start, until=end) if start and end else None


RULES: tuple[Rule, ...] = (
    rule(
        "0",
        rf"{FREE}(?P<from>(?:from|between) )?(?P<a_hour>[01]?\d|2[0-4])(?:[:h.]?(?P<a_minute>[0-5]\d)|(?P<h1>h))?"
        r"(?: ?(?P<a_half>[ap])\.? ?m(?!\w)\.?|(?<=\d)(?P<a_short>[ap])(?!\w))?(?: ?(?:gmt|utc))?"
        r" ?(?P<way>-|to|till|until|til|and|thru|through) ?"
        rf"(?P<hour>[01]?\d|2[0-4])(?:[:h.]?(?P<minute>[0-5]\d)|(?P<h2>h))?{HALF}?{NOT_A_UNIT}(?!\w)(?! (?:of )?"
        rf"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)){ZONE}",
        _range,
    ),
    rule(
        "0",
        rf"{FREE}(?P<at>(?:at|@) ?)?(?P<hour>[01]?\d|2[0-4]) ?(?P<mark>[:h]) ?(?P<minute>[0-5]\d)(?!\d)"
        rf"(?::(?P<second>[0-5]\d)(?:\.\d+)?)?{HALF}?{AFTER}{ZONE}",
        _colon,
    ),
    rule(
        "0",
        rf"{FREE}(?P<hour>[01]?\d|2[0-4])(?P<mark>\.)(?P<minute>[0-5]\d)(?P<second>(?!x)x)?"
        rf"(?![.\d]){HALF}{AFTER}{ZONE}",
        _colon,
    ),
    rule(
        "0",
        rf"(?<!\w)(?:at|@|by|until|till|before|after|around) ?(?P<hour>[01]?\d|2[0-4])(?P<mark>\.)(?P<minute>[0-5]\d)"
        rf"(?P<second>(?!x)x)?(?![.\d]){HALF}?{NOT_A_UNIT}{ZONE}",
        _colon,
    ),
    rule("0", rf"{FREE}(?P<hour>1?\d|2[0-4]) ?h(?!\w){ZONE}", _french),
    rule(
        TRIGGERS,
        rf"{FREE}(?P<digits>[0-2]?\d[0-5]\d|1?\d|{HOUR_WORD})(?:[ -]{_SPOKEN_MINUTE})?{HALF}{AFTER}{ZONE}",
        _with_half,
    ),
    rule("0 oclock clock", rf"{FREE}{HOUR}{OCLOCK}(?: sharp)?{HALF}?{ZONE}", _oclock),
    rule(
        "past after to of before till til from gone quarter",
        rf"{FREE}(?P<at>(?:at|by|around|about|until|till|before|after|for) )?(?:a )?"
        rf"(?P<minutes>half|quarter|[1-5]?\d|{MINUTE_WORD}|five|one|two|three|four|six|seven|eight|nine)"
        rf"(?P<unit> min(?:ute)?s?)? (?P<way>past|after|gone|to|of|before|till|til|from) "
        rf"(?:{HOUR}(?=[ap](?:\.?m)?(?!\w)|\W|$)(?! ?[-/:.]\d)|(?P<named>noon|midday|midnight))"
        rf"(?:ish)?(?: ?o'? ?clock)?(?:{HALF})?{NOT_A_UNIT}{ZONE}",
        _past,
    ),
    rule(
        "half",
        rf"{FREE}half (?P<hour>{HOUR_WORD}|[1-9]|1[0-2])(?:{HALF})?(?=$|[,.;!?]| (?:on|in|at|to|today|tomorrow"
        rf"|tonight|and|every))",
        _half_hour,
    ),
    rule(
        "noon midday midnight mid",
        rf"{FREE}(?:(?:12|twelve) )?(?P<named>noon|midday|mid[ -]day|midnight)(?!\w)",
        _named,
    ),
    rule(
        TRIGGERS,
        rf"{FREE}(?P<at>{TO} ?(?:about |around |like |the )?)?(?P<digits>[0-2]?\d[0-5]\d|1?\d|2[0-4]|0\d"
        rf"|{HOUR_WORD})"
        rf"(?:[ -](?:{_SPOKEN_MINUTE}))?{NOT_A_UNIT}{AFTER}{ZONE}",
        _bare,
    ),
    rule(
        "hours hrs hour",
        rf"{FREE}(?:o )?(?P<hour>[0-2]?\d) ?(?P<minute>[0-5]\d) ?(?:hours|hrs|h)(?!\w)",
        _military,
    ),
)
