"""A model's words for insights and clusters: taken where they say the same, kept, and nothing without a model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from butler.conversation.review_matters import open_matters
from butler.conversation.reviewing import matter_line
from butler.model_wording import name_clusters, reword_insights
from engine.learning.drafts import Analysis, ForReview
from engine.llm import ModelTimedOut, ScriptedModel
from engine.understanding.snapshot import Snapshot
from store import Store, erasing, insights, open_store, signals
from store.insights import NewInsight
from store.signals import NewSignal, SignalType

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
SENTENCE = "Thoughts of yours with “dentist” were set to urgent by hand 6 times out of 6."
KINDER = "You set thoughts with “dentist” to urgent by hand 6 times out of 6."
INSIGHT = NewInsight("keyword_rule", "“dentist” is urgent", SENTENCE, "I would do so.", {}, 3.0, AT)


class Asked:
    """What an engine is asked for here: its model, and what is for people to look at."""

    def __init__(self, model: ScriptedModel | None, *found: ForReview) -> None:
        self.model = model
        self.found = found

    def model_for(self, job: str) -> ScriptedModel | None:
        assert job in {"insights", "clusters"}
        return self.model

    def review(self, *_: object) -> Analysis:
        return Analysis(for_review=self.found)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "butler.db") as opened:
        yield opened


def engine(model: ScriptedModel | None, *found: ForReview) -> Any:
    return cast("Any", Asked(model, *found))


def shown(store: Store, number: int) -> str:
    found = insights.get(store, number)
    assert found
    return found.sentence


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"text": KINDER}, KINDER),
        ({"text": KINDER.replace("6 times", "60 times")}, SENTENCE),
        ({"text": KINDER.replace("dentist", "plumber")}, SENTENCE),
        ({"text": f"{KINDER} See https://example.org"}, SENTENCE),
        (ModelTimedOut("scripted", 20.0), SENTENCE),
    ],
)
def test_an_insight_is_said_in_a_models_words_only_where_they_say_the_same(
    store: Store, answer: Any, said: str
) -> None:
    number = insights.add(store, INSIGHT)
    found = insights.get(store, number)
    assert found
    assert reword_insights(engine(ScriptedModel(answer)), store, [found]) == (said == KINDER)
    assert shown(store, number) == said


def test_what_somebody_saw_is_not_said_otherwise_any_more(store: Store) -> None:
    number = insights.add(store, INSIGHT)
    found = insights.get(store, number)
    assert found
    insights.deliver(store, number, "ana", at=AT)
    assert reword_insights(engine(ScriptedModel({"text": KINDER})), store, [found]) == 0
    assert shown(store, number) == SENTENCE


def unclear(store: Store, *said: str) -> ForReview:
    told = [NewSignal(SignalType.LOW_CONFIDENCE, text, "ana", at, AT) for at, text in enumerate(said, 1)]
    return ForReview(said[0], tuple(signals.add(store, told)), len(said), "2 of 3 votes")


def test_sentences_that_say_the_same_get_a_name_once_which_the_review_shows(store: Store) -> None:
    found = unclear(store, "make it cosy", "cosy lights please")
    model = ScriptedModel({"text": "cosy evening light"}, {"text": "never asked for"})
    assert name_clusters(engine(model, found), store, Snapshot(), AT) == 1
    assert name_clusters(engine(model, found), store, Snapshot(), AT) == 0
    (matter,) = open_matters(engine(None, found), store, Snapshot(), AT)
    assert matter_line(store, Snapshot(), matter, str).startswith("Cosy evening light: “make it cosy” was said")


@pytest.mark.parametrize("answer", [{"text": "/rollback 1"}, ModelTimedOut("scripted", 20.0)])
def test_what_is_no_name_names_nothing(store: Store, answer: Any) -> None:
    found = unclear(store, "make it cosy", "cosy lights please")
    assert name_clusters(engine(ScriptedModel(answer), found), store, Snapshot(), AT) == 0
    (matter,) = open_matters(engine(None, found), store, Snapshot(), AT)
    assert matter_line(store, Snapshot(), matter, str).startswith("“make it cosy”")


def test_one_sentence_names_itself_and_without_a_model_nothing_is_asked(store: Store) -> None:
    model = ScriptedModel({"text": "cosy evening light"})
    assert name_clusters(engine(model, unclear(store, "make it cosy")), store, Snapshot(), AT) == 0
    assert model.history == []
    assert name_clusters(engine(None, unclear(store, "a", "b")), store, Snapshot(), AT) == 0
    assert reword_insights(engine(None), store, []) == 0


def test_names_go_when_somebody_is_forgotten(store: Store) -> None:
    """Their sentences may be in them."""
    found = unclear(store, "make it cosy", "cosy lights please")
    name_clusters(engine(ScriptedModel({"text": "cosy evening light"}), found), store, Snapshot(), AT)
    erasing.erase(store, "ben", erasing.begin(store, "ben", at=AT))
    (matter,) = open_matters(engine(None, found), store, Snapshot(), AT)
    assert "Cosy evening" not in matter_line(store, Snapshot(), matter, str)
