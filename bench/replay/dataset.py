"""A labelled data set as the language of a household: what ships, what is golden, what people say."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from engine.understanding.intents import OUT_OF_SCOPE, Intent
from engine.understanding.knowledge import BaseKnowledge, Exemplar
from engine.understanding.plain import plain

STRANGE = 40
"""How many of another set's base rows stand for what is out of scope."""

GUARDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "hwu64": ("email_sendemail", "social_post", "transport_taxi"),
        "banking77": ("cancel_transfer", "terminate_account", "top_up_by_cash_or_cheque"),
    }
)
"""The labels that are declared guarded; of a set not named here, the first in alphabetical order is."""


class DatasetError(ValueError):
    """A file is no labelled data set: the message names the file and the line."""


@dataclass(frozen=True)
class Said:
    """An utterance and what it means; `label` is None where it is out of scope."""

    text: str
    label: str | None


@dataclass(frozen=True)
class Dataset:
    """One set: `base` ships with the program, `golden` may become golden cases, `pool` is what people say."""

    name: str
    base: tuple[Said, ...]
    golden: tuple[Said, ...]
    pool: tuple[Said, ...]
    strange_base: tuple[Said, ...]
    strange_pool: tuple[Said, ...]

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """All labels, in alphabetical order."""
        return tuple(sorted({str(said.label) for said in self.base}))

    @cached_property
    def guarded(self) -> frozenset[str]:
        """The labels whose action needs a press."""
        return frozenset(GUARDED.get(self.name, self.labels[:1]))

    @cached_property
    def intents(self) -> Mapping[str, Intent]:
        """The catalogue: guarded labels act as locks do, all others as questions are answered."""
        known = {label: Intent(label, label.replace("_", " ")) for label in self.labels if label not in self.guarded}
        known |= {label: Intent(label, label.replace("_", " "), ("lock",), ("unlock",)) for label in self.guarded}
        return MappingProxyType(known | {OUT_OF_SCOPE: Intent(OUT_OF_SCOPE, "nothing that is done here")})

    @cached_property
    def knowledge(self) -> BaseKnowledge:
        """What ships."""
        rows = [(said.text, str(said.label)) for said in self.base]
        rows += [(said.text, OUT_OF_SCOPE) for said in self.strange_base]
        digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
        return BaseKnowledge(tuple(Exemplar(text, label) for text, label in rows), "", digest)

    @property
    def texts(self) -> list[str]:
        """Every text there is."""
        parts = (self.base, self.golden, self.pool, self.strange_base, self.strange_pool)
        return sorted({plain(said.text) for part in parts for said in part})


def read(path: Path) -> Mapping[str, tuple[Said, ...]]:
    """Return the rows of a JSON Lines file by split (base, golden, stream); of equal plain texts the first counts."""
    splits: dict[str, list[Said]] = {"base": [], "golden": [], "stream": []}
    seen: set[str] = set()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            said, split = Said(plain(row["text"]), row["label"]), splits[row["split"]]
        except (ValueError, KeyError, TypeError) as error:
            raise DatasetError(f"{path.name} line {number} is no labelled utterance: {error!r}") from error
        form = plain(said.text)
        if form and form not in seen:
            seen.add(form)
            split.append(said)
    return {name: tuple(rows) for name, rows in splits.items()}


def load(path: Path, strange: Iterable[Path] = (), *, base_rows: int = 10) -> Dataset:
    """Read a data set; rows of the `strange` files are what is out of scope for it."""
    splits = read(path)
    others = [read(other) for other in strange]
    known = {plain(said.text) for rows in splits.values() for said in rows}
    outside = [_strangers(other["base"], known) for other in others]
    pool = [said for other in others for said in _strangers(other["stream"], known)]
    return Dataset(
        path.stem,
        _few(splits["base"], base_rows),
        splits["golden"],
        splits["stream"],
        _sample([said for rows in outside for said in rows], STRANGE),
        tuple(pool),
    )


def _few(rows: Sequence[Said], most: int) -> tuple[Said, ...]:
    taken: dict[str | None, int] = {}
    kept = []
    for said in rows:
        taken[said.label] = taken.get(said.label, 0) + 1
        if taken[said.label] <= most:
            kept.append(said)
    return tuple(kept)


def _strangers(rows: Iterable[Said], known: set[str]) -> list[Said]:
    return [Said(said.text, None) for said in rows if plain(said.text) not in known]


def _sample(rows: Sequence[Said], most: int) -> tuple[Said, ...]:
    return tuple(random.Random(0).sample(rows, min(most, len(rows))))  # no secret
