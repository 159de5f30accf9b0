"""What is said at a call's beginning, by what it does: who speaks, that it is no human, what becomes of the words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal, TypeAlias

from harness.text.words import composed, folded

Purpose: TypeAlias = Literal["disclosure", "consent", "identity", "asking again", "not understood"]

_PHRASES: Mapping[Purpose, Mapping[str, str]] = {
    "disclosure": {
        "en": "ai|a i|artificial intelligence|virtual assistant|virtual agent|virtual receptionist|digital assistant|"
        "digital agent|voice assistant|voice bot|voicebot|chatbot|bot|robot|automated assistant|automated agent|"
        "automated system|automated voice|automated service|computer assistant|language model|not a human|"
        "not a real person|not a person",
        "es": "inteligencia artificial|ia|asistente virtual|agente virtual|asistente digital|asistente automático|"
        "asistente automática|asistente de voz|sistema automático|sistema automatizado|robot|bot|no soy humano|"
        "no soy humana|no soy una persona",
        "de": "künstliche intelligenz|künstlichen intelligenz|ki|virtuelle assistentin|virtueller assistent|"
        "digitale assistentin|digitaler assistent|sprachassistent|sprachassistentin|automatisches system|"
        "automatische ansage|roboter|bot|kein mensch",
        "fr": "intelligence artificielle|ia|assistant virtuel|assistante virtuelle|agent virtuel|assistant numérique|"
        "assistant vocal|assistante vocale|système automatique|système automatisé|robot|bot|pas un humain|"
        "pas une personne",
        "hi": "एआई|ए आई|आर्टिफिशियल इंटेलिजेंस|कृत्रिम बुद्धिमत्ता|वर्चुअल असिस्टेंट|वर्चुअल एजेंट|डिजिटल असिस्टेंट|"
        "आभासी सहायक|आभासी सहायिका|स्वचालित सहायक|रोबोट|बॉट",
    },
    "consent": {
        "en": "is recorded|are recorded|be recorded|being recorded|is being monitored|be monitored|recording this call|"
        "record this call|this call is on a recorded line|recorded line|do you consent|do i have your consent|"
        "with your consent|your permission|do you agree|is it okay if i|is it ok if i|is that okay with you",
        "es": "es grabada|está siendo grabada|será grabada|ser grabada|puede grabarse|grabar esta llamada|"
        "grabamos esta llamada|su consentimiento|tu consentimiento|da su consentimiento|está de acuerdo|su permiso",
        "de": "wird aufgezeichnet|aufgezeichnet werden|aufgezeichnet wird|wird aufgenommen|"
        "ihre einwilligung|ihre zustimmung|"
        "stimmen sie zu|sind sie damit einverstanden|sind sie einverstanden",
        "fr": "est enregistré|être enregistré|est enregistrée|sera enregistré|cet appel peut être enregistré|"
        "votre consentement|consentez vous|êtes vous d accord|acceptez vous",
        "hi": "रिकॉर्ड की जा रही है|रिकॉर्ड किया जा रहा है|रिकॉर्ड हो रही है|रिकॉर्ड की जाएगी|रिकॉर्ड किया जाएगा|"
        "आपकी सहमति|आपकी अनुमति|क्या आप सहमत",
    },
    "asking again": {
        "en": "how can i help|how may i help|what can i do for you|what are you calling about|what is this about|"
        "what is your call about|reason for your call|what would you like to do",
        "es": "en qué puedo ayudar|en qué le puedo ayudar|cómo puedo ayudar|motivo de su llamada",
        "de": "wie kann ich ihnen helfen|wie kann ich helfen|was kann ich für sie tun|worum geht es",
        "fr": "comment puis je vous aider|que puis je faire pour vous|en quoi puis je vous aider|motif de votre appel",
        "hi": "कैसे मदद कर|क्या मदद कर|कैसे सहायता कर|किस बारे में",
    },
    "not understood": {
        "en": "i didn t understand|i don t understand|i didn t quite understand|i didn t catch|i didn t quite catch|"
        "i couldn t hear|i didn t hear|i didn t get that|i didn t quite get that|could you repeat|can you repeat|"
        "could you please repeat|can you please repeat|say that again|pardon",
        "es": "no le entendí|no le he entendido|no entendí|puede repetir|podría repetir|perdón",
        "de": "nicht verstanden|wiederholen|wie bitte",
        "fr": "pas compris|pouvez vous répéter|répéter|pardon",
        "hi": "समझ नहीं|नहीं समझ|फिर से कहें|दोबारा कहें|दोहराएँ",
    },
    "identity": {
        "en": "this is|you re speaking with|you are speaking with|you re speaking to|you are speaking to|my name is|"
        "you ve reached|you have reached|welcome to|thanks for calling|thank you for calling|i m calling from|"
        "calling from|speaking from",
        "es": "le habla|te habla|habla con|soy|mi nombre es|me llamo|ha llamado a|bienvenido a|bienvenida a|"
        "gracias por llamar a",
        "de": "hier ist|hier spricht|mein name ist|sie sprechen mit|willkommen bei|ich bin|danke für ihren anruf bei",
        "fr": "ici|c est|je suis|je m appelle|mon nom est|vous êtes en ligne avec|bienvenue chez|bienvenue à|"
        "merci d avoir appelé",
        "hi": "मैं|मेरा नाम|आप बात कर रहे हैं|में आपका स्वागत है|स्वागत है|से बोल रही हूँ|से बोल रहा हूँ",
    },
}
_ASKS: Mapping[str, str] = {
    "en": "for english|in english|english",
    "es": "para español|en español|español|spanish|in spanish",
    "hi": "हिंदी|हिन्दी|hindi",
    "de": "deutsch|german",
    "fr": "français|french",
    "pt": "português|portuguese",
    "ta": "தமிழ்|tamil",
    "te": "తెలుగు|telugu",
    "bn": "বাংলা|bangla|bengali",
    "mr": "मराठी|marathi",
    "zh": "mandarin|chinese",
    "ar": "العربية|arabic",
}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _any_of(text: str) -> frozenset[str]:
    return frozenset(text.split("|"))


_NOT = _words(
    "not no t never neither nor nobody without unlike instead hardly sin ni "
    "nicht kein keine weder noch ohne pas sans नहीं ना बिना"
)
"""What denies: the "t" is that of "don't" and "isn't", which the apostrophe divides."""

NEAR = 3
"""Words before a phrase in which a "not" denies it; behind it in Hindi, whose denial stands there."""

_WITHIN = 8
"""Words beside a phrase among which what it takes to mean something is looked for."""

_ONESELF = _words(
    "i am this speaking talking reached name your s soy le habla hablando llamo nombre su "
    "ich bin hier sprechen mein ihr ihre je suis ici c parlez appelle votre मैं हूँ मेरा मेरी आपकी आपका"
)
"""Words by which a speaker says that what follows is of itself."""

_MACHINES = _any_of(
    "ai|a i|ia|ki|artificial intelligence|inteligencia artificial|künstliche intelligenz|künstlichen intelligenz|"
    "intelligence artificielle|language model|chatbot|voicebot|voice bot|bot|robot|roboter|not a human|"
    "not a real person|not a person|no soy humano|no soy humana|no soy una persona|kein mensch|pas un humain|"
    "pas une personne|एआई|ए आई|आर्टिफिशियल इंटेलिजेंस|कृत्रिम बुद्धिमत्ता|रोबोट|बॉट"
)
"""Phrases that disclose something only where the speaker says them of itself: a shop may sell a robot."""

_ROLES = _words("assistant agent receptionist system helper asistente assistentin assistent assistante")
_OFFERS = _any_of(
    "are you|do you|would you|want to|like to|talk to|speak to|prefer|rather than|replaced|quiere|prefiere|desea|"
    "möchten sie|wollen sie|sind sie|lieber|voulez|préférez|souhaitez|êtes vous|क्या आप|चाहते|चाहेंगे"
)
"""What asks or offers: "do you want to talk to an AI" says nothing of who asks."""

_HUMAN = _any_of(
    "i m human|i am human|i m a human|i am a human|i m a real person|i am a real person|i m a person|"
    "i am a person|i m a real human|i am a real human|soy humano|soy humana|soy una persona|"
    "ich bin ein mensch|je suis humain|je suis humaine|je suis une personne|मैं इंसान हूँ|मैं एक इंसान हूँ"
)
"""Who says this says that it is no machine, whatever else it says."""

_ABOUT_CALLS = _words("call calls line lines conversation conversations")
_ABOUT_DATA = _words(
    "record recorded recording recordings data details information personal store stored process grabar grabada "
    "grabación datos aufgezeichnet aufzeichnen daten enregistré enregistrer enregistrée données"
)
_GENERAL = _any_of(
    "your permission|do you agree|is it okay if i|is it ok if i|is that okay with you|está de acuerdo|su permiso|"
    "stimmen sie zu|sind sie damit einverstanden|sind sie einverstanden|êtes vous d accord|acceptez vous"
)
"""Phrases that ask for leave to do anything: for consent only where recording or data are spoken of."""

_NO_NAME = _words(
    "going great good not how what why where recorded working just it so very all fine no important today us"
)
"""Words behind an introduction that say nothing of who speaks."""

LANGUAGES: tuple[str, ...] = tuple(_PHRASES["disclosure"])
"""Languages whose openings are known."""


@lru_cache(maxsize=4096)
def spoken(text: str) -> tuple[str, ...]:
    """The words of a text as they are searched for phrases: an apostrophe divides."""
    return tuple(folded(composed(text).replace("'", " ").replace("-", " ")).split())


@lru_cache(maxsize=256)
def _known(purpose: Purpose, language: str) -> tuple[tuple[str, ...], ...]:
    return tuple(spoken(phrase) for phrase in _PHRASES[purpose].get(language, "").split("|") if phrase)


def reaches(said: Sequence[str], purpose: Purpose, languages: Iterable[str]) -> int | None:
    """How many words it takes until a phrase for this purpose is through; None where there is none.

    languages: primary tags, in which to look for it. A phrase that is denied is none ("I'm not a
    robot"), unless the phrase itself is ("I'm not a human"), nor is one that asks or offers ("do you
    want to talk to an AI?"). Who says that it is a human discloses nothing. To say who one is takes
    a word behind that can be a name. Leave that is asked for is consent where it is for recording
    or for data.
    """
    tongues = tuple(languages)
    if purpose == "disclosure" and any(True for one in _HUMAN for _ in _ends(said, spoken(one))):
        return None
    meant = _MEANT.get(purpose, _as_it_stands)
    found = [
        through
        for language in tongues
        for phrase in _known(purpose, language)
        for end in _ends(said, phrase, NEAR if purpose != "identity" else 1)
        if (through := meant(said, phrase, end)) is not None
    ]
    return min(found, default=None)


def _as_it_stands(_said: Sequence[str], _phrase: tuple[str, ...], end: int) -> int | None:
    return end


def _disclosed(said: Sequence[str], phrase: tuple[str, ...], end: int) -> int | None:
    """Where a phrase that names a machine is through, if the speaker says it of itself."""
    start = end - len(phrase)
    before = list(said[max(0, start - _WITHIN) : start])
    behind = said[end : end + NEAR]
    own = next((i for i in reversed(range(len(before))) if before[i] in _ONESELF), None)
    text = f" {' '.join(before[-5:] if own is None else before[own:])} "
    if any(f" {offer} " in text for offer in _OFFERS) or "नहीं" in behind:
        return None
    if " ".join(phrase) not in _MACHINES:
        return end
    if phrase[0] == "not":
        return end if before[-1:] in (["m"], ["am"]) else None
    itself = own is not None or phrase[0] in ("no", "kein", "pas")
    return end if itself or not _ROLES.isdisjoint(behind[:1]) else None


def _consented(said: Sequence[str], phrase: tuple[str, ...], end: int) -> int | None:
    """Where a phrase that asks for consent, or tells of a recording, is through."""
    start = end - len(phrase)
    if phrase in (("is", "recorded"), ("are", "recorded")):
        return end if not _ABOUT_CALLS.isdisjoint(said[max(0, start - _WITHIN) : start]) else None
    if " ".join(phrase) not in _GENERAL:
        return end
    if not _ABOUT_DATA.isdisjoint(said[max(0, start - _WITHIN) : start]):
        return end
    return next((i + 1 for i in range(end, min(len(said), end + _WITHIN)) if said[i] in _ABOUT_DATA), None)


def _introduced(said: Sequence[str], _phrase: tuple[str, ...], end: int) -> int | None:
    """Where the word is through that stands behind an introduction, if it can be a name."""
    name = tuple(said[end : end + 2])
    return end + 1 if name and name[0] not in _NO_NAME and name != ("a", "recorded") else None


_MEANT: Mapping[Purpose, Callable[[Sequence[str], tuple[str, ...], int], int | None]] = {
    "disclosure": _disclosed,
    "consent": _consented,
    "identity": _introduced,
}


_SENTENCES = re.compile(r"[^.!?।？؟]+[.!?।？؟]*")
_UNTOLD = frozenset(
    spoken(
        "I'm so very sorry apologies but excuse me please afraid quite could can would you for that it this again what "
        "your said say were was saying to the last just yourself your request question don't didn't "
        "lo siento disculpe no le lo he por favor qué que ha dicho dijo eso otra vez su pregunta me podría puede usted "
        "es tut mir leid entschuldigung ich habe sie das leider bitte können könnten noch einmal noch mal ihre frage "
        "désolé désolée excusez moi je n ai ne vous pas s il plaît ce que avez dit cela votre question pouvez "
        "माफ़ कीजिए कीजिएगा क्षमा करें मुझे मैं आपकी बात आप कृपया क्या इसे यह नहीं पाया पाई आया आई सका सकी"
    )
)
"""Words around "I didn't understand" that don't tell what wasn't."""


def asks_what_is_wanted(text: str, languages: Iterable[str]) -> bool:
    """Whether who says this still doesn't know why they are called.

    They ask for it, or say no more than that they haven't understood. Who says what it was that they
    haven't, or asks for it behind that, asks for a detail: "Sorry, I didn't catch that. What time?"
    """
    tongues = tuple(languages)
    said = [(spoken(one), one.rstrip()[-1:] in ("?", "？", "؟")) for one in _SENTENCES.findall(text)]
    if any(reaches(words, "asking again", tongues) is not None for words, _ in said):
        return True
    lost = [reaches(words, "not understood", tongues) is not None for words, _ in said]
    if not any(lost):
        return False
    of_that = {word for one in tongues for phrase in _known("not understood", one) for word in phrase} | _UNTOLD
    # What stands before it may be a greeting; a question is one for a detail wherever it stands.
    return not any(
        not of_that.issuperset(words) and (asked or any(lost[: i + 1])) for i, (words, asked) in enumerate(said)
    )


def reaches_name(said: Sequence[str], name: str) -> int | None:
    """How many words it takes until a name is through, written with or without spaces; None where it isn't said."""
    wanted = "".join(spoken(name))
    for start in range(len(said)):
        run = ""
        for end in range(start, len(said)):
            run += said[end]
            # A genitive's s goes with the name: "Riverside's".
            if run == wanted:
                return end + 1
            if len(run) > len(wanted):
                break
    return None


def offers(said: Sequence[str], language: str) -> int | None:
    """How many words it takes until a language is named, in itself or in English; None where it isn't."""
    phrases = (spoken(phrase) for phrase in _ASKS.get(language, "").split("|") if phrase)
    return min((end for phrase in phrases for end in _ends(said, phrase)), default=None)


def _ends(said: Sequence[str], phrase: tuple[str, ...], near: int = NEAR) -> Iterable[int]:
    size = len(phrase)
    for start in range(len(said) - size + 1):
        if tuple(said[start : start + size]) == phrase and _NOT.isdisjoint(said[max(0, start - near) : start]):
            yield start + size
