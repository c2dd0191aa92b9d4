"""Times of day: 17:30, half past seven, 5pm, quarter to nine, noon, at 5."""

from __future__ import annotations

import re

from engine.tasks.times.moment import Clock, Moment, Scene
from engine.tasks.times.numbers import CARDINALS
from engine.tasks.times.rule import Rule, rule

_HOURS = {word: number for word, number in CARDINALS.items() if 1 <= number <= 12}
_HOUR_WORD = "|".join(sorted(_HOURS, key=len, reverse=True))
_MINUTE_WORDS = {word: number for word, number in CARDINALS.items() if 10 <= number <= 59}
_MINUTE_WORD = "|".join(sorted((word.replace(" ", "[ -]") for word in _MINUTE_WORDS), key=len, reverse=True))
_NUMBER_WORDS = " ".join({part for word in CARDINALS for part in word.split()})

ZONES = {"gmt": 0, "utc": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "ist": 330}
ZONES |= {"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}

_HALF = r"(?: ?(?P<half>[ap])(?:\.? ?m)(?!\w)\.?|(?<=\d)(?P<short>[ap])(?!\w)\.?)"
_ZONE = rf"(?: ?\(?(?P<zone>{'|'.join(ZONES)})(?!\w)\)?)?"
_OCLOCK = r" ?o'? ?clock(?!\w)"
_AFTER = r"(?:ish|-ish)?(?: sharp| on the dot| exactly| approximately| o'? ?clock)?(?!\w)"
_HOUR = rf"(?P<hour>\d{{1,2}}|{_HOUR_WORD})"
_FREE = r"(?<![\w.:/,$€£#-])"
_TO = r"(?:from|at|@|by|around|about|approximately|approx|before|after|until|till|til|past|than|between|for)"
_NOT_A_UNIT = (
    r"(?! ?(?:%|°|percent|per cent|degrees?|deg|volts?|watts?|euros?|eur|dollars?|pounds?|quid|kg|kilos?|g|grams?"
    r"|ml|l"
    r"|lit(?:er|re)s?|km|k|miles?|mph|metres?|meters?|cm|mm|inch(?:es)?|feet|foot|people|persons?|times|x|pieces?"
    r"|steps?"
    r"|points?|items?|eggs?|bottles?|boxes|packs?|bags?|cans?|stars?|apples?|lemons?|kids|children|seconds?|secs?"
    r"|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|nights?|weekends?|fold|st|nd|rd|th|other|others|of "
    r"(?:them|us|the|my)"
    r"|street|st\.|road|avenue|lane|main|bpm|rpm|db|brightness|volume|bars?|gb|mb|watt|a side|[-/.,:]\d|\.\d)"
    r"(?!\w)|[-/:%°])"
)

TRIGGERS = f"0 noon midday midnight oclock clock o half quarter {_NUMBER_WORDS}"


def _half(found: re.Match[str]) -> str:
    groups = found.groupdict()
    letter = groups.get("half") or groups.get("short")
    return f"{letter}m" if letter else ""


def _offset(found: re.Match[str]) -> int | None:
    zone = found.groupdict().get("zone")
    return ZONES[zone] if zone else None


def clock_at(hour: int, minute: int = 0, second: int = 0, *, half: str = "", **more: object) -> Clock | None:
    """Return a time of day, or None where there is none such."""
    if not (0 <= hour <= 24 and 0 <= minute < 60 and 0 <= second < 60) or (hour == 24 and (minute or second)):
        return None
    settled = bool(more.pop("settled", False)) or hour == 0 or hour > 12
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
        settled = True
    return Clock(hour % 24, minute, second, half, settled, **more)  # type: ignore[arg-type]


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
    if digits in _HOURS:
        hour, minute = _HOURS[digits], 0
    elif len(digits) > 2:
        hour, minute = int(digits[:-2]), int(digits[-2:])
    else:
        hour, minute = int(digits), 0
    said = found["minute"]
    if said:
        minute = int(said) if said.isdigit() else _MINUTE_WORDS.get(said.replace("-", " "), 0)
    if hour > 12 and minute == 0 and len(digits) <= 2 and not said:
        return None
    return _moment(clock_at(hour, minute, half=_half(found), offset=_offset(found), hour_only=not minute and not said))


def _hour(words: str) -> int:
    return int(words) if words.isdigit() else _HOURS[words]


def _oclock(found: re.Match[str], _: Scene) -> Moment | None:
    return _moment(clock_at(_hour(found["hour"]), half=_half(found), offset=_offset(found), hour_only=True))


_WORD_MINUTES = _MINUTE_WORDS | {"quarter": 15, "a quarter": 15, "half": 30, "five": 5, "one": 1, "two": 2, "three": 3}
_WORD_MINUTES |= {"four": 4, "six": 6, "seven": 7, "eight": 8, "nine": 9}


_PART_FOLLOWS = re.compile(r" (?:in the |at )?(?:morning|afternoon|evening|night|tomorrow|today)(?!\w)")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_RANGE_LEADS = re.compile(r"(?:from|between) $")
_FOLLOWS = re.compile(
    r"$|[,.;!?)]| (?:to|and|on|in|at|by|for|today|tomorrow|tonight|please|every|each|this|next|or|then|the|we|i"
    r"|so|until|till"
    r"|sharp|with|about|o'?clock|or so|because|if|but|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|daily|morning|afternoon|evening|night|noon)(?!\w)"
)
_RINGING = frozenset(
    "alarm alarms wake remind reminder reminders appointment meeting meet alert ring dinner lunch breakfast table booking".split()
)
_SETTING = frozenset(
    "turn up down raise lower increase decrease dim brighten volume brightness percent heat heating thermostat temperature "
    "degrees fan speed level channel".split()
)


def _is_a_time(found: re.Match[str], scene: Scene) -> bool:
    """Tell the hours of "by 5" and "for 7" from amounts and counts."""
    way = (found["at"] or "").split(" ")[0]
    ringing = not _RINGING.isdisjoint(scene.words)
    if "set" in scene.words and not ringing:
        return False
    if (
        way in {"by", "about", "around", "from", "than", "past"}
        and not ringing
        and not _SETTING.isdisjoint(scene.words)
    ):
        return False
    if way == "for" and not ringing:
        return False
    return way in {"at", "@"} or "ish" in found.group() or _FOLLOWS.match(found.string, found.end()) is not None


def _past(found: re.Match[str], _: Scene) -> Moment | None:
    said = found["minutes"].replace("-", " ")
    minutes = int(said) if said.isdigit() else _WORD_MINUTES.get(said)
    way = found["way"]
    if minutes is None or minutes > 59 or (said == "half" and way not in {"past", "after", "gone"}):
        return None
    bare = said.isdigit() and not found["unit"]
    if bare and way in {"to", "of", "from"} and not (found["at"] or _half(found) or found["named"]):
        rest = found.string[found.end() :]
        if not (_PART_FOLLOWS.match(rest) or _half(found)) or _RANGE_LEADS.search(found.string[: found.start()]):
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
    if digits in _HOURS:
        hour, minute = _HOURS[digits], 0
    elif len(digits) > 2:
        hour, minute = int(digits[:-2]), int(digits[-2:])
        settled = digits[0] == "0"
    else:
        hour, minute = int(digits), 0
        settled = digits[0] == "0" and len(digits) == 2
    if said:
        plain = said.replace("-", " ")
        minute = int(plain) if plain.isdigit() else _MINUTE_WORDS.get(plain.removeprefix("o ").removeprefix("oh "), -1)
        if minute < 0:
            minute = CARDINALS[plain.split()[-1]]
    latent = found["at"] is None and not found.group().endswith("ish")
    if not latent and not _is_a_time(found, _scene):
        if not (found["at"] or "").startswith("for"):
            return None
        latent = True
    if _A_YEAR.fullmatch(digits) and not (found["at"] or "").startswith(("at", "@")):
        return None
    return _moment(
        clock_at(
            hour,
            minute,
            settled=settled,
            latent=latent,
            hour_only=(not said and len(digits) < 3) or digits in _HOURS,
            offset=_offset(found),
        )
    )


def _military(found: re.Match[str], _: Scene) -> Moment | None:
    return _moment(clock_at(int(found["hour"]), int(found["minute"]), settled=True))


_SPOKEN_MINUTE = rf"(?P<minute>[0-5]\d|(?:o|oh)[ -](?:one|two|three|four|five|six|seven|eight|nine)|{_MINUTE_WORD})"


def _range(found: re.Match[str], _: Scene) -> Moment | None:
    first_half, half = found["a_half"] or found["a_short"], found["half"] or found["short"]
    sure = bool(
        first_half or half or found["a_minute"] or found["minute"] or found["from"] or found["h1"] or found["h2"]
    )
    if found["way"] == "and" and not (found["from"] or "").startswith("between"):
        return None
    first, second = int(found["a_hour"]), int(found["hour"])
    last = f"{half}m" if half else ""
    lead = f"{first_half}m" if first_half else ""
    if last and not lead and first <= 12:
        lead = last if first % 12 < second % 12 or (first % 12 == second % 12) else {"pm": "am", "am": "pm"}[last]
    if (
        found["way"] == "to"
        and not (sure and found["a_minute"])
        and not found["from"]
        and first in {5, 10, 20, 25}
        and second <= 12
    ):
        rest = found.string[found.end() :]
        if last or _PART_FOLLOWS.match(rest):
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
        rf"{_FREE}(?P<from>(?:from|between) )?(?P<a_hour>[01]?\d|2[0-4])(?:[:h.]?(?P<a_minute>[0-5]\d)|(?P<h1>h))?"
        r"(?: ?(?P<a_half>[ap])\.? ?m(?!\w)\.?|(?<=\d)(?P<a_short>[ap])(?!\w))?(?: ?(?:gmt|utc))?"
        r" ?(?P<way>-|to|till|until|til|and|thru|through) ?"
        rf"(?P<hour>[01]?\d|2[0-4])(?:[:h.]?(?P<minute>[0-5]\d)|(?P<h2>h))?{_HALF}?{_NOT_A_UNIT}(?!\w)(?! (?:of )?"
        rf"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)){_ZONE}",
        _range,
    ),
    rule(
        "0",
        rf"{_FREE}(?P<at>(?:at|@) ?)?(?P<hour>[01]?\d|2[0-4]) ?(?P<mark>[:h]) ?(?P<minute>[0-5]\d)(?!\d)"
        rf"(?::(?P<second>[0-5]\d)(?:\.\d+)?)?{_HALF}?{_AFTER}{_ZONE}",
        _colon,
    ),
    rule(
        "0",
        rf"{_FREE}(?P<hour>[01]?\d|2[0-4])(?P<mark>\.)(?P<minute>[0-5]\d)(?P<second>(?!x)x)?"
        rf"(?![.\d]){_HALF}{_AFTER}{_ZONE}",
        _colon,
    ),
    rule(
        "0",
        rf"(?<!\w)(?:at|@|by|until|till|before|after|around) ?(?P<hour>[01]?\d|2[0-4])(?P<mark>\.)(?P<minute>[0-5]\d)"
        rf"(?P<second>(?!x)x)?(?![.\d]){_NOT_A_UNIT}{_ZONE}",
        _colon,
    ),
    rule("0", rf"{_FREE}(?P<hour>1?\d|2[0-4]) ?h(?!\w){_ZONE}", _french),
    rule(
        TRIGGERS,
        rf"{_FREE}(?P<digits>[0-2]?\d[0-5]\d|1?\d|{_HOUR_WORD})(?:[ -]{_SPOKEN_MINUTE})?{_HALF}{_AFTER}{_ZONE}",
        _with_half,
    ),
    rule("0 oclock clock", rf"{_FREE}{_HOUR}{_OCLOCK}(?: sharp)?{_HALF}?{_ZONE}", _oclock),
    rule(
        "past after to of before till til from gone quarter",
        rf"{_FREE}(?P<at>(?:at|by|around|about|until|till|before|after|for) )?(?:a )?"
        rf"(?P<minutes>half|quarter|[1-5]?\d|{_MINUTE_WORD}|five|one|two|three|four|six|seven|eight|nine)"
        rf"(?P<unit> min(?:ute)?s?)? (?P<way>past|after|gone|to|of|before|till|til|from) "
        rf"(?:{_HOUR}(?=[ap](?:\.?m)?(?!\w)|\W|$)(?! ?[-/:.]\d)|(?P<named>noon|midday|midnight))"
        rf"(?:ish)?(?: ?o'? ?clock)?(?:{_HALF})?{_NOT_A_UNIT}{_ZONE}",
        _past,
    ),
    rule(
        "half",
        rf"{_FREE}half (?P<hour>{_HOUR_WORD}|[1-9]|1[0-2])(?:{_HALF})?(?=$|[,.;!?]| (?:on|in|at|to|today|tomorrow"
        rf"|tonight|and|every))",
        _half_hour,
    ),
    rule("noon midday midnight", rf"{_FREE}(?:(?:12|twelve) )?(?P<named>noon|midday|midnight)(?!\w)", _named),
    rule(
        TRIGGERS,
        rf"{_FREE}(?P<at>{_TO} ?(?:about |around |like |the )?)?(?P<digits>[0-2]?\d[0-5]\d|1?\d|2[0-4]|0\d"
        rf"|{_HOUR_WORD})"
        rf"(?:[ -](?:{_SPOKEN_MINUTE}))?{_NOT_A_UNIT}{_AFTER}{_ZONE}",
        _bare,
    ),
    rule(
        "hours hrs hour",
        rf"{_FREE}(?:o )?(?P<hour>[0-2]?\d) ?(?P<minute>[0-5]\d) ?(?:hours|hrs|h)(?!\w)",
        _military,
    ),
)
