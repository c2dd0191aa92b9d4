"""What can go wrong with a home, as one tree; every error carries its data."""

from __future__ import annotations


class HomeError(Exception):
    """A home could not be read, or did not do what it was asked to."""


class HomeFileError(HomeError):
    """A home file is wrong at `key` (such as `entities[3].area`; empty for the file as a whole)."""

    def __init__(self, key: str, problem: str) -> None:
        super().__init__(f"home file: {key}: {problem}" if key else f"home file: {problem}")
        self.key = key
        self.problem = problem


class UnknownEntityError(HomeError):
    """There is no entity of that id in the home."""

    def __init__(self, entity_id: str) -> None:
        super().__init__(f"there is no entity {entity_id!r} in the home")
        self.entity_id = entity_id


class UnknownFaultError(HomeError):
    """A fault is none of those the demo home knows."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"unknown fault {fault!r}: use unavailable, error, no_effect, slow:SECONDS or ok")
        self.fault = fault


class CallError(HomeError):
    """A call failed; `entity_ids` are those it failed for, as far as the home says."""

    def __init__(self, service: str, entity_ids: tuple[str, ...], problem: str) -> None:
        super().__init__(f"{service}: {problem}")
        self.service = service
        self.entity_ids = entity_ids
        self.problem = problem


class UnknownServiceError(CallError):
    """The home has no such service."""


class InvalidCallError(CallError):
    """The service refuses its data: missing, of the wrong type or out of range."""


class CallRefusedError(CallError):
    """The home does not let Butler do that."""


class DeviceError(CallError):
    """The device raised an error while it did what was asked."""


class CallTimeoutError(CallError):
    """The home did not answer in time; the device may still react later."""


class HomeUnreachableError(HomeError):
    """The home as a whole does not answer."""
