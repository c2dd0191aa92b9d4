"""A strict Telegram in a thread: an emulated Bot API server and the people who talk to its bot."""

from .faults import Call, Fault, Violation
from .people import Group, User
from .server import TelegramServer
from .state import Message

__all__ = ["Call", "Fault", "Group", "Message", "TelegramServer", "User", "Violation"]
