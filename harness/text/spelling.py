"""What callers spell: codes, names, e-mail addresses, telephone numbers; and where they live."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby

from harness.text.framing import unframed
from harness.text.languages.hindi import ENGLISH_FIGURES
from harness.text.languages.known import lexicon
from harness.text.languages.language import Language, Words
from harness.text.normalising import whole
from harness.text.words import written

_RADIO = {
    word: word[0]
    for word in written(
        "alpha bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa "
        "quebec romeo sierra tango uniform victor whiskey whisky yankee zulu alfa"
    )
} | {"xray": "x", "x-ray": "x"}
"""The alphabet of radio, as callers spell with it. Source: ITU Radio Regulations, appendix 14."""

_GERMAN = {
    word: word[0]
    for word in written(
        "anton ärger berta cäsar charlotte dora emil friedrich gustav heinrich ida julius kaufmann konrad ludwig "
        "martha nordpol otto ökonom paula quelle richard samuel siegfried theodor ulrich übermut viktor wilhelm "
        "xanthippe ypsilon zacharias zeppelin"
    )
}
"""The German alphabet of the telephone. Source: DIN 5009 of 1983."""

_ALPHABETS: Mapping[str, Mapping[str, str]] = {"en": _RADIO, "de": {**_RADIO, **_GERMAN}}
_SEPARATORS = frozenset(
    {"dash", "hyphen", "slash", "guion", "guión", "tiret", "bindestrich", "strich", "capital", "hash"}
)
_COPULAS = frozenset({"is", "es", "ist", "est", "lautet", "है"})
_NOUGHT = re.compile(r"\b(?:oh|o)\b(?=[\s,]+\w)", re.IGNORECASE)
_DOUBLE_U = re.compile(r"\bdouble[\s-]+(?:u|you)\b", re.IGNORECASE)
_OH = re.compile(r"\boh\b", re.IGNORECASE)
_HUNDRED = re.compile(r"\bhundred\b", re.IGNORECASE)
"""Of a telephone number: "eight hundred five five five" is 800 555."""

_DIGIT = re.compile(r"\d")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)


def spelled(value: str, language: str) -> str:
    """A text with letters that were named by a word put in their place: "A as in alpha" is "a"."""
    known = lexicon(language)
    said = value.replace(",", " ").split()
    made: list[str] = []
    i = 0
    while i < len(said):
        letter = known.letters.get((said[i].lower(),), said[i].lower())
        j = i + 1 + (said[i + 1 : i + 2] != [] and said[i + 1].lower() in known.like)
        j += j > i + 1 and said[j : j + 1] == ["in"]
        if i + 1 < j < len(said) and len(letter) == 1 and _bare(said[j].lower())[:1] == _bare(letter):
            made.append(letter)
            i = j + 1
        else:
            made.append(said[i])
            i += 1
    return " ".join(made) if len(made) < len(said) else value


def phone(value: str, language: str = "en") -> frozenset[str]:
    """The figures of a telephone number, without leading noughts."""
    known = lexicon(language)
    text = value
    if known.tag == "en":
        text = _HUNDRED.sub("zero zero", _NOUGHT.sub("zero", value))
    elif known.tag in ("hi", "mr"):
        text = " ".join(ENGLISH_FIGURES.get(word, word) for word in value.replace(",", " , ").split())
    # A pause ends a number: "six fifty, five five five" is not fifty-five.
    figures = "".join(
        figure for part in text.split(",") for word in whole(part, language) for figure in _DIGIT.findall(word)
    )
    return frozenset({figures.lstrip("0") or figures}) if len(figures) >= 5 else frozenset()


def code(value: str, language: str = "en") -> frozenset[str]:
    """The letters and figures of a code, in capitals, without what stands between them or leads it in."""
    known = lexicon(language)
    text = spelled(value, language)
    if known.tag in ("hi", "mr"):
        text = " ".join(ENGLISH_FIGURES.get(word, word) for word in text.split())
    if known.tag == "en":
        text = _DOUBLE_U.sub("w", _NOUGHT.sub("zero", text))
    if known.tag in _ALPHABETS:
        text = " ".join(_radio(text.split(), _ALPHABETS[known.tag]))
    said = [word for word in _lettered(whole(text, language), known) if word not in _SEPARATORS]
    named = next((i + 1 for i, word in enumerate(said[:-1]) if i and word in _COPULAS), 0)
    said = said[named:]
    # "ID" may be what a code is called; "I D", said letter by letter, is the code's own.
    whole_words = {word.strip(".,:;#").lower() for word in value.split()}
    while len(said) > 1 and said[0] in known.code_leads and (said[0] in whole_words or not said[0].isascii()):
        said.pop(0)
    run = "".join(said).upper()
    return frozenset({run}) if any(char.isdecimal() for char in run) or run.isalpha() else frozenset()


def _lettered(said: Sequence[str], known: Language) -> list[str]:
    """The words with the names of letters as letters, one that is said to be double twice."""
    made: list[str] = []
    i = 0
    while i < len(said):
        size = next((n for n in (2, 1) if tuple(said[i : i + n]) in known.letters), 0)
        times = known.numbers.repeats.get(said[i], 0)
        rest = said[i + 1 : i + 2]
        if size:
            made.append(known.letters[tuple(said[i : i + size])])
        elif times and rest and (letter := known.letters.get(tuple(rest), rest[0])) and len(letter) == 1:
            made.append(letter * times)
            size = 2
        else:
            made.append(said[i])
            size = 1
        i += size
    return made


def _radio(pieces: Sequence[str], alphabet: Mapping[str, str]) -> list[str]:
    """Words of a spelling alphabet as letters, where they can only be spelling."""
    bare = [piece.lower().strip(".,;") for piece in pieces]
    return [alphabet.get(word, piece) for piece, word in zip(pieces, bare, strict=True)]


def name(value: str, language: str = "en") -> frozenset[str]:
    """A name's letters in lower case, without Latin accents; a spelling behind the name says it again."""
    known = lexicon(language)
    said = _spelled_behind(list(whole(spelled(value, language), language)), known)
    if len(said) > 1 and all((word,) in known.letters or len(word) == 1 for word in said):
        said = _lettered(said, known)
    for i in range(1, len(said)):
        if unframed(" ".join(said[i:]), "name", language) == said[i - 1]:
            said = said[:i]
            break
    said = [word for i, word in enumerate(said) if i == 0 or word != said[i - 1] or len(word) == 1]
    run = _bare("".join(said))
    return frozenset({run}) if run else frozenset()


