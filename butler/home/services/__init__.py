"""The services of the demo home, by name."""

from butler.home.services.table import SERVICES

__all__ = ["SERVICES"]
