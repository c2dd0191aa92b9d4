"""`butler backup FILE`: a copy of the store while it may be in use."""

from __future__ import annotations

from argparse import Namespace

from butler.failures import UsageError
from butler.verbs.output import say
from butler.verbs.setting_up import data_of
from store import backup, open_store


def run(options: Namespace) -> int:
    """Write the copy and say where it is."""
    source = data_of(options).require_store()
    if options.file.exists() and options.file.samefile(source):
        raise UsageError(f"{options.file} is the store itself: name another file")
    if options.file.is_dir():
        raise UsageError(f"{options.file} is a folder: name a file in it, such as {options.file / 'butler.db'}")
    if options.file.exists() and not options.file.is_file():
        raise UsageError(f"{options.file} is a device or a pipe, which no copy may replace: name a file")
    with open_store(source) as store:
        copy = backup(store, options.file)
    say(f"Copied the store to {copy}.")
    return 0
