"""The frozen data that decides how language is understood: what ships with the program and what was learned."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from engine.understanding.intents import INTENTS
from engine.understanding.plain import plain
from engine.understanding.speller import Speller
from engine.understanding.taught_names import Alias, NameTables, Ownership, TaughtNames

DEFAULT_THRESHOLDS: Mapping[str, float] = MappingProxyType(
    {"act": 0.50, "act_unnamed": 0.85, "understood": 0.40, "low_confidence": 0.70}
)
# Below these a guess would act, or be taken for understood; above them hardly anything would be.
THRESHOLD_BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"act": (0.50, 0.95), "act_unnamed": (0.75, 0.99), "understood": (0.30, 0.70), "low_confidence": (0.50, 0.95)}
)
OF_INTENTS = "intent:"
"""What stands before an intent in the name of a threshold that is its own."""


@dataclass(frozen=True)
class Synonym:
    """A phrase that is read as another phrase ("switch on" as "turn on")."""

    phrase: str
    replacement: str
    scope: Ownership
    owner: str | None
    improvement: int

    def may_stand_in(self, text: str) -> bool:
        """Tell, far more cheaply than by looking for it, whether the phrase may stand in a text."""
        return self._longest in text.casefold() or not (self._longest.isascii() and text.isascii())

    @cached_property
    def _longest(self) -> str:
        return max(plain(self.phrase).split(), key=len, default="")

    @cached_property
    def said(self) -> re.Pattern[str]:
        """What finds the phrase in a text."""
        phrase = r"\W+".join(re.escape(word) for word in plain(self.phrase).split())
        return re.compile(rf"(?<!\w){phrase}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Command:
    """A phrase that stands for a whole command ("movie time")."""

    phrase: str
    text: str
    scope: Ownership
    owner: str | None
    improvement: int


@dataclass(frozen=True)
class Exemplar:
    """An example phrasing of an intent; `improvement` is None for those that ship with the program.

    One that is `verbatim` says what its very words mean, and has no say in anything else.
    """

    text: str
    intent: str
    improvement: int | None = None
    verbatim: bool = False


@dataclass(frozen=True)
class LearnedPattern:
    """A taught sentence pattern; `slots` are what it says beside its words, the action among them."""

    template: str
    intent: str
    slots: tuple[tuple[str, Any], ...]
    improvement: int


@dataclass(frozen=True)
class BaseKnowledge:
    """What ships with the program. `sha256` covers everything in it."""

    exemplars: tuple[Exemplar, ...]
    patterns: str
    sha256: str

    @classmethod
    @cache
    def load(cls) -> BaseKnowledge:
        """Return the exemplars and sentence patterns of the package's data, which are read once."""
        data = resources.files("engine.understanding") / "data"
        exemplars: list[Exemplar] = []
        for intent in sorted(INTENTS):
            file = data / "exemplars" / f"{intent}.txt"
            if file.is_file():
                exemplars += [
                    Exemplar(line.strip(), intent) for line in file.read_text("utf-8").splitlines() if line.strip()
                ]
        patterns = (data / "patterns.yaml").read_text("utf-8")
        document = json.dumps(
            [[e.text, e.intent] for e in exemplars] + [patterns], ensure_ascii=False, separators=(",", ":")
        )
        return cls(tuple(exemplars), patterns, hashlib.sha256(document.encode()).hexdigest())

    @cached_property
    def by_words(self) -> Mapping[str, Exemplar]:
        """The exemplars by their plain words."""
        return MappingProxyType({plain(exemplar.text): exemplar for exemplar in self.exemplars})

    @cached_property
    def speller(self) -> Speller:
        """What mends slips of the finger: it knows the words of the exemplars by how often they occur."""
        return Speller(Counter(word for exemplar in self.exemplars for word in plain(exemplar.text).split()))


def _visible(scope: Ownership, owner: str | None, speaker: str | None) -> bool:
    return scope == "household" or (owner is not None and owner == speaker)


