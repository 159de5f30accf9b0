"""What is counted and named in every language: numbers, days from today, hours, what is spelled."""

from __future__ import annotations

import unicodedata
from calendar import day_name
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text import languages
from harness.text.entities import Kind, canonical, meanings, same
from harness.text.languages.known import lexicon
from harness.text.numbers import ordinal

INDIC = ("hi", "mr", "bn", "gu", "pa", "ur", "ta", "te", "kn", "ml")
SPOKEN = ("es", "de", "fr", *INDIC)
TODAY = date(2026, 3, 12)


def _words(language: str) -> dict[int, list[str]]:
    """A language's words for the whole numbers below a hundred."""
    found: dict[int, list[str]] = {}
    for words, value in lexicon(language).numbers.atoms.items():
        if value < 100 and value % 1 == 0:
            found.setdefault(int(value), []).append(" ".join(words))
    return found


@pytest.mark.parametrize("language", SPOKEN)
def test_every_number_below_a_hundred_has_a_word_and_is_read_by_each_of_its_words(language: str) -> None:
    named = _words(language)
    assert set(range(100)) <= set(named)
    for number, words in named.items():
        for word in words:
            assert canonical(word, "number", language=language) == str(number), word


@pytest.mark.parametrize("language", SPOKEN)
def test_a_telephone_number_is_its_figures_in_every_language(language: str) -> None:
    named = _words(language)
    for number in ("9845012376", "6123456789"):
        spoken = " ".join(named[int(figure)][0] for figure in number)
        assert canonical(spoken, "phone", language=language) == number


@pytest.mark.parametrize("path", sorted(Path(languages.__file__).parent.glob("*.py")), ids=lambda path: path.name)
def test_the_tables_of_words_are_written_composed_as_texts_are_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)


# --- dozens, halves, thousands


@pytest.mark.parametrize(
    ("language", "spoken", "value"),
    [
        ("en", "two and a half dozen", "30"),
        ("en", "three and a half million", "3500000"),
        ("en", "a million and a half", "1500000"),
        ("en", "three quarters of a million", "750000"),
        ("en", "1.2M", "1200000"),
        ("en", "two crores and a half", "25000000"),
        ("es", "dos millones y medio", "2500000"),
        ("es", "tres docenas", "36"),
        ("de", "eine halbe Million", "500000"),
        ("de", "dreieinhalb Millionen", "3500000"),
        ("de", "zu siebt", "7"),
        ("fr", "deux millions et demi", "2500000"),
        ("fr", "une demi-douzaine", "6"),
        ("fr", "une trentaine", "30"),
        ("hi", "आधा दर्जन", "6"),
        ("bn", "সাড়ে চারশো", "450"),
        ("gu", "સાડા ચારસો", "450"),
        ("mr", "साडेचारशे", "450"),
        ("hi", "साढ़े चार सौ", "450"),
        ("ta", "மூவாயிரத்து ஐநூற்று இருபது", "3520"),
        ("te", "మూడు వేల ఐదు వందల ఇరవై", "3520"),
        ("kn", "ಮೂರು ಸಾವಿರದ ಐನೂರ ಇಪ್ಪತ್ತು", "3520"),
        ("ml", "മൂവായിരത്തി അഞ്ഞൂറ്റി ഇരുപത്", "3520"),
        ("gu", "ત્રણ હજાર પાંચસો વીસ", "3520"),
        ("pa", "ਤਿੰਨ ਹਜ਼ਾਰ ਪੰਜ ਸੌ ਵੀਹ", "3520"),
        ("ur", "تین ہزار پانچ سو بیس", "3520"),
        ("mr", "तीन हजार पाचशे वीस", "3520"),
    ],
)
def test_numbers_are_counted_by_what_they_are_counted_in(language: str, spoken: str, value: str) -> None:
    assert canonical(spoken, "number", language=language) == value


@pytest.mark.parametrize("written", ["-504", "- 1,200,000", "minus five", "-0.5"])
def test_a_negative_number_is_not_the_positive_one(written: str) -> None:
    assert canonical(written, "number").startswith("-")
    assert not same(written, written.replace("-", "").replace("minus", "").strip(), "number")


