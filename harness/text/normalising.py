"""Texts in a normal form, so that a word said and a word heard are compared and not their spelling.

English has rules for numbers, money, ordinals, dates, times, spelled letters, contractions and
e-mail addresses. Every language keeps its letters: accents in Spanish, vowel signs in Hindi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from harness.text.figures import figures
from harness.text.languages.devanagari import is_devanagari, spelled_alike
from harness.text.languages.known import is_romanised, tables
from harness.text.languages.language import Language
from harness.text.months import ABBREVIATED, ENGLISH, MONTHS
from harness.text.numbers import LONGEST, Part, in_figures
from harness.text.words import Token, characters, composed, folded, folded_case, is_unspaced, written

VERSION = "4"
"""Kept with every score that compares words; a rule that changes an outcome raises it."""


@lru_cache(maxsize=4096)
def normalised(text: str, language: str = "en") -> tuple[Token, ...]:
    """The tokens of a text, in order.

    language: a tag as `en-IN` or `hi`, or several joined by "+" where a text mixes them. A language
    without tables keeps its letters in lower case, composed, without punctuation.
    """
    return tuple(_tokens(_parts(text, language)))


@lru_cache(maxsize=4096)
def whole(text: str, language: str = "en") -> tuple[str, ...]:
    """The words of a text as `words` has them, long numbers in one piece."""
    return tuple(part.text for part in _parts(text, language))


@lru_cache(maxsize=4096)
def _parts(text: str, language: str) -> tuple[Part, ...]:
    languages = {tag.partition("-")[0].lower() for tag in language.split("+")}
    english = "en" in languages
    latin = english or any(is_romanised(tag) for tag in language.split("+"))
    known = tables(language)
    parts: list[Part] = []
    for index, word in enumerate(written(composed(text))):
        word = word if known or latin else folded_case(word)
        parts += [Part(kind, piece, index, index) for kind, piece in _pieces(word, english)]
    if not text.isascii() and is_devanagari(text):
        hindi = "mr" not in languages
        parts = [p._replace(text=spelled_alike(p.text, hindi)) for p in parts]
    if english:
        if languages == {"en"}:
            parts = [p if p.text.isascii() else p._replace(text=_without_accents(p.text)) for p in parts]
        parts = _spelled(in_figures(parts))
    for one in known:
        parts = [_coined(part, one) for part in figures(parts, one)]
    return tuple(_dated(_priced(parts)) if english else parts)


def _coined(part: Part, language: Language) -> Part:
    """A coin by the name that its sign has too: "5 Euro" is "€5"."""
    coin = language.coins.get(part.text) if part.kind == "word" else None
    return part._replace(text=coin) if coin else part


@lru_cache(maxsize=4096)
def words(text: str, language: str = "en") -> tuple[str, ...]:
    """The words of a text in their normal form."""
    return tuple(token.text for token in normalised(text, language))


# --- one written word


@lru_cache(maxsize=16384)
def _pieces(word: str, english: bool) -> tuple[tuple[str, str], ...]:
    return tuple(_english(word) if english else _plain(word))


_ADDRESS = re.compile(
    r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$|^(www\.)?[a-z][\w-]*(\.[\w-]+)*\.(com|org|net|io|co|in|uk|edu|gov)$"
)
_MONEY = re.compile(r"^([$£€₹¥])(\d[\d,]*)(?:\.(\d{1,2}))?(k|m|bn)?$")
_NUMBER = re.compile(r"^(\d{1,3}(?:,\d{2,3})+|\d+)(\.\d+)?(%|°)?$")
_CLOCK = re.compile(r"^(\d{1,2})[:.](\d\d)([ap]m)?$")
_ISO_DATE = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$|^(\d{1,2})/(\d{1,2})(?:/(\d{2,4}))?$")
_ORDINAL = re.compile(r"^(\d+)(st|nd|rd|th)$")
_DOTTED = re.compile(r"^([a-z]\.)+[a-z]?\.?$")
_PHONE = re.compile(r"^\+?[\d(][\d().-]*\d$")
_RUNS = re.compile(r"\d+|[^\d\s']+(?:'[^\d\s']+)*")
_EDGES = "\"'()[]{}<>.,;:!?-_*~|/\\।؟¿¡"

CURRENCIES = {"$": "dollars", "£": "pounds", "€": "euros", "₹": "rupees", "¥": "yen"}
_COINS = {"dollar": "dollars", "bucks": "dollars", "pound": "pounds", "quid": "pounds", "euro": "euros"}
_COINS |= {"rupee": "rupees", "rs": "rupees", "inr": "rupees", "usd": "dollars", "gbp": "pounds", "eur": "euros"}
_SMALL = {"cents": "dollars", "cent": "dollars", "pence": "pounds", "paise": "rupees", "paisa": "rupees"}
_MULTIPLES = {"k": 10**3, "m": 10**6, "bn": 10**9}

_WHOLE = {
    "can't": "can not",
    "cannot": "can not",
    "won't": "will not",
    "shan't": "shall not",
    "ain't": "is not",
    "let's": "let us",
    "y'all": "you all",
    "gonna": "going to",
    "wanna": "want to",
    "gotta": "got to",
    "gimme": "give me",
    "lemme": "let me",
    "ok": "okay",
    "o.k": "okay",
    "alright": "all right",
    "mr": "mister",
    "mrs": "missus",
    "dr": "doctor",
    "vs": "versus",
    "&": "and",
    "+": "plus",
    "%": "percent",
    "@": "at",
    "e-mail": "email",
    "mm-hmm": "mhm",
    "mm-hm": "mhm",
    "mmhmm": "mhm",
    "mhmm": "mhm",
    "m-hm": "mhm",
    "uh-huh": "aha",
    "uhhuh": "aha",
    "aha": "aha",
    "a-ha": "aha",
    "hm": "hmm",
    "hmmm": "hmm",
    "umm": "um",
    "uhm": "um",
    "uhh": "uh",
    "erm": "um",
    "er": "uh",
    "yea": "yeah",
    "colour": "color",
    "favourite": "favorite",
    "centre": "center",
    "cheque": "check",
    "grey": "gray",
    "cancelled": "canceled",
    "cancelling": "canceling",
    "travelling": "traveling",
    "programme": "program",
    "neighbour": "neighbor",
    "organise": "organize",
    "apologise": "apologize",
    "realise": "realize",
    "recognise": "recognize",
    "o'clock": "oclock",
}
_ENDINGS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am", "'d": "would"}
_IS = frozenset(written("it he she that there here what where who how when why this everything something"))


def _english(word: str) -> Iterator[tuple[str, str]]:
    """The parts of one English written word: (kind, text)."""
    if word in _WHOLE:
        yield from (("word", piece) for piece in _WHOLE[word].split())
        return
    if word in CURRENCIES:
        yield "word", CURRENCIES[word]
        return
    core = word.strip(_EDGES)
    if not core:
        return
    if word[0] == "(" and "(" not in core and ")" in core:
        core = "(" + core
    if core.isalpha() and core.isascii():
        yield from (("word", piece) for piece in _WHOLE.get(core, core).split())
    elif core[-1].isdecimal() or core[0].isdecimal() or core[0] in "$£€₹¥+(":
        yield from _numeric(core)
    elif found := _ADDRESS.match(core):
        yield from _address(found)
    elif _DOTTED.match(core):
        yield "letters", core.replace(".", "")
    else:
        yield from _lettered(core)


def _numeric(core: str) -> Iterator[tuple[str, str]]:
    """A written word with figures: what reads it is the first of `_FIGURES` that knows its form."""
    for form, read in _FIGURES:
        found = form.match(core)
        if found:
            yield from read(found)
            return
    yield from _lettered(core)


def _number(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    whole, fraction, sign = found.groups()
    yield "number", whole.replace(",", "") + (fraction or "")
    if sign:
        yield "word", "percent" if sign == "%" else "degrees"


def _clock(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """A time of day as it is said: "3:30" is three thirty, "3:00" is three o'clock, or three pm."""
    hour, minute, half = found.groups()
    on_the_hour = minute == "00" and int(hour) <= 12
    yield "number", str(int(hour)) + ("" if on_the_hour else minute)
    if half:
        yield "word", half
    elif on_the_hour:
        yield "clock", "oclock"


