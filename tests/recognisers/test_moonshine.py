import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Client, Listener
from pathlib import Path

import numpy as np
import pytest

from harness.audio import RATE, Samples
from harness.errors import CallVoid
from harness.recognisers.moonshine import LONGEST, moonshine, serving
from harness.voices import voice_for

NOWHERE = "/nowhere/words"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAHNESS_CACHE", str(tmp_path / "cache"))


def plain(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalpha() or char == " ")


def quiet(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE), np.float32)


def buzz(seconds: float, level: float = 0.1) -> Samples:
    return np.full(int(seconds * RATE), level, np.float32)


@contextmanager
def answering(answer: Callable[[Samples], bytes], folder: Path) -> Iterator[str]:
    """A server that hears nothing, and answers as it is told to; b"" hangs up."""
    address = str(folder / "s")
    with Listener(address, "AF_UNIX") as listener:

        def serve() -> None:
            with listener.accept() as line:
                while True:
                    try:
                        reply = answer(np.frombuffer(line.recv_bytes(), "<f4"))
                    except EOFError:
                        return
                    if not reply:
                        return
                    line.send_bytes(reply)

        thread = threading.Thread(target=serve)
        thread.start()
        yield address
        thread.join(30)


def test_speech_becomes_its_words_the_same_each_time(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = voice_for("pico")("Please move my appointment to Friday.", "en-US").samples
    heard = moonshine(server=server)(spoken)
    assert plain(heard) == "please move my appointment to friday"
    moonshine(server=server)(voice_for("pico")("Thanks, bye.", "en-US").samples)
    monkeypatch.setenv("VAHNESS_CACHE", str(tmp_path / "another"))
    assert moonshine(server=server)(spoken) == heard


def test_the_silence_around_speech_changes_no_word(server: str, tmp_path: Path) -> None:
    spoken = voice_for("pico")("Yes.", "en-US").samples
    recogniser = moonshine(server=server)
    around = [(0.0, 0.0), (0.6, 0.1), (0.2, 1.5)]
    assert {plain(recogniser(np.concatenate([quiet(a), spoken, quiet(b)]))) for a, b in around} == {"yes"}


def test_several_processes_share_one_server(server: str) -> None:
    program = (
        "import sys; from harness.recognisers.moonshine import moonshine; from harness.voices import voice_for\n"
        "print(moonshine(server=sys.argv[1])(voice_for('pico')(sys.argv[2], 'en-US').samples))\n"
    )
    lines = ["Where is my order?", "I want to speak to a manager."]
    asking = [
        subprocess.Popen([sys.executable, "-c", program, server, line], stdout=subprocess.PIPE, text=True)
        for line in lines
    ]
    heard = [process.communicate(timeout=60)[0].strip() for process in asking]
    assert [plain(text) for text in heard] == [plain(line) for line in lines]


def test_what_was_heard_before_needs_no_server(tmp_path: Path) -> None:
    with answering(lambda _: b"+four words were said", tmp_path) as address:
        recogniser = moonshine(server=address)
        assert recogniser(buzz(1.0)) == "four words were said"
        recogniser.close()
    assert moonshine(server=NOWHERE)(buzz(1.0)) == "four words were said"
    with pytest.raises(CallVoid):
        moonshine(server=NOWHERE)(buzz(1.0, 0.2))


@pytest.mark.parametrize(
    "sound", [quiet(0), quiet(3.0), buzz(0.09), buzz(2.0, 0.001)], ids=["none", "silent", "short", "faint"]
)
def test_what_is_silent_or_too_short_has_no_words_and_is_not_asked_about(sound: Samples) -> None:
    assert moonshine(server=NOWHERE)(sound) == ""


def test_a_server_that_is_not_there_voids_the_call() -> None:
    with pytest.raises(CallVoid, match="server is gone"):
        moonshine(server=NOWHERE)(buzz(1.0))


def test_a_server_that_hangs_up_voids_the_call(tmp_path: Path) -> None:
    with answering(lambda _: b"", tmp_path) as address, pytest.raises(CallVoid, match="server is gone"):
        moonshine(server=address)(buzz(1.0))


def test_what_the_server_fails_at_voids_the_call_and_is_not_kept(tmp_path: Path) -> None:
    replies = iter([b"-RuntimeError: Moonshine failed with -1", b"+better"])
    with answering(lambda _: next(replies), tmp_path) as address:
        recogniser = moonshine(server=address)
        with pytest.raises(CallVoid, match="Moonshine failed with -1"):
            recogniser(buzz(1.0))
        assert recogniser(buzz(1.0)) == "better"
        recogniser.close()


def test_long_sound_is_heard_in_pieces_that_cut_no_word(tmp_path: Path) -> None:
    pieces: list[Samples] = []

    def answer(sound: Samples) -> bytes:
        pieces.append(sound)
        return f"+piece {len(pieces)}".encode()

    spoken = np.concatenate([part for _ in range(56) for part in (buzz(0.5), quiet(0.25))])
    with answering(answer, tmp_path) as address:
        recogniser = moonshine(server=address)
        heard = recogniser(spoken)
        recogniser.close()
    assert heard == " ".join(f"piece {n + 1}" for n in range(len(pieces)))
    assert len(pieces) >= 3
    for piece in pieces:
        voiced = np.flatnonzero(piece)
        length = voiced[-1] + 1 - voiced[0]
        assert length <= LONGEST
        assert (length + 0.25 * RATE) % (0.75 * RATE) == 0, "it begins and ends with a whole burst"
    assert sum(np.count_nonzero(piece) for piece in pieces) == np.count_nonzero(spoken)


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_with_its_owner_however_that_ends(end: signal.Signals) -> None:
    program = (
        "import sys; from harness.recognisers.moonshine import serving\n"
        "with serving() as address:\n"
        "    print(address, flush=True)\n"
        "    sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as owner:
        assert owner.stdout is not None
        address = owner.stdout.readline().strip()
        with Client(address, "AF_UNIX") as line:
            if end is signal.SIGINT:
                os.killpg(owner.pid, end)  # as a Ctrl-C reaches everybody in the terminal
            else:
                owner.send_signal(end)
            assert line.poll(30), "the server outlived its owner"
            with pytest.raises((EOFError, ConnectionResetError)):
                line.recv_bytes()
        owner.wait(30)
    assert not Path(address).parent.exists()


def test_a_process_of_its_own_starts_a_server_and_takes_it_along() -> None:
    program = (
        "from harness.recognisers.moonshine import moonshine, _own; from harness.voices import voice_for\n"
        "print(moonshine()(voice_for('pico')('Where is my order?', 'en-US').samples)); print(_own())\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    heard, address = told.stdout.splitlines()
    assert plain(heard) == "where is my order"
    assert not Path(address).parent.exists()
    assert told.stderr == ""