@pytest.mark.parametrize("written", ["20€", "€20", "EUR 20", "EUR20", "20 EUR", "twenty euros"])
def test_a_sum_is_the_same_wherever_its_coin_stands(written: str) -> None:
    assert canonical(written, "amount") == "20 euros"


def test_french_cents_are_hundreds_before_a_coin_and_its_hundredths_behind_it() -> None:
    assert canonical("quinze euros et deux cents", "amount", language="fr") == "15.02 euros"
    assert canonical("deux cents euros", "amount", language="fr") == "200 euros"


# --- days that are counted from today

_IN_DAYS = {
    "en": ("in {} days", "{} days ago"),
    "es": ("dentro de {} días", "hace {} días"),
    "de": ("in {} Tagen", "vor {} Tagen"),
    "fr": ("dans {} jours", "il y a {} jours"),
    "hi": ("{} दिन बाद", "{} दिन पहले"),
    "bn": ("{} দিন পরে", "{} দিন আগে"),
    "gu": ("{} દિવસ પછી", "{} દિવસ પહેલા"),
    "pa": ("{} ਦਿਨ ਬਾਅਦ", "{} ਦਿਨ ਪਹਿਲਾਂ"),
    "ur": ("{} دن بعد", "{} دن پہلے"),
    "mr": ("{} दिवसांनी नंतर", "{} दिवस आधी"),
    "ta": ("{} நாட்கள் கழித்து", "{} நாட்கள் முன்பு"),
    "te": ("{} రోజుల తర్వాత", "{} రోజుల క్రితం"),
    "kn": ("{} ದಿನಗಳ ನಂತರ", "{} ದಿನಗಳ ಹಿಂದೆ"),
    "ml": ("{} ദിവസം കഴിഞ്ഞ്", "{} ദിവസം മുമ്പ്"),
}


