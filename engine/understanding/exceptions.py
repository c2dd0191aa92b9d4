"""What a command leaves out: "everything except the hall light" becomes the command and the part left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.understanding.wordings import any_of, word_of

_TAIL = (  # how what is left out is to stay
    "(?: "
    + any_of(
        "on|off|alone|open|opened|closed|shut|running|playing|going|spinning|cleaning|lit|out of it|out|be|though",
        "please|as (?:it is|they are)|the way (?:it is|they are)|untouched",
    )
    + ")*"
)
_AGAIN = any_of(
    "touch|include|including|turn (?:on|off)|switch (?:on|off)|turning (?:on|off)|do|dim|open|close|mute|pause|stop",
    "start|change|the|lock|unlock|raise|lower|unmute|play|run|activate",
)
_EXCEPT = word_of(
    "with the exception of|with exception of|except(?: for| in| on| the ones?| those)?|exept|excepting|apart from",
    "aside from|other than|excluding|save for|barring|minus|besides",
    "(?<!the )(?<!a )(?<!my )(?<!our )bar(?= (?:the|my|our|a|any)\\b)",
    "but for|not including|all but|that (?:isn't|aren't|is not|are not)(?= (?:in|on|at|the|my)\\b)",
    "which (?:isn't|aren't)(?= (?:in|on|at)\\b)",
)
_WORD = re.compile(rf"^(?P<base>.+?)[ ,]*{_EXCEPT} (?P<out>.+?){_TAIL}$")
_LEAVE = re.compile(
    r"^(?P<base>.+?)[ ,.]*\b(?:but|and|just|only|though|yet)?[ ,]*(?:please )?"
    rf"\b(?:leave|keep|spare|skip|ignore)(?! it\b| that\b| them\b) (?P<out>.+?){_TAIL}$"
)
_DONT = re.compile(
    r"^(?P<base>.+?)[ ,.]*\b(?:but|and|just|only|though)[ ,]*(?:please )?(?:do not|don't|dont|never|not) "
    rf"(?:{_AGAIN} )*(?P<out>.+?){_TAIL}$"
)
_NOT = re.compile(
    r"^(?P<base>.+?)(?:,|;|\.+)[ ]*(?:just |but |no wait,? |though )*(?:not|never) (?:in |on )?"
    rf"(?P<out>(?:the|my|our|those|upstairs|downstairs)\b.*?){_TAIL}$"
)
_STAY = re.compile(
    r"^(?P<base>.+?)(?:,|;| but| and)[ ]*(?P<out>(?:the|my|our) [\w' ]+?) "
    r"(?:can|should|must|may|has to|have to|is to|ought to|stays?|remains?)(?: stay| remain| be left| be kept)? ?"
    r"(?:on|off|open|closed|shut|as (?:it is|they are)|locked|unlocked)$"
)
_BUT = re.compile(
    r"^(?P<base>.*\b(?:all|every|everything|each|whole|lights|lamps|speakers|fans|blinds|switches)\b.*?)[ ,]*"
    rf"\bbut (?P<out>(?:the|my|our|those|not)\b.+?){_TAIL}$"
)
_LEADING = re.compile(r"^(?:the )?(?:ones?|those|lights?|lamps?|things?)? ?(?:in|on|at|inside) ")


@dataclass(frozen=True)
class Excepted:
    """A command and what it leaves alone, both as they were said."""

    base: str
    left_out: str


def split_exception(text: str) -> Excepted | None:
    """Return the command and its exception, or None when nothing is left out. `text` keeps its punctuation."""
    lowered = " ".join(text.lower().split()).rstrip(".!? ")
    lowered = re.sub(r"\.\.\.+| - ", ", ", lowered)
    for pattern in (_WORD, _STAY, _NOT, _DONT, _LEAVE, _BUT):
        match = pattern.match(lowered)
        if match and match["base"].strip(" ,") and match["out"].strip(" ,"):
            out = _LEADING.sub("", match["out"].strip(" ,"))
            return Excepted(match["base"].strip(" ,"), re.sub(r"^not ", "", out))
    return None