@dataclass(frozen=True)
class Knowledge:
    """Base knowledge with the learned rows in force, in ascending order of improvement numbers.

    `routing` names the handlers of intents and `templates` the wording of sentences where they differ from what ships;
    `payloads` are the active changes as canonical JSON texts, for the digest alone. `near` are the names of similar
    knowledge, which spare arranging all of them anew; they change nothing else.
    """

    base: BaseKnowledge
    aliases: tuple[Alias, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    commands: tuple[Command, ...] = ()
    learned: tuple[Exemplar, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=lambda: DEFAULT_THRESHOLDS)
    payloads: tuple[str, ...] = ()
    version: int = 0
    patterns: tuple[LearnedPattern, ...] = ()
    routing: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    near: NameTables | None = field(default=None, repr=False, compare=False)

    def least_to_act(self, intent: str, *, named: bool) -> float:
        """Return the confidence below which a guess at an intent is asked about; `named`: the words name the target."""
        own = self.thresholds.get(f"{OF_INTENTS}{intent}")
        if own is None:
            return self.thresholds["act" if named else "act_unnamed"]
        return own if named else max(own, THRESHOLD_BOUNDS["act_unnamed"][0])

    def digest(self, encoder_id: str) -> str:
        """Return the SHA-256 of what is in force: no versions, numbers, times or counters take part."""
        return _digest(self.base.sha256, self.payloads, encoder_id)

    def taught(self, speaker: str | None) -> TaughtNames:
        """Return the names `speaker` may use, by look-up key; personal ones win, later ones replace earlier ones."""
        return self.names.names(speaker)

    @cached_property
    def names(self) -> NameTables:
        """The names by whose they are."""
        return NameTables.of(self.aliases, self.near)

    @property
    def nearest(self) -> NameTables | None:
        """The names as arranged so far, for similar knowledge to go on from."""
        return vars(self).get("names", self.near)

    def naming(self, *aliases: Alias) -> Knowledge:
        """Return the knowledge with more names, later than all others."""
        found = replace(self, aliases=(*self.aliases, *aliases), near=self.names)
        # What is not made of names is the same.
        vars(found).update({part: known for part, known in vars(self).items() if part in {"_rewrites", "_commands"}})
        return found

    def rewrites(self, speaker: str | None) -> tuple[Synonym, ...]:
        """Return the synonyms for `speaker`, longest phrase first, personal before shared."""
        return self._rewrites.get(speaker) or self._rewrites[None]

    @cached_property
    def _rewrites(self) -> Mapping[str | None, tuple[Synonym, ...]]:
        """The synonyms by whose they are; None is for all who have none of their own."""
        ordered = sorted(self.synonyms, key=lambda s: (-len(plain(s.phrase)), s.scope != "personal", -s.improvement))
        owners = {None, *(synonym.owner for synonym in self.synonyms)}
        return {owner: tuple(s for s in ordered if _visible(s.scope, s.owner, owner)) for owner in owners}

    def command(self, plain_text: str, speaker: str | None) -> Command | None:
        """Return the taught command that `plain_text` is, if any; a personal one before a shared one."""
        return self._commands.get((plain_text, speaker)) or self._commands.get((plain_text, None))

    @cached_property
    def _commands(self) -> Mapping[tuple[str, str | None], Command]:
        return {(plain(c.phrase), c.owner if c.scope == "personal" else None): c for c in self.commands}

    def at_version(self, version: int) -> Knowledge:
        """Return the same knowledge under another version number."""
        if version == self.version:
            return self
        return replace(self, version=version, near=self.nearest)


@lru_cache(16)
def _digest(base: str, payloads: tuple[str, ...], encoder: str) -> str:
    # The canonical JSON of an object with these three, whose changes need not be written out again each time.
    ends = json.dumps(base), json.dumps(encoder, ensure_ascii=False)
    document = f'{{"base":{ends[0]},"changes":[{",".join(payloads)}],"encoder":{ends[1]}}}'
    return hashlib.sha256(document.encode()).hexdigest()


__all__ = [
    "DEFAULT_THRESHOLDS",
    "OF_INTENTS",
    "THRESHOLD_BOUNDS",
    "Alias",
    "BaseKnowledge",
    "Command",
    "Exemplar",
    "Knowledge",
    "LearnedPattern",
    "Ownership",
    "Synonym",
]
