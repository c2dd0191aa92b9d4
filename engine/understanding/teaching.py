"""Lessons: wordings that give a phrase a meaning."""

from __future__ import annotations

import re

from engine.understanding.framing import Framed, unframe
from engine.understanding.home_words import (
    is_definite,
    is_named,
    sounds_like_command,
    sounds_like_home,
    without_article,
)
from engine.understanding.lesson import Teach, Vocabulary
from engine.understanding.naming import parse_naming
from engine.understanding.quoting import Unquoted
from engine.understanding.teaching_forms import (
    COMMA_FORM,
    FORMS,
    MY_FORM,
    OTHERS_COMMA_FORM,
    Form,
    Need,
)

_MARKS = " ,.;:!?…-–—\"'*_()[]<>="
_MOST_WORDS = 8
_MOST_PLACES = 6
_WORD_FOR = re.compile(
    r"(?:the |this )?(?:new )?(?:word|words|phrase|name|term|expression|command|nickname|sentence)s? (?=\S)",
    re.IGNORECASE,
)
_BEFORE_MEANING = re.compile(
    r"(?:(?:please|just|actually|really|simply|that i mean|i mean|the same as|the same thing as|you should|to say|"
    r"to(?= (?:turn|switch|set|dim|open|close|shut|lock|unlock|start|stop|play|pause|put|run|activate))) )+",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(r",? (?:and |but )?not (?:the |my |our )", re.IGNORECASE)
_STANDS_FOR_NOTHING = re.compile(
    r"(?:it|that|this|these|those|they|he|she|i|you|we|there|here|what|which|who|whatever|something|anything"
    r"|nothing|everything"
    r"|everyone|one|all|yes|no|ok|okay|so|wow|well|thanks|sure|hmm|oh|yeah|yep|nope|right|true|same|how|why|where"
    r"|when|not|and|but|or)",
    re.IGNORECASE,
)
_TALKING = re.compile(
    r"(?:i|you|he|she|we|they|it|who|what|which|if|because|but|and|or|that|there|maybe|perhaps|not|all i|does|do"
    r"|did|is|are|was|forget|unlearn|stop|"
    r"don't|dont|remove|delete|when|whenever|once|by|add|say|please|create|make|remind|tell|show|give|play|put|wake"
    r"|schedule|buy|find)"
    r"(?:'\w+)?(?: |$)",
    re.IGNORECASE,
)
_EMPTY_MEANING = re.compile(
    r"(?:(?:it|that|this|them|they|something|nothing|anything|everything|business|on|off|open|closed?|shut|next"
    r"|a lot|so much|much|well|not|never"
    r"|no|yes|stop|go|help"
    r"|thanks|hello|hi|me|you|us|him|her|there|here)(?:'?s)?(?: to (?:me|us))?|(?:i|you|he|she|it|we|they"
    r"|there)(?:'\w+| \w+).*|(?:a lot|nothing|so much|everything to)\b.*)",
    re.IGNORECASE,
)
_VAGUE_MINE = re.compile(
    r"my (?:\w+ )*?(?:favou?rite|problem|question|point|guess|idea|fear|plan|choice|goal|issue|concern|only|best"
    r"|worst|least|dream|pet peeve|wish|first|last|next|suggestion)\b",
    re.IGNORECASE,
)


def parse_teaching(said: Unquoted, vocabulary: Vocabulary | None) -> Teach | None:
    """Return the lesson in an utterance, or None."""
    framed = unframe(said.text)
    if framed.has("doubted") and not framed.has("asked", "announced"):
        return None
    parser = _Parser(said, framed, vocabulary)
    return parser.by_forms() or parser.by_naming() or parser.by_position()


class _Parser:
    """The attempts to read one framed utterance as a lesson."""

    def __init__(self, said: Unquoted, framed: Framed, vocabulary: Vocabulary | None) -> None:
        self._said = said
        self._framed = framed
        self._vocabulary = vocabulary

    def by_forms(self) -> Teach | None:
        point = self._framed.point
        for form in FORMS:
            if form.declared and not (
                self._framed.has("declared", "announced", "personal") or _starts_quoted(self._said, point)
            ):
                continue
            taught = self._read(form, point)
            if taught:
                return taught
        if point.lower().startswith("my "):
            return None if _VAGUE_MINE.match(point) else self._read(MY_FORM, point)
        return None

    def by_naming(self) -> Teach | None:
        """Read "call Y X", where nothing but what is known divides the two."""
        named = parse_naming(self._said, self._framed.point, self._vocabulary)
        return self._teach(named[0], named[1], personal=False, renames=True) if named else None

    def by_position(self) -> Teach | None:
        """Read "if I say X, Y" and "if I say X Y", where no word stands between the two."""
        for form in (COMMA_FORM, OTHERS_COMMA_FORM):
            taught = self._read(form, self._framed.point)
            if taught:
                return taught
        found = COMMA_FORM.head.match(self._framed.point) if COMMA_FORM.head else None
        if not found:
            return None
        words = self._framed.point[found.end() :].split()
        for cut in range(1, min(len(words), _MOST_WORDS)):
            phrase, meaning = " ".join(words[:cut]), " ".join(words[cut:])
            divided = self._said.is_quote(phrase) or self._said.is_quote(meaning)
            begins = meaning if self._named(meaning) else meaning.partition(" and ")[0]
            if (divided and self._likely(meaning)) or (sounds_like_command(meaning) and self._named(begins)):
                return self._teach(phrase, meaning, personal=False, renames=False)
        return None

    def _read(self, form: Form, point: str) -> Teach | None:
        start = 0
        if form.head is not None:
            found = form.head.match(point)
            if not found:
                return None
            start = found.end()
        for count, middle in enumerate(form.middle.finditer(point, start)):
            if count == _MOST_PLACES:
                return None
            parts = point[start : middle.start()], point[middle.end() :]
            phrase, meaning = reversed(parts) if form.reverse else parts
            if self._fits(form, phrase, meaning):
                return self._teach(phrase, meaning, personal=form.personal, renames=form.renames)
        return None

    def _fits(self, form: Form, phrase: str, meaning: str) -> bool:
        phrase, meaning = _clean_phrase(phrase), _clean_meaning(meaning)
        if not phrase or not meaning or not self._can_be_phrase(form, phrase):
            return False
        quoted = self._said.is_quote(phrase)
        if self._said.restore(phrase).casefold() == self._said.restore(meaning).casefold():
            return False
        if self._named(meaning):
            return quoted or not _EMPTY_MEANING.fullmatch(self._said.restore(meaning))
        if form.need is Need.NAMED or _EMPTY_MEANING.fullmatch(self._said.restore(meaning)):
            return False
        return quoted or self._said.is_quote(meaning) or (self._likely(meaning) and self._may_be_unknown(form))

    def _can_be_phrase(self, form: Form, phrase: str) -> bool:
        if self._said.is_quote(phrase):
            return True
        return _can_be_phrase(phrase, free=form.head is not None) and (not form.proper or _is_proper(phrase))

    def _may_be_unknown(self, form: Form) -> bool:
        explicit = form.need is Need.LIKELY or (self._framed.has("announced") and not form.declared)
        return explicit and not self._framed.has("doubted")

    def _likely(self, meaning: str) -> bool:
        words = len(meaning.split())
        if self._named(meaning) or sounds_like_home(self._said.restore(meaning)):
            return True
        return words <= 3 and (is_definite(meaning) or (self._framed.has("announced") and not _TALKING.match(meaning)))

    def _named(self, meaning: str) -> bool:
        whole = self._said.restore(meaning)
        return is_named(whole, self._vocabulary) or is_named(_BUT_NOT.split(whole, maxsplit=1)[0], self._vocabulary)

    def _teach(self, phrase: str, meaning: str, *, personal: bool, renames: bool) -> Teach | None:
        phrase, meaning = _clean_phrase(phrase), _BUT_NOT.split(_clean_meaning(meaning), maxsplit=1)[0]
        quoted = self._said.is_quote(phrase)
        word = self._said.restore(phrase)
        stands_for = self._said.restore(meaning)
        if not quoted:
            word = without_article(word)
        if not self._said.is_quote(meaning):
            stands_for = without_article(stands_for)
        if not _has_substance(word) or not _has_substance(stands_for):
            return None
        mine = personal or self._framed.has("personal") or word.casefold().startswith("my ")
        return Teach(word, stands_for, personal=mine, quoted=quoted, renames=renames)


def _starts_quoted(said: Unquoted, point: str) -> bool:
    return said.is_quote(point[:1])


def _is_proper(phrase: str) -> bool:
    words = without_article(phrase).split()
    return len(words) <= 3 and all(word[:1].isupper() for word in words)


def _has_substance(text: str) -> bool:
    return any(not letter.isspace() and letter not in _MARKS for letter in text)


def _clean_phrase(phrase: str) -> str:
    phrase = phrase.strip(_MARKS)
    found = _WORD_FOR.match(phrase)
    return phrase[found.end() :].strip(_MARKS) if found else phrase


def _clean_meaning(meaning: str) -> str:
    meaning = meaning.strip(_MARKS)
    found = _BEFORE_MEANING.match(meaning)
    return meaning[found.end() :].strip(_MARKS) if found else meaning


def _can_be_phrase(phrase: str, *, free: bool) -> bool:
    """Tell whether unquoted words can be what somebody says for something; `free`: the wording said so already."""
    if len(phrase.split()) > _MOST_WORDS or re.search(r"[.!?;] ", phrase) or _STANDS_FOR_NOTHING.fullmatch(phrase):
        return False
    return free or not _TALKING.match(phrase)
