"""From a suggestion to a change, and from what came of it to words: the same for the chat and the command line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from rapidfuzz import fuzz, process

from butler.conversation.improvement_words import change_words
from butler.conversation.nearest import nearest_names
from butler.conversation.phrasing import joined
from butler.conversation.suggestions import FORMS, Suggestion, SuggestionError
from butler.conversation.turn import Option
from engine.api import Engine, LessonContext
from engine.learning import outcomes
from engine.learning.changes import (
    AliasChange,
    AmbiguityRuleChange,
    Change,
    ChangeError,
    CommandChange,
    ExemplarChange,
    KeywordRuleChange,
    ModelChoiceChange,
    PatternChange,
    RoutingChange,
    SynonymChange,
    TemplateChange,
    ThresholdChange,
    TimeMappingChange,
    to_payload,
)
from engine.learning.wordings import hidden_characters
from engine.llm.jobs import JOBS
from engine.sentences import SENTENCES
from engine.understanding.flattening import written_out
from engine.understanding.handlers import HANDLERS
from engine.understanding.home_index import HomeIndex, key_of
from engine.understanding.intents import INTENTS
from engine.understanding.knowledge import Ownership
from engine.understanding.plain import plain
from engine.understanding.snapshot import Snapshot
from engine.understanding.targets import Scope, resolve
from engine.understanding.taught_templates import normal
from store import model_registry, people
from store.database import Store

_MOST_OFFERED = 4
_NEAR = 60.0


@dataclass(frozen=True)
class Suggester:
    """Who suggests, in which home, and when; `turn` is the turn it was said in, None outside of a chat."""

    engine: Engine
    store: Store
    snapshot: Snapshot
    person: str
    role: Literal["admin", "resident", "guest"]
    at: datetime
    turn: int | None = None

    def change(self, said: Suggestion) -> Change:
        """Return the change that is suggested; raises SuggestionError."""
        hidden = hidden_characters(f"{said.source}{said.target}{said.note}")
        if hidden:
            raise SuggestionError(f"I can't read that: there are {hidden} in it. Please type it anew.")
        try:
            return _MAKERS[said.type](self, said)
        except ChangeError as error:
            problem = str(error).partition(": ")[2] or str(error)
            raise _wrong(said, problem) from error

    def suggest(self, change: Change, note: str) -> outcomes.LessonOutcome:
        """Hand a change to the engine and return what came of it."""
        context = LessonContext(
            person=self.person,
            source="user_suggestion",
            rationale=note or None,
            snapshot=self.snapshot,
            at=self.at,
            turn=self.turn,
            role=self.role,
        )
        return self.engine.suggest(change, context)

    def told(self, change: Change, outcome: outcomes.LessonOutcome) -> str:
        """Return what came of a suggestion in a sentence or two."""
        words = self.words(change)
        match outcome:
            case outcomes.Live(number=number):
                return f"Thank you. From now on {words} (#{number})."
            case outcomes.Held(number=number, reason=reason):
                return (
                    f"Thank you. I've written down as #{number} that {words}. It passed its test and isn't in use yet: "
                    f"{reason.rstrip('.')}. An admin can allow it with /approve {number}."
                )
            case outcomes.Failed(number=number):
                return f"I tested it, that {words}: {_failure(outcome)}. So I didn't learn it (#{number})."
            case outcomes.AlreadyKnown(number=number):
                return f"I know that already: {words} (#{number})."
            case outcomes.Refused(text=text):
                return f"I can't learn that {words}: {text}"
            case _:
                return f"That means something else already, so I didn't learn that {words}."

    def asking(self, change: Change, held: outcomes.Held, note: str) -> str:
        """Return the notice that tells the admins of a suggestion that waits for one of them."""
        who = people.name_of(self.store, self.person)
        why = f" Their reason: “{note}”." if note else ""
        return (
            f"{who} suggests that {self.words(change)} (#{held.number}).{why} "
            f"It waits because {held.reason.rstrip('.')}. Shall I learn it?"
        )

    def words(self, change: Change) -> str:
        """Return what a change says, as it stands behind "that"."""
        return change_words(self.store, self.snapshot, to_payload(change))


def deciding(number: int) -> tuple[Option, ...]:
    """Return the buttons with which an admin decides about what waits."""
    return (
        Option("Approve", {"kind": "approve", "improvement": number}),
        Option("Reject", {"kind": "reject", "improvement": number}),
    )


def _failure(failed: outcomes.Failed) -> str:
    case = next((case for case in failed.cases if case.text), None)
    if case:
        return f"“{case.text}” would change{f' ({case.why})' if case.why else ''}"
    return "; ".join(failed.reasons) or "other things would be misunderstood"


def _alias(by: Suggester, said: Suggestion) -> Change:
    kind, target = _named(by, said)
    return AliasChange(said.source, kind, target, *_whose(by, said))


def _whose(by: Suggester, said: Suggestion) -> tuple[Ownership, str | None]:
    """Return whose a phrase is: "my lamp" is the speaker's own."""
    return ("personal", by.person) if plain(said.source).split()[:1] == ["my"] else ("household", None)


