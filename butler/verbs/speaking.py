"""For whom a command speaks: whoever is logged in, who is an admin, or the person it names."""

from __future__ import annotations

from argparse import Namespace

from butler.config import Config
from butler.conversation.messages import Person, Role
from butler.failures import UsageError
from butler.verbs.setting_up import login
from store import people
from store.database import Store


def person_of(options: Namespace, config: Config, store: Store) -> Person:
    """Return who gives a command, with the role that the store or the configuration says; raises UsageError."""
    if options.user is None:
        return Person(login(), Role.ADMIN)
    known = people.get(store, options.user)
    found = [known] if known else people.find(store, options.user)
    if len(found) > 1:
        raise UsageError(f"{options.user} may be {' or '.join(one.user for one in found)}: name one of these")
    if found:
        return Person(found[0].user, Role(found[0].role))
    return Person(options.user, config.people.role_of(options.user))
