"""Words to forget: "forget liv room", "stop calling the lamp Bertha"."""

from __future__ import annotations

import re

from engine.understanding.framing import unframe
from engine.understanding.home_words import is_named, without_article
from engine.understanding.lesson import Forget, Vocabulary
from engine.understanding.naming import parse_naming
from engine.understanding.quoting import Unquoted

_MARKS = " ,.;:!?…-–—\"'"
_MOST_WORDS = 5
_WORD = r"(?:word|name|nickname|alias|phrase|synonym|term|shortcut|meaning of|lesson about|lesson|command|expression)s?"
_ERASE = r"(?:remove|delete|drop|erase|unlearn|forget|get rid of|take (?:back|out|away)|scrap|unteach|undo|discard)"
_LEARNT = r"(?:you know|(?:i|we|you)(?:'ve)?(?: have)? (?:said|told you|taught you|learned|learnt|know))"
_EXPLICIT = (
    rf"{_ERASE} (?:about )?(?:the|that|my|our|this) (?:new |old )?{_WORD}(?: called| named)?(?: of)?",
    rf"{_ERASE} (?:what|everything|all)(?: that)? {_LEARNT}(?: about| of| on)?",
    r"(?:unlearn|unteach)(?: what)?",
)
_STOP_USING = r"(?:stop|quit|don't|do not|never) (?:treat|read|us|understand|tak|interpret|accept)(?:e|ing)?"
_WHAT_IT_MEANS = (r"forget (?:about )?what(?: the word| the phrase)?", r"forget (?:about )?how (?:i|we) (?:call|say)")
_BARE = r"(?:forget|unlearn)(?: about)?(?: that| how)?"
_LOSES_MEANING = re.compile(
    r"(?:doesn't|doesnt|does not|shouldn't|should not|won't|will not|no longer|isn't|is not|isnt)(?: to)? (?:means?"
    r"|mean|stands? for|refers? to|a word|a name)"
    r"(?=(?: anything| something)?(?: at all)?(?: any ?more| any longer| now)?$)|(?:no longer means"
    r"|no longer stands for|no longer refers to)|means nothing(?: now| any ?more| at all| any longer)?$|"
    r"(?:doesn't|doesnt|does not|isn't|isnt|is not) (?:mean |refer to |stand for )?(?=\S.* (?:any ?more|any longer)$)",
    re.IGNORECASE,
)
_ENDS_PHRASE = re.compile(
    r" (?:means?|meant|stands for|refers to|is|are|=|for|from|as|to mean|of|(?:any ?more|any longer|again|now"
    r"|altogether|entirely)$)(?: |$)",
    re.IGNORECASE,
)
_STOP_CALLING = re.compile(
    r"(?:stop|quit|don't|do not|never|no longer) (?:calling|naming|nicknaming|call|name|nickname) ", re.IGNORECASE
)
_POINTING = re.compile(r"(?:it|that|this|him|her|them|those) (?=\S)", re.IGNORECASE)
_SPEAKS_OF_IT = re.compile(
    r"\b(?:forget\w*|frget|fogret|unlearn|unteach|disremember|delete|remove|erase|drop|lose|scrap|wipe|clear|discard"
    r"|get rid|take|stop|quit|never|not|no longer|no more|any ?more|any longer)\b|n't\b",
    re.IGNORECASE,
)
_NO_WORD = re.compile(
    r"(?:it|that|this|those|these|them|him|her|me|us|you|i|he|she|they|we|to|about|everything|all|nothing|anything"
    r"|something|what|how|why|when|where|"
    r"who|if|whether|which|not|ever|never|today|tomorrow|yesterday|one|the past|past|all of it|just|even|sometimes"
    r"|school|work|a|an|some|any|for|as|things?|stuff|is|are|was|at|on|in)",
    re.IGNORECASE,
)
_AT_END = re.compile(r" (?:means?|meant|stands for|is|refers to|things?)$", re.IGNORECASE)
_OTHER_MATTER = re.compile(
    r"\b(?:alarm|timer|reminder|appointment|meeting|event|list|task|command|request|question|order)s?$", re.IGNORECASE
)
_AFTER = re.compile(r" (?:any ?more|any longer|again|now|altogether|entirely|for good|at all)$", re.IGNORECASE)


def _compiled(words: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(rf"{one}(?![\w'])[ :,]*", re.IGNORECASE) for one in words)


_EXPLICIT_HEADS = _compiled(_EXPLICIT)
_MEANS_HEADS = _compiled(_WHAT_IT_MEANS)
_STOP_HEAD = _compiled((_STOP_USING,))[0]
_AS_NAME = re.compile(r" (?:as|for|to mean|like) (?=\S)", re.IGNORECASE)
_BARE_HEAD = _compiled((_BARE,))[0]


