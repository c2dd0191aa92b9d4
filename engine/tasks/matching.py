"""Which tasks a person means by a few words: "the dentist", "mum", "done with the milk"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from engine.understanding.plain import plain

_FILLER = frozenset(
    """
    the a an my our your his her their that this those these one task tasks todo to do reminder reminders alarm note
    idea thing things about for of with on in at and please item job chore appointment event meeting list from some
    """.split()
)
_NUMBER = re.compile(r"(?:(?:task|number|nr|no|item|reminder|#)\s*)*#?(\d{1,9})")
_LEAST = 0.5
"""Below it a title is not what was meant: at least half of the words, or of their letters, are in it."""
_CLEAR = 0.15
"""By how much the best must lead to be the one that was meant."""
_A_TITLE, _MORE = 3, 2  # words
_LETTERS_FOR_A_SLIP = 4


@dataclass(frozen=True)
class TaskMatch:
    """A task that words may mean; `score` in (0, 1], 1 for words that are its title or its number."""

    task: int
    title: str
    score: float

    @property
    def exact(self) -> bool:
        """Whether the words are the title, but for case, marks and words such as "the … task"."""
        return self.score == 1.0


def find_tasks(words: str, titles: Mapping[int, str]) -> tuple[TaskMatch, ...]:
    """Return the tasks that words may mean, the best first; of equal ones the newer (higher number) first.

    The score is the share of the words found in a title, a word with a slip of the finger counting 0.8 and one that
    only begins alike 0.7, lowered a little by the words of the title that were not said. Words that are a title's
    exactly leave only exact ones.
    """
    number = _NUMBER.fullmatch(plain(words))
    if number and int(number[1]) in titles:
        task = int(number[1])
        return (TaskMatch(task, titles[task], 1.0),)
    wanted = _content(words)
    if not wanted:
        return ()
    found = [TaskMatch(task, title, _score(wanted, _content(title))) for task, title in titles.items()]
    likely = [match for match in found if match.score >= _LEAST]
    likely.sort(key=lambda match: (-match.score, -match.task))
    exact = tuple(match for match in likely if match.exact)
    return exact or tuple(likely)


def clear_match(matches: Sequence[TaskMatch]) -> TaskMatch | None:
    """Return the one that was meant, or None where none is or several may be: then a person is asked."""
    if not matches:
        return None
    if len(matches) == 1:
        return matches[0]
    return matches[0] if matches[0].score - matches[1].score >= _CLEAR else None


def only_holds(words: str, title: str) -> bool:
    """Tell whether a title only holds words that sound like a title of their own, and says more than they do."""
    said, known = _content(words), _content(title)
    return len(said) >= _A_TITLE and len(known) - len(said) >= _MORE and said != known


@lru_cache(maxsize=4_096)
def _content(text: str) -> tuple[str, ...]:
    words = plain(text).split()
    content = tuple(word.removesuffix("'s") for word in words if word not in _FILLER)
    return content or tuple(words)


def _score(wanted: Sequence[str], title: Sequence[str]) -> float:
    if tuple(wanted) == tuple(title):
        return 1.0
    if not title:
        return 0.0
    shares = [max(_alike(word, known) for known in title) for word in wanted]
    covered = sum(shares) / len(wanted)
    unsaid = max(0, len(title) - len(wanted)) / len(title)
    return round(min(0.99, covered * (1 - 0.15 * unsaid)), 4)


def _alike(word: str, known: str) -> float:
    if word == known:
        return 1.0
    if _stem(word) == _stem(known):
        return 0.95
    shorter = min(len(word), len(known))
    if shorter < _LETTERS_FOR_A_SLIP or word[0] != known[0]:
        return 0.0
    slips = 1 if shorter < 8 else 2
    if OSA.distance(word, known, score_cutoff=slips) <= slips:
        return 0.8
    begins_alike = word.startswith(known) or known.startswith(word)
    return 0.7 if begins_alike and shorter > _LETTERS_FOR_A_SLIP else 0.0


@lru_cache(maxsize=4_096)
def _stem(word: str) -> str:
    """Return a word without the endings that its use in a sentence gave it ("emailing", "emailed", "bins")."""
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending).rstrip("e")
    return word.rstrip("e") if len(word) > 3 else word
