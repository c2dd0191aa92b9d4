"""The words of times of day, and how the hours of "at 5" are told from amounts and counts."""

from __future__ import annotations

import re

from engine.tasks.times.moment import Scene
from engine.tasks.times.numbers import CARDINALS

HOURS = {word: number for word, number in CARDINALS.items() if 1 <= number <= 12}
HOUR_WORD = "|".join(sorted(HOURS, key=len, reverse=True))
MINUTE_WORDS = {word: number for word, number in CARDINALS.items() if 10 <= number <= 59}
MINUTE_WORD = "|".join(sorted((word.replace(" ", "[ -]") for word in MINUTE_WORDS), key=len, reverse=True))
_NUMBER_WORDS = " ".join({part for word in CARDINALS for part in word.split()})

ZONES = {"gmt": 0, "utc": 0, "bst": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180, "ist": 330}
ZONES |= {"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420}

HALF = r"(?: ?(?P<half>[ap])(?:\.? ?m)(?!\w)\.?|(?<=\d)(?P<short>[ap])(?!\w)\.?)"
ZONE = rf"(?: ?\(?(?P<zone>{'|'.join(ZONES)})(?!\w)\)?)?"
OCLOCK = r" ?o'? ?clock(?!\w)"
AFTER = r"(?:ish|-ish)?(?: sharp| on the dot| exactly| approximately| o'? ?clock)?(?!\w)"
HOUR = rf"(?P<hour>\d{{1,2}}|{HOUR_WORD})"
FREE = r"(?<![\w.:/,$€£#-])"
TO = r"(?:from|at|@|by|around|about|approximately|approx|before|after|until|till|til|past|than|between|for)"
NOT_A_UNIT = (
    r"(?! ?[ap]\.? ?m(?!\w))"
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


PART_FOLLOWS = re.compile(r" (?:in the |at )?(?:morning|afternoon|evening|night|tomorrow|today)(?!\w)")
A_YEAR = re.compile(r"(?:19|20)\d\d")
RANGE_LEADS = re.compile(r"(?:from|between) $")
FOLLOWS = re.compile(
    r"$|[,.;!?)]| (?:to|and|on|in|at|by|for|today|tomorrow|tonight|please|every|each|this|next|or|then|the|we|i"
    r"|so|until|till"
    r"|sharp|with|about|o'?clock|or so|because|if|but|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|daily|morning|afternoon|evening|night|noon)(?!\w)"
)
_RINGING = frozenset("alarm alarms wake remind reminder reminders appointment meeting meet alert ring".split())
_SETTING = frozenset(
    "raise lower increase decrease dim brighten volume brightness percent thermostat "
    "temperature degrees speed level channel".split()
)


def is_a_time(found: re.Match[str], scene: Scene) -> bool:
    """Tell the hours of "by 5" and "for 7" from amounts and counts."""
    way = (found["at"] or "").split(" ")[0]
    ringing = not _RINGING.isdisjoint(scene.words)
    if "set" in scene.words and not ringing:
        return False
    if way == "by" and found.string[: found.start()].rstrip()[-1:].isdigit():
        return False
    if way in {"by", "from"} and not ringing and sets_an_amount(scene):
        return False
    if way == "for" and not ringing:
        return False
    return way in {"at", "@"} or "ish" in found.group() or FOLLOWS.match(found.string, found.end()) is not None


def sets_an_amount(scene: Scene) -> bool:
    """Whether the sentence turns something up or down, so that a number is how much."""
    if not _SETTING.isdisjoint(scene.words):
        return True
    return "turn" in scene.words and not scene.words.isdisjoint({"up", "down"})
