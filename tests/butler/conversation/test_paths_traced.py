"""Every path leaves its trace: each intent, command, press, job and notice, over every channel."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from butler.channels.terminal import Terminal
from butler.conversation.command_table import COMMANDS
from butler.conversation.effects import EFFECTS
from butler.conversation.handling import HANDLING
from butler.conversation.messages import Reply
from butler.conversation.notices import Notice, Notifier, Why
from butler.conversation.quiet_hours import QuietHours
from butler.conversation.settings import Settings
from engine.learning.golden import GoldenSet
from engine.understanding.handlers import ROUTES
from engine.understanding.intents import INTENTS
from store import Store, buttons, open_store, turns
from store.trace_stream import Trace, stream
from store.turns import NewTurn
from tests.acceptance.family import ADA, RIA, Family
from tests.butler.conversation.conftest import START, Chat
from tests.butler.process import Stdio

ONLY_BY_ROUTING = {"decline"}
"""Handlers that no intent has as Butler ships."""

OF_ANOTHER_TURN = {
    "correction": "no, i meant the hall light",
    "feedback_negative": "that was wrong",
    "feedback_positive": "perfect",
    "undo": "undo that",
}
"""What is said of the turn before."""


def of_turn(store: Store, number: int | None) -> list[Trace]:
    return [trace for trace in stream(store) if trace.turn == number]


def complete(trace: Trace) -> bool:
    """Tell whether a trace says what was done, by what, what came of it and how long it took."""
    return all([trace.stage, trace.component, trace.outcome, trace.decision]) and trace.duration_ms is not None


def whole_turn(store: Store, number: int | None) -> Trace:
    """Return the trace that ends a turn, after those of its stages."""
    found = of_turn(store, number)
    assert [trace.stage for trace in found].count("turn") == 1
    assert found[-1].stage == "turn"
    assert complete(found[-1])
    return found[-1]


def test_every_intent_and_every_handler_leaves_its_traces(chat: Chat) -> None:
    """What was understood, how surely, what came of it and how long it took."""
    first = dict(OF_ANOTHER_TURN)
    for case in GoldenSet.packaged().cases:
        if not case.context and case.expected is not None:
            first.setdefault(case.expected.intent, case.utterance)
    served = set()
    for intent, text in sorted(first.items()):
        chat.say(text)
        found = whole_turn(chat.store, chat.last.turn)
        assert found.component == "talk"
        assert found.outcome == chat.last.outcome
        if chat.last.interpretation is not None:
            assert found.decision == chat.last.interpretation.intent
            served.add(ROUTES.get(chat.last.interpretation.intent))
        understood = [trace for trace in of_turn(chat.store, chat.last.turn) if trace.stage == "understand"]
        assert all(complete(trace) and trace.confidence is not None for trace in understood), intent
        chat.wait(3600)
    assert set(first) >= set(INTENTS)
    assert set(HANDLING) - served <= ONLY_BY_ROUTING


@pytest.mark.parametrize("name", [command.name for command in COMMANDS])
def test_every_command_leaves_its_traces(chat: Chat, name: str) -> None:
    """Which command it was, and what came of it."""
    chat.say(f"/{name}", "adm")
    whole = whole_turn(chat.store, chat.last.turn)
    assert (whole.component, whole.outcome) == ("command", chat.last.outcome)
    assert [trace.decision for trace in of_turn(chat.store, chat.last.turn) if trace.stage == "command"] == [name]


@pytest.mark.parametrize("kind", sorted(EFFECTS))
def test_every_press_leaves_its_traces_whatever_it_holds(chat: Chat, kind: str) -> None:
    """Also one whose button holds nonsense, as after a restore."""
    effect = {"effect": {"kind": kind}, "siblings": ["x1"], "kind": None}
    buttons.add(chat.store, [buttons.Button("x1", "adm", "home", effect, chat.clock["now"])])
    chat.press_id("x1", "adm")
    whole = whole_turn(chat.store, chat.last.turn)
    assert (whole.component, whole.outcome) == ("press", chat.last.outcome)
    pressed = [trace for trace in of_turn(chat.store, chat.last.turn) if trace.stage == "press"]
    assert [trace.decision for trace in pressed] == [kind]


def test_a_press_that_is_refused_and_a_turn_that_fails_leave_their_traces(chat: Chat) -> None:
    """Whose button it is not, and what broke."""
    chat.say("turn on the kitchen light")
    effect = {"effect": {"kind": "approve"}, "siblings": ["x1"], "kind": None}
    buttons.add(chat.store, [buttons.Button("x1", "adm", "home", effect, chat.clock["now"])])
    chat.press_id("x1", "ben")
    assert whole_turn(chat.store, chat.last.turn).outcome == chat.last.outcome
    chat.press_id("x1", "adm")
    assert "error" in {trace.stage for trace in of_turn(chat.store, chat.last.turn)}


def test_a_turn_that_a_kill_cut_off_leaves_a_trace_of_what_became_of_it(chat: Chat) -> None:
    """Given up, as nothing had come of it."""
    number = turns.append(chat.store, NewTurn("ana", "home", START, text="turn on", outcome="begun"))
    chat.conversation.recover(START)
    [trace] = of_turn(chat.store, number)
    assert complete(trace)
    assert (trace.stage, trace.decision) == ("recover", "abandoned")


def test_every_job_leaves_its_trace_and_a_clean_stop_loses_none(family: Family) -> None:
    """How it went, and how long it took."""
    names = sorted(family.app.scheduler.jobs)
    for name in names:
        family.app.run_job(name)
    family.restart()
    found = [trace for trace in stream(family.app.store) if trace.stage == "job"]
    assert sorted(trace.component for trace in found) == names
    assert all(complete(trace) and trace.outcome == "done" for trace in found)


def test_what_falls_due_by_itself_leaves_its_traces(family: Family) -> None:
    """A reminder that rings and a planned action are traced as what they are, with whom they are for."""
    family.say("remind me to call mum in 10 minutes")
    family.say("turn on the kitchen light in 20 minutes")
    family.app.advance(1800)
    family.restart()
    found = list(stream(family.app.store))
    rung = next(trace for trace in found if (trace.stage, trace.component) == ("notice", "reminder"))
    assert complete(rung)
    assert (rung.user, rung.decision) == (RIA, "send")
    run = next(trace for trace in found if (trace.stage, trace.decision) == ("later", "run"))
    assert (whole_turn(family.app.store, run.turn).component, run.user) == ("schedule", RIA)


@pytest.mark.parametrize(
    ("hour", "notice", "decided"),
    [
        (12, Notice("report", "x"), ("send", "sent")),
        (23, Notice("report", "x"), ("send_later", Why.QUIET)),
        (23, Notice("report", "x", urgent=True), ("send", "asked for or urgent")),
        (23, Notice("report", "x", held=False), ("send", "asked for or urgent")),
    ],
)
def test_every_notice_says_whether_it_went_out_and_why(
    tmp_path: Path, hour: int, notice: Notice, decided: tuple[str, str]
) -> None:
    """Quiet hours hold back what is neither urgent nor asked for."""

    class People:
        admins = ("adm",)

    at = datetime(2026, 11, 21, hour, tzinfo=UTC)
    with open_store(tmp_path / "store.db") as store:
        notifier = Notifier(store, People(), Settings(quiet_hours=QuietHours()))
        notifier.notify(notice, at)
        notifier.notify(Notice("report", "x", to="telegram:77"), at)
        sent, nobody = stream(store)
    assert complete(sent)
    assert (sent.user, sent.component) == ("adm", "report")
    assert (sent.decision, sent.outcome) == decided
    assert (nobody.decision, nobody.outcome, nobody.user) == ("held_back", Why.NOBODY, None)


def test_nothing_to_say_is_a_trace_too(family: Family) -> None:
    """A digest that is not sent says why."""
    family.app.run_job("digest")
    [trace] = [one for one in stream(family.app.store) if one.stage == "notice" and one.component == "digest"]
    assert (trace.decision, trace.outcome) == ("held_back", Why.NOTHING)


def test_an_answer_to_a_notice_says_which_and_how_long_after(family: Family) -> None:
    """Who answers when is found from the traces."""
    family.say("remind me to call mum in 10 minutes")
    family.app.advance(660)
    number = next(trace.metadata["notice"] for trace in stream(family.app.store) if trace.component == "reminder")
    family.app.advance(120)
    family.press_id(f"n{number}b0")
    [press] = [trace for trace in stream(family.app.store) if trace.stage == "press"]
    assert (press.metadata["notice"], press.metadata["notice_kind"]) == (number, "reminder")
    assert press.metadata["after_s"] == timedelta(seconds=180).total_seconds()


def test_talk_in_the_terminal_leaves_its_traces(family: Family) -> None:
    """The same conversation over another channel."""

    class Partner:
        replies: list[Reply]

        def __init__(self) -> None:
            self.replies = []

        def say(self, text: str) -> Reply:
            self.replies.append(family.app.handle(family.app.person("zoe"), "zoe", text=text))
            return self.replies[-1]

        def press(self, button: str) -> Reply:
            return family.app.handle(family.app.person("zoe"), "zoe", press=button)

        def notices(self) -> tuple[()]:
            return ()

    partner = Partner()
    Terminal(partner, ["which lights are on\n"], StringIO()).talk()
    assert whole_turn(family.app.store, partner.replies[-1].turn).user == "zoe"


def test_a_process_that_is_stopped_leaves_the_traces_of_turns_and_jobs(tmp_path: Path) -> None:
    """Over stdio, as other front ends use it."""
    with Stdio(tmp_path) as butler:
        butler.say("turn on the kitchen light")
        butler.ask({"op": "run", "job": "cleanup"})
        butler.end()
    with open_store(tmp_path / "butler.db") as store:
        found = [(trace.stage, trace.component) for trace in stream(store)]
    assert ("turn", "talk") in found
    assert ("job", "cleanup") in found


def test_a_member_of_telegram_and_an_admin_are_traced_as_themselves(family: Family) -> None:
    """Whose turn it was."""
    family.say("turn on the kitchen light")
    family.say("/pause", ADA)
    assert [trace.user for trace in stream(family.app.store) if trace.stage == "turn"] == [RIA, ADA]