@given(st.sampled_from(sorted(_IN_DAYS)), st.integers(2, 90), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_days_are_counted_from_today_forwards_and_backwards(language: str, many: int, today: date) -> None:
    ahead, ago = _IN_DAYS[language]
    assert canonical(ahead.format(many), "date", language=language, today=today) == str(today + timedelta(many))
    assert canonical(ago.format(many), "date", language=language, today=today) == str(today - timedelta(many))
    assert not meanings(ahead.format(many), "date", language)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_weekday_of_a_month_is_that_day(day: date) -> None:
    spoken = f"the {ordinal((day.day - 1) // 7 + 1)} {day_name[day.weekday()]} of {day:%B} {day.year}"
    assert canonical(spoken, "date", today=TODAY) == day.isoformat()


@pytest.mark.parametrize(
    ("language", "spoken", "day"),
    [
        ("en", "a week from Monday", "2026-03-23"),
        ("en", "Monday week", "2026-03-23"),
        ("en", "Monday of next week", "2026-03-16"),
        ("en", "Thursday next week", "2026-03-19"),
        ("en", "last Monday", "2026-03-09"),
        ("en", "last Thursday", "2026-03-05"),
        ("en", "the last Monday of March", "2026-03-30"),
        ("en", "in two months", "2026-05-12"),
        ("en", "the first of next month", "2026-04-01"),
        ("en", "Christmas Day", "2026-12-25"),
        ("en", "New Year's Eve", "2026-12-31"),
        ("es", "el lunes pasado", "2026-03-09"),
        ("de", "übernächsten Freitag", "2026-03-20"),
        ("de", "Freitag in einer Woche", "2026-03-20"),
        ("de", "am fünfzehnten", "2026-03-15"),
        ("fr", "lundi en huit", "2026-03-23"),
        ("en", "Friday the 20th", "2026-03-20"),
        ("en", "Wednesday the fifteenth", "2026-04-15"),
        ("en", "a month and three days ago", "2026-02-09"),
        ("en", "the second Tuesday of next month", "2026-04-14"),
        ("de", "Freitag, den 20.", "2026-03-20"),
        ("de", "Freitag 15 Uhr", "2026-03-13"),
        ("es", "el diecisiete del once", "2026-11-17"),
        ("fr", "02/22/2026", "2026-02-22"),
        ("fr", "le 1er mai", "2026-05-01"),
        ("bn", "১৩ই মার্চ", "2026-03-13"),
        ("de", "31.10.74", "1974-10-31"),
        ("en", "25-07-2026", "2026-07-25"),
    ],
)
def test_a_day_is_known_by_where_it_stands(language: str, spoken: str, day: str) -> None:
    assert canonical(spoken, "date", language=language, today=TODAY) == day


@pytest.mark.parametrize(
    "spoken",
    ["the fifth", "Monday in March", "Friday the 21st", "the week", "two weeks", "in the week", "a few days ago"],
)
def test_what_leaves_the_day_open_is_none(spoken: str) -> None:
    assert not meanings(spoken, "date", today=TODAY)


# --- hours

_NINE = {
    "hi": ("सुबह नौ बजे", "रात नौ बजे", "साढ़े नौ बजे"),
    "mr": ("सकाळी नऊ वाजता", "रात्री नऊ वाजता", "साडेनऊ वाजता"),
    "bn": ("সকাল নয়টায়", "রাত নয়টায়", "সাড়ে নয়টা"),
    "gu": ("સવારે નવ વાગ્યે", "રાત્રે નવ વાગ્યે", "સાડા નવ વાગ્યે"),
    "pa": ("ਸਵੇਰੇ ਨੌਂ ਵਜੇ", "ਰਾਤ ਨੌਂ ਵਜੇ", "ਸਾਢੇ ਨੌਂ ਵਜੇ"),
    "ur": ("صبح نو بجے", "رات نو بجے", "ساڑھے نو بجے"),
    "ta": ("காலை ஒன்பது மணி", "இரவு ஒன்பது மணி", "ஒன்பதரை மணி"),
    "te": ("ఉదయం తొమ్మిది గంటలకు", "రాత్రి తొమ్మిది గంటలకు", "తొమ్మిదిన్నర"),
    "kn": ("ಬೆಳಿಗ್ಗೆ ಒಂಬತ್ತು ಗಂಟೆಗೆ", "ರಾತ್ರಿ ಒಂಬತ್ತು ಗಂಟೆಗೆ", "ಒಂಬತ್ತೂವರೆ"),
    "ml": ("രാവിലെ ഒമ്പത് മണിക്ക്", "രാത്രി ഒമ്പത് മണിക്ക്", "ഒമ്പതര"),
}


@pytest.mark.parametrize("language", INDIC)
def test_morning_night_and_half_hours_are_told_in_every_language_of_india(language: str) -> None:
    morning, night, half = (canonical(spoken, "time", language=language) for spoken in _NINE[language])
    assert (morning, night, half) == ("09:00", "21:00", "09:30 or 21:30")


@pytest.mark.parametrize(
    ("language", "spoken", "time"),
    [
        ("en", "eleven minutes past six pm", "18:11"),
        ("en", "15h30", "15:30"),
        ("es", "diez para las ocho de la noche", "19:50"),
        ("de", "fünf vor halb neun", "08:25 or 20:25"),
        ("de", "15 Minuten vor 12", "11:45 or 23:45"),
        ("de", "um 3 am Nachmittag", "15:00"),
        ("de", "halb eins mittags", "12:30"),
        ("fr", "onze heures trois quarts", "11:45 or 23:45"),
        ("fr", "midi et quart", "12:15"),
        ("fr", "sept et demie du matin", "07:30"),
        ("fr", "trois heures cet après-midi", "15:00"),
        ("es", "tres minutos para las ocho", "07:57 or 19:57"),
        ("es", "12:34:45", "00:34 or 12:34"),
        ("en", "mid-day", "12:00"),
        ("hi", "दोपहर साढ़े ग्यारह बजे", "11:30"),
        ("hi", "आधी रात", "00:00"),
    ],
)
def test_an_hour_is_told_as_people_tell_it(language: str, spoken: str, time: str) -> None:
    assert canonical(spoken, "time", language=language) == time


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("en", "in one hour"),
        ("en", "for two hours"),
        ("es", "dentro de dos horas"),
        ("de", "in zwei Stunden"),
        ("fr", "dans deux heures"),
        ("hi", "दो घंटे बाद"),
    ],
)
def test_how_long_it_takes_is_no_time_of_day(language: str, spoken: str) -> None:
    assert not meanings(spoken, "time", language)