def _iso_date(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield from (("fixed", str(int(piece))) for piece in found.groups() if piece)


def _phone(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    if found[0][0] == "+":
        yield "word", "plus"
    yield "number", re.sub(r"\D", "", found[0])


def _money(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    sign, whole, fraction, multiple = found.groups()
    amount = whole.replace(",", "")
    if multiple:
        yield "fixed", f"{float(amount + '.' + (fraction or '0')) * _MULTIPLES[multiple]:.0f}"
    elif fraction and int(fraction):
        yield "fixed", f"{amount}.{fraction.ljust(2, '0')}"
    else:
        yield "number", amount
    yield "word", CURRENCIES[sign]


def _address(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    names = {".": "dot", "@": "at", "-": "dash", "_": "underscore", "+": "plus"}
    for piece in re.findall(r"[a-z]+|\d+|[.@_+-]|[^\W\d_]+", found[0]):
        yield ("number", piece) if piece.isdecimal() else ("word", names.get(piece, piece))


_FIGURES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[tuple[str, str]]]], ...] = (
    (_MONEY, _money),
    (_NUMBER, _number),
    (_CLOCK, _clock),
    (_ISO_DATE, _iso_date),
    (_ORDINAL, lambda found: iter([("ordinal", found[0])])),
    (_ADDRESS, _address),
    (_PHONE, _phone),
)


def _lettered(core: str) -> Iterator[tuple[str, str]]:
    """What is left of a word once its punctuation is spaces: letters, figures, contractions."""
    for stretch in folded(core.replace("&", " and ").replace("%", " percent ").replace("@", " at ")).split():
        if stretch.isascii() and stretch.isalpha():
            yield from (("word", piece) for piece in _WHOLE.get(stretch, stretch).split())
        elif stretch in _WHOLE:
            yield from (("word", piece) for piece in _WHOLE[stretch].split())
        elif "'" in stretch:
            yield from (("word", piece) for piece in _contracted(stretch.strip("'")))
        else:
            for piece in _RUNS.findall(stretch):
                if piece.isdecimal():
                    yield "number", piece
                else:
                    yield from (("word", one) for one in characters(piece))


def _contracted(word: str) -> tuple[str, ...]:
    for ending, meaning in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return word[: -len(ending)].replace("'", ""), meaning
    if word.endswith("'s") and word[:-2] in _IS:
        return word[:-2], "is"
    bare = word.replace("'", "")
    return (bare,) if bare else ()


_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+|\d+)([.,]\d{1,2}|[.,]\d{4,})?")


