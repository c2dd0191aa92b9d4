"""The smart home: the port, the demo home, and how an interpretation becomes calls that are read back."""

from butler.home.calls import Plan, plan_calls
from butler.home.control import ActionReport, carry_out
from butler.home.demo import DemoHome, packaged_house
from butler.home.errors import HomeError, HomeFileError, HomeUnreachableError
from butler.home.homefile import HomeFile, load_home, parse_home
from butler.home.planners.steps import Unsupported
from butler.home.port import Call, CallOutcome, Home, Outcome
from butler.home.undo import undo_calls

__all__ = [
    "ActionReport",
    "Call",
    "CallOutcome",
    "DemoHome",
    "Home",
    "HomeError",
    "HomeFile",
    "HomeFileError",
    "HomeUnreachableError",
    "Outcome",
    "Plan",
    "Unsupported",
    "carry_out",
    "load_home",
    "packaged_house",
    "parse_home",
    "plan_calls",
    "undo_calls",
]
