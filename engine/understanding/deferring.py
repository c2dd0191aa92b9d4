"""The words that put a command off: times of day, days, delays and repetitions, as regular expressions over plain text.

Numbers are digits by then ("at 7", "half 9"). A number that sets a value ("to 20", "by 10") is no time.
"""

from __future__ import annotations

import re

from engine.understanding.wordings import any_of, word_of

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_LENGTHS = (
    "seconds?|secs?|s|minutes?|mins?|min|m|hours?|hrs?|h|days?|weeks?|months?|years?|decades?|bit|while|moment|mo"
)
_HOUR = "(?:1[0-2]|[1-9])"
_WITH_MINUTES = r"(?:[01]?\d|2[0-3])[.:][0-5]\d"
_BY_HOW_MUCH = (
    "up|down|raise|lower|increase|decrease|reduce|brighter|dimmer|louder|quieter|softer|warmer|cooler|dim|brighten"
    "|bump|boost|drop|degrees?|percents?|faster|slower|more|less|higher"
)
_OCCASIONS = (
    "sunset|sunrise|dusk|dawn|nightfall|bedtime(?! routine)|lunch(?:time)?|dinner(?:time)?(?! time scene)|breakfast"
    "|supper|work|school|dark|tea ?time|the film|christmas|the news"
)
_CLOCK_TIME = any_of(
    r"\d{1,2}(?::\d{2})? ?(?:am|pm|a m|p m|o'clock)\b|\d{1,2}:\d{2}\b|half past|quarter (?:past|to)",
    r"\d{1,2} in the (?:morning|evening|afternoon)|noon|midday|midnight",
    _OCCASIONS,
)
_MEANWHILE = (
    r"(?:on|off|open|closed?|up|down|running|%|lights?|door|fan|heating|tv|music) "
    r"while (?:i'm|we're|i am|we are|i|we|they|he|she|the)\b"
)
_A_WHILE = (
    rf"(?:about |another |the next )?(?:\d+(?:\.\d+)?|an?|half an?|a couple of|a few|several|some) ?(?:{_LENGTHS})"
)
WAITED_FOR = re.compile(
    rf"\b(?:give (?:it|me|us|them)|leave it(?: for)?) {_A_WHILE}\b"
    rf"|\b(?:wait|hang on|hold on)(?: for)? (?!a (?:s|m|b))(?:about )?{_A_WHILE}\b"
    rf"|\bfor {_A_WHILE}\b.{{0,40}}?\b(?:and then|then|and after that|after that|before)\b"
)
"""A stretch of time with something behind it: "give it ten minutes and …", "on for an hour, then …"."""
DEFERRED = (
    WAITED_FOR.pattern,
    word_of(
        "tomorrow|tonight|later(?: on)?|this (?:evening|afternoon|morning|weekend|night)",
        f"next (?:week|month|year|{_DAYS}|morning|evening)",
        f"(?:on |every |each |this )?(?:{_DAYS})s?|weekdays?|weekends?",
        r"every (?:day|night|morning|evening|hour|week|\d+)|each (?:day|night|morning|evening)|nightly|daily|hourly",
        r"every (?:other|second|half|few|month|year|afternoon)|(?:once|twice|\d+ times) (?:an?|per|every) "
        "(?:hour|day|night|week|month)",
    ),
    r"^all (?:day|night|morning|afternoon|evening|week|weekend)\b",
    (
        r"\b(?:in|after|within) (?:about |around |another |the next )?"
        rf"(?:\d+(?:\.\d+)?|an?|half an?|a couple of|a few|several|some) ?(?:{_LENGTHS})\b"
    ),
    (
        r"\b\d+ ?(?:minutes?|mins?|hours?|seconds?|days?) (?:from now|from$|later|before|after)\b"
        r"|\b(?:an|half an|quarter of an) hour (?:from now|from$|later|before|after)\b"
        r"|\bin (?:a |3 |three )?quarters? of an hour\b|\bin \d+ and a half (?:minutes|hours|days)\b"
    ),
    rf"\b(?:at|by|around|before|after|from|until|till|come) (?:about )?{_CLOCK_TIME}\b",
    (
        r"\b\d{1,2}(?::\d{2})? ?(?:am|pm|o'clock)\b|\bhalf past \w+\b"
        r"|\b(?:quarter|\d+) (?:past|to) (?:\d+|noon|midnight)\b|\b\d{1,2}:\d{2}\b"
    ),
    rf"\bat {_HOUR}$|^(?:at|by|around|about|round about|come|from) {_HOUR}\b(?! ?(?:degrees?|percents?|%))",
    rf"\bat {_HOUR} (?:for|until|till|every|each|sharp)\b|\bhalf {_HOUR}\b|\b{_HOUR}ish\b",
    rf"\b(?:at|by|around|about|from|until|till) {_WITH_MINUTES}\b(?! ?(?:degrees?|percents?|%))",
    r"\bat (?:[01]\d|2[0-3])[0-5]\d(?: hours)?\b(?! ?k)",
    rf"(?<!\bto )\b(?:around|about|until|till) {_HOUR}$",
    rf"^(?!.*\b(?:{_BY_HOW_MUCH})\b).*\bby {_HOUR}$",
    rf"\b(?:from|between) {_HOUR} (?:to|and|until|till) {_HOUR}\b(?! ?(?:degrees?|percents?|%))",
    (
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b|\b(?:{_MONTHS})(?: the)? \d{{1,2}}(?:st|nd|rd|th)?\b"
        r"|\bend of (?:the|this|next) (?:day|week|month|year)\b"
    ),
    word_of(
        "(?:christmas|new year'?s?|easter|boxing|valentine'?s?|mother'?s|father'?s) "
        "(?:eve|day|morning|night|monday|sunday)",
        r"halloween|on (?:my|his|her|our|their|\w+'s) (?:birthday|anniversary|day off)",
    ),
    (
        rf"\b(?:from|on|until|by) the (?:first|second|third|\d+(?:st|nd|rd|th)?)(?: of)? (?:{_MONTHS})\b"
        r"|\bon the \d+(?:st|nd|rd|th)\b"
    ),
    r"\b"
    + any_of(  # no word need end behind these
        "on a schedule|schedule|some ?day|soon|eventually|first thing|overnight",
        "in the (?:morning|evening|afternoon|night)|at night|during the (?:day|night)",
        _MEANWHILE,
        r"before (?:i|we|you|they|he|she|bed|the|it)\b|after (?:i|we|you|they|he|she|the|it|dinner|lunch)\b",
    ),
)

_SUN_OR_CLOCK = (
    r"the sun(?:'s| is| has)? (?:sets?|set|goes down|gone down|down|rises?|risen|comes up|up)"
    r"|it(?:'s| is| gets| has got| becomes| turns| grows)(?: getting)? (?:dark|light)(?: outside| out)?"
)
_KNOWN_TIMES = re.compile(
    r"\b(?:when(?:ever)?|once|as soon as|the moment|after|until|till) "
    rf"(?:{_SUN_OR_CLOCK}\b|it(?:'s| is)(?: about)? (?=\d|half|quarter|noon|midnight|midday))"
)
_UNTIL = re.compile(rf"\b(?:until|till)(?= (?:about )?(?:{_CLOCK_TIME}|\d|half|quarter|tomorrow|late\b|(?:{_DAYS})\b))")


def with_known_times(plain_text: str) -> str:
    """Return the text with what only looks like a condition as the time it is: "when it gets dark", "until 10"."""
    return _UNTIL.sub("by", _KNOWN_TIMES.sub(_told_as_time, plain_text))


def _told_as_time(match: re.Match[str]) -> str:
    return "at " if match.group().endswith(" ") else "at sunset"