_HOURS = re.compile(r"^(\d{1,2})(:|h)(\d\d)?$")


def _plain_clock(found: re.Match[str]) -> Iterator[tuple[str, str]]:
    """A time of day as it is said: 3:30 is three thirty, 3:00 is three, and 15h30 has its hours."""
    hour, sign, minute = str(int(found[1])), found[2], found[3]
    if sign == "h":
        yield from (("fixed", hour), ("word", "heures"))
        if minute and int(minute):
            yield "fixed", minute
    elif minute:
        yield "fixed", hour + ("" if minute == "00" else minute)
    else:
        yield "number", hour


def _plain(word: str) -> Iterator[tuple[str, str]]:
    """The parts of a written word of any other language: letters and marks kept, figures by value."""
    if word.isdecimal():
        yield "number", word
        return
    if word in CURRENCIES:
        yield "word", CURRENCIES[word]
        return
    if any(char.isdecimal() for char in word):
        if clock := _HOURS.match(word.strip(_EDGES)):
            yield from _plain_clock(clock)
            return
        found = _GROUPED.fullmatch(word.strip(_EDGES + "$£€₹¥%"))
        if found:
            whole, fraction = found.groups()
            yield "number", re.sub(r"[.,]", "", whole) + (fraction or "").replace(",", ".")
            if word[0] in CURRENCIES or word.rstrip(_EDGES)[-1] in CURRENCIES:
                yield "word", CURRENCIES.get(word[0]) or CURRENCIES[word.rstrip(_EDGES)[-1]]
            return
    for stretch in folded(word).replace("'", " ").split():
        for piece in _RUNS.findall(stretch):
            if piece.isdecimal():
                yield "number", piece
            else:
                yield from (("word", one) for one in characters(piece))


