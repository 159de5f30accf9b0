"""What the agent made of each of the caller's turns: computed once a call, shared by the timing scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from harness.audio import RATE, samples
from harness.conversation import Conversation, Turn
from harness.scenario import INTERRUPTIONS
from harness.scorers._lateness import spoiled
from harness.scorers._once import once_a_call
from harness.scorers._speech import (
    EDGE,
    RESUMES,
    RESUMES_OVER,
    Stretch,
    call_end,
    caller_turns,
    events,
    hung_up,
    onsets,
    ours,
    pieces,
    running,
    stops,
    withdrawals,
)
from harness.text.phrases import is_goodbye
from harness.timeline import LineSaid, Party, ReplyEnded, StayedSilent, ToolCalled

WAITED = samples(1.5)
"""A caller that waited this long for nothing was not answered."""

PREMATURE = -0.1
"""Seconds: a reply that starts earlier than this, before the caller's last voiced sample, cut the caller off."""

COLLISION = samples(0.3)
"""Onsets of both parties within this of each other are nobody's fault."""

AGENT_MURMUR = samples(1.0)
"""The agent's own backchannel: at most so much, wholly inside the caller's turn."""

Standing: TypeAlias = Literal[
    "answered", "premature", "unanswered", "overlapped", "collision", "farewell", "on_hold", "undecided"
]
"""What became of a turn. overlapped: the agent's earlier speech ran on past it, and no reply came.
farewell: a goodbye that the agent answered by hanging up. on_hold: the caller asked the agent to
wait, and it did. undecided: the caller didn't wait."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A turn of the caller's, and the reply to it.

    until: where the caller's next turn begins, or the call was over. due: the same, or where our own
    caller, which was late, was to begin it. held: until where the agent's
    earlier speech ran on into it (the turn's start where there was none). reply: the spurt that
    answers. late: why its timing can't be trusted. tools: whether the agent called one meanwhile.
    """

    turn: Turn
    until: int
    due: int
    held: int
    reply: Stretch | None
    standing: Standing
    unanswered: bool
    late: str | None
    tools: bool

    @property
    def latency(self) -> float | None:
        """Seconds from the caller's last voiced sample to the reply's first; negative where it came before."""
        return None if self.reply is None else (self.reply[0] - self.turn.end) / RATE

    @property
    def waited(self) -> float:
        """Seconds that the caller waited behind its turn; what it was late by itself is none of them."""
        return max(0, self.due - self.turn.end) / RATE


@once_a_call
def exchanges(conversation: Conversation) -> tuple[Exchange, ...]:
    """One for each of the caller's turns, in order."""
    turns = caller_turns(conversation)
    untils = [*(turn.start for turn in turns), call_end(conversation)][1:]
    return tuple(_exchange(conversation, turn, max(until, turn.end)) for turn, until in zip(turns, untils, strict=True))


def _exchange(conversation: Conversation, turn: Turn, until: int) -> Exchange:
    held, collided = _held(conversation, turn)
    reply = next(
        (piece for piece in pieces(conversation) if piece[0] >= held and _may_answer(conversation, piece, turn, until)),
        None,
    )
    spoke = any(start < until and end > turn.end for start, end in pieces(conversation))
    over = until == call_end(conversation)
    farewell = over and _took_leave(conversation, turn)
    waits = any(hold[0] < until and turn.end < hold[1] for hold in holds(conversation) if turn.start <= hold[0])
    due = ours(conversation, turn.end, until)
    unanswered = not spoke and due - turn.end >= WAITED and not farewell and not waits
    standing: Standing
    if reply is not None:
        standing = "premature" if (reply[0] - turn.end) / RATE < PREMATURE else "answered"
    elif spoke:
        standing = "collision" if collided else "overlapped"
    elif farewell or waits:
        standing = "farewell" if farewell else "on_hold"
    else:
        standing = "unanswered" if unanswered else "undecided"
    late = None if reply is None else spoiled(conversation.recording, turn.start, max(turn.end, reply[0]))
    tools = any(turn.start <= call.at < (reply[0] if reply else until) for call in events(conversation, ToolCalled))
    return Exchange(turn, until, due, held, reply, standing, unanswered, late, tools)


