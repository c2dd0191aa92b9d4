"""`butler export-logs`: the traces as JSON Lines, without tokens, on standard output or in a file."""

from __future__ import annotations

import os
import re
import sys
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from butler.config import Config
from butler.failures import UsageError
from butler.redaction import STARS, Redaction
from butler.verbs.setting_up import config_of, data_of
from butler.verbs.spans import instant
from engine.review.trace_lines import to_line
from engine.review.traces import Trace
from store import open_store
from store.trace_stream import highest, stream

# What looks like somebody's token, whoever wrote it: a bot's, a JSON web token, one behind its kind, a one-time code.
_TOKENS = (
    re.compile(r"\b[0-9]{6,}:[A-Za-z0-9_-]{30,}"),
    re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?"),
    re.compile(r"(?<=\bbearer )[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE),
    re.compile(r"(?<=/start )\S+"),
)


def run(options: Namespace) -> int:
    """Write the traces, oldest first; those that come while they are written are left out."""
    config = config_of(options)
    zone = config.household.time_zone
    since = instant(options.since, datetime.now(UTC), zone, "--since") if options.since else None
    with open_store(data_of(options).require_store()) as store, _writing(options.out) as to:
        traces = stream(store, until_id=highest(store), since=since)
        count = _write(traces, to, redaction(config))
    if options.out:
        sys.stderr.write(f"{count} traces written to {options.out}\n")
    return 0


def redaction(config: Config) -> Callable[[str], str]:
    """Return what takes tokens out of a text: the configured ones, and whatever looks like one."""
    configured = Redaction([config.telegram.token, config.home_assistant.token])

    def redact(text: str) -> str:
        text = configured(text)
        for token in _TOKENS:
            text = token.sub(STARS, text)
        return text

    return redact


def _write(traces: Iterable[Trace], to: BinaryIO, redact: Callable[[str], str]) -> int:
    count = 0
    for trace in traces:
        to.write(to_line(trace, redact).encode("ascii") + b"\n")
        count += 1
    to.flush()
    return count


@contextmanager
def _writing(out: Path | None) -> Iterator[BinaryIO]:
    """Give what is written to: a file comes to be as a whole or not at all, and only its owner may read it.

    Where there is a device or a pipe, it is written to: a file in its place would take it from everybody.
    """
    if out is None:
        yield sys.stdout.buffer
        return
    beside = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        if out.exists() and not out.is_file():
            with out.open("wb") as to:
                yield to
            return
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as to:
            yield to
        beside.replace(out)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}") from error
    finally:
        beside.unlink(missing_ok=True)
