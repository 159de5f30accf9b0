"""An agent with planted faults: what it does wrong, and when, it knows to the sample."""

from __future__ import annotations

from harness.agents._behaviours import Behaviour, Line, Planted, sure_after
from harness.agents._choices import as_flag, as_number, as_one_of, as_time, refuse
from harness.agents._conduct import always, answers, floods, greets, hangs_up, noise, sends_garbage, talks_over, yields
from harness.agents._utterance import spoken
from harness.errors import BadInput
from harness.plugins import options
from harness.speech import Voice

SAY = "Certainly, let me look into that for you right away, and then we will go through it together, step by step."
GREETING = "Good morning, how may I help you?"


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
    sure = sure_after(wait)
    if not as_flag("silent", silent):
        answer = spoken(voice, say).paused(as_time("pause_at", pause_at), as_time("pause", pause))
        if greet != "never":
            behaviours.append(greets(spoken(voice, GREETING), as_time("greet", greet)))
        if not as_flag("deaf", deaf):
            behaviours.append(yields(as_time("yields_after", yields_after)))
        most = int(as_number("turns", turns))
        behaviours.append(answers(always(answer), wait, lead=as_time("lead", lead), turns=most))
        if talk_over != "never":
            behaviours.append(talks_over(answer, as_time("talk_over", talk_over)))
        if hang_up != "never":
            behaviours.append(hangs_up(as_time("hang_up", hang_up)))
    if as_flag("flood", flood):
        behaviours.append(floods)
    if as_flag("garbage", garbage):
        behaviours.append(sends_garbage)
    return Planted(Line(pace, floor), sure, behaviours)