def _held(conversation: Conversation, turn: Turn) -> tuple[int, bool]:
    """Until where speech runs on that can't be a reply: begun before the turn, or in collision with it."""
    before = None
    if turn.kind in INTERRUPTIONS or not _left_the_floor(conversation, turn.start):
        before = running(conversation, turn.start, in_pause=turn.kind in INTERRUPTIONS)
    held = turn.start + 1 if before is None else max(turn.start + 1, before.end)
    collided = before is not None and collides(conversation, turn.start)
    for onset in onsets(conversation):
        if turn.start < onset <= turn.start + COLLISION:
            speech = running(conversation, onset, in_pause=False)
            if speech is not None:
                held, collided = max(held, speech.end), True
    return held, collided


def _left_the_floor(conversation: Conversation, at: int) -> bool:
    """Whether the agent has been silent for 0.6 s: what it says to a turn that begins there is an answer."""
    begun = [piece for piece in pieces(conversation) if piece[0] <= at]
    return bool(begun) and at - begun[-1][1] >= RESUMES - EDGE


def collides(conversation: Conversation, onset: int) -> bool:
    """Whether the agent began to speak within 0.3 s of an onset of the caller's."""
    return any(abs(begun - onset) <= COLLISION for begun in onsets(conversation))


def _may_answer(conversation: Conversation, piece: Stretch, turn: Turn, until: int) -> bool:
    return turn.start < piece[0] < until and not is_murmur(conversation, piece, turn)


def is_murmur(conversation: Conversation, piece: Stretch, turn: Turn) -> bool:
    """Whether a piece of the agent's speech only murmurs along with a turn of the caller's.

    It is short, and all that the agent says there: what it says in pieces, with less than a second
    of silence between, counts together, whatever it calls them. The beginning or the end of a speech,
    with a breath between, is none; nor is what it took back, which was to be more.
    """
    start, end = piece
    if not (turn.start < start and end <= turn.end and end - start <= AGENT_MURMUR):
        return False
    broken_off = any(end - EDGE <= event.at <= end + RESUMES for event in withdrawals(conversation))
    # One that is paced has nothing left to take back: that it said so at that very instant shows it.
    broken_off = broken_off or any(abs(event.at - end) <= EDGE for event in stops(conversation))
    if broken_off or _together(conversation, piece, turn) > AGENT_MURMUR:
        return False
    return not any(_one_speech(conversation, piece, other, turn) for other in pieces(conversation))


def _together(conversation: Conversation, piece: Stretch, turn: Turn) -> int:
    """How long the agent is heard inside a turn in this piece and those close to it."""
    inside = [other for other in pieces(conversation) if turn.start < other[0] and other[1] <= turn.end]
    first = last = inside.index(piece)
    while first and inside[first][0] - inside[first - 1][1] < RESUMES_OVER:
        first -= 1
    while last + 1 < len(inside) and inside[last + 1][0] - inside[last][1] < RESUMES_OVER:
        last += 1
    return sum(end - start for start, end in inside[first : last + 1])


def _one_speech(conversation: Conversation, one: Stretch, other: Stretch, turn: Turn) -> bool:
    """Whether another piece goes on with this one or leads to it.

    What begins when the caller has finished may be the answer behind a murmur: there an agent must be
    one that tells where its utterances end.
    """
    first, second = sorted((one, other))
    gap = second[0] - first[1]
    ends = events(conversation, ReplyEnded)
    if one == other or gap > RESUMES or (second[0] >= turn.end and not ends):
        return False
    return not any(first[1] - EDGE <= event.at <= second[0] + EDGE for event in ends)


@once_a_call
def holds(conversation: Conversation) -> tuple[Stretch, ...]:
    """Where the caller had asked the agent to wait: it owes nothing there."""
    return tuple((event.at, event.end) for event in events(conversation, StayedSilent) if event.kind == "hold")


def _took_leave(conversation: Conversation, turn: Turn) -> bool:
    ended = hung_up(conversation)
    if ended is None or ended.party is not Party.AGENT:
        return False
    text = turn.text or next((line.text for line in events(conversation, LineSaid) if line.at == turn.start), "")
    return is_goodbye(text)
