"""Answering what was understood: each clause acts, asks, refuses, informs or talks."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation import answers, wording
from butler.conversation.acting import ask_to_confirm, choose_among
from butler.conversation.calling_off_last import call_off_last
from butler.conversation.gone import gone_text, gone_thing
from butler.conversation.handling import answer_by
from butler.conversation.later.noticing import offer_notice
from butler.conversation.measuring import measured
from butler.conversation.mentions import spoken_mention
from butler.conversation.nearest import nearest_names
from butler.conversation.questions import question_text
from butler.conversation.refusing import refused_text
from butler.conversation.rooms_asked import answer_about_rooms
from butler.conversation.tasks.asking import answer_about_task
from butler.conversation.tasks.noted import answer_from_notes
from butler.conversation.tasks.offering import offer_to_tick_off, offer_to_write, sounds_like_something, write_errand
from butler.conversation.tasks.open_times import write_open
from butler.conversation.tasks.phrases import short
from butler.conversation.turn import Ports, Turn
from butler.conversation.unseen import is_unseen, say_unseen
from butler.conversation.who_did import answer_who_did
from butler.conversation.words_asked import answer_about_words
from engine.understanding.clauses import starts_like_command
from engine.understanding.forgetting import speaks_of_forgetting
from engine.understanding.handlers import ROUTES, handler_of
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, Stage
from engine.understanding.offers import offered
from engine.understanding.plain import plain

_MOST_ANSWERED = 6
_WAYS = (answer_about_task, answer_from_notes, offer_to_tick_off, write_errand, offer_to_write)
_FIRST = (call_off_last, answer_about_words, answer_about_rooms, answer_who_did)
_LESSONS = frozenset({"correction", "teach", "forget", "feedback_negative"})
_LESSON_GUESSED = 0.7  # confidence below which something that no lesson's wording fits is not taken for one
_GUESSED = 0.3  # confidence below which talk and questions read from examples are no better than a guess
_COMMAND_GUESSED = 0.1  # … and a command whose device nobody knows: what would be asked about is no name at all


def respond(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer an interpretation, clause by clause in order; guarded parts are asked about together at the end."""
    if not found.clauses and any(takes(ports, turn) for takes in _FIRST):
        return
    held: list[Interpretation] = []
    for clause in found.clauses or (found,):
        waiting = _respond_to_clause(ports, turn, clause)
        if waiting is not None:
            held.append(waiting)
    if held:
        ask_to_confirm(ports, turn, held)


