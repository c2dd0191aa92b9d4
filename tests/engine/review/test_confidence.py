"""How surely something happens so often: bounds under Jeffreys' prior, in exact figures."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.review.confidence import by_chance, is_likelier, lower_bound, upper_bound
from engine.review.priority import CORRECTION, QUESTION, Weight


@pytest.mark.parametrize(
    ("count", "chances", "bound"), [(5, 5, 0.77), (6, 7, 0.63), (4, 5, 0.52), (10, 11, 0.75), (0, 4, 0.0)]
)
def test_the_tenth_percentile_is_what_it_is_said_to_be(count: int, chances: int, bound: float) -> None:
    assert lower_bound(count, chances) == pytest.approx(bound, abs=0.005)


def test_nothing_is_known_without_an_opportunity() -> None:
    assert (lower_bound(0, 0), upper_bound(0, 0)) == (0.0, 1.0)


@pytest.mark.parametrize(("count", "chances"), [(3, 2), (-1, 4)])
def test_figures_that_make_no_sense_are_refused(count: int, chances: int) -> None:
    with pytest.raises(ValueError, match=f"{count} of {chances}"):
        lower_bound(count, chances)


@given(st.integers(0, 400), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_a_tenth_of_the_posterior_lies_below_the_bound(count: int, misses: int) -> None:
    """The bound agrees with a sum over a fine grid."""
    if count + misses == 0:
        return
    grid = (np.arange(400_000) + 0.5) / 400_000
    logs = (count - 0.5) * np.log(grid) + (misses - 0.5) * np.log1p(-grid)
    weights = np.exp(logs - logs.max())
    below = weights[grid < lower_bound(count, count + misses)].sum() / weights.sum()
    assert below == pytest.approx(0.1, abs=0.01)


@given(st.integers(1, 60), st.integers(0, 60), st.floats(0.01, 0.99))
@settings(max_examples=60, deadline=None)
def test_by_chance_is_the_tail_of_the_binomial(count: int, misses: int, usual: float) -> None:
    chances = count + misses
    tail = math.fsum(math.comb(chances, n) * usual**n * (1 - usual) ** (chances - n) for n in range(count, chances + 1))
    assert by_chance(count, chances, usual) == pytest.approx(tail, rel=1e-6, abs=1e-12)


def test_of_two_shares_one_is_likelier() -> None:
    """Equal ones are even; a margin favours the first."""
    assert is_likelier((10, 20), (10, 20)) == pytest.approx(0.5, abs=0.01)
    assert is_likelier((18, 20), (4, 20)) > 0.999
    assert is_likelier((10, 20), (10, 20), 0.2) > 0.85


def test_a_correction_weighs_three_times_a_question_nobody_answered() -> None:
    corrected, ignored = Weight(6, 6, 0.8, CORRECTION), Weight(6, 6, 0.8, QUESTION)
    assert corrected.priority == pytest.approx(3 * ignored.priority, rel=1e-3)


def test_the_parts_of_a_priority_multiply_and_are_told() -> None:
    """Above five occurrences it is frequent, above 0.8 certain."""
    told = Weight(6, 8, 0.81, 3.0, 0.5).to_document()
    assert told["priority"] == pytest.approx(6 / 5 * 3.0 * 0.81 * 0.5, abs=1e-3)
    assert (told["frequent"], told["certain"], told["opportunities"]) == (True, True, 8)
    least = Weight(5, 5, 0.8, 3.0).to_document()
    assert (least["frequent"], least["certain"]) == (False, False)
