import ast
import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import harness.voices
from harness.errors import CallVoid
from harness.voices._worker import Worker

LOADING = re.compile(r"^\s*(import|from)\s+espeakng_loader", re.MULTILINE)

ECHO = """
import json, os, sys
for line in sys.stdin.buffer:
    asked = json.loads(line)
    if asked.get("die"):
        os._exit(3)
    if asked.get("half"):
        sys.stdout.buffer.write(b'{"bytes": 10}\\nhalf')
        sys.stdout.buffer.flush()
        os._exit(3)
    if asked.get("babble"):
        sys.stdout.buffer.write(b"not an answer\\n")
    elif asked.get("fail"):
        sys.stdout.buffer.write(b'{"error": "no such voice", "bytes": 0}\\n')
    else:
        value = asked["text"].encode()
        sys.stdout.buffer.write(json.dumps({"pid": os.getpid(), "bytes": len(value)}).encode() + b"\\n" + value)
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "echo.py"
    path.write_text(ECHO)
    return path


def test_a_worker_answers_each_request_with_what_belongs_to_it(program: Path) -> None:
    worker = Worker(program)
    assert [worker.ask({"text": text})[1] for text in ("one", "", "two\nlines")] == [b"one", b"", b"two\nlines"]
    worker.end()


def test_one_process_serves_all_requests(program: Path) -> None:
    worker = Worker(program)
    assert worker.ask({"text": ""})[0]["pid"] == worker.ask({"text": ""})[0]["pid"]
    worker.end()


@pytest.mark.parametrize("fault", ["die", "half", "babble", "fail"])
def test_a_worker_that_fails_voids_the_call_and_serves_the_next(program: Path, fault: str) -> None:
    worker = Worker(program)
    worker.ask({"text": "before"})
    with pytest.raises(CallVoid, match=r"echo\.py failed"):
        worker.ask({fault: True})
    assert worker.ask({"text": "after"})[1] == b"after"
    worker.end()


def test_a_program_that_is_not_there_voids_the_call(tmp_path: Path) -> None:
    worker = Worker(tmp_path / "nowhere.py")
    with pytest.raises(CallVoid):
        worker.ask({"text": "hello"})


def test_a_process_that_forks_off_asks_a_worker_of_its_own(program: Path) -> None:
    worker = Worker(program)
    ours = worker.ask({"text": ""})[0]["pid"]
    child = os.fork()
    if not child:
        theirs = worker.ask({"text": ""})[0]["pid"]
        worker.end()
        os._exit(0 if theirs != ours else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert worker.ask({"text": ""})[0]["pid"] == ours
    worker.end()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_with_its_owner_however_that_ends(program: Path, end: signal.Signals) -> None:
    owner = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, pathlib; from harness.voices._worker import Worker\n"
            "worker = Worker(pathlib.Path(sys.argv[1]))\n"
            "print(worker.ask({'text': ''})[0]['pid'], flush=True)\n"
            "sys.stdin.read()\n",
            str(program),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with owner:
        assert owner.stdout is not None
        watched = os.pidfd_open(int(owner.stdout.readline()))
        owner.send_signal(end)
        assert select.select([watched], [], [], 30.0)[0], "the worker outlived its owner"
        os.close(watched)


def test_the_program_linked_with_espeak_imports_nothing_of_ours() -> None:
    program = Path(harness.voices.__file__).with_name("_espeak_worker.py")
    imported: set[str] = set()
    for node in ast.walk(ast.parse(program.read_text())):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add("." if node.level else str(node.module).partition(".")[0])
    assert imported - sys.stdlib_module_names == {"espeakng_loader"}


def test_espeak_is_loaded_in_no_other_module() -> None:
    package = Path(harness.voices.__file__).parents[1]
    loading = [path.name for path in package.rglob("*.py") if LOADING.search(path.read_text())]
    assert loading == ["_espeak_worker.py"]
