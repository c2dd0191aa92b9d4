"""What rings after a restart in another time zone."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

from store import rings
from tests.acceptance.family import RIA, Family

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def restart_in(family: Family, zone: str) -> None:
    (family.data / "config.toml").write_text(f'[household]\ntime_zone = "{zone}"\n', encoding="utf-8")
    family.restart()


def waiting(family: Family) -> dict[str, datetime]:
    return {ring.title: ring.due_at for ring in rings.of_user(family.app.store, RIA)}


def test_a_restart_in_another_zone_reckons_wall_times_anew_and_leaves_amounts_of_time(family: Family) -> None:
    restart_in(family, "Europe/Berlin")
    family.say("remind me every day at 2:30 am to check the oven")
    family.say("wake me at 7 every day")
    family.say("remind me to call mum tomorrow at 5pm")
    family.say("remind me to stretch in 2 hours")
    family.say("set a rice timer for 50 minutes")
    before = waiting(family)
    restart_in(family, "America/New_York")
    after = waiting(family)
    assert {title: after[title].astimezone(NEW_YORK).time() for title in ("check the oven", "", "call mum")} == {
        "check the oven": time(2, 30),
        "": time(7),
        "call mum": time(17),
    }
    assert after["call mum"].astimezone(NEW_YORK).date() == before["call mum"].astimezone(BERLIN).date()
    assert [after[title] for title in ("stretch", "rice")] == [before[title] for title in ("stretch", "rice")]
    assert min(after.values()) > family.clock.now()
    assert "call mum · tomorrow at 17:00" in family.say("/tasks")
    family.restart()
    assert waiting(family) == after
