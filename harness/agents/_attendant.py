"""Whose turn it is, and when: the demo agent between its ear, its workers, its dialogue and its mouth."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.agents._dialogue import OVER, Act, Dialogue, HandOver, HangUp, Say, State, Use
from harness.agents._hearing import Ear
from harness.agents._jobs import Job, Jobs
from harness.agents._mouth import Mouth
from harness.audio import FRAME, RATE, samples
from harness.call.line import Arrived, Closed, Frame, Telling, What
from harness.speech import Recogniser, Voice

PICK_UP = samples(0.35)
"""From the call's beginning to the first word being made."""

MURMUR = samples(0.2)
"""Quiet after a short sound over the agent's speech, after which its words are asked for."""

MURMURED = samples(0.42)
"""Quiet after which such a sound is over, and forgotten if it didn't matter."""

TOGETHER = samples(0.3)
"""Who begin within so much of each other have collided, and the agent is the one to give way."""

COLLIDED = samples(0.3)
"""How long the caller speaks into a collision before the agent yields: nobody murmurs at what hasn't been said."""

DENSE = 0.45
"""Share of a stretch over the agent's speech that must be voiced, or it is noise."""

FINISHING = samples(1.2)
"""So little left of a question, a yes is its answer and no murmur."""

SHORTEST = samples(0.12)
"""No word is voiced for less: a clink, not a turn."""

LONGEST = 25 * RATE
"""Of one stretch of speech more than this isn't waited for."""

SILENT = samples(6.5)
"""The caller has said nothing for so long since the agent's words: it asks again."""

KEYS = samples(0.8)
"""Keys that come closer than this belong together."""

LINGER = samples(1.5)
"""From the agent's last words to its hanging up."""

NEVER = 1 << 60
"""An instant that doesn't come."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How the agent carries itself, in samples, and what it gets wrong on purpose. mishear: a word, and another."""

    costs: Mapping[str, int]
    endpoint: int
    barge_in: int
    greet_late: int
    hang_up_after: int
    ignore_barge_in: bool = False
    mute: bool = False
    mishear: tuple[str, str] | None = None


