"""Questions about the home: what is asked (a state, which, how many, a value), about what, and in which state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.understanding.nouns import NOUNS
from engine.understanding.wordings import any_of, word_of

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
_LOOSE_STATES = (
    "in|ok|okay|working|stopped|done|finished|full|empty|low|stuck|set|occupied|clear|detected|ringing|connected|alright"
    "|on or off|open or closed"
)
_STATE = "|".join(sorted(STATES, key=len, reverse=True))
_STILL = (
    "(?:still |now |currently |already |all |both |really |properly |actually |been |being |left |fully |completely "
    "|getting )*"
)
_WHEN = (
    "(?: (?:right now|now|at the moment|still|currently|or not|at all|today|yet|again|please|or what|by any chance"
    "|like it should be|anywhere))*"
)
_LEAD = re.compile(
    "^"
    + any_of(
        "and |so |but |please |tell me |can you tell me |could you tell me |let me know |do you know |check ",
        "can you check |could you check |can you see |see |show me |find out |look |i want to know ",
        "i'd like to know |i need to know |i was wondering |any idea |know |confirm |verify |make sure to check ",
    )
    + "*(?:if |whether |that )?"
)

_ATTRIBUTES: tuple[tuple[str, str], ...] = (
    ("battery", r"battery|batteries|charge level|charge left|charged"),
    ("humidity", r"humidity|humidty|humid|moisture|damp"),
    ("co2", r"co2|carbon dioxide|air quality"),
    ("power", r"power|watts|wattage|electricity|energy|consumption|current draw|kilowatts?"),
    ("brightness", r"brightness|how bright|dimmed|lux|light level|illuminance"),
    ("color", r"(?:what|which)(?:'s|s| is| are)?(?: the)?(?: current)? colou?rs?"),
    ("volume", r"volume|how loud"),
    ("position", r"position|how far (?:open|closed|up|down)|how (?:open|closed)"),
    ("mode", r"mode|preset"),
    ("source", r"source|input|channel|app is|hdmi"),
    (
        "media",
        (
            r"what(?:'s| is|s)? (?:song |track |music |film |movie |currently |now )*(?:is )?(?:on|playing)"
            r"|what song|which song|what track|what music|song is|now playing|which track|title"
        ),
    ),
    (
        "temperature",
        r"temperature|temprature|temp|temps|warm|hot|cold|cool|degrees|thermometer|set to|setpoint|set point|set at",
    ),
)
_COMPILED = tuple((name, re.compile(rf"\b(?:{words})\b")) for name, words in _ATTRIBUTES)


@dataclass(frozen=True)
class StateQuery:
    """A question taken apart. `mention` is what it is about, `attribute` what is measured, `state` what is guessed."""

    query: str
    mention: str
    state: str | None = None
    attribute: str | None = None

    @property
    def measured(self) -> str:
        """What is measured, batteries included; empty where a state is asked for."""
        return "battery" if self.query == "battery" else self.attribute or ""


_HERE = r"(?P<place> (?:in|on|at|outside|inside|upstairs|downstairs|anywhere)\b.*?)?"
_EITHER = re.compile(rf"\b(?:{_STATE}) or (?:{_STATE}|{_LOOSE_STATES}|not)\b|\b(?:in|out) or (?:in|out)\b")
_OR = re.compile(rf"\b({_STATE}|{_LOOSE_STATES}) or (?:{_STATE}|{_LOOSE_STATES}|not)\b")
_IS_IT = re.compile(
    r"^(?:is|are|was|were|has|have|isn't|aren't|isnt|arent|did|do|does|s) (?:it true that )?(?:there )?(?P<mention>.+?)"
    rf" (?:is |are |was |been )?{_STILL}(?P<state>{_STATE}|{_LOOSE_STATES}){_HERE}{_WHEN}$"
)
_SOMEONE_LEFT = re.compile(
    "^(?:i|we|you|someone|somebody|anyone|anybody|the kids|they|he|she) "
    "(?:forget to (?:turn|switch) (?:off )?|leave |left |turn |turned |switch |switched |close |closed |lock |locked "
    "|keep )(?P<what>.+)$"
)
_ANYTHING = re.compile(
    r"^(?:any(?:thing|one|body)?|something|some)\b(?: of)?(?: the| my| our)?(?: (?:else|devices?))?(?P<rest>.*)$"
)
_LISTED = (
    re.compile(
        r"^(?:which|what|list|show me|name|show|give me)(?: of)?(?: all)?(?: the| my| our)? (?P<mention>.+?)"
        r" (?:(?:that|which) )?(?:are|is|have been|were|do i have|did i leave|did we leave|we have)"
        rf" {_STILL}(?P<state>{_STATE})(?P<place> .*?)?{_WHEN}$"
    ),
    re.compile(
        rf"^(?:which|what|list)(?: all)?(?: the| my| our)? (?P<mention>.+?) {_STILL}(?P<state>{_STATE})"
        rf"(?P<place> (?:in|on|at|upstairs|downstairs|outside)\b.*?)?{_WHEN}$"
    ),
)
_NO_LIST = re.compile(
    r"^(?:is|are|'s|time|day|date|volume|input|source|mode|brightness|temperature|battery|position|channel|setting)\b"
)
_COUNTED = re.compile(
    "^(?:how many|number of|count(?: of)?|count the|the number of|what(?:'s| is) the number of)"
    "(?: of)?(?: the| my| our)? (?P<mention>.+?)(?: that)?"
    "(?: are| is| do i have| have i left| have we left| have been| did i leave)?"
    rf" {_STILL}(?P<state>{_STATE})(?P<place> .*?)?{_WHEN}$"
)
_THERE = (
    r"(?: (?:(?:do|have|does|can) (?:i|we|you|the house|this house|the home)"
    r"(?: have| got| know(?: of| about)?| see| run)?"
    r"|are(?: there)?|i have|we have|there are))"
)
_WHERE = r"(?P<place> (?:in|on|at|upstairs|downstairs|outside|altogether|in total)\b.*)?"
_ALL_COUNTED = re.compile(
    r"^(?:how many|(?:what(?:'s|s| is) )?(?:the )?number of|count)(?: of)?(?: the| my| our)? (?P<mention>[a-z' ]+?)"
    rf"{_THERE}?{_WHERE}$"
)
_ALL_LISTED = re.compile(
    rf"^(?:which|what|list|name|show me)(?: all)?(?: of)?(?: the| my| our)? (?P<mention>[a-z' ]+?){_THERE}{_WHERE}$"
)
_IN_ALL = re.compile(r" (?:altogether|in total)$")
_OTHERWISE = re.compile(r" or not\b")
_OR_NOT = re.compile(r"(?:locked|open|on|off|closed|unlocked) or not")


def _yes_no(text: str) -> StateQuery | None:
    match = _IS_IT.match(_OR.sub(r"\1", text))
    if not match:
        return None
    mention, state = match["mention"], STATES.get(match["state"])
    left = _SOMEONE_LEFT.match(mention)
    if left:
        mention = left["what"]
    either = _EITHER.search(text)
    asked = None if either and not _OTHERWISE.search(text) else state
    if asked and either and _OR_NOT.search(text) and "awning" in text:
        asked = None
    mention += match["place"] or ""
    anything = _ANYTHING.match(mention)
    if anything:
        return StateQuery("any", anything["rest"].strip() or "everything", asked)
    return StateQuery("state", mention, None if " or " in text and not asked else asked)


def _listing(text: str) -> StateQuery | None:
    match = _LISTED[0].match(text) or _LISTED[1].match(text)
    if match and not _NO_LIST.match(match["mention"]):
        return StateQuery("which", match["mention"] + (match["place"] or ""), STATES[match["state"]])
    count = _COUNTED.match(text)
    if count:
        return StateQuery("count", count["mention"] + (count["place"] or ""), STATES[count["state"]])
    return _all_of_a_kind(text)


def _all_of_a_kind(text: str) -> StateQuery | None:
    """Read "how many lights are there in the hall" and "which lights do I have": all of a kind, on or off."""
    for query, pattern in (("count", _ALL_COUNTED), ("list", _ALL_LISTED)):
        match = pattern.match(text)
        kind = NOUNS.get(match["mention"].split()[-1]) if match else None
        if match and kind is not None and kind.plural:
            return StateQuery(query, match["mention"] + _IN_ALL.sub("", match["place"] or ""))
    return None


_VALUE_WORDS = re.compile(
    word_of(
        "what's|whats|wats|wat's|what is|what are|what was|what does|what do|what did|what|which|how much|how many|how",
        "is|are|it|does|do|did|has|have|got|left|the current|current|currently",
        "level|levels|percentage|reading|readings|readout",
        "value|give me|tell me|show me|check|report|say|says|like|being used|used|using|use|consuming|consume|we|i|you",
        "in use|drawing|draw|feel|feels|get|getting|right now|now|at the moment|today|exactly",
        "outside temp|s|running at|at|to|set|remaining|much|percent|state|status|please|playing",
        "song|track|music|film|movie|far|open|closed|loud|bright|low|high|ok|charge|charged",
    )
)
_DANGLING = re.compile(r"(?: (?:on|at|in|of))+$")


def _value(text: str) -> StateQuery | None:
    for attribute, words in _COMPILED:
        if words.search(text):
            mention = _DANGLING.sub("", " ".join(_VALUE_WORDS.sub(" ", words.sub(" ", text)).split()))
            return (
                StateQuery("battery", mention)
                if attribute == "battery"
                else StateQuery("value", mention, None, attribute)
            )
    return None


_STATUS = re.compile(
    "^"
    + any_of(
        "what(?:'s|s| is|'re| are)|where(?:'s|s| is| are)|how(?:'s|s| is| are)|status of|state of",
        "what(?:'s| is) the (?:status|state|condition) of|the (?:status|state) of|status|tell me about|report on",
        "check on|check",
    )
    + " (?P<mention>.+?)(?: (?:up to|doing|status|state|looking|at|like|saying|reporting))?"
    "(?: right now| now| at the moment)?$"
)
_TAIL_STATUS = re.compile(r"^(?P<mention>.+?) (?:status|state)$")
_NOTICED = re.compile(
    r"^(?:has|have|did|is|does) (?P<mention>.+?) (?:picked up|detected?|noticed?|sensed?|triggered|gone off|seen|found"
    r"|sense|stopped|finished|started|detecting|sensing|come on|working)\b.*$"
)
_MEASURED = frozenset({"temperature", "humidity", "co2", "power", "battery"})
_COMMANDING = re.compile(
    r"\d|\b(?:on|off|up|down|set|to|mode|warmer|cooler|turn|make|raise|lower|increase|decrease|hotter|colder|dim|low|too"
    r"|it's|cool down)\b"
)
_BATTERY = re.compile(r"\b(?:battery|batteries)\b")
_AUXILIARY = re.compile(r" (?:is|are|has been|have been|was|were)(?= )")


def asks_for_value(bare: str) -> bool:
    """Tell whether a fragment names a measured property and no verb of command: "living room temperature"."""
    named = any(words.search(bare) for name, words in _COMPILED if name in _MEASURED)
    return named and not _COMMANDING.search(bare)


_WHATEVER = re.compile(
    rf"^what(?:'s|s| is| else is)(?: all)? {_STILL}(?P<state>on|open|running|playing|unlocked)"
    r"(?P<place> (?:in|on|at|outside|upstairs|downstairs)\b.*)?$"
)
_SENSED = re.compile(
    r"^(?:is|was) there (?:still )?(?:any |a )?(?P<what>motion|movement|leak|water leak|smoke|fire|gas)"
    r"(?: detected)?(?: (?:in|on|at) (?:the )?(?P<place>.+?))?$"
)


def _whatever(text: str) -> StateQuery | None:
    """Read "what's on upstairs": everything of a state, whatever it is."""
    match = _WHATEVER.match(text)
    if match is None or (match["state"] == "playing" and match["place"]):
        return None
    return StateQuery("which", (match["place"] or "").strip() or "everything", STATES[match["state"]])


def _sensed(text: str) -> StateQuery | None:
    """Read "is there motion in the hall": the sensor is named by what it senses and where."""
    match = _SENSED.match(text)
    if match is None:
        return None
    what = {"movement": "motion", "water leak": "leak", "fire": "smoke"}.get(match["what"], match["what"])
    return StateQuery("state", f"{match['place'] or ''} {what}".strip())


def parse_query(bare: str, *, question_mark: bool = False) -> StateQuery | None:
    """Return the question in a plain text without courtesy, or None when it is not put as one about the home."""
    text = _LEAD.sub("", bare)
    listed = _whatever(text) or _sensed(text) or _listing(text)
    if listed:
        return listed
    asked = _yes_no(text)
    if asked is None and text != bare:
        asked = _yes_no(f"is {_AUXILIARY.sub('', text, count=1)}")
    if asked and not (asked.query == "state" and _BATTERY.search(text)):
        return asked
    value = _value(text)
    if value:
        return value
    for pattern in (_NOTICED, _STATUS, _TAIL_STATUS):
        match = pattern.match(text)
        if match:
            return StateQuery("state", match["mention"])
    return _fragment(text) if question_mark else None


_FRAGMENT = re.compile(
    rf"^(?P<mention>.+?) {_STILL}(?P<state>{_STATE})(?P<or> or (?:not|{_STATE}))?"
    r"(?P<place> (?:in|on|at|outside|upstairs|downstairs)\b.*)?$"
)
_ANY = re.compile(r"^any(?:thing)? ?(?P<rest>.*)$")


def _fragment(text: str) -> StateQuery | None:
    match = _FRAGMENT.match(text)
    if not match:
        return None
    place, state = match["place"] or "", STATES[match["state"]]
    anything = _ANY.match(match["mention"])
    if anything:
        return StateQuery("any", (anything["rest"] + place).strip() or "everything", state)
    return StateQuery("state", match["mention"] + place, None if match["or"] else state)
