"""The order in which a turn is dealt with: the first that takes it, answers."""

from __future__ import annotations

from butler.conversation import wording
from butler.conversation.commands import is_command, only_reads, run_command
from butler.conversation.correcting import complain, correct, praise, put_right
from butler.conversation.forgetting import forget
from butler.conversation.hearing import heard_lesson, heard_thought
from butler.conversation.in_words import command_in_words
from butler.conversation.later.setting import take_time
from butler.conversation.later.speaking import take_number
from butler.conversation.lesson_reading import with_command
from butler.conversation.media import medium_text
from butler.conversation.model_help import with_model
from butler.conversation.open_questions import close_question, drop_question
from butler.conversation.pasting import PASTED, as_clauses, does_in_home, is_pasted
from butler.conversation.pressing import pressed
from butler.conversation.redo import completed
from butler.conversation.replying import (
    answer_to_reply,
    replies_elsewhere,
    speak_of,
)
from butler.conversation.reports.typed import take_insight_words
from butler.conversation.responding import respond
from butler.conversation.ringing.typed import take_words
from butler.conversation.tasks.clarifying import CLARIFY, is_past, take_answer, take_title
from butler.conversation.tasks.list_correcting import correct_list
from butler.conversation.tasks.moving import take_day
from butler.conversation.tasks.ordering import carry_out_order, order_in
from butler.conversation.tasks.summoning import correct_written
from butler.conversation.teaching import teach
from butler.conversation.traced import trace_understanding
from butler.conversation.turn import Ports, Turn
from butler.conversation.unclear_lessons import is_unclear_lesson
from butler.conversation.understood import is_name, named, understand, would_act
from butler.conversation.undoing import undo
from butler.conversation.undoing_lessons import is_undo, only_drops_question
from butler.conversation.why import why_text
from engine.understanding.interpretation import Disposition, Interpretation, Stage
from engine.understanding.judging import EXACT
from engine.understanding.lesson import Correct, Feedback, Forget, Lesson, Teach, Undo
from engine.understanding.lesson_reading import lesson_interpretation
from engine.understanding.plain import plain
from engine.understanding.text import normalise
from store.fields import storable_text

_TALK = frozenset({"greeting", "thanks", "goodbye", "smalltalk", "help", "out_of_scope", "affirm", "reject", "stop"})
_WRITING = frozenset({"task_add", "note_add"})
_DECLINING = frozenset({"reject", "stop"})
_SHORT_WORDS = 8
_SURE_ENOUGH = 0.7
_WHY = frozenset(("why", "how come", "why did you do that", "why is that", "why that", "explain that"))


def listen(ports: Ports, turn: Turn) -> None:
    """Deal with a message or press."""
    if turn.incoming.press is not None:
        pressed(ports, turn, turn.incoming.press)
        return
    if turn.incoming.medium is not None and turn.incoming.wordless:
        turn.outcome = "not_taken"
        turn.trace("normalise", "no_words", medium=turn.incoming.medium)
        turn.say(medium_text(turn.incoming.medium))
        return
    said = normalise(as_clauses(turn.incoming.text or ""), ports.settings.names)
    turn.text = storable_text(said.text)
    if turn.incoming.medium is not None and turn.text:
        turn.say(f"I heard “{turn.text}”.")
    refusal = _not_taken(ports, turn, too_long=said.too_long)
    if refusal:
        turn.outcome = "not_taken"
        turn.trace("normalise", "not_taken")
        turn.say(refusal)
        return
    if _answered(ports, turn):
        return
    speak_of(ports, turn)
    command = turn.text if is_command(turn.text) else command_in_words(turn.text)
    if command is not None:
        only_asked = is_undo(command) and only_drops_question(turn)
        if not only_reads(command):
            drop_question(ports, turn)
        if only_asked:
            turn.outcome = "declined"
        else:
            run_command(ports, turn, command)
        return
    _take_words(ports, turn)


def _take_words(ports: Ports, turn: Turn) -> None:
    """Deal with what is neither an answer nor a slash command: a why, a lesson, or anything else."""
    if take_words(ports, turn) or take_number(ports, turn):
        return
    order = order_in(ports, turn)
    if order is not None:
        drop_question(ports, turn)
        carry_out_order(ports, turn, order)
        return
    if correct_list(ports, turn) or correct_written(ports, turn):
        drop_question(ports, turn)
        return
    lesson = heard_lesson(ports, turn)
    if plain(turn.text) in _WHY:
        turn.outcome = "command"
        turn.say(why_text(ports, turn))
    elif lesson is not None:
        question = turn.dialogue.question
        if isinstance(lesson, Correct | Feedback) and question and question.kind == "choose":
            close_question(ports, turn)
        only_asked = isinstance(lesson, Undo) and only_drops_question(turn)
        drop_question(ports, turn)
        if only_asked:
            turn.outcome = "declined"
        else:
            _learn(ports, turn, lesson)
    elif is_unclear_lesson(turn.text):
        drop_question(ports, turn)
        turn.trace("lesson", "unclear")
        turn.outcome = "lesson_unclear"
        turn.say(ports.words(wording.UNCLEAR_LESSON))
    else:
        _understand_and_respond(ports, turn)


