"""Where a message holds several commands, or a command with talk around it."""

from __future__ import annotations

import re

from engine.understanding.deferring import WAITED_FOR
from engine.understanding.plain import plain
from engine.understanding.slots import prepare
from engine.understanding.text import without_politeness
from engine.understanding.wordings import any_of

_VERBS = """
    turn switch put open close shut lock unlock set dim brighten play pause stop start run raise lower
    activate mute unmute resume skip increase decrease reduce make change adjust kill boost crank bring send
    dock vacuum hoover clean get give fire pop stick trigger toggle flip flick bolt draw pull roll warm cool
    heat leave next do engage previous skip louder quieter turning switching putting opening closing shutting
    locking setting dimming power wind retract extend unbolt locate find disarm arm bump drop light tell
    launch kick cross remove delete take
"""
_STARTS = re.compile(rf"^(?:{'|'.join(_VERBS.split())})\b")
_ASKS = re.compile(
    "^"
    + any_of(
        r"is|are|isn't|aren't|what|what's|whats|wats|which|how|hows|how's|did|has|have (?:i|we|you|they|he|she|any)",
        r"was|were|who|where|does|do (?:i|we|you|the|any)",
        r"when(?! (?:the|it|it's|i|i'm|we|we're|my|he|she|they|someone|somebody|anyone|everyone|there's)\b)",
    )
    + r"\b"
)
_ENDS = re.compile(
    r"\b"
    + any_of(
        r"on|off|up|down|open|opened|closed|shut|locked|unlocked|out|in|\d+ ?(?:%|percent|degrees)?|half|halfway",
        r"mute|red|blue|green|brighter|dimmer|louder|quieter|warmer|cooler|please",
    )
    + "$"
)
_HARD = re.compile(r"(?<=[\w%'\")])(?:\s*[;!?]+\s+|\s*\.+\s+(?=\D)|\s*\.\.\.+\s*|\s+[-\u2013\u2014]+\s+)")
_SOFT = re.compile(
    r"(?:\s*,\s*(?:and |then |and then |also |so |but |plus )*"
    r"|\s+(?:and then|then|and also|and|plus|also|so|while you're at it|after that)\s+)(?=\S)(?!a (?:half|quarter)\b)"
)
_NOT_A_COMMAND_LIST = re.compile(
    "^"
    + any_of(
        r"remind|note|add|task|todo|to do|remember|buy|write|jot|teach|when i say|by |call |if i say",
        r"put [\w ]+ on (?:my|the|our) [\w ]*list|tell|ask|set an? (?:reminder|alarm|timer)|wake|question for",
    )
    + r"\b"
)
# What follows belongs to the thing to be remembered, however much it looks like a command.
_OPEN_ENDED = re.compile(
    r"\b(?:remind (?:me|us)|reminder to|be reminded|don't let me forget|don't forget|remember to|wake (?:me|us)"
    r"|get me up)\b"
    r"|^(?!(?:cancel|stop|delete|remove|turn|switch|clear|kill|end|drop|scrap|silence)\b).*\b(?:timer|alarm|countdown)\b"
)
_HEADING = re.compile(
    r"^[\w' ]{0,40}\b(?:list|tasks?|to-?dos?|to dos?|reminders?|notes?|ideas?|chores|jobs|checklist|plan|questions?)"
    r"(?: for [\w ]{1,30})? ?[:\u2013\u2014-]",
    re.IGNORECASE,
)
_KEEPS = (
    r"remind (?:me|us) |set (?:me )?(?:an?|another) (?:[\w'-]+ ){0,4}?(?:timer|alarm|reminder)\b"
    r"|start (?:a|another) timer\b|wake (?:me|us) |don't let me forget |(?:make|take) a note |note (?:that|down)\b"
    r"|(?:add|put|stick|pop|chuck) (?!(?:it|them|that|this|those)\b)[^.;]+? (?:to|on|onto) (?:the|my|our) "
    r"(?:[\w'-]+ ){0,3}?list\b"
)
_KEPT_BESIDE = re.compile(
    r"^(?:please )?(?!(?:note|write|jot|idea|todo|to do|task|question|teach|tell|ask|when i say|if|keep in mind"
    r"|remember)\b)(?P<first>.{4,}?)(?:,? (?:and|plus)(?: also| then)? |, (?:then |also )?)"
    rf"(?P<second>(?:please )?(?:{_KEEPS}).*)$",
    re.IGNORECASE,
)
_ERRAND = "order|book|call|ring|phone|text|email|message|buy|pay|feed|collect|pick up|find|search|google|remind|wake"
_TIMED_BESIDE = re.compile(
    r"^(?P<first>(?:please )?(?:set|start) (?:a|another) [^,;]*?timer[^,;]*?) and (?:also )?"
    r"(?P<second>(?:turn|switch|open|close|shut|dim|play|pause|mute|lower|raise)\b(?!.*\btimer\b).+)$",
    re.IGNORECASE,
)
_RUN_BESIDE = re.compile(
    rf"^(?P<first>(?:please )?(?!remind|wake)(?:{_ERRAND})\b(?! (?:me|us|it)\b)[^,;:]+?) and (?:also |then )?"
    r"(?P<second>(?:please )?"
    r"(?:(?:turn|switch) (?:on|off) (?:the|my|our|all) .+|(?:turn|switch) .+ (?:on|off)|dim .+))$",
    re.IGNORECASE,
)
_TOLD_BESIDE = re.compile(
    r"^(?P<first>.{4,}?),? (?:and|plus|then)(?: also| then)? (?P<second>(?:please )?"
    r"(?:(?:tell|notify|alert|warn|ping|text|message|inform) (?:me|us)|let (?:me|us) know) "
    r"(?P<waits>if|when(?:ever)?|once|as soon as) (?P<it>it's|it is|it|that)?\b.+)$",
    re.IGNORECASE,
)
# "When it rains" speaks of the sky, not of what was switched.
_OF_NOTHING = re.compile(
    r"\bit(?:'s| is| gets| starts)?(?: to)? "
    r"(?:rain|snow|hail|storm|freez|dark|light|sunn|cold|hot|warm|late|time|bright|half|quarter|noon|midnight|\d)"
)
_OBJECT = re.compile(
    r"^(?:please )?(?:turn|switch|start|run|open|close|shut|lock|unlock|put|set|dock|pause|lower|raise|is|are) "
    r"(?:(?:on|off|up|down) )?"
    r"(?P<object>(?:the|my|our) [\w' -]+?)(?: (?:on|off|up|down|open|closed|shut|locked|unlocked))?(?: please)?$",
    re.IGNORECASE,
)
_GOES_ERRANDS = re.compile(rf"^(?:{_ERRAND})\b(?! (?:up|off|on)\b)")
_LISTED = re.compile(
    r"^(?P<listed>(?:\w+ ){0,4}?(?:add|put|stick|pop|chuck|get|take|cross) [^.;]+? (?:to|on|onto|off|from) "
    r"(?:the|my|our) (?:[\w-]+ ){0,3}?list(?: please)?),? (?:and |then |and then |also )*"
    r"(?P<command>(?:please )?(?:turn|switch|open|close|shut|lock|unlock|dim|play|pause|mute|start|stop)\b.+"
    rf"|(?:please )?(?:{_ERRAND})\b.+"
    r"|(?!half|quarter|all|both|some|of|to|for|from|on|in|at|with|and|then|also)[a-z]+ (?:the|my|our) \w.*)$",
    re.IGNORECASE,
)
_ORDER = re.compile(rf"^(?:(?:{_ERRAND})\b|(?!the|my|our|a|an|i|we)[a-z]+ (?:the|my|our) \w)")
_REQUEST = re.compile(
    r"^(?:remind (?:me|us)|set (?:an?|the|another) (?:[\w ]+ )?(?:timer|alarm|reminder)|wake (?:me|us)"
    r"|(?:add|put) .+ list\b)"
)
_DOES = re.compile(
    r"^(?:turn|switch|open|close|shut|lock|unlock|dim|play|pause|mute|start|stop|activate|lower|raise)\b"
)
_DONE_FIRST = re.compile(
    r"^(?:(?:cancel|stop|delete|clear|silence) (?!reminding)[\w' -]*\b(?:timers?|alarms?|reminders?)$"
    rf"|(?!remind|wake)(?:{_ERRAND})\b(?! me\b))"
)
_COMPLETE = re.compile(
    r"^(?:turn|switch|put) (?:on|off) "
    r"|^(?:open|close|shut|lock|unlock|dim|play|pause|stop|start|mute|activate) "
)
_LISTS = re.compile(r"^(?:both|all|every|the|my|lights?|\w+ lights?)\b")


