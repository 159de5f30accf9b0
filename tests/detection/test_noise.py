"""Noise under the agent's speech changes no verdict, and what it blurs is said."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.detection import spurts
from harness.selftest.dialogues import CLEAN, Condition, Tally, dialogue, middle
from tests.detection.sounds import SENTENCE, TALKERS, hiss, room, rumble, said, track

LINES = ("Yes.", SENTENCE, "Sure, one moment please.", "Five dollars and sixty cents.")


@cache
def tally(condition: Condition, noise: Callable[[float, float], Samples] | None = None, dbov: float = 0.0) -> Tally:
    """What is found of a dialogue of each talker."""
    counted = Tally()
    for engine, accent in TALKERS:
        agent = [said(text, engine, accent) for text in LINES]
        planted = dialogue(agent, agent, condition, seed=2)
        heard = planted.recording.heard
        if noise is not None:
            heard = heard + noise(len(heard) / RATE, dbov)
        counted.note(planted, spurts(heard))
    return counted


@pytest.mark.parametrize("kind", [hiss, rumble])
@pytest.mark.parametrize("dbov", [-60.0, -40.0])
@pytest.mark.parametrize("veto", [True, False])
def test_steady_noise_alone_is_no_speech(kind: Callable[[float, float], Samples], dbov: float, veto: bool) -> None:
    found = spurts(kind(8.0, dbov), veto=veto)
    assert found.spurts == ()
    assert found.floor == pytest.approx(dbov, abs=1.5)


@pytest.mark.parametrize(("dbov", "near"), [(-60.0, 10.0), (-40.0, 40.0)])
def test_comfort_noise_moves_edges_by_little_and_invents_none(dbov: float, near: float) -> None:
    counted = tally(Condition("", noise=dbov))
    assert middle([*counted.onsets, *counted.stops]) <= near
    assert counted.invented == 0
    assert counted.onsets.count(float("inf")) <= len(counted.onsets) // 20


def test_the_resolution_grows_with_the_noise_and_holds_nine_edges_in_ten() -> None:
    published = []
    for condition in (CLEAN, Condition("", noise=-60.0), Condition("", noise=-50.0), Condition("", noise=-40.0)):
        counted = tally(condition)
        resolution = float(np.median(counted.resolutions))
        assert middle([*counted.onsets, *counted.stops], 0.9) <= 1000 * resolution
        published.append(resolution)
    assert published == sorted(published)
    assert published[0] == pytest.approx(0.002)
    assert published[-1] > 10 * published[0]


@pytest.mark.parametrize("dbov", [-70.0, -60.0, -50.0, -40.0])
def test_the_floor_that_is_published_is_the_noise_that_was_planted(dbov: float) -> None:
    agent = [said(text) for text in LINES]
    found = spurts(dialogue(agent, agent, Condition("", noise=dbov), seed=3).recording.heard)
    assert found.floor == pytest.approx(dbov, abs=1.0)
    assert found.level == pytest.approx(-26.0, abs=1.0)


@pytest.mark.parametrize("levels", [(-45.0, -45.0), (-40.0, -55.0)])
def test_noise_that_comes_and_goes_with_the_agents_stream_is_no_speech(levels: tuple[float, float]) -> None:
    """Its comfort noise leads each reply by 0.3 s and follows it for 0.2 s; between replies the line is silent."""
    heard, onsets, at = track(60.0), [], RATE
    for number, line in enumerate([said(text) for text in LINES] * 2):
        length = len(line.samples) + RATE // 2
        heard[at : at + length] += hiss(length / RATE, levels[number // len(LINES)], seed=number)
        begin = at + RATE * 3 // 10
        heard[begin : begin + len(line.samples)] += line.samples
        onsets.append(begin + line.onset)
        at += length + 2 * RATE
    found = [start for start, _ in spurts(heard).spurts]
    late = sorted(min(abs(start - onset) for start in found) / RATE for onset in onsets)
    assert late[-1] <= 0.15
    assert late[len(late) // 2] <= 0.02


def test_turns_stay_apart_in_a_room_full_of_people() -> None:
    line = said(SENTENCE)
    starts = [RATE * second for second in (2, 9, 16, 23)]
    heard = track(30.0, *((at, line.samples) for at in starts)) + room(30.0, -44.0)
    found = spurts(heard).spurts
    for at in starts:
        mine = [(a, b) for a, b in found if a < at + line.end and at + line.onset < b]
        assert mine, "this turn was not heard"
        assert mine[0][0] >= at + line.onset - RATE // 4
        assert mine[-1][1] <= at + line.end + RATE // 4
    assert sum(b - a for a, b in found) <= 1.2 * len(starts) * (line.end - line.onset)


def test_somebody_far_from_the_microphone_is_not_the_agent() -> None:
    line = said(SENTENCE)
    far = said(SENTENCE, "pico", "en-GB").samples * np.float32(0.05)
    heard = track(12.0, (RATE, line.samples), (8 * RATE, far))
    assert all(start < 6 * RATE for start, _ in spurts(heard).spurts)


def test_a_soft_steady_sound_is_no_floor_for_the_speech_near_it() -> None:
    """A hum between silences holds still as noise does; speech after it has moments that are quieter."""
    hum = hiss(0.7, -38.0)
    heard = track(9.0, (RATE, hum), (3 * RATE, said(SENTENCE).samples))
    first, *_ = [spurt for spurt in spurts(heard, veto=False).spurts if spurt[0] > 2 * RATE]
    alone = track(9.0, (3 * RATE, said(SENTENCE).samples))
    assert first == pytest.approx(spurts(alone).spurts[0], abs=RATE // 200)


@pytest.mark.parametrize("lead", [0.36, 0.8, 1.2])
@pytest.mark.parametrize("dbov", [-45.0, -36.0])
@pytest.mark.parametrize("onset", [8.2, 8.95])
def test_noise_that_sets_in_before_the_speech_is_none_of_it(lead: float, dbov: float, onset: float) -> None:
    talker, accent = TALKERS[0]
    first, second = (said(text, talker, accent) for text in (LINES[2], SENTENCE))
    start, heard = round(onset * RATE), np.zeros(16 * RATE, np.float32)
    heard[RATE : RATE + first.end - first.onset] = first.samples[first.onset : first.end]
    heard[start : start + second.end - second.onset] = second.samples[second.onset : second.end]
    begins = start - round(lead * RATE)
    heard[begins:] += hiss((len(heard) - begins) / RATE, dbov)
    found = next(a for a, _ in spurts(heard).spurts if a > 6 * RATE)
    assert found == pytest.approx(start, abs=RATE // 10)


@pytest.mark.parametrize("bleeps", [1, 3])
def test_a_bleep_louder_than_all_the_speech_hides_none_of_it(bleeps: int) -> None:
    talker, accent = TALKERS[0]
    speech = said(SENTENCE, talker, accent)
    quiet = (speech.samples[speech.onset : speech.end] * 0.1).astype(np.float32)
    tone = (0.9 * np.sin(2 * np.pi * 1000 * np.arange(2 * RATE) / RATE)).astype(np.float32)
    placed = [(RATE, quiet), *((6 * RATE + 3 * RATE * n, tone) for n in range(bleeps)), (20 * RATE, quiet)]
    alone = spurts(track(26.0, (RATE, quiet), (20 * RATE, quiet)))
    found = spurts(track(26.0, *placed))
    assert found.spurts == alone.spurts
    assert found.level == pytest.approx(alone.level, abs=0.5)
