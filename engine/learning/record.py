"""The outcome of one check of the suite, and what outcomes are bound to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Binding:
    """What a verdict depends on; when any of it moves, the verdict is void."""

    knowledge: str
    golden: str
    names: str


@dataclass(frozen=True)
class Record:
    """The outcome of one check; `milliseconds` are processor time an utterance, None where it was judged elsewhere.

    `unsettled`: a name in it was not found exactly. `by_pattern`: no exemplar took part. `taught`: a learned row did.
    """

    passed: bool
    why: str
    unsettled: bool
    by_pattern: bool
    taught: bool
    milliseconds: float | None
