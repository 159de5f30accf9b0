"""What the agent reports of its own stages, and what of its caller's wait no stage accounts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.conversation import Conversation
from harness.scenario import STAGES, Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._speech import events
from harness.scorers._stages import GAP, SHARE, TOO_MUCH, Waterfall, apart, span_of, usable, waterfalls
from harness.statistics import nearest_rank
from harness.timeline import StageTimed

PARTS = (*STAGES, "unattributed")


@scorer(unit="ms", better="lower", version=2, parts=PARTS)
def stage(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """What the agent says its stages took, each at its longest in any turn, in milliseconds.

    `transport_in`, `endpointing`, `stt`, `llm_first_token`, `tts_first_byte`, `transport_out`: as
    reported, never mixed with our own timings. `unattributed`: the caller's wait
    (`response_latency`) less the sum of the stages that were reported for that turn, negative
    where they overlap, a clock is wrong, or the agent's endpointing began before the caller's last
    voiced sample. Where they are more than the wait by 300 ms it is censored: what no stage accounts
    for is then more than that, and no limit from above holds. `detail` warns
    of turns in which it is more than 20 % of the wait or 300 ms. A budget (`budget:` in a scenario)
    holds for every turn, so the value is the worst one; `values` hold each turn's and `detail` the
    median.

    A report belongs to the caller's last turn that had ended when it was told. Of several reports of
    a stage in one turn the last by the reply's first sound counts. Reports from after the call and
    of other stages are counted in `detail`. Unscored where the agent reports none.

    Source: the score catalogue, docs/metrics.md.
    """
    falls = waterfalls(conversation)
    if not falls:
        return dict.fromkeys(PARTS, Unscored(_why(conversation)))
    found = {name: _reported(name, falls, scenario.budget.get(name), apart(conversation)) for name in STAGES}
    return {**found, "unattributed": _unattributed(falls, conversation.resolution)}


def _why(conversation: Conversation) -> str:
    if not events(conversation, StageTimed):
        return "the agent reported none of its stages"
    if usable(conversation):
        return "the agent reported stages before the caller's first turn only"
    return f"the agent reported no stage that could be used: {apart(conversation)}"


def _reported(name: str, falls: Sequence[Waterfall], budget: float | None, note: str | None) -> Outcome:
    with_it = [fall for fall in falls if name in fall.stages]
    if not with_it:
        return Unscored(f"the agent never reported {name}")
    values = [fall.stages[name] for fall in with_it]
    spans = tuple(Span(*span_of(fall), f"{name} {fall.stages[name]:.0f} ms") for fall in with_it)
    over = sum(budget is not None and value > 1000.0 * budget for value in values)
    broke = f"over budget in {over} of {len(values)} turns" if over else ""
    detail = "; ".join(filter(None, (_median(values), broke, note)))
    return Score(max(values), "ms", len(values), spans, detail=detail, values=tuple(values))


def _unattributed(falls: Sequence[Waterfall], resolution: float) -> Outcome:
    timed = [(fall, left) for fall in falls if (left := fall.unattributed) is not None]
    if not timed:
        return Unscored("no turn of which stages were reported has a response latency")
    values = [left for _, left in timed]
    warned = sum(fall.warned for fall, _ in timed)
    negative = sum(left < 0 for left in values)
    notes = [
        _median(values),
        f"more than {SHARE:.0%} of the response or {GAP:.0f} ms in {warned} of {len(values)} turns" if warned else "",
        f"negative in {negative}: {TOO_MUCH}" if negative else "",
    ]
    spans = tuple(Span(*span_of(fall), f"{left:.0f} ms of {fall.response:.0f} ms unattributed") for fall, left in timed)
    return Score(
        max(values),
        "ms",
        len(values),
        spans,
        resolution,
        detail="; ".join(filter(None, notes)),
        censored=any(fall.overdone for fall, _ in timed),
        values=tuple(values),
    )


def _median(values: Sequence[float]) -> str:
    return f"p50 {nearest_rank(values, 0.5):.0f} ms"
