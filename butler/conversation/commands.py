"""The slash commands, declared once: who may use each, what it does, and the help made from that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from butler.conversation import wording
from butler.conversation.messages import Role
from butler.conversation.phrasing import joined
from butler.conversation.rolling import no_such, roll_back
from butler.conversation.steering import approve_text, history_text, improvement_text, pending_text, reject_text
from butler.conversation.taught import taught_words
from butler.conversation.turn import Ports, Turn
from butler.conversation.undoing import undo
from butler.conversation.why import why_text

_COMMAND = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?$", re.DOTALL)
_NUMBER = re.compile(r"#?(?P<number>\d{1,9})(?:\s+(?P<rest>.*))?$", re.DOTALL)


@dataclass(frozen=True)
class Arguments:
    """What stands behind a command: a number, if it takes one, and the words after it."""

    number: int | None
    rest: str


@dataclass(frozen=True)
class SlashCommand:
    """One command: its arguments as help shows them, its line of help, and what it says.

    `reads` says that it only looks something up, so that a question that is open stays open.
    """

    name: str
    arguments: str
    about: str
    run: Callable[[Ports, Turn, Arguments], str]
    admins_only: bool = False
    numbered: bool = False
    reads: bool = False

    @property
    def usage(self) -> str:
        """The command as it is written."""
        return f"/{self.name} {self.arguments}".strip()


def _help(_: Ports, turn: Turn, __: Arguments) -> str:
    return help_text(turn.incoming.user.role)


def _aliases(ports: Ports, turn: Turn, _: Arguments) -> str:
    words = taught_words(ports, turn)
    if not words:
        return "Nobody has taught me any words yet. Try: when I say “snug” I mean the living room."
    return "\n".join(["Words I was taught:", *(f"· {word.text()}" for word in words)])


def _undo(ports: Ports, turn: Turn, _: Arguments) -> str:
    undo(ports, turn)
    return ""


def _roll_back(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    roll_back(ports, turn, given.number, given.rest or "asked for by an admin")
    return ""


def _why(ports: Ports, turn: Turn, _: Arguments) -> str:
    return why_text(ports, turn)


def _history(ports: Ports, turn: Turn, _: Arguments) -> str:
    return history_text(ports, turn)


def _improvement(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    return improvement_text(ports, turn, given.number) or no_such(given.number)


def _pending(ports: Ports, turn: Turn, _: Arguments) -> str:
    return pending_text(ports, turn)


def _approve(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    return approve_text(ports, turn, given.number)


def _reject(ports: Ports, turn: Turn, given: Arguments) -> str:
    assert given.number is not None
    return reject_text(ports, turn, given.number, given.rest)


COMMANDS: tuple[SlashCommand, ...] = (
    SlashCommand("help", "", "what I can do and these commands", _help, reads=True),
    SlashCommand("undo", "", "takes back the last thing I did for you", _undo),
    SlashCommand("why", "", "explains how I understood your last message", _why, reads=True),
    SlashCommand("aliases", "", "the words I was taught", _aliases, reads=True),
    SlashCommand("history", "", "what I learned lately", _history, admins_only=True, reads=True),
    SlashCommand(
        "improvement", "N", "all about one thing I learned", _improvement, admins_only=True, numbered=True, reads=True
    ),
    SlashCommand("pending", "", "what waits for approval", _pending, admins_only=True, reads=True),
    SlashCommand("approve", "N", "lets a waiting lesson go live", _approve, admins_only=True, numbered=True),
    SlashCommand("reject", "N [reason]", "turns a waiting lesson down", _reject, admins_only=True, numbered=True),
    SlashCommand("rollback", "N [reason]", "takes a lesson back", _roll_back, admins_only=True, numbered=True),
)
_BY_NAME = {command.name: command for command in COMMANDS} | {"start": COMMANDS[0]}


def is_command(text: str) -> bool:
    """Tell whether a text is written like a slash command."""
    return bool(_COMMAND.match(text))


def only_reads(text: str) -> bool:
    """Tell whether a slash command only looks something up."""
    match = _COMMAND.match(text)
    command = _BY_NAME.get(match["name"].lower()) if match else None
    return command is not None and command.reads


def run_command(ports: Ports, turn: Turn) -> None:
    """Run the slash command that the turn's text is."""
    match = _COMMAND.match(turn.text)
    assert match is not None
    command = _BY_NAME.get(match["name"].lower())
    turn.trace("command", match["name"].lower(), outcome="known" if command else "unknown")
    turn.outcome = "command"
    if command is None:
        turn.say(f"I don't know the command /{match['name']}. {_known(turn.incoming.user.role)}")
        return
    if command.admins_only and turn.incoming.user.role is not Role.ADMIN:
        turn.outcome = "refused"
        turn.say(wording.ADMINS_ONLY.format(command=f"/{command.name}"))
        return
    given = _arguments(command, (match["rest"] or "").strip())
    if given is None:
        turn.say(f"Which one? Write it like this: {command.usage}, with the number of the lesson.")
        return
    text = command.run(ports, turn, given)
    if text:
        turn.say(text)


def _arguments(command: SlashCommand, rest: str) -> Arguments | None:
    if not command.numbered:
        return Arguments(None, rest)
    match = _NUMBER.match(rest)
    return Arguments(int(match["number"]), (match["rest"] or "").strip()) if match else None


def _allowed(role: Role) -> list[SlashCommand]:
    return [command for command in COMMANDS if role is Role.ADMIN or not command.admins_only]


def _known(role: Role) -> str:
    return f"I know {joined(f'/{command.name}' for command in _allowed(role))}."


def help_text(role: Role) -> str:
    """Return what Butler can do, with the commands this person may use."""
    lines = [
        "I run the home: “turn on the kitchen light”, “set the bedroom to 20 degrees”, “close the blinds”.",
        "I answer questions about it: “is the garage door open?”, “which lights are on?”.",
        "I learn your words: “when I say snug I mean the living room”, “no, I meant the bedroom light”, “forget snug”.",
        "Commands:",
    ]
    commands = [f"{command.usage}: {command.about}" for command in _allowed(role)]
    return "\n".join([*lines, *commands])
