"""Calls by callers that improvise: kept with what their minds answered, and given again to the byte; live, too."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from harness.agents.planted import planted
from harness.audio import FRAME, RATE, Samples, samples
from harness.call.line import Arrived, Audio, Frame, Telling
from harness.chat import KEY, read_rows
from harness.errors import BadInput
from harness.recording import Recording, load
from harness.run.control import controlled
from harness.run.desk import Desk, Order
from harness.run.folder import open_run
from harness.run.improvising import Minds, improviser, minds_for
from harness.run.live import converse
from harness.run.placing import make_recording
from harness.run.preparing import prepare
from harness.run.rescoring import rescore
from harness.run.serve import attend
from harness.run.suite import Finished, Plan, run_suite
from harness.run.targets import read_target
from harness.run.wire import memory_line
from harness.scenario.saved import load as load_scenario
from harness.scenario.suite import read_suite
from harness.score import Scorecard
from harness.timeline import CallerLate, Controlled, Interrupted, LineSaid, SpeechStopped
from harness.transports.pcm import pcm
from harness.voices import voice_for
from tests.call.lines import of, tone
from tests.endpoint import Endpoint, Reply, Request, endpoint, fails, says

SCENARIO = """
scenario: Somebody books, and cuts in
caller: {voice: {engine: pico}, manners: {breath: 0.5s, patience: 4s}}
world:
  line: {codec: mulaw}
goal: Book an appointment on the thirteenth of March.
facts:
  date: {value: 2026-03-13, was: 2026-03-12}
truth:
  entities: {date: {value: 2026-03-13, was: 2026-03-12}}
expect:
  response_latency.max: "<= 1s"