def speaks_of_forgetting(text: str) -> bool:
    """Tell whether a text has a word without which nothing is asked to be forgotten."""
    return _SPEAKS_OF_IT.search(text) is not None


def parse_forgetting(said: Unquoted, vocabulary: Vocabulary | None) -> Forget | None:
    """Return the word that is to be forgotten, or None."""
    framed = unframe(said.text)
    point = framed.point
    if framed.has("announced") or (framed.has("doubted") and not framed.has("asked")):
        return None
    return (
        _stop_calling(said, point, vocabulary)
        or _stop_using(said, point, vocabulary)
        or _by_head(said, point)
        or _loses_meaning(said, point, vocabulary)
        or _bare(said, point, vocabulary)
    )


def _stop_calling(said: Unquoted, point: str, vocabulary: Vocabulary | None) -> Forget | None:
    found = _STOP_CALLING.match(point)
    if not found:
        return None
    rest = _AFTER.sub("", point[found.end() :])
    pointing = _POINTING.match(rest)
    if pointing:
        phrase = rest[pointing.end() :]
        return _forget(said, phrase) if said.is_quote(phrase) or is_named(said.restore(phrase), vocabulary) else None
    named = parse_naming(said, f"call {rest}", vocabulary)
    return _forget(said, named[0]) if named else None


def _stop_using(said: Unquoted, point: str, vocabulary: Vocabulary | None) -> Forget | None:
    found = _STOP_HEAD.match(point)
    if not found:
        return None
    rest = _AFTER.sub("", point[found.end() :])
    link = _AS_NAME.search(rest)
    phrase, meaning = (rest[: link.start()], rest[link.end() :]) if link else (rest, "")
    # "stop using the lamp" is about the lamp, "stop using Bertha for the lamp" about a word.
    return _forget(said, phrase) if said.is_quote(phrase) or is_named(said.restore(meaning), vocabulary) else None


def _by_head(said: Unquoted, point: str) -> Forget | None:
    for head in _EXPLICIT_HEADS:
        found = head.match(point)
        if found:
            return _forget(said, _phrase(point[found.end() :]))
    for head in _MEANS_HEADS:
        found = head.match(point)
        means = _AT_END.search(point)
        if found and means:
            return _forget(said, point[found.end() : means.start()])
    return None


def _loses_meaning(said: Unquoted, point: str, vocabulary: Vocabulary | None) -> Forget | None:
    found = _LOSES_MEANING.search(point)
    if not found:
        return None
    phrase, rest = point[: found.start()].strip(_MARKS), _AFTER.sub("", point[found.end() :]).strip(_MARKS)
    nothing = found.group().lower().startswith("means nothing")
    sure = said.is_quote(phrase) or is_named(phrase, vocabulary) or is_named(said.restore(rest), vocabulary)
    ended = bool(_AFTER.search(point)) and rest.lower() in {"", "anything", "something"}
    if sure or (ended and not nothing):
        return _forget(said, phrase)
    return None


def _bare(said: Unquoted, point: str, vocabulary: Vocabulary | None) -> Forget | None:
    found = _BARE_HEAD.match(point)
    if not found:
        return None
    rest = point[found.end() :]
    phrase = _phrase(rest)
    meaning = rest.strip(_MARKS)[len(phrase) :].partition(" ")[2].partition(" ")[2]
    sure = said.is_quote(phrase) or any(is_named(said.restore(one), vocabulary) for one in (phrase, meaning))
    # "forget the milk" is about milk, unless milk is a word of this house.
    plausible = len(phrase.split()) <= 3 and phrase == rest.strip(_MARKS) and without_article(phrase) == phrase
    return _forget(said, phrase) if sure or plausible else None


def _phrase(rest: str) -> str:
    rest = _AFTER.sub("", rest)
    found = _ENDS_PHRASE.search(rest)
    return rest[: found.start() if found else None].strip(_MARKS)


def _forget(said: Unquoted, phrase: str) -> Forget | None:
    phrase = phrase.strip(_MARKS)
    word = said.restore(phrase)
    if not word.strip(_MARKS):
        return None
    if said.is_quote(phrase):
        return Forget(word)
    words = phrase.split()
    if _OTHER_MATTER.search(phrase):
        return None
    if len(words) > _MOST_WORDS or any(mark in phrase for mark in ",.!?;") or _NO_WORD.fullmatch(words[0]):
        return None
    return Forget(without_article(word))
