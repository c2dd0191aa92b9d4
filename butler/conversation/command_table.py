"""The slash commands, declared once: who may use each, what it does, and the help and menus made from that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from butler.conversation.exporting import export
from butler.conversation.history_search import history_text
from butler.conversation.household import invite_text, remove, start_text, users_text
from butler.conversation.improvement_walk import improvement_text
from butler.conversation.later.speaking import schedules_command
from butler.conversation.leaving import ask_to_leave, my_data
from butler.conversation.messages import Role
from butler.conversation.ranks import may
from butler.conversation.reports.asking import insights_text, report
from butler.conversation.reviewing import review
from butler.conversation.ringing.asking import rings_text
from butler.conversation.rolling import no_such
from butler.conversation.rolling_several import redo, roll_back_said
from butler.conversation.steering import (
    approve_text,
    pause_text,
    pending_text,
    reject_text,
    resume_text,
)
from butler.conversation.suggested import suggest
from butler.conversation.tasks import commands as of_tasks
from butler.conversation.tasks.listing import lists_text
from butler.conversation.tasks.projects_view import show_projects
from butler.conversation.tasks.summoning import summon
from butler.conversation.taught import taught_words
from butler.conversation.turn import Ports, Turn
from butler.conversation.undoing import undo
from butler.conversation.weekly import stats
from butler.conversation.why import why_text


@dataclass(frozen=True)
class Arguments:
    """What stands behind a command: a number, if it takes one, and the words after it."""

    number: int | None
    rest: str


@dataclass(frozen=True)
class SlashCommand:
    """One command: its arguments as help shows them, its line of help, and what it says.

    `least` is what a person has to be at least to use it. `reads` says that it only looks something up, so that a
    question that is open stays open.
    """

    name: str
    arguments: str
    about: str
    run: Callable[[Ports, Turn, Arguments], str]
    least: Role = Role.GUEST
    numbered: bool = False
    reads: bool = False

    @property
    def usage(self) -> str:
        """The command as it is written."""
        return f"/{self.name} {self.arguments}".strip()


def _by_itself(run: Callable[[Ports, Turn], None]) -> Callable[[Ports, Turn, Arguments], str]:
    """Return what a command runs that says itself what there is to say, and takes no arguments."""

    def carry_out(ports: Ports, turn: Turn, _: Arguments) -> str:
        run(ports, turn)
        return ""

    return carry_out


def _start(ports: Ports, turn: Turn, given: Arguments) -> str:
    return start_text(ports, turn, given.rest) if given.rest else help_text(turn.incoming.user.role)


def _help(_: Ports, turn: Turn, __: Arguments) -> str:
    return help_text(turn.incoming.user.role)


def _aliases(ports: Ports, turn: Turn, _: Arguments) -> str:
    words = taught_words(ports, turn)
    if not words:
        return "Nobody has taught me any words yet. Try: when I say “snug” I mean the living room."
    return "\n".join(["Words I was taught:", *(f"· {word.text()}" for word in words)])


def _tasks(ports: Ports, turn: Turn, given: Arguments) -> str:
    of_tasks.tasks_command(ports, turn, given.rest)
    return ""


def _done(ports: Ports, turn: Turn, given: Arguments) -> str:
    of_tasks.done_command(ports, turn, given.rest)
    return ""


def _summon(ports: Ports, turn: Turn, given: Arguments) -> str:
    summon(ports, turn, given.rest)
    return ""


def _reminders(ports: Ports, turn: Turn, _: Arguments) -> str:
    return rings_text(ports, turn)


def _schedules(ports: Ports, turn: Turn, given: Arguments) -> str:
    schedules_command(ports, turn, given.rest)
    return ""


def _lists(ports: Ports, _: Turn, given: Arguments) -> str:
    return lists_text(ports, given.rest)


def _roll_back(ports: Ports, turn: Turn, given: Arguments) -> str:
    roll_back_said(ports, turn, given.rest)
    return ""


def _redo(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    redo(ports, turn, [given.number])
    return ""


def _why(ports: Ports, turn: Turn, _: Arguments) -> str:
    return why_text(ports, turn)


def _history(ports: Ports, turn: Turn, given: Arguments) -> str:
    return history_text(ports, turn, given.rest)


def _improvement(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    return improvement_text(ports, turn, given.number) or no_such(given.number)


def _suggest(ports: Ports, turn: Turn, given: Arguments) -> str:
    suggest(ports, turn, given.rest)
    return ""


def _insights(ports: Ports, turn: Turn, given: Arguments) -> str:
    return insights_text(ports, turn, given.rest)


def _pending(ports: Ports, turn: Turn, _: Arguments) -> str:
    return pending_text(ports, turn)


def _approve(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    return approve_text(ports, turn, given.number)


def _reject(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    return reject_text(ports, turn, given.number, given.rest)


def _pause(ports: Ports, turn: Turn, _: Arguments) -> str:
    return pause_text(ports, turn)


def _resume(ports: Ports, turn: Turn, _: Arguments) -> str:
    return resume_text(ports, turn)


def _invite(ports: Ports, turn: Turn, given: Arguments) -> str:
    return invite_text(ports, turn, given.rest)


def _users(ports: Ports, _: Turn, __: Arguments) -> str:
    return users_text(ports)


def _remove(ports: Ports, turn: Turn, given: Arguments) -> str:
    remove(ports, turn, given.rest)
    return ""


def _my_data(ports: Ports, turn: Turn, _: Arguments) -> str:
    return my_data(ports, turn)


_ADMIN = Role.ADMIN
COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand("start", "[CODE]", "says what I can do; a code makes you what it was given for", _start),
    SlashCommand("help", "", "what I can do and these commands", _help, reads=True),
    SlashCommand(
        "tasks", "[WORDS]", "what you have to do, or what of it and your notes you look for", _tasks, reads=True
    ),
    SlashCommand("today", "", "what is due today", _by_itself(of_tasks.today_command), reads=True),
    SlashCommand("done", "N", "notes that a task is done", _done),
    SlashCommand("summon", "TEXT", "corrects what I wrote down last: a note, friday, other words", _summon),
    SlashCommand("reminders", "", "what is going to ring: reminders, alarms and timers", _reminders, reads=True),
    SlashCommand(
        "schedules",
        "[pause|resume|delete N]",
        "what I'll do in the home later and what I watch for you",
        _schedules,
        reads=True,
    ),
    SlashCommand("lists", "[NAME]", "the lists here, or what is on one", _lists, reads=True),
    SlashCommand(
        "projects",
        "",
        "what is going on, and what comes next of it",
        _by_itself(show_projects),
        Role.RESIDENT,
        reads=True,
    ),
    SlashCommand("undo", "", "takes back the last thing I did for you", _by_itself(undo)),
    SlashCommand("why", "", "explains how I understood your last message", _why, reads=True),
    SlashCommand("aliases", "", "the words I was taught", _aliases, reads=True),
    SlashCommand(
        "suggest",
        "TYPE WORDS = MEANING [-- note]",
        "suggests a name, an example, a wording: it is tested at once",
        _suggest,
        Role.RESIDENT,
    ),
    SlashCommand(
        "report", "", "what I would change that you haven't seen", _by_itself(report), Role.RESIDENT, reads=True
    ),
    SlashCommand("insights", "[all]", "what I propose, and what came of it", _insights, Role.RESIDENT, reads=True),
    SlashCommand("mydata", "", "everything I keep about you, as a file", _my_data, reads=True),
    SlashCommand("forgetme", "", "erases what I keep about you, after asking", _by_itself(ask_to_leave)),
    SlashCommand(
        "history",
        "[status] [person] [kind] [since DATE]",
        "what I learned lately, or what of it you look for",
        _history,
        _ADMIN,
        reads=True,
    ),
    SlashCommand("improvement", "N", "all about one thing I learned", _improvement, _ADMIN, numbered=True, reads=True),
    SlashCommand(
        "review",
        "",
        "complaints, failed lessons and corrections nothing came of",
        _by_itself(review),
        _ADMIN,
        reads=True,
    ),
    SlashCommand("stats", "", "how understanding went, week by week", _by_itself(stats), _ADMIN, reads=True),
    SlashCommand("pending", "", "what waits for approval", _pending, _ADMIN, reads=True),
    SlashCommand("approve", "N", "lets a waiting lesson go live", _approve, _ADMIN, numbered=True),
    SlashCommand("reject", "N [reason]", "turns a waiting lesson down", _reject, _ADMIN, numbered=True),
    SlashCommand("rollback", "N|since N|by PERSON [reason]", "takes one lesson back, or several", _roll_back, _ADMIN),
    SlashCommand("redo", "N", "puts a lesson in use again that was taken back", _redo, _ADMIN, numbered=True),
    SlashCommand("pause", "", "stops all automatic changes", _pause, _ADMIN),
    SlashCommand("resume", "", "lets me learn by myself again", _resume, _ADMIN),
    SlashCommand(
        "export", "", "writes the words I was taught into Home Assistant, after asking", _by_itself(export), _ADMIN
    ),
    SlashCommand("invite", "[guest|resident|admin] [hours]", "a code that lets one more person in", _invite, _ADMIN),
    SlashCommand("users", "", "who may talk to me", _users, _ADMIN, reads=True),
    SlashCommand("remove", "PERSON", "ends somebody's access, after asking", _remove, _ADMIN),
)
_OWN = "when I say snug I mean the living room, for me"
_SHARED = "when I say snug I mean the living room”, “no, I meant the bedroom light”, “forget snug"


def menu(role: Role) -> list[tuple[str, str]]:
    """Return the commands of a role as a menu shows them: the name and a line about it."""
    return [(command.name, command.about) for command in COMMANDS if may(role, command.least)]


def help_text(role: Role) -> str:
    """Return what Butler can do, with the commands this person may use."""
    lines = [
        "I run the home: “turn on the kitchen light”, “set the bedroom to 20 degrees”, “close the blinds”.",
        "I answer questions about it: “is the garage door open?”, “which lights are on?”.",
        "I write down what there is to do: “buy milk this weekend”, “what do I have to do today?”.",
        "I ring in time: “remind me to call mum tomorrow at 5”, “wake me at 7”, “set a pasta timer for 8 minutes”.",
        "I act later and tell you: “close the blinds at 21:00”, “tell me if the garage stays open for 10 minutes”.",
        "I keep lists: “put milk and eggs on the shopping list”, “what's on the shopping list?”.",
        f"I learn your words: “{_OWN if role is Role.GUEST else _SHARED}”.",
        "Commands:",
    ]
    commands = [f"{command.usage}: {command.about}" for command in COMMANDS if may(role, command.least)]
    return "\n".join([*lines, *commands])
