"""Numbers as people write them: digits, words, halves and quarters."""

from __future__ import annotations

import re

_ONES = """
    zero one two three four five six seven eight nine ten
    eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
"""
_UNITS = {word: value for value, word in enumerate(_ONES.split())}
_TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40}
_DIGIT = "one|two|three|four|five|six|seven|eight|nine"
_WORD = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_SPOKEN = re.compile(
    rf"\b(?:(?P<hundreds>a|{_DIGIT}) hundred(?: and)?(?: (?P<rest>(?:{_WORD})(?:[ -](?:{_WORD}))?))?|"
    rf"(?P<plain>(?:{'|'.join(_TENS)})[ -](?:{_DIGIT})|{_WORD}))\b"
    rf"(?: (?:point|dot) (?P<point>{_WORD}|\d))?"
    r"(?P<half> and a half)?"
)
# "One" is a number only behind such a word or before such a unit; elsewhere it stands for a thing.
_A_PRONOUN = re.compile(
    "".join(rf"(?<!\b{word} )" for word in "to at by volume speed position for in".split())
    + r"\bone\b(?! (?:degrees?|percent|minutes?|hours?|seconds?|secs?|mins?|days?|point|hundred|and a half"
    r"|am|pm|o'clock|%))"
)
_BEHIND_TENS = re.compile(rf"(?:{'|'.join(_TENS)}|hundred and|hundred)[ -]$")
_KEEP = "\x00"


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


def with_digits(plain_text: str) -> str:
    """Return the text with its number words as digits: "twenty one and a half degrees" becomes "21.5 degrees".

    "One" that stands for a thing ("the other one") stays a word.
    """
    marked = _A_PRONOUN.sub(lambda one: one[0] if _BEHIND_TENS.search(plain_text[: one.start()]) else _KEEP, plain_text)
    return _SPOKEN.sub(_digits, marked).replace(_KEEP, "one")


def number(text: str) -> float:
    """Return the value of digits such as "21.5" or "21,5", whole numbers as whole floats."""
    return float(text.replace(",", "."))


def tidy(value: float) -> int | float:
    """Return whole values as int, so that slots read 20 rather than 20.0."""
    return int(value) if float(value).is_integer() else value
