"""Encoders, the real one and its stand-in, and the vectors kept from them."""

import hashlib
import re
import threading
from pathlib import Path

import numpy as np
import pytest

from engine.embedding import (
    BUNDLED,
    Encoder,
    FastembedEncoder,
    HashedEncoder,
    ModelMismatch,
    ModelMissing,
    ModelUnknown,
    PrecomputedVectors,
    VectorCache,
    locate,
    model_files,
)

TEXTS = ["turn on the kitchen light", "is the garage door open", "buy milk", "goodnight", "what is the time in Paris"]


@pytest.fixture(scope="module")
def real() -> FastembedEncoder:
    return FastembedEncoder()


@pytest.fixture(scope="module", params=["fastembed", "hashed", "cached"])
def encoder(request: pytest.FixtureRequest, real: FastembedEncoder) -> Encoder:
    return {"fastembed": real, "hashed": HashedEncoder(), "cached": VectorCache(HashedEncoder())}[request.param]


def test_every_vector_has_unit_length_and_the_promised_shape(encoder: Encoder) -> None:
    """Encoding gives float32 rows of unit length, `dim` long."""
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dim)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_vector_does_not_depend_on_what_else_is_in_the_batch(encoder: Encoder) -> None:
    """A text encoded alone, in a batch, and twice gives the same vector."""
    together = encoder.encode([*TEXTS, "x " * 90, *TEXTS])
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    assert np.allclose(together[: len(TEXTS)], alone, atol=2e-6)
    assert np.allclose(together[-len(TEXTS) :], alone, atol=2e-6)


def test_nothing_in_gives_nothing_out(encoder: Encoder) -> None:
    """No texts give an empty matrix of the right width."""
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_an_id_is_a_sha256(encoder: Encoder) -> None:
    """The id has the form of a SHA-256."""
    assert re.fullmatch(r"[0-9a-f]{64}", encoder.id)


def test_the_bundled_model_is_the_one_expected(real: FastembedEncoder) -> None:
    """The id is the hash of the network's file on disk, and the vectors have 384 numbers."""
    found = hashlib.sha256(locate(BUNDLED).network.read_bytes()).hexdigest()
    assert real.id == found == model_files.BUNDLED_SHA256
    assert real.dim == 384


def test_like_meanings_are_near(real: FastembedEncoder) -> None:
    """The model tells paraphrases from other sentences."""
    light, same, other = real.encode(["turn on the lamp", "switch the light on please", "what is the weather tomorrow"])
    assert light @ same > 0.6
    assert light @ other < 0.4


def test_threads_share_one_encoder(real: FastembedEncoder) -> None:
    """Threads that encode at once get what one alone would get."""
    results: dict[int, np.ndarray] = {}
    workers = [threading.Thread(target=lambda n=n: results.update({n: real.encode(TEXTS)})) for n in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(np.array_equal(results[n], results[0]) for n in range(4))


def test_a_folder_is_a_model_too(real: FastembedEncoder, tmp_path: Path) -> None:
    """A folder with the bundled files gives the bundled model's vectors."""
    files = locate(BUNDLED)
    for path in (files.network, *files.others):
        (tmp_path / path.name).symlink_to(path)
    other = FastembedEncoder(str(tmp_path))
    assert other.id == real.id
    assert np.array_equal(other.encode(TEXTS), real.encode(TEXTS))


def test_a_model_that_is_not_on_disk_says_how_to_get_it(tmp_path: Path) -> None:
    """A model never fetched, and a folder without its files, name the command that fetches."""
    with pytest.raises(ModelMissing, match="butler model fetch"):
        FastembedEncoder("BAAI/bge-small-en-v1.5", cache=tmp_path / "cache").encode(["hello"])
    with pytest.raises(ModelMissing, match=r"no file model\.onnx"):
        _ = FastembedEncoder(str(tmp_path)).id


def test_an_unknown_model_is_named(tmp_path: Path) -> None:
    """A name nobody knows is an error of its own."""
    with pytest.raises(ModelUnknown, match="nobody/nothing"):
        _ = FastembedEncoder("nobody/nothing", cache=tmp_path).id


def test_a_changed_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bundled file of another hash is not used."""
    monkeypatch.setattr(model_files, "BUNDLED_SHA256", "0" * 64)
    with pytest.raises(ModelMismatch, match="Reinstall"):
        FastembedEncoder().encode(["hello"])


def test_a_known_text_never_reaches_the_encoder(tmp_path: Path) -> None:
    """Shipped vectors, given vectors and earlier ones are hits; case and punctuation do not matter."""
    source = HashedEncoder()
    shipped = tmp_path / "vectors.npz"
    PrecomputedVectors.of(source, TEXTS).save(shipped)
    inner = HashedEncoder()
    cache = VectorCache(inner, shipped)
    cache.add(["a stored one"], source.encode(["a stored one"]))
    cache.encode(["Turn on the kitchen light!", "BUY MILK", "a stored one"])
    assert inner.calls == []
    cache.encode(["buy milk", "something new", "Something new."])
    cache.encode(["something new"])
    assert inner.calls == [("something new",)]


def test_a_vector_is_the_same_wherever_it_came_from(tmp_path: Path, real: FastembedEncoder) -> None:
    """Shipped, computed and remembered vectors are bit for bit equal, and near the encoder's own."""
    shipped = tmp_path / "vectors.npz"
    PrecomputedVectors.of(real, TEXTS).save(shipped)
    computed = VectorCache(real)
    assert np.array_equal(VectorCache(real, shipped).encode(TEXTS), computed.encode(TEXTS))
    assert np.array_equal(computed.encode(TEXTS[::-1])[::-1], computed.encode(TEXTS))
    own = real.encode([text.casefold() for text in TEXTS])
    assert (np.sum(own * computed.encode(TEXTS), axis=1) > 0.9999).all()


def test_vectors_of_another_model_are_never_used(tmp_path: Path) -> None:
    """A shipped file made with another model counts as empty, and so does a missing one."""
    shipped = tmp_path / "vectors.npz"
    PrecomputedVectors.of(HashedEncoder(dim=64), TEXTS).save(shipped)
    for path in (shipped, tmp_path / "none.npz"):
        inner = HashedEncoder(dim=256)
        assert VectorCache(inner, path).encode(TEXTS).shape == (len(TEXTS), 256)
        assert inner.calls == [tuple(text.casefold() for text in TEXTS)]


def test_only_the_latest_vectors_are_kept() -> None:
    """Beyond its capacity the cache forgets what was asked for longest ago."""
    inner = HashedEncoder()
    cache = VectorCache(inner, capacity=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        cache.encode([text])
    assert inner.calls == [("one",), ("two",), ("three",), ("two",)]


def test_saving_the_same_vectors_gives_the_same_bytes(tmp_path: Path) -> None:
    """The shipped file does not depend on the order of the texts."""
    for name, texts in (("a", TEXTS), ("b", TEXTS[::-1])):
        PrecomputedVectors.of(HashedEncoder(), texts).save(tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