def _respond_to_clause(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    """Answer one clause, and return it when it has to wait for a press."""
    served = handler_of(found.intent, ports.engine.knowledge.routing)
    if write_open(ports, turn, found):
        return None
    if too_unsure(found):
        _not_understood(ports, turn, found)
    elif found.disposition is Disposition.REFUSE:
        turn.outcome = "refused"
        if not offer_notice(ports, turn, found) and not offer_to_write(ports, turn, found):
            turn.say(refused_text(ports, turn, found))
    elif found.disposition is Disposition.ASK and served.name == ROUTES.get(found.intent):
        _answer_or_ask(ports, turn, found)
    elif found.intent not in INTENTS or found.reason is Reason.NOT_UNDERSTOOD:
        _not_understood(ports, turn, found)
    else:
        return answer_by(served.name, ports, turn, found)
    return None


def _not_understood(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Say so; what sounds like something to do may be written down by a press, or at once where it was taken for it."""
    if found.intent == "task_add" and sounds_like_something(found.text):
        answer_by("task", ports, turn, found)
        return
    turn.outcome = "not_understood"
    gone = gone_text(ports, turn, found.text)
    if gone is not None:
        turn.say(gone)
    elif not any(way(ports, turn, found) for way in _WAYS):
        part = turn.interpretation is not None and turn.interpretation.clauses
        turn.say(f"I didn't understand “{short(found.text)}”." if part else ports.words(wording.NOT_UNDERSTOOD))


def too_unsure(found: Interpretation) -> bool:
    """Tell whether talk or a question was only guessed at; a command is asked about, as it may name a new word."""
    if found.stage is not Stage.EXEMPLAR:
        return False
    if found.intent == "state_query" and plain(found.mention or "") == plain(found.text):
        return True  # a whole question is nobody's name
    if found.intent == "forget" and not speaks_of_forgetting(found.text):
        return True  # "make it cosy" is like nothing but what was said of forgetting such a word
    if found.confidence >= (_LESSON_GUESSED if found.intent in _LESSONS else _GUESSED):
        return False
    intent = INTENTS.get(found.intent)
    command = intent is not None and intent.acts and found.reason is not Reason.MISSING_ACTION
    if command and found.reason is Reason.UNKNOWN_NAME:
        return found.confidence < _COMMAND_GUESSED
    return not command and found.disposition in {Disposition.ASK, Disposition.ACT}


def _answer_or_ask(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Ask what is open; a question that several things could answer is answered for all of them, if they are few."""
    if found.intent == "state_query" and found.reason is Reason.MISSING_TARGET and turn.reachable:
        targets = sorted({i for choice in found.choices for i in choice.targets}) or measured(found, turn.snapshot)
        if 0 < len(targets) <= _MOST_ANSWERED:
            slots = {name: value for name, value in found.slots.items() if name != "state"}
            whole = replace(found, targets=tuple(targets), slots=slots)
            turn.dialogue = replace(turn.dialogue, previous=whole)
            turn.say(answers.state_answer(whole, turn.snapshot))
            return
    ask(ports, turn, found)


def ask(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Ask what an interpretation leaves open, naming real places and devices; of a home never seen there are none."""
    if is_unseen(turn):
        if not _taken_otherwise(ports, turn, found):
            say_unseen(ports, turn)
        return
    found = _with_names(ports, turn, replace(found, mention=spoken_mention(found)))
    turn.dialogue = replace(turn.dialogue.attempted(found, turn.number, turn.incoming.at), meant=True)
    text = question_text(ports, turn, found)
    turn.trace("ask", found.reason.value if found.reason else "unsure", mention=found.mention)
    turn.outcome = "asked"
    if found.choices:
        choose_among(turn, found, text, about=f"“{found.text}”")
    elif gone_thing(ports, turn, found.mention) or not _taken_otherwise(ports, turn, found):
        turn.say(text)


def _taken_otherwise(ports: Ports, turn: Turn, found: Interpretation) -> bool:
    """Take what names nothing here for an errand, for something to do, or for a question about a note."""
    if found.intent == "state_query":
        return answer_from_notes(ports, turn, found)
    if not _may_be_to_do(found):
        return False
    return write_errand(ports, turn, found) or offer_to_write(ports, turn, found)


def _may_be_to_do(found: Interpretation) -> bool:
    """Tell whether what names nothing here may be something for a person to do ("fix the tap")."""
    return found.reason is Reason.UNKNOWN_NAME and not starts_like_command(found.text)


def _with_names(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation:
    """Return the question with the nearest real names as choices, where it came without."""
    intent = INTENTS.get(found.intent)
    if not found.choices and found.reason is Reason.MISSING_TARGET and intent:
        all_of_them = [e for e in turn.snapshot.entities if e.exposed and e.domain in intent.domains and intent.acts]
        few = all_of_them if len(all_of_them) <= _MOST_ANSWERED else []
        rooms = offered([e.entity_id for e in all_of_them], turn.snapshot) if not few else ()
        return replace(found, choices=rooms or tuple(Choice(e.name, (e.entity_id,)) for e in few))
    if found.choices or found.reason is not Reason.UNKNOWN_NAME or not found.mention:
        return found
    like = gone_thing(ports, turn, found.mention) or found.mention
    near = nearest_names(turn.snapshot, like, domains=intent.domains if intent else ())
    return replace(found, choices=tuple(Choice(name, (i,)) for name, i in near))
