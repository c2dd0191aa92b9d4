"""Numbers as people write them: 20, twenty-one, half, a couple of, the third."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_FIRST = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()

CARDINALS: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_SMALL)}
    | _TENS
    | {f"{tens} {_SMALL[one]}": value + one for tens, value in _TENS.items() for one in range(1, 10)}
)
ORDINALS: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_FIRST, 1)}
    | {"thirtieth": 30}
    | {
        f"{tens} {_FIRST[one - 1]}": value + one
        for tens, value in (("twenty", 20), ("thirty", 30))
        for one in range(1, 10)
    }
)
_VAGUE: Mapping[str, float] = MappingProxyType(
    {"a": 1, "an": 1, "couple": 2, "pair": 2, "few": 3, "several": 5, "half": 0.5, "half a": 0.5, "half an": 0.5}
    | {"dozen": 12, "a dozen": 12}
)


def _either(words: Mapping[str, int]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", "[ -]") for word in sorted(words, key=len, reverse=True))


WORD_NUMBER = rf"(?:{_either(CARDINALS)})"
COUNT = (
    rf"(?:\d{{1,4}}(?:[.,]\d{{1,2}})?|{WORD_NUMBER}|(?:a )?(?:couple|pair)(?: of)?|(?:a )?few|several"
    r"|half an?|half|a dozen|an?)"
)
ORDINAL = rf"(?:\d{{1,2}} ?(?:st|nd|rd|th)|{_either(ORDINALS)})"


def count_of(words: str) -> float:
    """Return the number a COUNT says."""
    plain = " ".join(words.replace("-", " ").split())
    if plain[0].isdigit():
        return float(plain.replace(",", "."))
    if plain in CARDINALS:
        return CARDINALS[plain]
    plain = plain.removesuffix(" of")
    return _VAGUE[plain] if plain in _VAGUE else _VAGUE[plain.removeprefix("a ")]


def ordinal_of(words: str) -> int:
    """Return the number an ORDINAL says."""
    if words[0].isdigit():
        return int(words.rstrip("stndrh "))
    return ORDINALS[" ".join(words.replace("-", " ").split())]
