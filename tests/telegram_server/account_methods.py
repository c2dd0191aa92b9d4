"""The methods about the bot itself: who it is, and which commands its menu shows."""

from __future__ import annotations

import json
import re
from typing import Any

from .errors import bad_request
from .methods import MESSAGES, Method
from .state import State
from .wire import person_json

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


def get_me(state: State, values: dict[str, Any]) -> dict[str, Any]:
    """Return the bot."""
    abilities = {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**person_json(state, state.bot.id), **abilities}


def set_my_commands(state: State, values: dict[str, Any]) -> bool:
    """Set the menu of a scope."""
    commands = values.get("commands")
    if not isinstance(commands, list) or not all(isinstance(command, dict) for command in commands):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    kept = [_command(command) for command in commands]
    state.commands[_scope(state, values)] = kept
    state.changed()
    return True


def _command(command: dict[str, Any]) -> dict[str, str]:
    name, about = str(command.get("command", "")).removeprefix("/"), str(command.get("description", "")).strip()
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not about:
        raise bad_request("command description must be non-empty")
    if len(about) > 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": about}


def _scope(state: State, values: dict[str, Any]) -> tuple[str, str]:
    scope = values.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    names = SCOPES[scope["type"]]
    if names:
        state.chat_of(scope.get("chat_id"))
    if "user_id" in names and scope.get("user_id") not in state.people:
        raise bad_request("invalid user_id specified")
    kept = {"type": scope["type"], **{name: int(scope[name]) for name in names}}
    return json.dumps(kept, sort_keys=True), values.get("language_code") or ""


def get_my_commands(state: State, values: dict[str, Any]) -> list[dict[str, str]]:
    """Return the menu of a scope."""
    return state.commands.get(_scope(state, values), [])


def delete_my_commands(state: State, values: dict[str, Any]) -> bool:
    """Forget the menu of a scope."""
    state.commands.pop(_scope(state, values), None)
    state.changed()
    return True


def say_yes(state: State, values: dict[str, Any]) -> bool:
    """Do nothing more: logOut and close."""
    return True


METHODS: dict[str, Method] = {
    **MESSAGES,
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "logOut": say_yes,
    "close": say_yes,
}
