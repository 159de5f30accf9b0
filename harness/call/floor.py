"""The floor: who may speak, from where the caller stands, as a table of states."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """Where the caller stands."""

    AWAIT = "the agent owes a turn and hasn't begun"
    LISTEN = "the agent speaks"
    YOURS = "nobody speaks and nobody owes: the caller may"
    SPEAK = "the caller speaks"
    CUT_IN = "the caller speaks over speech of the agent's that was running"
    TALKED_OVER = "the agent began to speak over the caller"
    HELD = "the caller has said its piece; the agent still runs on with its old speech"
    OVER = "the line is closed"


class Signal(Enum):
    """What moves the floor. A backchannel doesn't: the caller murmurs without wanting it."""

    AGENT_ON = "the agent begins"
    AGENT_OFF = "the agent's turn has ended"
    CALLER_ON = "the caller begins a line that wants the floor"
    CALLER_OFF = "the caller's line has ended"
    PATIENCE = "the caller will wait no longer"
    HANG_UP = "either side hangs up"


_NEXT: dict[tuple[State, Signal], State] = {
    (State.AWAIT, Signal.AGENT_ON): State.LISTEN,
    (State.AWAIT, Signal.CALLER_ON): State.SPEAK,
    (State.AWAIT, Signal.PATIENCE): State.YOURS,
    (State.LISTEN, Signal.AGENT_OFF): State.YOURS,
    (State.LISTEN, Signal.CALLER_ON): State.CUT_IN,
    (State.YOURS, Signal.AGENT_ON): State.LISTEN,
    (State.YOURS, Signal.CALLER_ON): State.SPEAK,
    (State.YOURS, Signal.PATIENCE): State.YOURS,
    (State.SPEAK, Signal.AGENT_ON): State.TALKED_OVER,
    (State.SPEAK, Signal.CALLER_OFF): State.AWAIT,
    (State.CUT_IN, Signal.AGENT_OFF): State.SPEAK,
    (State.CUT_IN, Signal.CALLER_OFF): State.HELD,
    (State.TALKED_OVER, Signal.AGENT_OFF): State.SPEAK,
    (State.TALKED_OVER, Signal.CALLER_OFF): State.LISTEN,
    (State.HELD, Signal.AGENT_OFF): State.AWAIT,
    (State.HELD, Signal.CALLER_ON): State.CUT_IN,
} | {(state, Signal.HANG_UP): State.OVER for state in State}


class Floor:
    """Who may speak, and since which sample."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.since = 0

    def move(self, signal: Signal, at: int) -> bool:
        """Take a signal at sample `at`; whether it meant anything in this state."""
        following = _NEXT.get((self.state, signal))
        if following is None:
            return False
        if following is not self.state:
            self.state, self.since = following, at
        return True
