"""Who may answer what: a handler that may do more never comes in the place of one that may do less."""

from __future__ import annotations

import pytest

from engine.understanding.handlers import FIXED, HANDLERS, ROUTES, handler_of, routing_fault
from engine.understanding.intents import INTENTS


def test_every_intent_is_served() -> None:
    assert set(ROUTES) == set(INTENTS)
    assert set(ROUTES.values()) == set(HANDLERS) - {"decline"}


@pytest.mark.parametrize("intent", sorted(set(INTENTS) - FIXED))
def test_no_route_raises_the_risk(intent: str) -> None:
    """Whatever is allowed does no more than what ships; what ships is allowed."""
    allowed = [name for name in HANDLERS if routing_fault(intent, name) is None]
    assert all(HANDLERS[name].risk <= HANDLERS[ROUTES[intent]].risk for name in allowed)
    assert {ROUTES[intent], "decline", "help"} <= set(allowed)


@pytest.mark.parametrize("intent", sorted(set(INTENTS)))
def test_only_commands_are_served_by_what_switches(intent: str) -> None:
    assert (routing_fault(intent, "home_command") is None) == INTENTS[intent].acts


@pytest.mark.parametrize(
    ("intent", "handler", "said"),
    [
        ("greeting", "home_command", "may do more than talk"),
        ("weather_query", "home_command", "may do more than weather"),
        ("smalltalk", "home_state", "may do more"),
        ("schedule_set", "home_command", "may do more than schedule"),
        ("state_query", "task", "may do more than home_state"),
        ("timer_set", "list", "keeps only what it is for"),
        ("light_control", "schedule", "keeps only what it is for"),
        ("light_control", "shell", "there is no handler 'shell'"),
        ("nonsense", "help", "there is no intent 'nonsense'"),
        ("affirm", "help", "steers Butler itself"),
        ("light_control", "talk", "no sentence that answers light_control"),
    ],
)
def test_why_a_route_is_refused_is_said(intent: str, handler: str, said: str) -> None:
    assert said in (routing_fault(intent, handler) or "")


@pytest.mark.parametrize("root", "timer reminder alarm schedule notice calendar list task note".split())
def test_what_keeps_something_serves_what_it_is_named_after(root: str) -> None:
    assert {ROUTES[intent] for intent in INTENTS if intent.partition("_")[0] == root} == {root}


def test_a_household_differs_only_where_it_says_so() -> None:
    assert handler_of("lock_control", {"lock_control": "decline"}).name == "decline"
    assert handler_of("light_control", {"lock_control": "decline"}).name == "home_command"
