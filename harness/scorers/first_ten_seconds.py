"""Whether a call begins as it should."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.audio import RATE
from harness.conversation import Conversation
from harness.handoff import read_packet
from harness.scenario import OPENING, Entity, Scenario
from harness.score import PROFILES, Outcome, Score, Span, Unscored, scorer
from harness.scorers._languages import spoken_in
from harness.scorers._opening import TEN_SECONDS, Finding, heard_by, languages, look_for, primary
from harness.scorers._speech import caller_turns, events, never_taken, running
from harness.scorers._yields import Yield, yields
from harness.scorers.dead_air import dead_air
from harness.scorers.greeting_latency import greeting_latency
from harness.scorers.yield_rate import IN_TIME
from harness.text.entities import kind_of, said_in
from harness.text.hedging import names_others
from harness.text.meaning import content
from harness.text.opening import asks_what_is_wanted, offers, reaches, reaches_name
from harness.timeline import AgentState, HandedOff, LineSaid, ToolCalled

PARTS = (*OPENING, "passed", "required")
PERSONAL = ("name", "phone", "email", "address", "code")
"""Kinds of facts that are the caller's own."""


@scorer(unit="ratio", better="higher", version=3, parts=PARTS)
def first_ten_seconds(conversation: Conversation, scenario: Scenario) -> Mapping[str, Outcome]:
    """A card of checks on the beginning of a call, each 1 or 0; `passed` is the share of those that apply.

    greeted: within 1.5 s (the production profile); not where the caller speaks first. identity: the
    agent said who it is: one of the scenario's names (`opening: name`), else words that introduce
    one ("this is", "you've reached"). ai_disclosure: it said of itself that it is no human; "I'm not a
    robot", "would you like to talk to an AI" and, beside "I'm a real person", anything else say no such
    thing. consent: it asked for consent (to record, to use data) or said that the call is recorded before the
    caller gave a personal fact of the truth (a name, number, address or code), or within ten
    seconds where the caller gave none; applies where the scenario asks for it. language: it used
    the caller's language, or named it. barge_in: it yielded within 2.0 s to a caller who cut into
    the greeting. intent: by the caller's third turn the agent's words, tool calls, state or packet
    hold all content words of the truth's reason, those left out that list other reasons beside it ("book,
    move or cancel?"); 0 where they hold none and it asks again what the caller wants, or says no more than that
    it hasn't understood (to ask for a detail is no such thing). no_dead_air: no silence of
    3 s or more in which the agent owed the turn began in the first ten seconds.

    Words are the agent's own text, else recognition; of a turn that ran beyond ten seconds, was cut
    short, or of which more was told than can be said in the time that it sounded, what had been heard
    by then is reckoned from its pace, and where that leaves it open nothing is measured. Phrases are
    known in English, Spanish, German, French and Hindi. A check that doesn't apply is unscored and
    counts for nothing. One that nobody can know is left out of `passed` and named; where those are half
    or more nothing is measured. `required` is 1 where all that the scenario requires hold, 0 where one
    doesn't, and unscored while one isn't known. Nothing is measured where the agent never took the call.

    Source: the score catalogue, docs/metrics.md.
    """
    if (gone := never_taken(conversation)) is not None:
        return dict.fromkeys(PARTS, Unscored(gone))
    found = {name: _check(name, conversation, scenario) for name in OPENING}
    card: dict[str, Outcome] = {name: _outcome(one) for name, one in found.items()}
    applying = {name: one for name, one in found.items() if isinstance(one, Finding)}
    needed = {name: one for name, one in found.items() if scenario.opening.checks.get(name) == "required"}
    return {**card, "passed": _passed(applying), "required": _required(needed)}


def _check(name: str, conversation: Conversation, scenario: Scenario) -> Finding | str:
    """What became of a check, or why it doesn't apply."""
    asked = scenario.opening.checks.get(name, "off" if name == "consent" else "checked")
    if asked == "off":
        return "the scenario doesn't ask for it"
    return _CHECKS[name](conversation, scenario)