class Attendant:
    """Whose turn it is, and when: between the ear, the workers, the dialogue and the mouth."""

    def __init__(
        self,
        dialogue: Dialogue,
        habits: Habits,
        voice: Voice,
        recogniser: Recogniser,
        clock: Callable[[], float] | None,
    ) -> None:
        self._dialogue = dialogue
        self._habits = habits
        self._recogniser = recogniser
        self._ear = Ear()
        self._jobs = Jobs(habits.costs, clock)
        self._mouth = Mouth(voice, self._jobs, self._send)
        self._state = State()
        self._out: list[Arrived] = []
        self._now = 0
        self._open = True
        self._messaged = False
        self._introduced = False
        self._unanswered: list[str] = []
        self._before: tuple[State, list[str]] | None = None
        self._hearing: Job | None = None
        self._thinking: Job | None = None
        self._held = False
        self._over = False
        self._murmured = 0
        self._rest = ""
        self._asked_again = 0
        self._closing: str | None = None
        self._keys = ""
        self._keys_until = NEVER
        self._alarm = PICK_UP + habits.greet_late
        self._stages: dict[str, int] = {}
        self._since = 0

    def step(self, said: Frame) -> Sequence[Arrived]:
        """Hear 20 ms of the caller, and give what is due in the next."""
        now = self._now = (said.number + 1) * FRAME
        if not self._open:
            return ()
        if said.hung_up:
            self._open = False
            self._message(now)
            return self._given()
        if not said.number:
            self._tell(now, "state", handoff=["in-band"], language="en")
        self._ear.hear(said)
        if (said.marks and self._mouth.played(said.marks)) or self._mouth.overdue(now):
            self._spoken(now)
        if said.keys:
            self._pressed(now, said.keys)
        if self._ear.since is not None:
            self._attend(now, self._ear.since)
        if now + FRAME > min(self._alarm, self._keys_until, self._habits.hang_up_after):
            self._wake(now)
        self._jobs.run(now + FRAME)
        return self._given() if self._out else ()

    # --- hearing

    def _attend(self, now: int, since: int) -> None:
        """The caller is speaking, or has just stopped."""
        quiet = now - self._ear.last
        if self._mouth.speaking:
            self._over = True
            self._overlapped(now, since, quiet)
        elif quiet >= self._habits.endpoint or now - since > LONGEST:
            self._turn_ended(now, quiet)
        elif not self._held:
            self._held = True
            self._hold(now)

    def _overlapped(self, now: int, since: int, quiet: int) -> None:
        """The caller sounds while the agent speaks: length decides, and of what is short, the words."""
        if self._habits.ignore_barge_in:
            if quiet >= self._habits.endpoint:
                self._forget()
            return
        length = now - since
        together = abs(since - self._mouth.starts) <= TOGETHER
        enough = min(COLLIDED, self._habits.barge_in) if together else self._habits.barge_in
        if self._ear.loud and length >= enough and self._ear.voiced * FRAME >= DENSE * length:
            self._yield(now)
        elif self._ear.voiced * FRAME < SHORTEST:
            if quiet >= MURMUR:
                self._forget()
        elif quiet >= MURMUR and self._murmured != self._ear.last and self._hearing is None:
            self._murmured = self._ear.last
            sound = self._ear.sound()
            self._hearing = self._jobs.submit("stt", now, lambda: self._recogniser(sound), self._murmur)
        elif quiet >= MURMURED and self._hearing is None:
            self._forget()

    def _murmur(self, ready: int, text: str) -> None:
        """The words of a short sound over the agent's speech."""
        self._hearing = None
        self._ear.held(words=bool(text.strip()))
        finishing = self._mouth.ends - ready < FINISHING
        if self._mouth.speaking and self._dialogue.matters(self._state, text, finishing=finishing):
            self._yield(ready)

    def _yield(self, at: int) -> None:
        """Fall silent and listen."""
        self._rest = self._mouth.stop(at)
        self._cancel_thinking(at)
        self._alarm = NEVER
        self._held = True
        self._over = False
        self._tell(at, "state", interrupted=True)

    def _hold(self, at: int) -> None:
        """The caller goes on before the answer sounds: what it said belongs to what it says now."""
        self._cancel_thinking(at)
        if self._mouth.expecting:
            rest = self._mouth.stop(at)
            if self._before is not None:
                self._state, self._unanswered = self._before
            elif self._introduced:
                # What was done can't be taken back: the caller is told of it after all.
                self._rest = rest

    def _turn_ended(self, now: int, quiet: int) -> None:
        if self._ear.voiced * FRAME < SHORTEST:
            self._forget()
            self._after_nothing(now)
            return
        sound = self._ear.sound()
        murmur = self._over and now - quiet - (self._ear.since or 0) < self._habits.barge_in
        self._forget()
        self._stages = {"endpointing": quiet}
        self._since = now
        then = self._murmured_last if murmur else self._transcribed
        self._hearing = self._jobs.submit("stt", now, lambda: self._recogniser(sound), then)

    def _murmured_last(self, ready: int, text: str) -> None:
        """The words of a short sound that began over the agent's speech and outlasted it."""
        if self._dialogue.matters(self._state, text, finishing=True):
            self._transcribed(ready, text)
        else:
            self._hearing = None
            self._alarm = min(self._alarm, ready + SILENT)

    def _forget(self) -> None:
        self._ear.forget()
        self._held = self._over = False

    def _transcribed(self, ready: int, text: str) -> None:
        self._hearing = None
        self._stages["stt"] = ready - self._since
        self._ear.held(words=bool(text.strip()))
        if not text.strip():
            self._after_nothing(ready)
            return
        self._asked_again = 0
        text = self._taken_for(text)
        self._tell(ready, "user.transcript", text=text, final=True, language="en")
        rest, self._rest = self._rest, ""
        if rest and not self._unanswered and self._dialogue.adds_nothing(self._state, text):
            self._say(ready, rest)
            return
        self._unanswered.append(text)
        if self._ear.since is None or self._mouth.speaking:
            self._think(ready)

    def _taken_for(self, text: str) -> str:
        """The words as the agent has them: one taken for another, where that was planted."""
        if self._habits.mishear is None:
            return text
        word, other = self._habits.mishear
        return re.sub(rf"\b{re.escape(word)}\b", lambda _: other, text, flags=re.IGNORECASE)

    def _after_nothing(self, at: int) -> None:
        """There were no words in what was heard: go on where it broke in."""
        if self._unanswered:
            self._think(at)
        elif self._rest:
            rest, self._rest = self._rest, ""
            self._say(at, rest)
        else:
            self._alarm = min(self._alarm, at + (LINGER if self._closing else SILENT))

    def _pressed(self, now: int, keys: str) -> None:
        self._keys += keys
        self._keys_until = now if "#" in keys else now + KEYS
        self._alarm = NEVER
        if self._mouth.speaking and not self._habits.ignore_barge_in:
            self._mouth.stop(now)

    # --- thinking

    def _think(self, at: int) -> None:
        state, text = self._state, " ".join(self._unanswered)
        self._cancel_thinking(at)
        self._since = at
        self._thinking = self._jobs.submit("think", at, lambda: self._dialogue.answer(state, text), self._thought)

    def _cancel_thinking(self, at: int) -> None:
        if self._thinking is not None:
            self._jobs.cancel(self._thinking, at)
            self._thinking = None

    def _thought(self, ready: int, answer: tuple[State, tuple[Act, ...]]) -> None:
        self._thinking = None
        self._stages["llm_first_token"] = ready - self._since
        self._since = ready
        state, acts = answer
        reversible = all(isinstance(act, Say) for act in acts)
        self._before = (self._state, self._unanswered) if reversible else None
        self._state, self._unanswered = state, []
        for act in acts:
            self._perform(ready, act)
        if not acts:
            self._alarm = ready + (LINGER if state.asking == OVER else SILENT)

    def _perform(self, at: int, act: Act) -> None:
        match act:
            case Say(text):
                # A caller who speaks first has not been told yet who answers.
                self._say(at, text if self._introduced else f"Hello, {self._dialogue.name()} {text}")
            case Use(tool, arguments, result):
                self._tell(at, "tool.call", name=tool, arguments=dict(arguments), result=dict(result))
            case HandOver(to, packet, acknowledged):
                receipt = {"receipt": f"{to}-{at // RATE:04}"} if acknowledged else {}
                self._tell(at, "handoff", to=to, packet=dict(packet), **receipt)
            case HangUp(reason):
                self._closing = reason

    # --- speaking

    def _say(self, at: int, text: str) -> None:
        self._alarm = NEVER
        self._since = at
        self._mouth.say(at, text, lambda began, name: self._began(began, name, text))

    def _began(self, at: int, name: str, text: str) -> None:
        """The first sound of a reply goes out."""
        self._introduced = True
        self._before = None
        self._stages["tts_first_byte"] = at - self._since
        if "stt" in self._stages:
            for stage, took in self._stages.items():
                self._tell(at, "latency", stage=stage, ms=round(1000 * took / RATE, 3))
        self._stages = {}
        self._tell(at, "agent.text", text=text, spoken=True, language="en", reply=name)

    def _spoken(self, now: int) -> None:
        """All that was said has been heard."""
        self._alarm = now + (LINGER if self._closing else SILENT)

    def _wake(self, now: int) -> None:
        """A time has come."""
        due = now + FRAME - 1
        if due >= self._habits.hang_up_after:
            self._close(max(now, self._habits.hang_up_after), "hung up in the middle of it")
        elif due >= self._keys_until:
            at = max(now, self._keys_until)
            keys, self._keys, self._keys_until = self._keys, "", NEVER
            state = self._state
            self._since = at
            self._cancel_thinking(at)
            self._thinking = self._jobs.submit("think", at, lambda: self._dialogue.keyed(state, keys), self._thought)
        else:
            at, self._alarm = max(now, self._alarm), NEVER
            if not self._busy():
                self._ring(at)

    def _busy(self) -> bool:
        mouth = self._mouth
        waiting = self._hearing is not None or self._thinking is not None
        return waiting or mouth.speaking or mouth.expecting or self._ear.since is not None

    def _ring(self, at: int) -> None:
        """Nobody has said anything: greet, ask again, or go."""
        if self._closing is not None:
            self._close(at, self._closing)
        elif not self._introduced:
            self._say(at, self._dialogue.greeting())
        elif self._asked_again < 2:
            self._asked_again += 1
            self._say(at, "Are you still there?")
        else:
            self._closing = "nobody there"
            self._say(at, "I can't hear you, so I'll hang up now. Goodbye.")

    def _close(self, at: int, reason: str) -> None:
        self._open = False
        self._message(at)
        self._send(at, Closed(reason))

    def _message(self, at: int) -> None:
        """The message after the call, with what came of it."""
        text = self._dialogue.message(self._state)
        if text is None or self._messaged:
            return
        self._messaged = True
        phone = self._state.facts.get("phone")
        self._tell(at, "message", channel="whatsapp", to=phone.value if phone else "caller", text=text)

    # --- the line

    def _tell(self, at: int, kind: str, **attrs: Any) -> None:
        if not self._habits.mute:
            self._send(at, Telling(kind, attrs))

    def _send(self, at: int, what: What) -> None:
        self._out.append(Arrived(max(at, self._now), what))

    def _given(self) -> Sequence[Arrived]:
        out, self._out = self._out, []
        out.sort(key=lambda arrived: arrived.at)
        return out
