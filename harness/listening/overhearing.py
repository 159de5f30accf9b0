"""Asking an independent recogniser, whoever else knows the words: how well is each side understood?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from harness.audio import RATE, Samples
from harness.conversation import Conversation, Overheard
from harness.detection.offset import without_offset
from harness.listening.words import MARGIN
from harness.speech import Recogniser
from harness.text.counting import counted
from harness.text.words import count_words, folded, written
from harness.timeline import AgentSaid, LineSaid, Party

TRACKS = ("heard", "sent", "clean")

FASTEST = 6.5
"""Words a second that nobody speaks at for longer than a moment."""

AGAIN = 3
"""So often in a row nobody says the same phrase; a recogniser that has lost its thread does."""

PHRASE = 3
"""Words that make a phrase."""

TWICE_AGAIN = 6
"""So often a word or two may come in a row: "seven seven seven", "no no no no"."""


def overhear(
    conversation: Conversation,
    recogniser: Recogniser,
    tracks: Collection[str],
    *,
    agent: str,
    languages: Collection[str] = ("en",),
) -> Conversation:
    """The conversation with what a recogniser hears on these tracks.

    On `heard` each turn of the agent's of which it told the text; on `sent` and `clean` each of the
    caller's lines. agent: the language the agent speaks where it doesn't tell. languages: primary
    tags that the recogniser knows; what is in another isn't asked for.
    """
    recording = conversation.recording
    sound = {"heard": without_offset(recording.heard), "sent": recording.sent, "clean": recording.clean}
    found = [
        _asked(recogniser, track, sound[track], start, end)
        for track in TRACKS
        if track in tracks
        for start, end, language in _stretches(conversation, track, agent)
        if all(tag.partition("-")[0].lower() in languages for tag in language.split("+"))
    ]
    return replace(conversation, overheard=tuple(found))


def _stretches(conversation: Conversation, track: str, agent: str) -> Iterator[tuple[int, int, str]]:
    events = conversation.recording.events
    if track != "heard":
        for line in events:
            if isinstance(line, LineSaid) and line.text and line.end > line.at:
                yield line.at, line.end, line.language
        return
    for turn in conversation.of(Party.AGENT):
        if turn.source == "told":
            told = [
                e.language for e in events if isinstance(e, AgentSaid) and e.language and turn.start <= e.at < turn.end
            ]
            yield turn.start, turn.end, told[0] if told else agent


def _asked(recogniser: Recogniser, track: str, sound: Samples, start: int, end: int) -> Overheard:
    text = recogniser(sound[max(0, start - MARGIN) : end + MARGIN])
    return Overheard(track, start, end, text, doubtful(text, (end - start) / RATE))


def doubtful(text: str, seconds: float) -> str | None:
    """Why a recogniser's words for so many seconds of sound can't be what was said; None where nothing shows it.

    Of sound that is no speech, or speech it can't make out, a recogniser makes words all the same:
    more than fit, or the same ones over and over.
    """
    said = count_words(text)
    if said > 3 + FASTEST * seconds:
        return f"{counted(said, 'word')} in {seconds:.1f} s"
    words = [folded(word).strip().lower() for word in written(text)]
    for size in range(1, len(words) // AGAIN + 1):
        for start in range(len(words) - AGAIN * size + 1):
            unit = words[start : start + size]
            again = all(words[start + k * size : start + (k + 1) * size] == unit for k in range(1, AGAIN))
            if again and (size >= PHRASE or _goes_on(words, start, unit)):
                return f"{' '.join(unit)!r} over and over"
    return None


def _goes_on(words: list[str], start: int, unit: list[str]) -> bool:
    """Whether a word or two are said so often in a row that no number, spelling or stammer explains it."""
    many = 0
    while words[start + many * len(unit) : start + (many + 1) * len(unit)] == unit:
        many += 1
    return many > TWICE_AGAIN
