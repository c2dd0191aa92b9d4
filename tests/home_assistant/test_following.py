"""The house is followed as it lives: what is renamed, moved, new or gone is known at the next message."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from butler.home import HomeUnreachableError
from butler.home.assistant import AssistantHome
from butler.home.port import Call
from tests.home_assistant.conftest import QUICK, within
from tests.home_assistant.houses import EVERYTHING, crowd
from tests.home_assistant.stand_in import StandIn


def test_a_device_that_is_renamed_is_known_by_its_new_name_at_the_next_look(
    server: StandIn, home: AssistantHome
) -> None:
    home.snapshot()
    server.change(lambda house: house.entries["light.table"].update(name="Reading Lamp"), "entity_registry_updated")
    assert home.snapshot().by_id["light.table"].name == "Reading Lamp"


def test_a_device_that_is_moved_is_known_in_its_new_room_at_the_next_look(server: StandIn, home: AssistantHome) -> None:
    assert home.snapshot().by_id["light.table"].area == "kitchen"
    server.change(lambda house: house.entries["light.table"].update(area_id="hall"), "entity_registry_updated")
    assert home.snapshot().by_id["light.table"].area == "hall"


def test_what_is_new_and_what_is_gone_is_known_at_the_next_look(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.change(lambda house: house.add({"entity_id": "light.new", "name": "New Lamp"}), "entity_registry_updated")
    server.change(lambda house: house.remove("light.table"), "entity_registry_updated")
    seen = home.snapshot().by_id
    assert seen["light.new"].exposed
    assert "light.table" not in seen


def test_an_alias_given_in_home_assistant_is_known_at_the_next_look(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    server.change(
        lambda house: house.entries["light.table"].update(aliases=[None, "big bertha"]), "entity_registry_updated"
    )
    assert home.snapshot().by_id["light.table"].aliases == ("big bertha",)


def test_a_state_that_moves_by_itself_is_known_at_the_next_look(server: StandIn, home: AssistantHome) -> None:
    before = home.snapshot()
    server.change(lambda house: house.demo.set("light.table", "off"))
    seen = home.snapshot()
    assert seen.by_id["light.table"].state == "off"
    assert seen.names_digest == before.names_digest


def test_a_storm_of_changes_in_the_registries_is_read_a_few_times_at_most(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()
    asked = server.asked["config/entity_registry/list"]

    async def storm() -> None:
        for number in range(5_000):
            server.house.entries["light.table"]["aliases"] = [f"lamp {number}"]
            server.tell_event("entity_registry_updated")

    server.do(storm())
    assert within(10, lambda: home.snapshot().by_id["light.table"].aliases == ("lamp 4999",))
    assert server.asked["config/entity_registry/list"] - asked <= 5


def test_a_storm_is_read_once_where_nobody_looks_meanwhile(server: StandIn, home: AssistantHome) -> None:
    home.snapshot()

    async def storm() -> None:
        for _ in range(5_000):
            server.tell_event("entity_registry_updated")

    server.do(storm())
    assert within(10, lambda: home.refreshes == 1)
    assert not within(3 * QUICK.quiet_s, lambda: home.refreshes > 1)


@pytest.fixture
def shy() -> Iterator[StandIn]:
    """Yield a server that shows its assistants one lamp alone."""
    server = StandIn(EVERYTHING)
    for entity_id, entry in server.house.entries.items():
        entry["options"]["conversation"]["should_expose"] = entity_id == "light.table"
    yield server
    server.close()


@pytest.mark.parametrize("exposed_only", [True, False])
def test_the_configuration_says_whether_only_what_is_exposed_is_spoken_of(shy: StandIn, exposed_only: bool) -> None:
    home = AssistantHome(shy.address, exposed_only=exposed_only, timing=QUICK)
    shown = {entity.entity_id for entity in home.snapshot().entities if entity.exposed}
    home.close()
    everything = {row["entity_id"] for row in EVERYTHING["entities"]}
    assert shown == ({"light.table"} if exposed_only else everything)


def test_two_thousand_entities_are_taken_in_and_one_of_them_is_switched() -> None:
    server = StandIn(crowd(2_000))
    home = AssistantHome(server.address, timing=QUICK)
    try:
        assert within(10, lambda: len(home.snapshot().entities) == 2_000)
        home.call(Call("light.turn_on", ("light.thing_400",)), 5)
        assert home.snapshot().by_id["light.thing_400"].state == "on"
    finally:
        home.close()
        server.close()


@pytest.mark.parametrize(
    "lacks",
    [
        {"supported_features", "config/floor_registry/list"},
        {"homeassistant/expose_entity/list", "config/entity_registry/get_entries"},
        {"script/config"},
    ],
)
def test_what_a_version_or_a_token_lacks_is_done_without(lacks: set[str]) -> None:
    server = StandIn(EVERYTHING)
    server.lacks = frozenset(lacks)
    home = AssistantHome(server.address, timing=QUICK)
    try:
        lamp = home.snapshot().by_id["light.table"]
        assert (lamp.name, lamp.area, lamp.exposed) == ("Table Lamp", "kitchen", True)
    finally:
        home.close()
        server.close()


def test_a_server_that_tells_nothing_of_the_home_is_out_of_reach_and_says_why() -> None:
    server = StandIn(EVERYTHING)
    server.lacks = frozenset({"subscribe_entities"})
    home = AssistantHome(server.address, timing=QUICK)
    try:
        with pytest.raises(HomeUnreachableError, match="does not tell Butler of the home"):
            home.snapshot()
    finally:
        home.close()
        server.close()


def test_a_change_is_told_as_it_happens_and_all_is_told_anew_after_a_break(
    server: StandIn, home: AssistantHome
) -> None:
    heard: list[str] = []
    home.snapshot()
    home.watch(lambda entity_id: entity_id == "light.table", lambda entity: heard.append(entity.state))
    server.change(lambda house: house.demo.set("light.table", "off"))
    assert within(5, lambda: heard == ["off"])
    server.stop()
    server.start()
    assert within(10, lambda: heard == ["off", "off"])
