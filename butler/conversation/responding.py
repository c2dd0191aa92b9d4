"""Answering what was understood: each clause acts, asks, refuses, informs or talks."""

from __future__ import annotations

from dataclasses import replace

from butler.conversation import answers, wording
from butler.conversation.acting import act, ask_to_confirm, choose_among, refusal
from butler.conversation.commands import help_text
from butler.conversation.measuring import measured
from butler.conversation.mentions import spoken_mention
from butler.conversation.nearest import nearest_names
from butler.conversation.phrasing import joined, the
from butler.conversation.questions import question_text
from butler.conversation.turn import Ports, Turn
from engine.understanding.intents import INTENTS
from engine.understanding.interpretation import Choice, Disposition, Interpretation, Reason, Stage
from engine.understanding.risk import is_read_only

_MOST_ANSWERED = 6
_LESSONS = frozenset({"correction", "teach", "forget", "feedback_negative"})
_LESSON_GUESSED = 0.7  # confidence below which something that no lesson's wording fits is not taken for one
_GUESSED = 0.3  # confidence below which talk and questions read from examples are no better than a guess


def respond(ports: Ports, turn: Turn, found: Interpretation) -> None:
    """Answer an interpretation, clause by clause in order; guarded parts are asked about together at the end."""
    held: list[Interpretation] = []
    for clause in found.clauses or (found,):
        waiting = _respond_to_clause(ports, turn, clause)
        if waiting is not None:
            held.append(waiting)
    if held:
        ask_to_confirm(ports, turn, held)


def _respond_to_clause(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    """Answer one clause, and return it when it has to wait for a press."""
    intent = INTENTS.get(found.intent)
    if _too_unsure(found):
        turn.outcome = "not_understood"
        turn.say(wording.NOT_UNDERSTOOD)
    elif found.disposition is Disposition.REFUSE:
        turn.outcome = "refused"
        turn.say(refusal(found))
    elif found.disposition is Disposition.ASK:
        _answer_or_ask(turn, found)
    elif intent is None or found.reason is Reason.NOT_UNDERSTOOD:
        turn.outcome = "not_understood"
        turn.say(wording.NOT_UNDERSTOOD)
    elif intent.acts:
        return _command(ports, turn, found)
    else:
        turn.say(_information(ports, turn, found))
    return None


def _too_unsure(found: Interpretation) -> bool:
    """Tell whether talk or a question was only guessed at; a command is asked about, as it may name a new word."""
    least = _LESSON_GUESSED if found.intent in _LESSONS else _GUESSED
    if found.stage is not Stage.EXEMPLAR or found.confidence >= least:
        return False
    intent = INTENTS.get(found.intent)
    command = intent is not None and intent.acts and found.reason is not Reason.MISSING_ACTION
    return not command and found.disposition in {Disposition.ASK, Disposition.ACT}


def _answer_or_ask(turn: Turn, found: Interpretation) -> None:
    """Ask what is open; a question that several things could answer is answered for all of them, if they are few."""
    if found.intent == "state_query" and found.reason is Reason.MISSING_TARGET and turn.reachable:
        targets = sorted({i for choice in found.choices for i in choice.targets}) or measured(found, turn.snapshot)
        if 0 < len(targets) <= _MOST_ANSWERED:
            slots = {name: value for name, value in found.slots.items() if name != "state"}
            whole = replace(found, targets=tuple(targets), slots=slots)
            turn.dialogue = replace(turn.dialogue, previous=whole)
            turn.say(answers.state_answer(whole, turn.snapshot))
            return
    ask(turn, found)


def _command(ports: Ports, turn: Turn, found: Interpretation) -> Interpretation | None:
    if found.disposition is Disposition.NONE or not found.targets:
        turn.outcome = "refused"
        turn.say(refusal(found) if found.reason else wording.NOT_UNDERSTOOD)
        return None
    acted = act(ports, turn, found)
    if acted.done:
        turn.say(acted.done.text(turn.snapshot, ports.settings.risk))
        if found.slots.get("duration") and acted.done.report and acted.done.report.calls:
            turn.say("I can't change it back by myself after a while yet, so that part is up to you.")
    if found.reason is Reason.GUARDED and found.choices and found.disposition is Disposition.ACT:
        turn.say(_left_alone(ports, turn, found))
    return acted.held


def _left_alone(ports: Ports, turn: Turn, found: Interpretation) -> str:
    """Return what is said of the guarded things that a command for many passed over."""
    left = [turn.snapshot.by_id[i] for choice in found.choices for i in choice.targets if i in turn.snapshot.by_id]
    read = [entity for entity in left if is_read_only(entity, ports.settings.risk)]
    rest = [entity for entity in left if entity not in read]
    told = f"I've left {joined(the(entity.name) for entity in left)} alone"
    if not rest:
        return f"{told}: I only ever read sirens and security alarms."
    return f"{told}: ask me for {'that' if len(rest) == 1 else 'those'} by name."


def _information(ports: Ports, turn: Turn, found: Interpretation) -> str:
    if found.intent == "state_query":
        turn.dialogue = replace(turn.dialogue, previous=found)
        return answers.state_answer(found, turn.snapshot) if turn.reachable else wording.UNREACHABLE
    if found.intent in {"time_query", "date_query"}:
        return answers.time_answer(found.intent, turn.incoming.at, ports.settings.time_zone, found.slots.get("city"))
    if found.intent == "weather_query":
        return answers.weather_answer(turn.snapshot) or str(wording.not_built("weather_query"))
    if found.intent == "help":
        return help_text(turn.incoming.user.role)
    unbuilt = wording.not_built(found.intent)
    if unbuilt:
        turn.outcome = "not_built"
        return unbuilt
    return wording.TALK.get(found.intent, wording.NOT_UNDERSTOOD)


def ask(turn: Turn, found: Interpretation) -> None:
    """Ask what an interpretation leaves open, naming real places and devices."""
    found = _with_names(turn, replace(found, mention=spoken_mention(found)))
    turn.dialogue = replace(turn.dialogue.attempted(found, turn.number, turn.incoming.at), meant=True)
    text = question_text(turn, found)
    turn.trace("ask", found.reason.value if found.reason else "unsure", mention=found.mention)
    turn.outcome = "asked"
    if found.choices:
        choose_among(turn, found, text, about=f"“{found.text}”")
    else:
        turn.say(text)


def _with_names(turn: Turn, found: Interpretation) -> Interpretation:
    """Return the question with the nearest real names as choices, where it came without."""
    intent = INTENTS.get(found.intent)
    if not found.choices and found.reason is Reason.MISSING_TARGET and intent:
        all_of_them = [e for e in turn.snapshot.entities if e.exposed and e.domain in intent.domains]
        few = all_of_them if len(all_of_them) <= _MOST_ANSWERED and intent.acts else []
        return replace(found, choices=tuple(Choice(e.name, (e.entity_id,)) for e in few))
    if found.choices or found.reason is not Reason.UNKNOWN_NAME or not found.mention:
        return found
    near = nearest_names(turn.snapshot, found.mention, domains=intent.domains if intent else ())
    return replace(found, choices=tuple(Choice(name, (i,)) for name, i in near))
