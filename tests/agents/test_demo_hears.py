"""The demo agent with its real ears: Moonshine on what Pico says, through the engine."""

from collections.abc import Iterator

import pytest

from harness.agents.demo import demo
from harness.recognisers.moonshine import moonshine, serving
from harness.timeline import HeardAs, MessageSent, ToolCalled
from tests.agents.calling import Script, ring, those, voice


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


def test_an_order_is_found_from_what_was_really_heard(server: str) -> None:
    script = Script("Where is my order?", "It is four, four, one, seven.", "No, that's all, thank you.")
    recording = ring(demo(voice=voice, recogniser=moonshine(server=server)), script)
    assert len(those(recording, HeardAs)) == 3
    (found,) = those(recording, ToolCalled)
    assert (found.name, found.arguments) == ("order_status", {"order": "4417"})
    assert those(recording, MessageSent)[0].text == "Larkfield: Your order 4417 is delayed, and leaves on Monday."
