"""Writing down a bare thing with a time that asks when ("milk soon"), which was guessed to be talk."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation.tasks.capturing import read, slots_of, trace_capture, write_down
from butler.conversation.tasks.reading import with_slots
from butler.conversation.turn import Ports, Turn
from engine.tasks.due import DueKind
from engine.tasks.kinds import Ask, Kind
from engine.understanding.interpretation import Interpretation, Stage
from engine.understanding.plain import plain

_GUESSED = frozenset({"greeting", "thanks", "goodbye", "smalltalk", "out_of_scope"})
_TALK_FOR_SURE = 0.7  # confidence from which talk is talk, whatever it looks like
_MOST_WORDS = 3
_NO_TITLE = frozenset(
    # what people say of themselves, of the time and to each other; with a time behind it, it is talk
    "i im i'm ill i'll me my we us you your he she it its it's they them this that there here who what when where why "
    "how which is are am was were be been being will would can could may might shall should do does did has have had "
    "let lets let's see seeing talk talking speak chat meet catch hear write come comes coming came go goes going went "
    "gone get gets getting got back home leave leaves leaving arrive arriving return returning stay staying bye "
    "goodbye goodnight byebye ciao cheers hello hi hey thanks thank ta cu ttyl later laters ok okay yes yeah yep no "
    "nope not never maybe perhaps probably possibly hopefully hope sorry please very pretty too so quite really right "
    "just as until till then now again more much well good great fine nice best better happy night morning evening "
    "day bed asleep sleep tired hungry bored ready done finished over soon sooner asap butler love dear mate tomorrow "
    "today tonight everyone everybody all something anything nothing rain rains raining snow snowing sun sunny dark "
    "winter spring summer autumn christmas easter if or and but because about at on in for to from with hurry wait "
    "quick sometime kidding joking promise lol haha".split()
)


def write_open(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Write down a bare thing with a time that asks ("gym after work") that was guessed to be talk, and ask when."""
    if found.stage is not Stage.EXEMPLAR or found.intent not in _GUESSED:
        return False
    if found.confidence >= _TALK_FOR_SURE or "?" in found.text:
        return False
    captured = read(ports, turn, found.text, Kind.TASK)
    if captured is None or captured.due is None or captured.due.kind is not DueKind.OPEN:
        return False
    words = plain(captured.title).split()
    if captured.kind is not Kind.TASK or not 0 < len(words) <= _MOST_WORDS or not _NO_TITLE.isdisjoint(words):
        return False
    turn.outcome = "answered"
    asked = replace(captured, asks=(Ask.WHEN,))
    trace_capture(turn, asked, 0.0)
    with_slots(turn, replace(found, intent="task_add", targets=(), slots={}), **slots_of(asked))
    write_down(ports, turn, asked)
    return True
