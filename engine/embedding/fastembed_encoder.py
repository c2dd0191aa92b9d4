"""The real encoder: an ONNX model run by fastembed, loaded when it is first needed."""

# ruff: noqa: PLC0415 - importing fastembed takes most of a second, and many runs never need it

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.embedding.model_files import BUNDLED, ModelFiles, locate
from engine.embedding.port import Vectors

if TYPE_CHECKING:
    from fastembed import TextEmbedding

BATCH = 32  # larger batches are slower and take more memory


class FastembedEncoder:
    """Encodes with the bundled model, a folder's, or one of fastembed's; one thread, no network.

    `model` is "bundled", a folder holding model.onnx, tokenizer.json and tokenizer_config.json (mean pooling is
    assumed), or a name that fastembed knows. Nothing is read before it is needed; ModelMissing, ModelUnknown and
    ModelMismatch are raised then. Several threads may encode at once.
    """

    def __init__(self, model: str = BUNDLED, *, cache: Path | None = None) -> None:
        self.model = model
        self._cache = cache
        self._lock = threading.Lock()
        self._loaded: TextEmbedding | None = None

    @cached_property
    def files(self) -> ModelFiles:
        """The model's files, found and hashed once."""
        return locate(self.model, self._cache)

    @property
    def id(self) -> str:
        """The SHA-256 of the model's network."""
        return self.files.sha256

    @cached_property
    def dim(self) -> int:
        """The length of every vector."""
        return self.files.dim or int(self.encode(["length"]).shape[1])

    def load(self) -> None:
        """Load the model now (about 0.9 s the first time), so that the first turn need not wait for it."""
        self._session()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of unit length a text, as float32 of shape (len(texts), dim)."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        found: Vectors = np.asarray(list(self._session().embed(list(texts), batch_size=BATCH)), np.float32)
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        unit: Vectors = found / np.maximum(lengths, np.float32(1e-12))
        return unit

    def _session(self) -> TextEmbedding:
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self.files)
            return self._loaded


def _load(files: ModelFiles) -> TextEmbedding:
    # The tokenizers library warns about forks when its own threads are on; batches this small gain nothing from them.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from fastembed import TextEmbedding

    name = files.catalogued or _announce(files)
    with _one_folder(files) as folder:
        return TextEmbedding(name, threads=1, cuda=False, specific_model_path=str(folder), local_files_only=True)


def _announce(files: ModelFiles) -> str:
    from fastembed import TextEmbedding
    from fastembed.common.model_description import ModelSource, PoolingType

    name = f"butler/{files.sha256[:16]}"
    # fastembed's registry is global, and adding a name twice is an error there
    if all(known["model"] != name for known in TextEmbedding.list_supported_models()):
        TextEmbedding.add_custom_model(
            model=name,
            pooling=PoolingType.MEAN,
            normalization=True,
            sources=ModelSource(hf=name),
            dim=files.dim or 0,
            model_file=files.network.name,
        )
    return name


@contextmanager
def _one_folder(files: ModelFiles) -> Iterator[Path]:
    """Yield a folder that holds all files, which is gone again once the model is in memory."""
    if files.folder is not None:
        yield files.folder
        return
    with tempfile.TemporaryDirectory(prefix="butler-model-") as name:
        for source in (files.network, *files.others):
            _place(source, Path(name) / source.name)
        yield Path(name)


def _place(source: Path, destination: Path) -> None:
    try:
        destination.symlink_to(source)
    except OSError:  # file systems without links
        shutil.copyfile(source, destination)
