"""The truth of the language that an agent answers in: by its options, its log, and what the caller's lines were in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from harness.audio import RATE
from harness.score import Score
from harness.selftest.checks import Check, replies
from harness.selftest.planted_options import options_of
from harness.selftest.rows import Row, exact, late, timing, told, unmeasured, verdict
from harness.selftest.rung import Rung

MUTE = "tells_nothing"


@dataclass(frozen=True, slots=True)
class Answered:
    """A line and its answer. wanted, got: their languages. switched: the line is in another than the one before."""

    wanted: str
    got: str
    since: int
    at: int
    switched: bool


def answers(rung: Rung) -> list[Answered]:
    """Each line of the caller's with its answer, whose language follows from the agent's options alone."""
    options = options_of(rung.plant)
    found: list[Answered] = []
    before = "en"  # In which it greets, whatever it answers in.
    for number, (line, _, reply) in enumerate(replies(rung), 1):
        wanted = line.language.partition("-")[0]
        assert reply is not None
        found.append(Answered(wanted, _tongue(options, number), line.end, reply.start, wanted != before))
        before = wanted
    return found


def _tongue(options: Mapping[str, str], turn: int) -> str:
    """The language in which the agent answers the caller's turn of this number."""
    home, to, switch = options["home"], options.get("to", ""), int(options.get("switch", "1"))
    match options["fault"]:
        case "never_switches":
            return home
        case "switches_late":
            return home if turn < switch + int(options["turns_late"]) else to
        case "relapses":
            back = switch + int(options["holds"])
            return home if turn < switch or back <= turn < back + int(options["relapses"]) else to
    return home if turn < switch else to


def language(rung: Rung) -> Iterator[Row]:
    """Whether it answers in the caller's language, how soon it follows, and whether it falls back."""
    if options_of(rung.plant)["fault"] == MUTE:
        for score in ("reply_language", "language_switch_lag.turns", "language_switch_lag.seconds", "language_relapse"):
            yield exact(rung, score, None)
        return
    found = answers(rung)
    yield exact(rung, "reply_language", sum(one.wanted == one.got for one in found) / len(found))
    yield from _lag(rung, found)
    yield exact(rung, "language_relapse", _relapses(found))


def _stretches(found: list[Answered]) -> Iterator[list[Answered]]:
    """The answers from one switch of the caller's up to the next."""
    stretch: list[Answered] = []
    for one in found:
        if one.switched:
            if stretch:
                yield stretch
            stretch = [one]
        elif stretch:
            stretch.append(one)
    if stretch:
        yield stretch


def _lag(rung: Rung, found: list[Answered]) -> Iterator[Row]:
    turns, seconds = rung.scores["language_switch_lag.turns"], rung.scores["language_switch_lag.seconds"]
    stretches = list(_stretches(found))
    if not stretches:
        yield exact(rung, "language_switch_lag.turns", None)
        yield exact(rung, "language_switch_lag.seconds", None)
        return
    lags = [next((k for k, one in enumerate(stretch) if one.wanted == one.got), None) for stretch in stretches]
    never = any(lag is None for lag in lags)
    waited = [
        (stretch[lag].at - stretch[0].since) / RATE
        for stretch, lag in zip(stretches, lags, strict=True)
        if lag is not None
    ]
    worst = "never" if never else float(max(lag for lag in lags if lag is not None))
    counted: float | str = turns.value if isinstance(turns, Score) and not turns.censored else "never"
    yield verdict(rung, "language_switch_lag.turns", worst, counted, told(turns))
    planted = None if never else max(waited)
    if late(seconds):
        yield unmeasured(rung, "language_switch_lag.seconds", planted, told(seconds))
        return
    measured = seconds.value if isinstance(seconds, Score) and not seconds.censored else None
    yield timing(rung, "language_switch_lag.seconds", planted, measured, told(seconds))


def _relapses(found: list[Answered]) -> float | None:
    """Answers in another language behind the first that was right, anew from each switch; None where there are none."""
    followed, behind = False, []
    for one in found:
        followed = followed and not one.switched
        if followed:
            behind.append(one)
        followed = followed or one.wanted == one.got
    return float(sum(one.wanted != one.got for one in behind)) if behind else None


SPOKEN: tuple[Check, ...] = (language,)
"""All that can be said of a call in which the caller may switch language."""
