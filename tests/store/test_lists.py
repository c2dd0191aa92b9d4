"""The household's lists: each thing is there once, and what was taken off can be put back."""

from datetime import timedelta

from store import Store, lists
from store.lists import NewItem
from tests.store.conftest import NOW

MILK, EGGS, LEMONS = NewItem("Milk", "milk"), NewItem("eggs", "eggs", "6"), NewItem("lemons", "lemon", "two")


def on(store: Store, name: str = "shopping") -> list[tuple[str, str | None]]:
    """Return what is on a list, with quantities."""
    return [(item.item, item.quantity) for item in lists.items(store, name)]


def test_several_things_go_on_a_list_at_once(store: Store) -> None:
    """They keep their order, and who added them in which turn."""
    added = lists.add(store, "shopping", [MILK, EGGS, LEMONS], by="ana", at=NOW, turn=7)
    assert [item.item for item in added.new] == ["Milk", "eggs", "lemons"]
    assert on(store) == [("Milk", None), ("eggs", "6"), ("lemons", "two")]
    assert {(item.added_by, item.turn, item.added_at) for item in lists.items(store, "shopping")} == {("ana", 7, NOW)}
    assert (lists.count(store, "shopping"), lists.count(store, "diy")) == (3, 0)


def test_what_is_there_is_not_there_twice(store: Store) -> None:
    """The same thing joins the one that is there; another quantity replaces the one that was."""
    lists.add(store, "shopping", [MILK, EGGS], by="ana", at=NOW)
    more = NewItem("a dozen eggs", "eggs", "12")
    added = lists.add(store, "shopping", [MILK, more, more, LEMONS], by="bob", at=NOW)
    assert [item.key for item in added.already] == ["milk", "eggs"]
    assert [(item.key, item.quantity, item.added_by) for item in added.changed] == [("eggs", "12", "ana")]
    assert [item.key for item in added.new] == ["lemon"]
    assert on(store) == [("Milk", None), ("eggs", "12"), ("lemons", "two")]
    assert lists.add(store, "diy", [MILK], by="bob", at=NOW).new != ()


def test_what_is_taken_off_is_told_once(store: Store) -> None:
    """Only what was on the list comes back, and of two presses the second gets nothing."""
    lists.add(store, "shopping", [MILK, EGGS], by="ana", at=NOW)
    lists.add(store, "diy", [MILK], by="ana", at=NOW)
    off = lists.remove(store, "shopping", ["milk", "bread"], by="bob", at=NOW)
    assert [(item.item, item.list) for item in off] == [("Milk", "shopping")]
    gone = lists.get(store, off[0].id)
    assert gone is not None
    assert (gone.removed_by, gone.removed_at) == ("bob", NOW)
    assert lists.remove(store, "shopping", ["milk"], by="bob", at=NOW) == []
    assert lists.remove(store, "shopping", [], by="bob", at=NOW) == []
    assert lists.remove_ids(store, [off[0].id], by="bob", at=NOW) == []
    assert (on(store), on(store, "diy")) == ([("eggs", "6")], [("Milk", None)])


def test_a_cleared_list_can_be_put_back(store: Store) -> None:
    """What came on the list anew meanwhile is not there twice, and nothing is put back twice."""
    lists.add(store, "shopping", [MILK, EGGS], by="ana", at=NOW)
    numbers = [item.id for item in lists.clear(store, "shopping", by="bob", at=NOW)]
    assert (len(numbers), on(store), lists.clear(store, "shopping", by="bob", at=NOW)) == (2, [], [])
    lists.add(store, "shopping", [NewItem("oat milk", "milk")], by="ana", at=NOW)
    assert [item.item for item in lists.put_back(store, numbers)] == ["eggs"]
    assert lists.put_back(store, numbers) == []
    assert sorted(on(store)) == [("eggs", "6"), ("oat milk", None)]


def test_lists_are_known_by_name_also_when_they_are_empty(store: Store) -> None:
    """The one something was put on last comes first."""
    assert lists.names(store) == []
    for name in ("shopping", "diy", "packing", "diy"):
        lists.add(store, name, [NewItem(f"{name} {lists.count(store, name)}", f"{name}{NOW}")], by="ana", at=NOW)
        lists.clear(store, name, by="ana", at=NOW + timedelta(days=1))
    assert lists.names(store) == ["diy", "packing", "shopping"]
    assert lists.names(store, limit=1) == ["diy"]
