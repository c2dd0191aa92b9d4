"""Home Assistant: the adapter of the port `Home` over its WebSocket API."""

from butler.home.assistant.connection import Address
from butler.home.assistant.home import AssistantHome
from butler.home.assistant.timing import Timing

__all__ = ["Address", "AssistantHome", "Timing"]
