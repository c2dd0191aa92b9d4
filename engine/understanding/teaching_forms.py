"""The wordings of a lesson with a phrase and a meaning, as a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto


class Need(Enum):
    """What a wording asks of its parts before it counts as a lesson."""

    KNOWN = auto()
    """The phrase is quoted, or the meaning is something known."""
    NAMED = auto()
    """The meaning is known, whatever is quoted: the words are too common in talk."""
    LIKELY = auto()
    """Quoted, known, or at least a meaning that sounds like a thing or a command of a home."""


@dataclass(frozen=True)
class Form:
    """One wording: `head`, a part, `middle`, another part. `reverse`: the meaning comes first."""

    head: re.Pattern[str] | None
    middle: re.Pattern[str]
    need: Need
    reverse: bool = False
    personal: bool = False
    renames: bool = False
    declared: bool = False
    proper: bool = False


def _head(words: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?:{words})(?![\w'])[ ,:]*", re.IGNORECASE) if words else None


def _middle(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w'])(?:{words})(?![\w'])", re.IGNORECASE)


def _form(
    head: str,
    middle: str,
    need: Need = Need.KNOWN,
    *,
    reverse: bool = False,
    personal: bool = False,
    renames: bool = False,
    declared: bool = False,
    proper: bool = False,
) -> Form:
    return Form(_head(head), _middle(middle), need, reverse, personal, renames, declared, proper)


_WHEN = r"(?:when(?:ever)?|if|any ?time|every ?time|each time|as soon as|once|where(?:ver)?)(?: ever)?"
_OTHERS = (
    r"(?:someone|somebody|anyone|anybody|any of us|one of us|people|everyone|everybody|he|she|they|the (?:kids"
    r"|children|boys|girls)|my \w+|\w+)"
)
_SAYS = (
    r"(?:says?|ask for|asks for|mentions?|writes?|types?|tells? you|uses? the (?:word|phrase|name)|refers? to"
    r"|speaks? of|talks? about|am talking about|want)"
)
_WE = rf"(?:(?:i|we)(?: (?:just|only|ever|always|simply))? {_SAYS}|(?:you|u) hear(?: me say| us say| me| us)?)"
_I_MEAN = r"(?:(?:i|we)(?: (?:really|actually|always|only|just|usually))? mean(?: to say)?)"
_SO = (
    rf"{_I_MEAN}|(?:i|we) want|(?:then )?(?:that|it|this)(?:'s| is| means| should mean| stands for)|(?:i'm|i am"
    rf"|we're|we are) (?:talking about|referring to)|"
    r"(?:i|we) want you to|(?:then )?(?:you|u) (?:should|must|can|could|have to|need to|are to)"
    r"|(?:then )?think(?: of)?|understand|it refers to|"
    r"take it as|take it to mean|treat it as|read it as|interpret it as|hear|i'd like you to|please|then|do|just"
)
_MEAN = (
    r"(?:(?:it|this|that|which) )?(?:now |also |always |actually |really )?(?:means|refers to|stands for)|(?:should"
    r"|shall|will|must|has to"
    r"|is to|ought to|is going to|is supposed to)(?: now| also| always)? (?:mean|refer to|stand for"
    r"|be understood as|be read as|be taken as)"
)
_SHALL_DO = (
    r"(?:should|shall|will|must|has to|is to|is supposed to)(?: now| also| always)? (?:do|trigger|run|make you"
    r"|be the same as|be short for|be)|triggers"
)
_NAME = (
    r"(?:another|other|an?|the|one|our|my|the kids'|a new|a second|a different|a better|a shorter)(?: \w+)? (?:name"
    r"|word|nickname|alias|term|code|code ?word|synonym|shortcut|short ?hand|expression|phrase|way to say"
    r"|way of saying)"
)
_IS_NAME = (
    rf"(?:is|are|=)(?: also| just| simply)?(?: {_NAME}(?: for| of| to)?| (?:short|slang|shorthand|code|family slang"
    rf"|a synonym|the same|the same thing)(?: for| of| as)| what (?:i|we|they|my \w+|the \w+|everyone"
    rf"|everybody)(?: all| always| usually)? (?:call|calls|say for|mean by)| how (?:i|we) (?:call|say|refer to))"
)
_CALLED = (
    r"(?:is|are|was|goes|will be|shall be|should be|can be|gets)(?: now| also| just| otherwise| sometimes| always"
    r"| henceforth)? (?:called|named|nicknamed|known as|referred to as|by the name(?: of)?|by)|answers to|aka"
    r"|a\.k\.a\.|also known as"
)
_KNOWN, _NAMED, _LIKELY = Need.KNOWN, Need.NAMED, Need.LIKELY

_POSSESSIVE = re.compile(
    r"(?:'s?|s) (?:new |other |second )?(?:name|nickname|alias) (?:is|shall be|should be|will be)(?![\w'])",
    re.IGNORECASE,
)

FORMS: tuple[Form, ...] = (
    # the wording starts with words of its own
    _form(f"{_WHEN} {_WE}", _SO, _LIKELY),
    _form(f"{_WHEN} {_OTHERS} {_SAYS}", f"{_SO}|(?:they|he|she) (?:mean|means)", _NAMED),
    _form("by(?: saying)?", rf"{_I_MEAN}|understand|i'm referring to|i am referring to", _LIKELY),
    _form("with", _I_MEAN, _KNOWN),
    _form("saying|the (?:word|words|phrase|name|command)", rf"{_MEAN}|{_SHALL_DO}|should|is", _KNOWN),
    _form(r"(?:my|mine) (?:own )?(?:word|name|nickname|term|phrase) for", "is|=", _KNOWN, reverse=True, personal=True),
    _form(rf"(?:{_NAME}|the name|our name|our word|nickname|alias) (?:for|of)", "is|=|:", _KNOWN, reverse=True),
    _form("what (?:i|we|the kids|my \\w+|everyone|they)(?: all| always| usually)? calls?", "is|=", _KNOWN),
    _form(
        "treat|read|understand|interpret|take|count|consider|think of|see|regard|hear|define|parse|recogni[sz]e",
        "as(?: meaning)?|to mean|like|the same as|to be|just like",
        _KNOWN,
    ),
    _form("let", "mean|stand for|refer to|be(?: short for| another name for)?", _KNOWN),
    _form("make|have|set", "mean|stand for|refer to|to mean|equal|trigger", _KNOWN),
    _form(
        "map|link|translate|connect|assign|bind|point|match|convert|redirect|tie|hook up", "to|into|as|on ?to", _KNOWN
    ),
    _form("associate|pair|replace|equate|substitute", "with|and", _KNOWN),
    _form(
        "(?:add |create |make |set up |use |give me )?(?:an? |the )?(?:new )?(?:alias|shortcut|synonym|nickname"
        "|short ?hand)(?: called| named)?",
        "for|to|->|as",
        _LIKELY,
    ),
    _form(
        "(?:add|use|put|accept|take|set)(?: the (?:word|name|nickname|phrase|alias))?",
        r"as (?:an?|the|another|my|our)(?: \w+)? (?:name|alias|nickname|word|synonym|shortcut|short ?hand|term"
        r"|phrase)(?: for| of| to)|to mean",
        _LIKELY,
    ),
    _form("use|say|write|type", "for|when you mean|when i mean|to mean", _KNOWN),
    _form(
        "add the (?:word|name|nickname|phrase|alias|synonym)|give the (?:word|name|nickname|alias)|use the (?:word"
        "|name|nickname|alias)",
        "to|for",
        _LIKELY,
    ),
    _form("give", r"(?:the|a|an)(?: new| second)? (?:name|nickname|alias)(?: of)?", _KNOWN, reverse=True, renames=True),
    _form("rename", "to|as|into", _LIKELY, reverse=True, renames=True),
    _form(
        "alias|refer to|know|list|register|record|tag|label|save|store|call",
        "as|also",
        _NAMED,
        reverse=True,
        renames=True,
    ),
    _form("change the name of", "to|into", _LIKELY, reverse=True, renames=True),
    _form("the(?: new)? (?:name|nickname) of", "is|shall be|should be", _NAMED, reverse=True, renames=True),
    # it starts with the phrase, or with the thing
    _form("", r"is what (?:i|we) mean (?:by|with|when (?:i|we) say)", _LIKELY, reverse=True),
    _form("", r"is what (?:i|we) want when(?:ever)? (?:i|we) say", _LIKELY, reverse=True),
    _form("", r"is my (?:own )?(?:word|name|nickname|term|code|pet name) for", _LIKELY, personal=True),
    _form("", _IS_NAME, _LIKELY),
    _form("", _CALLED, _NAMED, reverse=True, renames=True),
    Form(None, _POSSESSIVE, _NAMED, reverse=True, renames=True),
    _form(
        "", "(?:is|are)(?: now| also| just| really)?", _NAMED, reverse=True, renames=True, declared=True, proper=True
    ),
    _form("", _MEAN, _KNOWN),
    _form("", _SHALL_DO, _KNOWN),
    _form("", "=|equals|translates to|as in|aka", _KNOWN),
    _form("", r"that'?s|that is|that means|i mean|that would be|that'd be", _NAMED),
    _form("", "(?:is|are)(?: now| also| really| actually| just| always| the same as| like)?|'s", _KNOWN, declared=True),
)
_COMMA = re.compile(r",|:(?!\d)")  # the colon of "18:00" parts nothing
COMMA_FORM = Form(_head(f"{_WHEN} {_WE}"), _COMMA, _LIKELY)
OTHERS_COMMA_FORM = Form(_head(f"{_WHEN} {_OTHERS} {_SAYS}"), _COMMA, _NAMED)
MY_FORM = _form("", "is|are|means|=|'s", _NAMED, personal=True)