_SPELLED = frozenset(written("spelled spelt escribe escrito deletreado geschrieben buchstabiert écrit épelé"))
_BEFORE_SPELLED = frozenset(written("that is it se das wird ça s qui cela"))


def _spelled_behind(said: list[str], known: Language) -> list[str]:
    """A name whose last word is spelled in other letters than it was heard with: "Catherine, spelled K A T E"."""
    at = next((i for i, word in enumerate(said) if i and word in _SPELLED), 0)
    letters = said[at + 1 :]
    if not at or not letters:
        return said
    if len(letters) > 1 and all(len(word) == 1 or (word,) in known.letters for word in letters):
        letters = ["".join(_lettered(letters, known))]
    front = said[:at]
    while len(front) > 1 and front[-1] in _BEFORE_SPELLED:
        front.pop()
    return [*front[:-1], *letters]


_TITLES = frozenset(
    written(
        "mr mister mrs missus ms miss mx dr doctor prof professor sir madam shri sri smt kumari herr frau señor señora "
        "señorita sr sra srta doña monsieur madame mme श्री श्रीमती डॉक्टर डॉ"
    )
)


def plain_name_of(value: str) -> str:
    """A person's name as it is called out: without titles, the family name behind ("Rao, Asha" is Asha Rao)."""
    family, comma, first = value.partition(",")
    if comma and first.strip() and "," not in first and len(first.split()) < 3 and len(family.split()) == 1:
        value = f"{first.strip()} {family.strip()}"
    said = value.split()
    while len(said) > 1 and said[0].lower().strip(".") in _TITLES:
        said.pop(0)
    return " ".join(said)


def _bare(text: str) -> str:
    """A text without the accents of its Latin letters; marks of other scripts stay."""
    if text.isascii() or not _LATIN.search(unicodedata.normalize("NFD", text)):
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


_LOANS = {"जीमेल": "gmail", "याहू": "yahoo", "कॉम": "com", "इन": "in", "को": "co"}


def email(value: str, language: str = "en") -> frozenset[str]:
    """An e-mail address in lower case."""
    known = lexicon(language)
    text = _OH.sub("zero", spelled(value, language)) if known.tag == "en" else spelled(value, language)
    said = whole(text, language)
    if "@" in value and not any(char.isspace() for char in value.strip()):
        return frozenset({value.strip().lower().rstrip(".,;")})
    run = "".join(_LOANS.get(word, word) for word in _signed(_letters_in_a_row(said, known), known))
    return frozenset({run}) if run.find("@") > 0 else frozenset()


def _letters_in_a_row(said: Words, known: Language) -> Words:
    """Names of letters as letters where several stand side by side, as they do in what is spelled."""
    if known.tag == "en":
        return said
    made: list[str] = []
    for named, row in groupby(said, key=lambda word: (word,) in known.letters):
        words = list(row)
        spelled_out = named and len(words) >= (3 if known.latin else 2)
        made += [known.letters[(word,)] for word in words] if spelled_out else words
    return tuple(made)


def _signed(said: Words, known: Language) -> list[str]:
    """The words with the names of signs as signs."""
    made: list[str] = []
    i = 0
    while i < len(said):
        size = next((n for n in (4, 3, 2) if said[i : i + n] in known.signs), 1)
        made.append(known.signs.get(said[i : i + size], said[i]))
        i += size
    return made


_NO_MATTER = frozenset({"number", "no", "número", "numero", "nummer", "numéro"})


_STREETS = frozenset(written("calle avenida plaza paseo carretera camino ronda travesía glorieta urbanización"))
"""Kinds of street in Spanish, which have an article where callers say where they live: "vivo en la calle Mayor"."""


def address(value: str, language: str = "en") -> frozenset[str]:
    """An address in the words of its normal form, abbreviations written out, numbers in figures."""
    known = lexicon(language)
    clauses = (whole(clause, language) for clause in value.split(","))
    said = [word for clause in clauses for word in clause]
    words = [known.abbreviated.get(word, word) for word in said if word not in _NO_MATTER]
    if known.tag == "es" and len(words) > 1 and words[0] in ("la", "el") and words[1] in _STREETS:
        words.pop(0)
    words = [word + "aße" if len(word) > 5 and word.endswith("str") else word for word in words]
    words = [word.replace("strasse", "straße") for word in words]
    made: list[str] = []
    for word in words:
        if len(word) == 1 and word.isalpha() and made and made[-1].isdecimal():
            made[-1] += word
        else:
            made.append(word)
    return frozenset({" ".join(made)}) if made else frozenset()
