"""The words a person may use that someone taught, and who taught them when."""

from __future__ import annotations

from dataclasses import dataclass

from butler.conversation.improvement_words import ASKED
from butler.conversation.phrasing import the
from butler.conversation.turn import Ports, Turn
from engine.learning.changes import AmbiguityRuleChange, KeywordRuleChange
from engine.learning.fold import ActiveChange
from engine.understanding.plain import plain
from store import improvements, people


@dataclass(frozen=True)
class TaughtWord:
    """One taught word: its phrase, its meaning in words, whose it is, and the improvement that brought it.

    A `rule` says how thoughts are read that have the phrase in them.
    """

    phrase: str
    meaning: str
    personal: bool
    number: int
    rule: bool = False

    def text(self) -> str:
        """Return the word as it stands in a list."""
        return f"“{self.phrase}” means {self.meaning}{' (only for you)' if self.personal else ''} (#{self.number})"


def taught_words(ports: Ports, turn: Turn) -> list[TaughtWord]:
    """Return the words taught to everyone and to this person, in the order they were taught."""
    knowledge = ports.engine.knowledge
    visible = [row for row in knowledge.aliases if _mine(row.scope, row.owner, turn.user)]
    words = [TaughtWord(a.phrase, _named(turn, a.target), a.scope == "personal", a.improvement) for a in visible]
    for synonym in knowledge.synonyms:
        if _mine(synonym.scope, synonym.owner, turn.user):
            text = f"“{synonym.replacement}”"
            words.append(TaughtWord(synonym.phrase, text, synonym.scope == "personal", synonym.improvement))
    for command in knowledge.commands:
        if _mine(command.scope, command.owner, turn.user):
            text = f"“{command.text}”"
            words.append(TaughtWord(command.phrase, text, command.scope == "personal", command.improvement))
    words += [_rule(active) for active in ports.engine.taught_rules(turn.user)]
    return sorted(words, key=lambda word: word.number)


def said_rules(ports: Ports, turn: Turn, text: str) -> list[TaughtWord]:
    """Return the learned rules whose phrases stand in a text, as this person's words are read."""
    words = f" {plain(text)} "
    rules = (_rule(active) for active in ports.engine.taught_rules(turn.user))
    return [rule for rule in rules if f" {plain(rule.phrase)} " in words]


def taught_by(ports: Ports, number: int) -> str:
    """Return who taught improvement #number, and when."""
    known = improvements.get(ports.store, number)
    if known is None:
        return f"#{number}"
    day = known.created_at.astimezone(ports.settings.time_zone)
    teacher = people.name_of(ports.store, known.submitted_by) if known.submitted_by else "Butler"
    return f"{teacher} on {day.day} {day:%B %Y} at {day:%H:%M}, #{number}"


def _rule(active: ActiveChange) -> TaughtWord:
    change = active.change
    match change:
        case KeywordRuleChange():
            meaning = f"{change.priority} priority"
        case AmbiguityRuleChange():
            meaning = f"that I ask {ASKED[change.asks]}"
        case _:
            meaning = f"“{change.meaning}”"
    return TaughtWord(change.phrase, meaning, change.scope == "personal", active.number, rule=True)


def _mine(scope: str, owner: str | None, user: str) -> bool:
    return scope == "household" or owner == user


def _named(turn: Turn, target: str) -> str:
    known = turn.snapshot.by_id.get(target) or turn.snapshot.areas_by_id.get(target)
    return the(known.name) if known else target
