"""What a caller could know of the call so far, in words."""

from __future__ import annotations

from harness.audio import RATE
from harness.timeline import (
    AgentSaid,
    Event,
    HandedOff,
    KeysPressed,
    LineSaid,
    MissedByPlan,
    Party,
    SpeechStarted,
    SpeechStopped,
)

AGAIN = RATE
"""Who tells what it says piece by piece is listened to this long before there is something to decide again."""

_AGENT = "agent: "


class Overheard:
    """The call in lines, each behind who said it.

    agent_speaks: whether the agent is heard now. news: whether it has been, or has said, anything
    since this was last asked for; where it tells its words, only they are news.
    """

    def __init__(self) -> None:
        self.agent_speaks = False
        self.news = False
        self._lines: list[str] = []
        self._turn: int | None = None
        self._now = 0
        self._taken_at = -AGAIN
        self._told_at: int | None = None
        self._stopped_at = -1
        self._silent = False

    def take(self) -> tuple[str, ...]:
        """All of it so far."""
        self.news = False
        self._taken_at = self._now
        return tuple(self._lines)

    def turn(self) -> None:
        """It is the caller's to speak: where the agent hasn't been heard since it last was, that is worth a line."""
        if self._silent and self._lines:
            self._lines.append("(the agent says nothing)")
        self._silent = True

    def agent_said(self, text: str) -> None:
        """The agent's words, however they came to be known."""
        self._turn = len(self._lines)
        self._lines.append(_AGENT + text)

    def witness(self, event: Event) -> None:
        """Keep what a caller could know of an event."""
        self._now = max(self._now, event.at)
        match event:
            case AgentSaid(spoken=True):
                self._told(event)
            case SpeechStarted(party=Party.AGENT):
                self.agent_speaks, self._silent = True, False
                self.news = self._told_at is None or self._told_at > self._stopped_at
            case SpeechStopped(party=Party.AGENT):
                self.agent_speaks = self.news = False
                self._stopped_at = event.at
                self._taken_at = event.at - AGAIN
            case LineSaid():
                self._lines += _own(event)
            case KeysPressed():
                self._lines.append(f"you: (pressed {event.keys})")
            case HandedOff():
                self._lines.append("(the agent hands you over)")
            case MissedByPlan():
                self._lines.append("(what you had planned didn't come to its moment)")

    def _told(self, said: AgentSaid) -> None:
        """What the agent tells of its words; where it was interrupted it tells once more, how far it came."""
        text = " ".join(said.text.split())
        goes_on = self._told_at is not None and self._told_at > self._stopped_at
        self.news = self.news or said.at >= self._taken_at + AGAIN
        self._told_at = said.at
        if not text:
            return
        if said.interrupted and self._turn is not None:
            self._lines[self._turn] = _AGENT + text
        elif goes_on and self._turn is not None and self._turn == len(self._lines) - 1:
            self._lines[-1] = _joined(self._lines[-1], text)
        else:
            self.agent_said(text)


def _joined(line: str, text: str) -> str:
    """A line that goes on; some tell all that they have said so far, once more."""
    said = line.removeprefix(_AGENT)
    return _AGENT + (text if text.startswith(said) else f"{said} {text}")


def _own(line: LineSaid) -> list[str]:
    """A line of the caller's; of one that was broken off, the words that were begun."""
    if line.kind == "side_speech":
        return [f"you: (to someone else) {line.text}"]
    if not line.text:
        return [f"({line.kind.replace('_', ' ')})"]
    text = " ".join(word for word, _, _ in line.words) + " –" if line.cut else line.text
    over = "" if line.kind == "say" else f"({line.kind.replace('_', ' ')}) "
    return [f"you: {over}{text}"]
