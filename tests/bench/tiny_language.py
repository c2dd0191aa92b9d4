"""Two tiny labelled data sets, made up for tests, in the shape the replay reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

_ROOMS = "attic cellar porch hallway pantry loft study den barn shed".split()
_HOUSE: Mapping[str, Sequence[str]] = {
    "lamp_on": ("make it bright in the {}", "light up the {}", "i cannot see in the {}", "{} lamp on please"),
    "lamp_off": ("make it dark in the {}", "put the {} lamp out", "no more light in the {}", "{} lamp off please"),
    "heat_up": ("warm the {}", "it is freezing in the {}", "i am cold in the {}", "more heat for the {}"),
    "sweep": ("sweep the {}", "there are crumbs in the {}", "the floor of the {} is dirty", "hoover in the {}"),
    "gate_open": ("let the visitors into the {}", "unbar the {}", "the {} has to be open", "open up the {}"),
}
_GARDEN: Mapping[str, Sequence[str]] = {
    "water": ("the roses near the {} are dry", "sprinkle the beds by the {}", "give the {} plants a drink"),
    "mow": ("cut the grass behind the {}", "the lawn at the {} is too long", "run the mower around the {}"),
}


def write(folder: Path) -> tuple[Path, Path]:
    """Write both sets and return their files."""
    return _written(folder / "house.jsonl", _HOUSE), _written(folder / "garden.jsonl", _GARDEN)


def _written(path: Path, wordings: Mapping[str, Sequence[str]]) -> Path:
    lines = (json.dumps(row) for label, frames in wordings.items() for row in _rows(label, frames))
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def _rows(label: str, frames: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """Yield two base rows, then golden ones of the same wordings, then what people say."""
    for at, frame in enumerate(frames):
        for which, room in enumerate(_ROOMS):
            split = "base" if at == 0 and which < 2 else "golden" if at < 2 and which == 2 else "stream"
            yield {"text": frame.format(room), "label": label, "split": split}
