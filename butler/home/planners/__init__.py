"""How each domain turns slots into services and data."""

from butler.home.planners.table import PLANNERS

__all__ = ["PLANNERS"]
