"""Who was removed or forgotten keeps neither a menu of commands nor a keyboard; admins hear of what is guarded."""

from __future__ import annotations

from tests.acceptance.telegram.household import Household
from tests.acceptance.telegram.people import Somebody
from tests.acceptance.telegram.process import until


def menu_of_their_own(house: Household, somebody: Somebody) -> list[str]:
    """Return the commands that only somebody's own chat shows."""
    return house.server.menu("chat", somebody.id)


def test_an_admin_who_is_removed_loses_the_admins_menu(house: Household, ada: Somebody) -> None:
    """At once, whether or not they write again."""
    zoe = house.somebody("Zoe")
    house.seeds.admit({zoe.user: ("Zoe", "admin")})
    zoe.says("turn on the hall light")
    until(lambda: "rollback" in menu_of_their_own(house, zoe), "the menu of an admin")
    ada.presses("Yes", ada.says("/remove Zoe"))
    until(lambda: menu_of_their_own(house, zoe) == [], "no menu of their own")
    assert "rollback" not in house.menu(zoe)
    assert "rollback" in house.menu(ada)


def test_who_is_forgotten_keeps_no_keyboard_and_no_menu(house: Household) -> None:
    zoe = house.somebody("Zoe")
    house.seeds.admit({zoe.user: ("Zoe", "admin")})
    asked = zoe.says("/forgetme").with_button("Forget me, keep")
    until(lambda: "rollback" in menu_of_their_own(house, zoe), "the menu of an admin")
    told = zoe.presses("Forget me, keep", asked)
    assert "You are forgotten here" in told.text
    shown = house.message(asked)
    assert shown.buttons == {}
    assert "✔ Forget me, keep my shared words" in shown.text
    until(lambda: menu_of_their_own(house, zoe) == [], "no menu of their own")
    assert house.ledger.count("SELECT count(*) FROM outbox WHERE chat = ?", zoe.user) == 0


def test_the_admin_hears_who_unlocked_a_door_and_who_did_it_hears_nothing_more(
    house: Household, ada: Somebody, ben: Somebody
) -> None:
    ben.presses("Yes", ben.says("unlock the back door"))
    assert ada.find("The back door was unlocked by Ben at ")
    assert not any("was unlocked by" in shown.text for shown in house.messages(ben.chat))
    ben.presses("Yes", ben.says("lock the back door"))
