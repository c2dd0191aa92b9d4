"""Corrections: what should have been done instead of what was just done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from engine.understanding.correction_words import (
    CLAIM_AFTER,
    CLAIM_BEFORE,
    CONTRASTS,
    IT_WAS,
    NEUTRAL,
    NOT_FIRST,
    OPENER,
    OTHER_ONE,
    REJECTION,
    SOFT_OPENER,
    TALK,
    VALUE,
    WISH_BEFORE,
)
from engine.understanding.framing import bare
from engine.understanding.home_words import is_definite, is_known, sounds_like_command, sounds_like_home
from engine.understanding.lesson import Correct, Vocabulary

_MARKS = " ,.;:!?…-–—"
_MOST_CHARACTERS = 200
_MOST_WORDS = 20
_BREAK = re.compile(r"[,.;:–—-]+ | but | and ", re.IGNORECASE)
_INSTEAD = re.compile(r"[ ,]+(?:instead|rather)$", re.IGNORECASE)
_ADDS = re.compile(r"\b(?:too|as well|also|first|next)$", re.IGNORECASE)
_BEFORE_WANTED = re.compile(
    r"(?:(?:but|and|actually|just|only|rather|please|for|do|use|try|that you|you to|to(?= \w+ (?:the|it|them|on|off"
    r"|up|down)\b)|to be|it was|it's|it is) )+",
    re.IGNORECASE,
)


_NO_THING = re.compile(r"no \w+", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?:an?|any|all|every|one) ", re.IGNORECASE)


@dataclass(frozen=True)
class _Reading:
    """What of a correction has been read so far, and the rest that is still to be read."""

    rest: str
    whole: str = ""
    said: str = ""
    opened: bool = False
    softly: bool = False
    rejected: bool = False
    claimed: bool = False
    wished: bool = False
    instead: bool = False
    negated: str | None = None


def parse_correction(text: str, *, after_action: bool, vocabulary: Vocabulary | None) -> Correct | None:
    """Return the correction in an utterance; with nothing done before, only one so explicit that it is meant as one."""
    point = bare(text)
    if not point or len(point) > _MOST_CHARACTERS or len(point.split()) > _MOST_WORDS:
        return None
    reading = _read(point)
    judge = _Judge(vocabulary)
    if not after_action:
        explicit = (reading.opened or reading.softly or reading.rejected) and reading.claimed
        return Correct(reading.rest, reading.negated) if explicit and judge.knows(reading.rest) else None
    for candidate in _candidates(reading):
        accepted = judge.accept(candidate)
        if accepted:
            return accepted
    return None


def _read(point: str) -> _Reading:
    reading = _opened(_Reading(point, said=point))
    found = REJECTION.match(reading.rest)
    if found:
        reading = _opened(replace(reading, rest=_strip(reading.rest[found.end() :]), rejected=True))
    return _claimed(_instead(replace(reading, whole=reading.rest)))


def _opened(reading: _Reading) -> _Reading:
    for _ in range(6):
        hard, soft = OPENER.match(reading.rest), SOFT_OPENER.match(reading.rest)
        found = hard or soft or NEUTRAL.match(reading.rest)
        if not found:
            break
        reading = replace(
            reading,
            rest=_strip(reading.rest[found.end() :]),
            opened=reading.opened or bool(hard),
            softly=reading.softly or (bool(soft) and not hard),
        )
    return reading


def _instead(reading: _Reading) -> _Reading:
    found = _INSTEAD.search(reading.rest[-12:])
    if not found:
        return reading
    return replace(reading, rest=_strip(reading.rest[: len(reading.rest) - len(found.group())]), instead=True)


def _claimed(reading: _Reading) -> _Reading:
    for pattern, claimed in ((CLAIM_BEFORE, True), (WISH_BEFORE, False)):
        found = pattern.match(reading.rest)
        if found and found.end() < len(reading.rest):
            rest = _wanted(reading.rest[found.end() :])
            return replace(reading, rest=rest, claimed=reading.claimed or claimed, wished=not claimed)
    found = CLAIM_AFTER.search(reading.rest)
    if found and found.start():
        return replace(reading, rest=_wanted(reading.rest[: found.start()]), claimed=True)
    return replace(reading, rest=_wanted(reading.rest))


def _candidates(reading: _Reading) -> list[_Reading]:
    """Return the ways to divide the rest into what is wanted and what is not, the plain one last."""
    candidates: list[_Reading] = []
    for contrast in CONTRASTS:
        for count, found in enumerate(contrast.finditer(reading.rest)):
            if count == 4 or not found.start():
                break
            wanted, negated = _wanted(reading.rest[: found.start()]), _strip(reading.rest[found.end() :])
            candidates.append(replace(_claimed(replace(reading, rest=wanted)), negated=negated))
    negation, wrong_one = NOT_FIRST.match(reading.whole), IT_WAS.match(reading.whole)
    if negation:
        rest = reading.whole[negation.end() :]
        candidates.extend([*_divisions(reading, rest), replace(reading, rest="", negated=_strip(rest))])
    elif wrong_one:
        divided = _divisions(replace(reading, opened=False, softly=False), reading.whole[wrong_one.end() :])
        candidates.extend(one for one in divided if one.claimed or one.opened or one.instead)
    return [*candidates, reading]


def _divisions(reading: _Reading, rest: str) -> list[_Reading]:
    """Return the ways to cut "the lamp, the fan" into what was not meant and what was."""
    return [_divided(reading, rest, found) for found in list(_BREAK.finditer(rest))[:4]]


def _divided(reading: _Reading, rest: str, found: re.Match[str]) -> _Reading:
    after = _opened(replace(reading, rest=_strip(rest[found.end() :])))
    return replace(_claimed(_instead(after)), negated=_strip(rest[: found.start()]))


class _Judge:
    """Decides whether a reading is a correction or only talk that looks like one."""

    def __init__(self, vocabulary: Vocabulary | None) -> None:
        self._vocabulary = vocabulary

    def knows(self, phrase: str) -> bool:
        """Tell whether `phrase` can be wanted of the home: known, another one, or a household thing by its noun."""
        if not phrase or _ADDS.search(phrase) or TALK.match(phrase):
            return False
        if self._is_known(phrase) or OTHER_ONE.fullmatch(phrase):
            return True
        return len(phrase.split()) <= 6 and is_definite(phrase) and sounds_like_home(phrase)

    def accept(self, reading: _Reading) -> Correct | None:
        """Return the correction that `reading` is, or None."""
        if reading.negated is not None:
            return self._contrast(reading)
        if not reading.rest:
            return Correct(None) if reading.rejected and not reading.claimed else None
        # "no music" wants none of it; "no, the music" wants it.
        return Correct(reading.rest) if not _NO_THING.fullmatch(reading.said) and self._is_wanted(reading) else None

    def _contrast(self, reading: _Reading) -> Correct | None:
        negated = reading.negated or ""
        if not reading.rest:
            alone = self._is_known(negated) and len(negated.split()) <= 5 and not _INDEFINITE.match(negated)
            return Correct(None, negated) if alone else None
        sure = self.knows(reading.rest) or (
            (reading.claimed or self._is_value(negated)) and self._is_value(reading.rest)
        )
        return Correct(reading.rest, negated) if sure and _can_be_negated(negated) else None

    def _is_wanted(self, reading: _Reading) -> bool:
        rest = reading.rest
        moved = reading.opened or reading.rejected or reading.claimed or reading.instead
        if OTHER_ONE.fullmatch(rest):
            return moved or reading.softly
        if self._is_value(rest):
            return reading.claimed or reading.instead or ((reading.opened or reading.rejected) and not rest.isdigit())
        if self.knows(rest):
            return moved or (reading.softly and (reading.wished or not sounds_like_command(rest)))
        if TALK.match(rest) or _ADDS.search(rest):
            return False
        command = sounds_like_command(rest) and len(rest.split()) <= 12
        if command and (reading.opened or reading.rejected or reading.instead or reading.claimed):
            return True
        short = len(rest.split()) <= 4
        return (
            short and is_definite(rest) and reading.claimed and (reading.opened or reading.softly or reading.rejected)
        )

    def _is_value(self, phrase: str) -> bool:
        return bool(VALUE.fullmatch(phrase))

    def _is_known(self, phrase: str) -> bool:
        bare_one = re.sub(r" ones?$", "", phrase, flags=re.IGNORECASE)
        if self._vocabulary is None:
            return sounds_like_home(bare_one)
        return is_known(phrase, self._vocabulary) or is_known(bare_one, self._vocabulary)


def _can_be_negated(phrase: str) -> bool:
    return bool(phrase) and len(phrase.split()) <= 6 and not re.search(r"[.!?] ", phrase)


def _wanted(rest: str) -> str:
    rest = _strip(rest)
    found = _BEFORE_WANTED.match(rest)
    return bare(rest[found.end() :]) if found else bare(rest)


def _strip(text: str) -> str:
    return text.strip(_MARKS)
