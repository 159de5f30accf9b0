from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.text.normalising import VERSION, normalised, words
from harness.text.words import count_words, written


def said(text: str, language: str = "en") -> str:
    return " ".join(words(text, language))


def test_the_rules_have_a_version() -> None:
    assert VERSION == "4"


@pytest.mark.parametrize(
    ("spoken", "figures"),
    [
        ("thirty six", "36"),
        ("Thirty-six.", "36"),
        ("two hundred and five", "205"),
        ("a hundred", "100"),
        ("one thousand two hundred fifty", "1250"),
        ("nineteen eighty four", "1984"),
        ("twenty twenty six", "2026"),
        ("two thousand twenty six", "2026"),
        ("nineteen hundred", "1900"),
        ("three point one four", "3.14"),
        ("one point five million dollars", "1500000 dollars"),
        ("zero", "0"),
        ("double three", "33"),
        ("triple oh seven", "0007"),
        ("seven oh nine", "709"),
        ("four one five five", "4155"),
        ("oh, two tickets", "oh 2 tickets"),
        ("the thirteenth", "the 13th"),
        ("twenty first", "21st"),
        ("one hundred and fifth", "105th"),
        ("one second please", "1 second please"),
        ("two lakh rupees", "200000 rupees"),
    ],
)
def test_number_words_are_figures(spoken: str, figures: str) -> None:
    assert said(spoken) == figures


@pytest.mark.parametrize(
    "forms",
    [
        ("36", "thirty six", "Thirty-Six"),
        ("$1,250.50", "1250.50 dollars", "twelve hundred fifty dollars and fifty cents"),
        ("$5", "five dollars", "5 bucks"),
        ("₹500", "500 rupees", "five hundred rupees"),
        ("20%", "twenty percent", "20 percent"),
        ("3 p.m.", "three PM", "3:00 pm", "three p m", "3pm"),
        ("3:30 pm", "three thirty p.m.", "3.30pm"),
        ("three o'clock", "3 o’clock", "3:00"),
        ("15:00", "fifteen hundred"),
        ("March 13th, 2026", "March thirteenth twenty twenty-six", "march 13 2026"),
        ("the thirteenth of March", "the 13th of March", "the 13 of Mar"),
        ("May 2026", "May twenty twenty six"),
        ("415-555-1234", "(415) 555-1234", "four one five, five five five, one two three four", "4155551234"),
        ("A S H A", "A-S-H-A", "a. s. h. a.", "Asha"),
        ("asha.rao@example.com", "asha dot rao at example dot com"),
        ("AB12", "A B one two", "ab-12"),
        ("I don't know, it's fine", "I do not know it is fine", "I don’t know — it’s fine!"),
        ("we'll", "we will"),
        ("can't", "cannot", "can not"),
        ("OK", "okay"),
        ("mm-hmm", "Mhm", "mmhmm"),
        ("café", "cafe"),
        ("“Yes,” she said…", "yes she said"),
        ("Dr. Smith & Co", "doctor smith and co"),
        ("cancelled", "canceled"),
    ],
)
def test_one_thing_said_in_several_ways_has_one_form(forms: tuple[str, ...]) -> None:
    assert len({said(form) for form in forms}) == 1, [said(form) for form in forms]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("thirty six", "3006"),
        ("$1,250.50", "$125050"),
        ("the twelfth of March", "the thirteenth of March"),
        ("can", "can't"),
        ("four one five", "four one nine"),
        ("three am", "three pm"),
    ],
)
def test_different_things_have_different_forms(one: str, other: str) -> None:
    assert said(one) != said(other)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("hi", ("तीन सौ पैंसठ रुपये", "365 रुपए", "३६५ रूपये", "₹365")),
        ("hi", ("साढ़े तीन बजे", "3:30 बजे")),
        ("hi", ("सवा तीन बजे", "3:15 बजे")),
        ("hi", ("हिन्दी में चाहिये", "हिंदी में चाहिए")),
        ("hi", ("ज़रा फ़ोन कीजिये", "जरा फोन कीजिए")),
        ("hi", ("हाँ, वे गये", "हां वे गए")),
        ("hi", ("ढाई लाख", "250000", "2,50,000", "२५००००")),
        ("es", ("mil doscientos cincuenta", "1250", "1.250")),
        ("es", ("cinco euros", "5 €", "5 euros")),
        ("de", ("siebenundzwanzig", "27", "sieben und zwanzig")),
        ("de", ("am dreizehnten März", "am 13. März")),
        ("de", ("drei Komma fünf", "3,5")),
        ("fr", ("quatre-vingt-dix-sept", "97", "quatre vingt dix sept")),
        ("fr", ("quinze heures trente", "15h30")),
        ("fr", ("le premier mai", "le 1 mai")),
        ("ta", ("இருபத்தைந்து பேர்", "25 பேர்", "௨௫ பேர்")),
        ("bn", ("তিন", "৩")),
        ("mr", ("पाचशे", "500", "५००")),
        ("ru", ("Привет, Мир!", "привет мир")),
        ("tr", ("ＡＢＣ", "abc")),
    ],
)
def test_one_thing_has_one_form_in_every_language(language: str, forms: tuple[str, ...]) -> None:
    assert len({said(form, language) for form in forms}) == 1, [said(form, language) for form in forms]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("hi", "है", "हैं"),
        ("hi", "सड़क", "सडक"),
        ("hi", "कमल", "कमला"),
        ("hi", "किला", "कीला"),
        ("ta", "கொடி", "கோடி"),
        ("hi-Latn", "teen", "3"),
        ("en", "once six elf", "11 6 11"),
    ],
)
def test_what_sounds_otherwise_keeps_its_own_form(language: str, one: str, other: str) -> None:
    assert said(one, language) != said(other, language)


