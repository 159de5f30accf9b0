"""What happened in a call so far, as it is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.recording import in_order
from harness.timeline import Event, ProtocolBroken


class Notes:
    """The events of a call; a breach of the protocol that comes again is counted, not noted again.

    told: is told each event that is noted.
    """

    def __init__(self, told: Callable[[Event], None]) -> None:
        self._told = told
        self._events: list[Event] = []
        self._breaches: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._events)

    def __call__(self, event: Event) -> None:
        """Note an event."""
        if isinstance(event, ProtocolBroken):
            seen = self._breaches.get(event.why, 0)
            self._breaches[event.why] = seen + event.count
            if seen:
                return
        self._events.append(event)
        self._told(event)

    def with_(self, more: Iterable[Event]) -> tuple[Event, ...]:
        """All of them and some more, in order; each breach with how often it came."""
        events = (
            ProtocolBroken(event.at, event.why, self._breaches[event.why])
            if isinstance(event, ProtocolBroken)
            else event
            for event in self._events
        )
        return in_order([*events, *more])
