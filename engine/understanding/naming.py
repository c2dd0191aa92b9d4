"""Names given without a word between thing and name: "call the floor lamp Big Bertha"."""

from __future__ import annotations

import re

from engine.understanding.home_words import is_named, sounds_like_home
from engine.understanding.lesson import Vocabulary
from engine.understanding.quoting import Unquoted

_HEAD = re.compile(
    r"(?:call|name|(?:start|begin) (?:calling|naming)|nickname|rename|dub|christen|bapti[sz]e|title|entitle|"
    r"(?:i|we|they|everyone|everybody|people|the (?:kids|children|boys|girls|twins|family)|my \w+|grandma|grandpa"
    r"|mum|mom|dad)"
    r"(?:'ll| will| shall| also| always| usually| often| all| just| like to)* (?:calls?|nicknames?|nicknamed|named"
    r"|call)|"
    r"(?:i|we) (?:want|would like|'d like) to call|(?:i'm|i am|we're|we are) (?:going to call|gonna call|calling"
    r"|naming))(?![\w'])[ :]*",
    re.IGNORECASE,
)
_MOST_THING_WORDS = 8
_MOST_NAME_WORDS = 5
_NOT_A_NAME = re.compile(
    r"(?:about|for|to|at|in|on|off|up|down|with|from|and|or|but|if|when|while|before|after|because|since|until|is"
    r"|are|was|were|has|have|had|"
    r"had|will|would|should|could|can|again|back|tomorrow|today|tonight|later|now|soon|first|instead|too|also|a|an"
    r"|it|that|this|by|"
    r"please|what|which|who|how|so|not|than|then|monday|tuesday|wednesday|thursday|friday|saturday|sunday|every"
    r"|once|twice|next|"
    r"(?:repair|service|delivery|maintenance|cleaning)(?:\s?m[ae]n)?|guy|guys|man|men|woman|people|person|company"
    r"|companies|shop|store|"
    r"engineer|technician|fitter|installer|installers|dealer|staff|number|support|hotline|warranty|desk|manager"
    r"|office|place)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:by the name(?: of)?|as|to|the name|:)(?: |$)", re.IGNORECASE)
_DEFINITE = re.compile(r"(?:the|our|my) ", re.IGNORECASE)


def parse_naming(said: Unquoted, point: str, vocabulary: Vocabulary | None) -> tuple[str, str] | None:
    """Return the name and the thing it is given to, or None.

    The two are divided by quotation marks, or after the longest part that the vocabulary knows.
    """
    found = _HEAD.match(point)
    if not found:
        return None
    words = point[found.end() :].split()
    if not 2 <= len(words) <= _MOST_THING_WORDS + _MOST_NAME_WORDS:
        return None
    return _by_quotation(said, words, vocabulary) or _by_vocabulary(said, words, vocabulary)


def _by_quotation(said: Unquoted, words: list[str], vocabulary: Vocabulary | None) -> tuple[str, str] | None:
    last, rest = words[-1].strip(" ,.!?"), " ".join(words[:-1]).strip(" ,:")
    thing = said.restore(rest)
    if said.is_quote(last) and _may_be_thing(thing, vocabulary):
        return last, rest
    first, rest = words[0].strip(" ,"), " ".join(words[1:])
    if said.is_quote(first) and is_named(said.restore(rest), vocabulary):
        return first, rest
    return None


def _may_be_thing(thing: str, vocabulary: Vocabulary | None) -> bool:
    return is_named(thing, vocabulary) or sounds_like_home(thing) or bool(_DEFINITE.match(thing))


def _by_vocabulary(said: Unquoted, words: list[str], vocabulary: Vocabulary | None) -> tuple[str, str] | None:
    if is_named(said.restore(" ".join(words)), vocabulary):
        return None
    longest = min(len(words) - 1, _MOST_THING_WORDS)
    for knows in (lambda thing: is_named(thing, vocabulary), _looks_like_thing):
        for cut in range(longest, 0, -1):
            thing, name = " ".join(words[:cut]).strip(" ,"), _LINK.sub("", " ".join(words[cut:]), count=1)
            if knows(said.restore(thing)) and _is_name(name):
                return name, thing
    return None


def _looks_like_thing(thing: str) -> bool:
    return bool(_DEFINITE.match(thing)) and len(thing.split()) <= 5 and sounds_like_home(thing)


def _is_name(name: str) -> bool:
    words = name.strip(" ,.!?").split()
    if not 1 <= len(words) <= _MOST_NAME_WORDS:
        return False
    return not any(_NOT_A_NAME.fullmatch(word.strip(".,!?")) for word in words)
