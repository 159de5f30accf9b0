"""Plants of faults of words: languages, what is misheard, how a call begins and what follows it."""

from __future__ import annotations

from collections.abc import Mapping

from harness.agents.faulty import FAULTS
from harness.scenario import Entity, MessageTruth, Opening, Truth, VoiceSpec
from harness.selftest.checks import Check
from harness.selftest.kinds_of import Kind
from harness.selftest.language_checks import SPOKEN
from harness.selftest.opening_checks import (
    ABROAD,
    AFTERWARDS,
    ASKS_AGAIN,
    CUT,
    NEITHER,
    OPENED,
    UNDERSTOOD,
    UNTOLD,
)
from harness.selftest.plants import BRITISH, LINES, Draw, Plan, says
from harness.selftest.recognition_checks import FACTS, SAID
from harness.selftest.recognition_checks import UNDERSTOOD as RECOGNISED

Lines = list[tuple[str, str]]
"""(text, language) of what the caller says."""

SAYS: Mapping[str, tuple[str, ...]] = {
    "en": LINES,
    "es": (
        "quisiera pedir una cita por favor",
        "me llamo Carlos y vivo cerca de la escuela",
        "muchas gracias por toda su ayuda",
        "quiero cambiar la cita del lunes",
    ),
    "hi": (
        "मुझे डॉक्टर से मिलना है",
        "मेरा नाम राहुल है और मैं दिल्ली में रहता हूँ",
        "आपकी मदद के लिए बहुत धन्यवाद",
        "क्या आप मुझे पता बता सकते हैं",
    ),
    "de": (
        "ich hätte gern einen Termin bitte",
        "mein Name ist Karl und ich wohne in der Stadt",
        "vielen Dank für Ihre Hilfe heute",
        "können Sie mir sagen wo Sie sind",
    ),
    "fr": (
        "je voudrais prendre rendez-vous avec le docteur",
        "je suis Marie et je demeure dans la ville",
        "merci beaucoup pour votre aide",
        "pouvez-vous me dire où vous vous trouvez",
    ),
}
"""What a caller says in each language."""

VOICES: Mapping[str, str] = {"en": "en-GB", "es": "es-ES", "hi": "hi", "de": "de-DE", "fr": "fr-FR"}
POLYGLOT = VoiceSpec("espeak")
"""Who speaks Hindi, too."""

ABOUT = "book an appointment"
ASKS_FOR = "I would like to book an appointment please"
NAMED = "my name is John Smith"
DAY = "I will come on the thirteenth of March"
NOTHING = {"substituted": "0", "dropped": "0", "put_in": "0"}
SAYS_NOTHING = {"answers": NEITHER}


def _agent(draw: Draw, fault: str, options: Mapping[str, str]) -> dict[str, str]:
    """The options of an agent with a fault, its times and ranges by chance save where it is told."""
    times = {"fault": fault, "delay": draw.time(0.6, 1.4)}
    counts = {
        name: str(draw.whole(int(number.low), int(number.high)))
        for name, number in FAULTS[fault].numbers.items()
        if not number.unit
    }
    drawn = {
        name: number.written(draw.number(number.low, number.high))
        for name, number in FAULTS[fault].numbers.items()
        if name in ("greet", "after")
    }
    chosen = {**times, **counts, **drawn, **options}
    return {name: value for name, value in chosen.items() if name == "fault" or name in FAULTS[fault].takes}


# --- languages


def speaking(
    fault: str, to: str = "", *, more: int = 1, back: int = 0, options: Mapping[str, str] | None = None
) -> Kind:
    """A kind of call in which the caller switches language.

    to: into which one, any where none is named; in which line, the agent's own options say. more: lines
    beyond those that it takes the agent; back: lines in the first language again.
    """

    def plan(draw: Draw) -> Plan:
        other = to or draw.one("es", "hi", "de", "fr")
        chosen = _agent(draw, fault, {"to": other, **(options or {})})
        switch = int(chosen.get("switch", "2"))
        waits = sum(int(chosen.get(name, "0")) for name in ("turns_late", "holds", "relapses"))
        lines = [("en", k) for k in range(switch - 1)]
        lines += [(other, k) for k in range(waits + more)]
        lines += [("en", k) for k in range(back)]
        steps = tuple(says(SAYS[tongue][k % len(SAYS[tongue])], VOICES[tongue]) for tongue, k in lines)
        return Plan(chosen, steps, voice=POLYGLOT if other == "hi" else BRITISH)

    return Kind(FAULTS[fault].what, "faulty", plan, SPOKEN)


