"""How often each person said what in their thoughts: the opportunities that a rule about a phrase would have had."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from engine.review.phrases import phrases_of
from engine.review.traces import Trace
from engine.understanding.plain import plain

TYPE = "vocabulary"
"""The type of the records that hold it, one a person; nothing is ever made of them."""
MOST = 20_000


class Vocabulary:
    """Counts, by person, of the phrases in thoughts, and of the thoughts themselves."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self._counts = {owner: Counter(dict(phrases)) for owner, phrases in (counts or {}).items()}
        self._often: dict[str | None, int] = {}

    def learn(self, traces: Iterable[Trace]) -> frozenset[str]:
        """Count the thoughts among traces, and return whose there were."""
        owners = set()
        for trace in traces:
            text = said_in(trace)
            if text is None or trace.user is None:
                continue
            known = self._counts.setdefault(trace.user, Counter())
            known.update(phrases_of(text))
            known[""] += 1
            owners.add(trace.user)
        for owner in owners:
            if len(self._counts[owner]) > MOST:
                self._counts[owner] = _without_rare(self._counts[owner])
        self._often.clear()
        return frozenset(owners)

    def of(self, owner: str) -> Mapping[str, int]:
        """Return how often one person said each phrase; the empty phrase stands for all their thoughts."""
        return self._counts.get(owner, Counter())

    def said(self, phrase: str, owner: str | None) -> int:
        """Return in how many thoughts a phrase stands: one person's, or everybody's."""
        if owner is not None:
            return self.of(owner).get(phrase, 0)
        return sum(known.get(phrase, 0) for known in self._counts.values())

    def thoughts(self, owner: str | None) -> int:
        """Return how many thoughts there were."""
        return self.said("", owner)

    def often(self, owner: str | None, least: int) -> int:
        """Return how many phrases stand in at least so many thoughts: as many as could be found by chance."""
        if owner not in self._often:
            whose = self._counts.values() if owner is None else [self.of(owner)]
            everything: Counter[str] = Counter()
            for known in whose:
                everything.update(known)
            self._often[owner] = sum(count >= least for count in everything.values())
        return self._often[owner]


def said_in(trace: Trace) -> str | None:
    """Return the words of a thought, where a trace is about one that was captured.

    They are those of the turn, with the time and all; but where an earlier message was taken up ("no, that's a task"),
    those of the title.
    """
    if trace.stage != "capture":
        return None
    text, title = trace.text or "", str(trace.metadata.get("title") or "")
    said = set(plain(text).split())
    return (text if said.issuperset(plain(title).split()) else title) or None


def _without_rare(counts: Counter[str]) -> Counter[str]:
    return Counter({phrase: count for phrase, count in counts.items() if count > 1})
