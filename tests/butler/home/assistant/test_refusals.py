"""A refusal is told in words a person can read, whatever Home Assistant calls it."""

from __future__ import annotations

import pytest

from butler.home.assistant.errors import RefusedError
from butler.home.assistant.refusals import call_error
from butler.home.errors import CallError, CallRefusedError, DeviceError, InvalidCallError, UnknownServiceError
from butler.home.port import Call

CALL = Call("light.turn_on", ("light.a",))


@pytest.mark.parametrize(
    ("code", "message", "kind", "said"),
    [
        ("not_found", "Service light.dance not found.", UnknownServiceError, "Home Assistant cannot do that with it"),
        ("invalid_format", "value must be at most 1 @ data['x']", InvalidCallError, "it does not take that value"),
        (
            "service_validation_error",
            "Validation error: Provided temperature 90.0 is not valid. Accepted range is 7 to 35",
            InvalidCallError,
            "Provided temperature 90.0 is not valid. Accepted range is 7 to 35",
        ),
        (
            "service_validation_error",
            "Entity vacuum.robot does not support this service.",
            InvalidCallError,
            "it does not take that value",
        ),
        ("unauthorized", "Unauthorized", CallRefusedError, "Home Assistant does not let Butler do that"),
        ("home_assistant_error", "Unauthorized", CallRefusedError, "Home Assistant does not let Butler do that"),
        ("home_assistant_error", "The bulb is loose.", DeviceError, "The bulb is loose"),
        ("unknown_error", "", DeviceError, "it gave no reason"),
        ("home_assistant_error", "x" * 500, DeviceError, "it gave no reason"),
        ("home_assistant_error", "KeyError: 'state'", DeviceError, "it gave no reason"),
    ],
)
def test_a_refusal_has_its_kind_and_its_words(code: str, message: str, kind: type[CallError], said: str) -> None:
    found = call_error(CALL, RefusedError(code, message), ("light.a",))
    assert type(found) is kind
    assert found.problem == said
    assert (found.service, found.entity_ids) == ("light.turn_on", ("light.a",))
