from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.statistics import generator, nearest_rank, percentile_over_calls, rank_of, seed_from


@pytest.mark.parametrize(("share", "value"), [(0.05, 15), (0.30, 20), (0.40, 20), (0.50, 35), (1.00, 50)])
def test_a_percentile_is_the_nearest_rank(share: float, value: int) -> None:
    assert nearest_rank([50, 15, 40, 20, 35], share) == value


@given(st.integers(1, 2000), st.integers(1, 10_000))
def test_the_rank_is_exact_although_shares_are_binary_fractions(count: int, ten_thousandths: int) -> None:
    rank = rank_of(count, ten_thousandths / 10_000)
    assert rank * 10_000 >= count * ten_thousandths
    assert (rank - 1) * 10_000 < count * ten_thousandths


def test_seven_percent_of_a_hundred_is_the_seventh() -> None:
    assert 0.07 * 100 > 7
    assert rank_of(100, 0.07) == 7


def test_what_never_came_ranks_above_everything() -> None:
    assert nearest_rank([math.inf, 0.5, 0.7], 0.5) == 0.7
    assert nearest_rank([math.inf, math.inf, 0.7], 0.5) == math.inf


def test_an_interval_holds_the_percentile_and_repeats_with_its_seed() -> None:
    draw = np.random.default_rng(5)
    calls = [draw.normal(1.0, 0.2, 8).tolist() for _ in range(40)]
    found = percentile_over_calls(calls, 0.95, seed=3)
    assert found.low <= found.value <= found.high
    assert found.value == nearest_rank([value for call in calls for value in call], 0.95)
    assert found == percentile_over_calls(calls, 0.95, seed=3)
    assert found != percentile_over_calls(calls, 0.95, seed=4)


def test_the_interval_resamples_whole_calls_and_not_turns() -> None:
    """Turns that are alike within a call are no more evidence than one of them."""
    draw = np.random.default_rng(5)
    centres = draw.normal(1.0, 0.3, 25)
    alike = [[float(centre)] * 8 for centre in centres]
    once = [[float(centre)] for centre in centres]
    repeated, single = percentile_over_calls(alike, 0.5, 1), percentile_over_calls(once, 0.5, 1)
    assert (repeated.low, repeated.high) == (single.low, single.high)


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(11)
    truth = 1.0
    covered = 0
    for trial in range(100):
        calls = [(truth + draw.normal(0.0, 0.2) + draw.normal(0.0, 0.1, 5)).tolist() for _ in range(30)]
        found = percentile_over_calls(calls, 0.5, seed=trial, draws=200)
        covered += found.low <= truth <= found.high
    assert 88 <= covered <= 100


def test_an_interval_reaches_what_never_came() -> None:
    calls = [[0.5] * 5] * 15 + [[0.5, math.inf, math.inf, math.inf, math.inf]] * 5
    found = percentile_over_calls(calls, 0.95, seed=1)
    assert found.value == math.inf
    assert found.high == math.inf
    assert percentile_over_calls([[], [1.0]], 0.95, seed=1).value == 1.0


def test_a_generator_belongs_to_its_purpose() -> None:
    assert generator(7, "noise").random() == generator(7, "noise").random()
    assert generator(7, "noise").random() != generator(7, "pauses").random()
    assert seed_from("a", "b") != seed_from("ab")
    assert 0 <= seed_from("a") < 1 << 63
