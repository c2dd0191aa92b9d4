"""Lists in talk: adding, taking off, clearing, reading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.tasks.items import Item, items_of
from engine.tasks.list_names import list_key
from engine.tasks.listing import ListOp, ListRequest, parse_list

KNOWN = ("camping", "books to read")
ADD, REMOVE, CLEAR, QUERY = "list_add", "list_remove", "list_clear", "list_query"


def told(request: ListRequest | None) -> tuple[str, str, list[str]] | None:
    """Return a request as (what, which list, its items as "quantity × name")."""
    if request is None:
        return None
    items = [f"{item.quantity} × {item.name}" if item.quantity else item.name for item in request.items]
    return request.op.value, request.list, items


@pytest.mark.parametrize(
    ("text", "name", "items"),
    [
        ("add milk", "shopping", ["milk"]),
        ("milk, eggs and two lemons", "shopping", ["milk", "eggs", "2 × lemons"]),
        ("add milk, eggs, and two lemons to the shopping list", "shopping", ["milk", "eggs", "2 × lemons"]),
        ("put soap on the list", "shopping", ["soap"]),
        ("Please add some Greek yoghurt to our shopping list", "shopping", ["Greek yoghurt"]),
        ("can you stick rice and beans on the groceries list?", "shopping", ["rice", "beans"]),
        ("shopping list: oats, raisins, honey", "shopping", ["oats", "raisins", "honey"]),
        ("add to the shopping list: oats and honey", "shopping", ["oats", "honey"]),
        ("on the shopping list: oats", "shopping", ["oats"]),
        ("we need bread", "shopping", ["bread"]),
        ("we're out of coffee and sugar", "shopping", ["coffee", "sugar"]),
        ("we've run out of foil", "shopping", ["foil"]),
        ("i need nappies, put them on the list", "shopping", ["nappies"]),
        ("used up the last of the butter so that needs to go on the list", "shopping", ["butter"]),
        ("buy tea, jam and a jar of olives", "shopping", ["tea", "jam", "a jar × olives"]),
        ("don't forget cream on the shopping list", "shopping", ["cream"]),
        ("guests on sunday so get wine, cheese and grapes on the list", "shopping", ["wine", "cheese", "grapes"]),
        ("tin foil on the shopping list please", "shopping", ["tin foil"]),
        ("add sunscreen to the packing list", "packing", ["sunscreen"]),
        ("add a scarf for dad to my christmas list", "christmas", ["scarf for dad"]),
        ("put gloves on the list for the ski trip", "ski trip", ["gloves"]),
        ("put a lantern on the camping list", "camping", ["lantern"]),
        ("add ulysses to the books to read", "books to read", ["ulysses"]),
        ("add ulysses to my books to read list", "books to read", ["ulysses"]),
        ("packing list: passport, charger", "packing", ["passport", "charger"]),
        ("create a list called party", "party", []),
        ("make a new gardening list", "gardening", []),
        ("new list: party", "party", []),
        ("start a list for the picnic: cups, plates and napkins", "picnic", ["cups", "plates", "napkins"]),
        ("add bread to the shopping list and jam", "shopping", ["bread", "jam"]),
        ("add 'salt and pepper' to the list", "shopping", ["salt and pepper"]),
        ("ad onions to the shoping lsit", "shopping", ["onions"]),
        ("add to my list milk", "shopping", ["milk"]),
    ],
)
def test_things_are_added_to_the_list_that_is_named_and_else_to_the_shopping_list(
    text: str, name: str, items: list[str]
) -> None:
    assert told(parse_list(text, ADD, KNOWN)) == ("add", name, items)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("milk", [Item("milk")]),
        ("a cucumber", [Item("cucumber")]),
        ("the oat milk", [Item("oat milk")]),
        ("2 kg of flour", [Item("flour", "2 kg")]),
        ("2kg flour", [Item("flour", "2 kg")]),
        ("500g butter", [Item("butter", "500 g")]),
        ("half a dozen eggs", [Item("eggs", "6")]),
        ("a dozen eggs", [Item("eggs", "12")]),
        ("two dozen eggs", [Item("eggs", "24")]),
        ("a couple of limes", [Item("limes", "2")]),
        ("a few onions", [Item("onions", "a few")]),
        ("three cans of tuna", [Item("tuna", "3 cans")]),
        ("1.5 litres of milk", [Item("milk", "1.5 litres")]),
        ("two and a half kilos of rice", [Item("rice", "2.5 kilos")]),
        ("half a pound of mince", [Item("mince", "half a pound")]),
        ("a bottle of red wine", [Item("red wine", "a bottle")]),
        ("twelve candles", [Item("candles", "12")]),
        ("milk x2", [Item("milk", "2")]),
        ("2x milk", [Item("milk", "2")]),
        ("yoghurt (4)", [Item("yoghurt", "4")]),
        ("a six pack of beer", [Item("beer", "six pack")]),
        ("7 up", [Item("7 up")]),
        ("3 in 1 oil", [Item("3 in 1 oil")]),
        ("mac and cheese", [Item("mac and cheese")]),
        ("fish and chips and milk", [Item("fish and chips"), Item("milk")]),
        ("gin & tonic, ice", [Item("gin & tonic"), Item("ice")]),
        ("head and shoulders", [Item("head and shoulders")]),
        ("cheese and onion crisps", [Item("cheese and onion crisps")]),
        ("chicken and leek pie, peas", [Item("chicken and leek pie"), Item("peas")]),
        ("bread and butter", [Item("bread"), Item("butter")]),
        ("m&ms", [Item("m&ms")]),
        ("apples, pears & plums", [Item("apples"), Item("pears"), Item("plums")]),
        ("milk and milk", [Item("milk")]),
        ("'nuts and bolts'", [Item("nuts and bolts")]),
        ("sand, sandpaper", [Item("sand"), Item("sandpaper")]),
        ("andouille", [Item("andouille")]),
        ("one loaf of bread and 2 pints of milk", [Item("bread", "1 loaf"), Item("milk", "2 pints")]),
        (" , and ; ", []),
        ("", []),
    ],
)
def test_several_things_are_told_apart_each_with_how_much_of_it(text: str, items: list[Item]) -> None:
    assert list(items_of(text)) == items


@pytest.mark.parametrize(
    ("text", "name", "items"),
    [
        ("take milk off", "shopping", ["milk"]),
        ("take milk off the list", "shopping", ["milk"]),
        ("remove the cheese and the ham from the shopping list", "shopping", ["cheese", "ham"]),
        ("cross off bread", "shopping", ["bread"]),
        ("cross bread off", "shopping", ["bread"]),
        ("tick off bread and jam", "shopping", ["bread", "jam"]),
        ("scratch the peas", "shopping", ["peas"]),
        ("we've got the eggs", "shopping", ["eggs"]),
        ("I bought the milk", "shopping", ["milk"]),
        ("mum already bought the candles", "shopping", ["candles"]),
        ("got the rice and the beans", "shopping", ["rice", "beans"]),
        ("we don't need foil any more", "shopping", ["foil"]),
        ("there's still plenty of sugar, take it off", "shopping", ["sugar"]),
        ("bought the jam so it can come off the list", "shopping", ["jam"]),
        ("i added salt by mistake, remove it", "shopping", ["salt"]),
        ("no more crisps", "shopping", ["crisps"]),
        ("delete the tent from the camping list", "camping", ["tent"]),
        ("i don't need boots on the packing list any more", "packing", ["boots"]),
        ("dill off the grocery list", "shopping", ["dill"]),
        ("remove mac and cheese from the list", "shopping", ["mac and cheese"]),
    ],
)
def test_things_come_off_a_list(text: str, name: str, items: list[str]) -> None:
    assert told(parse_list(text, REMOVE, KNOWN)) == ("remove", name, items)


@pytest.mark.parametrize(
    ("text", "intent", "name"),
    [
        ("clear the shopping list", CLEAR, "shopping"),
        ("empty the list", CLEAR, "shopping"),
        ("clear it", CLEAR, "shopping"),
        ("wipe the packing list", CLEAR, "packing"),
        ("delete everything on the camping list", CLEAR, "camping"),
        ("start the shopping list over", CLEAR, "shopping"),
        ("remove all the items from the packing list", CLEAR, "packing"),
        ("take everything off the list", REMOVE, "shopping"),
        ("we've got everything", REMOVE, "shopping"),
        ("bought the lot", REMOVE, "shopping"),
    ],
)
def test_a_whole_list_is_cleared(text: str, intent: str, name: str) -> None:
    assert told(parse_list(text, intent, KNOWN)) == ("clear", name, [])


def test_clearing_one_thing_from_a_list_leaves_the_others() -> None:
    assert told(parse_list("clear the milk from the list", CLEAR)) == ("remove", "shopping", ["milk"])


@pytest.mark.parametrize(
    ("text", "name", "items"),
    [
        ("what's on the list", "shopping", []),
        ("read me the shopping list", "shopping", []),
        ("what do we need from the shop?", "shopping", []),
        ("what's on my christmas list?", "christmas", []),
        ("show me the camping list", "camping", []),
        ("anything left on the list?", "shopping", []),
        ("is milk on the list?", "shopping", ["milk"]),
        ("is there any bread on the shopping list", "shopping", ["bread"]),
        ("do we need eggs?", "shopping", ["eggs"]),
        ("did anyone put soap on the list", "shopping", ["soap"]),
        ("does the packing list have socks on it", "packing", ["socks"]),
        ("are the pegs on the camping list", "camping", ["pegs"]),
    ],
)
def test_a_list_is_read_whole_or_for_some_things(text: str, name: str, items: list[str]) -> None:
    assert told(parse_list(text, QUERY, KNOWN)) == ("query", name, items)


@pytest.mark.parametrize(
    "text",
    [
        "which lists do I have?",
        "what lists are there",
        "show me all my lists",
        "my lists",
        "how many lists have we got",
    ],
)
def test_the_lists_there_are_can_be_asked_for(text: str) -> None:
    assert told(parse_list(text, QUERY, KNOWN)) == ("names", "shopping", [])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("add fix the tap to my to-do list", ADD),
        ("put fix the tap on the todo list", ADD),
        ("what's on my task list", QUERY),
        ("clear my to do list", CLEAR),
        ("take fix the tap off my to-do list", REMOVE),
    ],
)
def test_the_to_do_list_is_no_list(text: str, intent: str) -> None:
    assert parse_list(text, intent, KNOWN) is None


@pytest.mark.parametrize(
    ("text", "intent"),
    [("add it", "light_control"), ("", ADD), ("add", ADD), ("...", ADD), ("take it off", REMOVE), ("milk", "task_add")],
)
def test_what_names_nothing_to_do_with_a_list_is_none(text: str, intent: str) -> None:
    assert parse_list(text, intent, KNOWN) is None


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Groceries", "shopping"),
        ("the Shopping list", "shopping"),
        ("", "shopping"),
        ("Christmas", "christmas"),
        ("DIY-store", "diy store"),
        ("my packing list", "packing"),
        ("Camping", "camping"),
    ],
)
def test_a_list_has_one_key_however_it_is_written(name: str, key: str) -> None:
    assert list_key(name, KNOWN) == key


def test_a_household_with_a_list_of_that_name_means_that_list() -> None:
    assert told(parse_list("add milk to the food list", ADD, ("food",))) == ("add", "food", ["milk"])
    assert told(parse_list("add milk to the food list", ADD, ())) == ("add", "shopping", ["milk"])


def test_a_long_list_ends_after_sixty_things() -> None:
    found = parse_list("add " + ", ".join(f"thing{number}" for number in range(100)), ADD)
    assert found is not None
    assert (found.op, len(found.items)) == (ListOp.ADD, 60)


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="add takeofflistmilk eggsand,.;'\"&2x-()\n", max_size=80),
    st.sampled_from([ADD, REMOVE, CLEAR, QUERY]),
)
def test_no_text_breaks_the_reading_and_no_item_is_empty(text: str, intent: str) -> None:
    found = parse_list(text, intent, KNOWN)
    assert found is None or all(item.name.strip() and item.quantity != "" for item in found.items)