# --- what is misheard


def misheard(options: Mapping[str, str], *, tongues: tuple[str, ...] = ("en",), unheard: int = 0) -> Kind:
    """A kind of call in which the agent's transcripts have so many errors. unheard: lines that it hears nothing of."""

    def plan(draw: Draw) -> Plan:
        lines: Lines = []
        for tongue in tongues:
            first = draw.whole(0, 2)
            count = 3 if len(tongues) == 1 else 2
            lines += [(SAYS[tongue][(first + k) % len(SAYS[tongue])], VOICES[tongue]) for k in range(count)]
        heard = [text for text, _ in lines[: len(lines) - unheard]]
        chosen = _agent(draw, "mishears", {**SAYS_NOTHING, "lines": "|".join(heard), **options})
        return Plan(chosen, tuple(says(*line) for line in lines))

    return Kind(FAULTS["mishears"].what, "faulty", plan, RECOGNISED)


def facts_heard(*types: str, wrong: str | None = None) -> Kind:
    """A kind of call in which facts are said, of which one is taken for another or none is."""

    def plan(draw: Draw) -> Plan:
        said = (wrong, draw.one(*(one for one in SAID if one != wrong))) if wrong else types
        instead = SAID[wrong][1] if wrong else {}
        word = draw.one(*instead) if wrong else "never"
        options = {"lines": "|".join(SAID[name][2] for name in said), "word": word, "other": instead.get(word, "ever")}
        known = tuple(Entity(name, SAID[name][0], type=name) for name in said)
        chosen = _agent(draw, "takes_for_another", {**SAYS_NOTHING, **options})
        return Plan(chosen, tuple(says(SAID[name][2]) for name in said), truth=Truth(entities=known))

    return Kind(FAULTS["takes_for_another"].what, "faulty", plan, FACTS)


# --- beginnings


def opening(
    fault: str, answer: str, *, greet: tuple[float, float] = (0.3, 1.2), required: tuple[str, ...] = ()
) -> Kind:
    """A kind of call that is about its beginning. answer: what the agent says to everything."""

    def plan(draw: Draw) -> Plan:
        checks = {"consent": "checked", **dict.fromkeys(required, "required")}
        if greet[0] >= 1.2:
            checks["consent"] = "off"
        chosen = _agent(draw, fault, {"answers": answer, "greet": draw.time(*greet)})
        truth = Truth(reason=ABOUT, entities=(Entity("name", "John Smith", type="name"),))
        return Plan(chosen, (says(ASKS_FOR), says(NAMED)), 8.0, truth, opening=Opening(checks=checks))

    return Kind(FAULTS[fault].what, "faulty", plan, OPENED)


def greeted(fault: str, options: Mapping[str, str], held_against: tuple[Check, ...], *, cut: bool = False) -> Kind:
    """A kind of call that is about one thing in its greeting. cut: the caller cuts into it."""

    def plan(draw: Draw) -> Plan:
        steps = (draw.cut_in(0.5, 2.0, "topic_switch"),) if cut else draw.lines(1)
        return Plan(_agent(draw, fault, options), steps)

    return Kind(FAULTS[fault].what, "faulty", plan, held_against)


def _untold(draw: Draw) -> Plan:
    """Everything is due of an agent that tells nothing."""
    checks = {"consent": "checked", "identity": "required"}
    truth = Truth(
        reason=ABOUT,
        entities=tuple(Entity(name, SAID[name][0], type=name) for name in ("name", "date")),
        message=MessageTruth("whatsapp", 0.5, "en", ("date",)),
    )
    steps = (says(SAID["name"][2]), says(SAYS["es"][0], "es-ES"), says(SAID["date"][2]))
    return Plan(_agent(draw, "tells_nothing", {}), steps, 4.0, truth, opening=Opening(checks=checks))


# --- messages


def writing(fault: str, text: str = "", *, within: float = 0.5, options: Mapping[str, str] | None = None) -> Kind:
    """A kind of call behind which a message is due that holds the day."""

    def plan(draw: Draw) -> Plan:
        due = MessageTruth("whatsapp", within, "en", ("date",))
        truth = Truth(entities=(Entity("date", "2026-03-13", type="date"),), message=due)
        message = {"message": text} if text else {}
        chosen = _agent(
            draw, fault, {"answers": PROMISED if "letter" in text else NEITHER, **message, **(options or {})}
        )
        return Plan(chosen, (*draw.lines(1), says(DAY)), 4.0, truth)

    return Kind(FAULTS[fault].what, "faulty", plan, AFTERWARDS)


