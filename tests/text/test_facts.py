"""Typed facts in every language: said by generators of our own, read back; and the hand-written set."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.entities import KINDS, Kind, canonical, kind_of, meanings, same
from harness.text.meaning import agrees
from harness.text.words import written
from tests.text.golden import BLIND, LEFT_UNSEEN, is_right, read, rows


@pytest.mark.parametrize("name", ["entities.jsonl", "entities_unseen.jsonl"])
def test_the_hand_written_facts_are_read_as_they_are_meant(name: str) -> None:
    golden = rows(name)
    assert len(golden) >= (300 if name == "entities.jsonl" else 80)
    assert {row["id"]: read(row) for row in golden if read(row) != row["canonical"]} == {}


@pytest.mark.parametrize("name", BLIND)
def test_the_facts_that_were_labelled_blind_are_read_and_told_from_what_is_near_them(name: str) -> None:
    golden = rows(f"{name}.jsonl")
    assert len(golden) >= 160
    assert sum("near" in row for row in golden) >= 50
    assert {row["id"]: read(row) for row in golden if not is_right(row)} == {}


def test_no_fewer_are_read_of_the_facts_that_nothing_was_mended_by() -> None:
    golden = rows(f"{LEFT_UNSEEN}.jsonl")
    assert len(golden) == 200
    assert sum(map(is_right, golden)) >= 188


@pytest.mark.parametrize("row", rows("entities.jsonl")[::7], ids=lambda row: row["id"])
def test_a_canonical_form_is_its_own_canonical_form(row: dict[str, Any]) -> None:
    form = read(row)
    assert canonical(form, row["type"], language="en") == form


# --- numbers, said by rules that are not those of the reader

_EN = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_EN_UNITS = [*_EN.split(), "eighteen", "nineteen"]
_EN_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def english(n: int) -> str:
    if n < 20:
        return _EN_UNITS[n]
    if n < 100:
        return _EN_TENS[n // 10] + (f" {_EN_UNITS[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{english(n // 100)} hundred" + (f" and {english(n % 100)}" if n % 100 else "")
    return f"{english(n // 1000)} thousand" + (f" {english(n % 1000)}" if n % 1000 else "")


_DE_UNITS = ["null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"]
_DE_TENS = ["", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def german(n: int, last: bool = True) -> str:
    if n >= 1000:
        return german(n // 1000, False) + "tausend" + (german(n % 1000) if n % 1000 else "")
    if n >= 100:
        return _DE_UNITS[n // 100] + "hundert" + (german(n % 100) if n % 100 else "")
    if n == 1 and last:
        return "eins"
    if n <= 12:
        return _DE_UNITS[n]
    if n < 20:
        return {16: "sechzehn", 17: "siebzehn"}.get(n, _DE_UNITS[n - 10] + "zehn")
    return (f"{_DE_UNITS[n % 10]}und" if n % 10 else "") + _DE_TENS[n // 10]


_FR = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit"
_FR_UNITS = [*_FR.split(), "dix-neuf"]
_FR_TENS = ["", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt"]


def french(n: int) -> str:
    if n < 20:
        return _FR_UNITS[n]
    if n < 100:
        rest = n % 20 if n >= 60 else n % 10
        joint = " et " if rest in (1, 11) and n < 80 else "-"
        return _FR_TENS[n // 10] + (f"{joint}{_FR_UNITS[rest]}" if rest else "s" if n == 80 else "")
    large, name, rest = (n // 1000, "mille", n % 1000) if n >= 1000 else (n // 100, "cent", n % 100)
    return (f"{french(large)} " if large > 1 else "") + name + (f" {french(rest)}" if rest else "")


_ES = written(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
)
_ES_TENS = ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
_ES_HUNDREDS = ["", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos"]
_ES_HUNDREDS += ["ochocientos", "novecientos"]


def spanish(n: int) -> str:
    if n < 30:
        return _ES[n]
    if n < 100:
        return _ES_TENS[n // 10] + (f" y {_ES[n % 10]}" if n % 10 else "")
    if n == 100:
        return "cien"
    if n < 1000:
        return _ES_HUNDREDS[n // 100] + (f" {spanish(n % 100)}" if n % 100 else "")
    return (f"{spanish(n // 1000)} " if n >= 2000 else "") + "mil" + (f" {spanish(n % 1000)}" if n % 1000 else "")


_HI = {1: "एक", 2: "दो", 3: "तीन", 4: "चार", 5: "पाँच", 6: "छह", 7: "सात", 8: "आठ", 9: "नौ", 0: "शून्य"}
_HI_ROUND = {11: "ग्यारह", 25: "पच्चीस", 36: "छत्तीस", 49: "उनचास", 50: "पचास", 67: "सड़सठ", 78: "अठहत्तर", 99: "निन्यानवे"}
_HI_ALL = {**_HI, **_HI_ROUND}


def hindi(n: int) -> str:
    """A number whose hundreds and thousands are below ten, and whose last two figures have a name above."""
    said = [f"{_HI[n // 1000]} हज़ार"] if n >= 1000 else []
    said += [f"{_HI[n // 100 % 10]} सौ"] if n // 100 % 10 else []
    return " ".join([*said, *([_HI_ALL[n % 100]] if n % 100 else [])]) or _HI[0]


HINDI_NUMBERS = st.builds(lambda high, low: high * 100 + low, st.integers(0, 99), st.sampled_from(sorted(_HI_ALL)))


@given(st.integers(0, 999_999))
def test_a_number_that_is_said_in_english_german_french_or_spanish_is_that_number(n: int) -> None:
    assert canonical(english(n), "number") == str(n)
    assert canonical(german(n), "number", language="de") == str(n)
    assert canonical(french(n), "number", language="fr") == str(n)
    if n % 1000 == n or (n // 1000) % 10 != 1:  # "veintiún mil" has a form of its own
        assert canonical(spanish(n), "number", language="es") == str(n)


@given(HINDI_NUMBERS)
def test_a_number_that_is_said_in_hindi_is_that_number(n: int) -> None:
    assert canonical(hindi(n), "number", language="hi") == str(n)


_FIGURES: dict[str, list[str]] = {
    "en": _EN.split()[:10],
    "de": ["null", "eins", *_DE_UNITS[2:10]],
    "fr": _FR_UNITS[:10],
    "es": [*_ES[:10]],
    "hi": [_HI[n] for n in range(10)],
    "ta": "பூஜ்யம் ஒன்று இரண்டு மூன்று நான்கு ஐந்து ஆறு ஏழு எட்டு ஒன்பது".split(),  # noqa: SIM905
    "te": "సున్నా ఒకటి రెండు మూడు నాలుగు ఐదు ఆరు ఏడు ఎనిమిది తొమ్మిది".split(),  # noqa: SIM905
    "bn": "শূন্য এক দুই তিন চার পাঁচ ছয় সাত আট নয়".split(),  # noqa: SIM905
    "mr": "शून्य एक दोन तीन चार पाच सहा सात आठ नऊ".split(),  # noqa: SIM905
}


@given(st.from_regex(r"[1-9][0-9]{6,11}", fullmatch=True), st.sampled_from(sorted(_FIGURES)))
def test_a_telephone_number_that_is_said_figure_by_figure_is_that_number(number: str, language: str) -> None:
    spoken = " ".join(_FIGURES[language][int(figure)] for figure in number)
    assert canonical(spoken, "phone", language=language) == number


@given(st.integers(0, 23), st.integers(1, 59))
def test_a_time_that_is_said_is_that_time(hour: int, minute: int) -> None:
    form = f"{hour:02}:{minute:02}"
    half = "am" if hour < 12 else "pm"
    assert canonical(f"{english(minute)} past {english(hour % 12 or 12)} {half}", "time") == form
    assert form in meanings(f"{hour % 12 or 12}:{minute:02} {half}", "time")
    assert form in meanings(f"{german(hour, False)} Uhr {german(minute)}", "time", "de")
    assert form in meanings(f"{french(hour)} heures {french(minute)}", "time", "fr")
    part = "de la mañana" if hour < 12 else "de la tarde"
    assert canonical(f"las {spanish(hour % 12 or 12)} y {spanish(minute)} {part}", "time", language="es") == form
    if minute in _HI_ALL and (hour % 12 or 12) in _HI_ALL:
        said = f"{'सुबह' if hour < 12 else 'शाम'} {_HI_ALL[hour % 12 or 12]} बजकर {_HI_ALL[minute]} मिनट"
        assert canonical(said, "time", language="hi") == form


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "hi": "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
}


def test_one_o_clock_is_a_time_in_every_language() -> None:
    for said, language in [("ein Uhr", "de"), ("une heure", "fr"), ("la una", "es"), ("एक बजे", "hi"), ("one", "en")]:
        assert canonical(said, "time", language=language) == "01:00 or 13:00"


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_a_date_that_is_said_is_that_day(day: date) -> None:
    month = {language: names.split()[day.month - 1] for language, names in _MONTHS.items()}
    spoken = {
        "de": f"{day.day}. {month['de']} {day.year}",
        "fr": f"le {french(day.day)} {month['fr']} {day.year}",
        "es": f"el {spanish(day.day)} de {month['es']} de {spanish(day.year)}",
        "hi": f"{day.day} {month['hi']} {day.year}",
        "en": f"the {day.day} of {month['en']} {day.year}",
    }
    for language, said in spoken.items():
        assert canonical(said, "date", language=language) == day.isoformat(), said


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 1)), st.integers(0, 6))
def test_a_weekday_is_the_next_one_and_tomorrow_the_day_after(today: date, weekday: int) -> None:
    name = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"][weekday]
    found = date.fromisoformat(canonical(f"{name} prochain", "date", language="fr", today=today))
    assert found.weekday() == weekday
    assert timedelta(0) < found - today <= timedelta(7)
    assert canonical("morgen", "date", language="de", today=today) == (today + timedelta(1)).isoformat()


def test_tomorrow_is_no_day_where_today_is_not_known() -> None:
    assert not meanings("tomorrow", "date")


# --- denials

_VALUES: list[tuple[Kind, str]] = [
    ("date", "the twelfth of March"),
    ("time", "three pm"),
    ("amount", "fifty dollars"),
    ("number", "thirty six"),
    ("phone", "415 555 0123"),
    ("code", "A B one two"),
    ("name", "Asha Rao"),
    ("email", "asha at gmail dot com"),
    ("address", "221B Baker Street"),
]


@pytest.mark.parametrize(("kind", "value"), _VALUES)
def test_what_is_denied_is_not_what_is_said(kind: Kind, value: str) -> None:
    assert not same(f"not {value}", value, kind)
    assert same(f"not {value}", f"not {value}", kind)
    assert canonical(f"not {value}", kind) == f"not {canonical(value, kind)}"


@pytest.mark.parametrize(
    ("language", "kind", "value", "meant"),
    [
        ("en", "date", "not the twelfth of March, the thirteenth of March", "--03-13"),
        ("de", "time", "nicht um drei Uhr, sondern um fünfzehn Uhr dreißig", "15:30"),
        ("es", "number", "no doce, sino trece", "13"),
        ("fr", "date", "pas le douze mars mais le treize mars", "--03-13"),
        ("hi", "number", "छत्तीस नहीं पैंतीस", "35"),
    ],
)
def test_of_what_is_not_and_what_is_the_latter_is_meant(language: str, kind: Kind, value: str, meant: str) -> None:
    assert canonical(value, kind, language=language) == meant


@pytest.mark.parametrize(
    ("language", "kind", "value", "right"),
    [
        ("de", "date", "der 12. März oder der 13. März", "2026-03-13"),
        ("fr", "time", "quatorze heures ou quinze heures", "15:00"),
        ("hi", "date", "बारह मार्च या तेरह मार्च", "2026-03-13"),
        ("es", "time", "las 14:00 o las 15:00", "15:00"),
    ],
)
def test_a_value_that_names_several_is_none_of_them_in_any_language(
    language: str, kind: Kind, value: str, right: str
) -> None:
    assert not same(value, right, kind, language)
    assert same(value, value, kind, language)
    assert canonical("las ocho y veinte de la noche", "time", language="es") == "20:20"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("पानी आ रहा है", "पानी नहीं आ रहा है"),
        ("das Wasser läuft", "das Wasser läuft nicht"),
        ("pani aa raha hai", "pani nahi aa raha hai"),
    ],
)
def test_a_free_text_never_agrees_with_its_denial_in_any_language(one: str, other: str) -> None:
    assert not agrees(one, other)
    assert not same(one, other, "text")


# --- nothing is invented

_WORDLESS = st.from_regex(r"[0-9]{1,12}([ -][0-9]{1,6}){0,2}", fullmatch=True)


def _is_subsequence(small: str, large: str) -> bool:
    rest = iter(large)
    return all(char in rest for char in small)


@given(_WORDLESS, st.sampled_from(["phone", "code", "number"]), st.sampled_from(["en", "hi", "es", "de", "fr", "ta"]))
def test_figures_are_never_invented(value: str, kind: Kind, language: str) -> None:
    figures = "".join(re.findall(r"\d", canonical(value, kind, language=language)))
    assert _is_subsequence(figures, "".join(re.findall(r"\d", value)))


@given(
    st.text("bdghjklmpqrvwxyz ", max_size=20), st.sampled_from(KINDS), st.sampled_from(["en", "hi", "es", "de", "fr"])
)
def test_a_text_without_figures_has_none(value: str, kind: Kind, language: str) -> None:
    assert not re.search(r"\d", canonical(value, kind, language=language))


@given(
    st.text(max_size=24),
    st.sampled_from(KINDS),
    st.sampled_from(["en", "hi", "hi-Latn", "es", "de", "fr", "ta", "xx", ""]),
)
def test_any_text_in_any_language_has_a_form_and_is_the_same_as_itself(value: str, kind: Kind, language: str) -> None:
    form = canonical(value, kind, language=language)
    assert isinstance(form, str)
    if meanings(value, kind, language):
        assert same(value, value, kind, language)


def test_an_address_is_a_kind_by_its_name() -> None:
    assert kind_of("home_address", "12 MG Road") == "address"
    assert kind_of("emailAddress", "asha@example.com") == "email"
    assert same("two twenty one B Baker Street", "221B Baker St.", "address")
    assert not same("221B Baker Street", "212B Baker Street", "address")