_HELD = {
    "hi": ("{} नहीं", "{} या {}"),
    "mr": ("{} नाही", "{} किंवा {}"),
    "bn": ("{} না", "{} অথবা {}"),
    "gu": ("{} નહીં", "{} અથવા {}"),
    "pa": ("{} ਨਹੀਂ", "{} ਜਾਂ {}"),
    "ur": ("{} نہیں", "{} یا {}"),
    "ta": ("{} இல்லை", "{} அல்லது {}"),
    "te": ("{} కాదు", "{} లేదా {}"),
    "kn": ("{} ಅಲ್ಲ", "{} ಅಥವಾ {}"),
    "ml": ("{} അല്ല", "{} അല്ലെങ്കിൽ {}"),
}


@pytest.mark.parametrize("language", INDIC)
def test_an_hour_that_is_denied_or_one_of_two_is_not_that_hour(language: str) -> None:
    denied, either = _HELD[language]
    morning, night, _ = _NINE[language]
    assert canonical(denied.format(morning), "time", language=language) == "not 09:00"
    assert not same(denied.format(morning), morning, "time", language)
    assert not same(either.format(morning, night), morning, "time", language)
    assert same(morning, "9:00 am", "time", language)


# --- what is spelled


@pytest.mark.parametrize(
    ("language", "kind", "spoken", "value"),
    [
        ("en", "code", "double u four zed", "W4Z"),
        ("en", "code", "tango niner two", "T92"),
        ("en", "code", "my booking reference is A B four", "AB4"),
        ("es", "code", "doble a siete", "AA7"),
        ("de", "code", "Kundennummer Anton Berta drei", "AB3"),
        ("fr", "code", "double vé six", "W6"),
        ("hi", "code", "मेरा कोड है बी सी चार", "BC4"),
        ("hi", "email", "एम ए एन यू एट द रेट जीमेल डॉट कॉम", "manu@gmail.com"),
        ("hi", "phone", "डबल नाइन एट फोर, फाइव जीरो वन टू थ्री फोर", "9984501234"),
        ("hi", "amount", "dhai hazaar rupaye", "2500 rupees"),
        ("hi", "time", "half past three pm", "15:30"),
        ("es", "address", "c/ Mayor 3", "calle mayor 3"),
        ("en", "address", "Flat 3 C, Hill Rd", "flat 3c hill road"),
    ],
)
def test_letters_are_known_by_their_names(language: str, kind: Kind, spoken: str, value: str) -> None:
    assert canonical(spoken, kind, language=language) == value


@pytest.mark.parametrize("prefix", ["1", "44", "91", "+91 ", "353"])
def test_a_line_is_the_same_with_its_countrys_code(prefix: str) -> None:
    assert same(f"{prefix}9845012376", "9845012376", "phone")


@pytest.mark.parametrize("other", ["89845012376", "4159845012376", "845012376", "98450123760"])
def test_a_line_with_a_figure_more_or_less_is_another(other: str) -> None:
    assert not same(other, "9845012376", "phone")


# --- parts of the day, counted weeks, slang


