"""Which language a text is in: by its script, and among those of one script by its commonest words and endings.

No model: small tables of our own. A text that shows too little is in no language for sure.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from harness.text.words import written

_SCRIPTS: Mapping[str, str] = {
    "BENGALI": "bn",
    "GURMUKHI": "pa",
    "GUJARATI": "gu",
    "ORIYA": "or",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "THAI": "th",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "LATIN": "",
}
"""A script by the first word of its characters' names → the language that callers most likely mean by it."""

_COMMON: Mapping[str, frozenset[str]] = {
    "en": frozenset(
        written(
            "the a an is are was were be been am do does did have has had will would can could should may i you "
            "he she it we they my your his her its our their me him us them this that these those of to in on at "
            "for with from by as and or but not no yes what when where who how why which there here if then so "
            "please thank thanks about want need like call let get don't it's i'm that's hello sorry anything "
            "something else just up out one go sure see now very never every some more back again okay"
        )
    ),
    "es": frozenset(
        written(
            "el la los las un una unos unas de del al a en y o pero que qué es son era está están ser estar soy "
            "he ha han yo tú usted él ella nosotros ellos mi su sus me te se le les lo nos no sí por para con sin "
            "sobre desde hasta este esta eso esto cómo cuándo dónde quién más muy hay gracias favor quiero "
            "quisiera puede puedo tengo mañana hoy ayer hola buenos días momento algo ya claro todos todas cada "
            "también siempre nunca nadie otra otro vez entonces adelante"
        )
    ),
    "de": frozenset(
        written(
            "der die das den dem des ein eine einen einem einer und oder aber nicht kein keine ist sind war bin "
            "hat habe haben wird werden kann können möchte will muss ich du er sie es wir ihr mich mir dich ihnen "
            "ihren ihre mein meine meinen sein was wann wo wer wie warum in im an am auf mit von vom zu zum zur "
            "für wegen seit bei aus nach um als auch noch nur schon bitte danke vielen ja nein heute gestern dass "
            "gibt uns tut dann bis jeden wieder hier guten immer nie niemand alle einmal"
        )
    ),
    "fr": frozenset(
        written(
            "le la les un une des du de d l au aux et ou mais ne pas n que qu qui est sont était être suis ai as "
            "avez ont a je j tu il elle nous vous ils on mon ma mes votre vos son sa ses me m te t se s ce c "
            "cette ces ça y en à dans sur avec pour par sans chez quand où comment pourquoi quelle quel plus très "
            "merci bonjour oui non voudrais peux peut depuis hier plaît alors ici tous toutes toujours jamais "
            "personne encore fois bien"
        )
    ),
    "hi-Latn": frozenset(
        written(
            "hai hain hoon hun tha thi the ka ki ke ko se mein main me mera meri mere mujhe mujhko aap aapka "
            "aapki aapke aapko hum humein tum yeh ye woh wo kya kyun kyon kaise kab kahan kaun nahi nahin na haan "
            "ji aur ya lekin par pe bhi hi toh to abhi kal aaj ek do teen kar karo karna karni karke raha rahi "
            "rahe gaya gayi gaye diya dijiye kijiye chahiye chahie sakte sakta sakti ho hua hui bolo baat kripya "
            "theek bataiye rukiye wapas galat paise maine aisa kaha liye naam bhej apna apni dekhta dekhti hoga "
            "sun shaam subah koi kuch bahut phir achha acha dobara boliye bataya chuka milte kisi namaste"
        )
    ),
}
_ENDINGS: Mapping[str, tuple[str, ...]] = {
    "en": ("ing", "tion", "ed", "ly", "ment", "th", "ght", "wh"),
    "es": ("ción", "ado", "ida", "mente", "amos", "ñ", "ar", "ía"),
    "de": ("ung", "en", "sch", "lich", "keit", "ß", "ö", "ü", "ä", "ei", "ch"),
    "fr": ("eux", "eau", "ment", "ez", "è", "ê", "ç", "ou", "ai", "que"),
    "hi-Latn": ("aa", "iye", "unga", "ungi", "enge", "kh", "bh", "dh"),
}
"""What words of a language are made of, where none of its commonest is among them: worth little each."""

_MARATHI = frozenset(
    written(
        "आहे आहेत आहात मला तुम्ही तुम्हाला तुमचा तुमची तुमचे माझा माझी माझे "
        "मी झाली झाले आम्ही काय नाही हवी हवा हवे आणि कधी करू शकतो मध्ये होते"
    )
)
_HINDI = frozenset(
    written(
        "है हैं हूँ हूं का की के को से में मैं मेरा मेरी मेरे मुझे आप आपका आपकी नहीं और क्या यह वह था थी "
        "गया कर रहा रही रहे एक लिए बताइए कीजिए रुकिए धन्यवाद हो गई गए हमें आपके पर भी"
    )
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_ENOUGH = 1.5
"""Evidence below which a text is in no language for sure, in common words."""

_AHEAD = 1.25
"""How much more evidence there has to be than for the next language."""


@lru_cache(maxsize=4096)
def language_of(text: str) -> tuple[str | None, bool]:
    """The tag of the language that a text is most likely in, and whether that is sure.

    None where nothing shows it: figures, names, one word that many languages share. A text in two
    scripts is in the language whose script isn't Latin, as "मेरा order" is Hindi, unless it has
    five Latin words and more to each of the other's, of a language for sure.
    """
    scripts = Counter(_script(char) for char in text if char.isalpha())
    scripts.pop("", None)
    other = [(count, script) for script, count in scripts.items() if script != "LATIN" and script in _SCRIPTS]
    if not other:
        return _of_latin(text) if scripts["LATIN"] else (None, False)
    if _in_latin(text):
        return _of_latin(text)
    if scripts["HIRAGANA"] or scripts["KATAKANA"]:
        return "ja", True
    script = max(other)[1]
    return _of_devanagari(text) if script == "DEVANAGARI" else (_SCRIPTS[script], True)


def _in_latin(text: str) -> bool:
    """Whether a text in two scripts is one in Latin letters with a word of the other: "You're booked, धन्यवाद"."""
    said = [{_script(char) for char in word if char.isalpha()} - {""} for word in text.split()]
    latin, other = sum(one == {"LATIN"} for one in said), sum(bool(one - {"LATIN"}) for one in said)
    return 5 * other <= latin and _of_latin(text)[1]


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    return unicodedata.name(char, "").partition(" ")[0]


def _of_devanagari(text: str) -> tuple[str, bool]:
    """Hindi, unless more of the words are Marathi's; sure where one has more."""
    said = re.sub("[?।,.!]", " ", text).split()
    marathi = sum(word in _MARATHI for word in said) + ("ळ" in text)
    hindi = sum(word in _HINDI for word in said)
    return ("mr" if marathi > hindi else "hi"), marathi != hindi


def _of_latin(text: str) -> tuple[str | None, bool]:
    said = _WORD.findall(text.lower().replace("’", "'"))
    scores = dict.fromkeys(_COMMON, 0.0)
    for word in said:
        pieces = {word, *word.split("'")}
        within = [tag for tag, common in _COMMON.items() if not pieces.isdisjoint(common)]
        for tag in within:
            scores[tag] += 1 / len(within)
        if not within:
            for tag, endings in _ENDINGS.items():
                scores[tag] += 0.2 * any(ending in word for ending in endings)
    ranked = sorted(scores.items(), key=lambda pair: -pair[1])
    (best, most), (_, next_most) = ranked[0], ranked[1]
    if not most:
        return None, False
    return best, most >= _ENOUGH and most >= _AHEAD * next_most
