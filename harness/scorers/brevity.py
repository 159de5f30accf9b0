"""Whether the agent keeps it short: a caller can't skim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harness.audio import RATE, samples
from harness.conversation import Conversation, Turn
from harness.scenario import Scenario
from harness.score import Outcome, Score, Span, Unscored, scorer
from harness.scorers._speech import ours
from harness.text.words import count_words
from harness.timeline import Party

PARTS = ("words", "seconds", "first_three", "monologue", "questions")
BREATH = samples(1.0)
"""A pause shorter than this doesn't end a monologue."""

_MARKS = frozenset("?？؟")
_PUNCTUATION = frozenset(".!,;:?？؟।。")


@scorer(
    unit="s",
    better="lower",
    version=1,
    parts=PARTS,
    units={"words": "words", "first_three": "words", "questions": "count"},
)
def brevity(conversation: Conversation, _scenario: Scenario) -> Mapping[str, Outcome]:
    """How much the agent says at a time.

    words, seconds: the mean per agent turn, seconds without pauses. first_three: the most words in
    any of its first three turns (25 is good). monologue: the longest stretch it speaks without a
    pause of 1 s, in seconds (12 is good). questions: the mean per turn. Words and questions are
    those of the agent's own text, or of recognition where it tells none, and unscored where nobody
    knows them; a turn that was cut short counts with all the text it told. A turn that went on because
    our own caller was late is left out.

    Source: the score catalogue, docs/metrics.md.
    """
    spoken = conversation.of(Party.AGENT)
    turns = [turn for turn in spoken if ours(conversation, turn.start, turn.end) == turn.end]
    if not turns:
        why = "our own caller was late in every turn of the agent's" if spoken else "the agent never spoke"
        return dict.fromkeys(PARTS, Unscored(why))
    worded = [turn for turn in turns if turn.text is not None]
    return {
        "words": _mean([(turn, count_words(turn.text or "")) for turn in worded], "words", "words"),
        "seconds": _mean([(turn, _sounding(turn)) for turn in turns], "s", "s"),
        "first_three": _first_three(turns[:3]),
        "monologue": _monologue(turns, conversation.resolution),
        "questions": _questions(worded),
    }


def _mean(measured: Sequence[tuple[Turn, float]], unit: str, of: str) -> Outcome:
    """The mean over turns; the longest turn is the first span."""
    if not measured:
        return Unscored("nobody knows what the agent said")
    longest_first = sorted(measured, key=lambda one: -one[1])
    spans = tuple(_span(turn, f"{value:g} {of}") for turn, value in longest_first[:3])
    values = tuple(float(value) for _, value in measured)
    return Score(sum(values) / len(values), unit, len(values), spans, values=values)


def _first_three(turns: Sequence[Turn]) -> Outcome:
    if any(turn.text is None for turn in turns):
        return Unscored("nobody knows what the agent said in its first three turns")
    counts = [count_words(turn.text or "") for turn in turns]
    worst = counts.index(max(counts))
    span = _span(turns[worst], f"{counts[worst]} words")
    return Score(max(counts), "words", len(counts), (span,), values=tuple(float(count) for count in counts))


def _monologue(turns: Sequence[Turn], resolution: float) -> Outcome:
    stretches: list[tuple[int, int]] = []
    for turn in turns:
        begun = len(stretches)
        for start, end in turn.spurts:
            if len(stretches) > begun and start - stretches[-1][1] < BREATH:
                stretches[-1] = (stretches[-1][0], end)
            else:
                stretches.append((start, end))
    start, end = max(stretches, key=lambda one: one[1] - one[0])
    length = (end - start) / RATE
    span = Span(start / RATE, end / RATE, f"{length:.1f} s without a pause")
    return Score(length, "s", len(stretches), (span,), resolution)


def _questions(worded: Sequence[Turn]) -> Outcome:
    text = "".join(turn.text or "" for turn in worded)
    if text and not _PUNCTUATION.intersection(text):
        return Unscored("the agent's text has no punctuation to know a question by")
    return _mean([(turn, sum(char in _MARKS for char in turn.text or "")) for turn in worded], "count", "questions")


def _sounding(turn: Turn) -> float:
    return sum(end - start for start, end in turn.spurts) / RATE


def _span(turn: Turn, note: str) -> Span:
    return Span(turn.start / RATE, turn.end / RATE, note)