def looks_like_command(text: str) -> bool:
    """Tell whether a stretch of text could stand as a home command: it starts with such a verb or ends with a state."""
    bare = without_politeness(plain(text))
    return starts_like_command(text) or (
        bool(_ENDS.search(bare)) and 1 < len(bare.split()) <= 9 and not _ASKS.match(bare)
    )


_NEEDS_AN_OBJECT = frozenset({"roll", "drop", "light", "clean", "draw", "pull", "cut"})  # alone they are nouns


def starts_like_command(text: str) -> bool:
    """Tell whether a stretch of text begins with a verb of command; "roll" alone is none without its object."""
    bare = without_politeness(plain(text))
    return bool(_STARTS.match(bare)) and bare not in _NEEDS_AN_OBJECT


def sounds_like_order(text: str) -> bool:
    """Tell whether a stretch of text begins with a verb of command, of the home's or of anybody's."""
    return starts_like_command(text) or _ORDER.match(without_politeness(plain(text))) is not None


def looks_like_question(text: str) -> bool:
    """Tell whether a stretch of text is put as a question about something."""
    return bool(_ASKS.match(without_politeness(plain(text))))


def split(text: str) -> tuple[str, ...]:
    """Return the clauses of a message in order; a message that is one clause comes back whole.

    A soft connector ("and", a comma) parts two clauses only where both sides look like commands or questions, or
    where talk leads up to a command.
    """
    listed = _LISTED.match(text)
    if listed and not _HEADING.match(text):
        return (listed["listed"], *split(listed["command"]))
    told = told_beside(text)
    if told is not None:
        return (*split(told[0]), told[1])
    beside = None if _HEADING.match(text) else _beside(text)
    if beside is not None and not WAITED_FOR.search(prepare(text)):
        return (*split(beside["first"]), *split(beside["second"]))
    if (
        WAITED_FOR.search(prepare(text))
        or _HEADING.match(text)
        or _NOT_A_COMMAND_LIST.match(without_politeness(plain(text)))
    ):
        return (text,)
    parts: list[str] = []
    for stretch in (piece for piece in _HARD.split(text) if piece and piece.strip(" .!?,")):
        parts += _soft_split(stretch)
    return tuple(part.strip(" ,") for part in parts if part.strip(" ,.!?")) or (text,)


