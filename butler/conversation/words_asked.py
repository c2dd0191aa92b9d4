"""Talk about words: what a taught one means, and whether a plain sentence was meant to give a thing another name."""

from __future__ import annotations

import re

from butler.conversation.messages import Role
from butler.conversation.phrasing import joined, the
from butler.conversation.tasks.reading import mark_kept
from butler.conversation.taught import TaughtWord, taught_by, taught_words
from butler.conversation.teaching import Owner, change_for
from butler.conversation.turn import Option, Ports, Turn
from butler.conversation.understood import is_name, named, place_named
from engine.learning.changes import ChangeError, to_payload
from engine.understanding.equating import read_equation
from engine.understanding.plain import plain

_MOST_WORDS = 6
_WORD = r"(?:(?:the )?(?:word|name|nickname|phrase|term) )?(?P<word>.{1,60}?)"
_ASKED = re.compile(
    rf"(?:what (?:does|do) {_WORD} (?:mean|stand for|refer to)(?: (?:to you|for you|here|again))?"
    r"|what (?:do|did) (?:you|i|we) (?:mean|understand) (?:by|with|when (?:i|we) say) (?P<said>.{1,60}?)"
    r"|what (?:does|do) (?P<does>.{1,60}?) do"
    r"|(?:what|which (?:room|device|thing|one)) (?:is|are) (?P<taught>.{1,60}?)|what's (?P<short>.{1,60}?))",
    re.IGNORECASE,
)
_POINTS = frozenset({"it", "that", "this", "they", "those", "these", "you", "i", "he", "she", "we"})
_NO_WORD = "I was taught no word “{word}”. Teach me like this: when I say “{word}” I mean the living room."


def answer_about_words(ports: Ports, turn: Turn) -> bool:
    """Say what a word means, or ask whether one was meant to be taught; False where a text speaks of none."""
    return _tell_meaning(ports, turn) or _ask_about_name(ports, turn)


def _tell_meaning(ports: Ports, turn: Turn) -> bool:
    found = _ASKED.fullmatch(turn.text.strip().rstrip(" ?.!"))
    if found is None:
        return False
    word = next(part for part in found.groupdict().values() if part is not None).strip(" \"'“”‘’")
    if plain(word) in _POINTS or len(word.split()) > _MOST_WORDS:
        return False
    known = [one for one in taught_words(ports, turn) if plain(one.phrase) in {plain(word), _bare(word)}]
    if not known and (found["taught"] or found["short"] or found["does"]):
        return False
    turn.trace("words", "meaning", known=len(known))
    turn.say(" ".join(_told(ports, one) for one in known) or _unknown(ports, turn, word))
    mark_kept(turn, as_understood=False)
    return True


def _bare(word: str) -> str:
    return re.sub(r"^(?:the|my|our) ", "", plain(word))


def _told(ports: Ports, word: TaughtWord) -> str:
    whose = " (only for you)" if word.personal else ""
    return f"“{word.phrase}” means {word.meaning}{whose}. I learned that from {taught_by(ports, word.number)}."


def _unknown(ports: Ports, turn: Turn, word: str) -> str:
    """Return what a word is that nobody taught: a name of the home's own, or none."""
    if place_named(ports, turn, word) is not None:
        return f"“{word}” is a place in this home; nobody taught me that."
    ids = named(ports, turn, word).targets if is_name(ports, turn, word) else ()
    names = [the(turn.snapshot.by_id[i].name) for i in ids if i in turn.snapshot.by_id]
    return f"“{word}” is {joined(names)} in this home; nobody taught me that." if names else _NO_WORD.format(word=word)


def _ask_about_name(ports: Ports, turn: Turn) -> bool:
    """Ask whether a plain sentence was meant to give something another name; nothing is learned without a press."""
    equated = read_equation(turn.text, lambda phrase: is_name(ports, turn, phrase))
    if equated is None or turn.incoming.user.role is Role.GUEST:
        return False
    try:
        change = change_for(ports, turn, equated.phrase, equated.meaning, Owner())
    except ChangeError:
        return False
    if change is None:
        return False
    turn.trace("words", "maybe_name", phrase=equated.phrase, meaning=equated.meaning)
    yes = Option("Yes, learn it", {"kind": "teach_target", "change": to_payload(change)})
    turn.ask(
        "teach_target",
        f"Shall I call {the(equated.meaning)} “{equated.phrase}” as well?",
        (yes, Option("No", {"kind": "leave"})),
        about=f"the name “{equated.phrase}”",
    )
    mark_kept(turn, as_understood=False)
    return True
