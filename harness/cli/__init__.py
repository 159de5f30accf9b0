"""The command line: parse, call, print.

Nothing heavy is imported before a command needs it, so that `vahness --help` answers at once.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from harness import __version__
from harness.cli import later
from harness.errors import BadInput, VahnessError
from harness.text.counting import counted

if TYPE_CHECKING:
    from harness.run.suite import Finished

BAD_INPUT = 2
"""The exit code where what was asked for can't be done."""


class _Commands(TyperGroup):
    """The commands by name; a slip gets the nearest one."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and not args[0].startswith("-") and args[0] not in self.commands:
            raise BadInput("no such command", value=args[0], known=self.commands)
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="vahness",
    cls=_Commands,
    help="Rings a voice agent the way a caller would, and scores what the caller lived through.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Charge(StrEnum):
    """How an agent in this process is charged for its compute."""

    FIXED = "fixed"
    MEASURED = "measured"


class Channel(StrEnum):
    """Which channel of a stereo recording."""

    LEFT = "left"
    RIGHT = "right"


class Profile(StrEnum):
    """Named limits that scores refer to."""

    HUMAN = "human"
    PRODUCTION = "production"
    FLOOR = "floor"


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on standard output, nothing else there.")]
Model = Annotated[
    str | None, typer.Option(metavar="NAME", help="The language model that judges what words alone can't tell.")
]
ModelUrl = Annotated[
    str | None, typer.Option(metavar="URL", help="Its endpoint: http://host:port/v1. [default: OpenAI's]")
]
Strict = Annotated[bool, typer.Option("--strict", help="Calls that could not be run fail too.")]


def _version(asked: bool) -> None:
    if asked:
        print(f"vahness {__version__}")
        raise typer.Exit


@app.callback()
def _vahness(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


@app.command()
def run(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Scenario files, or folders of them.")],
    agent: Annotated[
        str,
        typer.Option(
            metavar="TARGET", help="demo?option=…, pcm+ws://host:port/path, python:module:factory, or an agent file."
        ),
    ] = "demo",
    reports: Annotated[Path, typer.Option(metavar="DIR", help="Where runs are kept.")] = Path("reports"),
    name: Annotated[str | None, typer.Option("--run", metavar="NAME", help="The run's name.")] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Processes that place calls. [default: one a core; 1 live]")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="What every draw of the run follows from.")] = 0,
    repeat: Annotated[
        int | None, typer.Option(metavar="N", min=1, help="Calls of each scenario, in place of its own repeat.")
    ] = None,
    tags: Annotated[str, typer.Option(metavar="A,B", help="Only scenarios that have one of these tags.")] = "",
    profile: Annotated[Profile, typer.Option(help="The limits that scores refer to.")] = Profile.PRODUCTION,
    charge: Annotated[
        Charge, typer.Option(help="What an agent in this process pays for its compute: fixed repeats to the bit.")
    ] = Charge.FIXED,
    live: Annotated[bool, typer.Option("--live", help="In real time, an agent in this process too.")] = False,
    strict: Strict = False,
    as_json: AsJson = False,
    control: Annotated[
        bool, typer.Option("--control", help="Ring again without each planned event: settles what the agent did by it.")
    ] = False,
    caller_model: Annotated[
        str | None, typer.Option(metavar="NAME", help="The language model of callers that improvise (goal:).")
    ] = None,
    caller_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Its endpoint: http://host:port/v1. [default: OpenAI's]")
    ] = None,
    replay: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Give again what models answered in this run.")
    ] = None,
    model: Model = None,
    model_url: ModelUrl = None,
) -> None:
    """Ring an agent with every scenario and score the calls.

    Keeps what both sides heard, when everything happened, and how good it was, in a folder of its own.

    Exits 0 where every limit and gate passed, 1 where one failed or wasn't measured, 2 on bad input
    or where every call was void or invalid.
    """
    from harness.scenario.suite import read_suite

    wanted = frozenset(tag.strip() for tag in tags.split(",") if tag.strip())
    suite = read_suite(paths, seed=seed, repeat=repeat, tags=wanted)

    from harness.reporting.progress import Watch
    from harness.run.improvising import minds_for
    from harness.run.judging import judging_by
    from harness.run.suite import Plan, run_suite

    minds, judging = minds_for(caller_model, caller_url, replay), judging_by(model, model_url, replay)
    plan = Plan(suite, agent, seed, reports, name, workers, charge.value, live, profile.value, control, minds, judging)
    with Watch() as watch:
        finished = run_suite(plan, watch)
    if finished.interrupted:
        of = counted(len(suite.scenarios), "call")
        print(f"stopped: {len(finished.cards)} of {of} finished and kept", file=sys.stderr)
    _end(finished, strict, as_json)


@app.command()
def score(
    what: Annotated[
        Path, typer.Argument(metavar="RUN|RECORDING", help="A run's folder, a call's, or any stereo recording.")
    ],
    caller: Annotated[
        Channel | None, typer.Option(help="Somebody else's recording: the channel the caller is on.")
    ] = None,
    events: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What happened in it (vahness schema events).")
    ] = None,
    scenario: Annotated[
        Path | None, typer.Option(metavar="FILE", help="What its caller said, what is so, and the limits.")
    ] = None,
    recognise: Annotated[
        bool, typer.Option("--recognise", help="Ask a recogniser of both sides too: how well each is understood.")
    ] = False,
    model: Model = None,
    model_url: ModelUrl = None,
    strict: Strict = False,
    as_json: AsJson = False,
) -> None:
    """Score recordings, without calling anyone: of an old run, or anybody's.

    Exits as `run` does.
    """
    from harness.reporting.progress import Watch
    from harness.run.judging import judging_by
    from harness.run.rescoring import is_ours, rescore

    judging = judging_by(model, model_url)
    if caller is None and not is_ours(what):
        raise BadInput("which channel is the caller on? give --caller left or --caller right", file=what)
    with Watch("scoring") as watch:
        if caller is None:
            if events is not None or scenario is not None:
                raise BadInput("--events and --scenario go with --caller: this recording is vahness's own", file=what)
            finished = rescore(what, watch, recognise=recognise, judging=judging)
        elif recognise or model is not None:
            option = "--recognise" if recognise else "--model"
            raise BadInput(f"{option} is for vahness's own recordings: leave out --caller", file=what)
        else:
            from harness.run.borrowed import Telling, notes, score_borrowed

            finished = score_borrowed(what, Telling(caller.value, events, scenario, recognise), watch)
    for note in (line for card in finished.cards if card.origin for line in notes(card)):
        print(note, file=sys.stderr)
    _end(finished, strict, as_json)


@app.command("list")
def list_(
    what: Annotated[str | None, typer.Argument(metavar="WHAT", help="A family: scorers, voices, effects…")] = None,
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH", help="Where scenarios are.")] = None,
    as_json: AsJson = False,
) -> None:
    """List scenarios, voices, scorers and all else there is.

    Also personas, accents, beds, effects, callers, recognisers, transports and agents.
    """
    from harness.cli import catalogue

    families = catalogue.families(what, paths or [])
    if as_json:
        _print_json({family: [entry.to_json() for entry in entries] for family, entries in families.items()})
    else:
        print("\n".join(catalogue.lines(families, whole=what is not None)))


@app.command()
def schema(
    what: Annotated[
        str, typer.Argument(help="`scenario`, `suite`, `handoff`, `calls` (a row of calls.jsonl), or `events`.")
    ] = "scenario",
) -> None:
    """Print the JSON Schema of a scenario, or of a run's rows.

    Editors complete and check scenarios by it, and other programs read rows.
    """
    from harness.cli.schemas import schema_of

    _print_json(schema_of(what))


@app.command()
def check(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH", help="Scenario files, or folders of them.")],
    as_json: AsJson = False,
) -> None:
    """Find what is wrong with scenarios before anyone is called.

    Every file is read, and every truth that the script never utters is told with its file and line:
    no agent could have understood it. Exits 1 where there is one, 2 on bad input.
    """
    from harness.scenario.unsaid import unsaid

    found = unsaid(paths)
    if as_json:
        _print_json([asdict(one) for one in found])
    else:
        print("\n".join(map(str, found)) or "every truth is uttered")
    raise typer.Exit(1 if found else 0)


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Try each part, and tell how to get what is missing.

    Exits 2 where the core isn't whole.
    """
    from harness.cli import checkup

    parts = checkup.examine()
    if as_json:
        _print_json([part.to_json() for part in parts])
    else:
        print("\n".join(checkup.lines(parts)))
    if not checkup.whole(parts):
        raise typer.Exit(BAD_INPUT)


