from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.learning.changes import (
    CHANGE_TYPES,
    AliasChange,
    AmbiguityRuleChange,
    Change,
    ChangeError,
    CommandChange,
    ExemplarChange,
    KeywordRuleChange,
    ModelChoiceChange,
    PatternChange,
    ReportHourChange,
    RoutingChange,
    SynonymChange,
    TemplateChange,
    ThresholdChange,
    TimeMappingChange,
    from_payload,
    of_row,
    to_payload,
    to_row,
)
from engine.learning.fold import ActiveChange, fold, read_rows
from engine.understanding.knowledge import BaseKnowledge
from store import LearnedRow
from store.learned import TIER_1_TYPES, TIER_2_TYPES

BASE = BaseKnowledge((), "", "base")
TEXTS = st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip()))
PHRASES = st.sampled_from(["after work", "Dentist", "the bins", "work on"])
OWNERS = st.one_of(st.just(("household", None)), TEXTS.map(lambda owner: ("personal", owner)))
CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.builds(lambda p, k, t, o: AliasChange(p, k, t, *o), TEXTS, st.sampled_from(["entity", "area"]), TEXTS, OWNERS),
    st.builds(lambda p, r, o: SynonymChange(p, r, *o), TEXTS, TEXTS, OWNERS),
    st.builds(lambda p, t, o: CommandChange(p, t, *o), TEXTS, TEXTS, OWNERS),
    st.builds(ExemplarChange, TEXTS, st.sampled_from(["list_add", "light_control"]), st.booleans()),
    st.builds(
        PatternChange,
        st.sampled_from(["gimme {target}", "(let there be|more) light", "glow [up] {target} <some>"]),
        st.just("light_control"),
        st.fixed_dictionaries({"action": st.sampled_from(["on", "set"])}, optional={"brightness": st.integers(0, 100)}),
    ),
    st.builds(RoutingChange, st.sampled_from(["light_control", "state_query"]), st.sampled_from(["decline", "help"])),
    st.builds(TemplateChange, st.sampled_from(["greeting", "left"]), st.sampled_from(["Howdy!", "As you like."])),
    st.builds(
        ThresholdChange,
        st.sampled_from(["act", "intent:light_control", "intent:task_add", "capture:note", "capture:with_deadline"]),
        st.floats(0.5, 0.95),
    ),
    st.builds(lambda p, r, o: KeywordRuleChange(p, r, *o), PHRASES, st.sampled_from(["low", "urgent"]), OWNERS),
    st.builds(lambda p, a, o: AmbiguityRuleChange(p, a, *o), PHRASES, st.sampled_from(["kind", "what"]), OWNERS),
    st.builds(lambda p, m, o: TimeMappingChange(p, m, *o), PHRASES, st.sampled_from(["at 18:00", "friday"]), OWNERS),
    st.builds(ReportHourChange, TEXTS, st.integers(0, 23), st.none() | st.integers(0, 6)),
    st.builds(ModelChoiceChange, st.sampled_from(["understand", "tasks"]), st.sampled_from(["qwen2.5:3b", "a/b:c"])),
)
WHOLE: dict[str, Any] = {
    "type": "alias", "phrase": "den", "kind": "entity", "target": "light.a", "scope": "household", "owner": None,
}  # fmt: skip


@given(CHANGES)
def test_a_change_comes_back_from_its_payload_and_from_its_row(change: Change) -> None:
    row = to_row(change)
    assert from_payload(json.loads(json.dumps(to_payload(change)))) == change
    assert of_row(LearnedRow(row.type, row.key, row.payload, row.scope, row.owner, 1)) == change
    assert row.fault() is None


