"""The command line: a table of verbs, each of which lives in a module that is imported when it is called."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

from butler.verb_table import VERBS, Verb

__all__ = ["VERBS", "Verb", "entry_point", "main", "parser"]


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="butler", description="A household's chat butler that learns the household's own words."
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version and exit")
    _add(top, VERBS, "verb")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code: 0 done, 2 wrong usage, others as the error says."""
    options = parser().parse_args(arguments)
    # One text against a few thousand rows gains nothing from threads, and waiting for each other they waste both cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if options.quick:
        return int(importlib.import_module(options.module).run(options))
    from butler.failures import guarded  # noqa: PLC0415 - help needs none of it

    return guarded(lambda: int(importlib.import_module(options.module).run(options)))


def entry_point() -> None:
    """Run the console script."""
    sys.exit(main())


def _add(to: argparse.ArgumentParser, verbs: tuple[Verb, ...], name: str, *, required: bool = True) -> None:
    group = to.add_subparsers(title="verbs", metavar=name.upper(), required=required, dest=name)
    for verb in verbs:
        one = group.add_parser(verb.name, help=verb.help, description=verb.help)
        for argument in verb.arguments:
            one.add_argument(*argument.names, **argument.options)
        if verb.parts:
            _add(one, verb.parts, "part", required=not verb.alone)
        if name == "verb":
            one.set_defaults(module=verb.module, quick=verb.quick)


class _Version(argparse.Action):
    """Shows the version, which is looked up only then."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any, **__: Any) -> None:
        from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 - slow to import

        try:
            found = version("butler")
        except PackageNotFoundError:
            found = "(not installed)"
        sys.stdout.write(f"butler {found}\n")
        parser.exit()
