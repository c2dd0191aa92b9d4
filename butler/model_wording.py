"""Words of a language model for what was found without one: the rule-made text stands wherever it has none that fit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from butler.conversation.review_matters import cluster_fact, open_matters
from engine.api import Engine
from engine.llm.jobs import CLUSTERS, INSIGHTS
from engine.llm.rewording import cluster_name, reworded
from engine.understanding.snapshot import Snapshot
from store import facts, insights, signals
from store.database import Store
from store.insights import Insight

_MOST = 10  # wordings a night; each may take a slow model many seconds


def reword_insights(engine: Engine, store: Store, found: Iterable[Insight]) -> int:
    """Have new insights said in a model's words, where there is one for that, and return how many are."""
    model = engine.model_for(INSIGHTS)
    if model is None:
        return 0
    said = 0
    for one in list(found)[:_MOST]:
        text = reworded(model, {"title": one.title, "proposed": one.proposed}, one.sentence)
        said += text != one.sentence and insights.reword(store, one.id, text)
    return said


def name_clusters(engine: Engine, store: Store, snapshot: Snapshot, at: datetime) -> int:
    """Have what is for people to look at named by a model, where it was said in several ways; return how many were."""
    model = engine.model_for(CLUSTERS)
    if model is None:
        return 0
    named = 0
    for matter in open_matters(engine, store, snapshot, at):
        said = sorted({one.utterance for one in signals.get(store, matter.signals)})
        several = matter.kind == "cluster" and len(said) > 1  # one sentence names itself
        if not several or facts.get(store, cluster_fact(matter.key)) is not None:
            continue
        if name := cluster_name(model, said, ""):
            facts.put(store, cluster_fact(matter.key), name)
            named += 1
        if named == _MOST:
            break
    return named