@app.command()
def agent(
    target: Annotated[str, typer.Argument(metavar="TARGET", help="An agent of this process, with options.")] = "demo",
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 takes a free one.")] = 8765,
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
) -> None:
    """Serve an agent as a WebSocket, to be rung live.

    Ring it with `vahness run PATH --agent pcm+ws://127.0.0.1:8765/`.
    """
    from harness.recognisers.moonshine import serving
    from harness.run.desk import AgentMaker, Order
    from harness.run.serve import serve
    from harness.run.targets import read_target

    chosen = read_target(target)
    if not chosen.in_process:
        raise BadInput("only an agent of this process can be served", value=target)
    with serving(ahead=True) as ears:
        serve(AgentMaker(Order(chosen, Path(), recogniser=ears)), chosen.text, host=host, port=port)


@app.command()
def selftest(
    live: Annotated[bool, typer.Option("--live", help="In real time over the loopback, four calls at once.")] = False,
    seed: Annotated[int, typer.Option(metavar="N", min=0, help="What every draw follows from.")] = 0,
    plants: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=100_000, help="Calls. [default: 540; 52 live]")
    ] = None,
    plant: Annotated[int | None, typer.Option(metavar="N", min=0, help="Only this plant of the seed.")] = None,
    workers: Annotated[
        int | None, typer.Option(metavar="N", min=1, max=64, help="Processes. [default: one a core]")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Hold every score against agents whose faults are planted.

    Exits 0 where all is measured as it was planted, 1 where it isn't.
    """
    from harness.cli import ruler
    from harness.selftest.selftest import LIVE, PLANTS, Asked
    from harness.selftest.selftest import selftest as tried

    count = plants or (LIVE if live else PLANTS)
    report = tried(Asked(seed, count, live, workers or _workers(live), plant), ruler.progress)
    if as_json:
        _print_json(report.to_json())
    else:
        print("\n".join(ruler.lines(report)))
    raise typer.Exit(0 if report.right else 1)


later.add_commands(app)


def _end(finished: Finished, strict: bool, as_json: bool) -> NoReturn:
    from harness.cli import ending

    ended = ending.ended(finished, strict=strict)
    for problem in ended.problems:
        print(problem, file=sys.stderr)
    if as_json:
        _print_json(ending.document(ended))
    else:
        ending.show(ended)
    raise typer.Exit(ended.code)


def _print_json(document: Any) -> None:
    """One JSON document on standard output; in ASCII, so that no terminal's encoding can spoil it."""
    print(json.dumps(document, indent=1, allow_nan=False))


def _workers(live: bool) -> int:
    """How many processes place calls where nobody says: one live, so that no call makes another's frames late."""
    return 1 if live else len(os.sched_getaffinity(0))


@cache
def _command() -> Callable[..., Any]:
    """The tree of commands, which is built from their signatures: once, however often a process calls it."""
    return get_command(app)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit; what goes wrong with us is one message on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        _command()(arguments)
    except VahnessError as problem:
        print(problem, file=sys.stderr)
        sys.exit(BAD_INPUT)
    raise SystemExit(0)