PROMISED = "We will send you a letter on Friday."
GREETING = "Good morning, you have reached the front desk. I can help with orders and appointments."
SPANISH = "Buenos días, ¿en qué puedo ayudarle?"
TOLD = "Thank you for calling. Your appointment is on the 13th of March."

WORDED: Mapping[str, Kind] = {
    "follows_language": speaking("follows_language", more=2),
    "follows_language, from the first line on": speaking("follows_language", more=2, options={"switch": "1"}),
    "follows_language, and not back again": speaking("follows_language", more=2, back=2),
    "follows_language, where nobody switches": speaking("follows_language", "en", more=2, options={"switch": "2"}),
    "switches_late": speaking("switches_late"),
    "switches_late, when the caller has gone": speaking("switches_late", more=0, options={"turns_late": "2"}),
    "never_switches": speaking("never_switches", more=2, options={"home": "en"}),
    "never_switches, out of another language": speaking("never_switches", "en", more=2, options={"home": "es"}),
    "relapses": speaking("relapses"),
    "relapses, out of Hindi": speaking("relapses", "hi"),
    "mishears": misheard({}),
    "mishears, by one word in place of another": misheard({"substituted": "2", "dropped": "0", "put_in": "0"}),
    "mishears, nothing": misheard(NOTHING),
    "mishears, a whole line": misheard({"substituted": "1", "dropped": "1", "put_in": "0"}, unheard=1),
    "mishears, in two languages": misheard({}, tongues=("en", "es")),
    "mishears, nothing of two languages": misheard(NOTHING, tongues=("en", "es")),
    **{f"takes_for_another, {name}": facts_heard(wrong=name) for name in SAID},
    "takes_for_another, nothing": facts_heard(*SAID),
    "opens_in_full": opening("opens_in_full", UNDERSTOOD, required=("consent", "ai_disclosure")),
    "opens_in_full, and asks again": opening("opens_in_full", ASKS_AGAIN, required=("intent",)),
    "opens_in_full, and lets nothing be known": opening("opens_in_full", NEITHER, required=("intent",)),
    "opens_without_name": opening("opens_without_name", UNDERSTOOD, required=("identity",)),
    "opens_without_disclosure": opening("opens_without_disclosure", UNDERSTOOD, required=("ai_disclosure",)),
    "opens_without_consent": opening("opens_without_consent", NEITHER, required=("consent", "identity")),
    "opens_without_consent, late": opening("opens_without_consent", UNDERSTOOD, greet=(1.7, 2.8)),
    "opens_without_consent, after dead air": opening("opens_without_consent", UNDERSTOOD, greet=(3.1, 3.6)),
    "never_switches, out of a foreign greeting": greeted("never_switches", {"greeting": SPANISH, "home": "es"}, ABROAD),
    "punctual, cut into its greeting": greeted(
        "punctual", {"greeting": GREETING, "yields_after": "0.8s", "length": "2s"}, CUT, cut=True
    ),
    "uninterruptible_greeting, cut into": greeted(
        "uninterruptible_greeting", {"greeting": GREETING, "length": "2s"}, CUT, cut=True
    ),
    "writes_afterwards": writing("writes_afterwards"),
    "writes_afterwards, and keeps its word": writing("writes_afterwards", f"{TOLD} {PROMISED}"),
    "writes_afterwards, without the day": writing("writes_afterwards", "Thank you for calling us and have a good day."),
    "writes_afterwards, in another language": writing(
        "writes_afterwards", "Gracias por su llamada. Su cita es el 13 de marzo, y le esperamos en la clínica."
    ),
    "writes_afterwards, with a promise nobody made": writing(
        "writes_afterwards", f"{TOLD} We will refund the whole amount to you."
    ),
    "writes_afterwards, elsewhere": writing("writes_afterwards", options={"channel": "sms"}),
    "writes_late": writing("writes_late"),
    "writes_what_is_not_so": writing("writes_what_is_not_so"),
    "never_writes": writing("never_writes"),
    "never_writes, while there is time": writing("never_writes", within=60.0),
    "opens_in_full, and never said that it writes": writing("opens_in_full"),
    "tells_nothing, of its words": Kind(
        FAULTS["tells_nothing"].what, "faulty", _untold, (*SPOKEN, *RECOGNISED, *FACTS, *UNTOLD)
    ),
}
"""Every fault of words at least once, by what is planted."""
