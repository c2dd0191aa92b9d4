"""Orders about a note, a list or a project as a whole: "delete note 2", "rename the packing list to holiday".

A task is changed by `amendments`; what is on a list by `listing`. Only whole sentences count, and whether there is such
a list or project is for the caller to see: "finish the history project" may as well be something to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from engine.tasks.kinds import Kind
from engine.tasks.titles import without_lead, without_trail
from engine.understanding.clauses import starts_like_command
from engine.understanding.plain import plain


class What(StrEnum):
    """What an order is about."""

    NOTE = "note"
    LIST = "list"
    PROJECT = "project"


class Do(StrEnum):
    """What is to be done with it."""

    RENAME = "rename"
    FINISH = "finish"
    DELETE = "delete"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Order:
    """An order; `name` are the words for what it is about, `number` its number, `new` its new name.

    `last` means the newest, `all` every one of them; `sure` that the words are an order even where there is no such
    thing, so that it is answered and never written down.
    """

    what: What
    do: Do
    name: str = ""
    number: int | None = None
    new: str = ""
    kind: Kind = Kind.NOTE
    last: bool = False
    all: bool = False
    sure: bool = False


_SURE = r"(?P<sure>delete|erase|remove|forget(?: about)?|get rid of)"
_VERB = rf"(?:{_SURE}|drop|discard|bin|scrap|trash|ditch|throw away)"
_THE = r"(?:(?:the|my|our|that|this|a|an) )?"
_KIND = r"(?P<kind>note|memo|idea|question)"
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_WORDS = "|".join(_NUMBERS)
_LAST = r"(?:very )?(?:last|latest|newest|most recent) "
_END = r"[\s.!]*"
_LONGEST = 200  # characters
_NOTE_FORMS = tuple(
    re.compile(form + _END, re.IGNORECASE)
    for form in (
        rf"{_VERB} {_THE}(?P<last>{_LAST})?{_KIND}(?:(?: (?:number|no\.?|nr\.?))? ?#?(?P<number>\d{{1,9}}|{_WORDS}))?",
        rf"{_VERB} (?P<all>all(?: of)? |every )?(?:(?:my|the|our) )?(?P<kind>note|memo|idea|question)s",
        rf"{_VERB} {_THE}{_KIND} (?:about|on|regarding|with|saying|that says|for|called|of) (?P<name>.{{1,100}}?)",
        rf"{_VERB} (?:the|my|our|that) (?P<name>[^,.;:]{{2,60}}?) {_KIND}",
    )
)
_LIST_DELETE = re.compile(
    rf"(?:{_VERB}|close|finish|archive) (?:(?:the|my|our|whole|entire) )+(?P<name>[\w' &-]{{1,40}}?) list{_END}"
    r"|(?:the|my|our) (?P<over>[\w' &-]{1,40}?) list is (?:now |all )?(?:done|finished|completed?|over)(?: now)?[\s.!]*"
    r"|(?:i'm|we're|i am|we are) (?:all )?(?:done|finished) with (?:the|my|our) (?P<with>[\w' &-]{1,40}?) list[\s.!]*",
    re.IGNORECASE,
)
_LIST_RENAME = re.compile(
    rf"(?:(?:rename|retitle) {_THE}(?:(?P<name>[\w' &-]{{1,40}}?) list|list (?P<named>[\w' &-]{{1,40}}?))"
    rf"|change the name of {_THE}(?P<of>[\w' &-]{{1,40}}?) list) (?:to|into|as) "
    rf"(?:the |our |my )?(?P<new>.{{1,60}}?)(?: list)?{_END}",
    re.IGNORECASE,
)
_TIES = re.compile(r"\b(?:from|off|on|onto|to|in|into|and)\b", re.IGNORECASE)
_PROJECT = r"(?:(?P<name>[\w' &-]{1,40}?) project|project (?P<named>[\w' &-]{1,40}?))"
_OVER = r"(?:done|finished|completed?|over|closed)"
_PROJECT_FORMS = tuple(
    (do, re.compile(form + _END, re.IGNORECASE))
    for do, form in (
        (Do.RENAME, rf"(?:rename|retitle|call) {_THE}{_PROJECT} (?:to |into |as )?(?P<new>.{{1,60}}?)(?: project)?"),
        (Do.FINISH, rf"{_THE}{_PROJECT} is (?:now |all |finally )?{_OVER}(?: now)?"),
        (Do.FINISH, rf"(?:close|finish|complete|end|archive|wrap up) {_THE}{_PROJECT}"),
        (Do.FINISH, rf"(?:mark|set) {_THE}{_PROJECT} (?:as )?{_OVER}"),
        (Do.FINISH, rf"(?:i'm|we're|i am|we are) (?:all )?(?:done|finished) with {_THE}{_PROJECT}"),
        (Do.FINISH, rf"(?:i|we)(?:'ve| have)? (?:just )?(?:finished|completed) {_THE}{_PROJECT}"),
        (Do.DELETE, rf"{_VERB} {_THE}{_PROJECT}"),
        (Do.REOPEN, rf"(?:reopen|open again|take up) {_THE}{_PROJECT}(?: again)?"),
    )
)
_TO_DO = frozenset({"to do", "todo", "task", "tasks", "to dos", "todos", "chore", "chores", "job", "jobs"})


def read_order(text: str) -> Order | None:
    """Return the order about a note, list or project that a whole text is, or None."""
    said = without_lead(without_trail(" ".join(text.split())))
    if not said or len(said) > _LONGEST or "?" in said:
        return None
    order = next((found for reader in _READERS if (found := reader(said)) is not None), None)
    return None if order is None or _goes_on(f"{order.name} {order.new}") else order


def _goes_on(words: str) -> bool:
    """Tell whether words hold an order of their own ("the boiler and turn on the lamp")."""
    return any(starts_like_command(part) for part in re.split(r"\s+(?:and|then)\s+", words)[1:])


def _note(said: str) -> Order | None:
    for form in _NOTE_FORMS:
        match = form.fullmatch(said)
        if match is None:
            continue
        found = match.groupdict()
        named = found["kind"].casefold()
        return Order(
            What.NOTE,
            Do.DELETE,
            name=(found.get("name") or "").strip(),
            number=_number(found.get("number")),
            kind=Kind.NOTE if named == "memo" else Kind(named),
            last=bool(found.get("last")),
            all=form is _NOTE_FORMS[1],
            sure=bool(found.get("sure")),
        )
    return None


def _number(said: str | None) -> int | None:
    if not said:
        return None
    return int(said) if said.isdigit() else _NUMBERS.index(said.casefold()) + 1


def _list(said: str) -> Order | None:
    match = _LIST_RENAME.fullmatch(said)
    if match is not None:
        name = match["name"] or match["named"] or match["of"]
        return _of_list(Order(What.LIST, Do.RENAME, name, new=match["new"].strip(" '\"“”"), sure=True))
    match = _LIST_DELETE.fullmatch(said)
    name = (match["name"] or match["over"] or match["with"]) if match is not None else ""
    return _of_list(Order(What.LIST, Do.DELETE, name)) if name and not _TIES.search(name) else None


def _of_list(order: Order) -> Order | None:
    return None if plain(order.name).replace("-", " ") in _TO_DO else order


def _project(said: str) -> Order | None:
    for do, form in _PROJECT_FORMS:
        match = form.fullmatch(said)
        if match is not None:
            new = (match.groupdict().get("new") or "").strip(" '\"“”")
            return Order(What.PROJECT, do, (match["name"] or match["named"]).strip(), new=new)
    return None


_READERS: tuple[Callable[[str], Order | None], ...] = (_project, _list, _note)
