"""The outcome of one check of the suite, and what outcomes are bound to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Binding:
    """What a verdict depends on; when any of it moves, the verdict is void.

    `history` is the number of the turn that history was cut at: later turns took no part, and void nothing.
    """

    knowledge: str
    golden: str
    names: str
    history: int = 0


@dataclass(frozen=True)
class Record:
    """The outcome of one check; `milliseconds` are processor time an utterance, None where it was judged elsewhere.

    `unsettled`: a name in it was not found exactly. `by_pattern`: no exemplar took part. `taught`: a taught wording or
    command was read as other words. `asked` are the texts the classifier was asked about, where that is known.
    """

    passed: bool
    why: str
    unsettled: bool
    by_pattern: bool
    taught: bool
    milliseconds: float | None
    asked: tuple[str, ...] = ()