def _named(by: Suggester, said: Suggestion) -> tuple[Literal["entity", "area"], str]:
    """Return the one thing or room that is meant, by its name or its id."""
    index = HomeIndex.of(by.snapshot)
    place = index.places.get(key_of(said.target))
    if said.target in by.snapshot.areas_by_id:
        return "area", said.target
    if place and place.area:
        return "area", place.area
    if said.target in by.snapshot.by_id:
        return "entity", said.target
    found = resolve(said.target, Scope(index, by.engine.knowledge.taught(by.person)))
    if len(found.targets) == 1 and not found.group:
        return "entity", found.targets[0]
    several = [choice.label for choice in found.choices if len(choice.targets) == 1]
    several = several or [by.snapshot.by_id[i].name for i in found.targets if i in by.snapshot.by_id]
    if several:
        raise _wrong(said, f"“{said.target}” could be {joined(several[:_MOST_OFFERED], 'or')}: name one thing or room")
    near = [name for name, _ in nearest_names(by.snapshot, said.target)]
    raise _wrong(said, f"there is nothing called “{said.target}” here{f': there is {joined(near)}' if near else ''}")


def _example(_: Suggester, said: Suggestion) -> Change:
    return ExemplarChange(said.source, _intent(said, said.target))


def _synonym(_: Suggester, said: Suggestion) -> Change:
    return SynonymChange(said.source, said.target)


def _command(by: Suggester, said: Suggestion) -> Change:
    return CommandChange(said.source, written_out(said.target, by.engine.knowledge, by.person))


def _pattern(_: Suggester, said: Suggestion) -> Change:
    return PatternChange(normal(said.source), _intent(said, said.target), said.values)


def _routing(_: Suggester, said: Suggestion) -> Change:
    handler = said.target.casefold()
    if handler not in HANDLERS:
        raise _wrong(said, f"nobody called “{said.target}” answers here: there are {joined(HANDLERS)}")
    return RoutingChange(_intent(said, said.source), handler)


def _template(_: Suggester, said: Suggestion) -> Change:
    key = said.source.casefold()
    if key not in SENTENCES:
        raise _wrong(said, f"there is no sentence “{said.source}”{_nearest(key, SENTENCES)}")
    return TemplateChange(key, said.target)


def _threshold(_: Suggester, said: Suggestion) -> Change:
    try:
        value = float(said.target.replace(",", "."))
    except ValueError:
        raise _wrong(said, f"“{said.target}” is no number") from None
    return ThresholdChange(said.source.casefold(), value)


def _time(by: Suggester, said: Suggestion) -> Change:
    return TimeMappingChange(said.source, said.target, *_whose(by, said))


def _priority(by: Suggester, said: Suggestion) -> Change:
    return KeywordRuleChange(said.source, said.target.casefold(), *_whose(by, said))


def _ask(by: Suggester, said: Suggestion) -> Change:
    return AmbiguityRuleChange(said.source, said.target.casefold(), *_whose(by, said))


def _model(by: Suggester, said: Suggestion) -> Change:
    job = said.source.casefold()
    if job not in JOBS:
        raise _wrong(said, f"there is no job “{said.source}” for a model{_nearest(job, JOBS)}")
    known = [one.name for one in model_registry.present(by.store)]
    if known and said.target not in known:
        raise _wrong(said, f"the server has no model “{said.target}”: it has {joined(known)}")
    return ModelChoiceChange(job, said.target)


_MAKERS: Mapping[str, Callable[[Suggester, Suggestion], Change]] = MappingProxyType(
    {
        "alias": _alias,
        "example": _example,
        "synonym": _synonym,
        "command": _command,
        "pattern": _pattern,
        "routing": _routing,
        "template": _template,
        "threshold": _threshold,
        "model": _model,
        "time": _time,
        "priority": _priority,
        "ask": _ask,
    }
)


def _intent(said: Suggestion, text: str) -> str:
    name = text.casefold().replace(" ", "_")
    if name not in INTENTS:
        raise _wrong(said, f"there is no intent “{text}”{_nearest(name, INTENTS)}")
    return name


def _nearest(name: str, among: Collection[str]) -> str:
    found = process.extract(name, list(among), scorer=fuzz.WRatio, limit=_MOST_OFFERED, score_cutoff=_NEAR)
    near = joined((match for match, *_ in found), "or")
    return f": do you mean {near}" if found else f": there is {joined(among)}"


def _wrong(said: Suggestion, problem: str) -> SuggestionError:
    return SuggestionError(f"I can't take that: {problem}. It is written like this: {FORMS[said.type].usage}")
