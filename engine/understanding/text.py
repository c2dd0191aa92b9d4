"""What is done to every message first: one shape of text, bounded, without Butler's name or words of courtesy."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from engine.understanding.wordings import any_of

MAX_CHARACTERS = 1_000

_QUOTES = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "`": "'",
        "´": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "…": "...",
    }
)
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe0e\ufe0f\ud800-\udfff]"
)
_SPACES = re.compile(r"\s+")
_GREETING = r"(?:hey|hi|hello|ok|okay|yo|dear|excuse me|good morning|good evening)"


@dataclass(frozen=True)
class Normalised:
    """A message ready for understanding; `addressed` says that it began with Butler's name."""

    text: str
    addressed: bool = False
    too_long: bool = False


def normalise(raw: str, names: tuple[str, ...] = ("Butler",)) -> Normalised:
    """Return `raw` in NFKC with plain quotes and single spaces, without invisible characters and the leading name."""
    text = unicodedata.normalize("NFKC", raw[: MAX_CHARACTERS * 4])
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text.translate(_QUOTES))).strip()
    if len(raw) > MAX_CHARACTERS * 4 or len(text) > MAX_CHARACTERS:
        return Normalised(text[:MAX_CHARACTERS], too_long=True)
    stripped = _strip_name(text, names)
    return Normalised(stripped, addressed=stripped != text)


def _strip_name(text: str, names: tuple[str, ...]) -> str:
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name)
    if not alternatives:
        return text
    lead = re.compile(rf"^(?:{_GREETING}[ ,]+)?@?(?:{alternatives})\b(?!')[ ,:;.!?-]*", re.IGNORECASE)
    trail = re.compile(rf"[ ,]+(?:{alternatives})[.!?]*$", re.IGNORECASE)
    rest = lead.sub("", text, count=1)
    if rest and rest != text:
        return rest
    rest = trail.sub("", text, count=1)
    return rest or text


_ASKED_OF_YOU = any_of(
    " please| kindly| just| maybe| possibly| perhaps| quickly| ask you to| have you| get you to| go ahead and| go",
    " try to| be so kind as to| be a dear and| do me a favou?r and",
)
_POLITE_START = re.compile(
    "^(?:"
    + any_of(
        # sounds before a request
        "ok(?:ay)?|so|well|um+|uh+|erm?|ah|oh|hmm+|hey|hi|hello|yo|right|alright|now|and|also|then|quick",
        "please|pls|plz|kindly|maybe|just|actually|sorry|excuse me",
        # circumstances
        "if you (?:could|would|can|don'?t mind)(?: please)?|when you get a (?:chance|sec|second|minute|moment)",
        "when you can|be (?:a dear|so kind|a love)(?: and| as to)?|do me a favou?r and",
        # requests put as questions, wishes and wonderings
        f"(?:can|could|would|will|may|might) (?:you|u|we|i|ya){_ASKED_OF_YOU}*",
        "(?:i|we)(?:'d| would) (?:really )?(?:like|love|prefer|appreciate it if)"
        "(?: you to| you could| you would| it if you could| for you to)",
        "(?:i|we) (?:really |just )?(?:want|need|wanna|wish|would like|gotta have)(?: you to| u to| for you to)",
        "would you mind|do you mind|mind|may i trouble you to|be an angel and|is it possible to",
        "(?:i|we) (?:was |am |were )?(?:wondering|asking) if you (?:could|can|would)",
        # urgings
        "help me(?: to)?|let'?s|go ahead and|go and|make sure (?:to|you)|be sure to|time to|it'?s time to",
        "you (?:can|could|should|must|have to|need to)(?: now)?"
        r"(?= (?:turn|switch|open|close|set|lock|unlock|dim|play|start|stop|shut)\b)",
    )
    + "(?:[ ,]+|$))+"
)
_POLITE_END = re.compile(
    "(?:[ ,]+"
    + any_of(
        "please|pls|plz|thanks|thank you|thx|ta|cheers|mate|dear",
        "now|right now|right away|immediately|at once|asap|straight away|straightaway",
        "for me|for us|will you|would you|could you|can you|ok|okay|if you (?:could|can|would|please|don'?t mind)",
        "if possible|when you can|real quick|quickly|quick|instead|for a (?:moment|minute|bit|sec|second)",
        "though|then|too|as well|also|already|at the moment|this instant|this minute|so much|very much",
        "lol|haha|would be (?:nice|great|lovely|good)|again",
    )
    + ")+$"
)


def without_politeness(plain_text: str) -> str:
    """Return `plain_text` without the words of courtesy around a request ("could you … please").

    "may i have the lights on" and "i want the lights on" keep their object: the words left are the request itself.
    """
    text = plain_text
    for _ in range(3):
        shorter = _POLITE_END.sub("", _POLITE_START.sub("", text))
        if not shorter or shorter == text:
            return text
        text = shorter
    return text
