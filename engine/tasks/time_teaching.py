"""Wordings that give a phrase a time: "when I say after work I mean 18:00", "bedtime means half past nine"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from engine.tasks.mappings import is_time

_LONGEST = 200
_MOST_WORDS = 6
_FOR_ALL = r"for (?:all of )?(?:us|everyone|everybody|the (?:whole )?(?:family|household))"
_FRAME = (
    r"(?:(?:please|ok|okay|hey|so|and|by the way|from now on|in future|in this house|for me|"
    rf"{_FOR_ALL}|(?:remember|note|know|learn|keep in mind)(?: that)?)[,:]? )*"
)
_PART = r"(?P<phrase>\S.*?)"
_TIME = r"(?P<time>\S.*?)"
_I_MEAN = (
    r"(?:then )?(?:(?:i|we)(?: really| always| usually| actually)? mean|(?:that|it)(?: means|'s| is)|"
    r"think|understand|take it as)"
)
_WHEN = r"(?:when(?:ever)?|if|every time|any ?time|each time)"
_FORMS = tuple(
    re.compile(rf"{_FRAME}{form}(?:,? (?P<whose>for me|{_FOR_ALL}))?", re.IGNORECASE)
    for form in (
        rf"{_WHEN} (?:i|we) (?:say|write|type|talk about|speak of|mention) {_PART},? {_I_MEAN} {_TIME}",
        rf"(?:by|with)(?: saying)? {_PART},? (?:i|we)(?: really| always| usually)? mean {_TIME}",
        rf"let {_PART} mean {_TIME}",
        rf"{_TIME} is what (?:i|we) (?:mean (?:by|when (?:i|we) say)|call) {_PART}",
    )
)
_PLAIN = re.compile(
    rf"(?P<frame>{_FRAME}){_PART}(?: (?:now|always|usually))? "
    r"(?:means|stands for|should mean|shall mean|is to mean|=) "
    rf"{_TIME}(?:,? (?P<whose>for me|{_FOR_ALL}))?",
    re.IGNORECASE,
)
_SHARED = re.compile(
    rf"(?:\b{_FOR_ALL}\b|\bin this house\b|\b(?:when(?:ever)?|if|time) we\b|\bwe mean\b)", re.IGNORECASE
)
# One-off times are what people talk about ("the delay means tomorrow at 9"), no meaning of a phrase.
_ONE_OFF = re.compile(r"\b(?:today|tomorrow|tonight|yesterday|ago|next|this|last|in \w+ \w+)\b", re.IGNORECASE)
_IS_PHRASE = re.compile(
    r"(?=[^\d+*/^%&]+$)(?=.*[^\W\d_]{3})"
    r"(?!(?:it|that|this|these|those|they|he|she|i|you|we|there|here|what|which|who|whatever|something|anything|nothing"
    r"|everything|one|all|yes|no|not|so|how|why|where|when|if|because|but|and|or|maybe|perhaps|probably|then|sorry"
    r"|remind|wake|set|call|buy|don't|dont|do|does|did|is|are|was)(?:'\w+)?(?: |$))",
    re.IGNORECASE,
)
_QUOTES = "\"'“”‘’«»„"


@dataclass(frozen=True)
class TimeLesson:
    """A phrase that is to say the time that `meaning` says; `shared`: to everybody, and not to the speaker alone."""

    phrase: str
    meaning: str
    shared: bool


def time_lesson_in(text: str) -> TimeLesson | None:
    """Return the time that a text gives a phrase, or None where it gives none."""
    said = " ".join(text.split()).rstrip(" .!")
    if len(said) > _LONGEST or said.endswith("?"):
        return None
    for form in _FORMS:
        found = form.fullmatch(said)
        if found and (lesson := _lesson(found, said)):
            return lesson
    found = _PLAIN.fullmatch(said)
    if not found:
        return None
    framed = bool(found["frame"] or found["whose"] or found["phrase"][:1] in _QUOTES)
    return None if _ONE_OFF.search(found["time"]) and not framed else _lesson(found, said)


def _lesson(found: re.Match[str], said: str) -> TimeLesson | None:
    quoted = found["phrase"][:1] in _QUOTES
    phrase, meaning = (found[name].strip(f" ,.{_QUOTES}") for name in ("phrase", "time"))
    if not phrase or len(phrase.split()) > _MOST_WORDS or (not quoted and not _IS_PHRASE.match(phrase)):
        return None
    mine = (found["whose"] or "").casefold() == "for me"
    return TimeLesson(phrase, meaning, not mine and bool(_SHARED.search(said))) if is_time(meaning) else None
