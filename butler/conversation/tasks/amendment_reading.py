"""Reading a change of what was written down out of a turn's words."""

from __future__ import annotations

import re
from dataclasses import replace

from butler.conversation.tasks.phrases import moment
from butler.conversation.tasks.reading import rules_of
from butler.conversation.turn import Ports, Turn
from engine.tasks.amendments import Amendment, parse_amendment
from engine.tasks.kinds import Kind
from engine.tasks.refused_times import bounded
from store import projects

_PUT_OFF = re.compile(
    r"\b(?:(?:put|push|hold) (?P<what>(?:the |my |our )?[^,.]{2,60}?) (?:off|back)|"
    r"(?:snooze|delay|defer|reschedule) (?P<other>(?:the |my |our )?[^,.]{2,60}?)) (?:to|until|till|til|for) ",
    re.IGNORECASE,
)
_BARE_KIND = re.compile(
    r"(?:(?:no+|nope|wait|actually|sorry|oops|hmm|i meant|i mean|rather|make it|that was|it's|it is)[\s,.!]*)*"
    r"(?:just )?an? (?P<kind>task|to-?do|note|idea|question)(?: please| then| instead)?[.!]*",
    re.IGNORECASE,
)

_DROP_NUMBER = re.compile(
    r"(?:please )?(?:delete|remove|drop|cancel|scrap|erase|forget|bin|get rid of|take off|cross out) (?:the )?"
    r"(?:task|to-?do|number|no\.?)\s*#?(?P<number>\d{1,9})(?: please)?[.!]*",
    re.IGNORECASE,
)
_DONE_NUMBER = re.compile(
    r"(?:please )?(?:(?:i'?m|we'?re|i am|we are|all) )?(?:done|finished) with (?:the )?"
    r"(?:(?:task|to-?do|number|no\.?) ?)?#?(?P<number>\d{1,9})(?: (?:now|already|please))?[.!]*",
    re.IGNORECASE,
)


def amendment_in(
    ports: Ports, turn: Turn, text: str, *, after_capture: bool, intent: str | None = None
) -> Amendment | None:
    """Return the change that a text asks for, or None.

    `after_capture` says that something was written down just before, so that "no, a note" speaks of that.
    """
    bare = _BARE_KIND.fullmatch(text.strip()) if after_capture else None
    if bare is not None:
        named = bare["kind"].lower()
        return Amendment(kind=Kind.TASK if "do" in named else Kind(named))
    numbered = _DROP_NUMBER.fullmatch(text.strip())
    if numbered is not None:
        return Amendment(target=numbered["number"], drop=True)
    finished = _DONE_NUMBER.fullmatch(text.strip())
    if finished is not None:
        return Amendment(target=finished["number"], done=True)
    found = parse_amendment(
        _PUT_OFF.sub(lambda match: f"move {match['what'] or match['other']} to ", text),
        after_capture=after_capture,
        now=moment(turn),
        zone=ports.settings.time_zone,
        rules=rules_of(ports, turn.user),
        projects=projects.names(ports.store),
        intent=intent,
    )
    return replace(found, due=bounded(found.due)) if found is not None and found.due is not None else found