def _outcome(found: Finding | str) -> Outcome:
    if isinstance(found, str):
        return Unscored(f"doesn't apply: {found}")
    if found.holds is None:
        return Unscored(found.why)
    return Score(float(found.holds), "ratio", 1, (found.span,), detail=found.why)


def _passed(applying: Mapping[str, Finding]) -> Outcome:
    unknown = [name for name, one in applying.items() if one.holds is None]
    known = len(applying) - len(unknown)
    if len(unknown) >= known:
        why = "; ".join(f"{name} ({applying[name].why})" for name in unknown)
        return Unscored(f"not known: {why}" if unknown else "no check applies")
    failed = [name for name, one in applying.items() if one.holds is False]
    spans = tuple(applying[name].span for name in failed)
    notes = [f"{known - len(failed)} of {known}", f"not {', '.join(failed)}" if failed else ""]
    notes.append(f"not known: {', '.join(unknown)}" if unknown else "")
    return Score(1 - len(failed) / known, "ratio", known, spans, detail="; ".join(filter(None, notes)), few=known < 10)


def _required(needed: Mapping[str, Finding | str]) -> Outcome:
    if not needed:
        return Unscored("the scenario requires none of the checks")
    failed = [name for name, one in needed.items() if isinstance(one, Finding) and one.holds is False]
    unknown = [name for name, one in needed.items() if isinstance(one, str) or one.holds is None]
    if failed:
        spans = tuple(one.span for one in needed.values() if isinstance(one, Finding) and one.holds is False)
        return Score(0.0, "ratio", len(needed), spans, detail=f"not {', '.join(failed)}")
    if unknown:
        return Unscored(f"not known: {', '.join(unknown)}")
    return Score(1.0, "ratio", len(needed), detail=f"all {len(needed)} hold")


# --- the checks


def _greeted(conversation: Conversation, scenario: Scenario) -> Finding | str:
    if scenario.first == "caller":
        return "the caller speaks first"
    found = greeting_latency(conversation, scenario)
    if isinstance(found, Unscored):
        return Finding(None, found.reason, Span(0.0, 0.0))
    limit = PROFILES["production"].greeting
    why = "no greeting" if found.censored else f"greeted after {found.value:.2f} s"
    return Finding(not found.censored and found.value <= limit, why, found.spans[0])


def _identity(conversation: Conversation, scenario: Scenario) -> Finding:
    names = scenario.opening.name
    spoken_here = languages(conversation, scenario)

    def reached(said: Sequence[str]) -> int | None:
        if names:
            return min((end for name in names if (end := reaches_name(said, name)) is not None), default=None)
        return reaches(said, "identity", spoken_here)

    return look_for(heard_by(conversation, TEN_SECONDS), reached, "who it is")


def _disclosure(conversation: Conversation, scenario: Scenario) -> Finding:
    here = languages(conversation, scenario)
    heard = heard_by(conversation, TEN_SECONDS)
    return look_for(heard, lambda said: reaches(said, "disclosure", here), "that it is no human")


def _consent(conversation: Conversation, scenario: Scenario) -> Finding:
    here = languages(conversation, scenario)
    given = next(
        (line.at for line in events(conversation, LineSaid) if _personal(line.text, scenario.truth.entities)), None
    )
    heard = heard_by(conversation, TEN_SECONDS if given is None else given)
    return look_for(heard, lambda said: reaches(said, "consent", here), "consent")


