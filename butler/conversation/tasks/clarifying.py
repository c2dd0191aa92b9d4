"""Asking about a thought that was unclear: one open question a person, answered by a press or in words, or filed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from butler.conversation.dialogue import NO_WORDS
from butler.conversation.phrasing import opening
from butler.conversation.ringing.when import when_answers, when_question
from butler.conversation.shown import turn_of
from butler.conversation.tasks.clarified import Answer, apply_answer
from butler.conversation.tasks.given_up import trace_given_up
from butler.conversation.tasks.noting import Noted
from butler.conversation.tasks.phrases import moment, short
from butler.conversation.tasks.reading import mark_kept, rules_of
from butler.conversation.tasks.telling import UNDO, undo_option
from butler.conversation.turn import Effect, Option, Ports, Turn
from engine.tasks.due import DueKind
from engine.tasks.kind_reading import read_kind
from engine.tasks.kinds import Ask, Evidence, Kind
from engine.tasks.refused_times import bounded
from engine.tasks.times import read_time
from engine.understanding.plain import plain
from store import clarifications, jobs, thoughts, turns
from store.clarifications import Clarification, NewClarification

CLARIFY = "clarify"
LASTS = timedelta(days=1)
_TITLE_LASTS = timedelta(minutes=10)  # after which "buy milk" is something of its own
_JOB = "schedules"
_MOST_UNANSWERED = 3
_PATIENCE = timedelta(days=7)
_NO_DATE = "No date"
_DAYS = ("Today", "Tomorrow", "This weekend", "Next week")
_DAYS_OFFERED = (*((day, day.lower()) for day in _DAYS), (_NO_DATE, _NO_DATE))
_LEFT = frozenset("skip it;skip;later;leave it as it is;it's fine;thats fine;that's fine;as it is;ignore it".split(";"))
_DATELESS = frozenset("no date;none;no deadline;whenever;any time;anytime;some day;someday;no time;open".split(";"))
_KINDS = {kind.value: kind for kind in (Kind.TASK, Kind.NOTE, Kind.IDEA, Kind.QUESTION)}
_UNSAID = "I didn't catch what to write down. Please say it once more, with what it is about."
_QUESTIONS = {
    Ask.KIND: "Is that something to do?",
    Ask.WHEN: "When should that be?",
    Ask.TITLE: "What exactly should I write down?",
}


def ask_about(ports: Ports, turn: Turn, noted: Noted, text: str) -> None:
    """Say what was written down and ask what is unclear about it, unless that is held back."""
    asks = noted.captured.asks[0]
    held = _held_back(ports, turn)
    if held is None and not _asked(ports, turn, noted, asks):
        held = "question_open"
    if held is not None:
        turn.trace("clarify", "held_back", component="tasks", outcome=held, asks=asks.value, thought=noted.thought)
        turn.offer(f"{text} {_timeless(noted)}".strip() or _UNSAID, (undo_option(turn, noted.undo),))
        return
    turn.trace("clarify", "asked", component="tasks", asks=asks.value, thought=noted.thought)
    row = clarifications.open_of(ports.store, turn.user)
    rings = asks is Ask.WHEN and noted.captured.kind.rings
    options = _options(row.id if row else 0, asks, _offered(ports, turn, noted) if rings else _DAYS_OFFERED)
    question = when_question(noted.captured.kind) if rings else _QUESTIONS[asks]
    undo = () if asks is Ask.TITLE else (undo_option(turn, noted.undo),)
    turn.ask(CLARIFY, f"{text} {question}".strip(), (*options, *undo))
    mark_kept(turn, as_understood=asks is not Ask.KIND)


def _offered(ports: Ports, turn: Turn, noted: Noted) -> list[tuple[str, str]]:
    """Return what is offered when something is to ring, first what is nearest to a time that cannot be."""
    refused = noted.captured.refused
    instead = refused.instead if refused is not None else None
    return [*([(opening(instead), instead)] if instead else []), *when_answers(ports, turn)]


def is_past(ports: Ports, turn: Turn) -> bool:
    """Tell whether more was said since a question about a thought: a bare number or "undo" means something later then.

    A reply to the question itself still speaks of it.
    """
    said = plain(turn.text)
    if turn.incoming.reply_to is not None or not (said.isdecimal() or said == plain(UNDO)):
        return False
    row = clarifications.open_of(ports.store, turn.user)
    before = turns.before(ports.store, turn.user, turn.incoming.chat, turn.number)
    return row is None or (before is not None and before.number != row.turn)


def take_answer(ports: Ports, turn: Turn) -> bool:
    """Take a text for the answer to the open question about a thought; False when it is none."""
    row = _open_here(ports, turn)
    if row is None or is_past(ports, turn):
        return False
    answer = _read(ports, turn, Ask(row.asks))
    if answer is None:
        return _asked_again(ports, turn, row)
    turn.trace("open_question", CLARIFY, outcome="answered")
    apply_answer(ports, turn, row, answer)
    return True


def is_open(ports: Ports, turn: Turn, asks: Ask) -> bool:
    """Tell whether a question of this kind waits for this person's answer here."""
    row = _open_here(ports, turn)
    return row is not None and row.asks == asks.value


