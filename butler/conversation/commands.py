"""The slash commands as they are read and run; which there are is the command table's."""

from __future__ import annotations

import re

from butler.conversation import wording
from butler.conversation.command_table import COMMANDS, Arguments, SlashCommand, help_text, menu
from butler.conversation.phrasing import joined
from butler.conversation.ranks import may
from butler.conversation.turn import Ports, Turn

__all__ = ["COMMANDS", "help_text", "is_command", "menu", "only_reads", "run_command"]

_COMMAND = re.compile(r"/(?P<name>[A-Za-z_]+)(?:@\w+)?(?:\s+(?P<rest>.*))?$", re.DOTALL)
_NUMBER = re.compile(r"#?(?P<number>\d{1,9})(?:\s+(?P<rest>.*))?$", re.DOTALL)
_BY_NAME = {command.name: command for command in COMMANDS}


def is_command(text: str) -> bool:
    """Tell whether a text is written like a slash command."""
    return bool(_COMMAND.match(text))


def only_reads(text: str) -> bool:
    """Tell whether a slash command only looks something up."""
    match = _COMMAND.match(text)
    command = _BY_NAME.get(match["name"].lower()) if match else None
    return command is not None and command.reads


def run_command(ports: Ports, turn: Turn, text: str) -> None:
    """Run the slash command that a text is."""
    match = _COMMAND.match(text)
    assert match is not None
    command = _BY_NAME.get(match["name"].lower())
    role = turn.incoming.user.role
    turn.trace("command", match["name"].lower(), outcome="known" if command else "unknown")
    turn.outcome = "command"
    if command is None:
        known = joined(f"/{name}" for name, _ in menu(role))
        turn.say(f"I don't know the command /{match['name']}. I know {known}.")
        return
    if not may(role, command.least):
        turn.outcome = "refused"
        turn.say(ports.words(wording.ABOVE_ROLE[command.least], what=f"/{command.name}"))
        return
    given = _arguments(command, (match["rest"] or "").strip())
    if given is None:
        turn.say(f"Which one? Write it like this: {command.usage}, with the number of the lesson.")
        return
    answer = command.run(ports, turn, given)
    if answer:
        turn.say(answer)


def _arguments(command: SlashCommand, rest: str) -> Arguments | None:
    if not command.numbered:
        return Arguments(None, rest)
    match = _NUMBER.match(rest)
    return Arguments(int(match["number"]), (match["rest"] or "").strip()) if match else None
