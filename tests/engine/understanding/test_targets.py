"""Which entities a phrase speaks of, in the house of the golden set and in any other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.understanding.home_index import HomeIndex, key_of
from engine.understanding.interpretation import Reason
from engine.understanding.snapshot import Area, Entity, Floor, Snapshot
from engine.understanding.targets import Resolution, Scope, TaughtName, resolve
from engine.understanding.taught_names import TaughtNames

NAME_WORDS = (
    "kitchen hall all every both it off on red half upstairs Big little Attic lamp light fan Door two 7 and of the "
    "night Sunday Ben's café blue bar garage everything Wi-Fi room TV lock shed"
)
NAMES = st.lists(
    st.lists(st.sampled_from(NAME_WORDS.split()), min_size=1, max_size=4).map(" ".join),
    min_size=1,
    max_size=12,
    unique_by=key_of,
)
DOMAINS = ("light", "switch", "fan", "cover", "climate", "media_player", "scene", "sensor")


@pytest.fixture(scope="module")
def index(house: Snapshot) -> HomeIndex:
    """Return the index of the golden house."""
    return HomeIndex.of(house)


def targets(said: str, index: HomeIndex, *domains: str) -> set[str]:
    """Return what a phrase stands for as a set."""
    return set(resolve(said, Scope(index, domains=domains)).targets)


@pytest.mark.parametrize(
    ("said", "entity_id"),
    [
        ("the floor lamp", "light.floor_lamp"),
        ("standing lamp", "light.floor_lamp"),
        ("Living Room TV", "media_player.living_room_tv"),
        ("telly", "media_player.living_room_tv"),
        ("the shed", "lock.shed"),
        ("my coffee machine", "switch.coffee_maker"),
    ],
)
def test_a_whole_name_is_exact(said: str, entity_id: str, index: HomeIndex) -> None:
    """Names and aliases, whatever their articles, stand for their entity and nothing else."""
    assert resolve(said, Scope(index)) == Resolution((entity_id,))


@pytest.mark.parametrize(
    ("said", "entity_id"),
    [
        ("kichen light", "light.kitchen_main"),
        ("flor lamp", "light.floor_lamp"),
        ("washng machine", "switch.washing_machine"),
    ],
)
def test_a_misspelt_name_is_found_but_not_exact(said: str, entity_id: str, index: HomeIndex) -> None:
    """A near name is taken when nothing else is near, is said to be inexact, and can be forbidden."""
    found = resolve(said, Scope(index))
    assert (found.targets, found.exact) == ((entity_id,), False)
    assert resolve(said, Scope(index, fuzzy=False)).targets == ()


@pytest.mark.parametrize(
    ("said", "domain", "wanted"),
    [
        ("kitchen lights", "light", {"light.kitchen_main", "light.kitchen_counter"}),
        ("the lights in the kitchen", "light", {"light.kitchen_main", "light.kitchen_counter"}),
        ("the yard lights", "light", {"light.garden_path", "light.porch"}),
        ("every fan", "fan", {"fan.bedroom", "fan.bathroom", "fan.office"}),
        ("all blinds", "cover", {"cover.living_room_blinds", "cover.office_blind"}),
        ("all", "lock", {"lock.front_door", "lock.back_door", "lock.shed"}),
        ("both bedside lamps", "light", {"light.bedside_left", "light.bedside_right"}),
        ("left and right bedside lamps", "light", {"light.bedside_left", "light.bedside_right"}),
        ("floor lamp and desk lamp", "light", {"light.floor_lamp", "light.desk"}),
        ("kitchen and hall lights", "light", {"light.kitchen_main", "light.kitchen_counter", "light.hallway"}),
        ("bathroom fan", "fan", {"fan.bathroom"}),
    ],
)
def test_kinds_places_and_lists_stand_for_their_members(
    said: str, domain: str, wanted: set[str], index: HomeIndex
) -> None:
    """A kind in a place, everything of a kind, and things listed with "and" are all meant."""
    assert targets(said, index, domain) == wanted


def test_a_floor_stands_for_its_rooms(index: HomeIndex, house: Snapshot) -> None:
    """Lights upstairs are all lights whose area is on that floor, and the floor is told."""
    found = resolve("upstairs lights", Scope(index, domains=("light",)))
    wanted = {e.entity_id for e in house.entities if e.domain == "light" and house.floor_of(e) == "first_floor"}
    assert set(found.targets) == wanted
    assert found.floor == "first_floor"


def test_the_whole_house_is_every_light(index: HomeIndex, house: Snapshot) -> None:
    """With "all" no place is needed."""
    wanted = {entity.entity_id for entity in house.entities if entity.domain == "light"}
    assert targets("all the lights in the house", index, "light") == wanted


@pytest.mark.parametrize(
    ("said", "domains", "reason"),
    [
        ("bedside lamp", (), Reason.AMBIGUOUS_NAME),
        ("the water valve", ("valve",), Reason.AMBIGUOUS_NAME),
        ("the lights", ("light",), Reason.MISSING_TARGET),
        ("lamp", ("light",), Reason.MISSING_TARGET),
        ("", (), Reason.MISSING_TARGET),
        ("banana", (), Reason.UNKNOWN_NAME),
        ("attic lights", (), Reason.UNKNOWN_PLACE),
        ("it", (), Reason.NOTHING_TO_REFER_TO),
        ("front door", ("light",), Reason.UNSUPPORTED),
        ("floor lamp and banana", (), Reason.UNKNOWN_NAME),
    ],
)
def test_where_nothing_is_meant_for_sure_there_is_a_reason(
    said: str, domains: tuple[str, ...], reason: Reason, index: HomeIndex
) -> None:
    """Ambiguous, missing, unknown and unfitting names give no target but say why."""
    found = resolve(said, Scope(index, domains=domains))
    assert (found.targets, found.reason) == ((), reason)


def test_an_ambiguous_name_offers_what_it_may_mean(index: HomeIndex) -> None:
    """The choices are those that bear the name."""
    found = resolve("bedside lamp", Scope(index))
    assert {choice.targets for choice in found.choices} == {("light.bedside_left",), ("light.bedside_right",)}


@pytest.mark.parametrize("said", ["it", "that one", "them", "those"])
def test_a_pronoun_is_what_was_meant_before(said: str, index: HomeIndex) -> None:
    """A pronoun stands for the targets of the last turn that the intent allows."""
    before = ("light.desk", "switch.kettle")
    assert set(resolve(said, Scope(index, previous=before)).targets) == set(before)
    assert resolve(said, Scope(index, previous=before, domains=("light",))).targets == ("light.desk",)


def test_a_taught_name_wins_and_is_credited(index: HomeIndex) -> None:
    """A learned alias stands for its entity, even where the home has that name, and says whose doing it is."""
    taught = TaughtNames({"floor lamp": TaughtName("entity", "light.desk", 4)})
    found = resolve("the floor lamp", Scope(index, taught))
    assert (found.targets, found.used, found.exact) == (("light.desk",), (4,), True)


def test_a_taught_place_is_a_place(index: HomeIndex) -> None:
    """A learned word for an area chooses what is in it."""
    taught = TaughtNames({"cave": TaughtName("area", "kitchen", 5)})
    found = resolve("the lights in the cave", Scope(index, taught, domains=("light",)))
    assert set(found.targets) == {"light.kitchen_main", "light.kitchen_counter"}
    assert found.used == (5,)


def test_a_taught_name_of_a_thing_that_is_gone_counts_for_nothing(index: HomeIndex) -> None:
    """An alias whose entity has left the home names nothing."""
    taught = TaughtNames({"gizmo": TaughtName("entity", "light.gone", 6)})
    assert resolve("gizmo", Scope(index, taught)).targets == ()


@settings(deadline=None, max_examples=150)
@given(NAMES, st.data())
def test_every_name_of_any_home_stands_for_its_entity(names: list[str], data: st.DataObject) -> None:
    """Whatever words the names are made of, places included, a whole name is exactly its own entity."""
    entities = tuple(
        Entity(f"{data.draw(st.sampled_from(DOMAINS))}.n{at}", name, data.draw(st.sampled_from(["a", "b", None])))
        for at, name in enumerate(names)
    )
    home = Snapshot((Floor("f", "Upstairs", 1),), (Area("a", "Kitchen", "f"), Area("b", "Big Room")), entities)
    scope = Scope(HomeIndex.of(home))
    wrong = {e.name: resolve(e.name, scope) for e in entities if resolve(e.name, scope) != Resolution((e.entity_id,))}
    assert wrong == {}


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from([*NAME_WORDS.split(), ",", "&", "bedside", "xyzzy"]), max_size=9).map(" ".join))
def test_a_phrase_has_targets_or_a_reason(said: str) -> None:
    """Never both, never neither, and targets are sorted entities of the home within the allowed domains."""
    home = Snapshot(
        (Floor("f", "Upstairs", 1),),
        (Area("a", "Kitchen", "f"), Area("b", "Hall")),
        (Entity("light.a", "Red Lamp", "a"), Entity("light.b", "Night Light", "b"), Entity("fan.c", "Fan", "a")),
    )
    found = resolve(said, Scope(HomeIndex.of(home), domains=("light",)))
    assert bool(found.targets) is (found.reason is None)
    assert list(found.targets) == sorted({*found.targets} & {"light.a", "light.b"})
