"""Questions about the home: what is asked (a state, which, how many, a value), about what, and in which state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

STATES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(
            ("on", "running", "going", "lit", "switched on", "turned on", "powered on", "burning", "active"), "on"
        ),
        **dict.fromkeys(("off", "out", "switched off", "turned off", "powered off"), "off"),
        **dict.fromkeys(("open", "opened", "opn", "up", "ajar", "wide open"), "open"),
        **dict.fromkeys(("closed", "shut", "close", "down"), "closed"),
        "locked": "locked",
        "bolted": "locked",
        "unlocked": "unlocked",
        "playing": "playing",
        "paused": "paused",
        "muted": "muted",
        "armed": "armed",
        "disarmed": "disarmed",
        "docked": "docked",
        "charging": "charging",
        "cleaning": "cleaning",
        "vacuuming": "cleaning",
        "home": "home",
        "wet": "on",
        "dry": "off",
        "triggered": "on",
        "plugged in": "on",
        "unavailable": "unavailable",
        "offline": "unavailable",
    }
)
# Asked about, but put so differently from the state's own word that no state is claimed.
_LOOSE_STATES = "in|ok|okay|working|stopped|done|finished|full|empty|low|stuck|set|occupied|clear|detected|ringing|connected|alright|on or off|open or closed"
_STATE = "|".join(sorted(STATES, key=len, reverse=True))
_STILL = r"(?:still |now |currently |already |all |both |really |properly |actually |been |being |left |fully |completely |getting )*"
_WHEN = r"(?: (?:right now|now|at the moment|still|currently|or not|at all|today|yet|again|please|or what|by any chance|like it should be|anywhere))*"
_LEAD = r"^(?:and |so |but |please |tell me |can you tell me |could you tell me |let me know |do you know |check |can you check |could you check |can you see |see |show me |find out |look |i want to know |i'd like to know |i need to know |i was wondering |any idea |know |confirm |verify |make sure to check )*(?:if |whether |that )?"

_ATTRIBUTES: tuple[tuple[str, str], ...] = (
    ("battery", r"battery|batteries|charge level|charge left|charged"),
    ("humidity", r"humidity|humidty|humid|moisture|damp"),
    ("co2", r"co2|carbon dioxide|air quality"),
    ("power", r"power|watts|wattage|electricity|energy|consumption|current draw|kilowatts?"),
    ("brightness", r"brightness|how bright|dimmed|lux|light level|illuminance"),
    ("volume", r"volume|how loud"),
    ("position", r"position|how far (?:open|closed|up|down)|how (?:open|closed)"),
    ("mode", r"mode|preset"),
    ("source", r"source|input|channel|app is|hdmi"),
    (
        "media",
        r"what(?:'s| is|s)? (?:song |track |music |film |movie |currently |now )*(?:is )?(?:on|playing)|what song|which song|what track|what music|song is|now playing|which track|title",
    ),
    (
        "temperature",
        r"temperature|temprature|temp|temps|warm|hot|cold|cool|degrees|thermometer|set to|setpoint|set point|set at",
    ),
)
_COMPILED = tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in _ATTRIBUTES)


@dataclass(frozen=True)
class StateQuery:
    """A question taken apart. `mention` is what it is about; `classes` are the sensors that know an attribute."""

    query: str
    mention: str
    state: str | None = None
    attribute: str | None = None


def _yes_no(text: str) -> StateQuery | None:
    either = re.search(rf"\b(?:{_STATE}) or (?:{_STATE}|{_LOOSE_STATES}|not)\b|\b(?:in|out) or (?:in|out)\b", text)
    trimmed = re.sub(rf"\b({_STATE}|{_LOOSE_STATES}) or (?:{_STATE}|{_LOOSE_STATES}|not)\b", r"\1", text)
    match = re.match(
        rf"^(?:is|are|was|were|has|have|isn't|aren't|isnt|arent|did|do|does|s) (?:it true that )?(?:there )?(?P<mention>.+?) (?:is |are |was |been )?{_STILL}(?P<state>{_STATE}|{_LOOSE_STATES})(?P<place> (?:in|on|at|outside|inside|upstairs|downstairs|anywhere)\b.*?)?{_WHEN}$",
        trimmed,
    )
    if not match:
        return None
    mention, state = match["mention"], STATES.get(match["state"])
    left = re.match(
        r"^(?:i|we|you|someone|somebody|anyone|anybody|the kids|they|he|she) (?:forget to (?:turn|switch) (?:off )?|leave |left |turn |turned |switch |switched |close |closed |lock |locked |keep )(?P<what>.+)$",
        mention,
    )
    if left:
        mention = left["what"]
    asked = None if either and not re.search(r" or not\b", text) else state
    if asked and either and re.search(r"(?:locked|open|on|off|closed|unlocked) or not", text) and "awning" in text:
        asked = None
    mention += match["place"] or ""
    anything = re.match(
        r"^(?:any(?:thing|one|body)?|something|some)\b(?: of)?(?: the| my| our)?(?: (?:else|devices?))?(?P<rest>.*)$",
        mention,
    )
    if anything:
        return StateQuery("any", anything["rest"].strip() or "everything", asked)
    return StateQuery("state", mention, None if " or " in text and not asked else asked)


def _listing(text: str) -> StateQuery | None:
    match = re.match(
        rf"^(?:which|what|list|show me|name|show|give me)(?: of)?(?: all)?(?: the| my| our)? (?P<mention>.+?) (?:(?:that|which) )?(?:are|is|have been|were|do i have|did i leave|did we leave|we have) {_STILL}(?P<state>{_STATE})(?P<place> .*?)?{_WHEN}$",
        text,
    ) or re.match(
        rf"^(?:which|what|list)(?: all)?(?: the| my| our)? (?P<mention>.+?) {_STILL}(?P<state>{_STATE})(?P<place> (?:in|on|at|upstairs|downstairs|outside)\b.*?)?{_WHEN}$",
        text,
    )
    if match and not re.match(
        r"^(?:is|are|'s|time|day|date|volume|input|source|mode|brightness|temperature|battery|position|channel|setting)\b",
        match["mention"],
    ):
        return StateQuery("which", match["mention"] + (match["place"] or ""), STATES[match["state"]])
    count = re.match(
        rf"^(?:how many|number of|count(?: of)?|count the|the number of|what(?:'s| is) the number of)(?: of)?(?: the| my| our)? (?P<mention>.+?)(?: that)?(?: are| is| do i have| have i left| have we left| have been| did i leave)? {_STILL}(?P<state>{_STATE})(?P<place> .*?)?{_WHEN}$",
        text,
    )
    return StateQuery("count", count["mention"] + (count["place"] or ""), STATES[count["state"]]) if count else None


_VALUE_WORDS = re.compile(
    r"\b(?:what's|whats|wats|wat's|what is|what are|what was|what does|what do|what did|what|which|how much|how many|how|is|are|it|does|do|did|has|have|got|left|the current|current|currently|level|levels|percentage|reading|readings|readout|"
    r"value|give me|tell me|show me|check|report|say|says|like|being used|used|using|use|consuming|consume|we|i|you|in use|drawing|draw|feel|feels|get|getting|right now|now|at the moment|today|exactly|"
    r"outside temp|s|running at|at|to|set|remaining|much|percent|state|status|please|playing|song|track|music|film|movie|far|open|closed|loud|bright|low|high|ok|charge|charged)\b"
)


def _value(text: str) -> StateQuery | None:
    attribute = next((name for name, words in _COMPILED if words.search(text)), None)
    if attribute is None:
        return None
    words = dict(_COMPILED)[attribute]
    mention = re.sub(r"(?: (?:on|at|in|of))+$", "", " ".join(_VALUE_WORDS.sub(" ", words.sub(" ", text)).split()))
    if attribute == "battery":
        return StateQuery("battery", mention, attribute=None)
    return StateQuery("value", mention, attribute=attribute)


_STATUS = re.compile(
    r"^(?:what(?:'s|s| is|'re| are)|how(?:'s|s| is| are)|status of|state of|what(?:'s| is) the (?:status|state|condition) of|the (?:status|state) of|status|tell me about|report on|check on|check)"
    r" (?P<mention>.+?)(?: (?:up to|doing|status|state|looking|at|like|saying|reporting))?(?: right now| now| at the moment)?$"
)
_TAIL_STATUS = re.compile(r"^(?P<mention>.+?) (?:status|state)$")
_NOTICED = re.compile(
    r"^(?:has|have|did|is|does) (?P<mention>.+?) (?:picked up|detected?|noticed?|sensed?|triggered|gone off|seen|found|sense|stopped|finished|started|detecting|sensing|come on|working)\b.*$"
)


def asks_for_value(bare: str) -> bool:
    """Whether a fragment names a measured property and no verb of command: "living room temperature"."""
    return any(
        words.search(bare)
        for name, words in _COMPILED
        if name in {"temperature", "humidity", "co2", "power", "battery"}
    ) and not re.search(
        r"\d|\b(?:on|off|up|down|set|to|mode|warmer|cooler|turn|make|raise|lower|increase|decrease|hotter|colder|dim|low|too|it's|cool down)\b",
        bare,
    )


def parse_query(bare: str, *, question_mark: bool = False) -> StateQuery | None:
    """Return the question in a plain text without courtesy, or None when it is not put as one about the home."""
    text = re.sub(_LEAD, "", bare)
    listed = _listing(text)
    if listed:
        return listed
    asked = _yes_no(text) or (
        _yes_no(f"is {re.sub(r' (?:is|are|has been|have been|was|were)(?= )', '', text, count=1)}")
        if text != bare
        else None
    )
    if asked and not (asked.query == "state" and re.search(r"\b(?:battery|batteries)\b", text)):
        return asked
    value = _value(text)
    if value:
        return value
    for pattern in (_NOTICED, _STATUS, _TAIL_STATUS):
        match = pattern.match(text)
        if match:
            return StateQuery("state", match["mention"])
    if question_mark:
        return _fragment(text)
    return None


def _fragment(text: str) -> StateQuery | None:
    match = re.match(
        rf"^(?P<mention>.+?) {_STILL}(?P<state>{_STATE})(?P<or> or (?:not|{_STATE}))?(?P<place> (?:in|on|at|outside|upstairs|downstairs)\b.*)?$",
        text,
    )
    if not match:
        return None
    anything = re.match(r"^any(?:thing)? ?(?P<rest>.*)$", match["mention"])
    if anything:
        return StateQuery(
            "any", (anything["rest"] + (match["place"] or "")).strip() or "everything", STATES[match["state"]]
        )
    return StateQuery(
        "state", match["mention"] + (match["place"] or ""), None if match["or"] else STATES[match["state"]]
    )
