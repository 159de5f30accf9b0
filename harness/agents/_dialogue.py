"""The dialogue: where a call stands and a text in, what to say and do out. Pure, so that a turn can be taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeAlias

from harness.agents._desk import NAME, WORDS, Desk, Heard, Slot, Task
from harness.agents._reading import corrects, mentions, says_no, says_yes
from harness.agents._triggers import (
    ALWAYS,
    NOT_UNDERSTOOD,
    POLICY,
    Trigger,
    is_urgent,
    tone_of,
    trigger_in,
)

ROUTE, CHECK, CHANGE, ELSE, OVER = "(route)", "(check)", "(change)", "(else)", "(over)"
"""What the agent may be asking besides for a slot: what the call is about, whether the read-back is
right, what in it is wrong, whether there is more; and that nothing is asked any more."""

COMPANY = "Larkfield"
_HELLO = ("hello", "hi", "hey", "there", "good", "morning", "afternoon", "evening")
_PARDON = ("pardon", "repeat", "say that again", "come again", "what did you say", "didn't catch", "what was that")
_WAIT = ("stop", "wait", "hold on", "hang on", "one moment", "just a moment", "a second", "be quiet", "excuse me")
_MURMURS = ("mm", "mmm", "hmm", "hm", "mhm", "uh", "huh", "um", "ah", "oh", "mm-hmm", "er")
_NODS = ("yes", "yeah", "yep", "okay", "ok", "right", "sure", "that's", "i", "see", "fine", "correct", "good", "great")
_LASTING = ("name", "phone")
_PADDING = (
    "Thank you so much for that, I really do appreciate your patience today. "
    "As you may know, here at Larkfield we always go the extra mile for each and every one of our valued callers, "
    "and I would like to assure you that your call is very important to us. "
)


@dataclass(frozen=True, slots=True)
class Say:
    """Say a text; it is one reply."""

    text: str


@dataclass(frozen=True, slots=True)
class Use:
    """Call a tool."""

    tool: str
    arguments: Mapping[str, str]
    result: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Hand the call to the people behind a queue, with a packet. acknowledged: whether these take it."""

    to: str
    packet: Mapping[str, Any]
    acknowledged: bool = True


@dataclass(frozen=True, slots=True)
class HangUp:
    """End the call when what is said has been heard."""

    reason: str


