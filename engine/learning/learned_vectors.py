"""Vectors of learned exemplars, kept in the store so that a start need not load the model for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

from engine.embedding.port import Encoder
from engine.embedding.vectors import VectorCache
from engine.understanding.plain import plain
from store import vectors
from store.database import Store
from store.learned import exemplar_texts


def restore(store: Store, encoder: Encoder) -> None:
    """Hand an encoder the vectors of all exemplars in force, as far as the store has them."""
    if not isinstance(encoder, VectorCache):
        return
    texts = {_key(text): text for text in exemplar_texts(store)}
    known = vectors.get_many(store, list(texts), encoder.id)
    if known:
        encoder.add([texts[key] for key in known], np.asarray([known[key] for key in known]))


def keep(store: Store, encoder: Encoder, texts: Iterable[str]) -> None:
    """Keep the vectors of exemplars that the store does not have yet."""
    if not isinstance(encoder, VectorCache):
        return
    keys = {_key(text): text for text in texts}
    known = vectors.get_many(store, list(keys), encoder.id)
    fresh = [key for key in keys if key not in known]
    if fresh:
        rows = encoder.halves([keys[key] for key in fresh])
        vectors.put_many(store, dict(zip(fresh, rows.astype(np.float32), strict=True)), encoder.id)


def _key(text: str) -> str:
    return hashlib.sha256(plain(text).encode()).hexdigest()
