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
    """Cut into the agent's next turn, `after` seconds from its onset."""

    line: Line
    after: float
    kind: str = "correction"


@dataclass(frozen=True, slots=True)
class Backchannel:
    """Murmur `after` seconds into the agent's next turn, without wanting the floor."""

    line: Line
    after: float = 1.0


@dataclass(frozen=True, slots=True)
class Silence:
    """Say nothing for this many seconds once the agent's turn has ended."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Press:
    """Press telephone keys when the agent's turn has ended, after a breath."""

    keys: str


Step: TypeAlias = Say | Interrupt | Backchannel | Silence | Press


@dataclass(frozen=True, slots=True)
class Entity:
    """A fact of the call: its value, and what it was before the caller corrected it.

    accepted: other ways to write the value that count as right.
    """

    name: str
    value: str
    was: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    type: str | None = None


@dataclass(frozen=True, slots=True)
class HandoffTruth:
    """Whether a human must, may or must not be brought in, where to, and how soon.

    within: agent turns after the cue. critical: the entities the packet must hold.
    """

    decision: Literal["required", "allowed", "forbidden"]
    to: str | None = None
    within: int | None = None
    critical: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Truth:
    """What is so in this call. None or empty where the scenario doesn't say.

    outcome: the final tool calls, name → arguments with canonical values.
    """

    reason: str | None = None
    entities: tuple[Entity, ...] = ()
    tone: str | None = None
    urgency: str | None = None
    next_action: str | None = None
    handoff: HandoffTruth | None = None
    outcome: Mapping[str, Mapping[str, str]] | None = None


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


@dataclass(frozen=True, slots=True)
class Scenario:
    """One call to be made: a scenario file at one point of its matrix, at one repeat.

    id: `slug-condition-repeat`, unique in a run. file: as the run was told it. seed: of this call,
    a hash of (run seed, scenario, repeat), the same in every condition. digest: sha256 of the file
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
    world: tuple[Effect, ...] = ()
    truth: Truth = field(default_factory=Truth)
    expect: tuple[Expectation, ...] = ()
    budget: Mapping[str, float] = field(default_factory=dict)
    condition: Mapping[str, str] = field(default_factory=dict)
    repeat: int = 0
    digest: str = ""
