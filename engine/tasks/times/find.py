"""Finds the one time that governs a sentence, and reads an answer that is only a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from engine.tasks.due import Due, DueKind, FoundTime, TimeMapping
from engine.tasks.times import clocks, days, edges, holidays, parts, periods, repeats, spans
from engine.tasks.times.compose import chosen, composed
from engine.tasks.times.conventions import Conventions, usual
from engine.tasks.times.moment import Moment, Piece, Scene
from engine.tasks.times.plain import Plain, plain
from engine.tasks.times.settle import is_over, settled

_RULES = (
    *repeats.RULES,
    *days.RULES,
    *periods.RULES,
    *edges.RULES,
    *spans.RULES,
    *holidays.RULES,
    *parts.RULES,
    *clocks.RULES,
)
_DIGIT = re.compile(r"\d")
_TRIGGERS = frozenset().union(*(rule.triggers for rule in _RULES)) - {"0"}
_LEAD = re.compile(
    r"(?:(?<=^)|(?<=[ ,;(]))(?:(?:no later than|not later than|at the latest|due by|due on|due|by|before|until"
    r"|till|til|up to|on or before"
    r"|on|at|@|for|from|in|during|since|as of|starting|around|about|over|after|this|the|some ?time|later"
    r"|early)[ ,]+)+$"
)
_PARTICLE = re.compile(r"(?:in|on|over|around|about|at) (?=(?:by|before|until|till|due|no later|not later)(?!\w))")
_DEADLINE = re.compile(r"(?<!\w)(?:by|before|due|no later than|not later than)(?!\w)")
_BEFORE_IT = re.compile(r"(?:due )?before (?!(?:the )?end )")
_UNTIL = re.compile(r"(?<!\w)(?:until|till|til|up to)(?!\w)")
_MODIFIER = re.compile(
    r"(?:^|(?<!\bat)(?<!over)(?<!\bby)(?<!\bin)(?<!during)(?<!^on) )"
    r"(?:the|a|my|our|your|his|her|their) (?:next |last )?$"
)
_NAMED_HOURS = frozenset({"noon", "midday", "midnight", "weekend"})
_PREPOSITION = re.compile(r"(?<!\w)(?:at|by|until|till|before|after|around|for|from|over|day)(?: the)? $")
_NOUN_FOLLOWS = re.compile(
    r" (?!(?:at|on|in|to|and|or|for|by|before|after|from|until|till|the|a|an|is|was|please|with|we|i|of|morning"
    r"|afternoon|evening"
    r"|night|week|so|because|if|when|that|then|but|next|this|last|it|he|she|you|they|remind|call|buy|get|about"
    r"|around|not|are|will|would|works|alarms?|reminders?|appointments?|meetings?)(?!\w))[a-z]"
)
_BEFORE = 60
_REMIND = re.compile(r"(?:please )?(?:can you |could you )?(?:remind|wake|alert|tell|nudge|ping) (?:me|us) (?:up )?$")


def find_time(
    text: str,
    now: datetime,
    zone: tzinfo,
    mappings: Sequence[TimeMapping] = (),
    conventions: Conventions | None = None,
    *,
    looking_back: bool = False,
) -> FoundTime | None:
    """Return the time expression that governs a sentence, or None where it says no time.

    What is over does not count unless the sentence looks back, as a question about last week does.
    """
    read = plain(text)
    if not _may_have_time(read, mappings):
        return None
    scene = Scene.of(now, zone, conventions or usual(), read.words)
    dues = [
        (piece, due) for piece, due in _dues(read, scene, mappings) if looking_back or _counts(piece, due, read, scene)
    ]
    if not dues:
        return None
    pieces, due = _paired(dues, scene) or _governing(dues, read)
    spans = tuple(read.span(piece.start, piece.end) for piece in pieces)
    return FoundTime(replace(due, wording=_typed(text, spans)), *spans[0], spans)


def read_time(
    text: str,
    now: datetime,
    zone: tzinfo,
    mappings: Sequence[TimeMapping] = (),
    conventions: Conventions | None = None,
) -> Due | None:
    """Return the time of a text that says nothing else ("next tuesday at 5", "5", "last week"), or None."""
    trimmed = text.strip(" \t\n.!?,")
    read = plain(trimmed)
    scene = Scene.of(now, zone, conventions or usual(), read.words)
    moment = _only_moment(read, scene, mappings)
    if moment is None:
        return None
    return _settled(moment, trimmed, scene, by=_is_deadline(read.text, moment))


def _only_moment(read: Plain, scene: Scene, mappings: Sequence[TimeMapping]) -> Moment | None:
    """Return the one time of a text that says nothing else; a bare number is an hour there."""
    found = _pieces(read, scene, mappings)
    pieces = composed(found, read.text, scene) or found
    if len(pieces) != 1 or not _fills(pieces[0], read.text):
        return None
    moment = pieces[0].moment
    return moment.having(clock=replace(moment.clock, latent=False)) if moment.clock else moment


_FILLERS = re.compile(
    r"(?:(?:on|at|by|in|for|the|before|until|till|from|around|about|this|due|make it|let's say|say|it's|how about"
    r"|maybe|probably"
    r"|please|then|i think|i mean|ok|okay|yes|no|sometime|some time|rather|better|after|during|since|through"
    r"|no later than|over|well|hmm|uh)[ ,]*)*"
)
_TAIL = re.compile(
    r"[ ,]*(?:(?:please|then|instead|maybe|thanks|i think|sharp|or so|works|is fine|would be good"
    r"|at the latest)[ ,]*)*"
)


def _fills(piece: Piece, text: str) -> bool:
    return bool(_FILLERS.fullmatch(text[: piece.start]) and _TAIL.fullmatch(text[piece.end :]))


def _may_have_time(read: Plain, mappings: Sequence[TimeMapping]) -> bool:
    if not _TRIGGERS.isdisjoint(read.words) or _DIGIT.search(read.text):
        return True
    return any(mapping.phrase.lower() in read.text for mapping in mappings)


def _pieces(read: Plain, scene: Scene, mappings: Sequence[TimeMapping]) -> list[Piece]:
    digits = _DIGIT.search(read.text) is not None
    taught = list(_taught(read, scene, mappings))
    found = [piece for rule in _RULES for piece in rule.pieces(read, scene, digits=digits)]
    free = [piece for piece in found if all(piece.end <= own.start or piece.start >= own.end for own in taught)]
    return chosen([*taught, *free])


def _taught(read: Plain, scene: Scene, mappings: Sequence[TimeMapping]) -> Iterator[Piece]:
    for mapping in sorted(mappings, key=lambda each: -len(each.phrase)):
        phrase = " ".join(mapping.phrase.lower().split())
        found = re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", read.text) if phrase else None
        if found is None:
            continue
        meaning = plain(mapping.meaning)
        moment = _only_moment(meaning, scene, ())
        if moment:
            yield Piece(*found.span(), moment)


def _dues(read: Plain, scene: Scene, mappings: Sequence[TimeMapping]) -> list[tuple[Piece, Due]]:
    found = []
    for piece in composed(_pieces(read, scene, mappings), read.text, scene):
        start = _beginning(piece, read.text)
        by = _is_deadline(read.text[start : piece.end], piece.moment)
        due = _settled(piece.moment, "", scene, by=by)
        if due is None or piece.moment.relative.startswith("bare") or _is_a_modifier(piece, due, read.text):
            continue
        if due:
            words = read.text[start : piece.end]
            found.append((Piece(start, piece.end, piece.moment), _until_it_begins(due, words, scene)))
    return found


def _beginning(piece: Piece, text: str) -> int:
    """Return where a time's words begin, with its prepositions; "in" of "hand it in before march" is the verb's."""
    lead = _LEAD.search(text, max(0, piece.start - _BEFORE), piece.start)
    if lead is None:
        return piece.start
    particle = _PARTICLE.match(text, lead.start(), piece.start)
    return particle.end() if particle else lead.start()


def _until_it_begins(due: Due, words: str, scene: Scene) -> Due:
    """Return "before march" as a deadline that is over when march begins; the end of something stays its end."""
    if due.kind is not DueKind.RANGE or not _BEFORE_IT.match(words):
        return due
    if isinstance(due.start, datetime):
        return replace(due, kind=DueKind.POINT, at=due.start, start=None, end=None)
    last = due.start - timedelta(days=1) if due.start is not None else scene.today
    return replace(due, kind=DueKind.DAY, day=max(last, scene.today), start=None, end=None)


def _is_deadline(words: str, moment: Moment) -> bool:
    if _DEADLINE.match(words):
        return True
    if moment.clock is not None and re.search(r" (?:before|by) ", words):
        return True
    return _UNTIL.match(words) is not None and moment.whole and not moment.clock


def _settled(moment: Moment, wording: str, scene: Scene, *, by: bool) -> Due | None:
    try:
        return settled(moment, wording, scene, by=by)
    except (ValueError, OverflowError):  # beyond the calendar
        return None


def _counts(piece: Piece, due: Due, read: Plain, scene: Scene) -> bool:
    if piece.moment.past or is_over(due, scene):
        return False
    return not read.text.startswith("'s", piece.end)


def _is_a_modifier(piece: Piece, due: Due, text: str) -> bool:
    """Whether it says which thing, not when: "the sunday playlist"."""
    words = text[piece.start : piece.end]
    lead = len("the ") if words.startswith("the ") else 0
    named = piece.moment.clock is None or "noon" in words or "midnight" in words or "midday" in words
    if due.kind is DueKind.RECURRENCE or re.search(r"\d", words) or not named:
        return False
    if words in _NAMED_HOURS and not _PREPOSITION.search(text, max(0, piece.start - _BEFORE), piece.start):
        return _NOUN_FOLLOWS.match(text, piece.end) is not None
    return bool(
        _MODIFIER.search(text, max(0, piece.start - _BEFORE), piece.start + lead)
        and _NOUN_FOLLOWS.match(text, piece.end)
    )


def _paired(dues: Sequence[tuple[Piece, Due]], scene: Scene) -> tuple[list[Piece], Due] | None:
    """Join a day and a time that stand apart: "tomorrow call mum at 5"."""
    moments = [piece.moment for piece, _ in dues]
    dated = [piece for piece in (each for each, _ in dues) if piece.moment.whole and not piece.moment.clock]
    timed = [piece for piece in (each for each, _ in dues) if piece.moment.clock and not piece.moment.whole]
    if len(moments) != 2 or len(dated) != 1 or len(timed) != 1 or dated[0].moment.stretch or dated[0].moment.exact:
        return None
    day, clock = dated[0], timed[0]
    moment = day.moment.having(
        clock=clock.moment.clock, until=clock.moment.until, part=day.moment.part or clock.moment.part
    )
    due = _settled(moment, "", scene, by=any(due.by for _, due in dues))
    if due is None or due.kind not in {DueKind.POINT, DueKind.RECURRENCE, DueKind.RANGE}:
        return None
    return sorted((day, clock), key=lambda each: each.start), due


def _governing(dues: Sequence[tuple[Piece, Due]], read: Plain) -> tuple[list[Piece], Due]:
    def weight(place: int) -> tuple[int, int]:
        piece, due = dues[place]
        reminded = _REMIND.fullmatch(read.text, 0, piece.start) is not None
        said = due.kind is not DueKind.OPEN
        return 4 * reminded + 2 * said + (due.kind is DueKind.RECURRENCE), place

    piece, due = dues[max(range(len(dues)), key=weight)]
    return [piece], due


def _typed(text: str, spans: Sequence[tuple[int, int]]) -> str:
    return " ".join(text[start:end].strip() for start, end in spans)