def _personal(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a line gives away one of the caller's own facts."""
    for one in entities:
        kind = kind_of(one.name, one.value, one.type)
        named = kind in PERSONAL or any(word in one.name.lower() for word in ("address", "birth", "dob"))
        if named and any(said_in(text, value, kind) for value in (one.value, *one.was, *one.accepted)):
            return True
    return False


def _language(conversation: Conversation, scenario: Scenario) -> Finding:
    lines = events(conversation, LineSaid)
    wanted = primary((lines[0].language if lines else scenario.language).partition("+")[0])
    heard = heard_by(conversation, TEN_SECONDS)
    spoken = [(one.turn, spoken_in(conversation, one.turn)) for one in heard]
    for turn, tongue in spoken:
        if tongue == wanted:
            return Finding(True, f"{wanted} used", Span(turn.start / RATE, turn.end / RATE, f"{wanted} used"))
    offered = look_for(heard, lambda said: offers(said, wanted), f"{wanted} used or offered")
    if offered.holds is False and any(tongue is None for _, tongue in spoken):
        return Finding(None, "nobody is sure which language the agent spoke", offered.span)
    return offered


def _barge_in(conversation: Conversation, _scenario: Scenario) -> Finding | str:
    cut: Yield | None = None
    for one in yields(conversation):
        first = running(conversation, one.event.at, in_pause=True)
        spoke_before = any(turn.end <= (first.start if first else 0) for turn in caller_turns(conversation))
        if one.event.at < TEN_SECONDS and first is not None and not spoke_before:
            cut = one
            break
    if cut is None:
        return "the caller didn't cut into the greeting"
    if cut.standing == "failed":
        return Finding(False, cut.why, cut.span)
    if cut.standing == "proved" and cut.delay is not None:
        return Finding(cut.delay <= IN_TIME, cut.why, cut.span)
    return Finding(None, cut.why, cut.span)


def _intent(conversation: Conversation, scenario: Scenario) -> Finding | str:
    if not scenario.truth.reason:
        return "the scenario states no reason"
    turns = caller_turns(conversation)
    if not turns:
        return "the caller said nothing"
    until = turns[2].start if len(turns) > 2 else len(conversation.recording.heard)
    told = [one for one in heard_by(conversation, until) if one.turn.start >= turns[0].start]
    said = [" ".join(one.words) for one in told if one.words is not None]
    said += _done(conversation, turns[0].start, until)
    given = [turn.text or "" for turn in turns[:2]]
    said = [text for text in said if not names_others(scenario.truth.reason, text, given)]
    wanted = content(scenario.truth.reason)
    have = wanted & frozenset(word for text in said for word in content(text))
    span = Span(turns[0].start / RATE, until / RATE, "from the caller's first turn to its third")
    if have == wanted:
        return Finding(True, f"by its words and deeds: {scenario.truth.reason}", span)
    here = languages(conversation, scenario)
    last = told[-1].turn.text if told else None
    if not have and last is not None and asks_what_is_wanted(last, here):
        return Finding(False, "in its answer to the second turn it still asked what the caller wants", span)
    return Finding(None, f"nothing it said or did by then shows it: {scenario.truth.reason}", span)


def _done(conversation: Conversation, since: int, until: int) -> Sequence[str]:
    """What the agent did and stated between two samples, as text."""
    calls = [
        f"{call.name} {' '.join(map(str, call.arguments.values()))}"
        for call in events(conversation, ToolCalled)
        if since <= call.at < until
    ]
    packets = [
        " ".join(filter(None, (packet.reason, packet.summary)))
        for event in events(conversation, HandedOff)
        if since <= event.at < until and (packet := read_packet(event.packet)) is not None
    ]
    states = [
        f"{name} {value}"
        for state in events(conversation, AgentState)
        if since <= state.at < until
        for name, value in state.attrs.items()
        if name not in ("handoff", "language", "speaking", "interrupted")
    ]
    return [text.replace("_", " ") for text in (*calls, *packets, *states)]


def _no_dead_air(conversation: Conversation, scenario: Scenario) -> Finding | str:
    found = dead_air(conversation, scenario)["count"]
    if isinstance(found, Unscored):
        return found.reason
    early = [span for span in found.spans if span.start * RATE < TEN_SECONDS]
    if early:
        return Finding(False, early[0].note, early[0])
    return Finding(True, "nobody was left waiting", Span(0.0, TEN_SECONDS / RATE))


_CHECKS: Mapping[str, Callable[[Conversation, Scenario], Finding | str]] = {
    "greeted": _greeted,
    "identity": _identity,
    "ai_disclosure": _disclosure,
    "consent": _consent,
    "language": _language,
    "barge_in": _barge_in,
    "intent": _intent,
    "no_dead_air": _no_dead_air,
}
