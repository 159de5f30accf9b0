"""Whether yields are told from what only looks like one: agents whose barge-in behaviour is planted."""

from __future__ import annotations

from bench.plants import Planting, cuts_in, rung, says, scenario
from bench.section import Figure, Section, at_most
from harness.agents.planted import SAY
from harness.audio import RATE
from harness.score import Limit, Outcome, Score, Verdict

NOISES = ("none", "-60dBFS", "-40dBFS")
LONG = f"{SAY} {SAY}"


def _call(after: float = 1.0, **options: str) -> Planting:
    plan = scenario(
        says("Hello, I would like to book an appointment."),
        cuts_in("Sorry, not the twelfth, I meant the thirteenth of March, please.", after),
        says("Thank you, goodbye."),
    )
    return rung(plan, say=LONG, **options)


def _rate(outcome: Outcome) -> str:
    return f"{outcome.value:g} (n {outcome.n})" if isinstance(outcome, Score) else f"not measured: {outcome.reason}"


def measure() -> Section:
    """The traps, one by one."""
    figures: list[Figure] = []
    for after in (0.6, 1.0, 1.15):
        outcome = _call(after, deaf="true", pause="400ms", pause_at="1.2s").scores["yield_rate"]
        right = isinstance(outcome, Score) and outcome.value == 0.0
        figures.append(Figure(f"deaf, pausing 400 ms, cut into {after} s in: yield_rate", _rate(outcome), "0", right))
    for planted_delay in (0.3, 0.6, 1.2):
        one = _call(pace="burst", yields_after=f"{planted_delay}s")
        (stopped,) = one.logged("stopped")
        onset = one.logged("heard onset")[1]
        outcome = one.scores["yield_delay.max"]
        assert isinstance(outcome, Score), outcome
        error = abs(outcome.value - (stopped - onset) / RATE) * 1000
        figures.append(
            at_most(f"bursts, then clears after {planted_delay} s: yield_delay against the clear", error, 20, "ms")
        )
    for pace, deaf in (("real", "false"), ("real", "true")):
        verdicts = []
        for noise in NOISES:
            scores = _call(pace=pace, deaf=deaf, noise_floor=noise).scores
            limits = {"yield_rate": ">= 90%", "response_latency.max": "<= 1.5s", "unanswered_turns": "== 0"}
            verdicts.append(tuple(Limit.parse(text).judge(scores[name]) for name, text in limits.items()))
        same = len(set(verdicts)) == 1
        told = " / ".join(sorted({v.value for verdict in verdicts for v in verdict}))
        what = f"verdicts with comfort noise at {', '.join(NOISES)} (deaf: {deaf})"
        figures.append(Figure(what, f"{'the same' if same else 'differ'} ({told})", "the same", same))
        figures.append(
            Figure(
                f"… and yield_rate's is (deaf: {deaf})",
                verdicts[0][0].value,
                "fail" if deaf == "true" else "pass",
                verdicts[0][0] is (Verdict.FAIL if deaf == "true" else Verdict.PASS),
            )
        )
    return Section("Barge-in", figures, "Planted agents with answers of twelve seconds, interrupted in the middle.")
