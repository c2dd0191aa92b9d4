"""Secrets: seen only by those who ask."""

import logging
import pickle
from collections.abc import Callable

import pytest

from butler.secret import Secret

TOKEN = "123456:abcdef"


@pytest.mark.parametrize("shown", [str, repr, "{}".format, "%s".__mod__, lambda s: repr([s]), lambda s: f"{s!r}"])
def test_a_secret_is_not_seen_however_it_is_shown(shown: Callable[[Secret], str]) -> None:
    assert TOKEN not in shown(Secret(TOKEN))


def test_a_secret_is_not_seen_in_a_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("any").info("token %s", Secret(TOKEN))
    assert TOKEN not in caplog.text


def test_a_secret_is_not_written_down() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(TOKEN))


def test_a_secret_is_revealed_to_who_needs_it_and_equals_only_its_like() -> None:
    assert Secret(TOKEN).reveal() == TOKEN
    assert Secret(TOKEN) == Secret(TOKEN)
    assert Secret(TOKEN) != TOKEN
    assert not Secret("")
