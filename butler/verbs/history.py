"""`butler history`: what was learned, held, rejected and taken back."""

from __future__ import annotations

from argparse import Namespace

from butler.channels.terminal import printable
from butler.failures import UsageError
from butler.verbs.output import say
from butler.verbs.setting_up import data_of
from store import improvements, open_store
from store.improvements import Improvement


def run(options: Namespace) -> int:
    """Print improvements, newest first."""
    if options.limit < 1:
        raise UsageError("--limit must be at least 1")
    with open_store(data_of(options).require_store()) as store:
        found = improvements.listing(store, limit=options.limit)
    if not found:
        say("Nothing has been taught yet.")
    for improvement in found:
        say(_line(improvement))
    return 0


def _line(improvement: Improvement) -> str:
    when = f"{improvement.created_at:%Y-%m-%d %H:%M}"
    who = improvement.submitted_by or improvement.source
    what = f"{improvement.improvement_type} “{improvement.target}”"
    return printable(f"#{improvement.number}  {when} UTC  {improvement.status.value:<11}  {what}, by {who}")
