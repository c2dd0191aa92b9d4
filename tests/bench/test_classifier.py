"""The classifier alone is judged on what it has never seen, with the exemplars of a data set and no others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bench.classifier import judged
from bench.replay.dataset import Said, load
from engine.embedding import HashedEncoder
from tests.bench.tiny_language import write


def test_it_is_right_where_golden_rows_are_worded_as_the_base_and_wrong_where_they_mean_another(tmp_path: Path) -> None:
    dataset = load(write(tmp_path)[0])
    right, milliseconds = judged(dataset, HashedEncoder())
    assert right >= 0.5
    assert milliseconds > 0
    swapped = replace(dataset, golden=tuple(Said(said.text, "nothing of the kind") for said in dataset.golden))
    assert judged(swapped, HashedEncoder())[0] == 0
