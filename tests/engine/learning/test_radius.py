"""The radius of clusters is measured, shipped for one encoder and one golden set, and never used for others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.learning.clusters import STRICT
from engine.learning.radius import CalibratedRadius, calibrated_radius, radii_for


def around(angle: float, count: int, spread: float, seed: int) -> list[list[float]]:
    """Points of the unit circle around an angle in radians."""
    chance = np.random.default_rng(seed)
    return [[float(np.cos(a)), float(np.sin(a))] for a in angle + spread * chance.uniform(-1, 1, count)]


def test_the_radius_is_the_widest_at_which_pairs_are_still_pure() -> None:
    """Two heaps 1 radian apart, each 0.2 wide: pairs of two intents begin at 0.8 radians, so the radius ends there."""
    vectors = np.asarray([*around(0.0, 60, 0.1, 1), *around(1.0, 60, 0.1, 2)], np.float32)
    texts = [f"text {at}" for at in range(120)]
    found = calibrated_radius(texts, ["a"] * 60 + ["b"] * 60, vectors)
    assert float(np.cos(1.0)) < found.cosine < float(np.cos(0.78))
    assert found.purity >= 0.95


def test_where_near_pairs_are_of_many_intents_the_radius_is_the_strict_one() -> None:
    """Intents given out by chance leave nothing pure."""
    vectors = np.asarray(around(0.0, 100, 1.0, 3), np.float32)
    intents = list(np.random.default_rng(4).permutation(["a", "b", "c", "d"] * 25))
    assert calibrated_radius([f"text {at}" for at in range(100)], intents, vectors).cosine == STRICT


def test_texts_that_are_plainly_the_same_count_once() -> None:
    """A sentence that stands a hundred times in the golden set makes no pairs with itself."""
    vectors = np.asarray([[1.0, 0.0]] * 100, np.float32)
    assert calibrated_radius(["Lights on!"] * 100, ["a"] * 100, vectors).pairs == 0


def test_a_radius_of_another_encoder_or_golden_set_is_not_used(tmp_path: Path) -> None:
    """What was measured holds for what it was measured with, and for nothing else."""
    path = tmp_path / "radius.json"
    known = CalibratedRadius(0.7, 0.96, 1_000, "an encoder", "a golden set")
    known.save(path)
    assert radii_for("an encoder", "a golden set", path).labelled == pytest.approx(0.7)
    assert radii_for("an encoder", "a golden set", path).strict == STRICT
    assert radii_for("another", "a golden set", path).labelled == STRICT
    assert radii_for("an encoder", "another", path).labelled == STRICT
    assert CalibratedRadius.load(path) == known
    assert radii_for("an encoder", "a golden set", tmp_path / "none.json") == replace(radii_for("", "", path))