def test_the_words_of_a_date_can_be_aligned_one_by_one() -> None:
    assert words("the thirteenth of March 2026") == ("the", "13", "of", "march", "2026")
    assert words("2026-03-13") == ("2026", "3", "13")


def test_a_long_number_is_compared_figure_by_figure() -> None:
    assert words("order 41557") == ("order", "4", "1", "5", "5", "7")
    assert words("order 4155") == ("order", "4155")
    assert words("$41557") == ("41557", "dollars")


def test_hindi_keeps_its_vowel_signs_and_viramas() -> None:
    assert said("मेरी किताब की क़ीमत ४५६ रुपये है।", "hi") == "मेरी किताब की कीमत 456 rupees है"
    assert said("की", "hi") != said("क", "hi")
    assert said("धन्यवाद", "en") == "धन्यवाद"


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert said("क\u093c", "hi") == said("\u0958", "hi")
    assert said("man\u0303ana", "es") == "mañana"


def test_spanish_keeps_its_accents() -> None:
    assert said("¿Qué día? El trece, mañana.", "es") == "qué día el 13 mañana"
    assert said("1.250,50 €", "es") == "1250.50 euros"


def test_a_script_without_spaces_is_compared_by_character() -> None:
    assert said("你好，我要 3 张票", "zh") == "你 好 我 要 3 张 票"
    assert said("ขอบคุณ", "th") == "ข อ บ คุ ณ"


def test_a_text_that_mixes_languages_follows_the_rules_of_each() -> None:
    assert said("Book it for कल at three pm", "en-IN+hi") == "book it for कल at 3 pm"


PIECES = written(
    "one twenty hundred and point double oh a second may 13th $5 3:00 it's x² ४५ की \u200d \u0301 - ' p.m. a@b.com (4"
)


@given(
    st.lists(
        st.sampled_from(PIECES) | st.text(max_size=6),
        max_size=8,
    ),
    st.sampled_from(["en", "hi", "es", "en+hi", "zh"]),
)
def test_every_token_stands_for_written_words_in_their_order(pieces: list[str], language: str) -> None:
    text = " ".join(pieces)
    tokens = normalised(text, language)
    assert all(token.text and not token.text.isspace() for token in tokens)
    assert all(0 <= token.first <= token.last < len(written(text)) for token in tokens)
    assert [token.first for token in tokens] == sorted(token.first for token in tokens)


def test_words_are_counted_as_a_listener_hears_them() -> None:
    assert count_words("Hello, this is Dr. Mehta's office — e-mail us!") == 8
    assert count_words("धन्यवाद, कल मिलेंगे") == 3
    assert count_words("我要订位") == 4
    assert count_words(" … ") == 0
