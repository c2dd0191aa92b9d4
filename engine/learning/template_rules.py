"""What a household may make of a sentence: the same placeholders, nothing claimed that was not seen, no markup."""

from __future__ import annotations

import re
import string
import unicodedata

from engine.learning.wordings import odd_characters
from engine.sentences import SENTENCES, Sentence

LONGEST_SENTENCE = 400
_DEEDS = (
    "done|did|finished|completed?|accomplished|executed|performed|carried out|taken care of|sorted|handled|fixed"
    "|turned|switched|toggled|flipped|powered|activated|deactivated|enabled|disabled|dimmed|brightened|raised|lowered"
    "|increased|decreased|changed|adjusted|applied|opened|closed|shut|locked|unlocked|started|stopped|paused|resumed"
    "|muted|unmuted|played|docked|moved|heated|cooled|warmed|armed|disarmed|all set|(?:is|it's|are|have|'ve|been) set"
    "|success(?:ful|fully)?|succeeded|consider it|voila|ta-?da"
    "|(?:turn|switch|open|clos|lock|unlock|start|stopp|dimm|sett)ing (?:it|that|them|the|your|everything|on|off)"
)
_STATES = (
    r"(?:is|are|be|was|were|it's|that's|they're|now|went|goes|go|'s)\s+(?:now\s+|already\s+)?"
    r"(?:on|off|open|closed|shut|locked|unlocked|playing|running|dimmed|set|ready|live|armed)\b"
)
_WHOLE = r"^\W*(?:lights? (?:on|off)|on it|on|off|(?:ok(?:ay)?|right),? (?:on|off))\W*$"
_CLAIM = re.compile(rf"\b(?:{_DEEDS})\b|\b{_STATES}|{_WHOLE}", re.IGNORECASE)
_NOT = (
    "haven't|have not|hasn't|has not|wasn't|was not|isn't|is not|aren't|are not|weren't|were not|didn't|did not|not"
    "|never"
)
# What was not done, or is only wished or asked for: one negation right before it, and no other before that.
_DENIED = re.compile(
    r"(?<!not )(?<!n't )(?<!never )\b(?:"
    rf"(?:{_NOT}) (?:been )?(?:{_DEEDS})"
    rf"|nothing (?:was|is|has been) (?:{_DEEDS})"
    r"|(?:i|i've|i have) (?:did|done|changed) nothing(?! (?:is|was|but|except|more than))"
    rf"|(?:should|could|can|may|to) be (?:{_DEEDS})"
    rf"|(?:like|want|need) (?:it|that) (?:{_DEEDS})"
    r"|did you)\b",
    re.IGNORECASE,
)
_TICKS = frozenset("✅✔☑👍👌🆗💯🎉✓🗹")
_LINK = re.compile(r"https?:|www\.|[^\W\d_]\.[^\W\d_]{2}|@\w|[*_~#]", re.IGNORECASE)
_SPELT_OUT = re.compile(r"\b(?:\w[\W_]+){2,}\w\b")
_COMMAND = re.compile(r"(?<![\w/])/[a-z]+", re.IGNORECASE)


def template_fault(key: str, text: str) -> str | None:
    """Return why a household may not word a sentence so, as a clause; None where it may."""
    sentence = SENTENCES.get(key)
    if sentence is None:
        return f"there is no sentence {key!r}"
    if not any(letter.isalpha() for letter in text) or len(text) > LONGEST_SENTENCE:
        return f"a sentence has words, and at most {LONGEST_SENTENCE} characters"
    faults = (_placeholder_fault, _character_fault, _question_fault, _claim_fault)
    return next(filter(None, (fault(sentence, text) for fault in faults)), None)


def _placeholder_fault(sentence: Sentence, text: str) -> str | None:
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return "its braces do not pair up"
    if any(spec or conversion for _, _, spec, conversion in fields) or "{{" in text or "}}" in text:
        return "a placeholder is a name in braces, and nothing else is"
    found = tuple(sorted(name for _, name, _, _ in fields if name is not None))
    if found == sentence.placeholders:
        return None
    wanted = ", ".join(f"{{{name}}}" for name in sentence.placeholders) or "none"
    return f"it must have the placeholders of the sentence, each once: {wanted}"


def _character_fault(sentence: Sentence, text: str) -> str | None:
    bare = _without_placeholders(text)
    odd = odd_characters(bare.replace(";", ","))
    if odd:
        return f"it has {odd} in it"
    if _LINK.search(bare) or _SPELT_OUT.search(bare):
        return "it has a link, an address, a mark or spelt-out letters in it"
    invented = set(_COMMAND.findall(bare)) - set(_COMMAND.findall(sentence.text))
    if invented:
        return f"it names a command that the sentence does not: {', '.join(sorted(invented))}"
    foreign = next((letter for letter in bare if letter.isalpha() and not _is_latin(letter)), None)
    if foreign:
        return f"“{foreign}” is no Latin letter"
    return None


def _question_fault(sentence: Sentence, text: str) -> str | None:
    if sentence.asks and not text.rstrip().endswith("?"):
        return "the sentence is a question and has to stay one"
    return None


def _claim_fault(sentence: Sentence, text: str) -> str | None:
    """Return what a sentence claims that nobody has seen: "done" is only said where it was read back."""
    if sentence.read_back:
        return None
    tick = next((letter for letter in text if letter in _TICKS), None)
    plain = " ".join(unicodedata.normalize("NFKD", _without_placeholders(text).replace("\u2019", "'")).split())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    claim = _CLAIM.search(_DENIED.sub(" ", plain))
    said = tick or (claim.group().strip() if claim else None)
    return f"it says “{said}”, and nothing was read back where this is said" if said else None


def _without_placeholders(text: str) -> str:
    return " ".join(literal for literal, *_ in string.Formatter().parse(text))


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN") and unicodedata.normalize("NFKC", letter) == letter
