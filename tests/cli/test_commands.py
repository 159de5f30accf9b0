from __future__ import annotations

import subprocess
import sys

import pytest

from harness import __version__
from harness.cli.later import COMMANDS
from tests.cli.calling import vahness


def test_help_names_what_is_built_and_nothing_else() -> None:
    said = vahness("--help")
    assert said.code == 0
    listed = [line.split()[0] for line in said.out.partition("Commands:")[2].splitlines() if line.startswith("  ")]
    assert sorted(listed) == ["agent", "check", "doctor", "list", "run", "schema", "score", "selftest"]


def test_version() -> None:
    said = vahness("--version")
    assert (said.code, said.out) == (0, f"vahness {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_to_come_says_that_it_is_not_built_yet_whatever_it_is_given(command: str) -> None:
    for arguments in ((), ("--help",), ("reports/a", "--against", "reports/b")):
        said = vahness(command, *arguments)
        assert (said.code, said.out, said.err) == (2, "", f"vahness {command} isn't built yet\n")


def test_an_endpoint_without_its_model_is_refused() -> None:
    for option, model in (("--model-url", "--model"), ("--caller-url", "--caller-model")):
        said = vahness("run", "scenarios/smoke", option, "http://127.0.0.1:1/v1")
        assert (said.code, said.out) == (2, "")
        assert said.err == f"an endpoint answers for a model: give {model} too: 'http://127.0.0.1:1/v1'\n"


def test_a_slip_gets_the_nearest_command() -> None:
    said = vahness("rnu", "scenarios")
    assert (said.code, said.err) == (2, "no such command: 'rnu' (did you mean 'run'?)\n")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("run",), "PATH"),
        (("run", "x", "--sed", "1"), "--seed"),
        (("run", "x", "--workers", "0"), "--workers"),
        (("run", "x", "--charge", "free"), "fixed"),
        (("run", "x", "--profile", "heroic"), "production"),
        (("score",), "RUN"),
        (("agent", "--port", "99999"), "--port"),
    ],
)
def test_wrong_usage_exits_2_and_names_what_it_is_about(arguments: tuple[str, ...], named: str) -> None:
    said = vahness(*arguments)
    assert (said.code, said.out) == (2, "")
    assert named in said.err


def test_what_somebody_wrote_wrong_is_one_message_without_a_traceback() -> None:
    said = vahness("run", "no/such/folder")
    assert (said.code, said.out) == (2, "")
    assert said.err == "no such file or folder: 'no/such/folder'\n"


def test_only_an_agent_of_this_process_is_served() -> None:
    said = vahness("agent", "pcm+ws://127.0.0.1:1/")
    assert (said.code, said.err) == (
        2,
        "only an agent of this process can be served: 'pcm+ws://127.0.0.1:1/'\n",
    )


HEAVY = ("numpy", "scipy", "pydantic", "yaml", "openai", "websockets", "asyncio", "rich", "soundfile", "harness.run")


def test_help_imports_nothing_heavy() -> None:
    # By a process of its own: here everything has been imported already.
    program = (
        "import sys, harness.cli\n"
        f"heavy = [name for name in {HEAVY!r} if name in sys.modules]\n"
        "print(heavy)\n"
        "sys.argv = ['vahness', '--help']\n"
        "try: harness.cli.main()\n"
        f"finally: print([name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    lines = done.stdout.splitlines()
    assert (done.returncode, lines[0], lines[-1]) == (0, "[]", "[]")


def test_it_is_a_module_to_run_too() -> None:
    done = subprocess.run([sys.executable, "-m", "harness", "--version"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, f"vahness {__version__}\n")
