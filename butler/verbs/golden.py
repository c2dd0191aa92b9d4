"""`butler golden`: what understanding makes of the golden dataset; with `add`, one more case of the household's."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping, Sequence

from butler.app import encoder_of, warn_of
from butler.conversation.golden_adding import GoldenRefusedError, case_document, keep_case
from butler.failures import UsageError
from butler.golden_report import Failure, GoldenReport, Share, hold_out, measure
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, data_of, log_to_stderr
from engine.learning.golden import GoldenSet
from engine.understanding.interpreter import Interpreter
from engine.understanding.knowledge import BaseKnowledge, Knowledge

_CONFUSIONS = 20


def run(options: Namespace) -> int:
    """Print the figures, those of the whole set first, or add a case."""
    log_to_stderr()
    return _add(options) if options.part == "add" else _measure(options)


def _add(options: Namespace) -> int:
    folder = data_of(options)
    folder.require_store()
    meant = {"intent": options.intent, "targets": options.device or []}
    said = f"{options.user or ''}\n{options.utterance}"
    name = f"added-{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    try:
        case = keep_case(folder.golden, case_document(name, options.utterance, meant, user=options.user))
    except GoldenRefusedError as problem:
        raise UsageError(str(problem)) from problem
    say(f"Added “{case.utterance}” to {folder.golden} as {case.id}. It counts in every test from now on.")
    return 0


def _measure(options: Namespace) -> int:
    config = config_of(options)
    warn_of(config)
    golden, base, encoder = GoldenSet.packaged(), BaseKnowledge.load(), encoder_of(config)
    report = measure(golden, Interpreter.build(Knowledge(base), encoder))
    for line in _lines(report):
        say(line)
    say()
    for line in _held_out_lines(hold_out(golden, encoder, base)):
        say(line)
    return 0


def _lines(report: GoldenReport) -> Iterator[str]:
    yield f"golden: {_words(report.overall)}"
    worst = min(report.by_intent, key=lambda name: report.by_intent[name].percent, default=None)
    if worst:
        yield f"worst intent: {worst}, {_words(report.by_intent[worst])}"
    yield f"must not act: {report.silent.of - report.silent.passed} of {report.silent.of} act"
    yield from _failed(report.acting)
    yield f"known failures: {report.known_failures}, of which {len(report.mended)} pass now"
    yield from (f"  {name}" for name in report.mended)
    yield from _table("by intent", report.by_intent)
    yield from _table("by category", report.by_category)
    yield from _confused(report.confusions)
    yield ""
    yield "failures"
    yield from _failed(report.failures)


def _held_out_lines(folds: Sequence[Share]) -> Iterator[str]:
    whole = Share(sum(fold.passed for fold in folds), sum(fold.of for fold in folds))
    yield f"five-fold holdout over paraphrase groups, with no exemplars but the other four fifths: {_words(whole)}"
    yield f"  by fold: {', '.join(f'{fold.percent:.1f} %' for fold in folds)}"


def _table(title: str, shares: Mapping[str, Share]) -> Iterator[str]:
    yield ""
    yield title
    for name, share in shares.items():
        yield f"  {name:<18} {share.percent:6.1f} %  {share.passed} of {share.of}"


def _confused(confusions: Mapping[tuple[str, str], int]) -> Iterator[str]:
    yield ""
    yield "confusions (expected, found)"
    for (expected, found), count in list(confusions.items())[:_CONFUSIONS]:
        yield f"  {count:3}  {expected} as {found}"


def _failed(failures: Iterable[Failure]) -> Iterator[str]:
    for failure in failures:
        yield f"  {failure.case.id}: “{failure.case.utterance}”: {failure.why}"


def _words(share: Share) -> str:
    return f"{share.percent:.1f} % ({share.passed} of {share.of})"
