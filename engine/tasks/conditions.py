"""What a person wants to be told of the home: which thing, in which state or beyond which value, for how long."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.tasks.condition_words import (
    ATTRIBUTES,
    COMPARISONS,
    EVENTS,
    HAPPENS,
    SOMEBODY,
    STATES,
    TELLING_BEHIND,
    TOO,
    WARMTH,
)
from engine.tasks.times import find_duration
from engine.understanding.slots import prepare

_ENDS = " \t,;.!?"
_LONGEST = 300  # characters; whoever writes more does not ask for a notice
_STOP = re.compile(
    r"^(?:please )?(?:stop|mute|silence|cancel|delete|remove|quit|disable|unmute|no more|don't|do not|never)\b"
    r"(?=.*\b(?:tell|telling|notices?|notify|notifying|notifications?|alerts?|alerting|warn|warning|warnings|inform"
    r"|informing|messages?|messaging|pinging|let(?:ting)?)\b)"
)
_LONG = re.compile(
    r"\s*\b(?:for|longer than|more than|over)(?: (?:at least|more than|longer than|over|about|around|the last))* "
    r"(?P<long>\d[\d.]* ?(?:and a half )?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|h|m|s)"
    r"|(?:an?|half an|a quarter of an|a few|a couple of) (?:seconds?|minutes?|hours?|days?))\b"
)
_SHORTEST_S, _LONGEST_S = 1.0, 7 * 86_400.0
_ARTICLE = re.compile(r"^(?:and|then|that|also)\s+")
_ANY = re.compile(r"^(?:any|one|either|some)(?: one)?(?: of)?(?: the| our| my)? ")
_PLACE = re.compile(r"\b(?:in|at|on|of|inside) (?P<place>(?:the |my |our )?[\w' ]+)$")
_APART = re.compile(r"(?P<thing>.+?) (?P<state>on|off)")
_SWITCHES = frozenset({"turns", "switches", "turn", "switch"})
_WATCHED = re.compile(r"\b(?:keep an eye on|watch)(?P<thing>(?: the| my| our)? [\w' ]+?)(?: and\b|,|$)")
_COMMAND = (
    r"(?:please )?(?:turn|switch|open|close|shut|lock|unlock|set|start|stop|dim|brighten|raise|lower|play|pause|put"
    r"|make|activate|run|heat|cool)\b.*"
)
_WORD = r"(?P<word>if|when(?:ever)?|once|as soon as|in case|every time|each time)"
_BEFORE = re.compile(rf"{_WORD} (?P<condition>.+?),? (?:then )?{_COMMAND}")
_BEHIND = re.compile(rf"{_COMMAND} ?,?{_WORD} (?P<condition>.+)")
_UNIT = r"(?: ?(?P<unit>°|degrees?|celsius|fahrenheit|c|f|%|percents?|kw|kilowatts?|w|watts?|ppm|lux|lx|litres?))?\b"


@dataclass(frozen=True)
class Condition:
    """What is to be told of: `thing` in the words that were said (empty where only "it" was).

    `state` is a word of `condition_words.STATES`; a value has its `attribute` and one bound, `kilo` says that it counts
    thousands. It has to be so `for_s` seconds. `always` is told every time, `several` of any of them. `vague` says that
    a number is missing ("too warm"), `besides` what more was said that nobody can watch for.
    """

    thing: str
    state: str | None = None
    attribute: str | None = None
    above: float | None = None
    below: float | None = None
    reaches: float | None = None
    kilo: bool = False
    for_s: float = 0.0
    always: bool = False
    several: bool = False
    vague: bool = False
    besides: str = ""
    said: str = ""


def stops_telling(text: str) -> bool:
    """Tell whether a sentence wants no more of some notices: "stop telling me when the gate opens"."""
    return _STOP.search(prepare(text)) is not None


def unmutes(text: str) -> bool:
    """Tell whether a sentence wants muted notices back."""
    return prepare(text).startswith(("unmute", "please unmute"))


def condition_within(text: str) -> str | None:
    """Return the condition of a command that waits for it ("when it gets below 18"), or None where there is none."""
    said = prepare(text).strip(_ENDS)
    if len(said) > _LONGEST:
        return None
    found = _BEFORE.fullmatch(said) or _BEHIND.fullmatch(said)
    if found is None:
        return None
    word = "if" if found["word"] in {"if", "in case", "should"} else found["word"]
    return f"{word} {found['condition'].strip(_ENDS)}"


def read_condition(text: str) -> Condition | None:
    """Return what a sentence wants to be told of, or None where that cannot be made out."""
    said = prepare(text)
    clause = _clause(said) if len(said) <= _LONGEST else None
    if clause is None:
        return None
    clause, besides = _besides(clause)
    clause, for_s = _lasting(clause)
    found = _read(clause.strip(_ENDS))
    if found is None:
        return None
    watched = _WATCHED.search(said)
    if not found.thing and watched is not None:
        found = replace(found, thing=watched["thing"].strip())
    always = bool(re.search(r"\b(?:whenever|every time|each time|any ?time|always|if|in case|should)\b", said))
    always = always and not re.search(r"\b(?:just once|only once|once only|the next time|this once)\b", said)
    several = bool(_ANY.match(found.thing))
    thing = _ANY.sub("", found.thing)
    return replace(found, thing=thing, for_s=for_s, always=always, several=several, besides=besides, said=clause)


def _clause(said: str) -> str | None:
    """Return what is to happen: what stands behind the "when", without the words that ask to be told."""
    whole = re.sub(r"\b(?:just|only) once\b|\bthe next time\b", "when", said) if "next time" in said else said
    happens = HAPPENS.search(whole)
    if happens is None:
        return None
    clause = TELLING_BEHIND.sub("", whole[happens.end() :]).strip(_ENDS)
    return re.sub(r"(?:,? (?:please|thanks|thank you))+$", "", clause) or None


def _besides(clause: str) -> tuple[str, str]:
    """Return the first condition, and what is said beside it that cannot be watched for."""
    found = re.search(
        r",? (?:and (?:it|the|we|i|nobody|no one|there|then)\b|while\b|tonight\b|today\b|tomorrow\b|at night\b|during\b"
        r"|after (?:dark|midnight|sunset|\d)|before (?:dark|midnight|sunrise|\d)|at (?:midnight|noon|\d)|between \d"
        r"|on (?:weekdays|weekends|\w+days?)\b).*$",
        clause,
    )
    if found is None or not clause[: found.start()].strip(_ENDS):
        return clause, ""
    return clause[: found.start()], found.group().strip(_ENDS)


def _lasting(clause: str) -> tuple[str, float]:
    found = _LONG.search(clause)
    length = find_duration(found["long"]) if found is not None else None
    if found is None or length is None or not _SHORTEST_S <= length[0] <= _LONGEST_S:
        return clause, 0.0
    return f"{clause[: found.start()]} {clause[found.end() :]}".strip(), float(length[0])


def _read(clause: str) -> Condition | None:
    readers: tuple[Callable[[str], Condition | None], ...] = (_value, _event, _by_somebody, _state, _too)
    return next((found for reader in readers if (found := reader(clause)) is not None), None)


def _value(clause: str) -> Condition | None:
    for pattern, bound, warmth in COMPARISONS:
        found = re.search(rf"{pattern} (?P<value>-?\d+(?:\.\d+)?|zero|freezing){_UNIT}(?P<behind>.*)$", clause)
        if found is None:
            continue
        value = 0.0 if found["value"] in {"zero", "freezing"} else float(found["value"])
        thing = _thing(f"{clause[: found.start()]} {found['behind']}")
        unit = found["unit"] or ""
        attribute = _attribute(thing, unit, warmth=warmth or found["value"] == "freezing")
        return Condition(
            _without_attribute(thing, attribute),
            attribute=attribute,
            kilo=unit.startswith("k"),
            above=value if bound == "above" else None,
            below=value if bound == "below" else None,
            reaches=value if bound == "reaches" else None,
        )
    return None


def _event(clause: str) -> Condition | None:
    """Read what happens without a thing that does it: movement, a leak, smoke, somebody there."""
    for pattern, state in EVENTS:
        found = pattern.search(clause)
        if found is not None:
            rest = re.sub(r"^(?:into|in|at|around|near|on|to) ", "", clause[found.end() :].strip())
            place = _PLACE.search(rest) or _PLACE.search(clause)
            return Condition(place["place"] if place else rest, state=state)
    return None


def _by_somebody(clause: str) -> Condition | None:
    found = SOMEBODY.match(clause)
    if found is None:
        return None
    apart = _APART.fullmatch(found["thing"].strip()) if found["verb"] in _SWITCHES else None
    if apart is not None:
        return Condition(apart["thing"], state=apart["state"])
    done = next((state for pattern, state in STATES if re.fullmatch(pattern, found["verb"])), None)
    thing = found["thing"].strip()
    if found["verb"] in {"leaves", "left"}:
        left = re.fullmatch(r"(?P<thing>.+?) (?P<state>open|unlocked|on|running)", thing)
        return Condition(left["thing"], state="on" if left["state"] == "running" else left["state"]) if left else None
    return Condition(thing, state=done) if done is not None and thing else None


def _state(clause: str) -> Condition | None:
    for pattern, state in STATES:
        found = re.fullmatch(rf"(?P<thing>.+?)(?:'s)?(?: {_BEING})* (?:{pattern})(?P<behind> (?:in|at|of) .+)?", clause)
        if found is not None:
            thing = _thing(f"{found['thing']}{found['behind'] or ''}")
            battery = "battery" in thing and state == "low"
            if state == "low" and not battery:
                continue
            if state == "charged":
                return Condition(_without_attribute(thing, "battery"), attribute="battery", reaches=100.0)
            if battery:
                return Condition(_without_attribute(thing, "battery"), attribute="battery", below=20.0)
            return Condition(thing, state=state)
    return None


_BEING = (
    "(?:is|are|was|were|be|being|been|has|have|had|gets?|got|goes|stays?|remains?|still|left|kept|fully|all|again|it"
    "|becomes?|finally|completely|just)"
)


_MOVING = rf"(?:{_BEING[3:-1]}|rises?|falls?|drops?|climbs?|comes?|turns?|nearly|almost)"


def _too(clause: str) -> Condition | None:
    found = TOO.search(clause)
    if found is None:
        return None
    return Condition(_thing(clause[: found.start()]), vague=True)


def _thing(words: str) -> str:
    """Return the name among words from which the condition was taken: without "it gets" and "drops" around it."""
    words = _ARTICLE.sub("", " ".join(words.split()).strip(_ENDS))
    words = re.sub(rf"(?:\b{_MOVING}\b ?)+$", "", words).strip()
    words = re.sub(r"^(?:it|there|that|this)(?:'s)?(?=$| )", "", words).strip()
    return re.sub(rf"^(?:{_MOVING}\b ?)+", "", words).strip()


def _attribute(thing: str, unit: str, *, warmth: bool) -> str:
    for attribute, pattern in ATTRIBUTES:
        if re.search(pattern, thing):
            return attribute
    if unit in {"w", "kw"} or unit.startswith(("watt", "kilowatt")):
        return "power"
    if unit == "ppm":
        return "co2"
    if unit.startswith(("%", "percent")) and not warmth:
        return "percent"
    return "temperature"


def _without_attribute(thing: str, attribute: str) -> str:
    """Return the thing or place without the word for what is measured: "the humidity in the bathroom"."""
    pattern = dict(ATTRIBUTES).get(attribute)
    if pattern is None:
        return WARMTH.sub("", thing).strip()
    rest = re.sub(rf"\b(?:{pattern})\b", "", thing)
    rest = re.sub(
        r"^(?:the |my |our )?\s*(?:in|of|at|on|from|inside|level|use|usage)\b ?(?:of |in )?", "", rest.strip()
    )
    return re.sub(r"^(?:the|my|our)$", "", " ".join(rest.split())).strip()
