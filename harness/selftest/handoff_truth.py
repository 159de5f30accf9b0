"""What is true of a handoff: by the agent's options, its log and what the caller said. No scorer is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harness.handoff import URGENCIES
from harness.scenario import HandoffTruth, Truth
from harness.selftest.handoff_calls import phrase
from harness.selftest.planted_options import options_of
from harness.selftest.rung import Rung
from harness.timeline import LineSaid

JUDGED = ("reason", "tone", "urgency", "next_action")
"""Fields that are a judgement: another one than is so is wrong, whoever said it."""

RIGHT, MISSING = "right", "missing"
VERDICTS: Mapping[str, str] = {
    "loses_field": MISSING,
    "invents_field": "invented",
    "swaps_fields": "wrong",
    "passes_on_stale": "stale",
    "contradicts_itself": "wrong",
    "misjudges": "wrong",
}
"""What becomes of a field by the fault that it has."""

NEAR = (
    {"frustrated", "angry"},
    {"worried", "distressed"},
    {"confused", "worried"},
    {"confused", "frustrated"},
)
"""Tones that a listener may take for each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Handed:
    """A call as it was planted."""

    rung: Rung

    @property
    def options(self) -> Mapping[str, str]:
        """The agent's options, with the defaults of what isn't given."""
        return options_of(self.rung.plant)

    @property
    def fault(self) -> str:
        """The agent's fault."""
        return self.options["fault"]

    @property
    def tells(self) -> bool:
        """Whether the agent tells of itself at all."""
        return self.fault != "tells_nothing"

    @property
    def truth(self) -> Truth:
        """What is so in the call."""
        return self.rung.plant.scenario.truth

    @property
    def due(self) -> HandoffTruth:
        """Whether a human was to be brought in."""
        assert self.truth.handoff is not None
        return self.truth.handoff

    @property
    def at(self) -> int | None:
        """When the call was handed over, by the agent's log; None where it wasn't."""
        return next(iter(self.rung.logged("handed over")), None)

    @property
    def required(self) -> bool:
        """Whether a human had to be brought in."""
        return self.due.decision == "required"

    @property
    def to(self) -> str:
        """Where the call went."""
        return self.options.get("wrong_to", self.options.get("to", ""))

    @property
    def cues(self) -> list[LineSaid]:
        """The lines in which the caller gave a reason for a human."""
        steps = sorted(int(step) - 1 for step in self.due.cue)
        return [line for line in self.rung.lines if line.step in steps]

    def turns_after(self, cue: LineSaid) -> int:
        """How often the agent answered behind a cue, before it handed over."""
        assert self.at is not None
        return sum(cue.end <= said.start < self.at for said in self.rung.utterances)

    # --- the packet

    @property
    def fields(self) -> Mapping[str, str]:
        """What became of each field of the truth."""
        names = [*JUDGED, "tried", *(entity.name for entity in self.truth.entities)]
        if self.at is None:
            return dict.fromkeys(names, MISSING)
        return {name: self._verdict(name) for name in names}

    def _verdict(self, name: str) -> str:
        damaged = [self.options.get(which) for which in ("what", "other")] if self.fault in VERDICTS else []
        if name not in damaged:
            return RIGHT
        verdict = VERDICTS[self.fault]
        return "wrong" if verdict == "invented" and name in JUDGED else verdict

    @property
    def made_up(self) -> int:
        """How many facts the packet has that the truth knows nothing of."""
        return int(self.at is not None and self.fault == "invents_field" and self.options["what"] not in self.fields)

    @property
    def critical(self) -> list[str]:
        """The facts that a human can't do without."""
        return [entity.name for entity in self.truth.entities if entity.critical]

    @property
    def completeness(self) -> float:
        """The share of these that the human has."""
        return sum(self.fields[name] == RIGHT for name in self.critical) / len(self.critical)

    @property
    def faithfulness(self) -> float | None:
        """The share of what the summary says that is so; None where it says nothing, or was never sent."""
        text = self.options.get("summary", "")
        true = sum(phrase(entity.name, entity.value) in text for entity in self.truth.entities)
        old = any(phrase(entity.name, was) in text for entity in self.truth.entities for was in entity.was)
        other = OTHER in text
        nowhere = NOWHERE in text
        promised = [one for one in self.options.get("promised", "").split("|") if one]
        kept = sum(one in self.options["answers"] for one in promised)
        claims = true + old + other + nowhere + len(promised)
        if self.at is None or not claims:
            return None
        broken = self.truth.promises is not None and any(one in self.truth.promises.must_not for one in promised)
        return 0.0 if old or other or broken else (true + kept) / claims

    # --- what it is worth

    @property
    def quality(self) -> Mapping[str, float]:
        """Points for each part of the packet, from 1 to 5."""
        names = [entity.name for entity in self.truth.entities]
        right = sum(self.fields[name] == RIGHT for name in names)
        entities = 1 + 4 * right / (len(names) + self.made_up)
        if self.made_up or any(self.fields[name] not in (RIGHT, MISSING) for name in names):
            entities = min(entities, 2.0)
        return {
            "reason": 5.0 if self.fields["reason"] == RIGHT else 1.0,
            "entities": entities,
            "tone_urgency": (self._tone() + self._urgency()) / 2,
            "next_action": 5.0 if self.fields["next_action"] == RIGHT else 1.0,
        }

    def _handed(self, name: str) -> str:
        return self.options["value"] if self.options.get("what") == name else self.options[name]

    def _tone(self) -> float:
        if self.fields["tone"] in (RIGHT, MISSING):
            return 5.0 if self.fields["tone"] == RIGHT else 1.0
        return 3.0 if {self._handed("tone"), self.truth.tone} in NEAR else 1.0

    def _urgency(self) -> float:
        if self.fields["urgency"] in (RIGHT, MISSING):
            return 5.0 if self.fields["urgency"] == RIGHT else 1.0
        off = abs(URGENCIES.index(self._handed("urgency")) - URGENCIES.index(self.truth.urgency or ""))
        return max(1.0, 5.0 - 2.0 * off)


OTHER = "310 dollars"
"""An amount in a summary in place of the one that is so."""

NOWHERE = "telephone 2079460011"
"""What a summary has that nobody said, and of which nothing is known that it contradicts."""