@pytest.mark.parametrize(
    "odd",
    [
        WHOLE | {"type": "routing"},
        {"type": "routing", "intent": "greeting", "handler": "home_command"},
        {"type": "routing", "intent": "undo", "handler": "talk"},
        {"type": "template", "key": "greeting", "text": "Done, it is on."},
        {"type": "template", "key": "tokens", "text": "Hello"},
        {"type": "threshold", "name": "act", "value": 0.4},
        {"type": "threshold", "name": "confirm_seconds", "value": 60},
        {"type": "threshold", "name": "act", "value": True},
        {"type": "threshold", "name": "act", "value": float("nan")},
        {"type": "pattern", "template": "gimme {target", "intent": "light_control", "slots": {"action": "on"}},
        {"type": "pattern", "template": "gimme {target}", "intent": "light_control", "slots": {"action": "explode"}},
        {"type": "pattern", "template": "gimme {target}", "intent": "light_control", "slots": []},
        {"type": "tier", "level": 3},
        WHOLE | {"type": None},
        WHOLE | {"extra": 1},
        {name: value for name, value in WHOLE.items() if name != "owner"},
        WHOLE | {"kind": "person"},
        WHOLE | {"phrase": " "},
        WHOLE | {"phrase": 7},
        WHOLE | {"scope": "world"},
        WHOLE | {"scope": "personal"},
        WHOLE | {"owner": "ana"},
        {"type": "exemplar", "text": "x", "intent": " "},
        {"type": "exemplar", "text": "x", "intent": "list_add", "verbatim": 1},
        [],
        None,
    ],
)
def test_what_is_no_change_is_an_error(odd: Any) -> None:
    with pytest.raises(ChangeError):
        from_payload(odd)


def test_an_example_written_before_there_were_verbatim_ones_is_read_and_digested_as_ever() -> None:
    """Its payload says nothing of it, and neither does that of one of today."""
    old = {"type": "exemplar", "text": "brew up", "intent": "switch_control"}
    assert from_payload(old) == ExemplarChange("brew up", "switch_control")
    assert to_payload(ExemplarChange("brew up", "switch_control")) == old


def test_a_row_of_another_type_or_shape_takes_no_part_and_says_why() -> None:
    good = LearnedRow("alias", "den", {"target": "light.a", "kind": "entity"}, "shared", None, 2)
    bad = [
        LearnedRow("routing", "x", {"to": "y"}, "shared", None, 1),
        LearnedRow("alias", "den", {"target": "light.a", "kind": "entity", "tier": 3}, "shared", None, 3),
        LearnedRow("exemplar", "x", {"intent": "list_add"}, "personal", "ana", 4),
    ]
    read = read_rows([*bad, good])
    assert [active.number for active in read.changes] == [2]
    assert [unreadable.row for unreadable in read.unreadable] == bad


def test_the_types_are_those_built_so_far() -> None:
    words = {"alias", "synonym", "command", "exemplar"}
    assert words == TIER_1_TYPES
    assert set(CHANGE_TYPES) == words | TIER_2_TYPES


@given(st.lists(CHANGES, max_size=8), st.randoms(use_true_random=False))
def test_the_fold_is_the_same_in_whatever_order_the_changes_come(changes: list[Change], chance: Any) -> None:
    active = [ActiveChange(number, change) for number, change in enumerate(changes, start=1)]
    shuffled = active.copy()
    chance.shuffle(shuffled)
    one, other = fold(BASE, active), fold(BASE, shuffled)
    assert one == other
    assert one.digest("e") == other.digest("e")


def test_the_digest_knows_scope_and_order_but_no_numbers_or_versions() -> None:
    den = AliasChange("den", "entity", "light.a")
    mine = AliasChange("den", "entity", "light.a", "personal", "ana")
    zap = SynonymChange("zap", "turn on")
    digest = fold(BASE, [ActiveChange(1, den), ActiveChange(2, zap)]).digest("e")
    assert fold(BASE, [ActiveChange(5, den), ActiveChange(9, zap)], version=7).digest("e") == digest
    assert fold(BASE, [ActiveChange(1, zap), ActiveChange(2, den)]).digest("e") != digest
    assert fold(BASE, [ActiveChange(1, mine), ActiveChange(2, zap)]).digest("e") != digest
    assert fold(BASE, [ActiveChange(1, den), ActiveChange(2, zap)]).digest("other") != digest


def test_the_latest_meaning_of_a_word_counts_and_the_earlier_one_waits_behind_it() -> None:
    first = ActiveChange(1, AliasChange("den", "entity", "light.a"))
    later = ActiveChange(2, SynonymChange("Den", "kitchen"))
    both = fold(BASE, [first, later])
    assert (both.aliases, [s.replacement for s in both.synonyms]) == ((), ["kitchen"])
    assert [a.target for a in fold(BASE, [first]).aliases] == ["light.a"]
