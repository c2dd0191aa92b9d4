"""Taking secrets out of what is logged: the finished text of every record, and of every crash."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Iterable
from types import TracebackType
from urllib.parse import quote

from butler.secret import Secret

STARS = "**********"


class Redaction:
    """Replaces secrets in texts by stars, also as they look in an address or without a bot's number."""

    def __init__(self, secrets: Iterable[Secret]) -> None:
        forms = {form for secret in secrets if secret for form in _forms(secret.reveal())}
        # The longest first, so that no rest of a whole is left when a part of it goes.
        self._forms = tuple(sorted(forms, key=len, reverse=True))

    def __call__(self, text: str) -> str:
        """Return the text without the secrets."""
        for form in self._forms:
            text = text.replace(form, STARS)
        return text


class RedactingFormatter(logging.Formatter):
    """Formats a record, its traceback and stack included, and takes the secrets out of the whole."""

    def __init__(self, secrets: Iterable[Secret], form: str | None = None) -> None:
        super().__init__(form)
        self._redaction = Redaction(secrets)

    def format(self, record: logging.LogRecord) -> str:
        """Return the text of a record without the secrets."""
        return self._redaction(super().format(record))


def redact_crashes(secrets: Iterable[Secret]) -> None:
    """Have tracebacks of errors that nobody caught, in whatever thread, written without the secrets."""
    redaction = Redaction(secrets)

    def write(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if sys.stderr is not None:
            sys.stderr.write(redaction("".join(traceback.format_exception(kind, error, trace))))
            sys.stderr.flush()

    def in_thread(failed: threading.ExceptHookArgs) -> None:
        if not issubclass(failed.exc_type, SystemExit):
            write(failed.exc_type, failed.exc_value, failed.exc_traceback)

    def unraisable(failed: sys.UnraisableHookArgs) -> None:
        write(failed.exc_type, failed.exc_value, failed.exc_traceback)

    sys.excepthook = write
    threading.excepthook = in_thread
    sys.unraisablehook = unraisable


def _forms(secret: str) -> Iterable[str]:
    # A bot's token is its number, which is no secret, and behind the colon what nobody may see.
    for part in {secret, secret.partition(":")[2]} - {""}:
        yield part
        yield quote(part, safe="")
        yield repr(part)[1:-1]