@pytest.mark.parametrize(
    ("language", "spoken", "time"),
    [
        ("en", "tonight at eight", "20:00"),
        ("en", "tomorrow morning at quarter to nine", "08:45"),
        ("en", "at night eleven", "23:00"),
        ("en", "nine am to six", "09:00"),
        ("en", "nine in the morning to six", "09:00"),
        ("es", "mañana por la tarde a las cinco", "17:00"),
        ("es", "mañana a las cinco", "05:00 or 17:00"),
        ("de", "am Morgen um acht", "08:00"),
        ("de", "morgen um acht", "08:00 or 20:00"),
        ("fr", "demain matin à huit heures", "08:00"),
        ("hi", "दिन के ग्यारह बजे", "11:00"),
        ("hi", "do din ke baad shaam paanch baje", "17:00"),
        ("mr", "संध्याकाळच्या सहा वाजता", "18:00"),
        ("bn", "রাতের দশটায়", "22:00"),
        ("gu", "સાંજના સાત વાગ્યે", "19:00"),
        ("pa", "ਸ਼ਾਮ ਦੇ ਸੱਤ ਵਜੇ", "19:00"),
        ("ur", "سہ پہر تین بجے", "15:00"),
        ("ta", "மாலை ஐந்தரைக்கு", "17:30"),
        ("te", "ఉదయం పదింటికి", "10:00"),
        ("kn", "ಬೆಳಗಿನ ಹತ್ತು ಗಂಟೆಗೆ", "10:00"),
        ("ml", "രാത്രി എട്ടു മണിക്ക്", "20:00"),
    ],
)
def test_a_part_of_the_day_says_which_half_wherever_it_stands(language: str, spoken: str, time: str) -> None:
    assert canonical(spoken, "time", language=language) == time


def test_a_part_of_the_day_that_is_one_hour_s_is_not_that_of_the_next() -> None:
    assert meanings("nine in the morning, half past six", "time") == {"09:00", "06:30", "18:30"}
    assert meanings("in the morning half past six", "time") == {"06:30"}


@pytest.mark.parametrize(
    ("language", "spoken", "day"),
    [
        ("en", "a week on Friday", 22),
        ("en", "on Friday week please", 22),
        ("en", "a week today", 19),
        ("en", "a week tomorrow", 20),
        ("en", "a fortnight on Saturday", 30),
        ("en", "a week before Friday", 8),
        ("en", "a week ago on Friday", 8),
        ("en", "on Friday", 15),
        ("de", "Freitag in einer Woche", 22),
        ("de", "heute in einer Woche", 19),
        ("fr", "vendredi en huit", 22),
        ("fr", "d'aujourd'hui en huit", 19),
        ("es", "del viernes en ocho", 22),
        ("es", "de hoy en ocho", 19),
        ("hi", "आज से एक हफ्ते बाद", 19),
        ("hi", "agle hafte shukravar", 22),
        ("es", "de aquí a una semana", 19),
        ("mr", "एका आठवड्यानंतर", 19),
        ("ta", "ஒரு வாரத்திற்குப் பிறகு", 19),
        ("te", "శుక్రవారానికి", 15),
        ("kn", "ಶುಕ್ರವಾರದಂದು", 15),
        ("ml", "ഒരാഴ്ച കഴിഞ്ഞ്", 19),
    ],
)
def test_weeks_are_counted_from_the_day_beside_them(language: str, spoken: str, day: int) -> None:
    tuesday = date(2026, 5, 12)
    assert canonical(spoken, "date", language=language, today=tuesday) == f"2026-05-{day:02}"


@pytest.mark.parametrize(
    ("spoken", "sum_"),
    [
        ("a fiver", "5 pounds"),
        ("two tenners", "20 pounds"),
        ("a couple of fivers", "10 pounds"),
        ("half a tenner", "5 pounds"),
        ("a couple of hundred dollars", "200 dollars"),
        ("a buck fifty", "1.5 dollars"),
        ("fifty p", "0.5 pounds"),
        ("a grand", "1000"),
        ("a grand total of fifty dollars", "50 dollars"),
    ],
)
def test_money_by_its_slang_is_the_sum_it_is(spoken: str, sum_: str) -> None:
    assert canonical(spoken, "amount") == sum_


def test_a_fiver_is_no_tenner() -> None:
    assert same("a fiver", "five pounds", "amount")
    assert not same("a fiver", "a tenner", "amount")
