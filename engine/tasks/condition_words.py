"""The words in which people ask to be told of something, as regular expressions over prepared text."""

from __future__ import annotations

import re

TELLING_BEHIND = re.compile(
    r"(?:,| and| then|^)? ?\b(?:(?:please|then|do|can you|could you|will you|would you|you can) )*"
    r"(?:tell (?:me|us|everyone)|let (?:me|us) know|notify (?:me|us|everyone)|alert (?:me|us)|warn (?:me|us)"
    r"|ping (?:me|us)|message (?:me|us)|text (?:me|us)|inform (?:me|us)|give (?:me|us) a (?:shout|heads up|call)"
    r"|(?:send|drop) (?:me|us) (?:a|an) \w+|say so|say something|shout|speak up)"
    r"(?: (?:straight away|right away|at once|immediately|please|so|about it|too))*$"
)
HAPPENS = re.compile(
    r"\b(?:if(?: and when)?|when(?:ever)?|as soon as|the (?:moment|minute|second)|in case|every time|each time"
    r"|any ?time|should|once)\b"
)
SOMEBODY = re.compile(
    r"(?:someone|somebody|anyone|anybody|whoever|he|she|they|the kids|the children|a person|people|a burglar)"
    r"(?: (?:has|is|have))* (?P<verb>(?:turns?|switch(?:es)?|turned|switched) (?:on|off)|opens?|opened|unlocks?"
    r"|unlocked|locks?|locked|closes?|closed|shuts?|leaves|left|triggers?|starts?|stops?|turns?|switch(?:es)?)"
    r" (?P<thing>.+)"
)
COMPARISONS: tuple[tuple[str, str, bool], ...] = (
    (r"\b(?:warmer|hotter) than", "above", True),
    (r"\b(?:colder|cooler|chillier) than", "below", True),
    (
        r"\b(?:above|over|past|exceeds?|beyond|(?:higher|greater|more|louder|brighter) than)(?: the)?",
        "above",
        False,
    ),
    (r"\b(?:below|under|beneath|(?:lower|less|fewer) than)", "below", False),
    (
        (
            r"\b(?:reaches|reach|hits|hit"
            r"|(?:gets|get|goes|rises|climbs|falls|drops|comes|is|down|up) (?:up |down )?(?:to|at))"
        ),
        "reaches",
        False,
    ),
)
WARMTH = re.compile(r"\b(?:warm|cold|hot)\b")
TOO = re.compile(
    r"\b(?:is |gets? |becomes? |goes )*(?:too|very|really) (?:warm|hot|cold|humid|high|low|loud|bright|dark|damp)"
)
_SOMEBODY = r"(?:someone|somebody|anyone|anybody|people)"
_COMES = r"(?:is |are |comes? |goes |walks? |moves? |enters? ?|gets )"
EVENTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"^(?:there(?:'s|s| is) )?(?:any |some )?(?:motion|movement|activity)\b(?! sensor| detector)"
            r"(?: is| gets)?(?: detected| seen| sensed| noticed)?"
            rf"|^there(?:'s|s| is) {_SOMEBODY}\b"
            rf"|^{_SOMEBODY} {_COMES}+(?=(?:into|in|at|around|near|on|to|the|my)\b)"
        ),
        "motion",
    ),
    (re.compile(r"\bthere(?:'s|s| is| are) (?:a |any |some )?(?:leak|leaks|water|flood|flooding)\b"), "wet"),
    (
        re.compile(r"\bthere(?:'s|s| is) (?:a |any |some )?(?:smoke|fire|gas)\b|\bsmoke is (?:seen|detected)\b"),
        "smoke",
    ),
)
"""What happens without a thing that does it, each with the state it is known by."""

STATES: tuple[tuple[str, str], ...] = (
    (r"opens?|opened|open", "open"),
    (r"closes?|closed|shuts?|shut|close", "closed"),
    (r"unlocks?|unlocked", "unlocked"),
    (r"locks?|locked", "locked"),
    (
        r"(?:goes|went|going) off|triggered|triggers?|trips|tripped|rings|ringing|sounds|sounding|beeps|beeping",
        "alarms",
    ),
    (r"(?:comes?|goes|turns?|turned|switch(?:es)?|switched) on|on|running|starts?|started|starts running", "on"),
    (r"(?:turns?|turned|switch(?:es)?|switched) off|off|stops?|stopped|stops running", "off"),
    (r"done|finished|finishes|finish|ready|complete|completed|ends?|ended|through", "done"),
    (r"docked|back(?: on its dock| at its dock| home)?|returns?|returned|parked", "docked"),
    (r"stuck|jammed|in trouble|lost", "stuck"),
    (r"charged|fully charged|full", "charged"),
    (r"(?:comes? |gets? |arrives? )?home|arrives?|arrived", "home"),
    (r"leaves?|away|gone", "not_home"),
    (r"wet|leaking|leaks?|floods?|flooded|flooding", "wet"),
    (r"dry", "dry"),
    (r"(?:detects?|sees?|notices?|senses?) (?:motion|movement|someone|somebody|anyone|anything)|moves?", "motion"),
    (r"(?:detects?|sees?|notices?) smoke", "smoke"),
    (r"playing|plays", "playing"),
    (r"paused|pauses", "paused"),
    (r"unavailable|offline|unreachable|unresponsive|dead", "unavailable"),
    (r"(?:runs |nearly |almost )?(?:low|out|empty|flat)", "low"),
)
"""Each with the word by which a state is known; patterns fit the end of a clause, the first that does counts."""

ATTRIBUTES: tuple[tuple[str, str], ...] = (
    ("battery", r"battery|batteries|charge level|charge"),
    ("humidity", r"humidity|moisture"),
    ("co2", r"co2|carbon dioxide|air quality"),
    ("power", r"power(?: use| usage| consumption| draw)?|consumption|watts|electricity"),
    ("brightness", r"brightness|light level"),
    ("volume", r"volume"),
    ("position", r"position"),
    ("temperature", r"temperature|temp"),
)
