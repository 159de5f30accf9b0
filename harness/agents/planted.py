"""An agent with planted faults: what it does wrong, and when, it knows to the sample."""

from __future__ import annotations

from harness.agents._behaviours import (
    Behaviour,
    Line,
    Planted,
    answers,
    floods,
    greets,
    hangs_up,
    noise,
    paused,
    sends_garbage,
    talks_over,
    yields,
)
from harness.agents._choices import as_flag, as_number, as_one_of, as_time, refuse
from harness.audio import Samples, samples
from harness.errors import BadInput
from harness.plugins import options
from harness.speech import Voice

SAY = "Certainly, let me look into that for you right away, and then we will go through it together, step by step."
GREETING = "Good morning, how may I help you?"

LEAST_SURE = samples(0.15)
"""So much silence at least tells a line's end from a stop consonant."""

MOST_SURE = samples(0.5)
"""More silence than this is inside no line."""

_ONWARD = samples(0.05)


def planted(
    *,
    voice: Voice,
    delay: str = "0.7s",
    pace: str = "real",
    lead: str = "0ms",
    say: str = SAY,
    greet: str = "0.5s",
    turns: str = "1000",
    deaf: str = "false",
    yields_after: str = "300ms",
    pause: str = "0ms",
    pause_at: str = "1s",
    noise_floor: str = "none",
    talk_over: str = "never",
    hang_up: str = "never",
    silent: str = "false",
    flood: str = "false",
    garbage: str = "false",
    **unknown: str,
) -> Planted:
    """An agent that answers exactly `delay` after the caller's last voiced sample, and logs what it did.

    pace: real sends speech in 20 ms chunks at their own instants, burst all of it at once. lead:
    silence in the stream before the first audible sample, within the delay. say: its answer.
    greet: when it speaks first, or never. turns: how many lines it answers. yields_after: how long
    after the onset of a line over its speech it falls silent (a burst is withdrawn); deaf: it
    never does. pause, pause_at: a silence in its answer, so long, so far in. noise_floor: comfort
    noise all the time, in dBFS (paced only). talk_over: it speaks so long after the onset of each
    line of the caller's. hang_up: it closes the line so long into its first answer. silent: it
    never speaks. flood: ten times real time, for ever. garbage: no message in every frame.

    It hears edges exactly, which takes a line without noise. Its `log` holds the truth, and is told
    as `state {planted, sample}` too. Raises BadInput for an option that isn't there or can't be read.
    """
    refuse(unknown, options(planted))
    pace = as_one_of("pace", pace, ("real", "burst"))
    floor = None if noise_floor == "none" else noise(as_number("noise_floor", noise_floor, "dBFS"))
    if floor is not None and pace == "burst":
        raise BadInput("comfort noise is a stream in real time: it takes pace=real", value=noise_floor)
    behaviours: list[Behaviour] = []
    wait = as_time("delay", delay)
    sure = min(max(wait - _ONWARD, LEAST_SURE), MOST_SURE)
    if not as_flag("silent", silent):
        answer, hello = _said(voice, say), _said(voice, GREETING)
        answer = paused(answer, as_time("pause_at", pause_at), as_time("pause", pause))
        if greet != "never":
            behaviours.append(greets(hello, GREETING, as_time("greet", greet)))
        if not as_flag("deaf", deaf):
            behaviours.append(yields(as_time("yields_after", yields_after)))
        behaviours.append(answers(answer, say, wait, as_time("lead", lead), int(as_number("turns", turns))))
        if talk_over != "never":
            behaviours.append(talks_over(answer, say, as_time("talk_over", talk_over)))
        if hang_up != "never":
            behaviours.append(hangs_up(as_time("hang_up", hang_up)))
    if as_flag("flood", flood):
        behaviours.append(floods)
    if as_flag("garbage", garbage):
        behaviours.append(sends_garbage)
    return Planted(Line(pace, floor), sure, behaviours)


def _said(voice: Voice, text: str) -> Samples:
    speech = voice(text, "en-US")
    return speech.samples[speech.onset : speech.end]
