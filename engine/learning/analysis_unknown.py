"""Names that nobody explained: the one thing that is called nearly so, or what a language model takes them for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from engine.learning.analysis_contradiction import contradiction
from engine.learning.analysis_evidence import Evidence, Unknown
from engine.learning.analysis_grounds import AnalysisGrounds
from engine.learning.analysis_model import taken_for
from engine.learning.analysis_names import Naming, is_name_in_doubt, is_pointless, phrases_of
from engine.learning.analysis_support import Support
from engine.learning.analysis_wording import rationale
from engine.learning.breathing import breathe
from engine.learning.changes import AliasChange
from engine.learning.clusters import Item, cluster
from engine.learning.drafts import Analysis, Draft, ForReview
from engine.learning.evidence_votes import Instance
from engine.learning.meanings import word_key
from engine.llm.port import LanguageModel
from engine.understanding.names import clear_winner
from engine.understanding.snapshot import Entity

_NEAR = 0.62
_CLEAR = 0.12
_LIKELY = 0.5
_MOST_ASKED = 20  # questions to the model in one run


def unknown_names(instances: Iterable[Instance], against: AnalysisGrounds) -> list[Unknown]:
    """Return the unexplained turns that came to nothing for want of a name which is still unknown."""
    known = cache(lambda phrase: against.grounds.meanings.of_home(phrase) is not None)
    return [Unknown(one, phrase) for one in instances if (phrase := _phrase(one, known, against))]


def _phrase(instance: Instance, known: Callable[[str], bool], against: AnalysisGrounds) -> str | None:
    breathe()
    if not is_name_in_doubt(instance) or instance.actual.get("clauses"):
        return None
    phrase = next(phrases_of(instance), None)
    if phrase is None or known(phrase):
        return None
    return None if against.grounds.meanings.taught_to(phrase, instance.said_by) else phrase


def of_unknown(left: Sequence[Unknown], evidence: Evidence, against: AnalysisGrounds) -> Analysis:
    """Return drafts for the words that came to nothing often enough, where one name alone is near.

    What only a language model takes for something is left for people to look at: nobody has accepted it.
    """
    drafts: list[Draft] = []
    review: list[ForReview] = []
    for members in _clusters(left, against):
        support = Support.of(one.instance for one in members)
        if not support.suffices:
            continue
        phrase = _most_said(members)
        entities = _possible(members, against)
        target = _nearest(phrase, entities, against)
        if target is not None:
            drafts += _draft(AliasChange(phrase, "entity", target, *_scope(support)), support, evidence, against)
        elif against.model is not None and len(review) < _MOST_ASKED:
            review.append(_asked(phrase, support, entities, against, against.model))
    return Analysis(tuple(drafts), tuple(review))


def _asked(
    phrase: str, support: Support, entities: Collection[Entity], against: AnalysisGrounds, model: LanguageModel
) -> ForReview:
    said = list(dict.fromkeys(one.utterance for one in support.instances))
    target = taken_for(phrase, said, entities, model)
    known = against.grounds.snapshot.by_id.get(target) if target else None
    reason = f"nobody said what “{phrase}” is"
    if known is not None:
        reason = f"{reason}; {model.id} takes it for “{known.name}”"
    return ForReview(support.instances[0].utterance, support.signals, len(support.votes), reason)


def _clusters(left: Sequence[Unknown], against: AnalysisGrounds) -> Iterator[list[Unknown]]:
    if not left:
        return
    vectors = against.encoder.encode([one.phrase for one in left])
    items = [Item(str(at), (one.instance.kind.value, ""), one.phrase, vectors[at]) for at, one in enumerate(left)]
    for found in cluster(items, against.radii):
        yield [left[int(at)] for at in found.members]


def _most_said(members: Sequence[Unknown]) -> str:
    phrases = {word_key(one.phrase) for one in members}
    votes = {
        key: len(Support.of(one.instance for one in members if word_key(one.phrase) == key).votes) for key in phrases
    }
    return min(phrases, key=lambda key: (-votes[key], key))


def _scope(support: Support) -> tuple[Any, str | None]:
    return ("personal", support.people[0]) if len(support.people) == 1 else ("household", None)


def _possible(members: Sequence[Unknown], against: AnalysisGrounds) -> list[Entity]:
    """Return the things that the likely intents of the turns can be about."""
    intents = against.grounds.intents
    actual = [one.instance.actual for one in members]
    wanted = {str(found.get("intent")) for found in actual if found.get("confidence", 0.0) >= _LIKELY}
    domains = {domain for name in wanted if name in intents for domain in intents[name].domains}
    return [one for one in against.grounds.snapshot.entities if one.exposed and (not domains or one.domain in domains)]


def _nearest(phrase: str, entities: Collection[Entity], against: AnalysisGrounds) -> str | None:
    ids = frozenset(entity.entity_id for entity in entities)
    matches = against.grounds.meanings.index.fuzzy.search(phrase, allowed=ids, limit=2)
    winner = clear_winner(matches, _NEAR, _CLEAR)
    return winner.key if winner else None


def _draft(change: AliasChange, support: Support, evidence: Evidence, against: AnalysisGrounds) -> Iterator[Draft]:
    naming = Naming(change.phrase, change.kind, change.target)
    if against.is_closed(change) or is_pointless(change, against):
        return
    opposed = contradiction(change, support.instances, evidence.otherwise(naming, support.instances), against)
    if opposed.verdict(support.votes, support.pressed_by) or not _helps(change, support, against):
        return
    said = rationale(change, support.instances, against.grounds.snapshot, against.names, by_name=True)
    yield support.draft(change, said)


def _helps(change: AliasChange, support: Support, against: AnalysisGrounds) -> bool:
    """Tell whether most of what was said would come to the thing."""
    trial = against.trying(change)
    heard = [one for one in support.instances if change.owner in {None, one.said_by}]
    right = [one for one in heard if change.target in against.understand(one.utterance, one.said_by, trial).targets]
    return bool(heard) and 2 * len(right) >= len(heard)
