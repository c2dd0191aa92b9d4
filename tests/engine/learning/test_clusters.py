"""Clusters are a function of the set of what was said: order and arrival do not matter."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.embedding import HashedEncoder, VectorCache
from engine.learning.clusters import Cluster, Clusters, Item, Radii, cluster
from engine.understanding.plain import plain

CORRECTED = ("correction", "intent:light_control")
UNSURE = ("low_confidence", "")
_ENCODER = VectorCache(HashedEncoder())


def points(seed: int, count: int, dim: int) -> list[np.ndarray[tuple[int], np.dtype[np.float32]]]:
    """Return unit vectors that lie in a few heaps, many of them nearly or exactly at the same place."""
    chance = np.random.default_rng(seed)
    centres = chance.normal(size=(max(1, count // 8), dim))
    spread = chance.choice([0.0, 0.05, 0.5, 1.0], size=(count, 1))
    found = centres[chance.integers(0, len(centres), count)] + spread * chance.normal(size=(count, dim))
    return list((found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32))


def random_items(seed: int, count: int, dim: int = 6) -> list[Item]:
    """Return items of three groups, some of which say the same text as another."""
    chance = np.random.default_rng(seed)
    vectors = points(seed, count, dim)
    groups = [CORRECTED, UNSURE, ("correction", "")]
    said = [int(chance.integers(0, count)) for _ in range(count)]
    return [Item(f"s{at}", groups[at % 3], f"Text {text}!", vectors[text]) for at, text in enumerate(said)]


def one_by_one(items: Sequence[Item], radii: Radii) -> Clusters:
    found = Clusters(radii)
    for item in items:
        found = found.with_item(item)
    return found


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    count=st.integers(1, 60),
    split=st.integers(0, 60),
    strict=st.sampled_from([0.99, 0.85, 0.5, 0.0, -0.5]),
    chance=st.randoms(use_true_random=False),
)
def test_any_order_and_any_arrival_give_the_same_clusters(
    seed: int, count: int, split: int, strict: float, chance: object
) -> None:
    """Items shuffled, and some of them added one at a time, are clustered as all of them at once."""
    items = random_items(seed, count)
    radii = Radii(strict=strict, labelled=0.7)
    expected = cluster(items, radii)
    shuffled = list(items)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # random.Random, which hypothesis does not name
    assert cluster(shuffled, radii) == expected
    begun = Clusters.of(shuffled[:split], radii)
    for item in shuffled[split:]:
        begun = begun.with_item(item)
    assert begun.all() == expected


def test_what_is_sketched_is_clustered_as_what_is_not() -> None:
    """Hundreds of long vectors, which are compared by sketches first, come to the same however they arrive."""
    vectors = points(3, 700, 256)
    items = [Item(f"s{at}", UNSURE, f"text {at}", vector) for at, vector in enumerate(vectors)]
    for strict in (0.9, 0.6, 0.3):
        radii = Radii(strict=strict)
        assert one_by_one(items[::-1], radii).all() == cluster(items, radii)


def test_leaders_are_the_first_that_no_earlier_leader_is_near() -> None:
    """Every member lies within the radius of its leader, and no two leaders of a group within it of each other."""
    items = random_items(11, 200)
    vectors = {plain(item.text): item.vector for item in items}
    found = cluster(items, Radii(0.8, 0.8))
    for one in found:
        assert all(float(vectors[text] @ vectors[one.leader]) >= 0.8 - 1e-5 for text in one.texts)
    for group in {one.group for one in found}:
        leaders = [vectors[one.leader] for one in found if one.group == group]
        assert all(float(a @ b) < 0.8 + 1e-5 for a, b in itertools.combinations(leaders, 2))


def test_a_value_stays_as_it_was_when_items_are_added_to_it() -> None:
    """Two ways of going on from one value do not see each other's items."""
    items = random_items(5, 40)
    begun = Clusters.of(items[:20])
    before = begun.all()
    left, right = begun.with_item(items[20]), begun.with_item(items[21])
    left = left.with_item(items[22])
    assert begun.all() == before
    assert left.all() == cluster([*items[:21], items[22]])
    assert right.with_item(items[23]).all() == cluster([*items[:20], items[21], items[23]])


def test_the_same_words_are_one_text_however_they_are_written() -> None:
    """Case and punctuation make no difference, and an item that comes twice counts once."""
    said = ["Lights please", "lights, please!", "what is this", "lights, please!"]
    vectors = _ENCODER.encode(said)
    items = [Item(f"s{at % 3}", UNSURE, text, vectors[at]) for at, text in enumerate(said)]
    assert cluster(items[:3]) == one_by_one(items, Radii()).all()
    assert {found.members for found in cluster(items[:3])} == {("s0", "s1"), ("s2",)}


def test_what_people_said_it_should_have_been_divides_what_sounds_alike() -> None:
    """The same words with two meanings are two clusters; what nobody explained keeps the strict radius."""
    vector = np.asarray([1.0, 0.0], np.float32)
    other = np.asarray([0.6, 0.8], np.float32)
    labelled = ("correction", "intent:fan_control")
    items = [
        Item("a", CORRECTED, "make it cosy", vector),
        Item("b", labelled, "make it cosy", vector),
        Item("c", labelled, "make it cozier", other),
        Item("d", UNSURE, "make it cosy", vector),
        Item("e", UNSURE, "make it cozier", other),
    ]
    found = {one.members for one in cluster(items, Radii(labelled=0.5))}
    assert found == {("a",), ("b", "c"), ("d",), ("e",)}


def test_nothing_makes_no_clusters() -> None:
    """No items, no clusters."""
    assert cluster([]) == ()
    assert (
        Cluster(UNSURE, "x", ("x",), ("s1",))
        in one_by_one([Item("s1", UNSURE, "x", np.asarray([1.0], np.float32))], Radii()).all()
    )
