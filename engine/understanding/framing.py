"""What people say around the point: greetings, politeness, announcements, and where and for whom a lesson holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROUNDS = 8
_MARKS = " ,.;:!?…-–—"
_FILLERS = (
    r"hey|hi|hello|ok|okay|k|um+|uh+|erm?|hmm+|please|pls|plz|listen(?: up)?|dear|butler|btw|by the way|alrighty?"
)
_TEACHING_FILLERS = (
    r"so|well|oh|ah|and|also|right|alright|look|now|just|no|nope|yes|yeah|actually|sorry|then|one thing|fyi"
    r"|lesson(?=:)|teach(?=[: ])|"
    r"teaching(?=:)|alias(?=:)|new (?:word|rule|alias|nickname|shortcut|command|name)|(?:here'?s )?a new (?:word"
    r"|rule|nickname|"
    r"shortcut|command|name)(?: for you)?|let me teach you(?: something| a (?:new )?(?:word|nickname|name|trick"
    r"|command))?|"
    r"(?:just )?so (?:that )?you know|for (?:your information|the record)|to be clear|do"
)
_POLITE = (
    r"(?:can|could|would|will) (?:you|we|i)(?: please| kindly)?|(?:i|we)(?:'d| would)? (?:want|like|need"
    r"|love)(?: for)? you to|"
    r"(?:i|we) (?:want|need|would like|'d like) to|i'd like to|(?:you|u) (?:should|may|can|must|have to|need to"
    r"|ought to)(?: please| now| also)?|"
    r"let'?s say|let'?s|let us|let me(?! teach)|try to|i'm (?:telling|teaching) you|be so kind as to"
    r"|from now on can you"
    r"|would you mind"
)
_ANNOUNCED = (
    r"(?:please )?(?:remember|learn|note|know|memori[sz]e|understand|save|store|remind yourself|teach yourself"
    r"|be aware|"
    r"keep in mind|bear in mind|make a note|take note|write down|get used to it|don'?t (?:you )?forget|never forget|"
    r"add to your (?:words|vocabulary|dictionary)|be told|file away|accept)"
    r"(?: (?:this|it|a new word|the (?:word|name|phrase)(?=:)))?(?: for (?:me|us))?(?: (?:that|how)(?= )|[:,]| -)?"
)
_NEWS = (
    r"(?:just )?so (?:that )?you know|fyi|for (?:your information|the record)|"
    r"add (?:an? )?(?:new )?(?:alias|word|nickname|synonym|rule)(?=:)"
)
_DECLARED = (
    r"from now on|from here on(?: out| in)?|from today(?: on)?|as of (?:now|today)|henceforth|starting (?:now"
    r"|today)|in (?:the )?future|"
    r"going forward|for future reference|in (?:this|our|my) (?:house|home|household|family|flat|place)|around here"
    r"|at (?:our|my) place|"
    r"at home|here|for us|to us|in here"
)
_PERSONAL = (
    r"(?:(?:only|just|but) )?(?:for me|to me|in my book|in my words|in my language|when i say it)(?: (?:personally"
    r"|only|alone))?"
)
_TAILS = (
    "please|pls|plz|thanks|thank you|thank you very much|thanks a lot|thx|cheers|butler|from now on|from here on"
    "|in future|in the future|"
    "from here on out|for future reference|going forward|around here|in this house|in our house|at our place|for us|"
    "if you don't mind|if you would|if you please|by the way|btw|as of now|henceforth|from today on|is that clear"
    "|ok|okay|lol|haha|hahaha|got it|got that|understood"
)
_LOOSE_TAILS = (
    "right|alright|yeah|yes|will you|would you|can you|could you|deal|clear|agreed|you know|though|now|k|mate"
)
_FOR_ME = re.compile(r"[ ,]+(?:(?:only|just|but) )?for me(?: only| personally| alone)?$", re.IGNORECASE)


def _lead(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})(?![\w'])[ ,.;:!?…–—-]*", re.IGNORECASE)


_LEADS = (
    ("declared", _lead(_DECLARED)),
    ("personal", _lead(_PERSONAL)),
    ("asked", _lead(_POLITE)),
    ("announced", _lead(f"{_ANNOUNCED}|{_NEWS}")),
    ("filler", _lead(f"{_FILLERS}|{_TEACHING_FILLERS}")),
)
_DECLARES = re.compile(
    r"now on|here on|future|going forward|around here|house|place|for us|now|today|henceforth", re.IGNORECASE
)
_FILLER = _lead(_FILLERS)
_ENDS = tuple(sorted(_TAILS.split("|"), key=len, reverse=True))
_LOOSE_ENDS = tuple(sorted(_LOOSE_TAILS.split("|"), key=len, reverse=True))
_ANY_END = (*(f"{before}{end}" for end in _ENDS for before in " ,"), *(f" {end}" for end in _LOOSE_ENDS))


@dataclass(frozen=True)
class Framed:
    """The point of an utterance, and what its frame said: announced, declared, asked, personal, doubted."""

    point: str
    frames: frozenset[str] = frozenset()

    def has(self, *frames: str) -> bool:
        """Tell whether any of the frames was there."""
        return not self.frames.isdisjoint(frames)


def unframe(text: str) -> Framed:
    """Return what a lesson says once greetings, politeness and announcements are off it.

    Frames: `announced` ("remember that"), `declared` ("from now on"), `asked` ("can you"), `personal` ("for me"),
    `doubted` (it ends in a question mark of its own).
    """
    point, doubted = _without_tail(text)
    frames: set[str] = {"doubted"} if doubted else set()
    if _DECLARES.search(text, len(point)):
        frames.add("declared")
    found = _FOR_ME.search(point[-40:])
    if found:
        point = point[: len(point) - len(found.group())]
        frames.add("personal")
        point, _ = _without_tail(point)
    for _ in range(_ROUNDS):
        name, rest = _next_lead(point)
        if not rest:
            break
        point = rest
        frames.add(name)
    return Framed(point.strip(_MARKS), frozenset(frames))


def bare(text: str) -> str:
    """Return `text` without leading fillers and trailing politeness."""
    point, _ = _without_tail(text)
    for _ in range(_ROUNDS):
        found = _FILLER.match(point)
        if not found or found.end() == len(point):
            break
        point = point[found.end() :]
    return point.strip(_MARKS)


def _next_lead(point: str) -> tuple[str, str]:
    for name, lead in _LEADS:
        found = lead.match(point)
        if found:
            return name, point[found.end() :]
    return "", ""


def _without_tail(text: str) -> tuple[str, bool]:
    """Take politeness off the end; also tell whether what is left was a question."""
    doubted = False
    for _ in range(_ROUNDS):
        stripped = text.rstrip(_MARKS)
        asked = "?" in text[len(stripped) :]
        shorter = _shorten(stripped, asked=asked)
        doubted = asked and shorter == stripped
        if shorter == stripped:
            return stripped, doubted
        text = shorter
    return text, doubted


def _shorten(text: str, *, asked: bool) -> str:
    lowered = text.lower()
    if not lowered.endswith(_ANY_END):
        return text
    for end in _ENDS:
        if lowered.endswith((f" {end}", f",{end}")):
            return text[: -len(end)]
    for end in _LOOSE_ENDS:
        if lowered.endswith((f", {end}", f". {end}")) or (asked and lowered.endswith(f" {end}")):
            return text[: -len(end)]
    return text
