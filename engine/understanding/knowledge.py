"""The frozen data that decides how language is understood: what ships with the program and what was learned."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import resources
from types import MappingProxyType
from typing import Any, Literal

from engine.understanding.home_index import key_of
from engine.understanding.intents import INTENTS
from engine.understanding.plain import plain
from engine.understanding.speller import Speller
from engine.understanding.targets import TaughtName

Ownership = Literal["household", "personal"]

DEFAULT_THRESHOLDS: Mapping[str, float] = MappingProxyType(
    {"act": 0.50, "act_unnamed": 0.85, "understood": 0.40, "low_confidence": 0.70}
)
# Below these a guess would act, or be taken for understood; above them hardly anything would be.
THRESHOLD_BOUNDS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"act": (0.50, 0.95), "act_unnamed": (0.75, 0.99), "understood": (0.30, 0.70), "low_confidence": (0.50, 0.95)}
)


@dataclass(frozen=True)
class Alias:
    """A household word for one entity or one area. `target` is an entity id or an area id."""

    phrase: str
    kind: Literal["entity", "area"]
    target: str
    scope: Ownership
    owner: str | None
    improvement: int


@dataclass(frozen=True)
class Synonym:
    """A phrase that is read as another phrase ("switch on" as "turn on")."""

    phrase: str
    replacement: str
    scope: Ownership
    owner: str | None
    improvement: int


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
    """An example phrasing of an intent; `improvement` is None for those that ship with the program."""

    text: str
    intent: str
    improvement: int | None = None


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
    def load(cls) -> BaseKnowledge:
        """Read the exemplars and sentence patterns from the package's data."""
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
    `payloads` are the active changes as canonical JSON values, for the digest alone.
    """

    base: BaseKnowledge
    aliases: tuple[Alias, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    commands: tuple[Command, ...] = ()
    learned: tuple[Exemplar, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=lambda: DEFAULT_THRESHOLDS)
    payloads: tuple[Mapping[str, Any], ...] = ()
    version: int = 0
    patterns: tuple[LearnedPattern, ...] = ()
    routing: Mapping[str, str] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)

    def digest(self, encoder_id: str) -> str:
        """Return the SHA-256 of what is in force: no versions, numbers, times or counters take part."""
        document = {
            "base": self.base.sha256,
            "encoder": encoder_id,
            "changes": [dict(payload) for payload in self.payloads],
        }
        return hashlib.sha256(
            json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        ).hexdigest()

    def taught(self, speaker: str | None) -> Mapping[str, TaughtName]:
        """Return the names `speaker` may use, by look-up key; personal ones win, later ones replace earlier ones.

        "My lamp" is that and nothing else: it does not make every lamp mine.
        """
        return self._taught.get(speaker) or self._taught[None]

    @cached_property
    def _taught(self) -> Mapping[str | None, Mapping[str, TaughtName]]:
        """The names by whose they are; None is for all who have none of their own."""
        owners = {alias.owner for alias in self.aliases if alias.scope == "personal"}
        return {owner: self._names_of(owner) for owner in {None, *owners}}

    def _names_of(self, speaker: str | None) -> Mapping[str, TaughtName]:
        table: dict[str, TaughtName] = {}
        for wanted in ("household", "personal"):
            for alias in self.aliases:
                if alias.scope == wanted and _visible(alias.scope, alias.owner, speaker):
                    name = TaughtName(alias.kind, alias.target, alias.improvement)
                    table[plain(alias.phrase)] = name
                    if plain(alias.phrase).split()[:1] not in (["my"], ["our"]):
                        table[key_of(alias.phrase)] = name
        return MappingProxyType(table)

    def rewrites(self, speaker: str | None) -> tuple[Synonym, ...]:
        """Return the synonyms for `speaker`, longest phrase first, personal before shared."""
        mine = [s for s in self.synonyms if _visible(s.scope, s.owner, speaker)]
        return tuple(sorted(mine, key=lambda s: (-len(plain(s.phrase)), s.scope != "personal", -s.improvement)))

    def command(self, plain_text: str, speaker: str | None) -> Command | None:
        """Return the taught command that `plain_text` is, if any; a personal one before a shared one."""
        return self._commands.get((plain_text, speaker)) or self._commands.get((plain_text, None))

    @cached_property
    def _commands(self) -> Mapping[tuple[str, str | None], Command]:
        return {(plain(c.phrase), c.owner if c.scope == "personal" else None): c for c in self.commands}

    def at_version(self, version: int) -> Knowledge:
        """Return the same knowledge under another version number."""
        return replace(self, version=version)


def exemplars_of(knowledge: Knowledge) -> Iterable[Exemplar]:
    """Yield every exemplar in force, those that ship first."""
    yield from knowledge.base.exemplars
    yield from knowledge.learned