def _without_accents(text: str) -> str:
    """A Latin word of an English text without its accents: "café" and "cafe" are one word there."""
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    return bare if bare and bare.isascii() else text


# --- what words mean side by side


def _spelled(parts: Sequence[Part]) -> list[Part]:
    """Letters that were spelled one by one as one word: "A S H A" is "asha", "p m" is "pm"."""
    made: list[Part] = []
    i = 0
    while i < len(parts):
        if len(parts[i].text) > 1 and parts[i].kind != "letters":
            made.append(parts[i])
            i += 1
            continue
        j = i
        while j < len(parts) and (parts[j].kind == "letters" or _is_letter(parts[j])):
            j += 1
        text = "".join(part.text for part in parts[i:j])
        beside = [parts[k].kind for k in (i - 1, j) if 0 <= k < len(parts)]
        several = j - i >= 3 or (j - i == 2 and "number" in beside) or text in ("am", "pm")
        if several or any(part.kind == "letters" for part in parts[i:j]):
            made.append(Part("word", text, parts[i].first, parts[j - 1].last))
            i = j
        else:
            made += parts[i : max(j, i + 1)]
            i = max(j, i + 1)
    return made


def _is_letter(part: Part) -> bool:
    return part.kind == "word" and len(part.text) == 1 and part.text.isalpha() and not is_unspaced(part.text)


def _priced(parts: Sequence[Part]) -> list[Part]:
    """Money in one form: "five dollars and fifty cents" is "5.50 dollars", as "$5.50" is."""
    made: list[Part] = []
    for part in parts:
        part = part._replace(text=_COINS[part.text]) if part.kind == "word" and part.text in _COINS else part
        made.append(part)
        if part.text not in _SMALL or len(made) < 3:
            continue
        back = 1 if made[-3].text == "and" else 0
        if len(made) >= 4 + back and made[-2].text.isdecimal() and made[-3 - back].text == _SMALL[part.text]:
            whole, unit = made[-4 - back], made[-3 - back]
            if whole.text.isdecimal() and len(made[-2].text) <= 2:
                amount = Part("fixed", f"{whole.text}.{made[-2].text.zfill(2)}", whole.first, whole.last)
                del made[-4 - back :]
                made += [amount, unit._replace(last=part.last)]
    return made


def _dated(parts: Sequence[Part]) -> list[Part]:
    """The day of a month as a plain number: "the thirteenth of March" and "March 13" have the same words."""
    made = list(parts)
    texts = [part.text for part in parts]
    for i, part in enumerate(parts):
        if part.kind == "ordinal":
            after = texts[i + 1 : i + 3]
            before = [text for text in texts[max(0, i - 2) : i] if text != "the"]
            following = after[1:2] if after[:1] == ["of"] else after[:1]
            if (following and following[0] in MONTHS) or (before and before[-1] in MONTHS):
                made[i] = part._replace(kind="fixed", text=part.text[:-2])
        elif part.text in ABBREVIATED and part.text not in ENGLISH:
            beside = [*[p for p in made[max(0, i - 2) : i] if p.text not in ("of", "the")][-1:], *made[i + 1 : i + 2]]
            if part.text not in _ALSO_WORDS or any(p.kind != "word" for p in beside):
                made[i] = part._replace(text=_FULL[ABBREVIATED[part.text]])
    return made


_ALSO_WORDS = ("mar", "dec", "jan")
_FULL = {number: name for name, number in ENGLISH.items()}


_UNITS = frozenset((*CURRENCIES.values(), "percent"))


def _tokens(parts: Sequence[Part]) -> Iterator[Token]:
    """The parts as tokens; a long number figure by figure, unless it is a sum of money or a share."""
    for i, part in enumerate(parts):
        following = parts[i + 1] if i + 1 < len(parts) else None
        if part.kind == "clock" and following is not None and following.text in ("am", "pm"):
            continue
        if part.text.isdecimal() and len(part.text) > LONGEST and (following is None or following.text not in _UNITS):
            yield from (Token(figure, part.first, part.last) for figure in part.text)
        else:
            yield Token(part.text, part.first, part.last)
