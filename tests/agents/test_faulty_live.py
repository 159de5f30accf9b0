"""A faulty agent behind a socket does what it does in this process: three of them, rung at once over loopback."""

import asyncio

import numpy as np

from harness.audio import RATE, samples
from harness.call.call import Call
from harness.recording import Recording
from harness.run.live import ring
from harness.run.serve import serving
from harness.run.targets import factory_of, read_target
from harness.scenario import Manners
from harness.timeline import AgentState, AudioWithdrawn, HungUp, LineSaid, Party
from tests.agents.calling import Script, cut_in, those, voice

ASKS = "Where is my order?"
CUTS = "Sorry I meant my other one"
COMMON = "greet=0.1s&greeting=Hello.&length=2.5s&reply=Right.&delay=0.8s"


async def rung(fault: str) -> Recording:
    factory = factory_of(read_target(f"faulty?fault={fault}&{COMMON}"), voice=voice)
    script = Script(ASKS, cut_in(0.6, CUTS))
    call = Call(script, manners=Manners(breath=0.3, hesitation=0.0), seed=1, limit=6.5)
    async with serving(factory) as url:
        await ring(call, url, call_id=fault)
    return call.recording({})


async def all_at_once(*faults: str) -> dict[str, Recording]:
    return dict(zip(faults, await asyncio.gather(*map(rung, faults)), strict=True))


def told(recording: Recording, what: str) -> list[int]:
    return [event.attrs["sample"] for event in those(recording, AgentState) if event.attrs.get("planted") == what]


def test_faults_are_the_same_over_a_socket() -> None:
    factory_of(read_target(f"faulty?{COMMON}"), voice=voice)()
    recordings = asyncio.run(all_at_once("deaf", "bursts_and_clears", "hangs_up&hang_up=0.4s"))
    deaf, burst, gone = recordings.values()
    cut = those(deaf, LineSaid)[1]
    assert not those(deaf, AudioWithdrawn)
    assert np.abs(deaf.heard[cut.at + samples(1.0) : cut.at + samples(1.5)]).max() > 0.01

    withdrawn = those(burst, AudioWithdrawn)[0]
    assert withdrawn.samples > RATE // 2
    assert not burst.heard[withdrawn.at : withdrawn.at + samples(0.3)].any()
    # The agent's clock starts a little after ours: what it told is on its own.
    assert len(told(burst, "stopped")) == 1

    (hung,) = those(gone, HungUp)
    assert hung.party is Party.AGENT
    assert len(those(gone, LineSaid)) == 1
