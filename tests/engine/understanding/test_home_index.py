"""The names of a home arranged for look-up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.understanding.home_index import HomeIndex, Place, find_noun, find_span, key_of, words_of
from engine.understanding.home_indexes import HomeIndexes
from engine.understanding.snapshot import Area, Entity, Floor, Snapshot

HOME = Snapshot(
    (Floor("low", "Ground Floor", 0), Floor("high", "Attic Floor", 1, ("the roof",))),
    (Area("den", "The Den", "low", ("snug",)), Area("loft", "Sewing Room", "high")),
    (
        Entity("light.a", "The Reading Lamp", "den", aliases=("book light",)),
        Entity("light.b", "Sewing Lamp", "loft"),
        Entity("light.hidden", "Cellar Lamp", "den", exposed=False),
        Entity("lock.hut", "Hut Lock", "den"),
        Entity("fan.nowhere", "Box Fan"),
    ),
)
INDEX = HomeIndex.of(HOME)


@pytest.mark.parametrize(
    ("name", "key"),
    [("The Floor-Lamp!", "floor lamp"), ("  our  TV ", "tv"), ("Kid\u2019s Light", "kid's light"), ("The", "the")],
)
def test_a_name_is_looked_up_without_articles_and_case(name: str, key: str) -> None:
    """The key is plain and bare, but never empty."""
    assert key_of(name) == key


def test_articles_are_no_words_of_a_name() -> None:
    """What counts of a phrase are its words but articles."""
    assert words_of("the lamp of a friend") == ("lamp", "of", "friend")


@pytest.mark.parametrize(
    ("key", "ids"),
    [
        ("reading lamp", ("light.a",)),
        ("book light", ("light.a",)),
        ("hut lock", ("lock.hut",)),
        ("hut", ("lock.hut",)),
        ("cellar lamp", ()),
        ("lamp", ()),
    ],
)
def test_names_and_aliases_lead_to_their_entity(key: str, ids: tuple[str, ...]) -> None:
    """Whole names, aliases and a lock's name without its noun are found; parts and hidden things are not."""
    assert INDEX.names.get(key, ()) == ids


def test_two_entities_of_one_name_are_both_kept() -> None:
    """A name given twice leads to both."""
    twice = replace(HOME, entities=(*HOME.entities, Entity("switch.a", "reading lamp")))
    assert HomeIndex.of(twice).names["reading lamp"] == ("light.a", "switch.a")


@pytest.mark.parametrize(
    ("phrase", "place"),
    [
        ("den", Place(area="den")),
        ("snug", Place(area="den")),
        ("sewing room", Place(area="loft")),
        ("sewingroom", Place(area="loft")),
        ("roof", Place(floor="high")),
        ("upstairs", Place(floor="high")),
        ("downstairs", Place(floor="low")),
    ],
)
def test_places_are_known_by_every_name(phrase: str, place: Place) -> None:
    """Names, aliases, joined spellings and the words for up and down lead to the place."""
    assert INDEX.places[phrase] == place


@pytest.mark.parametrize(
    ("domains", "place", "ids"),
    [
        (("light",), None, ["light.a", "light.b"]),
        (("light",), Place(area="den"), ["light.a"]),
        (("light", "lock"), Place(floor="low"), ["light.a", "lock.hut"]),
        (("fan",), Place(area="den"), []),
        (("fan",), None, ["fan.nowhere"]),
    ],
)
def test_the_members_of_a_place_are_those_exposed_there(
    domains: tuple[str, ...], place: Place | None, ids: list[str]
) -> None:
    """Members are told by domain, area and floor; what is not exposed is no member."""
    assert [entity.entity_id for entity in INDEX.domain_members(domains, place)] == ids


def test_words_of_names_and_places_lead_to_entities() -> None:
    """A word of the name, of the area or of the floor leads to what stands there, in the singular."""
    assert INDEX.tokens["sewing"] == frozenset({"light.b"})
    assert INDEX.tokens["snug"] == frozenset({"light.a", "lock.hut"})
    assert "light.hidden" not in INDEX.tokens["lamp"]


def test_states_do_not_matter() -> None:
    """The index of the same names in other states has the same tables."""
    lit = replace(HOME, entities=tuple(replace(entity, state="on") for entity in HOME.entities))
    assert (HomeIndex.of(lit).names, HomeIndex.of(lit).places) == (INDEX.names, INDEX.places)
    assert lit.names_digest == HOME.names_digest


def test_the_longest_run_of_words_is_found() -> None:
    """Of several keys in a text the longest counts, of equals the first, and none is None."""
    table = {"room": 1, "living room": 2, "lamp": 3}
    assert find_span(("the", "living", "room", "lamp"), table, 3) == (1, 3)
    assert find_span(("lamp", "room"), table, 3) == (0, 1)
    assert find_span(("hall",), table, 3) is None


def test_the_last_noun_says_the_kind() -> None:
    """Of "the bedroom fan light" it is the light that is spoken of."""
    assert find_noun(("bedroom", "fan", "light")) == (2, 3)
    assert find_noun(("garage", "door")) == (0, 2)
    assert find_noun(("banana",)) is None


@pytest.mark.parametrize(
    ("said", "entity_id"), [("readin lamp", "light.a"), ("bok light", "light.a"), ("sewng lamp", "light.b")]
)
def test_misspelt_names_are_near(said: str, entity_id: str) -> None:
    """The fuzzy index finds a name by another spelling."""
    assert INDEX.fuzzy.search(said)[0].key == entity_id


def test_two_who_look_at_one_home_share_its_index() -> None:
    """Names are arranged once, whoever asks first, and again when they change."""
    one, other = HomeIndexes(), HomeIndexes()
    lamp = Entity("light.one", "Lamp")
    home = Snapshot(entities=(lamp,))
    index = one.of(home)
    assert other.of(Snapshot(entities=(replace(lamp, state="on"),))) is index
    assert other.of(Snapshot(entities=(replace(lamp, name="Lantern"),))) is not index
