"""How well misspelt names are found: `python -m bench.names [--strict] [--seed N]`.

300 seeded noisy variants (a typo, a dropped or doubled letter, swapped words, joined words, a dropped word) of 200 and
of 2,000 made-up device names. "Wrong and acted on" is a clear winner that is not the device meant.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from engine.understanding.names import NameIndex, clear_winner
from engine.understanding.plain import plain

PLACES = (
    "kitchen|living room|bedroom|guest room|hallway|bathroom|study|attic|cellar|garage|porch|garden|nursery|pantry|"
    "laundry|balcony|dining room|workshop|stairs|terrace|playroom|den|conservatory|entrance|loft|shed|driveway|gym|"
    "library|utility room|sauna|boot room|music room|greenhouse|landing|cloakroom|box room|carport|patio|veranda|"
    "barn|studio|roof|bunker|larder|wine cellar|dressing room|sunroom|foyer|courtyard|orchard|pool house|tower|annex|"
    "cottage|breakfast nook|mudroom|gallery|spare room"
).split("|")
SPOTS = (
    "ceiling|desk|corner|window|floor|wall|bedside|counter|mirror|shelf|table|left|right|front|back|upper|lower|"
    "reading|night|main|small|big|fireplace|cabinet|sofa|sink|closet|bookcase|piano|tree|round|old|new|red|green|"
    "blue|copper|glass|wooden|outer|inner|north|south|hanging|standing|wardrobe|aquarium|workbench|stove|bathtub|crib|"
    "dresser|easel|hammock|railing"
).split("|")
DEVICES = (
    "light|lamp|fan|blind|curtain|speaker|heater|thermostat|plug|socket|spotlight|strip|switch|shutter|television|"
    "radio|humidifier|sensor|valve|lock|camera|purifier|radiator|awning|projector|chandelier|lantern|kettle|dehumidifier|"
    "printer|doorbell|sprinkler|pump|charger|monitor|soundbar|gate|oven|dishwasher|fridge|freezer|toaster|mixer|"
    "diffuser|boiler|skylight|hood|scale"
).split("|")
OWNERS = ("Anna's", "Ben's", "Grandma's", "Mia's", "Theo's", "guest")


@dataclass(frozen=True)
class Outcome:
    """Shares of variants, and the median time of one search in milliseconds."""

    top: float
    acted: float
    wrong: float
    milliseconds: float


def device_names(count: int, chance: random.Random) -> list[str]:
    """Make up `count` different device names."""
    names: dict[str, None] = {}
    while len(names) < count:
        first = chance.choice(OWNERS) if chance.random() < 0.12 else chance.choice(PLACES)
        spot = f" {chance.choice(SPOTS)}" if chance.random() < 0.75 else ""
        number = f" {chance.randint(1, 4)}" if chance.random() < 0.08 else ""
        names[f"{first}{spot} {chance.choice(DEVICES)}{number}"] = None
    return list(names)


def noisy(name: str, chance: random.Random) -> str:
    """Misspell a name in one of six ways."""
    return chance.choice(_WAYS)(name.lower(), chance)


def _letter(change: Callable[[str, int, random.Random], str]) -> Callable[[str, random.Random], str]:
    def changed(name: str, chance: random.Random) -> str:
        places = [at for at, letter in enumerate(name) if letter.isalpha()]
        return change(name, chance.choice(places), chance)

    return changed


def _swap_words(name: str, chance: random.Random) -> str:
    words = name.split()
    at = chance.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def _join_words(name: str, chance: random.Random) -> str:
    words = name.split()
    at = chance.randrange(len(words) - 1)
    return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])


def _drop_word(name: str, chance: random.Random) -> str:
    words = name.split()
    if len(words) < 3:
        return _join_words(name, chance)
    words.pop(chance.randrange(len(words)))
    return " ".join(words)


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WAYS: tuple[Callable[[str, random.Random], str], ...] = (
    _letter(lambda name, at, chance: name[:at] + chance.choice(_LETTERS) + name[at + 1 :]),
    _letter(lambda name, at, _: name[:at] + name[at + 1 :]),
    _letter(lambda name, at, _: name[:at] + name[at] + name[at:]),
    _swap_words,
    _join_words,
    _drop_word,
)


def misspelt(names: list[str], real: set[str], chance: random.Random) -> tuple[str, str]:
    """Draw a name and a noisy variant of it that is not itself a name of the home."""
    while True:
        meant = chance.choice(names)
        said = noisy(meant, chance)
        if plain(said) not in real:
            return meant, said


def measure(count: int, seed: int, variants: int = 300) -> Outcome:
    """Search `variants` noisy names among `count`."""
    chance = random.Random(seed)
    names = device_names(count, chance)
    index = NameIndex.of((name, name) for name in names)
    top = acted = wrong = 0
    times = []
    real = {plain(name) for name in names}
    for _ in range(variants):
        meant, said = misspelt(names, real, chance)
        begun = time.perf_counter()
        matches = index.search(said)
        winner = clear_winner(matches)
        times.append(time.perf_counter() - begun)
        top += matches[0].key == meant
        acted += winner is not None
        wrong += winner is not None and winner.key != meant
    return Outcome(top / variants, acted / variants, wrong / variants, statistics.median(times) * 1e3)


def main(arguments: list[str] | None = None) -> int:
    """Print the table; with `--strict`, exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args(arguments)
    missed = False
    print(f"{'names':>6} {'top-1':>7} {'goal':>6} {'wrong+acted':>12} {'goal':>6} {'acted':>6} {'ms':>6} {'goal':>5}")
    for count, goal in ((200, 0.98), (2_000, 0.95)):
        found = measure(count, options.seed)
        missed |= found.top < goal or found.wrong > 0.01 or found.milliseconds > 2.5
        print(
            f"{count:>6} {found.top:>7.1%} {goal:>6.0%} {found.wrong:>12.1%} {'1%':>6} {found.acted:>6.0%}"
            f" {found.milliseconds:>6.2f} {2.5:>5}"
        )
    return 1 if missed and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
