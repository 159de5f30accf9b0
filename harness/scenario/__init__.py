"""Scenario: one situation a person would recognise, as frozen values.

Persona (who calls), steps (what they do), world (what the line does to it), truth (what is so),
expectations (what the scores are held against).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from harness.score import Limit

INTERRUPTIONS = ("correction", "clarify", "topic_switch", "stop_request", "escalate")
"""Kinds of true interruptions, to which the agent should yield."""

MURMURS = ("backchannel", "cough", "noise_burst", "side_speech", "filler")
"""Kinds of sounds of the caller's that want no floor: the agent should go on, or go on waiting."""

OPENING = ("greeted", "identity", "ai_disclosure", "consent", "language", "barge_in", "intent", "no_dead_air")
"""The checks on the first ten seconds of a call."""

STAGES = ("transport_in", "endpointing", "stt", "llm_first_token", "tts_first_byte", "transport_out")
"""The stages that an agent reports of itself, in the order in which a reply goes through them."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How the caller carries itself on the telephone, in seconds.

    breath: the pause it leaves after the agent's turn before it speaks; each pause is drawn from
    breath ± hesitation. patience: the longest it waits for an agent's onset. yields: what it does
    when the agent begins to speak over a line of its own: it says the line to its end (`finishes`),
    breaks off at the end of a word once it has heard the agent for 0.4 s (`gives_way`), or finishes
    and says it again if the agent spoke through it (`insists`).
    """

    breath: float = 0.4
    hesitation: float = 0.0
    patience: float = 12.0
    yields: Literal["finishes", "gives_way", "insists"] = "finishes"


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """Which voice says it: an engine's name and that engine's options."""

    engine: str = "espeak"
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Persona:
    """Who calls: a voice and manners, perhaps under a name."""

    name: str | None = None
    voice: VoiceSpec = field(default_factory=VoiceSpec)
    manners: Manners = field(default_factory=Manners)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line in one language: a text, or a recorded `audio` file with its text."""

    text: str
    language: str
    audio: str | None = None


Line: TypeAlias = tuple[Piece, ...]
"""What the caller means to say: one piece, or several where it switches language inside."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say a line when the agent's turn has ended, after a breath."""

    line: Line


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Cut into the agent's next turn.

    At one instant of it: `after` seconds from its onset; or `at` a share of it, 0 to 1; or once the
    agent has said a `phrase`. What else sounds over the agent's turn has the same three.
    """

    line: Line
    after: float = 0.0
    kind: str = "correction"
    at: float | None = None
    phrase: str | None = None


@dataclass(frozen=True, slots=True)
class Backchannel:
    """Murmur over the agent's next turn, without wanting the floor."""

    line: Line
    after: float = 1.0
    at: float | None = None
    phrase: str | None = None


During: TypeAlias = Literal["next turn", "silence"]
"""Where a sound falls: over the agent's next turn, or where nobody speaks, `after` the end of the step before."""


@dataclass(frozen=True, slots=True)
class Cough:
    """Cough. level: in dB against the caller's speech."""

    after: float = 1.0
    at: float | None = None
    phrase: str | None = None
    during: During = "next turn"
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class NoiseBurst:
    """Something in the room makes a noise: a door, a clatter, a horn. level: in dB against the caller's speech."""

    after: float = 1.0
    kind: str = "door"
    at: float | None = None
    phrase: str | None = None
    during: During = "next turn"
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class SideSpeech:
    """Words to someone in the room, or by one, in another voice. level: in dB against the caller's speech."""

    line: Line
    after: float = 1.0
    at: float | None = None
    phrase: str | None = None
    during: During = "next turn"
    voice: VoiceSpec = field(default_factory=VoiceSpec)
    level: float = -12.0


@dataclass(frozen=True, slots=True)
class Filler:
    """Hold the floor while thinking: "um" a breath behind the line before, and `pause` seconds later the next line."""

    line: Line
    pause: float = 1.2


@dataclass(frozen=True, slots=True)
class FalseStart:
    """Begin a line, break it off, and `pause` seconds later start anew with the next."""

    line: Line
    pause: float = 0.5


@dataclass(frozen=True, slots=True)
class Add:
    """Take another turn `after` seconds behind the line before, unless the agent has begun."""

    line: Line
    after: float = 0.8


@dataclass(frozen=True, slots=True)
class Hold:
    """Ask the agent to wait, and be silent for so many seconds from there."""

    line: Line
    seconds: float = 8.0


