"""Secrets do not get into logs, however they come there."""

import logging
import subprocess
import sys
from urllib.parse import quote

import pytest

from butler.redaction import STARS, RedactingFormatter, Redaction
from butler.secret import Secret
from tests.butler.process import environment

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_0123"
HIDDEN = TOKEN.partition(":")[2]


def formatted(message: str, *arguments: object, **more: object) -> str:
    record = logging.LogRecord("any", logging.INFO, __file__, 1, message, arguments, None)
    for name, value in more.items():
        setattr(record, name, value)
    return RedactingFormatter([Secret(TOKEN)], "%(levelname)s %(message)s").format(record)


def test_a_token_in_the_finished_text_becomes_stars() -> None:
    shown = formatted('HTTP Request: %s https://api.telegram.org/bot%s/getMe "%s"', "POST", TOKEN, "200 OK")
    assert shown == f'INFO HTTP Request: POST https://api.telegram.org/bot{STARS}/getMe "200 OK"'


@pytest.mark.parametrize("form", [HIDDEN, quote(TOKEN, safe=""), f"b'{TOKEN}'", f"{TOKEN}{TOKEN}", f"<{TOKEN}>"])
def test_a_token_is_found_in_every_form(form: str) -> None:
    assert HIDDEN not in formatted("%s", form)


def test_a_token_in_a_traceback_its_causes_and_notes_becomes_stars() -> None:
    worse = RuntimeError(TOKEN)
    worse.__cause__ = ConnectionError(f"https://api.telegram.org/bot{TOKEN}/getUpdates")
    worse.add_note(f"note {TOKEN}")
    shown = formatted("it failed", exc_info=(RuntimeError, worse, None), stack_info=f"stack {TOKEN}")
    assert HIDDEN not in shown
    assert "ConnectionError" in shown


def test_what_is_no_secret_stays() -> None:
    assert formatted("turn %d of 123456789", 7) == "INFO turn 7 of 123456789"
    assert Redaction([Secret("")])("nothing to hide") == "nothing to hide"


@pytest.mark.parametrize(
    "crash",
    [
        "raise ValueError(TOKEN)",
        "t = threading.Thread(target=lambda: int(TOKEN)); t.start(); t.join()",
        "type('Gone', (), {'__del__': lambda self: int(TOKEN)})()",
    ],
)
def test_a_crash_does_not_show_the_token(crash: str) -> None:
    code = (
        "import threading, os; from butler.redaction import redact_crashes; from butler.secret import Secret\n"
        f"TOKEN = os.environ['WHAT']; redact_crashes([Secret(TOKEN)])\n{crash}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(WHAT=TOKEN), check=False
    )
    assert "ValueError" in done.stderr
    assert HIDDEN not in done.stderr