def take_title(ports: Ports, turn: Turn) -> bool:
    """Take a text that is nothing else for what is to be written down, where that was asked."""
    row = _open_here(ports, turn)
    if row is None or row.asks != Ask.TITLE.value or turn.incoming.at - row.asked_at > _TITLE_LASTS:
        return False
    if read_kind(turn.text).evidence is Evidence.EXPLICIT:
        return False
    turn.trace("open_question", CLARIFY, outcome="answered")
    apply_answer(ports, turn, row, Answer(title=turn.text))
    return True


def answer_pressed(ports: Ports, turn: Turn, effect: Effect) -> None:
    """Take a pressed button for the answer to a question about a thought."""
    row = clarifications.get(ports.store, effect["clarification"])
    if row is None or row.user != turn.user:
        turn.say("I don't know that question any more, so I changed nothing.")
        return
    answer = _pressed(ports, turn, Ask(row.asks), str(effect["answer"]))
    apply_answer(ports, turn, row, answer)


def _asked(ports: Ports, turn: Turn, noted: Noted, asks: Ask) -> bool:
    """Keep the question; False when another one to this person is open, unless nothing would ring without this one."""
    expires = turn.incoming.at + LASTS
    question = NewClarification(
        user=turn.user,
        chat=turn.incoming.chat,
        asks=asks.value,
        question=_QUESTIONS[asks],
        asked_at=turn.incoming.at,
        expires_at=expires,
        thought=noted.thought,
        turn=turn.number,
    )
    needed = asks is Ask.WHEN and noted.captured.kind.rings
    with ports.store.unflushed():
        before = clarifications.open_of(ports.store, turn.user) if needed else None
        if clarifications.ask(ports.store, question, supersede=needed) is None:
            return False
        if before is not None:
            trace_given_up(turn, before)
            if before.thought is not None:
                thoughts.settle(ports.store, before.thought, "filed")
        jobs.schedule_earlier(ports.store, _JOB, expires)
    return True


