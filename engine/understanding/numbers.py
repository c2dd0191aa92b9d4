"""Numbers as people write them: digits, words, halves and quarters."""

from __future__ import annotations

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
} | {"fourty": 40}
_WORD = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_SPOKEN = re.compile(
    rf"\b(?:(?P<hundreds>a|one|two|three|four|five|six|seven|eight|nine) hundred(?: and)?(?: (?P<rest>(?:{_WORD})(?:[ -](?:{_WORD}))?))?|"
    rf"(?P<plain>(?:{'|'.join(_TENS)})[ -](?:one|two|three|four|five|six|seven|eight|nine)|{_WORD}))\b(?: (?:point|dot) (?P<point>{_WORD}|\d))?"
    rf"(?P<half> and a half)?"
)


def _small(words: str) -> int:
    return sum(_UNITS.get(word, _TENS.get(word, 0)) for word in re.split(r"[ -]", words))


def _digits(match: re.Match[str]) -> str:
    if match["hundreds"]:
        value: float = 100 * _UNITS.get(match["hundreds"], 1) + (_small(match["rest"]) if match["rest"] else 0)
    else:
        value = _small(match["plain"])
    if match["point"]:
        digit = match["point"] if match["point"].isdigit() else str(_small(match["point"]))
        value = float(f"{int(value)}.{digit}")
    if match["half"]:
        value += 0.5
    return f"{value:g}"


_A_PRONOUN = re.compile(
    r"(?<!\bto )(?<!\bat )(?<!\bby )(?<!\bvolume )(?<!\bspeed )(?<!\bposition )(?<!\bfor )(?<!\bin )\bone\b(?! (?:degrees?|percent|minutes?|hours?|seconds?|secs?|mins?|days?|point|hundred|and a half|am|pm|o'clock|%))"
)
_KEEP = "\x00"


def with_digits(plain_text: str) -> str:
    """Return the text with its number words as digits: "twenty one and a half degrees" becomes "21.5 degrees".

    "One" that stands for a thing ("the other one") stays a word.
    """
    tens = "|".join(_TENS)
    marked = _A_PRONOUN.sub(
        lambda m: m[0] if re.search(rf"(?:{tens})[ -]$", plain_text[: m.start()]) else _KEEP, plain_text
    )
    return _SPOKEN.sub(_digits, marked).replace(_KEEP, "one")


def number(text: str) -> float:
    """Return the value of digits such as "21.5" or "21,5", whole numbers as whole floats."""
    return float(text.replace(",", "."))


def tidy(value: float) -> int | float:
    """Return whole values as int, so that slots read 20 rather than 20.0."""
    return int(value) if float(value).is_integer() else value
