"""What can go wrong between Butler and Home Assistant, before it is told in the port's words."""

from __future__ import annotations


class AssistantError(Exception):
    """Home Assistant did not answer as it was asked to."""


class BrokenError(AssistantError):
    """There is no connection, or it broke before the answer came."""


class SilentError(AssistantError):
    """No answer came in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Home Assistant gave no answer within {seconds:.1f} s")
        self.seconds = seconds


class TokenRefusedError(AssistantError):
    """Home Assistant does not take the token."""


class RefusedError(AssistantError):
    """A command was refused; `code` and `message` are Home Assistant's own."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{message} ({code})" if message else code)
        self.code = code
        self.message = message
