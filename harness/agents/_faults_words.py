"""Faults of words: the language of the answers, what is misheard, how a call is opened, what is written after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.agents._behaviours import Planted
from harness.agents._choices import as_one_of
from harness.agents._deeds import hears, states, told_as, writes
from harness.agents._faults import Chosen, Fault, Number
from harness.agents._faults_handoff import ANSWERS
from harness.agents._mishearing import misheard

TONGUES: Mapping[str, str] = {
    "en": "Certainly, I will look into that for you.",
    "es": "Claro, ahora mismo lo miro para usted.",
    "hi": "ठीक है, मैं आपके लिए अभी देखती हूँ।",
    "de": "Gut, ich sehe das jetzt für Sie nach.",
    "fr": "Bien sûr, je regarde cela pour vous.",
}
"""An answer in each language: what is told. What sounds is the English one, whatever is told."""


def _tongue(chosen: Chosen, name: str) -> str:
    return as_one_of(name, chosen.words(name), TONGUES)


def _speaks(chosen: Chosen, languages: list[str]) -> Planted:
    """Answers the caller's turns in these languages, the last for all that follow."""
    texts = [TONGUES[language] for language in languages]
    answers = chosen.answers(told_as(chosen.says("sound"), texts))
    return chosen.agent(states(language=languages[0]), chosen.yields(), answers)


def _follows(chosen: Chosen, later: int = 0) -> list[str]:
    """The languages of its answers up to the first in which it has followed."""
    return [_tongue(chosen, "home")] * (chosen.count("switch") - 1 + later) + [_tongue(chosen, "to")]


def _follows_language(chosen: Chosen) -> Planted:
    return _speaks(chosen, _follows(chosen))


def _switches_late(chosen: Chosen) -> Planted:
    return _speaks(chosen, _follows(chosen, chosen.count("turns_late")))


def _never_switches(chosen: Chosen) -> Planted:
    return _speaks(chosen, [_tongue(chosen, "home")])


def _relapses(chosen: Chosen) -> Planted:
    home, to = _tongue(chosen, "home"), _tongue(chosen, "to")
    followed = [*_follows(chosen), *[to] * (chosen.count("holds") - 1)]
    return _speaks(chosen, [*followed, *[home] * chosen.count("relapses"), to])


def _mishears(chosen: Chosen) -> Planted:
    numbers = [chosen.count(name) for name in ("substituted", "dropped", "put_in", "draw")]
    heard = misheard(chosen.several("lines"), *numbers).heard
    return _understands(chosen, heard)


def _takes_for_another(chosen: Chosen) -> Planted:
    word, other = chosen.words("word"), chosen.words("other")
    heard = [" ".join(other if one == word else one for one in line.split()) for line in chosen.several("lines")]
    return _understands(chosen, heard)


def _understands(chosen: Chosen, heard: tuple[str, ...] | list[str]) -> Planted:
    return chosen.agent(states(language="en"), hears(heard), chosen.yields(), chosen.answers(chosen.each("answers")))


def _opens(chosen: Chosen) -> Planted:
    return chosen.agent(states(language="en"), chosen.yields(), chosen.answers(chosen.each("answers")))


def _writes(chosen: Chosen) -> Planted:
    writing = writes(chosen.words("channel"), chosen.words("message"), chosen.time("after"))
    answers = chosen.answers(chosen.each("answers"))
    return chosen.agent(states(messages=[chosen.words("channel")]), chosen.yields(), answers, writing, stays=True)


def _never_writes(chosen: Chosen) -> Planted:
    answers = chosen.answers(chosen.each("answers"))
    return chosen.agent(states(messages=[chosen.words("channel")]), chosen.yields(), answers)


_SWITCH = Number("", 1, 3, 2)
_OWN: Mapping[str, str] = {"home": "en", "sound": TONGUES["en"]}
_LANGUAGES: Mapping[str, str] = {**_OWN, "to": "es"}


def _speaking(what: str, make: Callable[[Chosen], Planted], numbers: Mapping[str, Number] | None = None) -> Fault:
    return Fault(what, make, {"switch": _SWITCH, **(numbers or {})}, _LANGUAGES, brief=True)


def _opening(what: str, greeting: str) -> Fault:
    texts = {"identity": IDENTITY, "disclosure": DISCLOSURE, "consent": CONSENT}
    return Fault(what, _opens, texts={**texts, "greeting": greeting, "answers": ANSWERS}, brief=True)


IDENTITY = "This is Ada at Larkfield."
DISCLOSURE = "I am an AI assistant."
CONSENT = "This call is being recorded."
_HELP = "How may I help you?"

_HEARD: Mapping[str, str] = {
    "answers": ANSWERS,
    "lines": "I would like to book an appointment please|my name is John Smith|thank you very much for your help",
}
_WRITTEN: Mapping[str, str] = {
    "answers": ANSWERS,
    "channel": "whatsapp",
    "message": "Thank you for calling. Your appointment is on the 13th of March.",
}
_AFTER = Number("s", 0.1, 0.35, 0.2)

WORDS: Mapping[str, Fault] = {
    "follows_language": _speaking("None: it answers in the caller's language from the switch on.", _follows_language),
    "switches_late": _speaking(
        "Answers so many turns in the old language when the caller has switched.",
        _switches_late,
        {"turns_late": Number("", 1, 3, 1)},
    ),
    "never_switches": Fault(
        "Answers in its own language, whatever the caller speaks.", _never_switches, {}, _OWN, True
    ),
    "relapses": _speaking(
        "Follows the caller into another language, and falls back out of it for some turns.",
        _relapses,
        {"holds": Number("", 1, 2, 1), "relapses": Number("", 1, 2, 1)},
    ),
    "mishears": Fault(
        "Tells transcripts in which so many words are substituted, dropped and put in.",
        _mishears,
        {
            "substituted": Number("", 0, 2, 1),
            "dropped": Number("", 0, 2, 1),
            "put_in": Number("", 0, 2, 1),
            "draw": Number("", 0, 9999, 0),
        },
        _HEARD,
        brief=True,
    ),
    "takes_for_another": Fault(
        "Tells transcripts in which one word is taken for another.",
        _takes_for_another,
        texts={**_HEARD, "word": "John", "other": "Joan"},
        brief=True,
    ),
    "opens_in_full": _opening(
        "None: it says who it is, that it is no human, and that the call is recorded.",
        "Good morning. {identity} {disclosure} {consent} " + _HELP,
    ),
    "opens_without_name": _opening("Doesn't say who it is.", "Good morning. {disclosure} {consent} " + _HELP),
    "opens_without_disclosure": _opening(
        "Doesn't say that it is no human.", "Good morning. {identity} {consent} " + _HELP
    ),
    "opens_without_consent": _opening(
        "Doesn't say that the call is recorded.", "Good morning. {identity} {disclosure} " + _HELP
    ),
    "writes_afterwards": Fault(
        "None: it writes to the caller when the call is over.", _writes, {"after": _AFTER}, _WRITTEN, True
    ),
    "writes_late": Fault("Writes to the caller late.", _writes, {"after": Number("s", 0.6, 0.85, 0.7)}, _WRITTEN, True),
    "writes_what_is_not_so": Fault(
        "Writes another day than the caller's.",
        _writes,
        {"after": _AFTER},
        {**_WRITTEN, "message": "Thank you for calling. Your appointment is on the 12th of March."},
        True,
    ),
    "never_writes": Fault("Could write to the caller, and doesn't.", _never_writes, {}, _WRITTEN, True),
}
"""The faults by their names."""
