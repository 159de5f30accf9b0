"""What a planted fault is: a sentence, numbers with the ranges they are drawn from, texts, and what makes its agent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from harness.agents._behaviours import Bed, Behaviour, Ear, Line, Planted, sure_after
from harness.agents._choices import as_number, as_time
from harness.agents._conduct import MURMUR, Answer, Heard, Reply, answers, greets, yields
from harness.agents._utterance import Utterance, spoken, talk
from harness.errors import BadInput
from harness.speech import Voice


@dataclass(frozen=True, slots=True)
class Number:
    """An option that is a number: its unit (`s`, `dB`, `dBFS`, none of a count), the range of plants, its default."""

    unit: str
    low: float
    high: float
    default: float

    def written(self, value: float) -> str:
        """A value as the option takes it."""
        return f"{value:.6g}{self.unit}"


USUAL: Mapping[str, Number] = {
    "delay": Number("s", 0.4, 1.5, 0.7),
    "greet": Number("s", 0.3, 1.2, 0.5),
    "length": Number("s", 3.0, 8.0, 6.0),
    "yields_after": Number("s", 0.2, 1.5, 0.75),
}
"""What every fault takes: from the turn's end to the answer, the call's begin to the greeting, the least length
of an answer, and from the onset of what runs into its speech to its silence."""

TEXTS: Mapping[str, str] = {
    "greeting": "Good morning, how may I help you?",
    "say": "",
    "reply": "Of course, that is no problem at all.",
}
"""What every fault takes in words: its greeting, how its answers begin, and what it says to who interrupted it."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """A fault's options as they were chosen, with the voice that says its words."""

    voice: Voice
    values: Mapping[str, str]

    def time(self, name: str) -> int:
        """An option in samples."""
        return as_time(name, self.values[name])

    def number(self, name: str, unit: str) -> float:
        """An option in its unit."""
        return as_number(name, self.values[name], unit)

    def says(self, name: str) -> Utterance:
        """An option that is words, said; words in braces are other options'."""
        return spoken(self.voice, self.words(name)).sharp()

    def words(self, name: str) -> str:
        """An option that is words."""
        text = self.values[name]
        for other, value in self.values.items():
            text = text.replace(f"{{{other}}}", value)
        return text

    def count(self, name: str) -> int:
        """An option that is a whole number."""
        value = as_number(name, self.values[name])
        if value < 0 or value != int(value):
            raise BadInput(f"{name} is a whole number", value=self.values[name])
        return int(value)

    def several(self, name: str) -> tuple[str, ...]:
        """An option that is several texts, with a bar between two."""
        return tuple(part.strip() for part in self.words(name).split("|") if part.strip())

    def named(self, name: str) -> dict[str, str]:
        """An option that is values by their names: `date=2026-03-13; name=Asha Rao`. Raises BadInput for what isn't."""
        pairs = [part.partition("=") for part in self.words(name).split(";") if part.strip()]
        for key, sign, value in pairs:
            if not (key.strip() and sign and value.strip()):
                raise BadInput(f"{name} is written name=value; name=value", value=self.values[name])
        return {key.strip(): value.strip() for key, _, value in pairs}

    def each(self, name: str) -> Reply:
        """The answers that an option lists, turn by turn; the last to all turns that follow."""
        said = [spoken(self.voice, text).sharp() for text in self.several(name)]
        if not said:
            raise BadInput(f"{name} lists what is answered, turn by turn: one at least", value=self.values[name])
        return lambda heard: Answer(said[min(heard.number, len(said) - 1)])

    def long(self) -> Utterance:
        """An answer: it begins as it is asked to, and is as long."""
        return talk(self.voice, self.time("length"), self.words("say"))

    def reply(self) -> Reply:
        """A long answer to a turn, a short one to who cut in."""
        long, short = self.long(), self.says("reply")

        def reply(heard: Heard) -> Answer:
            return Answer(short if heard.over else long)

        return reply

    def greets(self) -> Behaviour:
        """The greeting."""
        return greets(self.says("greeting"), self.time("greet"))

    def yields(self, spared: int = 0) -> Behaviour:
        """Yielding: one that takes as long as a murmur's longest holds through murmurs; a quicker one can't tell."""
        after = self.time("yields_after")
        return yields(after, MURMUR if after >= MURMUR else 0, spared)

    def answers(self, reply: Reply | None = None, *, lead: int = 0, patient: bool = True) -> Behaviour:
        """Answers to turns, and to no murmur."""
        return answers(reply or self.reply(), self.time("delay"), lead=lead, least=MURMUR, patient=patient)

    def agent(
        self,
        *behaviours: Behaviour,
        pace: str = "real",
        bed: Bed | None = None,
        stays: bool = False,
        ear: Ear | None = None,
        mute: bool = False,
    ) -> Planted:
        """The agent that does these, besides its greeting."""
        line = Line(pace, bed, mute=mute)
        return Planted(line, sure_after(self.time("delay")), (self.greets(), *behaviours), stays=stays, ear=ear)


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that can be planted.

    what: in a sentence. make: the agent that has it. numbers, texts: all that it takes, with their
    defaults, the usual ones among them. brief: its answers are its words and no more, so it takes no `length`.
    """

    what: str
    make: Callable[[Chosen], Planted]
    numbers: Mapping[str, Number] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    brief: bool = False

    def __post_init__(self) -> None:
        usual = {name: number for name, number in USUAL.items() if not (self.brief and name == "length")}
        object.__setattr__(self, "numbers", {**usual, **self.numbers})
        object.__setattr__(self, "texts", {**TEXTS, **self.texts})

    @property
    def takes(self) -> tuple[str, ...]:
        """The names of its options."""
        return (*self.numbers, *self.texts)

    def chosen(self, voice: Voice, given: Mapping[str, str]) -> Chosen:
        """Its options, with what is given in place of the defaults."""
        numbers = {name: number.written(number.default) for name, number in self.numbers.items()}
        return Chosen(voice, {**numbers, **self.texts, **given})
