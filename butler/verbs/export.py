"""`butler export`: the household's words into Home Assistant, and its sentence patterns as custom sentences."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

import yaml

from butler.app import warn_of
from butler.channels.terminal import printable
from butler.clock import SystemClock
from butler.config import Config
from butler.conversation import exporting
from butler.failures import UsageError
from butler.home.alias_exchange import planned_export
from butler.home.custom_sentences import TaughtPattern, custom_sentences
from butler.home.offers import offers_of
from butler.homes import opened
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, log_to_stderr
from engine.learning.fold import fold, read_rows
from engine.understanding.knowledge import BaseKnowledge, Knowledge
from store import active_rows, open_store
from store.database import Store

_YES = frozenset({"y", "yes"})


def run(options: Namespace) -> int:
    """Write after a difference and a yes; 0 when it is written or there was nothing to write, else 1."""
    log_to_stderr()
    config = config_of(options)
    warn_of(config)
    with open_store(config.data.require_store()) as store:
        if options.part == "sentences":
            return _sentences(store, options.file)
        return _take_back(config, store) if options.undo else _aliases(config, store, yes=options.yes)


def _aliases(config: Config, store: Store, *, yes: bool) -> int:
    with opened(config, SystemClock()) as home:
        names = offers_of(home).names
        if names is None:
            raise UsageError("there is no Home Assistant to write to: set HOME_ASSISTANT_URL and HOME_ASSISTANT_TOKEN")
        planned = planned_export(knowledge_of(store).aliases, home.snapshot(), config.risk)
        for line in (*exporting.difference(planned.edits), *exporting.left_out_lines(planned)):
            say(printable(line))
        if not planned.edits:
            say(exporting.NOTHING)
            return 0
        if not yes and not _agreed():
            say("Nothing was written.")
            return 1
        say(printable(exporting.told(planned.edits, exporting.written(names, store, planned.edits))))
    return 0


def _take_back(config: Config, store: Store) -> int:
    with opened(config, SystemClock()) as home:
        names = offers_of(home).names
        if names is None:
            raise UsageError("there is no Home Assistant to take names back from")
        say(printable(exporting.taken_back(names, store)))
    return 0


def _sentences(store: Store, file: Path | None) -> int:
    knowledge = knowledge_of(store)
    rules = yaml.safe_load(knowledge.base.patterns).get("rules") or {}
    taught = [TaughtPattern(row.template, row.intent, dict(row.slots)) for row in knowledge.patterns]
    made = custom_sentences(taught, rules)
    if file is None:
        sys.stdout.write(made.text)
    else:
        try:
            file.write_text(made.text, encoding="utf-8")
        except OSError as exc:
            raise UsageError(f"{file} cannot be written ({exc.strerror})") from exc
        say(f"Wrote {made.written} sentence patterns to {file}.")
    for template in made.left_out:
        sys.stderr.write(printable(f"Left out, Home Assistant has nothing like it: {template}") + "\n")
    return 0


def knowledge_of(store: Store) -> Knowledge:
    """Return what was learned, put together with what ships."""
    return fold(BaseKnowledge.load(), read_rows(active_rows(store)).changes)


def _agreed() -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("nobody can be asked here: add --yes to write this")
    return input("Write this into Home Assistant? [y/N] ").strip().lower() in _YES
