"""Forgetting a person in the household's own golden file: cases in their words go, others no longer name them."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from store import people, sayings
from store.database import Store
from store.mentions import Mentions
from store.own_words import OwnWords

_LOG = logging.getLogger(__name__)
_MOST_TRIES = 5


@dataclass(frozen=True)
class Forgotten:
    """Who is forgotten: what they wrote, what others wrote, too, and how they are named by their ids."""

    user: str
    theirs: OwnWords
    of_others: OwnWords
    mentions: Mentions

    @classmethod
    def of(cls, store: Store, user: str, as_name: str) -> Forgotten:
        """Read what the store knows of a person, before they are erased from it."""
        known = people.get(store, user, anyone=True)
        # What others said names them by id only: a name may be that of a thing in the home as well.
        mentions = replace(Mentions.of(user, as_name, username=known.username if known else None), name="")
        return cls(user, sayings.of_person(store, user), sayings.of_others(store, user), mentions)

    def keeps(self, document: dict[str, Any]) -> bool:
        """Tell whether a case may stay: it is not spoken by them, and no sentence of it is theirs alone."""
        context = document.get("context")
        said = [document.get("utterance"), *(context if isinstance(context, list) else ())]
        return document.get("user") != self.user and not any(self._is_theirs_alone(text) for text in said)

    def _is_theirs_alone(self, text: Any) -> bool:
        quoted = {"utterance": text}
        return self.theirs.are_in(quoted) and not self.of_others.are_in(quoted)


def forget_in_golden(path: Path, forgotten: Forgotten) -> bool:
    """Rewrite the file without a person, and return whether anything of them was in it; it may be done again.

    A file that cannot be written is left as it is, with a warning in the log.
    """
    try:
        return any(_rewritten(path, forgotten) for _ in range(_MOST_TRIES))
    except FileNotFoundError:
        return False
    except OSError as error:
        _LOG.warning("%s cannot be rewritten, so it may still quote somebody who was to be forgotten: %s", path, error)
        return False


def _rewritten(path: Path, forgotten: Forgotten) -> bool:
    """Replace the file by one without the person; False where nothing is to be done or it grew meanwhile."""
    before = path.read_text("utf-8", errors="replace")
    after = "".join(f"{line}\n" for line in _left(before.splitlines(), forgotten))
    if after == before or after.splitlines() == before.splitlines():
        return False
    half = path.with_suffix(".part")
    file = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(file, "w", encoding="utf-8") as written:
        written.write(after)
        written.flush()
        os.fsync(written.fileno())
    if path.read_text("utf-8", errors="replace") != before:
        half.unlink()
        return False
    half.replace(path)
    return True


def _left(lines: list[str], forgotten: Forgotten) -> Iterator[str]:
    for line in lines:
        try:
            document = json.loads(line) if line.strip() else None
        except ValueError:
            document = None
        if not isinstance(document, dict):
            # Nothing counts that is no case, but it may quote all the same.
            if forgotten.user not in line and not forgotten.theirs.are_in(line):
                yield line
        elif forgotten.keeps(document):
            unnamed = forgotten.mentions.without(document)
            yield line if unnamed == document else json.dumps(unnamed, ensure_ascii=False)