def _asked_again(ports: Ports, turn: Turn, row: Clarification) -> bool:
    """Ask again for a time where the answer to when is one that no clock knows ("soon"); False for any other text."""
    due = read_time(turn.text, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
    thought = thoughts.get(ports.store, row.thought, user=turn.user) if row.thought is not None else None
    if row.asks != Ask.WHEN.value or due is None or due.kind is not DueKind.OPEN or thought is None:
        return False
    question = NewClarification(
        user=turn.user,
        chat=turn.incoming.chat,
        asks=row.asks,
        question=_QUESTIONS[Ask.WHEN],
        asked_at=turn.incoming.at,
        expires_at=turn.incoming.at + LASTS,
        thought=thought.id,
        turn=turn.number,
    )
    with ports.store.unflushed():
        again = clarifications.ask(ports.store, question, supersede=True) or 0
        trace_given_up(turn, row)
        jobs.schedule_earlier(ports.store, _JOB, question.expires_at)
    turn.trace("clarify", "asked", component="tasks", asks=row.asks, thought=thought.id)
    kind = Kind(thought.kind)
    options = _options(again, Ask.WHEN, when_answers(ports, turn) if kind.rings else _DAYS_OFFERED)
    asked = when_question(kind) if kind.rings else _QUESTIONS[Ask.WHEN]
    example = "Say for example “tomorrow at 5”."
    turn.ask(CLARIFY, f"“{short(turn.text.strip(' .!'), 60)}” is no time I can go by. {asked} {example}", options)
    return True


def _held_back(ports: Ports, turn: Turn) -> str | None:
    """Return why a person is not to be asked now, or None."""
    lately = [row for row in clarifications.since(ports.store, turn.incoming.at - _PATIENCE) if row.user == turn.user][
        -_MOST_UNANSWERED:
    ]
    if len(lately) == _MOST_UNANSWERED and all(row.outcome == "filed" for row in lately):
        return "nobody_answers"
    return None


def _open_here(ports: Ports, turn: Turn) -> Clarification | None:
    """Return the question that is open for this person in this chat and that this text may answer."""
    row = clarifications.open_of(ports.store, turn.user)
    if row is None or row.chat != turn.incoming.chat or turn.incoming.at >= row.expires_at:
        return None
    if turn.incoming.reply_to is not None and turn_of(turn.incoming.reply_to) != row.turn:
        return None
    return row


def _read(ports: Ports, turn: Turn, asks: Ask) -> Answer | None:
    """Return what a typed text answers, or None when it is something else."""
    said = plain(turn.text)
    if said in NO_WORDS or said in _LEFT:
        return Answer(left=True)
    bare = (
        said.removeprefix("its ").removeprefix("it's ").removeprefix("a ").removeprefix("an ").removeprefix("just a ")
    )
    if asks is Ask.KIND and bare in _KINDS:
        return Answer(kind=_KINDS[bare])
    if asks is Ask.WHEN and said in _DATELESS:
        return Answer(left=True)
    due = read_time(turn.text, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
    if due is not None and not due.asks and asks is not Ask.TITLE:
        return Answer(due=bounded(due))
    return None


def _pressed(ports: Ports, turn: Turn, asks: Ask, said: str) -> Answer:
    if asks is Ask.KIND and said in _KINDS:
        return Answer(kind=_KINDS[said])
    if asks is Ask.WHEN and said != _NO_DATE:
        due = read_time(said, moment(turn), ports.settings.time_zone, rules_of(ports, turn.user).times)
        return Answer(due=due) if due is not None else Answer(left=True)
    return Answer(left=True)


def _timeless(noted: Noted) -> str:
    """Return how to say when something is to ring that nobody is asked about."""
    if not noted.captured.kind.rings or noted.task is None:
        return ""
    return f"It won't ring without a time: say for example “move task {noted.task} to tomorrow at 5”."


def _options(clarification: int, asks: Ask, times: Sequence[tuple[str, str]] = _DAYS_OFFERED) -> tuple[Option, ...]:
    labels: Sequence[tuple[str, str]]
    if asks is Ask.KIND:
        labels = [(name.capitalize(), name) for name, kind in _KINDS.items() if kind is not Kind.QUESTION]
    elif asks is Ask.WHEN:
        labels = times
    else:
        labels = [("Never mind", "left")]
    return tuple(
        Option(label, {"kind": "clarified", "clarification": clarification, "answer": answer})
        for label, answer in labels
    )