def _not_taken(ports: Ports, turn: Turn, *, too_long: bool) -> str | None:
    """Return why a message is neither executed nor learned from, or None when it may be."""
    if too_long:
        return ports.words(wording.TOO_LONG)
    if turn.incoming.forwarded:
        return ports.words(wording.FORWARDED)
    if turn.incoming.edited:
        return ports.words(wording.EDITED)
    return None if turn.text else ports.words(wording.EMPTY)


def _answered(ports: Ports, turn: Turn) -> bool:
    """Take a typed answer to the message replied to, else to the open question; tell whether it was one."""
    if take_insight_words(ports, turn):
        return True
    replied = answer_to_reply(ports, turn)
    if replied is not None:
        turn.trace("reply", "answered", message=turn.incoming.reply_to)
        pressed(ports, turn, replied)
        return True
    question = turn.dialogue.question if not replies_elsewhere(turn) else None
    if question is not None and question.kind == CLARIFY and is_past(ports, turn):
        question = None
    button = question.answer(turn.text) if question else None
    if question is None or button is None:
        return take_day(ports, turn) or take_time(ports, turn) or take_answer(ports, turn)
    turn.trace("open_question", question.kind, outcome="answered")
    if question.expired(turn.incoming.at):
        close_question(ports, turn)
        turn.outcome = "answered_late"
        turn.say(wording.LATE_BUTTON)
        return True
    pressed(ports, turn, button)
    return True


def _learn(ports: Ports, turn: Turn, lesson: Lesson) -> None:
    reading = lesson_interpretation(lesson, turn.text, EXACT)
    turn.interpretation = reading
    _carry_out_lesson(ports, turn, lesson)
    if turn.interpretation is not reading:
        turn.interpretation = with_command(reading, turn.interpretation)


def _carry_out_lesson(ports: Ports, turn: Turn, lesson: Lesson) -> None:
    match lesson:
        case Teach():
            teach(ports, turn, lesson)
        case Correct():
            correct(ports, turn, lesson)
        case Feedback(positive=True):
            praise(ports, turn)
        case Feedback():
            complain(ports, turn)
        case Forget():
            forget(ports, turn, lesson)
        case Undo():
            undo(ports, turn)


def _understand_and_respond(ports: Ports, turn: Turn) -> None:
    started = ports.timer()
    heard = heard_thought(turn.text)
    found = heard or understand(ports, turn, turn.text)
    turn.interpretation = found
    trace_understanding(turn, found, (ports.timer() - started) * 1000)
    if _may_be_title(found) and take_title(ports, turn):
        return
    attempt = turn.dialogue.attempt
    if attempt is not None and turn.dialogue.meant and _names_what_was_meant(ports, turn, found):
        close_question(ports, turn)
        put_right(ports, turn, attempt, turn.text)
        return
    sure = found.intent == "correction" and found.confidence >= _SURE_ENOUGH
    if attempt is not None and sure and turn.dialogue.correctable(turn.incoming.at):
        close_question(ports, turn)
        correct(ports, turn, Correct(turn.text))
        return
    whole = completed(ports, turn, attempt, turn.text) if attempt is not None and turn.dialogue.meant else None
    if whole is not None and not would_act(found) and turn.dialogue.correctable(turn.incoming.at):
        turn.interpretation = found = whole
    else:
        turn.interpretation = found = with_model(ports, turn, found, trace_understanding)
    turn.understood = None if heard is not None else found
    if is_pasted(turn.incoming.text or "") and does_in_home(found):
        turn.outcome = "refused"
        turn.trace("normalise", "pasted")
        turn.say(PASTED)
        return
    if found.intent in _DECLINING and turn.dialogue.question is not None:
        close_question(ports, turn)
        turn.outcome = "declined"
        turn.say(ports.words(wording.LEFT))
        return
    if not (found.intent in _TALK or found.disposition is Disposition.NONE):
        drop_question(ports, turn)
    respond(ports, turn, found)


def _may_be_title(found: Interpretation) -> bool:
    """Tell whether a text may be what Butler asked to write down: no command or question of its own."""
    if found.intent in _WRITING or found.disposition is Disposition.NONE:
        return True
    return found.intent in _TALK and found.stage is not Stage.PATTERN


def _names_what_was_meant(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Tell whether a text is the name Butler asked for, and no command of its own."""
    if would_act(found) or not turn.dialogue.correctable(turn.incoming.at):
        return False
    if found.intent in _TALK and found.stage is Stage.PATTERN:
        return False
    if is_name(ports, turn, turn.text):
        return True
    if found.intent == "state_query":
        return False
    return len(turn.text.split()) <= _SHORT_WORDS and bool(named(ports, turn, turn.text).targets)
