"""Named reads and writes of the embedding cache: vectors by (text hash, model sha256)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from store.database import Store
from store.models import VectorRow

Vector = npt.NDArray[np.float32]
_BATCH = 500


def get_many(store: Store, text_hashes: Sequence[str], model_sha: str) -> dict[str, Vector]:
    """Return the cached vectors by text hash; what is not cached is missing."""
    model = store.model(VectorRow)
    found: dict[str, Vector] = {}
    for start in range(0, len(text_hashes), _BATCH):
        wanted = list(text_hashes[start : start + _BATCH])
        query = model.select().where((model.model_sha == model_sha) & model.text_hash.in_(wanted))
        for row in store.rows(query):
            found[row["text_hash"]] = np.frombuffer(row["vector"], dtype="<f4").astype(np.float32)
    return found


def put_many(store: Store, vectors: Mapping[str, Vector], model_sha: str) -> None:
    """Cache vectors by text hash, in one transaction."""
    model = store.model(VectorRow)
    with store.atomic():
        for text_hash, vector in vectors.items():
            blob = np.ascontiguousarray(vector, dtype="<f4").tobytes()
            model.insert(text_hash=text_hash, model_sha=model_sha, vector=blob).on_conflict_replace().execute()


def count(store: Store, model_sha: str) -> int:
    """Return how many vectors of a model are cached."""
    model = store.model(VectorRow)
    return int(model.select().where(model.model_sha == model_sha).count())
