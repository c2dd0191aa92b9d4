"""`butler restore FILE`: a copy of the store takes the store's place, which is kept."""

from __future__ import annotations

from argparse import Namespace

from butler.failures import UsageError
from butler.verbs.output import say
from butler.verbs.setting_up import data_of
from store.restoring import restore


def run(options: Namespace) -> int:
    """Put the copy in place and say where the store that was there is kept."""
    data = data_of(options)
    if options.file.exists() and data.store.exists() and options.file.samefile(data.store):
        raise UsageError(f"{options.file} is the store itself: name the copy that is to take its place")
    with data.held("restore"):
        restored = restore(options.file, data.store)
    if restored.unsent:
        what = "1 message that" if restored.unsent == 1 else f"{restored.unsent} messages that"
        say(f"{what} waited to be sent when the copy was made will not be sent any more.")
    kept = "" if restored.kept is None else f" What was there is kept as {restored.kept}."
    say(f"Restored {options.file}.{kept}")
    return 0