@dataclass(frozen=True, slots=True)
class Silence:
    """Say nothing for this many seconds once the agent's turn has ended."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Press:
    """Press telephone keys when the agent's turn has ended, after a breath."""

    keys: str


Step: TypeAlias = (
    Say | Interrupt | Backchannel | Cough | NoiseBurst | SideSpeech | Filler | FalseStart | Add | Hold | Silence | Press
)


@dataclass(frozen=True, slots=True)
class Rate:
    """What the caller does again and again over the agent's speech, beside its script.

    every: seconds; each instant lies half to one and a half times as long behind the last. kind: of
    an interruption, or `backchannel`. lines: said in turn.
    """

    every: float
    lines: tuple[Line, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A fact of the call: its value, and what it was before the caller corrected it.

    accepted: other ways to write the value that count as right. critical: who takes over can't do
    without it.
    """

    name: str
    value: str
    was: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    type: str | None = None
    critical: bool = False


CUES = ("human", "anger", "policy", "value", "safety")
"""Why a human should be brought in: the caller asks for one, is angry, a rule says so, much is at stake, danger."""


@dataclass(frozen=True, slots=True)
class HandoffTruth:
    """Whether a human must, may or must not be brought in, where to, and how soon.

    within: agent turns after the cue. critical: the entities the packet must hold. cue: number of
    the step, from 1 → which of CUES the caller gives there.
    """

    decision: Literal["required", "allowed", "forbidden"]
    to: str | None = None
    within: int | None = None
    critical: tuple[str, ...] = ()
    cue: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promises:
    """What the agent may and must not promise, in a few words each."""

    may: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MessageTruth:
    """The message that should reach the caller after the call.

    channel: `whatsapp` or `sms`, None for any. within: seconds after the end of the call. language:
    a BCP-47 tag. facts: names of entities that it must hold.
    """

    channel: str | None = None
    within: float | None = None
    language: str | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so in this call. None or empty where the scenario doesn't say.

    outcome: the final tool calls, name → arguments with canonical values. tried: what the caller
    has tried already.
    """

    reason: str | None = None
    entities: tuple[Entity, ...] = ()
    tone: str | None = None
    urgency: str | None = None
    next_action: str | None = None
    handoff: HandoffTruth | None = None
    outcome: Mapping[str, Mapping[str, str]] | None = None
    tried: tuple[str, ...] = ()
    promises: Promises | None = None
    message: MessageTruth | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first ten seconds are to hold.

    name: what the agent may call itself or its house; any of them will do. checks: check → required
    (it gates), checked (it is shown) or off; those that aren't named are as each is by itself.
    """

    name: tuple[str, ...] = ()
    checks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing the world does to the caller's sound: an effect's name and its options."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectation:
    """A limit on a score, and the line it was written on."""

    score: str
    limit: Limit
    line: int | None = None


MOVES = 30
"""How many moves an improvising caller makes at most where its scenario doesn't say."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One call to be made: a scenario file at one point of its matrix, at one repeat.

    id: `slug-condition-repeat`, unique in a run. file: as the run was told it. seed: of this call,
    a hash of (run seed, scenario, repeat), the same in every condition. goal: what a caller wants who
    improvises, None for one that keeps to its script; facts: what it knows; moves: how many it makes at
    most. steps: the script; of a call that was improvised, what the caller did in it. digest: sha256 of the file
    and the persona it names. budget: seconds that a stage of the agent's may take in any turn; each
    is a limit on `stage.<name>` among `expect` too.
    """

    id: str
    name: str
    file: str
    seed: int
    language: str = "en-US"
    tags: tuple[str, ...] = ()
    persona: Persona = field(default_factory=Persona)
    first: Literal["agent", "caller"] = "agent"
    steps: tuple[Step, ...] = ()
    goal: str | None = None
    facts: tuple[Entity, ...] = ()
    moves: int = MOVES
    interrupts: Rate | None = None
    backchannels: Rate | None = None
    world: tuple[Effect, ...] = ()
    truth: Truth = field(default_factory=Truth)
    expect: tuple[Expectation, ...] = ()
    budget: Mapping[str, float] = field(default_factory=dict)
    opening: Opening = field(default_factory=Opening)
    condition: Mapping[str, str] = field(default_factory=dict)
    repeat: int = 0
    digest: str = ""