"""
AGENT = "planted?delay=700ms"
CALL = "books-0"


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("suite") / "books.yaml"
    path.write_text(SCENARIO)
    return path


def rung(books: Path, reports: Path, minds: Minds, *, control: bool = False, agent: str = AGENT) -> Finished:
    plan = Plan(read_suite([books], seed=3), agent, reports=reports, name="run", control=control, minds=minds)
    return run_suite(plan, lambda _card, _done, _total: None)


def thinks(request: Request) -> Reply:
    """Asks, cuts in at "right away", thanks, and hangs up."""
    asked = request["messages"][-1]["content"]
    if "The agent is still speaking" in asked:
        cuts = {"after_phrase": "right away", "kind": "correction", "say": "No, on the thirteenth."}
        once = "right away" in asked and "you: (correction)" not in asked
        return says(json.dumps({"steps": [{"interrupt": cuts}]} if once else {"listen": True}))
    if "you: " not in asked:
        return says(json.dumps({"steps": [{"say": "I need a slot on the twelfth."}]}))
    return says(json.dumps({"steps": [{"say": "Thank you, goodbye."}], "hang_up": True}))


@pytest.fixture(scope="module")
def first(books: Path, tmp_path_factory: pytest.TempPathFactory) -> Finished:
    with endpoint(thinks) as served:
        finished = rung(books, tmp_path_factory.mktemp("first"), Minds("tiny", served.url), control=True)
    assert len(served.requests) == len(read_rows(finished.folder / "calls" / CALL / "caller.jsonl"))
    return finished


def bytes_of(run: Path, name: str) -> bytes:
    return (run / "calls" / CALL / name).read_bytes()


def test_a_call_by_a_model_is_scored_and_kept_with_its_moves_as_steps(first: Finished) -> None:
    (card,) = first.cards
    assert (card.status, card.verdict.value) == ("scored", "pass")
    folder = first.folder / "calls" / CALL
    said = [event.text for event in load(folder).events if isinstance(event, LineSaid)]
    assert said == ["I need a slot on the twelfth.", "No, on the thirteenth.", "Thank you, goodbye."]
    steps = load_scenario(folder).steps
    assert [type(step).__name__ for step in steps] == ["Say", "Interrupt", "Say"]
    assert json.loads((first.folder / "run.json").read_text())["caller"]["model"] == "tiny"


def test_a_control_call_decides_as_the_call_did_without_asking_anyone(first: Finished) -> None:
    events = load(first.folder / "calls" / CALL).events
    (control,) = (event for event in events if isinstance(event, Controlled))
    (cut,) = (event for event in events if isinstance(event, Interrupted))
    assert (control.at, control.step) == (cut.at, cut.step)
    assert control.left > 0


class Mute:
    """An agent that tells nothing of what it says."""

    def __init__(self) -> None:
        self._agent = planted(voice=voice_for("pico"))

    def step(self, said: Frame) -> Sequence[Arrived]:
        return [arrived for arrived in self._agent.step(said) if not isinstance(arrived.what, Telling)]


def test_a_script_that_waits_for_no_words_listens_for_none_in_its_control_calls_either(tmp_path: Path) -> None:
    path = tmp_path / "script.yaml"
    murmurs = "script: [{say: hello there}, {backchannel: {after: 1s, say: mm-hmm}}]\n"
    path.write_text("scenario: a\ncaller: {voice: {engine: pico}, manners: {patience: 2s}}\n" + murmurs)
    listened: list[Samples] = []

    def hears(samples: Samples) -> str:
        listened.append(samples)
        return "words"

    desk = Desk(Order(read_target("planted"), tmp_path), hears, agent=Mute)
    (scenario,) = read_suite([path]).scenarios
    made = controlled(make_recording(scenario, desk), scenario, desk)
    assert of(made, Controlled)
    assert listened == []


def test_a_run_replayed_without_a_model_is_the_same_to_the_byte(first: Finished, books: Path, tmp_path: Path) -> None:
    again = rung(books, tmp_path, Minds(replay=first.folder), control=True)
    for name in ("call.wav", "clean.flac", "timeline.jsonl", "scenario.json", "caller.jsonl"):
        assert bytes_of(again.folder, name) == bytes_of(first.folder, name), name
    assert again.cards[0].to_json() == first.cards[0].to_json()


def test_a_replay_that_the_agent_leads_another_way_is_void_and_not_the_agents_failure(
    first: Finished, books: Path, tmp_path: Path
) -> None:
    other = AGENT + "&say=Something else entirely, which nobody had said in the other call."
    again = rung(books, tmp_path, Minds(replay=first.folder), agent=other)
    (card,) = again.cards
    assert card.status == "void"
    assert "another way than the one that is replayed" in (card.why or "")
    assert again.exit_code() == 2


def test_a_replay_asks_the_model_only_what_was_never_asked(first: Finished, books: Path, tmp_path: Path) -> None:
    other = AGENT + "&say=Something else entirely, and right away, which nobody had said in the other call."
    with endpoint(thinks) as served:
        again = rung(books, tmp_path, Minds("tiny", served.url, first.folder), agent=other)
    before = len(read_rows(first.folder / "calls" / CALL / "caller.jsonl"))
    asked = len(read_rows(again.folder / "calls" / CALL / "caller.jsonl"))
    assert again.cards[0].status == "scored"
    assert 0 < len(served.requests) < asked
    assert before > 0


def test_it_can_be_scored_again_from_its_folder(first: Finished) -> None:
    before = first.cards[0]
    after = rescore(first.folder, lambda _card, _done, _total: None).cards[0]
    assert after.scores == before.scores


def failing(books: Path, reports: Path, reply: Reply) -> tuple[Scorecard, Endpoint]:
    with endpoint(lambda _request: reply) as served:
        return rung(books, reports, Minds("tiny", served.url)).cards[0], served


@pytest.mark.parametrize(
    ("reply", "why", "asked"),
    [
        (says("Hello, I would like to book."), "gave no move twice running: the caller's answer is no JSON", 2),
        (fails(500, "out of order"), "the model tiny did not answer: Error code: 500", 1),
    ],
)
def test_a_mind_that_fails_voids_the_call_and_its_recording_says_so(
    books: Path, tmp_path: Path, reply: Reply, why: str, asked: int
) -> None:
    card, served = failing(books, tmp_path, reply)
    assert card.status == "void"
    assert why in (card.why or "")
    assert {held.verdict.value for held in card.expect} == {"not_measured"}
    assert len(served.requests) == asked
    again = rescore(tmp_path / "run", lambda _card, _done, _total: None).cards[0]
    assert (again.status, again.why) == (card.status, card.why)


def test_without_a_mind_the_call_is_not_run_and_says_what_it_takes(books: Path, tmp_path: Path) -> None:
    finished = rung(books, tmp_path, Minds())
    (card,) = finished.cards
    assert card.status == "not_run"
    assert card.why == "its caller improvises, and there is nothing to think with: give --caller-model, or --replay"
    assert (finished.exit_code(), finished.exit_code(strict=True)) == (0, 1)
    assert not (finished.folder / "calls" / CALL).exists()
    assert rung(books, tmp_path / "keyless", Minds("tiny")).cards[0].why == (
        "there is no key for the model: set OPENAI_API_KEY"
    )


def test_what_is_to_be_thought_with_is_checked_before_anyone_is_rung(first: Finished, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="give --caller-model too"):
        minds_for(None, "http://127.0.0.1:1/v1", None)
    with pytest.raises(BadInput, match="not the URL of an endpoint"):
        minds_for("tiny", "127.0.0.1:1", None)
    with pytest.raises(BadInput, match="no run here"):
        minds_for(None, None, tmp_path)
    assert minds_for("tiny", None, first.folder) == Minds("tiny", None, first.folder)
    assert open_run(first.folder).run["caller"]["replay"] is None


class Patient:
    """An agent that greets, and lets the endpoint answer once it has heard nothing for so long."""

    def __init__(self, seconds: float, let: threading.Event) -> None:
        self._until = round(seconds * RATE / FRAME)
        self._let = let

    def step(self, said: Frame) -> Sequence[Arrived]:
        if said.number == self._until:
            self._let.set()
        at = (said.number + 1) * FRAME
        if said.number:
            return ()
        return (Arrived(at, Telling("agent.text", {"text": "Hello."})), Arrived(at, Audio(tone(0.3), "r", True)))


def test_live_no_frame_waits_for_a_slow_model_and_what_it_takes_is_the_callers_delay(books: Path) -> None:
    let = threading.Event()

    def slow(request: Request) -> Reply:
        if "The agent is still speaking" in request["messages"][-1]["content"]:
            return says('{"listen": true}')
        # The agent lets it answer; had the frames waited for the answer, nobody would.
        return says('{"steps": [{"say": "Hello."}], "hang_up": true}') if let.wait(10.0) else fails(500, "never let")

    scenario = replace(read_suite([books]).scenarios[0], world=())

    async def held(served: Endpoint) -> Recording:
        with improviser(scenario, Minds("tiny", served.url), live=True) as one:
            call, _ = prepare(scenario, caller=one.caller, limit=1.9)
            ours, theirs = memory_line()
            other = asyncio.create_task(attend(Patient(1.3, let), theirs))
            lateness = await converse(call, ours, pcm())
            await ours.close()
            await other
        return call.recording({}, lateness)

    with endpoint(slow) as served:
        made = asyncio.run(held(served))
    (line,), (late,), (stopped,) = of(made, LineSaid), of(made, CallerLate), of(made, SpeechStopped)
    # That a turn has ended is known 0.6 s behind its end, and the breath of 0.5 s is over by then.
    assert 0 <= late.at - stopped.at - samples(0.6) <= 2 * FRAME
    assert line.at == late.at + late.samples
    assert line.at >= 1.3 * RATE
