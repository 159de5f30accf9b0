"""Conversation: what was understood of a recording: who had which turn, and its words.

The caller's turns are *known* (their samples were scheduled); the agent's are found in what was
heard. Saved as `conversation.json`, so that a call is scored again without listening again.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from harness.errors import BadInput
from harness.recording import Recording
from harness.timeline import Party


@dataclass(frozen=True, slots=True)
class Turn:
    """A party's turn, in samples: `start` inclusive, `end` exclusive.

    An agent turn is all its spurts between two caller turns; a spurt bridges silences under
    250 ms. A caller turn is a line said (`kind` as in LineSaid), or several behind which the caller
    kept the floor, each a spurt; a murmur is one too, but divides no agent turn. `text` is what was
    said, as known (caller) or told (agent) or recognised; None where nobody knows. `source` says
    which: known, told, recognised, or none; `detected` for a caller's turn that was found in the
    sound of somebody else's recording, and has no words.
    """

    party: Party
    start: int
    end: int
    spurts: tuple[tuple[int, int], ...]
    text: str | None = None
    source: str = "none"
    kind: str = "say"
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Overheard:
    """What an independent recogniser made of a stretch of a track, in samples, whoever else knew its words.

    track: heard (the agent), sent (the caller on the line) or clean (the caller before effects).
    doubt: why the recogniser's words can't be relied on; None where nothing shows that.
    """

    track: str
    start: int
    end: int
    text: str
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A recording as understood: turns of both parties in order of their start.

    resolution: how sure an edge of the agent's speech is, in seconds. spurts: the agent's, all of
    them. listener: which detector (and recogniser) found this, with versions. overheard: what a
    recogniser was asked of besides, for scores of how well both can be understood.
    """

    recording: Recording
    turns: tuple[Turn, ...]
    spurts: tuple[tuple[int, int], ...]
    resolution: float
    listener: str
    overheard: tuple[Overheard, ...] = ()

    def of(self, party: Party) -> tuple[Turn, ...]:
        """One party's turns, in order."""
        return tuple(turn for turn in self.turns if turn.party is party)

    def to_json(self) -> dict[str, Any]:
        """All but the recording, as plain data."""
        return {
            "turns": [asdict(turn) for turn in self.turns],
            "spurts": [list(spurt) for spurt in self.spurts],
            "resolution": self.resolution,
            "listener": self.listener,
            **({"overheard": [asdict(one) for one in self.overheard]} if self.overheard else {}),
        }


def save(conversation: Conversation, folder: Path) -> None:
    """Write `conversation.json` into the call's folder."""
    text = json.dumps(conversation.to_json(), ensure_ascii=False, indent=1)
    (folder / "conversation.json").write_text(text + "\n", encoding="utf-8")


def load(folder: Path, recording: Recording) -> Conversation:
    """Read back what `save` wrote. Raises BadInput where it can't be read."""
    path = folder / "conversation.json"
    try:
        plain = json.loads(path.read_text(encoding="utf-8"))
        turns = tuple(
            Turn(**{**turn, "party": Party(turn["party"]), "spurts": tuple((a, b) for a, b in turn["spurts"])})
            for turn in plain["turns"]
        )
        spurts = tuple((int(a), int(b)) for a, b in plain["spurts"])
        overheard = tuple(Overheard(**one) for one in plain.get("overheard", ()))
        return Conversation(recording, turns, spurts, plain["resolution"], plain["listener"], overheard)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise BadInput("not a conversation", file=path, value=problem) from problem
