"""The platform of this domain."""

from .platform import async_setup_platform

__all__ = ["async_setup_platform"]
