"""Several requests of lists in one sentence are told apart, and one request is never cut."""

from __future__ import annotations

import pytest

from engine.tasks.list_parts import list_parts
from engine.tasks.listing import parse_list


def requests(text: str, intent: str = "list_add") -> list[tuple[str, str, list[str]]]:
    """Return what is asked as (what, which list, which items)."""
    read = [parse_list(part.text, part.intent) for part in list_parts(text, intent)]
    return [(one.op.value, one.list, [item.name for item in one.items]) for one in read if one is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "add milk to the shopping list and take bread off the shopping list",
            [("add", "shopping", ["milk"]), ("remove", "shopping", ["bread"])],
        ),
        (
            "add eggs to the shopping list and remove bread from it",
            [("add", "shopping", ["eggs"]), ("remove", "shopping", ["bread"])],
        ),
        (
            "please put a tent on the camping list, then add crisps and two lemons to the shopping list",
            [("add", "camping", ["tent"]), ("add", "shopping", ["crisps", "lemons"])],
        ),
        (
            "cross soap off the list. Put rice on the list. Take tea off the list",
            [("remove", "shopping", ["soap"]), ("add", "shopping", ["rice"]), ("remove", "shopping", ["tea"])],
        ),
    ],
)
def test_each_request_is_read_by_itself(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    assert requests(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "add milk, eggs, and two lemons to the shopping list",
        "add milk to the shopping list and eggs",
        "put take away menus on the shopping list",
        "we need bread and put it on the list",
        "add milk and add eggs to the shopping list",
        "add batteries and put soap on the list",
        "milk, eggs",
        "",
    ],
)
def test_one_request_stays_one(text: str) -> None:
    (part,) = list_parts(text, "list_add")
    assert (part.text, part.intent) == (text, "list_add")
