"""What Home Assistant's refusals of a call mean in the port's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from butler.home.assistant.errors import RefusedError
from butler.home.errors import CallError, CallRefusedError, DeviceError, InvalidCallError, UnknownServiceError
from butler.home.port import Call

_KINDS: Mapping[str, type[CallError]] = MappingProxyType(
    {
        "not_found": UnknownServiceError,
        "invalid_format": InvalidCallError,
        "service_validation_error": InvalidCallError,
        "unauthorized": CallRefusedError,
        "not_allowed": CallRefusedError,
    }
)
_SAID: Mapping[type[CallError], str] = MappingProxyType(
    {
        UnknownServiceError: "Home Assistant cannot do that with it",
        InvalidCallError: "it does not take that value",
        CallRefusedError: "Home Assistant does not let Butler do that",
    }
)
_LONGEST = 120
_MACHINE_WORDS = re.compile(r"\w+\.\w*_|\b[a-z_]+\.[a-z_]+\b|['\"\[{]")


def call_error(call: Call, refused: RefusedError, entity_ids: tuple[str, ...]) -> CallError:
    """Return the port's error for a refused call, in Home Assistant's own words where a person can read them."""
    # Whoever may not call a service is told so as if the device had said it.
    unauthorized = refused.message.casefold() == "unauthorized"
    kind = CallRefusedError if unauthorized else _KINDS.get(refused.code, DeviceError)
    words = " ".join(refused.message.split()).removeprefix("Validation error: ").rstrip(".")
    readable = 0 < len(words) <= _LONGEST and not _MACHINE_WORDS.search(words)
    own = kind is DeviceError or refused.code == "service_validation_error"
    return kind(call.service, entity_ids, words if own and readable else _SAID.get(kind, "it gave no reason"))
