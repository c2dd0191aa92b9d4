"""The replay benchmark on a made-up language: the same dice for every policy, the same figures every time."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from bench.replay.__main__ import main
from bench.replay.dataset import DatasetError, load
from bench.replay.household import ARMS, Household, Plan
from bench.replay.labelled import HOME, Shipped, golden_of
from bench.replay.measures import Row
from bench.replay.people import SOON, Admin, Reaction, Waiting, person
from bench.replay.policies import Answer, Heard, ToTheLetter
from bench.replay.running import Sources, maker, shipped
from bench.replay.stream import LIAR, live
from engine.learning.doubts import UNSURE
from engine.understanding.interpretation import Disposition
from engine.understanding.knowledge import Exemplar
from engine.understanding.situation import Situation
from tests.bench import tiny_language

TURNS = 240


@pytest.fixture(scope="module")
def ships(tmp_path_factory: pytest.TempPathFactory) -> Shipped:
    house, garden = tiny_language.write(tmp_path_factory.mktemp("tiny"))
    return shipped(Sources((str(house), str(garden)), hashed=True), str(house))


def lived(ships: Shipped, arm: str, policy: str, seed: int = 1) -> Row:
    return Household.of(Plan(arm, policy, seed, TURNS), ships).run(maker(policy, ships))


@pytest.mark.parametrize("arm", ["poison10", "trojan"])
def test_a_run_through_the_real_engine_comes_out_alike_to_the_last_bit(ships: Shipped, arm: str) -> None:
    one, other = lived(ships, arm, "butler"), lived(ships, arm, "butler")
    assert one.deployed + len(one.harmful_turns) > 0
    assert one.digest == other.digest
    assert Row.of_json(json.loads(json.dumps(one.to_json()))) == one


def test_butler_takes_defects_away_and_carries_out_nothing_guarded_by_mistake(ships: Shipped) -> None:
    row = lived(ships, "clean", "butler")
    assert row.wins > row.losses
    assert row.hijacks == 0
    assert row.defects == row.defects_without - row.wins + row.losses


def test_without_learning_nothing_comes_out_otherwise(ships: Shipped) -> None:
    row = lived(ships, "poison10", "none")
    assert (row.wins, row.losses, row.reduction, row.deployed) == (0, 0, 0.0, 0)


def test_many_texts_at_once_are_judged_as_one_by_one(ships: Shipped) -> None:
    """The bench's quick scores are the classifier's own, base exemplars replaced and others added."""
    life = live(ships.dataset, ARMS["clean"], 1, turns=TURNS)
    base = ships.understander(spoken.text for spoken in life.spoken)
    known = base.knowledge.base.exemplars[0]
    learned = [Exemplar(habit.said.text, "sweep", at) for at, habit in enumerate(life.habits[:5], start=1)]
    taught = base.with_knowledge(replace(base.knowledge, learned=(*learned, Exemplar(known.text, "heat_up", 9))))
    desk = taught.shelf.desk
    found = desk.guesses(taught.classifier)
    for form, best, confidence in zip(desk.forms, found.best, found.confidence, strict=True):
        alone = taught.classifier.predict(desk.vector(form), form)
        assert found.intents[best] == alone.intent
        assert np.isclose(confidence, alone.confidence, atol=1e-4)
    assert taught.understand(known.text, Situation(HOME)).intent == "heat_up"
    assert taught.with_knowledge(base.knowledge).understand(known.text, Situation(HOME)).intent == known.intent


def test_golden_cases_are_what_base_knowledge_understands(ships: Shipped) -> None:
    base = ships.understander(said.text for said in ships.dataset.golden)
    golden = golden_of(ships.dataset, base)
    assert 0 < len(golden.cases) <= len(ships.dataset.golden)
    for case in golden.cases:
        found = base.understand(case.utterance, Situation(HOME))
        assert case.expected
        assert found.intent == case.expected.intent
        assert found.disposition is not Disposition.ASK


def test_a_stream_has_the_shares_it_should_and_poison_leaves_the_rest_alone(ships: Shipped) -> None:
    clean = live(ships.dataset, ARMS["clean"], 3, turns=1_000).spoken
    spoilt = live(ships.dataset, ARMS["poison10"], 3, turns=1_000).spoken
    lies = [spoken for spoken in spoilt if spoken.kind == "poison"]
    assert 90 <= len(lies) <= 100
    assert {spoken.person for spoken in lies} == {LIAR}
    assert [a for a, b in zip(clean, spoilt, strict=True) if b.kind != "poison"] == [
        spoken for spoken in spoilt if spoken.kind != "poison"
    ]
    assert 30 <= Counter(spoken.kind for spoken in clean)["strange"] <= 70


def test_habits_change_their_meaning_half_way_in_the_drift_arm_alone(ships: Shipped) -> None:
    for arm, changed in (("clean", False), ("drift", True)):
        spoken = live(ships.dataset, ARMS[arm], 3, turns=1_000).spoken
        meanings: dict[str, set[str | None]] = {}
        for one in spoken:
            if one.kind == "habit":
                meanings.setdefault(one.text, set()).add(one.truth)
        assert any(len(labels) > 1 for labels in meanings.values()) is changed


def test_people_react_to_half_of_what_is_wrong_and_soon(ships: Shipped) -> None:
    life = live(ships.dataset, ARMS["clean"], 5, turns=60)
    meant = [spoken for spoken in life.spoken if spoken.truth]
    people = [person(spoken, life, ships.dataset.labels, seed) for seed in range(30) for spoken in meant]
    wrong = [who.says_of("nothing of the kind", acted=True) for who in people]
    said = [reaction for reaction in wrong if reaction]
    kinds = Counter(reaction.kind for reaction in said)
    assert 0.45 < len(said) / len(people) < 0.55
    assert 0.55 < kinds["correction"] / len(said) < 0.65
    assert 0.25 < kinds["rephrase"] / len(said) < 0.35
    assert all(0 < reaction.seconds < SOON for reaction in said)
    slips = [who for who, r in zip(people, wrong, strict=True) if r and r.named and r.named != who.spoken.truth]
    assert 0.02 < len(slips) / kinds["correction"] < 0.08


def test_what_was_meant_is_pressed_where_it_is_offered_and_something_else_came(ships: Shipped) -> None:
    life = live(ships.dataset, ARMS["clean"], 5, turns=60)
    spoken = next(one for one in life.spoken if one.truth == "lamp_on")
    people = [person(spoken, life, ships.dataset.labels, seed) for seed in range(200)]
    presses = [who.presses("sweep", ("heat_up", "lamp_on")) for who in people]
    pressed = [press for press in presses if press is not None]
    assert 0.7 < len(pressed) / len(people) < 0.9
    assert {(press.kind, press.named) for press in pressed} == {("press", "lamp_on")}
    assert not any(who.presses("lamp_on", ("lamp_on",)) or who.presses("sweep", ("heat_up",)) for who in people)


def test_an_unsure_guess_offers_other_labels_and_a_press_is_learned(ships: Shipped) -> None:
    life = live(ships.dataset, ARMS["clean"], 1, turns=TURNS)
    texts = [*(one.text for one in life.spoken), *(said.text for said in ships.dataset.golden)]
    base = ships.understander(texts)
    with closing(maker("butler", ships)(base, golden_of(ships.dataset, base))) as policy:
        heard = ((one, policy.hear(one)) for one in life.spoken)
        spoken, unsure = next((one, heard) for one, heard in heard if heard.instead)
        assert unsure.found.confidence < UNSURE
        assert unsure.found.intent not in unsure.instead
        label = unsure.instead[0]
        policy.told(Answer(spoken, unsure, None, None, Reaction("press", 5, named=label)))
        policy.until(spoken.at + timedelta(days=2))
        learned = [(change.text, change.label) for change in policy.changes()]
        waiting = [(waits.text, waits.label) for waits in policy.waiting()]
    assert (spoken.text, label) in learned + waiting


def test_the_admin_is_asked_once_of_what_waits_and_mostly_knows(ships: Shipped) -> None:
    life = live(ships.dataset, ARMS["poison10"], 1, turns=TURNS)
    spoken = next(one for one in life.spoken if one.truth == "lamp_on")
    right, wrong = [], []
    for seed in range(300):
        admin = Admin(life, seed)
        right.append(admin.answers(Waiting(1, spoken.text, "lamp_on"), spoken.at))
        wrong.append(admin.answers(Waiting(2, spoken.text, "sweep"), spoken.at))
        assert admin.answers(Waiting(1, spoken.text, "lamp_on"), spoken.at) is None
    for answers, usual in ((right, True), (wrong, False)):
        assert 0.7 < sum(answer is not None for answer in answers) / 300 < 0.9
        assert 0.9 < answers.count(usual) / sum(answer is not None for answer in answers) < 1.0


def test_the_admin_does_not_believe_what_only_the_liar_said(ships: Shipped) -> None:
    life = live(ships.dataset, ARMS["poison10"], 3, turns=1_000)
    last = life.spoken[-1].at
    lies = [one for one in life.spoken if one.lie is not None]
    assert lies
    assert all(life.meaning(one.text, last) != one.lie for one in lies)


def test_the_rules_to_the_letter_need_three_alike_and_believe_a_liar(ships: Shipped) -> None:
    life = live(ships.dataset, ARMS["clean"], 1, turns=TURNS)
    texts = [*(one.text for one in life.spoken), *(said.text for said in ships.dataset.golden)]
    base = ships.understander(texts)
    golden = golden_of(ships.dataset, base)
    policy = ToTheLetter(base, golden=replace(golden, cases=golden.cases[:1]))
    spoken = next(one for one in life.spoken if one.truth == "lamp_on")
    lie = replace(spoken, lie="sweep", person=LIAR)
    who = person(lie, life, ships.dataset.labels, 1)
    for night in range(1, 4):
        heard = Heard(base.understand(lie.text, Situation(HOME)), night)
        policy.told(Answer(lie, heard, None, None, who.says_of("lamp_on", acted=True)))
        policy.until(spoken.at.replace(year=2026 + night))
        assert [change.label for change in policy.changes()] == (["sweep"] if night == 3 else [])


def test_finished_runs_are_kept_and_not_made_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(path) for path in tiny_language.write(tmp_path)]
    asked = [*files, "--hashed", "--jobs", "0", "--seeds", "0", "--turns", "80", "--out", str(tmp_path / "out")]
    asked += ["--policies", "none", "letter", "--arms", "clean", "poison3", "--cache", str(tmp_path / "vectors.npz")]
    assert main(asked) == 0
    first = (tmp_path / "out" / "rows.jsonl").read_text("utf-8")
    assert len(first.splitlines()) == 8
    assert main([*asked, "--again", "2"]) == 0
    assert (tmp_path / "out" / "rows.jsonl").read_text("utf-8") == first
    assert "2 of 2 repeated runs came out alike" in capsys.readouterr().out


def test_a_line_that_is_no_labelled_utterance_is_an_error_that_names_it(tmp_path: Path) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_text('{"text": "dim the loft", "label": "dim"}\n', "utf-8")
    with pytest.raises(DatasetError, match=r"odd\.jsonl line 1"):
        load(file)
