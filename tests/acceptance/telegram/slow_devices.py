"""Devices that take their time: code that the process runs at its start, since only the stdio contract sets faults."""

from __future__ import annotations

from pathlib import Path

_CODE = """
from butler.home.demo import DemoHome

_reset, _call = DemoHome.reset, DemoHome.call

def reset(self):
    _reset(self)
    for entity_id, seconds in {slow!r}.items():
        self.fault(entity_id, f"slow:{{seconds}}")

def call(self, wanted, timeout_s):
    with open({calls!r}, "a") as file:
        print(wanted.service, *wanted.entity_ids, file=file)
    _call(self, wanted, timeout_s)

DemoHome.reset, DemoHome.call = reset, call
"""


def slow_devices(calls: Path, **seconds: float) -> str:
    """Return code that makes lamps slow, given in seconds by name, and has every call noted in a file."""
    return _CODE.format(slow={f"light.{name}": wait for name, wait in seconds.items()}, calls=str(calls))


def noted(calls: Path) -> list[str]:
    """Return the calls of the home that were begun, in order."""
    return calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []
