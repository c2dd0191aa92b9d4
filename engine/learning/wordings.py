"""What a taught text may consist of: which phrases are refused whatever they are to mean."""

from __future__ import annotations

import re
import unicodedata

from engine.learning.outcomes import Refusal, Refused
from engine.learning.reserved import is_stop_words
from engine.understanding.plain import plain

LONGEST_PHRASE = 60
LONGEST_TEXT = 300

_MARKUP = re.compile(r"</?[a-z!][^>]*>|[<>{}\[\]\\`|$;=]|\*\*|__|--|/\*|\]\(|https?:|&[a-z#0-9]+;", re.IGNORECASE)
_PATH = re.compile(r"(?<!\w)/(?=\S)")
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
_ALLOWED_FORMAT = frozenset("\u200d\ufe0e\ufe0f")  # they hold emoji together


def phrase_fault(phrase: str) -> Refused | None:
    """Return why no lesson may be about `phrase`, or None."""
    text = phrase.strip()
    if not text:
        return Refused(Refusal.EMPTY, "There is no word to learn.")
    if len(text) > LONGEST_PHRASE:
        return Refused(Refusal.TOO_LONG, f"A word to learn has at most {LONGEST_PHRASE} characters.")
    odd = odd_characters(text) or ("slashes in front" if _PATH.search(text) else None)
    if odd:
        return odd_phrase(odd)
    if not any(letter.isalnum() for letter in plain(text)):
        return Refused(Refusal.NO_LETTERS, "A word to learn needs a letter or a number.")
    if is_stop_words(text):
        return Refused(Refusal.STOP_WORDS, f"“{text}” is too common a word to stand for one thing.")
    return None


def meaning_fault(text: str) -> Refused | None:
    """Return why a wording cannot be what a phrase means, or None."""
    if not text.strip() or not any(letter.isalnum() for letter in plain(text)):
        return Refused(Refusal.MEANING_NOT_FOUND, "There is nothing that it should mean.")
    if len(text) > LONGEST_TEXT:
        return Refused(Refusal.TOO_LONG, f"What a word means has at most {LONGEST_TEXT} characters.")
    odd = odd_characters(text)
    return Refused(Refusal.ODD_CHARACTERS, f"What a word means has no {odd} in it.") if odd else None


def odd_phrase(odd: str) -> Refused:
    """Return the refusal of a phrase that holds an odd kind of character."""
    return Refused(Refusal.ODD_CHARACTERS, f"A word to learn is letters and numbers, without {odd}.")


def odd_characters(text: str) -> str | None:
    """Return what kind of character a taught text must not hold but does, or None."""
    if any(len(scripts_of(word)) > 1 for word in text.split()):
        return "letters of two alphabets in one word"
    return hidden_characters(text) or ("markup or program text" if _MARKUP.search(text) else None)


def scripts_of(word: str) -> frozenset[str]:
    """Return which of the alphabets with letters that look alike a word is written in."""
    names = (unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha())
    return frozenset(names) & _ALIKE


def hidden_characters(text: str) -> str | None:
    """Return what kind of character stands unseen in a text, or None."""
    for letter in text:
        category = unicodedata.category(letter)
        if category in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}:
            return "control characters"
        if category == "Cf" and letter not in _ALLOWED_FORMAT:
            return "invisible or direction-changing characters"
    return None
