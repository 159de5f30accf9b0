"""From a conversation to a scorecard: every scorer measures, the scenario's limits judge."""

from __future__ import annotations

from collections.abc import Mapping

from harness import plugins
from harness.audio import seconds
from harness.conversation import Conversation
from harness.run.situation import situation
from harness.scenario import Scenario
from harness.score import Judge, Judged, Metric, Outcome, Score, Scorecard, Status, Unscored, Verdict, stamped
from harness.scorers._speech import never_taken
from harness.timeline import CallerFailed, HungUp, Party, ProtocolBroken

CALLER = "caller_audibility"
"""The score of our own caller's speech: past its limit the case is invalid, not the agent."""

DRIFT = 0.1
"""Seconds by which one of our own planned events may be off; beyond it the call is void."""


def measure(
    conversation: Conversation,
    scenario: Scenario,
    unknown: Mapping[str, str] | None = None,
    judge: Judge | None = None,
) -> dict[str, Outcome]:
    """Every score of a call by its id, `scorer` or `scorer.part`.

    unknown: scorers that would rest on what isn't known of this call, and why it isn't. judge: handed to each
    scorer that asks one.
    """
    outcomes: dict[str, Outcome] = {}
    for name in plugins.names("scorers"):
        scorer = plugins.load("scorers", name)
        metric: Metric = scorer.metric
        if unknown and name in unknown:
            ids = [f"{name}.{part}" for part in metric.parts] or [name]
            outcomes |= dict.fromkeys(ids, Unscored(unknown[name]))
            continue
        handed = {"judge": judge} if "judge" in plugins.options(scorer) else {}
        found = scorer(conversation, scenario, **handed)
        parts = found if isinstance(found, Mapping) else {"": found}
        for part, outcome in parts.items():
            outcomes[f"{name}.{part}" if part else name] = stamped(outcome, metric)
    return outcomes


def held(scenario: Scenario, outcomes: Mapping[str, Outcome]) -> tuple[Judged, ...]:
    """What came of each limit of the scenario."""
    return tuple(
        Judged(expected.score, expected.limit.text, expected.limit.judge(outcomes.get(expected.score)))
        for expected in scenario.expect
    )


def scorecard(
    conversation: Conversation,
    scenario: Scenario,
    *,
    agent: str,
    shell: str,
    unknown: Mapping[str, str] | None = None,
    judge: Judge | None = None,
) -> Scorecard:
    """The scorecard of a call; void where our own events came late, or our own caller couldn't go on.

    Its `why` is the agent's breach, if any.

    unknown, judge: as in `measure`.
    """
    outcomes = measure(conversation, scenario, unknown, judge)
    status, why = _standing(conversation, scenario, outcomes)
    why = why or breach(conversation)
    return Scorecard(
        call=scenario.id,
        scenario=scenario.name,
        file=scenario.file,
        agent=agent,
        seed=scenario.seed,
        shell=shell,
        status=status,
        why=why,
        condition=scenario.condition,
        repeat=scenario.repeat,
        seconds=conversation.recording.seconds,
        scores=outcomes,
        expect=held(scenario, outcomes) if status == "scored" else unjudged(scenario),
        situation=situation(conversation, scenario),
    )


def breach(conversation: Conversation) -> str | None:
    """What the agent did that explains all the rest: it never took the call, broke its protocol, or was gone."""
    if (gone := never_taken(conversation)) is not None:
        return gone
    for event in conversation.recording.events:
        if isinstance(event, ProtocolBroken):
            return f"the agent broke its protocol at {seconds(event.at):.1f} s: {event.why}"
        if isinstance(event, HungUp) and event.party is Party.AGENT and not conversation.of(Party.CALLER):
            return f"the agent hung up at {seconds(event.at):.1f} s, before the caller said anything: {event.reason}"
    return None


def unjudged(scenario: Scenario) -> tuple[Judged, ...]:
    """The limits of a call that says nothing about the agent: none was measured."""
    return tuple(Judged(e.score, e.limit.text, e.limit.judge(Unscored("the call is void"))) for e in scenario.expect)


def _standing(
    conversation: Conversation, scenario: Scenario, outcomes: Mapping[str, Outcome]
) -> tuple[Status, str | None]:
    for event in conversation.recording.events:
        if isinstance(event, CallerFailed):
            return "void", f"our own caller failed at {seconds(event.at):.1f} s: {event.why}"
    drift = outcomes.get("caller_drift")
    if isinstance(drift, Score) and drift.value > DRIFT:
        return "void", f"an event of ours came {drift.value:.3f} s off its plan (more than {DRIFT:g} s voids the call)"
    for one in held(scenario, outcomes):
        if one.score == CALLER and one.verdict is Verdict.FAIL:
            heard = outcomes[CALLER]
            wrong = f"{heard.value:.1%} of its words" if isinstance(heard, Score) else "its words"
            return "invalid", f"our caller can't be understood: a recogniser gets {wrong} wrong before any effect"
    return "scored", None
