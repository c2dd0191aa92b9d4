"""Taking back what was just done: "undo", "put it back", "that was a mistake, undo it"."""

from __future__ import annotations

import re

from engine.understanding.feedback import spoken
from engine.understanding.lesson import Undo

_THAT = (
    r"(?:that|it|this|them|those|everything|all of (?:that|it)|what you(?: have|ve)?(?: just)? (?:did|done)"
    r"|whatever you(?: just)? did|(?:the|my|your|that) (?:last|previous|latest) (?:thing|one|action|command|change"
    r"|step|request|order)|the change|that (?:one|change|action)|the last(?: thing)? you did)"
)
_AS_WAS = (
    r"(?:(?:to )?(?:how|the way|as|what|where) (?:it|they|that|things|everything)(?: all)? (?:was|were"
    r"|had been)(?: before| earlier| originally)?|as before|to (?:normal|before))"
)
_UNDO = re.compile(
    rf"undo(?: {_THAT})?(?: again| now| quick(?:ly)?)?|undo undo|take {_THAT} back|(?:put|change|set|roll|bring"
    rf"|turn|switch) {_THAT} back(?: again)?(?: {_AS_WAS})?|"
    rf"(?:revert|reverse|roll back|rollback|take back|put back|undo)(?: {_THAT})?(?: {_AS_WAS})?|(?:put|leave|make"
    rf"|have) {_THAT} (?:back )?{_AS_WAS}|back to (?:how|the way|what) it was(?: before)?|"
    rf"restore (?:{_THAT}|the (?:previous|old|last) (?:state|setting|settings))(?: {_AS_WAS})?"
    rf"|go back to (?:how|the way) (?:it|things) (?:was|were)(?: before)?|return {_THAT} to (?:the|its"
    rf"|their) (?:previous|old|original) (?:state|setting)s?|"
    rf"unwind {_THAT}|un ?do|undo my last|(?:can|could) i undo {_THAT}|i want {_THAT} undone|make {_THAT} undone"
)
_BEFORE = re.compile(
    r"(?:(?:no+|nope|oops|ops|whoops|oh no|sorry|my bad|my mistake|wait|stop|damn|wrong|actually|never ?mind"
    r"|hang on|on second thought|"
    r"(?:that|this|it)(?: was|s| is)(?: a| an| my| the)? (?:mistake|wrong|error|accident|bad idea|not right)"
    r"|i did ?nt (?:mean|want) (?:that|it|this|to do that)|"
    r"i changed my mind|i made a mistake|(?:can|could|would|will) you|i(?:d| would) like (?:you )?to"
    r"|i want (?:you )?to|you (?:should|can|must)|lets|just|so|and|then|quick(?:ly)?) )+"
)


def parse_undo(text: str) -> Undo | None:
    """Return an undo, if that is all the utterance asks."""
    said = spoken(text)
    found = _BEFORE.match(said + " ")
    core = said[found.end() :] if found else said
    return Undo() if core and _UNDO.fullmatch(core) else None
