"""`butler export-data USER`: all that is kept about a person, as JSON."""

from __future__ import annotations

import sys
from argparse import Namespace

from butler.conversation.leaving import as_file, everything_about
from butler.failures import UsageError
from butler.verbs.setting_up import data_of
from store import Store, open_store, people


def run(options: Namespace) -> int:
    """Write one JSON document to standard output."""
    with open_store(data_of(options).require_store()) as store:
        document = as_file(store, _meant(store, options.user)).content
    sys.stdout.buffer.write(document + b"\n")
    sys.stdout.buffer.flush()
    return 0


def _meant(store: Store, text: str) -> str:
    """Return the person a text names; a user of the terminal is named by nothing but the login name."""
    if people.get(store, text, anyone=True):
        return text
    found = people.find(store, text)
    if len(found) > 1:
        raise UsageError(f"{text} may be {' or '.join(person.user for person in found)}: name one of these")
    if not found and not any(everything_about(store, text)["kept"].values()):
        raise UsageError(f"nothing is kept about {text}: name a person as /users does, or by the login name")
    return found[0].user if found else text
