"""Looking for improvements: by how they stand, whose they are, what kind they are, and since when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType

from butler.conversation.improvement_words import improvement_line
from butler.conversation.teachers import teachers_named
from butler.conversation.turn import Ports, Turn
from store import KNOWN_TYPES, Status, improvements, pauses, people
from store.database import Store
from store.status import IN_FORCE

MOST_SHOWN = 15
STATUSES: Mapping[str, frozenset[Status]] = MappingProxyType(
    {
        **{status.value.replace("_", " "): frozenset({status}) for status in Status},
        "waiting": frozenset({Status.PENDING}),
        "in use": IN_FORCE,
        "taken back": frozenset({Status.ROLLED_BACK}),
    }
)
_USUAL: Mapping[str, str] = MappingProxyType({"example": "exemplar", "aliases": "alias", "name": "alias"})
_FILLERS = frozenset({"by", "of", "from", "taught"})
_MOST_WORDS = 3  # of a name, a status or a kind
_FORM = "/history [status] [person] [kind] [since DATE]"


@dataclass(frozen=True)
class Search:
    """What is looked for; None means all."""

    statuses: frozenset[Status] | None = None
    person: str | None = None
    kind: str | None = None
    since: datetime | None = None

    def found(self, store: Store, limit: int) -> list[improvements.Improvement]:
        """Return what there is of it, newest first."""
        kinds = None if self.kind is None else {self.kind}
        return improvements.listing(
            store, self.statuses, submitted_by=self.person, kinds=kinds, since=self.since, limit=limit
        )


class NotUnderstoodError(ValueError):
    """A word of a search is no status, person, kind or date; the message says which, and what there is."""


def history_text(ports: Ports, turn: Turn, said: str) -> str:
    """Return the latest improvements that the words look for, newest first."""
    try:
        search = search_of(ports.store, said, ports.settings.time_zone, turn.incoming.at)
    except NotUnderstoodError as problem:
        return f"{problem} Write it like this: {_FORM}, for example: /history rolled back alias since 2026-11-01."
    found = search.found(ports.store, MOST_SHOWN + 1)
    pause = _pause_lines(ports) if search == Search() else []
    if not found:
        nothing = "I haven't learned anything yet." if search == Search() else "I have nothing like that."
        return "\n".join([nothing, *pause])
    lines = [improvement_line(ports.store, turn.snapshot, one) for one in found[:MOST_SHOWN]]
    more = [f"There is more: {_FORM} narrows it down."] if len(found) > MOST_SHOWN else []
    title = "What I learned lately, newest first:" if search == Search() else "What I found, newest first:"
    return "\n".join([title, *lines, *more, *pause])


def _pause_lines(ports: Ports) -> list[str]:
    """Return who paused learning last, or let it go on, and when."""
    step = pauses.latest(ports.store)
    if step is None:
        return []
    when = f"{step.created_at.astimezone(ports.settings.time_zone):%Y-%m-%d %H:%M}"
    what = str(pauses.words_of(step)).replace("learning", "Learning was")
    return [f"{what} by {people.name_of(ports.store, step.actor)} on {when}."]


def search_of(store: Store, said: str, zone: tzinfo, now: datetime) -> Search:
    """Return what free words in any order look for; raises NotUnderstoodError."""
    words = said.split()
    search = Search()
    while words:
        search, taken = _taken(store, search, words, zone, now)
        words = words[taken:]
    return search


def _taken(store: Store, search: Search, words: Sequence[str], zone: tzinfo, now: datetime) -> tuple[Search, int]:
    """Return the search with what its next words add, and how many those are."""
    if words[0].lower() == "since":
        return replace(search, since=since_date(" ".join(words[1:2]), zone, now)), 2
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        text = " ".join(words[:length])
        statuses, kind = status_named(text), kind_named(text)
        teachers = () if statuses or kind else teachers_named(store, text)
        if statuses:
            return replace(search, statuses=(search.statuses or frozenset()) | statuses), length
        if kind:
            return replace(search, kind=kind), length
        if teachers:
            return replace(search, person=one_person(text, teachers)), length
    if words[0].lower() in _FILLERS and len(words) > 1:
        return search, 1
    raise NotUnderstoodError(f"“{words[0]}” is no status, kind or person I know.")


def status_named(text: str) -> frozenset[Status] | None:
    """Return the statuses a text names, or None."""
    return STATUSES.get(text.lower().replace("_", " ").replace("-", " "))


def kind_named(text: str) -> str | None:
    """Return the kind of change a text names, also in the plural, or None."""
    said = text.lower().replace("-", "_").replace(" ", "_")
    spellings = (said, said.removesuffix("s"))
    return next((_USUAL.get(one, one) for one in spellings if one in _USUAL or one in KNOWN_TYPES), None)


def one_person(text: str, found: Sequence[str]) -> str:
    """Return the one person that was found; raises NotUnderstoodError where there are none or several."""
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotUnderstoodError(f"I know nobody called “{text}”.")
    raise NotUnderstoodError(f"“{text}” may be {' or '.join(found)}: name one of these.")


def since_date(text: str, zone: tzinfo, now: datetime) -> datetime:
    """Return the beginning of the day a text names, by the household's clock; raises NotUnderstoodError."""
    today = now.astimezone(zone).date()
    near = {"today": today, "yesterday": today - timedelta(days=1)}
    try:
        day = near.get(text.lower()) or date.fromisoformat(text)
    except ValueError:
        raise NotUnderstoodError(f"“{text}” is no date: write it like 2026-11-01.") from None
    return datetime.combine(day, time(), tzinfo=zone)