def told_beside(text: str) -> tuple[str, str] | None:
    """Return a command for now and what to tell of beside it ("start the washer and tell me when it's done").

    What the command is about stands in the second for "it". A command that waits for something itself is not parted.
    """
    found = _TOLD_BESIDE.match(text)
    if found is None or WAITED_FOR.search(prepare(found["first"])):
        return None
    if not (looks_like_command(found["first"]) or looks_like_question(found["first"])):
        return None
    if found["it"] is None or _OF_NOTHING.search(plain(found["second"])):
        return found["first"], found["second"]
    thing = _OBJECT.match(found["first"])
    if thing is None:
        return None
    named = thing["object"] + (" is" if found["it"].casefold() in {"it's", "it is"} else "")
    start, end = (at - found.start("second") for at in found.span("it"))
    return found["first"], f"{found['second'][:start]}{named}{found['second'][end:]}"


def _beside(text: str) -> re.Match[str] | None:
    """Return two requests that stand beside each other: what is to be kept, timed or done oneself, and another."""
    return _KEPT_BESIDE.match(text) or _TIMED_BESIDE.match(text) or _RUN_BESIDE.match(text)


def _soft_split(text: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for connector in _SOFT.finditer(text):
        left, right = text[start : connector.start()], text[connector.end() :]
        if _OPEN_ENDED.search(plain(left)):
            break
        head = _SOFT.split(right, maxsplit=1)[0]
        comma = "," in connector.group() or " so " in connector.group()
        if _parts_here(left, right, head, comma=comma):
            parts.append(left)
            start = connector.end()
    parts.append(text[start:])
    return parts


def _parts_here(left: str, right: str, head: str, *, comma: bool) -> bool:
    if _is_of_another_kind(left, right):
        return True
    if starts_like_command(right):
        return comma or looks_like_command(left) or looks_like_question(left)
    if looks_like_question(right):
        return comma or looks_like_question(left) or (looks_like_command(left) and _complete(left))
    if not (looks_like_command(head) or looks_like_command(right)):
        return comma and looks_like_command(left) and len(plain(right).split()) > 2
    return (looks_like_command(left) and _complete(left)) or (
        comma and len(plain(left).split()) > 2 and not _lists(left)
    )


def _is_of_another_kind(left: str, right: str) -> bool:
    """Tell whether one is a command of the home and the other a request or an errand, which are never one thing."""
    first, then = without_politeness(plain(left)), without_politeness(plain(right))
    if _DOES.match(then) and _DONE_FIRST.match(first):
        return True
    if _GOES_ERRANDS.match(then) and _complete(left) and looks_like_command(left):
        return True
    return bool(_REQUEST.match(then) and _DOES.match(first))


def _complete(text: str) -> bool:
    """Tell whether a command says what is to become of its target, so that "and the hall light off" is another one."""
    bare = without_politeness(plain(text))
    return bool(_ENDS.search(bare) or _COMPLETE.search(bare))


def _lists(text: str) -> bool:
    return bool(_LISTS.match(plain(text)))