Act: TypeAlias = Say | Use | HandOver | HangUp


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, and what it was before the caller corrected it."""

    value: str
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Where a call stands. asking: a slot's name or one of the above; misses: utterances not understood in a row."""

    task: Task | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    asking: str = ROUTE
    misses: int = 0
    tone: str | None = None
    urgent: bool = False
    tried: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flaws:
    """What a planted agent gets wrong on purpose.

    lose: a slot it forgets; invent: one it makes up, with the value; swap: two in each other's place.
    misjudge: a field of the packet, with what it says instead; wrong_place: where every call goes.
    """

    lose: str | None = None
    invent: tuple[str, str] | None = None
    swap: tuple[str, str] | None = None
    misjudge: tuple[str, str] | None = None
    wrong_place: str | None = None
    no_receipt: bool = False
    stale: bool = False
    no_ai_disclosure: bool = False
    long_winded: bool = False
    never_hand_over: bool = False
    always_hand_over: bool = False


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What an agent at these desks answers, on this day."""

    desks: tuple[Desk, ...]
    today: date
    flaws: Flaws = field(default_factory=Flaws)

    def name(self) -> str:
        """Who speaks, and that it is no human."""
        return (
            f"this is Ada at {COMPANY}." if self.flaws.no_ai_disclosure else f"this is Ada, {COMPANY}'s AI assistant."
        )

    def greeting(self) -> str:
        """The first words."""
        extra = self.desks[0].greeting if len(self.desks) == 1 else ""
        return self._padded(" ".join(part for part in (f"Hello, {self.name()}", extra, "How can I help?") if part))

    def answer(self, state: State, text: str) -> tuple[State, tuple[Act, ...]]:
        """What an utterance leads to."""
        if state.asking == OVER:
            return state, ()
        heard = Heard.of(text, self.today)
        trigger = ALWAYS if self.flaws.always_hand_over else trigger_in(heard.words)
        state = replace(state, tone=tone_of(heard.words) or state.tone, urgent=state.urgent or is_urgent(heard.words))
        state, news = self._understand(state, heard, asked=trigger is None)
        if trigger is not None and not self.flaws.never_hand_over:
            return self._hand_over(state, trigger)
        if state.task is not None and (news.begun or news.filled or news.changed):
            return self._next(replace(state, misses=0), state.task, news)
        return self._reply(state, heard)

    def keyed(self, state: State, keys: str) -> tuple[State, tuple[Act, ...]]:
        """What pressing keys leads to: 0 asks for a human, else they are digits, options, yes and no."""
        return self.answer(state, self._words_for(state, keys.strip("#*")))

    def matters(self, state: State, text: str, *, finishing: bool) -> bool:
        """Whether a short utterance over the agent's speech wants the floor: "stop" does, "mm-hmm" doesn't.

        finishing: the agent has all but finished its question, so that yes and no answer it.
        """
        heard = Heard.of(text, self.today)
        if trigger_in(heard.words) is not None or (corrects(heard.words) and len(heard.words) > 1):
            return True
        if mentions(heard.words, *_WAIT, *_PARDON, "hello"):
            return True
        if finishing and state.asking in (CHECK, ELSE):
            return says_yes(heard.words) or says_no(heard.words)
        slot = self._slot(state)
        if finishing and slot is not None and slot.kind not in (NAME, WORDS):
            return slot.kind.read(heard, True, None) is not None
        slots = () if state.task is None else state.task.slots
        return any(slot.kind is not WORDS and slot.kind.read(heard, False, None) for slot in slots)

    def adds_nothing(self, state: State, text: str) -> bool:
        """Whether an utterance only agrees, and so takes nothing back of what it interrupted."""
        words = Heard.of(text, self.today).words
        return state.asking != CHECK and all(word in _NODS or word in _MURMURS for word in words)

    def message(self, state: State) -> str | None:
        """The message after the call, with its facts; None where there is nothing to tell."""
        return f"{COMPANY}: {' '.join(state.notes)}" if state.notes else None

    # --- what was meant

    def _understand(self, state: State, heard: Heard, *, asked: bool) -> tuple[State, _News]:
        """Take from an utterance the task it begins and the facts it holds."""
        task = self._routed(state, heard)
        if task is not None:
            kept = {name: fact for name, fact in state.facts.items() if name in _LASTING}
            state = replace(state, task=task, facts=kept, asking=ROUTE)
        if state.task is None:
            return state, _News()
        facts = dict(state.facts)
        filled: list[Slot] = []
        changed: list[Slot] = []
        for slot in state.task.slots:
            old = facts.get(slot.name)
            value = slot.kind.read(heard, asked and slot.name == state.asking, None if old is None else old.value)
            if value is None or (old is not None and old.value == value):
                continue
            facts[slot.name] = Fact(value) if old is None else Fact(value, (*old.was, old.value))
            (filled if old is None else changed).append(slot)
        return replace(state, facts=facts), _News(task is not None, tuple(filled), tuple(changed))

    def _routed(self, state: State, heard: Heard) -> Task | None:
        """The task that an utterance begins; within a task only another that is plainly asked for."""
        idle = state.task is None or state.asking == ELSE
        if not idle and self._slot(state) is not None and self._fills(state, heard):
            return None
        best: tuple[int, int] | None = None
        chosen: Task | None = None
        for task in (task for desk in self.desks for task in desk.tasks):
            for rank, groups in enumerate(task.cues if idle else task.cues[:1]):
                if all(mentions(heard.words, *group) for group in groups):
                    if best is None or (rank, -task.weight) < best:
                        best, chosen = (rank, -task.weight), task
                    break
        if chosen is None and state.asking == ROUTE:
            tasks = (task for desk in self.desks for task in desk.tasks)
            return next((t for t in tasks if any(s.opens and s.kind.read(heard, False, None) for s in t.slots)), None)
        return None if chosen is state.task and not idle else chosen

    def _fills(self, state: State, heard: Heard) -> bool:
        slot = self._slot(state)
        return slot is not None and slot.kind.read(heard, True, None) is not None

    def _slot(self, state: State) -> Slot | None:
        """The slot that is being asked for."""
        slots = () if state.task is None else state.task.slots
        return next((slot for slot in slots if slot.name == state.asking), None)

    def _words_for(self, state: State, keys: str) -> str:
        if keys == "0":
            return "a human please"
        slot = self._slot(state)
        if slot is not None and 0 < slot.kind.least_keys <= len(keys):
            return " ".join(keys)
        number = int(keys) if keys.isdigit() and len(keys) == 1 else 0
        options = slot.kind.options if slot is not None else ()
        if state.asking == ROUTE:
            options = tuple(desk.offer for desk in self.desks)
        if 0 < number <= len(options):
            return options[number - 1]
        return {1: "yes", 2: "no"}.get(number, "")

    # --- what to do about it

    def _next(self, state: State, task: Task, news: _News) -> tuple[State, tuple[Act, ...]]:
        """Ask for what is missing, read back what is there, or do it."""
        opening = self._echo(state, news)
        missing = next((slot for slot in task.slots if slot.name not in state.facts), None)
        if missing is not None:
            return replace(state, asking=missing.name), (self._say(f"{opening}{missing.ask}"),)
        beyond = task.beyond({name: fact.value for name, fact in state.facts.items()})
        if beyond is not None and not self.flaws.never_hand_over:
            return self._hand_over(state, replace(POLICY, summary=beyond))
        if task.check is not None:
            sorry = "Sorry. " if news.changed else ""
            return replace(state, asking=CHECK), (self._say(sorry + self._filled(state, task.check)),)
        return self._do(state, task)

    def _echo(self, state: State, news: _News) -> str:
        """What was just understood, read back in passing: a correction always, else what is short."""
        said = [slot.kind.say(state.facts[slot.name].value) for slot in (*news.changed, *news.filled)]
        if news.changed:
            return f"Sorry, {', '.join(said)}. "
        short = [words for words in said if len(words.split()) <= 6]
        return f"{', '.join(short)}. " if short else ""

    def _do(self, state: State, task: Task) -> tuple[State, tuple[Act, ...]]:
        arguments = self._told(state)
        result = task.result({name: fact.value for name, fact in state.facts.items()})
        state = replace(
            state,
            asking=ELSE,
            misses=0,
            tried=(*state.tried, task.tool),
            notes=(*state.notes, self._filled(state, task.note, result, written=True)),
        )
        done = self._filled(state, task.done, result)
        return state, (Use(task.tool, arguments, result), self._say(f"{done} Anything else I can help with?"))

    def _reply(self, state: State, heard: Heard) -> tuple[State, tuple[Act, ...]]:
        """Answer what holds no fact: yes and no, goodbye, an aside; or miss it."""
        words, task = heard.words, state.task
        murmured = bool(words) and all(word in _MURMURS for word in words)
        if state.asking == CHECK and task is not None and (murmured or says_yes(words)):
            return self._do(state, task)
        leaving = mentions(words, "bye", "goodbye", "bye bye", "that's all", "that is all", "that's everything")
        if leaving or (state.asking == ELSE and (says_no(words) or mentions(words, "thanks", "thank you"))):
            return self._goodbye(state)
        if murmured:
            return state, ()
        if state.asking == ELSE and says_yes(words):
            return replace(state, task=None, asking=ROUTE, misses=0), (self._say("What else can I do for you?"),)
        aside = self._aside(state, words)
        if aside is not None:
            return replace(state, misses=0), (self._say(aside),)
        return self._objected(state, heard) or self._missed(state)

    def _aside(self, state: State, words: Sequence[str]) -> str | None:
        """What to say to a caller that asks back, pleads to wait, or says hello."""
        if words[-1:] == ("sorry",) or mentions(words, *_PARDON):
            return self.question(state)
        if mentions(words, *_WAIT):
            return "Of course. I'm listening."
        if state.asking == ROUTE and words and all(word in _HELLO for word in words):
            return "Hello. How can I help?"
        return None

    def _missed(self, state: State) -> tuple[State, tuple[Act, ...]]:
        state = replace(state, misses=state.misses + 1)
        if state.misses < 2 or self.flaws.never_hand_over:
            again = "Was that a yes?" if state.asking == CHECK else self.question(state)
            return state, (self._say(f"Sorry, I didn't catch that. {again}"),)
        # With nothing left to do there is nothing to pass on.
        return self._goodbye(state) if state.asking == ELSE else self._hand_over(state, NOT_UNDERSTOOD)

    def _objected(self, state: State, heard: Heard) -> tuple[State, tuple[Act, ...]] | None:
        """Answer a caller that says something is wrong, but not what it should be."""
        task = state.task
        if task is None or state.asking in (ROUTE, ELSE):
            return None
        wrong = next((slot for slot in task.slots if mentions(heard.words, slot.name)), None)
        if state.asking == CHANGE and wrong is not None:
            return replace(state, asking=wrong.name, misses=0), (self._say(wrong.ask),)
        if says_no(heard.words) or corrects(heard.words):
            return replace(state, asking=CHANGE, misses=0), (self._say("Which part should I change?"),)
        return None

    def question(self, state: State) -> str:
        """What the agent is asking, once more."""
        slot = self._slot(state)
        if slot is not None:
            return slot.ask
        if state.asking == CHECK and state.task is not None and state.task.check is not None:
            return self._filled(state, state.task.check)
        if state.asking == CHANGE:
            return "Which part should I change?"
        if state.asking == ELSE:
            return "Is there anything else?"
        offers = [desk.offer for desk in self.desks]
        return (
            f"Is it about {', '.join(offers[:-1])} or {offers[-1]}?" if len(offers) > 1 else f"Is it about {offers[0]}?"
        )

    def _goodbye(self, state: State) -> tuple[State, tuple[Act, ...]]:
        return replace(state, asking=OVER), (self._say("Thank you for calling. Goodbye."), HangUp("said goodbye"))

    def _hand_over(self, state: State, trigger: Trigger) -> tuple[State, tuple[Act, ...]]:
        task = state.task
        desk = next(
            (desk for desk in self.desks if task in desk.tasks), self.desks[0] if len(self.desks) == 1 else None
        )
        to = trigger.to or (desk.queue if desk is not None else "front desk")
        entities = self._passed_on(state)
        of_task = task is not None and not trigger.instead
        reason = task.reason if task is not None and of_task else trigger.reason
        known = ", ".join(f"{name} {value}" for name, value in entities.items())
        lost = trigger is NOT_UNDERSTOOD
        packet = {
            "reason": reason,
            "entities": entities,
            "tone": trigger.tone or state.tone or (None if lost else "calm"),
            "urgency": trigger.urgency or ("high" if state.urgent else "normal"),
            "summary": f"Calling about: {reason}. {f'Known: {known}. ' if known else ''}{trigger.summary}",
            "tried": [*state.tried, *(["asked twice"] if lost else [])],
            "next_action": task.next_action if task is not None and of_task else trigger.next_action,
            "language": "unknown" if lost else "en",
        }
        packet |= dict([self.flaws.misjudge] if self.flaws.misjudge else [])
        packet = {name: value for name, value in packet.items() if value is not None}
        state = replace(state, asking=OVER, notes=(*state.notes, f"We have passed your call on to our {to} team."))
        handed = HandOver(self.flaws.wrong_place or to, packet, not self.flaws.no_receipt)
        return state, (self._say(trigger.say), handed, HangUp("handed over"))

    def _passed_on(self, state: State) -> dict[str, str]:
        """The facts as the human gets them: flawed once more, where that was planted."""
        told = self._told(state)
        if self.flaws.invent is not None:
            told[self.flaws.invent[0]] = self.flaws.invent[1]
        if self.flaws.swap is not None and all(name in told for name in self.flaws.swap):
            one, other = self.flaws.swap
            told[one], told[other] = told[other], told[one]
        return told

    def _told(self, state: State) -> dict[str, str]:
        """The facts as the agent passes them on: flawed, where that was planted."""
        stale = self.flaws.stale
        told = {name: fact.was[0] if stale and fact.was else fact.value for name, fact in state.facts.items()}
        slots = () if state.task is None else state.task.slots
        order = [slot.name for slot in slots] + [name for name in told if name not in {s.name for s in slots}]
        return {name: told[name] for name in order if name in told and name != self.flaws.lose}

    def _filled(
        self, state: State, template: str, result: Mapping[str, str] | None = None, *, written: bool = False
    ) -> str:
        slots = () if state.task is None else state.task.slots
        values = {
            slot.name: state.facts[slot.name].value if written else slot.kind.say(state.facts[slot.name].value)
            for slot in slots
        }
        return template.format_map({**values, **(result or {})})

    def _say(self, text: str) -> Say:
        return Say(self._padded((text[:1].upper() + text[1:]).replace(".m..", ".m.")))

    def _padded(self, text: str) -> str:
        return _PADDING + text if self.flaws.long_winded else text


@dataclass(frozen=True, slots=True)
class _News:
    """What an utterance brought: a task, facts that were missing, facts that were otherwise."""

    begun: bool = False
    filled: tuple[Slot, ...] = ()
    changed: tuple[Slot, ...] = ()


def sentences(text: str) -> Sequence[str]:
    """A reply in the pieces that are said (and synthesised) one after another."""
    pieces: list[str] = []
    for word in text.split():
        ended = pieces and pieces[-1][-1] in ".?!" and not pieces[-1].endswith((" a.m.", " p.m."))
        if not pieces or ended:
            pieces.append(word)
        else:
            pieces[-1] += f" {word}"
    return pieces
