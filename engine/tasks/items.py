"""What stands on a list: "milk, eggs and two lemons" as its items, each with how much of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from engine.tasks.words import phrases_of, words_of
from engine.understanding.numbers import with_digits

MOST_ITEMS = 60
_LONGEST_ITEM = 120


@dataclass(frozen=True)
class Item:
    """One thing on a list, and how much of it as it was said ("2 kg", "6"), or None."""

    name: str
    quantity: str | None = None


_QUOTED = re.compile(r"\"([^\"]{1,120})\"|(?<!\w)'((?:[^']|(?<=\w)'(?=\w)){1,120})'(?!\w)")
_PARTED = re.compile(
    r"\s*[,;\n•]+\s*(?:and\s+(?:also\s+|then\s+)?|plus\s+|or\s+)?|\s+(?:and|plus|as well as|along with|n|'n'|also|"
    r"then)\s+(?:also\s+|some\s+more\s+)?|\s*(?<=\s)[&+]\s+",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    r"\b(\d+|one|two|three|four|five|six|seven|eight|nine|ten|a \w+|an \w+) and (a half|a quarter)\b", re.IGNORECASE
)
_BARE_LEAD = re.compile(
    r"(?:(?:and|also|then|please|maybe|plus|both|either|just|oh|some more|some|any|more|the|our|my|your|another|"
    r"a bit of|a little|lots of|loads of|plenty of|"
    r"enough|extra|item|items|buy|get|need|we need|i need)(?![\w'])\s*)+",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W_]")
_ARTICLE = re.compile(r"(?:a|an|one)\s+(?=\S)", re.IGNORECASE)
_BARE_TRAIL = re.compile(
    r"(?:\s+(?:please|thanks|too|as well|also|again|thank you|and|for me|for us))+$", re.IGNORECASE
)
_EDGES = " ,;.:!?-–—*•|"
_TIMES = re.compile(
    r"(?:^(?P<before>\d{1,4})\s?[x×]\s+(?P<name>.+)$|^(?P<left>.+?)\s+(?:[x×]\s?(?P<after>\d{1,4})|"
    r"\((?P<bracket>\d{1,4})\))$)",
    re.IGNORECASE,
)
_FRACTION = r"(?:half a|half an|a half|quarter of a|a quarter|half|three quarters of a|a quarter of a)"


@cache
def _units() -> str:
    return "|".join(sorted(map(re.escape, words_of("units")), key=len, reverse=True))


@cache
def _measured() -> re.Pattern[str]:
    number = (
        rf"(?:one|\d{{1,5}}(?:[.,/]\d{{1,3}})?(?:\s?[½¼¾])?|[½¼¾]|an?|{_FRACTION}|(?:a )?few|(?:a )?couple(?: of)?|"
        rf"several)"
    )
    size = r"(?:small |large |big |little |tiny |whole |full |family )?"
    return re.compile(
        rf"(?P<amount>{number}(?:\s?|"
        rf"-){size}(?:{_units()})(?:\s(?:{_units()}))?)(?:\s+of)?(?:\s+the)?\s+(?P<name>\S.*)$",
        re.IGNORECASE,
    )


_DOZEN = re.compile(
    r"(?P<many>half a|a half|a|one|\d{1,3})?\s*dozen(?:\s+of)?(?:\s+the)?\s+(?P<name>\S.*)$", re.IGNORECASE
)
_COUPLE = re.compile(r"(?:a\s+)?couple(?:\s+of)?\s+(?:more\s+)?(?P<name>\S.*)$", re.IGNORECASE)
_FEW = re.compile(r"(?P<amount>a few|several)(?:\s+more)?\s+(?:of\s+)?(?P<name>\S.*)$", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?P<amount>\d{1,4}(?:[.,]\d{1,2})?)\s+(?:more\s+|of\s+the\s+|of\s+)?(?P<name>[^\W\d_].*)$", re.IGNORECASE
)
_PACK = re.compile(
    r"(?:a\s+)?(?P<amount>(?:\d{1,3}|two|three|four|six|eight|ten|twelve)[\s-]packs?)\s+(?:of\s+)?(?P<name>\S.*)$",
    re.IGNORECASE,
)
_GLUED = re.compile(r"(?P<number>\d{1,5}(?:[.,]\d{1,3})?)(?P<unit>[^\W\d_]{1,3})(?=\s)")


def items_of(text: str) -> tuple[Item, ...]:
    """Return the things a text names, at most 60 of them, in their order; a thing said twice stands once."""
    found: dict[str, Item] = {}
    for part in _parts(text):
        item = item_of(part)
        if item is not None and len(found) < MOST_ITEMS:
            found.setdefault(item.name.casefold(), item)
    return tuple(found.values())


def item_of(text: str) -> Item | None:
    """Return one thing with how much of it, or None where nothing is named."""
    quote = _QUOTED.fullmatch(text.strip(_EDGES))
    if quote:
        said = (quote[1] or quote[2]).strip()
        return Item(said) if _LETTER.search(said) else None
    said = _BARE_TRAIL.sub("", text.strip(_EDGES)[:_LONGEST_ITEM]).strip(_EDGES)
    said = _stripped(_BARE_LEAD, said)
    if not _LETTER.search(said):
        return None
    quantity, name = _amount(said)
    name = _stripped(_BARE_LEAD, name) if quantity else _stripped(_ARTICLE, name)
    return Item(name.strip(_EDGES), quantity) if _LETTER.search(name) else None


def _stripped(expression: re.Pattern[str], text: str) -> str:
    match = expression.match(text)
    return text[match.end() :].lstrip() if match and match.end() < len(text) else text


def _parts(text: str) -> list[str]:
    kept = _QUOTED.sub(lambda quote: _bound(quote[0]), text)
    kept = _AND_A_HALF.sub(lambda half: _bound(half[0]), kept)
    kept = _together().sub(lambda phrase: _bound(phrase[0]), kept)
    return [_loose(part) for part in _PARTED.split(kept) if part and part.strip()]


_HIDDEN = {ord(" "): "\x00", ord(","): "\x01", ord(";"): "\x02", ord("&"): "\x03", ord("+"): "\x04"}
_SHOWN = {ord(hidden): chr(shown) for shown, hidden in _HIDDEN.items()}


def _bound(phrase: str) -> str:
    return phrase.translate(_HIDDEN)


def _loose(part: str) -> str:
    return part.translate(_SHOWN)


@cache
def _together() -> re.Pattern[str]:
    phrases = (re.escape(phrase).replace(r"\ and\ ", r"\s+(?:and|&|n|'n')\s+") for phrase in phrases_of("together"))
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)(?:\s+(?:pies?|sandwich(?:es)?|crisps|soup|sauce|wrap|pasta|pizza|"
        rf"chips))?",
        re.IGNORECASE,
    )


def _amount(said: str) -> tuple[str | None, str]:
    """Return how much of what: ("2 kg", "flour"), ("6", "eggs"), (None, "milk")."""
    if any(said.casefold().startswith(name) for name in phrases_of("numbered")):
        return None, said
    times = _TIMES.match(said)
    if times:
        return times["before"] or times["after"] or times["bracket"], times["name"] or times["left"]
    digits = _GLUED.sub(_spaced, _digits(said))
    for expression in (_PACK, _DOZEN, _measured(), _COUPLE, _FEW, _COUNTED):
        match = expression.match(said if expression is _PACK else digits)
        if match:
            return _AMOUNT_OF.get(expression, _as_said)(match), match["name"]
    return None, said


def _spaced(match: re.Match[str]) -> str:
    return f"{match['number']} {match['unit']}" if match["unit"].casefold() in words_of("units") else match[0]


def _digits(said: str) -> str:
    """Return the text with the number it begins with in digits; numbers within a name stay words."""
    head, _, tail = said.partition(" ")
    words = " ".join([head, *tail.split(" ")[:5]])
    rest = said[len(words) :]
    turned = with_digits(words.casefold())
    if turned == words.casefold() or not turned[:1].isdigit():
        return said
    first = turned.split(" ", 1)[0]
    behind = turned.split(" ", 1)[1] if " " in turned else ""
    return f"{first} {words[len(words) - len(behind) :] if behind else ''}{rest}".rstrip()


def _as_said(match: re.Match[str]) -> str:
    return re.sub(r"^one(?=[ -])", "1", " ".join(match["amount"].casefold().split()))


def _dozens(match: re.Match[str]) -> str:
    many = (match["many"] or "a").casefold()
    if many in {"a", "one"}:
        return "12"
    return str(12 * int(many)) if many.isdigit() else "6"


_AMOUNT_OF: Mapping[re.Pattern[str], Callable[[re.Match[str]], str]] = MappingProxyType(
    {_DOZEN: _dozens, _COUPLE: lambda _: "2"}
)
