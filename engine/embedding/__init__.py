"""Encoders: texts to vectors."""

from engine.embedding.errors import EmbeddingError, ModelMismatch, ModelMissing, ModelUnknown
from engine.embedding.fastembed_encoder import FastembedEncoder
from engine.embedding.hashed_encoder import HashedEncoder
from engine.embedding.model_files import BUNDLED, ModelFiles, fetch, locate
from engine.embedding.port import Encoder, Vectors
from engine.embedding.vectors import PrecomputedVectors, VectorCache

__all__ = [
    "BUNDLED",
    "EmbeddingError",
    "Encoder",
    "FastembedEncoder",
    "HashedEncoder",
    "ModelFiles",
    "ModelMismatch",
    "ModelMissing",
    "ModelUnknown",
    "PrecomputedVectors",
    "VectorCache",
    "Vectors",
    "fetch",
    "locate",
]
