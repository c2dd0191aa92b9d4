"""A stand-in for an Ollama server that speaks its HTTP protocol, with every fault a real one has."""

from tests.ollama_server.server import FAULTS, StandIn

__all__ = ["FAULTS", "StandIn"]
