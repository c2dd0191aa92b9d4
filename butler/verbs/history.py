"""`butler history`: what was learned, held, rejected and taken back."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime

from butler.channels.terminal import printable
from butler.conversation.history_search import (
    STATUSES,
    NotUnderstoodError,
    Search,
    kind_named,
    one_person,
    since_date,
    status_named,
)
from butler.conversation.teachers import teachers_named
from butler.failures import UsageError
from butler.verbs.output import say
from butler.verbs.setting_up import config_of, data_of
from store import KNOWN_TYPES, Status, open_store
from store.database import Store
from store.improvements import Improvement


def run(options: Namespace) -> int:
    """Print improvements, newest first."""
    if options.limit < 1:
        raise UsageError("--limit must be at least 1")
    with open_store(data_of(options).require_store()) as store:
        try:
            search = _search(store, options)
        except NotUnderstoodError as problem:
            raise UsageError(str(problem)) from problem
        found = search.found(store, options.limit)
    if not found:
        say("Nothing has been taught yet." if search == Search() else "Nothing like that was found.")
    for improvement in found:
        say(_line(improvement))
    return 0


def _search(store: Store, options: Namespace) -> Search:
    search = Search(_statuses(options.status), _person(store, options.person), _kind(options.kind))
    if options.since is None:
        return search
    zone = config_of(options).household.time_zone
    return Search(search.statuses, search.person, search.kind, since_date(options.since, zone, datetime.now(UTC)))


def _statuses(said: list[str] | None) -> frozenset[Status] | None:
    if not said:
        return None
    named = {text: status_named(text) for text in said}
    odd = [text for text, found in named.items() if found is None]
    if odd:
        raise NotUnderstoodError(f"“{odd[0]}” is no status: these are {', '.join(STATUSES)}.")
    return frozenset(status for found in named.values() if found for status in found)


def _person(store: Store, said: str | None) -> str | None:
    return None if said is None else one_person(said, teachers_named(store, said))


def _kind(said: str | None) -> str | None:
    if said is not None and kind_named(said) is None:
        raise NotUnderstoodError(f"“{said}” is no kind: these are {', '.join(sorted(KNOWN_TYPES))}.")
    return None if said is None else kind_named(said)


def _line(improvement: Improvement) -> str:
    when = f"{improvement.created_at:%Y-%m-%d %H:%M}"
    who = improvement.submitted_by or improvement.source
    what = f"{improvement.improvement_type} “{improvement.target}”"
    return printable(f"#{improvement.number}  {when} UTC  {improvement.status.value:<11}  {what}, by {who}")
