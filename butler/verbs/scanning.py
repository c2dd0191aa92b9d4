"""`butler maintenance scan` and `status`: reviewing the traces out of turn, and when they were reviewed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from butler.app import encoder_of, engine_of, warn_of
from butler.channels.terminal import printable
from butler.clock import SystemClock
from butler.config import Config
from butler.conversation.reports.messages import sentence
from butler.failures import UsageError
from butler.log_reviewing import result_text, rules_of
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, data_of, log_to_stderr
from engine.review import log_review
from engine.review.log_review import ReviewResult
from engine.review.redaction import redacted
from engine.review.rules import ReviewRules
from engine.review.trace_lines import TraceLineError, read_lines
from engine.review.traces import Trace
from store import insights, open_store, review_runs
from store.database import Store
from store.detected_patterns import DetectedPattern

_MOST = 20
_OPEN: tuple[insights.Status, ...] = ("pending", "delivered")


def scan(options: Namespace) -> int:
    """Review the traces of the store that are new, or those of an export, of which nothing is kept."""
    log_to_stderr()
    if not options.logs:
        raise UsageError("say what to scan: --logs")
    config = config_of(options)
    warn_of(config)
    traces = _read(options.export) if options.export else None
    with open_store(config.data.require_store()) as store:
        rules, now = _rules(config, store), datetime.now(UTC)
        found = log_review.review(store, now, rules=rules) if traces is None else log_review.scan(traces, now, rules)
    _show(found)
    return 0


def status(options: Namespace) -> int:
    """Print when the traces were reviewed last, over how much, and what was found."""
    with open_store(data_of(options).require_store()) as store:
        last = review_runs.last(store)
        if last is None:
            say("The traces have not been reviewed yet.")
        else:
            say(f"Last reviewed {last.ended_at:%Y-%m-%d %H:%M} UTC, up to trace {last.to_trace}.")
            runs = review_runs.listing(store, limit=10_000)
            say(f"In all: {sum(one.traces for one in runs)} traces read, {sum(one.insights for one in runs)} insights.")
        waiting = len(insights.listing(store, statuses=_OPEN, limit=10_000))
        known = log_review.seen_often(store)
        say(f"Open insights: {waiting}. Patterns seen five times or more: {len(known)}.")
        for pattern in known[:_MOST]:
            say(printable(_line(pattern)))
    return 0


def _rules(config: Config, store: Store) -> ReviewRules:
    with closing(engine_of(config, store, encoder_of(config), SystemClock())) as engine:
        return rules_of(engine, store, config.people, config.household.time_zone)


def _read(file: Path) -> tuple[Trace, ...]:
    try:
        with file.open(encoding="utf-8") as lines:
            return tuple(read_lines(lines))
    except (OSError, UnicodeDecodeError, TraceLineError) as problem:
        raise UsageError(f"{file} cannot be read as an export of traces: {problem}") from problem


def _show(found: ReviewResult) -> None:
    say(result_text(found))
    _print(printable(_line(pattern)) for pattern in found.patterns[:_MOST])
    _print(printable(f"{one.id}. {sentence(one.title)} {sentence(one.sentence)}") for one in found.insights)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)


def _line(pattern: DetectedPattern) -> str:
    seen = f"{pattern.occurrence_count} of {pattern.opportunities}"
    key = f"{pattern.pattern_type} {redacted(pattern.pattern_key)}"
    return f"  {key}: {seen}, {pattern.confidence:.2f} ({pattern.status.replace('_', ' ')})"
